"""The kinds of values in a summary: a code, a number, a hash. Each refuses what does not look like one."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from pydantic import Field, PlainSerializer, PlainValidator, StringConstraints, TypeAdapter, WithJsonSchema

_BoundCode = Annotated[str, StringConstraints(pattern=r"^[\w.\-]{1,60}$")]
_BoundDecimal = Annotated[Decimal, Field(max_digits=24, decimal_places=9, allow_inf_nan=False)]
#: A number in the published schema: a text of digits, so that no reader rounds it.
_SENT_NUMBER = {"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?$"}
_CODE: TypeAdapter[str] = TypeAdapter(_BoundCode)
_DECIMAL: TypeAdapter[Decimal] = TypeAdapter(_BoundDecimal)


# Thousands of schools send the same few codes and numbers: each is checked once and stands once in the memory.


@lru_cache(16384)
def _code(given: object) -> str:
    return _CODE.validate_python(given, strict=True)


@lru_cache(16384, typed=True)
def _number(given: object) -> Decimal:
    """A number as it is sent, a text, or as it is made here. Raises ValueError for any other."""
    if not isinstance(given, str | Decimal) or len(str(given)) > 30:
        raise ValueError("no number")
    return _as_sent(_DECIMAL.validate_python(given))


def _as_sent(number: Decimal) -> Decimal:
    """The one form of a number: `3` for 3.0, 3 and 3E0, which are equal. With several the check code would depend on the one met first."""
    number += 0  # no negative nought
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


#: A code of the tool, the law or the plan: `tt_124`, `4a`, `I.1-4`, `incidents.school_violence`.
Code = Annotated[str, PlainValidator(_code), PlainSerializer(str), WithJsonSchema(_CODE.json_schema())]
#: A number that a school may have: below 10¹⁵, nine digits after the point.
Number = Annotated[Decimal, PlainValidator(_number), PlainSerializer(str, when_used="json"), WithJsonSchema(_SENT_NUMBER)]
#: A school's code: letters, digits, `-`, `_`, `.`.
SchoolCode = Annotated[str, StringConstraints(pattern=r"^[\w.\-]{1,40}$")]
#: One line of text: no control character, none that turns the direction of the line, none that XML, and so a workbook, cannot hold.
Line = Annotated[
    str, StringConstraints(max_length=300, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]*$")
]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ShortDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
