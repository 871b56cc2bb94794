"""The rows of criteria: the requirement of the law, the findings, the school's own result, the open questions."""

from __future__ import annotations

from antq_review.forms.choices import StandardResult
from antq_review.publish.dossier.catalogue import CIRCULAR, DECISION
from antq_review.publish.dossier.context import Case, every
from antq_review.publish.dossier.field_rows import CriterionCells, CriterionSheetCells, EventCells
from antq_review.publish.dossier.findings_text import Teller, event_result
from antq_review.publish.dossier.improvements import improvements, limits, strengths
from antq_review.publish.dossier.sentences import tell
from antq_review.publish.dossier.suppression import is_private
from antq_review.scoring.model.outcome import Outcome, Reason, Truth
from antq_review.scoring.model.review import Finding, SelfScore, TextReview
from antq_review.text import criterion_label, day, number, say

_OWN = {
    Truth.YES: StandardResult.MET,
    Truth.NO: StandardResult.NOT_MET,
    Truth.NOT_APPLICABLE: StandardResult.NOT_APPLICABLE,
}
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
    unread = finding.is_unread
    events = _events(case, finding) if text.id == CIRCULAR and finding.id == _EVENTS else []
    whole = [_events_whole(finding)] if events else []
    results = whole or teller.results(finding)
    return CriterionCells(
        number=label, title=finding.title, text_name=text.short, citation=finding.citation,
        heading=finding.title if unread else say(f"dossier.results.{kind}", number=label, title=finding.title),
        requirement="" if unread else finding.text, results=results, result_text=" ".join(whole or short.results(finding)),
        evidence=teller.evidence(finding), self_result=self_result(case, finding), self_points=self_points(case, finding),
        max_points="" if finding.points is None else number(finding.points),
        conclusion=conclusion(case, text, finding), note=" ".join(_notes(case, finding)),
        has_events=bool(events), events=events,
        is_met=_is_met(finding), is_not_met=finding.settled.truth is Truth.NO, is_open=not finding.settled.settled,
        is_not_applicable=finding.settled.truth is Truth.NOT_APPLICABLE, is_unread=unread,
    )


def criterion_sheets(case: Case) -> list[CriterionSheetCells]:
    """The rows of both texts for the criterion sheets, with strengths, limits, and improvements with their deadlines.

    The sheets are for the school alone, so a public copy has none.
    """
    found = list[CriterionSheetCells]()
    if case.public:
        return found
    for text in (one for one in (case.circular, case.decision) if one is not None):
        for row, finding in zip(criteria(case, text), text.findings, strict=True):
            if not row.is_unread:
                todo = improvements(case, text, finding)
                found.append(CriterionSheetCells(
                    **dict(row), strengths=strengths(case, finding), limits=limits(case, finding), has_improvements=bool(todo),
                    improvements=todo,
                ))
    return found


def _is_met(finding: Finding) -> bool:
    if finding.points is None:
        return finding.settled.truth is Truth.YES
    return finding.settled.settled and finding.settled.low == finding.points


# --- the school's own result ---------------------------------------------------------------------------------------


def concluded_result(finding: Finding) -> str | None:
    """`met`, `not_met` or `not_applicable` as a meeting concluded it; None where no meeting did."""
    own = finding.self_score
    return own.result if own is not None and own.concluded else None


def self_result(case: Case, finding: Finding) -> str:
    """The column “Tự đánh giá”: the concluded result.

    Before the meeting a draft has the computed one, marked as a proposal.
    """
    result = concluded_result(finding)
    if result:
        return StandardResult.label_of(result)
    truth = finding.computed.truth
    if not case.review.draft or finding.points is not None or truth not in _OWN:
        return ""
    return say("dossier.results.proposed", result=_OWN[truth].label)


def self_points(case: Case, finding: Finding) -> str:
    """The column “Điểm tự chấm”, by the same rule. A public copy hides points that reveal the number of cases."""
    if finding.points is None or finding.is_unread:
        return ""
    if f"{DECISION}.{finding.id}" in case.hidden_points:
        return say("dossier.hidden")
    own = finding.concluded_points()
    if own is not None:
        return number(own)
    computed = finding.computed
    if not case.review.draft or not computed.settled or computed.low is None:
        return ""
    return say("dossier.results.proposed", result=number(computed.low))


# --- in words ------------------------------------------------------------------------------------------------------


def conclusion(case: Case, text: TextReview, finding: Finding) -> str:
    """The result in words: concluded by a meeting, proposed by the evidence, or open with its reasons."""
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
        return tell("criterion.proposed", result=_words(finding, finding.computed))
    return tell("criterion.open", why=why_open(case, finding))


def _given(text: TextReview, finding: Finding) -> str:
    if text.total is None:
        result = concluded_result(finding)
        return StandardResult.label_of(result).lower() if result else ""
    points = finding.concluded_points()
    return "" if points is None else tell("criterion.points", points=number(points), maximum=number(finding.points or 0))


def _words(finding: Finding, outcome: Outcome) -> str:
    if outcome.low is None:
        return _OWN[outcome.truth].label.lower()
    return tell("criterion.points", points=number(outcome.low), maximum=number(finding.points or 0))


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
    """Minutes, a conflict with the evidence, the school's reason, readings.

    A public copy quotes no reason: it may describe a case.
    """
    own, found = finding.self_score, list[str]()
    if own is not None and own.concluded and own.held_on:
        found.append(_minutes(own))
    if finding.conflict:
        found.append(tell("criterion.conflict") if case.public else str(finding.conflict))
    elif own is not None and own.reason and not case.public:
        found.append(tell("criterion.reason", reason=own.reason.rstrip(".")))
    outcomes = [reading.outcome for reading in finding.readings]
    if outcomes and all(outcome == outcomes[0] for outcome in outcomes):
        found.append(tell("criterion.readings_agree", count=f"{len(outcomes):02d}"))
    if not finding.settled.settled and not finding.not_applicable:
        found.append(why_open(case, finding))
    return found


def _minutes(own: SelfScore) -> str:
    assert own.held_on is not None
    return tell("criterion.minutes" if own.minutes else "criterion.meeting", day=day(own.held_on), minutes=own.minutes)


def _events(case: Case, finding: Finding) -> list[EventCells]:
    """One line for each event in Article 6(3) of the circular."""
    found = list[EventCells]()
    for part in finding.parts:
        letter, result = criterion_label(part.id)[len(_EVENTS):], event_result(case, part)
        line = tell("events.line", letter=letter, text=part.title, result=result)
        found.append(EventCells(letter=letter, text=part.text, title=part.title, result=result, line=line))
    return found


def _events_whole(finding: Finding) -> str:
    """The number of events that surely did not happen. Each event also has a line of its own."""
    count = sum(part.computed.truth is Truth.YES for part in finding.parts)
    if not count:
        return tell("events.nothing")
    key = "all" if count == len(finding.parts) else "some"
    return tell(f"events.{key}", count=f"{count:02d}", all=f"{len(finding.parts):02d}")
