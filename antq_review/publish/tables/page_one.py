"""Page one in words: three cards, then the lines that a principal reads aloud, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from antq_review.forms.choices import IncidentKind, StandardResult
from antq_review.publish import wording as phrases
from antq_review.publish.tables.findings import FindingLine, goal_counts
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import (
    DeductionFinding,
    Finding,
    GoalStatus,
    IncidentSummary,
    Review,
    SelfScore,
    TextReview,
)
from antq_review.scoring.sections.final_version import open_points, problems_in_the_way
from antq_review.text import Message, day, number, say, shaped

_DONE = (GoalStatus.MET, GoalStatus.EXCEEDED)
#: Steps of “what to do first” on page one; the table of steps has all of them.
FIRST_STEPS = 5
#: Consistency checks on page one.
FIRST_CHECKS = 3
#: A criterion with one of these is explained on page one; a part's title there has at most so many letters.
_NOT_YES = (Truth.NO, Truth.UNKNOWN)
_WHY_LETTERS = 120


@dataclass(frozen=True)
class Bar:
    """One piece of a card's bar: its texture, its length in points or goals, and its label."""

    texture: str
    share: float
    says: str


def points_bar(text: TextReview) -> list[Bar]:
    """A text's points from 0 to its total: settled, open, lost, and points of provisions whose text is not known."""
    assert text.range is not None and text.total is not None and text.considered is not None
    low, high = text.range.low, text.range.high if text.range.high is not None else text.considered
    parts = [("settled", low), ("open", high - low), ("lost", text.considered - high), ("unread", text.unread or 0)]
    return [Bar(texture, float(share), number(share)) for texture, share in parts if share > 0]


def plan_bar(review: Review) -> list[Bar]:
    """The plan's goals by status."""
    textures = {GoalStatus.NOT_MET: "no", GoalStatus.OPEN: "open"}
    shares: dict[str, int] = {}
    for status, count in goal_counts(review.goals):
        texture = "ok" if status in _DONE else textures.get(status, "unread")
        shares[texture] = shares.get(texture, 0) + count
    return [Bar(texture, float(share), str(share)) for texture, share in shares.items()]


def goals_done(review: Review) -> int:
    """The number of goals that are met or exceeded."""
    return sum(goal.status in _DONE for goal in review.goals)


def progress_of(review: Review, of: str) -> str:
    """How much is declared for a text, or for the `plan`, as a sentence; empty if no declaration is required."""
    return next((str(one.says) for one in review.progress if one.of == of), "")


def draft_reasons(review: Review) -> tuple[list[Message], int]:
    """(what is open in the texts, number of problems of the forms that stand in the way): the annex lists the problems."""
    return open_points(review), problems_in_the_way(review)


# --- why a criterion is not met ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WhyLine:
    """Why a criterion is not met, or still open: its number, its truth, the words."""

    id: str
    truth: Truth
    says: str


def why_lines(text: TextReview) -> list[WhyLine]:
    """One line for each criterion of a text without points that is not met or open, those not met first."""
    if text.total is not None:
        return []
    found = [WhyLine(one.id, one.settled.truth, "; ".join(_why(one))) for one in text.findings if one.settled.truth in _NOT_YES]
    return sorted(found, key=lambda one: _NOT_YES.index(one.truth))


def _why(finding: Finding) -> list[str]:
    own = finding.self_score
    if finding.settled.truth is Truth.NO:
        if not finding.settled_by_meeting:
            return list(dict.fromkeys(_decisive(finding)))
        said = say("publish.why.meeting")
        return [say("publish.why.quoted", says=said, reason=own.reason) if own and own.reason else said]
    first = next((FindingLine(finding, 0, True, finding).open(place.finding) for place in finding.walk() if place.finding.reasons), [])
    return [str(shaped(why.says, "no_stop")) for why in first[:1]] or [say("publish.why.open")]


def _decisive(finding: Finding) -> Iterator[str]:
    """The lowest parts that are not met, each with what was measured."""
    below = [*finding.parts, *(part for one in finding.readings for part in one.parts)]
    failed = [part for part in below if part.computed.truth is Truth.NO]
    for part in failed:
        yield from _decisive(part)
    if not failed:
        title = phrases.shortened(finding.title, _WHY_LETTERS)
        measured = finding.measurement is not None and finding.measurement.applies
        key = "measured" if measured else "part"
        yield say(f"publish.why.{key}", id=phrases.label(finding.id), title=title, measured=phrases.measured(finding.measurement))


# --- scores given by people ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """One line about the scores that people gave for a text: the scores, their minutes or giver, the missing scores."""

    says: str
    by: str
    missing: str


def self_scores(review: Review) -> list[Given]:
    """The school's self-assessment, text by text: what its meeting concluded, with the minutes, and what it left open."""
    return [_own(text) for text in review.texts]


