"""From a cell to a typed value, or to a fault with a code. An ambiguous cell is refused; its value is never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from antq_review.forms.columns import CellKind, Column
from antq_review.ingest.reader import OLD_FONTS, Value
from antq_review.ingest.refused import Refused
from antq_review.ingest.written_days import how_to_format, sane_day, written_day, written_moment, written_time
from antq_review.ingest.yes_no import is_tick, marked
from antq_review.text import Message, fold, is_old_encoding, listing, near_name, tell, tidy, words

_DIGITS = re.compile(r"[0-9]{1,9}\Z")
#: Digits with groups of letters that have no vowel (so they are no name), or with words that are no name. Nine digits
#: or more are refused: they may be a telephone or identity number.
_PLAIN_CODE = re.compile(
    r"(?!(?:[^0-9]*[0-9]){{9}})(?=[^0-9]*[0-9])"
    r"(?:(?:[0-9]+|[{letters}]{{1,5}}|{words})(?:[-/._& ]{{1,3}}|(?<=[0-9])|(?=[0-9])|\Z)){{1,6}}\Z"
    .format(**words("ingest")["plain_code"])
)
#: Refused counts with their own remedy: several grades (`6,7`), separated thousands (`1.050`, `1,050`, `1 050`), a unit (`24 h`).
_SEVERAL = re.compile(r"[0-9]{1,2}(?:\W{1,3}[0-9]{1,2})+\Z")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})*\Z")
_BETWEEN_THOUSANDS = {".": "ingest.count.dot", ",": "ingest.count.comma", " ": "ingest.count.space"}
_WITH_UNIT = re.compile(r"[0-9][0-9.]*\s*[^\W0-9_]")
#: What stands for the cell above: a row has to say by itself what it is about.
_DITTO = frozenset(words("ingest")["ditto"])
_FRACTION = re.compile(r"[0-9]{1,9}[.,][0-9]{1,2}\Z")
#: `3OO`, `l2`: letters that look like digits.
_LETTER_FOR_DIGIT = re.compile(r"(?=.*[0-9])[0-9OolI]{2,9}\Z")
#: A class (`8B`), or letters with a pupil's year of birth: such a code may identify a pupil by initials.
_CLASS_OR_BIRTH = re.compile(r"(?<![0-9])(?:1[0-2]|[1-9])[-/._ ]?[^\W\d_](?![^\W\d_])|\A[^0-9]*(?:200[5-9]|201[0-9]|2020)\Z")
#: Shorter words are in too many others to be meant; with the two spaces around them.
_SHORTEST_LIKENESS, _NO_WORD = 7, re.compile(r"\W+")
_BIGGEST_COUNT = 10_000_000
#: Longest text of an Excel cell, in characters.
_CELL_LIMIT = 32_767
#: Is written in the place of a cell's text that is never printed. It is stored like that text, as it is.
NOT_SHOWN: str = words("ingest")["not_shown"]
#: No number, day or label is longer; the patterns are tried on at most this many characters.
_LONGEST_WORD = 200


def read_cell(column: Column, value: Value) -> Any:
    """The value of a filled cell; its type is that of the column. Raises Refused."""
    kind, text = value
    if kind == "e":
        raise Refused("error_cell")
    if kind == "f":
        raise Refused("formula_not_calculated")
    if in_old_encoding(value):
        raise Refused("old_encoding")
    if column.kind not in _FREE_TEXT:
        return _READERS[column.kind](column, kind, tidy(text)[:_LONGEST_WORD])
    if len(text) > _CELL_LIMIT:
        raise Refused("text_too_long")
    return _READERS[column.kind](column, kind, tidy(text))


def in_old_encoding(value: Value) -> bool:
    """Is it a text in an encoding from before Unicode, by its font or by its letters?"""
    kind, text = value
    return kind in OLD_FONTS or (kind == "s" and is_old_encoding(text))


#: Two blanks where one was meant; they would stand in every paper.
_BLANKS = re.compile(" {2,}")


def shown(value: Value) -> str:
    """The text of a cell as the sheet shows it: days as dd/mm/yyyy."""
    kind, text = value
    if kind == "d":
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    if kind == "t":
        return f"{datetime.fromisoformat(text):%d/%m/%Y %H:%M}"
    return tidy(text)


def _text(column: Column, kind: str, text: str) -> str:
    if column.required and fold(text).strip(" -.") in _DITTO:
        raise Refused("ditto")
    found = shown((kind, text))
    return found if column.name == "file" else _BLANKS.sub(" ", found)  # a file is sought by its name as it stands


def _code(column: Column, kind: str, text: str) -> str:
    if kind not in ("s", "n") or (kind == "n" and not text.isdecimal()):
        raise Refused("not_a_code")
    return text


def is_plain_code(text: str) -> bool:
    """Is the text a code such as VV-07 or 2026/03, which cannot contain a person's name?"""
    folded = fold(text)
    return _PLAIN_CODE.match(folded) is not None and _CLASS_OR_BIRTH.search(folded) is None


def _plain_code(column: Column, kind: str, text: str) -> str:
    code = _code(column, kind, text)
    parts = [part for part in code.split(";") if part.strip()]
    if not parts or not all(is_plain_code(part) for part in parts):
        raise Refused("not_a_plain_code")
    return code


