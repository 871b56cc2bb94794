"""The columns of a form: heading, type of cell, help text, closed list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from antq_review.text import SILENT, Message, filled, fold, tell

#: What a school may call its pupils, for the place `{pupils}`: see `pupils_of`. Silent: the usual word.
CHILDREN, CHILDREN_AND_PUPILS, LEARNERS = tell("pupils.children"), tell("pupils.both"), tell("pupils.learners")
WORDS_FOR_PUPILS = (SILENT, CHILDREN, CHILDREN_AND_PUPILS, LEARNERS)


class CellKind(StrEnum):
    """The type of a cell. The reader refuses a cell that is not clearly of its type; it never guesses."""

    TEXT = "text"
    CODE = "code"  # text in which leading zeros matter
    PLAIN_CODE = "plain_code"  # a code that cannot contain a person's name: VV-07, 2026/03; “;” separates several
    COUNT = "count"  # whole number, 0 or more
    NUMBER = "number"  # decimal number, 0 or more
    DATE = "date"
    TIME = "time"  # of day
    MOMENT = "moment"  # a day, with a time of day where it is known
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"  # several of one list, separated by “;”


class Choices(StrEnum):
    """A closed list. A member is the code that the program uses; its `label` is the text in the cell.

    A label may have the place `{pupils}`: the forms of a school have its own word there (`called`), and every word is read.
    """

    label: str
    _pattern: str

    def __new__(cls, code: str, label: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member._pattern = filled(label), label
        return member

    def called(self, pupils: Message) -> str:
        """The label in a school that calls its pupils so (`pupils_of`)."""
        return filled(self._pattern, pupils=pupils)

    @classmethod
    @cache
    def labels(cls, pupils: Message = SILENT) -> Mapping[str, str]:
        """Code → label, in the order of the list."""
        return MappingProxyType({member.value: member.called(pupils) for member in cls})

    @classmethod
    @cache
    def _by_label(cls) -> dict[str, Self]:
        return {fold(member.called(pupils)): member for pupils in WORDS_FOR_PUPILS for member in cls}

    @classmethod
    def of_label(cls, label: str) -> Self | None:
        """The member of a label, spelling folded; None where the list has no such label."""
        return cls._by_label().get(fold(label))

    @classmethod
    def label_of(cls, code: str, pupils: Message = SILENT) -> str:
        """The label of a code; the code itself where it is not in this list."""
        return cls.labels(pupils).get(code, code)


class Offer(StrEnum):
    """A drop-down list for a column of texts: it saves typing, and the cell is read as a text all the same."""

    MEASURES = "measures"  # only an entry of the list may be typed
    INITIATIVES = "initiatives"  # another name may be typed as well
    UNITS = "units"  # the units of the school; another name may be typed as well
    GRADES = "grades"  # the grades of the school, of a column of numbers


class YesNo(Choices):
    """Yes or no. A blank cell is neither."""

    YES = "yes", "Có"
    NO = "no", "Không"


@dataclass(frozen=True)
class Column:
    """One column of a table, for one field of its row model. `width`: in characters.

    `private`: its text is never printed. `newer`: earlier forms do not have this column. `offer`: the drop-down list of
    a column without a closed list. `noted`: the table has a column for notes. `pupils`: the word in its texts and its list.
    """

    name: str
    heading: str
    kind: CellKind
    help: str
    choices: type[Choices] | None
    required: bool
    width: int
    private: bool
    newer: bool = False
    offer: Offer | None = None
    noted: bool = False
    pupils: Message = SILENT

    @property
    def labels(self) -> tuple[str, ...]:
        """The entries of its closed list."""
        return tuple(self.choices.labels(self.pupils).values()) if self.choices is not None else ()


def column(
    heading: str,
    help: str = "",
    *,
    kind: CellKind = CellKind.TEXT,
    choices: type[Choices] | None = None,
    required: bool = False,
    width: int = 16,
    private: bool = False,
    newer: bool = False,
    offer: Offer | None = None,
) -> Any:
    """A field of a row model. Any, because pydantic fields need it; None where the cell is blank."""
    if choices is not None and kind is CellKind.TEXT:
        kind = CellKind.CHOICE
    if kind is CellKind.YES_NO:
        choices = YesNo
    # Read back by `_columns` only; pydantic's type for it allows JSON values, and a class is none.
    extra: dict[str, Any] = {
        "kind": kind, "choices": choices, "required": required, "width": width, "private": private, "newer": newer,
        "offer": offer,
    }
    return Field(default=None, title=heading, description=help, json_schema_extra=extra)


class Named:
    """What has a name in the forms. `wording`: the name, which may have the place `{pupils}`."""

    wording: str

    @property
    def title(self) -> str:
        """The name in the forms that all schools have."""
        return filled(self.wording)

    def called(self, pupils: Message) -> str:
        """The name in a school that calls its pupils so (`pupils_of`)."""
        return filled(self.wording, pupils=pupils)


class Row(BaseModel):
    """Base of the row models: one filled line of a table. A field is None where its cell is blank.

    The checks of a model are built when its first row is made: many processes need the columns alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def columns(cls, pupils: Message = SILENT) -> tuple[Column, ...]:
        """The columns of the table, in order, with the word for its pupils that a school has in their headings and help."""
        return _columns(cls, pupils)

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """A fault between two cells of the row: (field, key of the problem in text/ingest.toml, places), or None."""
        return None


@cache
def _columns(model: type[Row], pupils: Message) -> tuple[Column, ...]:
    found = []
    for name, field in model.model_fields.items():
        # `column` sets this dict; pydantic's type for it allows a function too.
        extra: dict[str, Any] = field.json_schema_extra  # type: ignore[assignment]
        noted = "note" in model.model_fields
        heading, help_line = (filled(text, pupils=pupils) for text in (field.title or name, field.description or ""))
        found.append(Column(name=name, heading=heading, help=help_line, noted=noted, pupils=pupils, **extra))
    return tuple(found)
