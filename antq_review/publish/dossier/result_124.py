"""The result under Circular 124 in words.

No sentence calls the school simply “đạt”: only the authority recognises it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from antq_review.publish.dossier.catalogue import CIRCULAR
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.criteria import differences, why_open
from antq_review.publish.dossier.findings_text import in_words
from antq_review.publish.dossier.meeting import meeting_of
from antq_review.publish.dossier.numbers import Figure
from antq_review.publish.dossier.sentences import counted, gap, joined, tell
from antq_review.publish.dossier.suppression import is_few
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Finding, TextResult, TextReview
from antq_review.text import criterion_label, day, say

#: The order in which the numbers of criteria are given; a number of 0 is not.
_COUNTED = (Truth.YES, Truth.NO, Truth.NOT_APPLICABLE, Truth.UNKNOWN)
#: The most reasons in a sentence about an open criterion; the row of the criterion gives all of them.
_REASONS_SHOWN = 3


def numbers_of(findings: Sequence[Finding], kind: str = "criterion") -> str:
    """`tiêu chí 1, 2, 3`."""
    return say(f"dossier.results.{kind}_short", number=", ".join(criterion_label(finding.id) for finding in findings)) if findings else ""


def by_truth(text: TextReview, truth: Truth) -> list[Finding]:
    """The criteria that the meeting concluded so; unknown: those that it left open."""
    return [finding for finding in text.findings if finding.official_truth is truth]


def result_of(text: TextReview | None) -> str:
    """`Tự đánh giá: đạt – đề nghị công nhận` and the like, as the meeting concluded; empty where the text was not judged."""
    return "" if text is None else say(f"dossier.results.{_kind(text)}")


def _kind(text: TextReview) -> str:
    """The key of the school's self-assessment; without any conclusion there is no self-assessment yet."""
    return "no_meeting_yet" if text.official_result is None else text.official_result.value


def counts_of(text: TextReview | None) -> str:
    """The number of criteria with each concluded result; empty where the text was not judged."""
    if text is None:
        return ""
    if not text.is_concluded:
        return result_of(text)
    counts = Counter(finding.official_truth for finding in text.findings)
    told = [say(f"dossier.results.count.{truth.value}", n=f"{counts[truth]:02d}") for truth in _COUNTED if counts[truth]]
    return say("dossier.results.counts", list="; ".join(told))


def result_paragraphs(case: Case) -> list[str]:
    """What the meeting concluded, criterion by criterion; the result of the text; where it differs from the evidence.

    Before the meeting: that there is no self-assessment, and what the evidence says. The last day of the numbers is a
    line of its own (`until_line`).
    """
    text = case.circular
    if text is None:
        return [case.not_judged(CIRCULAR)]
    if not text.is_concluded:
        return [tell("result_124.whole", result=result_of(text)), _by_evidence(case, text)]
    met, failed, none = (by_truth(text, truth) for truth in (Truth.YES, Truth.NO, Truth.NOT_APPLICABLE))
    open_ones = [open_one(case, finding) for finding in by_truth(text, Truth.UNKNOWN)]
    return [
        *joined(
            _met(text, met),
            tell("result_124.not_applicable", numbers=numbers_of(none)) if none else "",
            tell("result_124.not_met", numbers=numbers_of(failed)) if failed else "",
            tell("result_124.open", list="; ".join(open_ones)) if open_ones else "",
        ),
        tell("result_124.whole", result=result_of(text)), *differences(case, text),
    ]


def _by_evidence(case: Case, text: TextReview) -> str:
    """What the evidence says of each criterion, before a meeting: `Theo minh chứng: đạt: tiêu chí 1, 2; chưa rõ: …`."""
    told = []
    for truth in (Truth.YES, Truth.NO, Truth.NOT_APPLICABLE):
        if these := [finding for finding in text.findings if finding.computed.truth is truth]:
            told.append(tell("result_124.evidence_one", result=in_words(these[0], these[0].computed), numbers=numbers_of(these)))
    unclear = [open_one(case, finding) for finding in text.findings if finding.computed.truth is Truth.UNKNOWN]
    told += [tell("result_124.evidence_open", list="; ".join(unclear))] if unclear else []
    return tell("result_124.evidence", list="; ".join(told))


def _met(text: TextReview, met: Sequence[Finding]) -> str:
    if not met:
        return tell("result_124.nothing_met")
    places = {"met": f"{len(met):02d}", "all": f"{len(text.findings):02d}", "numbers": numbers_of(met)}
    return tell("result_124.all_met" if len(met) == len(text.findings) else "result_124.met", **places)


def open_one(case: Case, finding: Finding) -> str:
    """`tiêu chí 6 (Tổ Văn phòng chưa có xếp loại)`, with what the evidence says where that is known."""
    number = numbers_of([finding])
    if finding.computed.settled:
        return tell("result_124.open_known", number=number, result=in_words(finding, finding.computed))
    return tell("result_124.open_one", number=number, why=why_open(case, finding, _REASONS_SHOWN).rstrip("."))


def wants_recognition(text: TextReview | None) -> bool:
    """Does the school request recognition? Only where its meeting concluded that the text is met."""
    return text is not None and text.official_result is TextResult.MET


def request(case: Case, body: str) -> str:
    """The request for recognition; or a sentence that there is none, with the reason."""
    text, year = case.circular, case.review.year
    if text is None:
        return case.not_judged(CIRCULAR)
    if wants_recognition(text):
        return tell("result_124.request", body=body, school=case.school, year=year)
    return tell(f"result_124.no_request_{_kind(text)}", year=year, open=numbers_of(by_truth(text, Truth.UNKNOWN)))


def until_line(case: Case) -> str:
    """The last day of the numbers, where the period of a text still runs; else empty."""
    days = [
        finding.self_score.held_on
        for text in case.review.texts for finding in text.findings
        if finding.settled_by_meeting and finding.self_score is not None and finding.self_score.held_on is not None
        and any(why.code == "period_open" for why in finding.reasons)
    ]
    if days:
        return tell("process.until", day=day(min(days)))
    running = [text.data_until for text in case.review.texts if text.is_running]
    return tell("process.so_far", day=day(min(running))) if running else ""


def police_line(case: Case) -> str:
    """The check of the number of incidents with the police; or that no check is written down, where the circular asks for it.

    A gap asks for a new check where the number of that check differs from the form's.
    """
    summary = case.review.incidents
    if summary.police_checked_on is None:
        return tell("police.none", police=case.police) if case.circular is not None else ""
    when = day(summary.police_checked_on)
    if summary.police_incidents is None:
        return tell("police.without_count", day=when, police=case.police)
    if summary.police_own not in (None, summary.police_incidents):
        return gap("police_again", police=case.police)
    count = Decimal(summary.police_incidents)
    few = is_few(count) or any(table == "PL7" for table, _ in case.cells.hidden)
    return counted("police.checked", Figure(count, hidden=case.public and few), day=when, police=case.police)


def period_of(text: TextReview | None) -> str:
    """`16/11/2025 - 15/11/2026`; empty where the text was not judged."""
    return "" if text is None else say("dossier.period", start=day(text.period_start), end=day(text.period_end))


def process_paragraphs(case: Case) -> list[str]:
    """The self-assessment itself: period, meeting, check with the police."""
    text, held = case.circular, meeting_of(case)
    told = [tell("process.scope", period=period_of(text))] if text else []
    if held is None:
        return [*told, tell("process.no_meeting"), police_line(case)]
    minutes = tell("process.with_minutes", minutes=held.minutes) if held.minutes else ""
    return [*told, tell("process.meeting", day=day(held.held_on), minutes=minutes), police_line(case)]

