"""Lines of a table that are no evidence: titles, help, numbers of columns, months, and the signatures below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from antq_review.forms.columns import WORDS_FOR_PUPILS, CellKind, Column, Row
from antq_review.forms.sheets import TABLE_TITLE, TOTAL_WORDS
from antq_review.ingest.reader import Value
from antq_review.ingest.recognise import Located, heading_key
from antq_review.ingest.sheet_scan import column_number
from antq_review.text import fold, words

_TITLE = re.compile(re.escape(fold(TABLE_TITLE.partition("{")[0])) + r"\s*[0-9]+\b")
_MERGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})\Z")
_SECTION = re.compile(words("ingest")["lines"]["section"])
_REMARK = re.compile(words("ingest")["lines"]["remark"])
_TOTALS, _TOTAL_OF = frozenset(fold(word) for word in TOTAL_WORDS), re.compile(words("ingest")["lines"]["total"])
#: Help texts of forms that were handed out before.
_OLDER_HELPS = frozenset(fold(text) for text in words("ingest")["older_helps"])
_GROUP = re.compile(words("ingest")["lines"]["group"])
_GROUP_NUMBER = re.compile(r"[ivx]{1,4}\.?\Z|[a-d]\.?\Z")
_DOTS = re.compile(r"[-.…–—_ ]{1,40}\Z")
_SIGNATURE = re.compile(words("ingest")["lines"]["signature"])
#: `(1)`, `1`, `(3)=(1)+(2)`; the letter of a column that is not counted.
_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2})\)?(?: ?=.*)?\Z")
_COLUMN_LETTER = re.compile(r"\(?[a-d]\)?\Z")
#: Most filled cells of one line of signatures: the place and day, the posts, the names.
_SIGNED_CELLS = 4
#: A longer text is no title.
_LONGEST_TITLE = 200


def merges(references: Iterable[str]) -> list[tuple[str, int, int, int, int]]:
    """The merged ranges of a page: (reference, left, top, right, bottom)."""
    found = []
    for reference in references:
        if bounds := _MERGE.match(reference):
            left, right = column_number(bounds[1]), column_number(bounds[3])
            found.append((reference, left, int(bounds[2]), right, int(bounds[4])))
    return found


def is_title(cells: Mapping[int, Value]) -> bool:
    """Is the line the title of the next table: one text only, in the first column, that begins like “Bảng 2”?"""
    return len(cells) == 1 and 1 in cells and cells[1][0] == "s" and _TITLE.match(fold(cells[1][1][:_LONGEST_TITLE])) is not None


def is_total(first: str, whole: bool) -> bool:
    """Does the first text of a line say that it sums up others? `whole`: no required cell is blank, so “Cộng tháng 9” may be a name."""
    word = fold(first[:_LONGEST_TITLE]).rstrip(": ")
    return word in _TOTALS or (not whole and _TOTAL_OF.match(word) is not None)


def is_furniture(filled: Mapping[str, Value], cells: Mapping[int, Value], row: type[Row]) -> bool:
    """Is the line part of the form itself: the title of the next table, the help line, repeated headings?"""
    headings, helps = _own_words(row)
    if is_title(cells) or all(kind == "s" and heading_key(text) in headings[name] for name, (kind, text) in filled.items()):
        return True
    others = 0
    for name, (kind, text) in filled.items():
        others += not (kind == "s" and text and fold(text) in helps[name])
        if 2 * others >= len(filled):  # not all need be a help text: some of an older form may have changed since
            return False
    return True


@cache
def _own_words(row: type[Row]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Field → the keys of its heading, with every word for pupils; field → its help texts of this form and older ones, folded."""
    columns = list(zip(*(row.columns(pupils) for pupils in WORDS_FOR_PUPILS), strict=True))
    return (
        {same[0].name: frozenset(heading_key(column.heading) for column in same) for same in columns},
        {same[0].name: _OLDER_HELPS | {fold(column.help) for column in same} for same in columns},
    )


def noted_lines(
    lines: Sequence[tuple[int, Mapping[int, Value]]], located: Located, columns: Mapping[str, Column],
    ranges: Sequence[tuple[str, int, int, int, int]],
) -> dict[int, str]:
    """The lines that people add to a table, each with the key of its note in text/ingest.toml."""
    found = dict.fromkeys(_signatures(lines, located, columns), "signature_line")
    wide = {(top, left) for _, left, top, right, bottom in ranges if top == bottom and right - left >= 2}
    for number, cells in lines:
        if len(cells) == 1:
            ((column, (kind, text)),) = cells.items()
            words_only = kind == "s" and len(text) <= _LONGEST_TITLE and not is_title(cells)
            if words_only and _REMARK.match(fold(text)):
                found.setdefault(number, "remark_line")
            elif words_only and ((number, column) in wide or _SECTION.match(fold(text))):
                found.setdefault(number, "section_line")
        elif all(kind == "s" and _DOTS.match(text.strip()) for kind, text in cells.values()):
            found.setdefault(number, "remark_line")
        elif len(cells) == 2 and _is_group(cells):
            found.setdefault(number, "section_line")
        elif len(cells) >= 3 and _numbers_columns(cells, len(located.columns)):
            found[number] = "number_line"
    return found


def _is_group(cells: Mapping[int, Value]) -> bool:
    """Is the line a number of a group and its name: `I` and “Khối 6”?"""
    (first, (kind, number)), (_, (other, text)) = sorted(cells.items())
    short = kind == other == "s" and first == 1 and max(len(number), len(text)) <= _LONGEST_TITLE
    return short and _GROUP_NUMBER.match(fold(number)) is not None and _GROUP.match(fold(text)) is not None


def _numbers_columns(cells: Mapping[int, Value], headings: int) -> bool:
    """Does the line count the columns: 1, 2, 3 … under at least half of the headings, after letters A, B at most?"""
    if 2 * len(cells) < headings:
        return False
    last = 0
    for _, (kind, text) in sorted(cells.items()):
        word = text.strip().lower() if kind in ("s", "n") and len(text) <= _LONGEST_TITLE else ""
        number = _COLUMN_NUMBER.match(word)
        if number is None and (last or not _COLUMN_LETTER.match(word)):
            return False
        if number is not None:
            if int(number[1]) != last + 1:
                return False
            last += 1
    return last >= 2


def _signatures(
    lines: Sequence[tuple[int, Mapping[int, Value]]], located: Located, columns: Mapping[str, Column]
) -> list[int]:
    """The last lines of a table from the first that is signed: place and day, “Người lập biểu”, “(Ký, ghi rõ họ tên)”."""
    required = [located.columns[name] for name, column in columns.items() if column.required and name in located.columns]
    typed = [located.columns[name] for name, column in columns.items() if column.kind is not CellKind.TEXT and name in located.columns]
    loose: list[tuple[int, bool]] = []
    for number, cells in reversed(lines):
        texts = [text for kind, text in cells.values() if kind == "s" and len(text) <= _LONGEST_TITLE]
        if len(cells) > _SIGNED_CELLS or len(texts) < len(cells) or all(column in cells for column in required):
            break
        signed = any(_SIGNATURE.match(fold(text)) for text in texts)
        if not signed and len([column for column in typed if column in cells]) > 1:
            break
        loose.append((number, signed))
    first = max((index for index, (_, signed) in enumerate(loose) if signed), default=-1)
    return [number for number, _ in loose[: first + 1]]
