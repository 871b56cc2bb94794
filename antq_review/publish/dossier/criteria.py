"""The rows of criteria: the requirement of the law, the findings, the school's own result, the open questions."""

from __future__ import annotations

from collections.abc import Mapping

from antq_review.forms.choices import StandardResult
from antq_review.publish.dossier.catalogue import CIRCULAR, DECISION
from antq_review.publish.dossier.context import Case, every
from antq_review.publish.dossier.field_rows import CriterionCells, CriterionSheetCells, EventCells
from antq_review.publish.dossier.findings_text import Teller, event_result, has_excuse, in_words
from antq_review.publish.dossier.improvements import falls_short, improvements, limits, strengths
from antq_review.publish.dossier.sentences import paragraphs, tell
from antq_review.publish.dossier.suppression import is_private
from antq_review.scoring.model.finding import RESULT_OF_TRUTH
from antq_review.scoring.model.outcome import Reason, Truth
from antq_review.scoring.model.review import Finding, SelfScore, TextReview
from antq_review.text import criterion_label, day, number, say

#: The criterion of Circular 124 that lists the events of Article 6(3).
_EVENTS = "3"
#: Codes of reasons whose sentences mention no single case and no number of cases. A public copy words any other reason
#: generally.
_PLAIN = frozenset({
    "undeclared", "period_open", "not_due", "not_begun", "needs_judgement", "rule_missing", "rule_unconfirmed", "unrated",
    "ratings_differ", "base_unknown", "split_unknown", "reading_differs", "overlap_unknown", "number_blank", "overfull",
})


def criteria(case: Case, text: TextReview | None) -> list[CriterionCells]:
    """One row for each criterion of a text, in the order of the text; no row where the text was not judged."""
    if text is None:
        return []
    whole, short = Teller(case, text), Teller(case, text, with_codes=False)
    return [_row(case, text, finding, whole, short) for finding in text.findings]


def _row(case: Case, text: TextReview, finding: Finding, teller: Teller, short: Teller) -> CriterionCells:
    """`results` contain the codes of their evidence; `result_text` does not: its cell is beside a column of codes."""
    label = criterion_label(finding.id)
    kind = "criterion" if text.total is None else "item"
    unread, official = finding.is_unread, finding.official
    events = _events(case, finding) if text.id == CIRCULAR and finding.id == _EVENTS else []
    whole = [_events_whole(finding)] if events else []
    results = whole or teller.results(finding)
    return CriterionCells(
        number=label, title=finding.title, text_name=text.short, citation=finding.citation,
        heading=finding.title if unread else say(f"dossier.results.{kind}", number=label, title=finding.title),
        requirement="" if unread else finding.text, results=results, result_text=" ".join(whole or short.results(finding)),
        evidence=teller.evidence(finding), self_result=self_result(text, finding), self_points=self_points(case, text, finding),
        max_points="" if finding.points is None else number(finding.points),
        conclusion=conclusion(case, text, finding), note=" ".join(_notes(case, finding)),
        has_events=bool(events), events=events,
        is_met=is_met(finding), is_not_met=official is not None and official.truth is Truth.NO,
        is_open=official is None and finding.official_truth is Truth.UNKNOWN,
        is_not_applicable=finding.official_truth is Truth.NOT_APPLICABLE, is_unread=unread,
    )


def criterion_sheets(case: Case, told: Mapping[str, list[CriterionCells]]) -> list[CriterionSheetCells]:
    """The rows of both texts (text → its `criteria`) for the criterion sheets, with strengths, limits, and improvements.

    The sheets are for the school alone, so a public copy has none.
    """
    found = list[CriterionSheetCells]()
    if case.public:
        return found
    for text in (one for one in (case.circular, case.decision) if one is not None):
        for row, finding in zip(told[text.id], text.findings, strict=True):
            if not row.is_unread:
                todo = improvements(case, text, finding)
                cells = {**dict(row), "note": _sheet_note(case, text, finding)}
                found.append(CriterionSheetCells(
                    **cells, strengths=strengths(case, finding), limits=limits(case, finding), has_improvements=bool(todo),
                    improvements=todo,
                ))
    return found


def is_met(finding: Finding) -> bool:
    """Did the meeting conclude the criterion as met, or give all its points?"""
    return finding.official is not None and finding.official.truth is Truth.YES


# --- the school's own result ---------------------------------------------------------------------------------------


def concluded_result(finding: Finding) -> str | None:
    """`met`, `not_met` or `not_applicable` as a meeting concluded it; None where no meeting did."""
    official = finding.official
    return None if official is None or finding.points is not None else RESULT_OF_TRUTH[official.truth]


def self_result(text: TextReview, finding: Finding) -> str:
    """The column “Tự đánh giá”: the concluded result, or that there is none yet. What the evidence says is never put there."""
    if finding.points is not None:
        return ""
    result = concluded_result(finding)
    if result is None and finding.official_truth is Truth.NOT_APPLICABLE:
        result = StandardResult.NOT_APPLICABLE
    return StandardResult.label_of(result) if result else _not_yet(text)


def _not_yet(text: TextReview) -> str:
    return say("dossier.results.left_open" if text.is_concluded else "dossier.results.no_meeting")


def self_points(case: Case, text: TextReview, finding: Finding) -> str:
    """The column “Điểm tự chấm”, by the same rule. A public copy hides points that reveal the number of cases."""
    if finding.points is None or finding.is_unread:
        return ""
    if f"{DECISION}.{finding.id}" in case.hidden_points:
        return say("dossier.hidden")
    own = finding.concluded_points()
    return _not_yet(text) if own is None else number(own)


