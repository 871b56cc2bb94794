"""The parts of a criterion sheet beside the result: strengths, limits, and improvements with their deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.field_rows import ImprovementCells
from antq_review.publish.dossier.findings_text import found, only_part, title_of
from antq_review.publish.dossier.sentences import gap, tell
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Finding, TextReview
from antq_review.text import day, say


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


def strengths(case: Case, finding: Finding) -> list[str]:
    """The parts that are met, each with its finding."""
    there = [part for part in _leaves(finding) if part.computed.truth is Truth.YES]
    sentences = (tell("criterion.part_met", title=title_of(part), found=found(case, part.measurement)) for part in there)
    return list(dict.fromkeys(sentences)) or [tell("criterion.no_strength")]


def limits(case: Case, finding: Finding) -> list[str]:
    """The parts that are not met, each with its finding, and the open parts, each with its reasons.

    A part is not open where a meeting concluded the criterion.
    """
    sentences = []
    by_meeting = finding.settled_by_meeting
    for part in _leaves(finding):
        if part.computed.truth is Truth.NO:
            sentences.append(tell("criterion.part_not_met", title=title_of(part), found=found(case, part.measurement)))
        elif not (part.computed.settled or part.not_applicable or by_meeting):
            why = " ".join(dict.fromkeys(str(why.says) for why in part.reasons))
            sentences.append(tell("criterion.part_open", title=part.title, why=why or tell("events.unknown")))
    return list(dict.fromkeys(sentences)) or [tell("criterion.no_limit")]


def improvements(case: Case, text: TextReview, finding: Finding) -> list[ImprovementCells]:
    """The steps that settle the open reasons, and one step for each part that failed.

    A person must write who does them; and the deadline too, once the text's own deadline is past.
    """
    steps = [] if finding.settled.settled else [str(why.settles) for why in finding.reasons if why.settles]
    failed = [part for part in _leaves(finding) if part.computed.truth is Truth.NO]
    steps += [tell("criterion.improve_not_met", title=part.title) for part in failed]
    deadline = day(text.deadline) if text.deadline >= case.review.as_of else gap("deadline")
    return [
        ImprovementCells(
            place=str(place), action=action, person=gap("person"), deadline=deadline, indicator=finding.title,
            progress=say("dossier.results.not_yet"),
        )
        for place, action in enumerate(dict.fromkeys(steps), start=1)
    ]
