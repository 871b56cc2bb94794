"""Messages as JSON, and back. A literal text is a string; a message is `[key]` or `[key, {place: parameter}]`.

A stored review is as untrusted as any received file: what is no message is refused with ValueError, and a message that was
read can be rendered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from antq_review.text.message import SHAPES, SILENT, Act, Listing, Message, Param, Shaped, literal, tell
from antq_review.text.sentences import PUPILS, places_of

_KEY = re.compile(r"[a-z_]+(?:\.[A-Za-z0-9_]+)+\Z")
#: Our own messages are nested three or four levels deep.
_DEEPEST = 20
#: No count and no figure of a school has more digits; a number such as 1e999999999 would fill the memory when printed.
_MOST_DIGITS = 40


def stored(message: Message) -> Any:
    """The message as JSON values."""
    if not message.key:
        return str(message)
    params = {name: _stored_param(value) for name, value in message.params}
    return [message.key, params] if params else [message.key]


def _stored_param(value: Param) -> Any:
    match value:
        case Message():
            return stored(value) if value.key else {"text": str(value)}
        case Listing():
            return {"list": [_stored_param(item) for item in value.items], "separator": value.separator}
        case Shaped():
            return {"shape": value.shape, "of": _stored_param(value.value)}
        case Act():
            return {"act": value.name, "places": {name: _stored_param(one) for name, one in value.places}}
        case Decimal():
            return {"number": str(value)}
        case date():  # of a moment, only the day is printed
            return {"day": date(value.year, value.month, value.day).isoformat()}
        case time():
            return {"time": value.isoformat()}
        case int() | None:
            return value
    return str(value)  # an entry of a closed list is stored as its code


def read(value: Any) -> Message:
    """The message of a JSON value; a Message is returned as it is. Raises ValueError for anything else."""
    if isinstance(value, Message):
        return value
    message = literal(_text(value)) if isinstance(value, str) else _message(value, 0)
    try:
        str(message)
    except Exception as fault:  # a key that is no sentence, a parameter of the wrong kind for its place
        raise ValueError(f"{message.key}: cannot be printed") from fault
    return message


def _message(value: Any, depth: int) -> Message:
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    if not isinstance(value, list) or not 1 <= len(value) <= 2 or not isinstance(value[0], str):
        raise ValueError("neither a text nor [key, parameters]")
    key = value[0]
    params = dict(_places(value[1] if len(value) == 2 else {}, depth))
    if not _KEY.match(key) or not params.keys() >= {*_places_of(key)} - {PUPILS}:
        raise ValueError("no known sentence with these parameters")
    return tell(key, **params)


def _places_of(key: str) -> tuple[str, ...]:
    try:
        return places_of(key)
    except (KeyError, OSError) as fault:
        raise ValueError("no known sentence") from fault


def _places(value: Any, depth: int) -> tuple[tuple[str, Param], ...]:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) and name.isidentifier() for name in value):
        raise ValueError("no parameters of a message")
    return tuple((name, _param(one, depth + 1)) for name, one in value.items())


def _param(value: Any, depth: int) -> Param:
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, list):
        return _message(value, depth)
    if isinstance(value, Mapping):
        return _tagged(value, depth)
    if isinstance(value, str):
        return _text(value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**_MOST_DIGITS):
        return value
    raise ValueError("no parameter of a message")


def _tagged(value: Mapping[Any, Any], depth: int) -> Param:
    """A parameter whose kind is the name of its field."""
    match dict(value):
        case {"text": str(text), **rest} if not rest:
            return literal(_text(text)) if text else SILENT
        case {"number": str(text), **rest} if not rest:
            return _number(text)
        case {"day": str(text), **rest} if not rest:
            return date.fromisoformat(text)
        case {"time": str(text), **rest} if not rest:
            return time.fromisoformat(text)
        case {"list": list(items), "separator": str(separator), **rest} if not rest:
            return Listing(tuple(_param(item, depth + 1) for item in items), _text(separator))
        case {"shape": str(shape), "of": of, **rest} if not rest and shape in SHAPES:
            return Shaped(_param(of, depth + 1), shape)
        case {"act": str(name), "places": places, **rest} if not rest:
            return Act(name, _places(places, depth))
    raise ValueError("no parameter of a message")


def _number(text: str) -> Decimal:
    try:
        figure = Decimal(text)
    except InvalidOperation as fault:
        raise ValueError("no number") from fault
    if not figure.is_finite() or len(text) > 2 * _MOST_DIGITS or abs(figure.adjusted()) > _MOST_DIGITS:
        raise ValueError("no number of a school")
    return figure


def _text(text: str) -> str:
    text.encode("utf-8")  # half a character, which no file can contain, raises a ValueError
    return text