def _own(text: TextReview) -> Given:
    asked = [finding for finding in text.findings if not finding.is_unread]
    concluded = [finding for finding in asked if finding.official is not None]
    places = {"text": text.short, "result": phrases.self_assessed(text)}
    if not text.is_concluded:
        return Given(say("publish.self_scores.own", **places), "", "")
    open_ones = [finding for finding in asked if finding.official is None and finding.computed.truth is not Truth.NOT_APPLICABLE]
    missing = say("publish.self_scores.missing", count=len(open_ones)) if open_ones else ""
    if text.total is None:
        met = sum(finding.official_truth is Truth.YES for finding in concluded)
        says = say("publish.self_scores.own_results", met=met, all=len(asked), **places)
    elif text.own_total() is None:
        own = number(points_given(text))
        says = say("publish.self_scores.own_part", text=text.short, own=own, considered=number(text.considered or 0))
    else:
        says = say("publish.self_scores.own", **places)
    return Given(says, _minutes(finding.self_score for finding in concluded if finding.self_score), missing)


def points_given(text: TextReview) -> Decimal:
    """The concluded points so far, less the concluded deductions."""
    taken = (one.self_points for one in text.deductions if one.concluded)
    return text.added([one.concluded_points() for one in text.findings], taken)


def verified(review: Review) -> list[Given]:
    """The scores that the superior verified, text by text; only texts with at least one such score."""
    return [given for text in review.texts if (given := _verified(text)) is not None]


def _verified(text: TextReview) -> Given | None:
    asked = [finding for finding in text.findings if not finding.is_unread]
    scores = [finding.self_score for finding in asked if finding.self_score]
    given = [one for one in scores if (one.verified_points if text.total is not None else one.verified_result) is not None]
    if not given:
        return None
    if text.total is not None:
        points = [one.self_score.verified_points if one.self_score and not one.is_unread else None for one in text.findings]
        own = number(text.added(points, (one.verified_points for one in text.deductions)))
        says = say("publish.self_scores.points", text=text.short, own=own, considered=number(text.considered or 0))
    else:
        met = sum(one.verified_result == StandardResult.MET for one in given)
        says = say("publish.self_scores.results", text=text.short, met=met, all=len(asked))
    left = len(asked) - len(given)
    return Given(says, _verifier(given), say("publish.self_scores.missing", count=left) if left else "")


def _minutes(scores: Iterable[SelfScore]) -> str:
    return "; ".join(dict.fromkeys(phrases.minutes(score) for score in scores))


def _verifier(scores: Iterable[SelfScore]) -> str:
    return "; ".join(dict.fromkeys(score.verified_by or say("publish.phrases.unmeasured") for score in scores))


def conflicts(review: Review) -> list[tuple[TextReview, Finding | DeductionFinding]]:
    """Criteria and deductions whose self-score is outside the range that the evidence allows."""
    found = list[tuple[TextReview, Finding | DeductionFinding]]()
    for text in review.texts:
        found += [(text, one) for one in text.findings if one.conflict]
        found += [(text, one) for one in text.deductions if one.conflict]
    return found


# --- incidents, units ----------------------------------------------------------------------------------------------


def incidents(summary: IncidentSummary) -> list[str]:
    """Counts, the day of declaration, the day of the check with the police."""
    kinds = ", ".join(
        say("publish.incidents.kind", kind=IncidentKind.label_of(kind), count=count)
        for kind, count in summary.by_kind.items()
    )
    listed = say("publish.incidents.kinds", kinds=kinds) if kinds else ""
    if summary.declared_until is None:
        found = [say("publish.incidents.undeclared", count=summary.verified, kinds=listed)]
    else:
        until = day(summary.declared_until)
        found = [say("publish.incidents.declared", count=summary.verified, kinds=listed, day=until)]
    if summary.refused:
        found.append(say("publish.incidents.refused", count=summary.refused))
    if summary.unverified:
        found.append(say("publish.incidents.unverified", count=summary.unverified))
    return [*found, _police_check(summary)]


def _police_check(summary: IncidentSummary) -> str:
    if summary.police_checked_on is None:
        return say("publish.incidents.not_checked")
    if summary.police_incidents is None:
        return say("publish.incidents.checked_without_count", day=day(summary.police_checked_on))
    return say("publish.incidents.checked", day=day(summary.police_checked_on), count=summary.police_incidents)


def missing_units(review: Review) -> dict[str, list[str]]:
    """Unit → titles of the forms that it did not hand in, for units that must hand in by the profile."""
    found: dict[str, list[str]] = {}
    for form in review.forms:
        for unit in form.missing_units:
            found.setdefault(unit, []).append(form.title)
    return found
