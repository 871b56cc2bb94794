"""The rows of a table as text: cells apart by tabs, with line breaks inside cells as Word and Excel copy them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antq_review.forms.rows.score_numbers import block_numbers, heading_of
from antq_review.forms.rows.score_table import NUMBER

#: A cell with a line break inside, as Excel copies it; quotation marks in it are doubled.
_QUOTED = re.compile(r'(?:(?<=\t)|^)"((?:[^"\t]|"")*\n(?:[^"\t]|"")*)"(?=\t|\n|\Z)', re.MULTILINE)
#: Stands for a line break inside a cell.
_BREAK = "\v"
#: Number of its first line, cells.
Line = tuple[int, list[str]]


def rows_of(text: str) -> Iterator[Line]:
    """The rows, each with the number of its first line and its number of the table in the first cell.

    A row that Word broke inside a cell is put together: its lines have together the tabs of a whole row. A blank first
    cell is filled where the number above stands beside several rows and their texts bear a), b) …; else it stays blank.
    """
    block: list[Line] = []
    for line, cells in _whole(text):
        if len(cells) == 1 and (heading := heading_of(cells[0])):
            cells = list(heading)
        if cells[0] and block:
            yield from _numbered(block)
            block = []
        block.append((line, cells))
    yield from _numbered(block)


def _numbered(block: list[Line]) -> list[Line]:
    numbers = block_numbers(block[0][1][0], [cells[1] if len(cells) > 1 else "" for _, cells in block]) if len(block) > 1 else None
    if numbers is None:
        return block
    return [(line, [number, *cells[1:]]) for (line, cells), number in zip(block, numbers, strict=True)]


def _whole(text: str) -> Iterator[Line]:
    plain = _QUOTED.sub(lambda found: found[1].replace('""', '"').replace("\n", _BREAK), text.replace("\r", "").replace(_BREAK, " "))
    lines = plain.split("\n")
    most = max(line.count("\t") for line in lines) + 1
    held: Line | None = None
    number = 1
    for line in lines:
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        if any(cells):
            if held is not None and _continues(held[1], cells, most):
                held = held[0], [*held[1][:-1], f"{held[1][-1]} {cells[0]}".strip(), *cells[1:]]
            else:
                if held is not None:
                    yield held
                held = number, cells
        number += 1 + line.count(_BREAK)
    if held is not None:
        yield held


def _continues(held: list[str], cells: list[str], most: int) -> bool:
    """Is the line the rest of a row that is not whole yet? Its first text is no number, and both together are one row at most."""
    begun = 1 < len(held) < most and bool(cells[0]) and not NUMBER.match(cells[0]) and heading_of(cells[0]) is None
    return begun and len(held) + len(cells) - 1 <= most
