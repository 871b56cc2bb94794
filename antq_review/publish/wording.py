"""Findings, measurements and targets in words, with figures as Vietnamese offices write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal

from antq_review.forms.choices import Operator, SetBy
from antq_review.scoring.model.outcome import Interval, Measurement, Outcome, Reason, Truth
from antq_review.scoring.model.review import (
    Finding,
    GoalPart,
    GoalStatus,
    SelfScore,
    TextResult,
    TextReview,
)
from antq_review.text import Message, criterion_label, day, number, percent, say, shaped, words

_STATES = {Truth.YES: "ok", Truth.NO: "no", Truth.UNKNOWN: "open", Truth.NOT_APPLICABLE: "none"}
_GOAL_STATES = {
    GoalStatus.MET: "ok", GoalStatus.EXCEEDED: "ok", GoalStatus.NOT_MET: "no", GoalStatus.OPEN: "open",
    GoalStatus.SELF_MET: "ok", GoalStatus.SELF_NOT_MET: "no",
}
#: Notes of the measure of events: an excuse that a paper of another body proves; one that the school claims.
EXCUSED, CLAIMED = "scoring.notes.excused", "scoring.notes.excuse_claimed"
_RESULT_STATES = {TextResult.MET: "ok", TextResult.NOT_MET: "no", TextResult.INSUFFICIENT: "open"}


def state(of: Truth | GoalStatus | TextResult | Outcome) -> str:
    """One of the four states of the report's look: `ok`, `no`, `open`, `none`."""
    if isinstance(of, Outcome):
        return "ok" if of.low is not None and of.settled and of.low > 0 else state(of.truth)
    if isinstance(of, Truth):
        return _STATES[of]
    return _RESULT_STATES.get(of, "none") if isinstance(of, TextResult) else _GOAL_STATES.get(of, "none")


def mark(of: Truth | GoalStatus) -> str:
    """The mark of a state, a sign with a word: `✓ Đạt`. A state is never shown by colour alone."""
    return say(f"publish.marks.{of.value}" if isinstance(of, Truth) else f"publish.goal_marks.{of.value}")


def word(of: Truth | GoalStatus) -> str:
    """The word of a state without its sign, for data: `Đạt`. Where people read, `mark` is printed."""
    return mark(of).split(" ", 1)[1]


def label(criterion: str) -> str:
    """The number of a criterion as people write it: `3dd` is 3đ, `4b-` is everything from 4b on."""
    return criterion_label(criterion)


def tie(text: str | Message) -> str:
    """The text without line breaks between a word and its number: “Điều 7”, “khoản 1”."""
    return re.sub(r"(?<=\w) (?=\d)", "\u00a0", str(text))


def span(start: date, end: date) -> str:
    """`16/11/2025 – 15/11/2026`."""
    return f"{day(start)} – {day(end)}"


def rate(value: Decimal, target: Decimal | None = None) -> str:
    """A rate in [0, 1] in percent, never rounded up to its target or to a whole percent, which a text may require."""
    whole = (value * 100).to_integral_value(ROUND_CEILING) / 100
    bounds = [bound for bound in (whole, target) if bound is not None and bound > value]
    return percent(value, min(bounds, default=None))


def rate_between(low: Decimal, high: Decimal) -> str:
    """`từ 60% đến 80%`; a range that excludes nothing is `chưa rõ`."""
    if low == 0 and high == 1:
        return say("publish.phrases.unclear")
    return say("publish.phrases.between", low=rate(low), high=rate(high))


def between(low: Decimal, high: Decimal | None, unit: str = "") -> str:
    """`12 vụ`, `từ 9 đến 12 vụ`, `từ 9 vụ trở lên`; `chưa rõ` where nothing is excluded."""
    of_unit = f" {unit}" if unit else ""
    if high is None:
        if low == 0:
            return say("publish.phrases.unclear")
        return say("publish.phrases.at_least", low=number(low) + of_unit)
    return (number(low) if low == high else say("publish.phrases.between", low=number(low), high=number(high))) + of_unit


def measured(found: Measurement | None, target: Decimal | None = None, unit: str | None = None) -> str:
    """A measured value: `3/5 (60%)`, `từ 60% đến 80%`, `7 lần`; a dash if nothing was measured."""
    if found is None:
        return say("publish.phrases.unmeasured")
    if not found.applies:
        return say("publish.marks.not_applicable")
    if found.unit == "rate":
        return _measured_rate(found, target)
    word = unit if unit is not None else words("publish")["units"].get(found.unit, "")
    excused = (str(shaped(shaped(note, "lower_first"), "no_stop")) for note in excuse_notes(found))
    return "; ".join((between(found.low, found.high, word), *excused))


def excuse_notes(*found: Measurement | None) -> list[Message]:
    """What measures say of events of Article 6(3) that are excused, or that the school claims to be: each event once.

    Such an event happened, so no paper may say that it did not.
    """
    notes = (note for one in found if one is not None for note in one.notes)
    return list(dict.fromkeys(note for note in notes if note.key in (EXCUSED, CLAIMED)))


def _measured_rate(found: Measurement, target: Decimal | None) -> str:
    if found.low == 0 and (found.high is None or found.high == 1):
        return say("publish.phrases.unclear")
    low, high = rate(found.low, target), rate(found.high, target) if found.high is not None else None
    if high is None:
        shown = say("publish.phrases.at_least", low=low)
    else:
        shown = low if found.settled else say("publish.phrases.between", low=low, high=high)
    if found.count is None or not found.base or found.count / found.base != found.low:
        return shown  # the fraction of an open rate says only what its low end is made of
    fraction = say("publish.phrases.of", count=number(found.count), base=number(found.base))
    return say("publish.phrases.with_fraction", rate=shown, fraction=fraction)


