"""A message: the key of a sentence and its typed parameters.

Rooms below `publish` make messages and never sentences. `publish`, the terminal and the page render them, each for its own
surface. A message can be compared, hashed and stored; text that a person typed is a `literal` message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from antq_review.text.acts import SURFACE, act
from antq_review.text.crumbs import crumbs
from antq_review.text.numbers import day, number, percent
from antq_review.text.sentences import PUPILS, places_of, say

if TYPE_CHECKING:  # imported where it is used: the help of `antq` and the reading process need no pydantic
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

#: A parameter of a message: str and int are printed as they are, a Decimal as `number` writes it, a date as `day` does, a time
#: of day as 07:30, an Act and a path as the current surface names them; None is printed as nothing.
Param = Any
#: How the text of a parameter may be changed where it is printed.
_SHAPES: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "lower_first": lambda text: text[:1].lower() + text[1:],
    "upper_first": lambda text: text[:1].upper() + text[1:],
    "no_stop": lambda text: text.rstrip("."),
}
#: How a parameter may be printed instead of its usual text: a rate as 98,5%, a day as a cell shows it (05/09/2026).
_VALUE_SHAPES: dict[str, Callable[[Param], str]] = {
    "percent": lambda rate: percent(Decimal(rate)),
    "cell_day": lambda value: f"{value:%d/%m/%Y}",
}
SHAPES = frozenset({*_SHAPES, *_VALUE_SHAPES})


@dataclass(frozen=True, slots=True)
class Listing:
    """Several parameters, printed with a separator between them."""

    items: tuple[Param, ...]
    separator: str = ", "

    def __str__(self) -> str:
        return self.separator.join(rendered(item) for item in self.items)

    def __bool__(self) -> bool:
        return bool(self.items)


@dataclass(frozen=True, slots=True)
class Shaped:
    """One parameter that is changed where it is printed. `shape`: one of SHAPES."""

    value: Param
    shape: str

    def __str__(self) -> str:
        if self.shape in _VALUE_SHAPES:
            return _VALUE_SHAPES[self.shape](self.value)
        return _SHAPES[self.shape](rendered(self.value))

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does next. `name`: an entry of acts.toml; `places`: pairs (place, parameter) of its words."""

    name: str
    places: tuple[tuple[str, Param], ...] = ()

    def __str__(self) -> str:
        return act(self.name, SURFACE.get(), **{place: rendered(value) for place, value in self.places})


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence or a word that is not yet written. `key`: `room.name` in `text/`; empty: a literal text in `params`.

    `params`: pairs (place, parameter) in order. `str(message)` renders it.
    """

    key: str
    params: tuple[tuple[str, Param], ...] = ()

    def __str__(self) -> str:
        if not self.key:
            return str(self.params[0][1]) if self.params else ""
        return say(self.key, **{name: rendered(value) for name, value in self.params})

    def __bool__(self) -> bool:
        return bool(self.key or self.params)

    def get(self, place: str) -> Param:
        """The parameter of a place; None where the message has no such place."""
        return dict(self.params).get(place)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        from antq_review.text.stored import read, stored

        made, received = core_schema.is_instance_schema(cls), core_schema.no_info_plain_validator_function(read)
        return core_schema.union_schema(
            [made, received], mode="left_to_right", serialization=core_schema.plain_serializer_function_ser_schema(stored)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "anyOf": [{"type": "string"}, {"type": "array", "prefixItems": [{"type": "string"}, {"type": "object"}]}],
            "description": "A text as it is, or [key, parameters] of a sentence in antq_review/text.",
        }


#: Nothing to say. A field that may be silent holds it; it is false and renders as "".
SILENT = Message("")


def tell(key: str, /, **params: Param) -> Message:
    """A message by key. Parameters: str, int, Decimal, date, time, Message, Listing, Shaped, Act or None.

    Keeps only the parameters that the sentence prints: the others would be stored with it and read by somebody. The usual word
    for pupils (`pupils` silent or not given) is not stored either. Raises KeyError for an unknown key or a missing parameter.
    """
    places = (place for place in places_of(key) if place != PUPILS or params.get(PUPILS))
    return Message(key, tuple((place, params[place]) for place in places))


def literal(text: str) -> Message:
    """A text that a person typed, or a word of the law, as a message."""
    return Message("", (("text", text),)) if text else SILENT


def shaped(value: Param, shape: str) -> Shaped:
    """A parameter with the change that its place in the sentence needs."""
    return Shaped(value, shape)


def act_of(name: str, /, **places: Param) -> Act:
    """An act as a parameter: the surface that shows the message chooses its words."""
    return Act(name, tuple(places.items()))


def listing(items: Iterable[Param], separator: str = ", ") -> Listing:
    """Several parameters as one."""
    return Listing(tuple(items), separator)


def rendered(value: Param) -> str:
    """A parameter as it is printed inside a sentence."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, PurePath) and SURFACE.get() == "page":
        return crumbs(value)
    return str(value)
