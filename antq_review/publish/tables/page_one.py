"""Page one in words: three cards, then the lines that a principal reads aloud, in the order that the house fixes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from antq_review.forms.choices import INCIDENT_KINDS
from antq_review.publish import wording as phrases
from antq_review.publish.tables.findings import goal_counts
from antq_review.scoring.model.review import Finding, GoalStatus, IncidentSummary, Review, SelfScore, TextReview
from antq_review.text import day, number, say

_DONE = (GoalStatus.MET, GoalStatus.EXCEEDED)
#: Steps of “what to do first” on page one; all of them stand in their own table.
FIRST_STEPS = 5
#: Things that do not fit together on page one.
FIRST_CHECKS = 3


@dataclass(frozen=True)
class Bar:
    """A part of a card's bar: its texture, its share, and what it says."""

    texture: str
    share: float
    says: str


def points_bar(text: TextReview) -> list[Bar]:
    """A text's points from 0 to its total: settled, open, lost, and not known to the rulebook."""
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
    """Goals met or exceeded."""
    return sum(goal.status in _DONE for goal in review.goals)


def progress_of(review: Review, of: str) -> str:
    """How much is declared for a text, or for the `plan`; empty where nothing is asked for."""
    return next((one.says for one in review.progress if one.of == of), "")


# --- what people gave ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """One line about a text's scores given by people: what, by which minutes or whom."""

    says: str
    by: str
    missing: str


def self_scores(review: Review) -> list[Given]:
    """What the school gave itself, text by text, by minutes number."""
    return [_given(text, "points", "result", _minutes) for text in review.texts]


def verified(review: Review) -> list[Given]:
    """What the superior verified, text by text; only texts of which something was verified."""
    found = [_given(text, "verified_points", "verified_result", _verifier) for text in review.texts]
    return [given for given in found if given.by]


def _given(text: TextReview, points: str, result: str, by) -> Given:
    asked = [finding for finding in text.findings if finding.award.value != "unread"]
    scores = [finding.self_score for finding in asked if finding.self_score]
    scores = [score for score in scores if getattr(score, points if text.total is not None else result) is not None]
    if not scores:
        return Given(say("publish.self_scores.none", text=text.short), "", "")
    if text.total is not None:
        own = number(sum(getattr(score, points) for score in scores))
        says = say("publish.self_scores.points", text=text.short, own=own, considered=number(text.considered or 0))
    else:
        met = sum(getattr(score, result) == "met" for score in scores)
        says = say("publish.self_scores.results", text=text.short, met=met, all=len(asked))
    left = len(asked) - len(scores)
    return Given(says, by(scores), say("publish.self_scores.missing", count=left) if left else "")


def _minutes(scores: Iterable[SelfScore]) -> str:
    return "; ".join(dict.fromkeys(phrases.minutes(score) for score in scores))


def _verifier(scores: Iterable[SelfScore]) -> str:
    return "; ".join(dict.fromkeys(score.verified_by or say("publish.phrases.unmeasured") for score in scores))


def conflicts(review: Review) -> list[tuple[TextReview, Finding]]:
    """Self-scores outside what the evidence allows."""
    return [(text, finding) for text in review.texts for finding in text.findings if finding.conflict]


# --- incidents, units ----------------------------------------------------------------------------------------------


def incidents(summary: IncidentSummary) -> list[str]:
    """Counts, the day of declaration, the day of the check with the police."""
    kinds = ", ".join(
        say("publish.incidents.kind", kind=INCIDENT_KINDS.label(kind), count=count)
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
    """Units that the profile says must hand in and did not: unit → titles of the forms."""
    found: dict[str, list[str]] = {}
    for form in review.forms:
        for unit in form.missing_units:
            found.setdefault(unit, []).append(form.title)
    return found
