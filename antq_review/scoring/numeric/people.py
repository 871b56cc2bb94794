"""The numeric tables PL3 (outreach) and PL8 (support).

Activities, attendances and people are different units. They are never added together.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from antq_review.forms.choices import ActivityForm, Audience, Channel, Topic
from antq_review.forms.columns import YesNo
from antq_review.forms.new_school import school_of
from antq_review.forms.rows.evidence import Activity
from antq_review.forms.rows.safety import Support
from antq_review.forms.rows.school import Headcount
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.measures import evaluate
from antq_review.scoring.measures.participation import audiences_of
from antq_review.scoring.model.numeric_tables import How
from antq_review.scoring.model.outcome import Measurement
from antq_review.scoring.numeric.counts import Measured, Summed
from antq_review.scoring.numeric.lines import Direction, Line, Privacy, Section, TableLines
from antq_review.scoring.numeric.notes import note, one_note
from antq_review.scoring.numeric.rows import NumericLines

_HUNDRED = 100


def _is_reached(look: EvidenceWindow, line: Line) -> bool:
    """Is it an audience of the school? Parents are one where a headcount or an activity names them."""
    audience = line.entry["audience"]
    if audience != Audience.PARENTS:
        return audience in audiences_of(look, ("everyone",))
    named = {row.values.audience for row in look.of(Activity, "held_on")}
    return audience in named | {row.values.audience for row in look.evidence.of(Headcount)}


def _is_usual(look: EvidenceWindow, line: Line) -> bool:
    """Is it a form or a topic that the school's drop-down lists offer, or one that it used all the same?"""
    (entry,) = line.entry.values()
    profile = look.evidence.profile
    return profile is None or school_of(profile, ()).fits(entry) or bool(look.matching(look.of(Activity, "held_on"), line.wanted))


def _participation(lines: NumericLines, line: Line) -> Measurement:
    """The measure that criteria and goals use."""
    return evaluate("participation_rate", lines.look, line.wanted)


def _people(lines: NumericLines, line: Line) -> None:
    """The people of an audience who came, each counted once.

    A person who came to activities of two different campaigns cannot be recognised, so the number is then a lower bound.
    """
    found = _participation(lines, line)
    said = note("people_base", base=found.base) if found.base else note("no_base")
    people = found.model_copy(update={"low": found.count or Decimal(0), "high": found.count if found.settled else found.base})
    lines.found(line, people, "activities", said)


def _rate(lines: NumericLines, line: Line) -> None:
    """People who came divided by all people of the audience."""
    found = _participation(lines, line)
    high = None if found.high is None else found.high * _HUNDRED
    lines.found(line, found.model_copy(update={"low": found.low * _HUNDRED, "high": high}), "activities")


def _has_pledges(look: EvidenceWindow, line: Line) -> bool:
    """Did anybody sign a pledge? A blank cell means that none was signed."""
    return any(row.values.pledged for row in look.of(Activity, "held_on"))


def _pledges(lines: NumericLines, line: Line) -> None:
    """The sum of the column “Số người ký cam kết” over the activities that have one."""
    rows = [row for row in lines.look.of(Activity, "held_on") if row.values.pledged is not None]
    lines.summed(line, "activities", rows, "pledged")


