"""What a field of a document may be, and the shape that a form is checked against: it is read from the models of the fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from antq_review.text import Message

#: The value of a field: a text, a truth, a list of texts or of rows, or cells by name. Never a number, never None.
FieldValue: TypeAlias = "str | bool | Sequence[FieldValue] | Mapping[str, FieldValue]"
#: Values by name: the fields of a document, or the cells of one row.
Fields: TypeAlias = dict[str, FieldValue]
#: The shape of a text, which may be printed, and of a truth, which may only be tested.
TEXT, TRUTH = "text", "truth"
#: TEXT, TRUTH, `[…]` for a list of such values, or cells by name.
FieldShape: TypeAlias = "str | list[FieldShape] | Mapping[str, FieldShape]"
Shape: TypeAlias = dict[str, FieldShape]

#: Control characters, and the two that separate lines and paragraphs.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: Other characters that XML does not allow.
_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]+")


def _plain(value: object) -> object:
    """A text as it is printed: composed (NFC) and on one line, because a line break in a value would break a paragraph.

    A message is rendered here. Any other value is left to the validation of the field, which refuses it.
    """
    if isinstance(value, Message):
        value = str(value)
    if not isinstance(value, str):
        return value
    if not value.isprintable():  # of what is printable, neither pattern finds anything
        value = _NOT_XML.sub(" ", _BREAKS.sub(" ", value))
    return unicodedata.normalize("NFC", value)


#: A text that a form may print.
Text = Annotated[str, BeforeValidator(_plain)]
#: A list of texts: paragraphs or lines.
Texts = tuple[Text, ...]


@dataclass(frozen=True)
class CellNames:
    """Marks a mapping of texts with the names that it has in every document."""

    names: Callable[[], Iterable[str]]


def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of every field of a model, in the order of its fields."""
    return {name: _shape(field.annotation, field.metadata) for name, field in model.model_fields.items()}


def _shape(kind: object, marks: Sequence[object] = ()) -> FieldShape:
    """The shape of one annotation. Raises TypeError for a type that no form can print, test or loop over."""
    if kind is str or kind is bool:
        return TEXT if kind is str else TRUTH
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return shape_of(kind)
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _shape(inside[0], inside[1:])
    if origin is tuple and inside[1:] == (...,):
        return [_shape(inside[0])]
    for mark in marks:
        if isinstance(mark, CellNames):
            return dict.fromkeys(mark.names(), TEXT)
    raise TypeError(f"no form can use a field of the type {kind}")
