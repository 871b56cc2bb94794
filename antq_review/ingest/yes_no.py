"""Columns of “Có / Không” that are ticked: check marks, TRUE and FALSE of checkboxes, an “x”."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from antq_review.forms.columns import CellKind, Column, YesNo
from antq_review.ingest.reader import Value
from antq_review.text import fold, words

#: The value of a ticked cell.
TICK: Value = ("s", YesNo.YES.label)
_CROSSES = frozenset(words("ingest")["ticks"]["cross"])
_MARKS: Mapping[str, YesNo] = {
    **dict.fromkeys(words("ingest")["ticks"]["yes"], YesNo.YES), **dict.fromkeys(words("ingest")["ticks"]["no"], YesNo.NO),
}


def is_tick(value: Value) -> bool:
    """Is the cell an “x”? Alone it may mean yes or no: the column decides."""
    return value[0] == "s" and len(value[1]) < 4 and fold(value[1]) in _CROSSES


def marked(kind: str, text: str) -> YesNo | None:
    """The answer of a checkbox or a check mark; None for any other cell."""
    return _MARKS.get(fold(text)) if kind in ("s", "b") else None


def ticked_columns(columns: Mapping[int, Column], rows: Iterable[tuple[int, Mapping[int, Value]]]) -> frozenset[int]:
    """The columns of yes and no in which “x” is the only way to say yes. Where some cells say “Có”, an “x” may mean no."""
    ticked = {number for number, column in columns.items() if column.kind is CellKind.YES_NO}
    found: set[int] = set()
    for _, cells in rows if ticked else ():
        for column in ticked & cells.keys():
            if is_tick(cells[column]):
                found.add(column)
            elif YesNo.of_label(cells[column][1].rstrip(". ")) is YesNo.YES or marked(*cells[column]) is not None:
                ticked.discard(column)
    return frozenset(found & ticked)