def _count(column: Column, kind: str, text: str) -> int:
    plain = text.removeprefix("'") if kind == "s" else text  # Excel's sign for “this is text”, where an import leaves it in the text
    if kind in ("n", "s") and _DIGITS.match(plain) and int(plain) <= _BIGGEST_COUNT:
        return int(plain)
    raise Refused("not_a_count", how=_how_to_count(column, kind, text))


def _how_to_count(column: Column, kind: str, text: str) -> Message:
    """The remedy for a cell that is no count."""
    if column.name == "grade" and _SEVERAL.match(text):
        return tell("ingest.count.grades")
    if kind in ("d", "t", "h"):
        return tell("ingest.count.day")
    if kind == "p":
        return tell("ingest.count.rate")
    if kind == "n" or (kind == "s" and _FRACTION.match(text)):
        return tell("ingest.count.whole")
    if kind == "s" and _LETTER_FOR_DIGIT.match(text):
        return tell("ingest.count.letter")
    if kind == "s" and (between := _THOUSANDS.match(text)):
        return tell("ingest.count.thousands", number=re.sub(r"\D", "", text), sign=tell(_BETWEEN_THOUSANDS[between[1]]))
    if kind == "s" and _WITH_UNIT.match(text):
        return tell("ingest.count.unit")
    return tell("ingest.count.noted" if column.noted else "ingest.count.plain")


#: Columns of points of a score table: pasted from Word, `3 điểm`, `3,0` and `03 điểm` are texts and can mean one number only. Three
#: digits after a comma may be thousands.
POINTS = frozenset({"points", "self_points", "superior_points", "agreed_points", "each", "at_most", "at_least", "below"})
_POINTS = re.compile(r"([0-9]{1,4})(?:,([0-9]{1,2}))?(?: ?(?:" + words("ingest")["count"]["points"] + r"))?\.?\Z")


def _number(column: Column, kind: str, text: str) -> Decimal:
    if kind == "s" and _DIGITS.match(text):
        return Decimal(text)
    if kind == "s" and column.name in POINTS and (written := _POINTS.match(fold(text))):
        return Decimal(f"{written[1]}.{written[2] or 0}".rstrip("0").rstrip("."))
    if kind == "n":
        figure = Decimal(text)
        if figure.is_finite() and 0 <= figure <= _BIGGEST_COUNT:
            return figure
    raise Refused("not_a_number")


def _date(column: Column, kind: str, text: str) -> date:
    if kind == "d":
        return sane_day(column, date.fromisoformat(text))
    if kind == "t":
        return sane_day(column, datetime.fromisoformat(text).date())
    if kind == "s":
        return written_day(column, text)
    raise Refused("not_a_date", how=how_to_format(text) if kind == "n" else tell("ingest.day.cell"))


def _moment(column: Column, kind: str, text: str) -> date | datetime:
    if kind == "t":
        moment = datetime.fromisoformat(text)
        sane_day(column, moment.date())
        return moment
    return written_moment(column, text) if kind == "s" else _date(column, kind, text)


def _time(column: Column, kind: str, text: str) -> time:
    if kind == "t":  # Excel stores a time that was typed with a day in this way
        return datetime.fromisoformat(text).time().replace(second=0)
    found = written_time(text) if kind in ("s", "h") else None
    if found is None:
        raise Refused("not_a_time")
    return found


def _choice(column: Column, kind: str, text: str) -> str:
    assert column.choices is not None
    code = column.choices.of_label(text.rstrip(".;, ")) if kind in ("s", "n") else None
    if code is None:
        raise Refused("not_in_list", choices=listing(column.labels, "; "), how=_how_to_choose(column, text))
    return code


def _how_to_choose(column: Column, text: str) -> Message:
    """The remedy for a word that is not in the list: the one entry that it resembles, where there is one."""
    inside = [label for label in column.labels if _holds(fold(label), fold(text))]
    if len(inside) > 1:
        return tell("ingest.list.one")
    if (near := near_name(text, column.labels) or next(iter(inside), None)) is not None:
        return tell("ingest.list.near", near=near)
    return tell("ingest.list.tick" if column.kind is CellKind.YES_NO and is_tick(("s", text)) else "ingest.list.plain")


def _holds(label: str, text: str) -> bool:
    """Is one of the two within the other, as whole words: `1. Chuyên đề`, `Ngoại khóa`?"""
    short, long = sorted((f" {_NO_WORD.sub(' ', label).strip()} ", f" {_NO_WORD.sub(' ', text).strip()} "), key=len)
    return len(short) >= _SHORTEST_LIKENESS and short in long


def _yes_no(column: Column, kind: str, text: str) -> str:
    return marked(kind, text) or _choice(column, kind, text)


def _choices(column: Column, kind: str, text: str) -> str | None:
    """Several codes of one list, joined by “;”, in the order of the cell, without repetition."""
    return ";".join(dict.fromkeys(_choice(column, kind, part) for part in text.split(";") if part.strip())) or None


_FREE_TEXT = (CellKind.TEXT, CellKind.CODE, CellKind.PLAIN_CODE, CellKind.CHOICES)
_READERS = {
    CellKind.TEXT: _text,
    CellKind.CODE: _code,
    CellKind.PLAIN_CODE: _plain_code,
    CellKind.COUNT: _count,
    CellKind.NUMBER: _number,
    CellKind.DATE: _date,
    CellKind.TIME: _time,
    CellKind.MOMENT: _moment,
    CellKind.YES_NO: _yes_no,
    CellKind.CHOICE: _choice,
    CellKind.CHOICES: _choices,
}
