"""Rows that may meet the filters of a measure because a cell that decides is blank.

A blank is never “no”: such a row may count, so the measure stays open and names the cell. A blank that a form's help
defines (“Để trống: còn hiệu lực”) has its defined meaning and opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from antq_review.forms.choices import ActivityForm, Content
from antq_review.forms.columns import Row
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import cells_blank
from antq_review.scoring.model.outcome import Reason

R = TypeVar("R", bound=Row)
#: Filter → is the cell that it compares blank in this row, although the row calls for it?
_BLANK: dict[str, Callable[[Any], bool]] = {
    "topic": lambda row: not (row.topic_1 or row.topic_2 or row.topic_3),
    "contents": lambda row: not (row.contents_1 or row.contents_2 or row.contents_3),
    "organiser": lambda row: row.organiser is None,
    # What is published online has no audience that could be counted.
    "audience": lambda row: row.audience is None and row.form != ActivityForm.ONLINE,
    "level": lambda row: row.level is None and row.audience is None,
    "channel": lambda row: row.channel is None and row.form == ActivityForm.ONLINE,
    "purpose": lambda row: row.purpose is None,
    # A paper without a partner is no paper of coordination, unless it says itself that it is one.
    "partner": lambda row: row.partner is None and Content.COORDINATION in (row.contents_1, row.contents_2, row.contents_3),
}
#: Filter → the field whose heading names the blank cell.
_NAMED = {"topic": "topic_1", "contents": "contents_1"}


def undecided(
    look: EvidenceWindow, rows: Iterable[EvidenceRow[R]], wanted: Filter
) -> tuple[list[EvidenceRow[R]], list[Reason]]:
    """The rows that meet every filter or are blank in it, and are blank in at least one; and the reasons, by column."""
    every = list(rows)
    found, blank_in = every, dict[str, list[EvidenceRow[R]]]()
    for name, values in wanted.items():
        meets = {id(row) for row in look.matching(found, {name: values})}
        blank_in[name] = [row for row in found if id(row) not in meets and _is_blank(name, row, every)]
        doubtful = {id(row) for row in blank_in[name]}
        found = [row for row in found if id(row) in meets or id(row) in doubtful]
    left = {id(row) for row in found}
    reasons, doubtful = list[Reason](), set[int]()
    for name, rows_blank in blank_in.items():
        kept = [row for row in rows_blank if id(row) in left]
        doubtful |= {id(row) for row in kept}
        reasons += cells_blank(kept, _NAMED.get(name, name))
    return [row for row in found if id(row) in doubtful], reasons


def _is_blank(name: str, row: EvidenceRow[R], every: Sequence[EvidenceRow[R]]) -> bool:
    if name == "led_by_pupils":
        return row.value_of(name) is None and unticked(every, name)
    return name in _BLANK and _BLANK[name](row.values)


def unticked(rows: Sequence[EvidenceRow[R]], name: str) -> bool:
    """Is a Có/Không mark blank in all the rows?

    A mark that nobody wrote says nothing. Where some rows have it, a blank beside them means that the mark does not apply.
    """
    return all(row.value_of(name) is None for row in rows)
