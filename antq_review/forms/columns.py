"""One column of a form: its heading, its type, what to write in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from antq_review.text import fold


class CellKind(StrEnum):
    """How a cell is read. Anything that does not read surely is refused, never guessed."""

    TEXT = "text"
    CODE = "code"  # text whose leading zeros count
    PLAIN_CODE = "plain_code"  # a code that has no room for a name: VV-07, 2026/03; several are separated by “;”
    COUNT = "count"  # whole number, 0 or more
    NUMBER = "number"  # decimal number, 0 or more
    DATE = "date"
    TIME = "time"  # of day
    MOMENT = "moment"  # a day, with a time of day where it is known
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"  # several of one list, separated by “;”


class Choices:
    """A closed list: what the code says (`code`) and what the clerk reads (`label`)."""

    def __init__(self, **labels: str) -> None:
        self.labels: Mapping[str, str] = MappingProxyType(labels)
        self._codes = {fold(label): code for code, label in labels.items()}

    def code(self, label: str) -> str | None:
        """The code of a label, spelling folded; None where the list has no such label."""
        return self._codes.get(fold(label))

    def label(self, code: str) -> str:
        """The label of a code; the code itself where it is not of this list."""
        return self.labels.get(code, code)


YES_NO = Choices(yes="Có", no="Không")


@dataclass(frozen=True)
class Column:
    """What a field of a row model looks like on paper. `private`: its text is never printed; `newer`: forms that were handed out earlier
    do not have it; `noted`: its table has room for notes.
    """

    name: str
    heading: str
    kind: CellKind
    help: str
    choices: Choices | None
    required: bool
    width: int
    private: bool
    newer: bool = False
    noted: bool = False


def column(
    heading: str,
    help: str = "",
    *,
    kind: CellKind = CellKind.TEXT,
    choices: Choices | None = None,
    required: bool = False,
    width: int = 16,
    private: bool = False,
    newer: bool = False,
) -> Any:
    """A field of a row model, empty unless filled in."""
    if choices is not None and kind is CellKind.TEXT:
        kind = CellKind.CHOICE
    if kind is CellKind.YES_NO:
        choices = YES_NO
    extra = {"kind": kind, "choices": choices, "required": required, "width": width, "private": private, "newer": newer}
    return Field(default=None, title=heading, description=help, json_schema_extra=extra)


class Row(BaseModel):
    """Base of the row models: one filled line of a table. Every field may be None: a blank cell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def columns(cls) -> tuple[Column, ...]:
        """The columns in order, as declared."""
        return _columns(cls)

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """A fault between two cells of the row: (field, message key in text/ingest.toml, places), or None."""
        return None


@cache
def _columns(model: type[Row]) -> tuple[Column, ...]:
    found = []
    for name, field in model.model_fields.items():
        extra: dict[str, Any] = field.json_schema_extra  # type: ignore[assignment]
        noted = "note" in model.model_fields
        found.append(Column(name=name, heading=field.title or name, help=field.description or "", noted=noted, **extra))
    return tuple(found)
