"""Rows that may meet the filters of a measure because a cell that decides is blank.

A blank is never “no”: such a row may count, so the measure stays open and names the cell. A blank that a form's help
defines (“Để trống: còn hiệu lực”) has its defined meaning and opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from antq_review.forms.choices import ActivityForm, Content
from antq_review.forms.columns import Row
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import cells_blank
from antq_review.scoring.model.outcome import Reason

R = TypeVar("R", bound=Row)
#: Filter → the fields that say whether the cell that it compares is blank, although the row calls for it.
_BLANK: dict[str, tuple[tuple[str, ...], Callable[..., bool]]] = {
    "topic": (("topic_1", "topic_2", "topic_3"), lambda *topics: not any(topics)),
    "contents": (("contents_1", "contents_2", "contents_3"), lambda *contents: not any(contents)),
    "organiser": (("organiser",), lambda unit: unit is None),
    # What is published online has no audience that could be counted.
    "audience": (("audience", "form"), lambda audience, form: audience is None and form != ActivityForm.ONLINE),
    "level": (("level", "audience"), lambda level, audience: level is None and audience is None),
    "channel": (("channel", "form"), lambda channel, form: channel is None and form == ActivityForm.ONLINE),
    "purpose": (("purpose",), lambda purpose: purpose is None),
    # A paper without a partner is no paper of coordination, unless it says itself that it is one.
    "partner": (
        ("partner", "contents_1", "contents_2", "contents_3"),
        lambda partner, *contents: partner is None and Content.COORDINATION in contents,
    ),
    "led_by_pupils": (("led_by_pupils",), lambda mark: mark is None),
}
#: Filter → the field whose heading names the blank cell.
_NAMED = {"topic": "topic_1", "contents": "contents_1"}


def undecided(
    look: EvidenceWindow, rows: Iterable[EvidenceRow[R]], wanted: Filter
) -> tuple[list[EvidenceRow[R]], list[Reason]]:
    """The rows that meet every filter or are blank in it, and are blank in at least one; and the reasons, by column."""
    every = list(rows)
    blanks = {name: _blank(look, name, every) for name in wanted}
    if not any(blanks.values()):
        return [], []
    found, blank_in = every, dict[str, list[EvidenceRow[R]]]()
    for name, values in wanted.items():
        meets, blank = look.meeting(every[0].table, name, values), blanks[name]
        blank_in[name] = [row for row in found if row in blank and row not in meets]
        found = [row for row in found if row in meets or row in blank]
    left, doubtful, reasons = set(found), set[EvidenceRow[R]](), list[Reason]()
    for name, rows_blank in blank_in.items():
        kept = [row for row in rows_blank if row in left]
        doubtful.update(kept)
        reasons += cells_blank(kept, _NAMED.get(name, name))
    return [row for row in found if row in doubtful], reasons


def _blank(look: EvidenceWindow, name: str, rows: Sequence[EvidenceRow[R]]) -> frozenset[EvidenceRow[Row]]:
    """The rows that are blank in the cell that a filter compares."""
    if name not in _BLANK or not rows or (name == "led_by_pupils" and not unticked(rows, name)):
        return frozenset()
    table, (fields, is_blank) = rows[0].table, _BLANK[name]
    return look.index.where(("blank", name), table, fields, is_blank)


def unticked(rows: Sequence[EvidenceRow[R]], name: str) -> bool:
    """Is a Có/Không mark blank in all the rows?

    A mark that nobody wrote says nothing. Where some rows have it, a blank beside them means that the mark does not apply.
    """
    return all(row.value_of(name) is None for row in rows)
