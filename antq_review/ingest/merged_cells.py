"""Merged cells in a table. They hide cells, so their lines are not read; a score table pasted from Word is, where it is clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from antq_review.forms.columns import CellKind
from antq_review.forms.rows.score_numbers import block_numbers, heading_of
from antq_review.ingest.cell_values import shown
from antq_review.ingest.reader import Value
from antq_review.ingest.recognise import Located

#: The table that is copied from paper, with the merged cells of the paper.
_PASTED = "score_rows"

#: Line → column → the merged range that covers the cell there.
Covered = dict[int, dict[int, str]]
#: Line → field → the value that the merged cells give it.
Meant = dict[int, dict[str, Value]]
_Body = Sequence[tuple[int, Mapping[int, Value]]]
_Ranges = Sequence[tuple[str, int, int, int, int]]


def covered(located: Located, body: _Body, ranges: _Ranges, meant: Meant) -> Covered:
    """Cells of the table's columns that a merged range hides, so that their line is not clear.

    Only ranges with a filled top left cell are considered. In a score table the value belongs to the top left cell and
    the others are blank; but one number of points beside several lines, or across two columns of points, is not clear,
    nor is a row without a number.
    """
    found: Covered = {}
    cells = dict(body)
    for reference, left, top, right, bottom in ranges:
        if left not in cells.get(top, {}):
            continue
        for number, _ in body:
            if top <= number <= bottom:
                hidden = {
                    column: reference for name, column in located.columns.items()
                    if left <= column <= right and (number, column) != (top, left)
                    and not (located.table.name == _PASTED and _is_clear(located, name, number, (left, top), meant))
                }
                if hidden:
                    found.setdefault(number, {}).update(hidden)
    return found


def _is_clear(located: Located, name: str, number: int, anchor: tuple[int, int], meant: Meant) -> bool:
    """Is a hidden cell of a score table surely blank, or is its value known?"""
    points = {column.name for column in located.table.row.columns() if column.kind is CellKind.NUMBER}
    if name in points:
        over = next((field for field, column in located.columns.items() if column == anchor[0]), "")
        return number == anchor[1] and over not in points
    if name in ("number", "text"):
        return name in meant.get(number, {})
    return True


def meant_by_merges(located: Located, body: _Body, ranges: _Ranges) -> Meant:
    """The numbers of rows beside one merged number, and headings in one wide cell; in a score table only."""
    at = located.columns
    if located.table.name != _PASTED or not {"number", "text"} <= at.keys():
        return {}
    found: Meant = {}
    cells = dict(body)
    for _, left, top, right, bottom in ranges:
        first = cells.get(top, {}).get(left)
        if left != at["number"] or first is None:
            continue
        if top == bottom and right >= at["text"]:
            if first[0] == "s" and (heading := heading_of(first[1])):
                found[top] = {"number": ("s", heading[0]), "text": ("s", heading[1])}
        elif right == left:
            rows = [number for number in sorted(cells) if top <= number <= bottom]
            texts = [_text(cells[number].get(at["text"])) for number in rows]
            numbers = block_numbers(shown(first), texts)
            found |= {row: {"number": ("s", number)} for row, number in zip(rows, numbers or (), strict=False)}
    return found


def _text(value: Value | None) -> str:
    return shown(value) if value is not None else ""