_ACTIVITIES = Measured("activity_count", "activities")
_BY_PUPILS = Measured("activity_count", "activities", {"led_by_pupils": (YesNo.YES,)})
_ONLINE = tuple(one for one in Channel if one is not Channel.IN_PERSON)
#: Units: activities, attendances, people, %. One person can have many attendances.
PL3 = TableLines("PL3", (
    Section("activities", (
        Line("activities.all", "activity", Direction.MORE, _ACTIVITIES, "all_activities"),
        Line("activities.by_pupils", "activity", Direction.MORE, _BY_PUPILS, "by_pupils"),
    )),
    Section("by_form", (
        Line("activities.form.{form}", "activity", Direction.MORE, _ACTIVITIES, each={"form": ActivityForm}, shown=_is_usual),
    )),
    Section("by_topic", (
        Line("activities.topic.{topic}", "activity", Direction.MORE, _ACTIVITIES, each={"topic": Topic}, shown=_is_usual),
    )),
    Section("by_channel", (
        Line("activities.channel.{channel}", "activity", Direction.MORE, _ACTIVITIES, each={"channel": _ONLINE}),
    )),
    Section("attendances", (  # sums of the column “Có mặt”; rows without an audience are left out
        Line(
            "attendances.all", "attendances", Direction.NEITHER, Summed(Activity, "present", {"audience": tuple(Audience)}),
            "all_attendances",
        ),
        Line(
            "attendances.{audience}", "attendances", Direction.NEITHER, Summed(Activity, "present"), "attendances_of",
            each={"audience": Audience}, small="audience", shown=_is_reached,
        ),
    )),
    Section("pledges", (
        Line("pledges.all", "turn", Direction.NEITHER, _pledges, "all_pledges", shown=_has_pledges),
    )),
    Section("people", ((
        Line(
            "people.{audience}", "people", Direction.NEITHER, _people, "people_of",
            each={"audience": Audience}, small="audience", shown=_is_reached,
        ),
        Line(
            "rate.{audience}", "percent", Direction.MORE, _rate, "rate_of",
            each={"audience": Audience}, small="audience", shown=_is_reached,
        ),
    ),)),
))


# --- PL8 -----------------------------------------------------------------------------------------------------------


def _largest_month(lines: NumericLines, line: Line, column: str) -> None:
    """The month with the most pupils: a lower bound where a cell is blank or a month is not handed in."""
    rows = lines.look.of(Support, "month_on")
    filled = [row for row in rows if row.value_of(column) is not None]
    top = max(filled, key=lambda row: (row.value_of(column), row.values.month_on), default=None)
    whole = lines.closed("support") and len(filled) == len(rows)
    value = 0 if top is None and whole else None if top is None else top.value_of(column)
    value = None if not whole and not value else value
    said = [note("month", month=top.values.month_on.month, year=top.values.month_on.year)] if top is not None and value else []
    said += [] if whole else [note("form_open")] if len(filled) == len(rows) else [note("blank_cells", count=len(rows) - len(filled))]
    lines.put(
        line, value, How.ENTERED, lines.look.cells([top] if top is not None else [], (column,)), note=one_note(said),
        at_least=not whole and bool(value),
    )


#: Pupils at risk less pupils supported are pupils without support; all months less the largest month are the other months.
_AT_RISK = Privacy("at_risk", less=("support.supported_most",))
_AT_RISK_SUM = Privacy("at_risk", less=("support.at_risk_most", "support.supported_sum"))
_SUPPORTED_SUM = Privacy("supported", less=("support.supported_most",))
#: Units: sessions, pupils, pupils by month. The form counts by month, so a pupil who is followed for five months is counted
#: five times. Therefore the largest month gives a number of pupils, and the sum over the months gives a number of turns.
PL8 = TableLines("PL8", (
    Section("", (
        Line(
            "support.counselled", "turn", Direction.NEITHER, Summed(Support, "counselling_sessions"), "counselled",
            privacy=Privacy("counselled"),
        ),
        Line(
            "support.at_risk_most", "pupil", Direction.NEITHER, partial(_largest_month, column="at_risk"), "at_risk_most",
            privacy=_AT_RISK,
        ),
        Line(
            "support.supported_most", "pupil", Direction.NEITHER, partial(_largest_month, column="supported"), "supported_most",
            privacy=Privacy("supported"),
        ),
        Line(
            "support.at_risk_sum", "turn", Direction.NEITHER, Summed(Support, "at_risk", note="monthly"), "at_risk_sum",
            privacy=_AT_RISK_SUM,
        ),
        Line(
            "support.supported_sum", "turn", Direction.NEITHER, Summed(Support, "supported", note="monthly"), "supported_sum",
            privacy=_SUPPORTED_SUM,
        ),
    )),
))
