"""The parts of a criterion sheet beside the result: strengths, limits, and improvements with their deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.field_rows import ImprovementCells
from antq_review.publish.dossier.findings_text import found, in_words, only_part, title_of
from antq_review.publish.dossier.responsible import deadline_of, next_year, person_of
from antq_review.publish.dossier.sentences import tell
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Finding, TextReview
from antq_review.text import say


def _leaves(finding: Finding) -> Iterator[Finding]:
    """The parts that are judged by themselves.

    Where all readings agree, those of the first reading; else those of every reading.
    """
    if finding.readings and (one := only_part(finding)) is not None:
        yield one
    elif finding.readings:
        first = finding.readings[0].outcome
        agree = all(reading.outcome == first for reading in finding.readings)
        for reading in finding.readings[:1] if agree else finding.readings:
            for part in reading.parts:
                yield from _leaves(part)
    elif finding.parts:
        for part in finding.parts:
            yield from _leaves(part)
    else:
        yield finding


def falls_short(finding: Finding) -> bool:
    """Did the meeting conclude the criterion as not met, or give less than all its points?"""
    return finding.official is not None and finding.official.truth in (Truth.NO, Truth.UNKNOWN)


def strengths(case: Case, finding: Finding) -> list[str]:
    """The parts that are met, each with its finding; where the evidence settles none, what the meeting concluded."""
    there = [part for part in _leaves(finding) if part.computed.truth is Truth.YES]
    sentences = (tell("criterion.part_met", title=title_of(part), found=found(case, part.measurement)) for part in there)
    official = finding.official
    if not there and official is not None and official.truth is not Truth.NO:
        return [tell("criterion.meeting_said", result=in_words(finding, official))]
    return list(dict.fromkeys(sentences)) or [tell("criterion.no_strength")]


def limits(case: Case, finding: Finding) -> list[str]:
    """The parts that are not met by the evidence, each with its finding, the open parts, what the meeting found wanting.

    A part is not open where a meeting concluded the criterion.
    """
    sentences = []
    for part in _leaves(finding):
        if part.computed.truth is Truth.NO:
            sentences.append(tell("criterion.part_not_met", title=title_of(part), found=found(case, part.measurement)))
        elif not (part.computed.settled or part.not_applicable or finding.official is not None):
            why = " ".join(dict.fromkeys(str(why.says) for why in part.reasons))
            sentences.append(tell("criterion.part_open", title=part.title, why=why or tell("events.unknown")))
    if falls_short(finding) and (_reason(finding) or not sentences):
        sentences.append(_shortfall(finding))
    return list(dict.fromkeys(sentences)) or [tell("criterion.no_limit")]


def _reason(finding: Finding) -> str:
    """The meeting's reason, where it does not stand in the note on a difference."""
    own = finding.self_score
    return "" if own is None or finding.conflict else own.reason.rstrip(". ")


def _shortfall(finding: Finding) -> str:
    """`Theo kết luận của cuộc họp: 4/5 điểm, vì “…”.`"""
    assert finding.official is not None
    result = in_words(finding, finding.official)
    if reason := _reason(finding):
        return tell("criterion.meeting_said_because", result=result, reason=reason)
    return tell("criterion.meeting_said", result=result)


def improvements(case: Case, text: TextReview, finding: Finding) -> list[ImprovementCells]:
    """The steps that settle the open reasons, one step for each part that failed; none where the meeting met it.

    Where the meeting alone found something wanting, that is the step. What can no longer be done honestly is told so,
    with the year after as its time. The plan says who does a step and until when.
    """
    official = finding.official
    steps = [] if official is not None or finding.settled.settled else [str(why.settles) for why in finding.reasons if why.settles]
    deadline, person = deadline_of(case, text, finding), person_of(case, finding)
    timed = dict.fromkeys(steps, deadline)
    if official is None or official.truth is not Truth.YES:
        for part in _leaves(finding):
            if part.computed.truth is Truth.NO:
                timed.setdefault(*_mending(case, part, deadline))
    if falls_short(finding) and not timed:
        timed[_asked(finding)] = deadline if text.period_end >= case.review.as_of else next_year(case)
    return [
        ImprovementCells(
            place=str(place), action=action, person=person, deadline=until, indicator=finding.title,
            progress=say("dossier.results.not_yet"),
        )
        for place, (action, until) in enumerate(timed.items(), start=1)
    ]


def _mending(case: Case, part: Finding, deadline: str) -> tuple[str, str]:
    """The step for a part that is not met, and its time."""
    if not part.too_late:
        return tell("criterion.improve_not_met", title=part.title), deadline
    return tell("criterion.improve_too_late", title=title_of(part), why=part.too_late), next_year(case)


def _asked(finding: Finding) -> str:
    """The step for what the meeting found wanting though no part failed by the evidence."""
    own = finding.self_score
    if own is not None and own.reason:
        return tell("criterion.improve_reason", reason=own.reason.rstrip(". "))
    return tell("criterion.improve_meeting", result=in_words(finding, finding.official) if finding.official else "")
