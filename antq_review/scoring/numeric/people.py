"""The numeric tables PL3 (outreach) and PL8 (support).

Activities, attendances and people are different units. They are never added together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from antq_review.forms.choices import ActivityForm, Audience, Channel, Topic
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Activity
from antq_review.forms.rows.safety import Support
from antq_review.forms.rows.school import Headcount
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.measures import evaluate
from antq_review.scoring.measures.participation import audiences_of
from antq_review.scoring.model.numeric_tables import How, NumericTable
from antq_review.scoring.numeric.rows import NumericLines, line, lowered, note, unit
from antq_review.text import number

_HUNDRED = 100


def outreach(look: EvidenceWindow) -> NumericTable:
    """PL3: activities by form, topic and channel; attendances; people reached, each counted once, and their rate.

    Units: activities, attendances, people, %. One person can have many attendances. A rate is people divided by people.
    A person who came to activities of two different campaigns cannot be recognised, so the number of people is then a
    lower bound.
    """
    lines = NumericLines("PL3", look)
    lines.under("activities")
    lines.measured("activities.all", line("all_activities"), unit("activity"), "activity_count", "activities")
    lines.measured(
        "activities.by_pupils", line("by_pupils"), unit("activity"), "activity_count", "activities",
        {"led_by_pupils": (YesNo.YES,)},
    )
    for group, name, choices in (("by_form", "form", ActivityForm), ("by_topic", "topic", Topic)):
        lines.under(group)
        _by(lines, name, choices.labels())
    lines.under("by_channel")
    _by(lines, "channel", {code: label for code, label in Channel.labels().items() if code != Channel.IN_PERSON})
    _attendances(lines)
    _people(lines)
    return lines.table()


def _by(lines: NumericLines, name: str, labels: Mapping[str, str]) -> None:
    for code, label in labels.items():
        lines.measured(f"activities.{name}.{code}", label, unit("activity"), "activity_count", "activities", {name: (code,)})


def _audiences(look: EvidenceWindow) -> list[str]:
    """The audiences of the school; parents too, where a headcount or an activity names them."""
    named = {row.values.audience for row in look.of(Activity, "held_on")}
    counted = {row.values.audience for row in look.evidence.of(Headcount)}
    everyone = audiences_of(look, ("everyone",))
    return [*everyone, *([Audience.PARENTS] if Audience.PARENTS in named | counted else [])]


def _attendances(lines: NumericLines) -> None:
    """Adds the sums of the column “Có mặt”. Rows without an audience are left out."""
    lines.under("attendances")
    rows = [row for row in lines.look.of(Activity, "held_on") if row.values.audience is not None]
    lines.summed("attendances.all", line("all_attendances"), unit("attendances"), "activities", rows, "present")
    for code in _audiences(lines.look):
        own = [row for row in rows if row.values.audience == code]
        label = line("attendances_of", audience=lowered(Audience.label_of(code)))
        lines.summed(f"attendances.{code}", label, unit("attendances"), "activities", own, "present")


def _people(lines: NumericLines) -> None:
    """Adds the people of each audience and their rate, by the same measure that criteria and goals use."""
    lines.under("people")
    for code in _audiences(lines.look):
        found = evaluate("participation_rate", lines.look, {"audience": (code,)})
        said = note("people_base", base=number(found.base)) if found.base else note("no_base")
        audience = lowered(Audience.label_of(code))
        people = found.model_copy(update={"low": found.count or Decimal(0), "high": found.count if found.settled else found.base})
        lines.found(f"people.{code}", line("people_of", audience=audience), unit("people"), people, ("activities",), said)
        high = None if found.high is None else found.high * _HUNDRED
        rate = found.model_copy(update={"low": found.low * _HUNDRED, "high": high})
        lines.found(f"rate.{code}", line("rate_of", audience=audience), unit("percent"), rate, ("activities",))


# --- PL8 -----------------------------------------------------------------------------------------------------------


def support(look: EvidenceWindow) -> NumericTable:
    """PL8: counselling sessions, pupils at risk and supported. Units: sessions, pupils, pupils by month.

    The form counts by month, so a pupil who is followed for five months is counted five times. Therefore the largest
    month gives a number of pupils, and the sum over the months gives a number of turns.
    """
    lines = NumericLines("PL8", look)
    rows = look.of(Support, "month_on")
    lines.summed("support.counselled", line("counselled"), unit("turn"), "support", rows, "counselling_sessions")
    for name in ("at_risk", "supported"):
        _most(lines, name, rows)
    for name in ("at_risk", "supported"):
        lines.summed(f"support.{name}_sum", line(f"{name}_sum"), unit("turn"), "support", rows, name, note("monthly"))
    return lines.table()


def _most(lines: NumericLines, name: str, rows: Sequence[EvidenceRow[Support]]) -> None:
    """Adds the month with the most pupils: a lower bound where a cell is blank or a month is not handed in."""
    filled = [row for row in rows if row.value_of(name) is not None]
    top = max(filled, key=lambda row: (row.value_of(name), row.values.month_on), default=None)
    whole = lines.closed("support") and len(filled) == len(rows)
    value = 0 if top is None and whole else None if top is None else top.value_of(name)
    value = None if not whole and not value else value
    said = [note("month", month=top.values.month_on.month, year=top.values.month_on.year)] if top is not None and value else []
    said += [] if whole else [note("form_open")] if len(filled) == len(rows) else [note("blank_cells", count=len(rows) - len(filled))]
    lines.put(
        f"support.{name}_most", line(f"{name}_most"), unit("pupil"), value, How.ENTERED,
        lines.look.cells([top] if top is not None else [], (name,)), note="; ".join(said), at_least=not whole and bool(value),
    )