# --- in words ------------------------------------------------------------------------------------------------------


def conclusion(case: Case, text: TextReview, finding: Finding) -> str:
    """The result in words: concluded by a meeting; else that there is none yet, and what the evidence says."""
    if f"{text.id}.{finding.id}" in case.hidden_points:
        return say("dossier.hidden")
    own = finding.self_score
    result = _given(text, finding)
    if own is not None and own.concluded and own.held_on and result:
        minutes = tell("process.with_minutes", minutes=own.minutes) if own.minutes else ""
        return tell("criterion.concluded", result=result, day=day(own.held_on), minutes=minutes)
    if finding.not_applicable:
        return str(finding.not_applicable)
    if finding.computed.settled:
        return tell("criterion.by_evidence", state=_not_yet(text).lower(), result=in_words(finding, finding.computed))
    return tell("criterion.open", state=_not_yet(text).lower(), why=why_open(case, finding))


def difference(case: Case, text: TextReview, finding: Finding) -> str:
    """The note on a meeting that concluded otherwise than the evidence: both results, and the school's reason.

    Empty where they agree. A public copy quotes no reason: it may describe a case.
    """
    official, own = finding.official, finding.self_score
    if official is None or own is None or not finding.conflict or f"{text.id}.{finding.id}" in case.hidden_points:
        return ""
    kind = "criterion" if text.total is None else "item"
    places = {
        "number": say(f"dossier.results.{kind}_short", number=criterion_label(finding.id)),
        "computed": in_words(finding, finding.computed), "official": in_words(finding, official),
    }
    if case.public or not own.reason:
        return tell("criterion.differs", **places)
    return tell("criterion.differs_because", reason=own.reason.rstrip(". "), **places)


def differences(case: Case, text: TextReview) -> list[str]:
    """The notes on all criteria of a text."""
    return paragraphs(*(difference(case, text, finding) for finding in text.findings))


def _given(text: TextReview, finding: Finding) -> str:
    if text.total is None:
        result = concluded_result(finding)
        return StandardResult.label_of(result).lower() if result else ""
    points = finding.concluded_points()
    return "" if points is None else tell("criterion.points", points=number(points), maximum=number(finding.points or 0))


def why_open(case: Case, finding: Finding, most: int | None = None) -> str:
    """The reasons, each once: at most `most`, then the number of the others.

    A public copy does not describe single cases.
    """
    private = case.public and any(is_private(one.measurement) for one in every(finding))
    reasons = list(dict.fromkeys(_reason(why, private) for why in finding.reasons))
    shown = " ".join(reasons[:most])
    left = len(reasons) - len(reasons[:most])
    return tell("result_124.more", why=shown.rstrip("."), count=f"{left:02d}") if left else shown or tell("events.unknown")


def _reason(why: Reason, private: bool) -> str:
    return tell("criterion.unclear_cases") if private and why.code not in _PLAIN else str(why.says)


def _notes(case: Case, finding: Finding) -> list[str]:
    """Minutes, the school's reason, readings, what is open. A difference from the evidence has its own note, once a paper.

    A public copy quotes no reason: it may describe a case.
    """
    own, found = finding.self_score, list[str]()
    if own is not None and own.concluded and own.held_on:
        found.append(_minutes(own))
    found += paragraphs(_reason_of(case, finding), _readings_agree(finding))
    if finding.official is None and not finding.settled.settled and not finding.not_applicable:
        found.append(why_open(case, finding))
    return found


def _sheet_note(case: Case, text: TextReview, finding: Finding) -> str:
    """The note of a criterion sheet: only what neither its conclusion nor its limits say."""
    reason = "" if falls_short(finding) else _reason_of(case, finding)
    return " ".join(paragraphs(difference(case, text, finding), reason, _readings_agree(finding)))


def _reason_of(case: Case, finding: Finding) -> str:
    own = finding.self_score
    if own is None or not own.reason or finding.conflict or case.public:
        return ""
    return tell("criterion.reason", reason=own.reason.rstrip("."))


def _readings_agree(finding: Finding) -> str:
    outcomes = [reading.outcome for reading in finding.readings]
    agree = bool(outcomes) and all(outcome == outcomes[0] for outcome in outcomes)
    return tell("criterion.readings_agree", count=f"{len(outcomes):02d}") if agree else ""


def _minutes(own: SelfScore) -> str:
    assert own.held_on is not None
    return tell("criterion.minutes" if own.minutes else "criterion.meeting", day=day(own.held_on), minutes=own.minutes)


def _events(case: Case, finding: Finding) -> list[EventCells]:
    """One line for each event in Article 6(3) of the circular."""
    found = list[EventCells]()
    for part in finding.parts:
        letter, result = criterion_label(part.id)[len(_EVENTS):], event_result(case, part, finding)
        line = tell("events.line", letter=letter, text=part.title, result=result)
        found.append(EventCells(letter=letter, text=part.text, title=part.title, result=result, line=line))
    return found


def _events_whole(finding: Finding) -> str:
    """The number of events that surely did not happen; an excused one happened. Each event also has a line of its own."""
    count = sum(part.computed.truth is Truth.YES and not has_excuse(part) for part in finding.parts)
    if not count:
        return tell("events.nothing")
    key = "all" if count == len(finding.parts) else "some"
    return tell(f"events.{key}", count=f"{count:02d}", all=f"{len(finding.parts):02d}")