def points(outcome: Outcome) -> str:
    """The range of points of an outcome; a dash for a text without points."""
    return between(outcome.low, outcome.high) if outcome.low is not None else say("publish.phrases.unmeasured")


def target(part: GoalPart) -> str:
    """The target in the plan: `≥ 90%`, `≤ 0 vụ`."""
    if part.target is None:
        return say("publish.phrases.watched")
    figure = percent(part.target) if part.is_rate else f"{number(part.target)} {part.unit}"
    asked = f"{Operator.labels().get(part.operator, '')} {figure}".strip()
    return say("publish.phrases.proposed", target=asked) if part.set_by == SetBy.PROPOSED else asked


def done(part: GoalPart) -> str:
    """The measured value of a part of a goal, in the unit of its target; without a measure what the school wrote of it.

    Before its due day only how much so far.
    """
    if part.measurement is None and part.told:
        return part.told
    found = part.measurement
    if part.status is GoalStatus.NOT_DUE and found is not None and found.applies and not found.settled:
        if found.unit != "rate":
            return say("publish.phrases.so_far", done=between(found.low, found.low, part.unit))
        if found.count is not None and found.base:
            return say("publish.phrases.so_far", done=say("publish.phrases.of", count=number(found.count), base=number(found.base)))
    return measured(part.measurement, part.target, part.unit)


# --- a text --------------------------------------------------------------------------------------------------------


def considered(text: TextReview) -> str:
    """The points of a text by the evidence, never one total while some are open.

    “Theo minh chứng, đã xét 12/100 điểm: từ 9 đến 12; 88 điểm chưa có thang điểm”.
    """
    assert text.range is not None and text.total is not None and text.considered is not None
    figures = {
        "basis": basis(text), "considered": number(text.considered), "total": number(text.total), "range": reached(text.range),
        "unread": number(text.unread or 0),
    }
    return say("publish.phrases.considered" if text.unread else "publish.phrases.considered_all", **figures)


def basis(text: TextReview) -> str:
    """The name of what the tool computes: by the evidence; and by the meeting, where it completes what is left open."""
    return say("publish.basis.both" if text.rests_on_meeting else "publish.basis.evidence")


def by_evidence(text: TextReview) -> str:
    """`Theo minh chứng: chưa đạt`: the result that the tool computes for a text without points; empty for any other."""
    return "" if text.result is None else say("publish.basis.result", basis=basis(text), result=say(f"publish.results.{text.result.value}"))


def self_assessed(text: TextReview) -> str:
    """What the school's meeting concluded, or that it has not met: `đạt – đề nghị công nhận`, `90/100 điểm`, `chưa họp`."""
    if text.official_result is not None:
        return say(f"publish.own_result.{text.official_result.value}")
    if not text.is_concluded:
        named = any(one.self_score is not None and one.self_score.meeting for one in text.findings)
        return say(f"publish.own_result.{'not_concluded' if named else 'no_meeting'}")
    own, bands = text.own_total(), text.official_bands()
    if own is None:
        return say("publish.own_result.not_enough")
    key = "points_class" if len(bands) == 1 else "points"
    return say(f"publish.own_result.{key}", points=number(own), total=number(text.total or 0), band="".join(bands[:1]))


def open_reasons(reasons: Iterable[Reason], criterion: Finding) -> list[Reason]:
    """The reasons without those that wait for a meeting, where a meeting concluded the criterion that they belong to."""
    if criterion.official is None:
        return list(reasons)
    waits = {"needs_judgement", "excuse_unproved"} if criterion.settled_by_meeting else {"needs_judgement"}
    return [why for why in reasons if why.code not in waits]


def reached(interval: Interval) -> str:
    """A range of points in words."""
    return between(interval.low, interval.high)


def less(points: Decimal) -> str:
    """Points taken away: `−2`, and 0 as 0."""
    return number(points) if points == 0 else f"−{number(points)}"


def taken(interval: Interval) -> str:
    """A range of points taken away; without an upper end if there is no limit."""
    if interval.low == interval.high:
        return less(interval.low)
    key = "taken" if interval.high is not None else "taken_at_least"
    return say(f"publish.phrases.{key}", low=number(interval.low), high=number(interval.high or Decimal(0)))


def classified(text: TextReview) -> str:
    """The classes that are still possible with these points, or why there is no class."""
    if not text.bands:
        return say("publish.phrases.no_class" if text.warnings else "publish.phrases.no_bands")
    if len(text.bands) == 1:
        return say("publish.phrases.band", band=text.bands[0])
    return say("publish.phrases.bands", bands=", ".join(text.bands))


def minutes(score: SelfScore) -> str:
    """The minutes of the meeting that concluded a self-score: their number and day."""
    if not score.concluded or score.held_on is None:
        return say("publish.phrases.not_concluded")
    key = "minutes" if score.minutes else "minutes_without_number"
    return say(f"publish.phrases.{key}", minutes=score.minutes, day=day(score.held_on))


def shortened(text: str, letters: int) -> str:
    """The text, cut at the end of a word if it is longer than `letters`."""
    if len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
