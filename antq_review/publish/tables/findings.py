"""The tables of the report as plain lines: criteria with their parts, plan goals by section, three scores side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from antq_review.publish import wording as phrases
from antq_review.scoring.model.finding import TRUTH_OF_RESULT
from antq_review.scoring.model.outcome import Measurement, Outcome, Reason, Truth
from antq_review.scoring.model.review import Finding, Goal, GoalPart, GoalStatus, ReadingFinding, Review, TextReview
from antq_review.source import CellRef, grouped
from antq_review.text import SILENT, number, say


@dataclass(frozen=True)
class FindingLine:
    """A criterion (`depth` 0) or a part of one.

    `new_citation`: its clause is not the clause of the finding above it; `criterion`: the criterion that it belongs to.
    """

    finding: Finding
    depth: int
    new_citation: bool
    criterion: Finding

    @property
    def result(self) -> Outcome:
        """The outcome to print: the settled one for a criterion, the computed one for a part."""
        return self.finding.settled if self.depth == 0 else self.finding.computed

    @property
    def ground(self) -> list[str]:
        """The cells of the measure, of the fact that decides whether the line applies, and of a deciding self-score."""
        measured = self.finding.measurement.cells if self.finding.measurement else ()
        own = self.finding.self_score.cells if self.finding.settled_by_meeting and self.finding.self_score else ()
        return grouped((*measured, *self.finding.fact_cells, *own))

    @property
    def reading_equal(self) -> bool:
        """Do all readings have the same outcome?"""
        first, *others = self.finding.readings
        return all(reading.outcome == first.outcome for reading in others)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What was sent back, then the reasons why the line is open, one sentence each, without those that its parts give.

        Nothing waits any more for a meeting that has concluded the criterion.
        """
        below = {str(why.says) for place in self.finding.walk() if place.depth for why in place.finding.reasons}
        said = dict.fromkeys(str(why.says) for why in self.open(self.finding))
        return (*map(str, self.finding.returned), *(says for says in said if says not in below))


    def open(self, finding: Finding) -> list[Reason]:
        """The reasons why the finding, or a part of one of its readings, is still open."""
        return phrases.open_reasons(finding.reasons, self.criterion)


def left_to_meeting(line: FindingLine) -> bool:
    """Is the line an open part of a criterion that a meeting has settled? Then nothing about it waits any more."""
    return bool(line.depth) and line.criterion.settled_by_meeting and line.result.truth is Truth.UNKNOWN


def lines(text: TextReview) -> list[FindingLine]:
    """A text's criteria, each followed by its parts."""
    return [
        FindingLine(place.finding, place.depth, place.finding.citation != (place.above.citation if place.above else SILENT), finding)
        for finding in text.findings for place in finding.walk(readings=False)
    ]


def readings_ground(readings: Iterable[ReadingFinding]) -> list[str]:
    """The source cells of readings."""
    parts = [place.finding for reading in readings for part in reading.parts for place in part.walk()]
    return grouped(cell for part in parts if part.measurement for cell in part.measurement.cells)


def measured_ground(measurement: Measurement | None) -> list[str]:
    """The source cells of a deduction or a cap."""
    return grouped(measurement.cells) if measurement else []


def states(text: TextReview) -> list[tuple[Truth, int]]:
    """The number of criteria in each state; không áp dụng is left out if it does not occur."""
    counts = Counter(finding.settled.truth for finding in text.findings)
    return [(truth, counts[truth]) for truth in Truth if counts[truth] or truth is not Truth.NOT_APPLICABLE]


# --- the plan ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanSection:
    """The goals of one section of the plan (`II.1`)."""

    name: str
    goals: tuple[Goal, ...]


def sections(goals: Iterable[Goal]) -> list[PlanSection]:
    """The goals by the section that their id begins with, in the plan's order."""
    found: dict[str, list[Goal]] = {}
    for goal in goals:
        found.setdefault(goal.id.rpartition("-")[0] or goal.id, []).append(goal)
    return [PlanSection(name, tuple(goals)) for name, goals in found.items()]


def goal_counts(goals: Iterable[Goal]) -> list[tuple[GoalStatus, int]]:
    """The number of goals in each status, in the order of GoalStatus; only statuses that occur."""
    counts = Counter(goal.status for goal in goals)
    return [(status, counts[status]) for status in GoalStatus if counts[status]]


def part_ground(part: GoalPart) -> list[str]:
    """The source cells of a measured value; if nothing was measured, the cells of the goal itself."""
    measured: tuple[CellRef, ...] = part.measurement.cells if part.measurement else ()
    return grouped(measured or part.cells)


# --- three scores --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scores:
    """The three scores of one criterion in words, with their gaps. The table is sorted by `size`, the largest first."""

    text: str
    id: str
    title: str
    computed: str
    own: str
    verified: str
    own_gap: str
    verified_gap: str
    size: Decimal
    conflict: str


def three_scores(review: Review) -> list[Scores]:
    """Every criterion whose text is known; the criteria with the largest gaps between scores come first."""
    rows = [
        _scores(text, finding)
        for text in review.texts for finding in text.findings if not finding.is_unread
    ]
    return sorted(rows, key=lambda row: -row.size)


def _scores(text: TextReview, finding: Finding) -> Scores:
    own, verified = _given(finding, "self"), _given(finding, "verified")
    own_gap, own_size = _gap(own, finding.computed)
    verified_gap, verified_size = _gap(verified, own) if own is not None else ("", Decimal(0))
    return Scores(
        text=str(text.short), id=finding.id, title=finding.title, computed=_words(finding.computed), own=_words(own),
        verified=_words(verified), own_gap=own_gap, verified_gap=verified_gap, size=max(own_size, verified_size),
        conflict=str(finding.conflict),
    )


def _given(finding: Finding, which: Literal["self", "verified"]) -> Outcome | None:
    """The score that people gave: the school, as its meeting concluded (`self`), or the superior (`verified`)."""
    score = finding.self_score
    if which == "self" or score is None:
        return finding.official
    if finding.points is not None:
        given = score.verified_points
        return None if given is None else Outcome(truth=Truth.UNKNOWN, low=given, high=given)
    result = score.verified_result
    return Outcome(truth=TRUTH_OF_RESULT[result]) if result in TRUTH_OF_RESULT else None


def _words(outcome: Outcome | None) -> str:
    if outcome is None:
        return say("publish.phrases.unmeasured")
    return phrases.points(outcome) if outcome.low is not None else phrases.mark(outcome.truth)


def _gap(given: Outcome | None, other: Outcome) -> tuple[str, Decimal]:
    """The distance of a given score from the outcome with which it is compared, in words and as a number."""
    if given is None:
        return "", Decimal(0)
    if given.low is None or other.low is None or other.high is None:
        differs = given.truth is not other.truth
        inside = differs and other.truth is Truth.UNKNOWN
        key = "inside" if inside else "differs" if differs else "equal"
        return say(f"publish.gaps.{key}"), Decimal(int(differs and not inside))
    distance = max(other.low - given.low, given.low - other.high, Decimal(0))
    if distance:
        return say("publish.gaps.outside", distance=number(distance)), distance
    return say("publish.gaps.equal" if other.settled else "publish.gaps.inside"), Decimal(0)
