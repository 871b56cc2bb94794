"""From findings and goals to the review: totals, results, warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from antq_review.collector import without_collector
from antq_review.forms import choices as lists
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.school import Profile
from antq_review.ingest.model import Evidence
from antq_review.period import calendar_year
from antq_review.rules import Rulebook
from antq_review.scoring.advice.ranking import to_do
from antq_review.scoring.advice.what_if import Baseline
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.judging.criteria import judge, look_for
from antq_review.scoring.judging.deductions import judge_caps, judge_deductions
from antq_review.scoring.judging.plan import judge_plan
from antq_review.scoring.model.adding import Sums, standard, summed
from antq_review.scoring.model.classes import classes
from antq_review.scoring.model.outcome import Interval, Truth, all_of, total
from antq_review.scoring.model.review import Finding, InputFile, Review, School, TextResult, TextReview
from antq_review.scoring.numeric.tables import tables
from antq_review.scoring.register.register import code_pattern, register
from antq_review.scoring.sections.consistency import checks
from antq_review.scoring.sections.deadlines import days_ahead
from antq_review.scoring.sections.final_version import draft_reasons, forms_of
from antq_review.scoring.sections.overview import after_day, form_states, incident_summary, month_counts, police_warning
from antq_review.scoring.sections.progress import progress
from antq_review.scoring.sections.returned import returned_reasons, with_returns
from antq_review.scoring.sections.scope import in_scope, local_warnings
from antq_review.scoring.sections.warnings import guards
from antq_review.scoring.sections.written import meetings, papers, remarks
from antq_review.text import Message, listing, tell
from antq_review.version import VERSION


@without_collector()
def review(evidence: Evidence, rulebooks: Sequence[Rulebook], as_of: date) -> Review:
    """Judge the texts and the plan on one day and sum up. The evidence must have a profile with school code and year.

    A text that does not concern the school's level is left out.
    """
    profile = evidence.profile
    assert profile is not None and profile.year is not None and profile.school_code is not None
    year = profile.year
    # Results are passed on: what was typed into a cell of the wrong kind stays in the folder `kiem_tra`.
    evidence = replace(evidence, problems=[one.unquoted() for one in evidence.problems])
    index = Index(evidence)
    rulebooks, left_out = in_scope(evidence, rulebooks)
    texts = tuple(_text_review(text, index, year, as_of) for text in rulebooks)
    goals = judge_plan(evidence, year, as_of, index)
    plan = calendar_year(year)
    steps, untried = to_do(Baseline(
        index, rulebooks, texts, goals, year, as_of,
        lambda rulebook, findings, again: _summed(rulebook, again, findings, year, as_of),
    ))
    forms = form_states(index, year, as_of)
    found = Review(
        tool_version=VERSION, school=_school(profile), year=year, as_of=as_of, draft=True,
        draft_reasons=(*(one.says for one in left_out if not one.level_known), *draft_reasons(evidence, texts, rulebooks, goals)),
        warnings=(*_warnings(evidence, texts, year, as_of), *guards(evidence, texts, as_of)),
        texts=texts, plan_start=plan.start, plan_end=plan.end, goals=goals,
        incidents=incident_summary(index, year, as_of), months=month_counts(evidence, year, as_of),
        forms=forms, checks=checks(texts, forms),
        progress=progress(evidence, texts, [forms_of(one) for one in rulebooks], goals, as_of),
        after_as_of=after_day(evidence, as_of), to_do=steps, to_do_untried=untried, problems=tuple(evidence.problems),
        files=tuple(
            InputFile(name=file.name, sha256=file.sha256, size=file.size, sheets=file.sheets)
            for file in sorted(evidence.files, key=lambda file: file.name)
        ),
        tables=tables(index, texts, year, as_of),
        evidence_register=register(index, texts, goals, year, as_of, code_pattern(profile.evidence_code)),
        days_ahead=days_ahead(evidence, rulebooks, texts, goals, year, as_of),
        remarks=remarks(evidence), meetings=meetings(index, as_of), papers=papers(index, year, as_of),
        left_out=left_out,
    )
    return with_returns(found, returned_reasons(evidence))


def _school(profile: Profile) -> School:
    return School(
        code=profile.school_code or "", name=profile.name or "", levels=lists.LevelsTaught.label_of(profile.levels or ""),
        commune=profile.commune or "", province=profile.province or "", superior_body=profile.superior_body or "",
        address=profile.address or "", class_count=profile.class_count or None, place_name=profile.place_name or "",
        document_symbol=profile.document_symbol or "", signer=profile.signer or "",
        signer_post=profile.signer_post or "", recipients=profile.recipients or "",
        steering_committee=profile.steering_committee or "", hand_in_by=profile.hand_in_by,
        previous_result=profile.previous_result or "", codes_before=profile.codes_before(),
    )


# --- one text ------------------------------------------------------------------------------------------------------


def _text_review(rulebook: Rulebook, index: Index, year: int, as_of: date) -> TextReview:
    return _summed(rulebook, index, judge(rulebook, index.evidence, year, as_of, index), year, as_of)


def _summed(rulebook: Rulebook, index: Index, findings: tuple[Finding, ...], year: int, as_of: date) -> TextReview:
    """The review of a text from its findings."""
    evidence = index.evidence
    warnings = local_warnings(rulebook, evidence)
    period = rulebook.period.of(year)
    review = TextReview(
        id=rulebook.id, number=rulebook.number, title=rulebook.title, short=rulebook.short, sources=rulebook.sources,
        gaps=(*rulebook.gaps, *rulebook.standing_gaps),
        period_start=period.start, period_end=period.end, period_citation=rulebook.period.citation,
        data_until=min(period.end, as_of), deadline=rulebook.deadline.of(year),
        deadline_citation=rulebook.deadline.citation, draft=rulebook.draft, illustrative=rulebook.illustrative,
        warnings=(*warnings, *_until_meeting(rulebook.short, findings)), findings=findings, mapping=rulebook.mapping,
    )
    if rulebook.total is None:
        return review.model_copy(update={"result": _result(findings)})
    look = look_for(rulebook, evidence, year, as_of, index)
    return review.model_copy(update=_points(rulebook, findings, look))


def _until_meeting(short: Message, findings: Sequence[Finding]) -> tuple[Message, ...]:
    """A warning that criteria settled by a meeting before the period's end hold only up to the day of the meeting."""
    early = [
        (finding.id, finding.self_score.held_on) for finding in findings
        if finding.self_score and finding.self_score.held_on and finding.settled_by_meeting
        and any(why.code == "period_open" for why in finding.reasons)
    ]
    if not early:
        return ()
    ids = listing(name for name, _ in early)
    return (tell("scoring.until_meeting", text=short, ids=ids, day=min(held_on for _, held_on in early)),)


def _result(findings: Sequence[Finding]) -> TextResult:
    truth = all_of(finding.settled.truth for finding in findings)
    if truth is Truth.UNKNOWN:
        return TextResult.INSUFFICIENT
    return TextResult.NOT_MET if truth is Truth.NO else TextResult.MET


def _points(rulebook: Rulebook, findings: Sequence[Finding], look: EvidenceWindow) -> dict[str, object]:
    assert rulebook.total is not None
    known = [finding for finding in findings if not finding.is_unread]
    considered, bonus = standard(known, rulebook.bonus_most)
    deductions, caps = judge_deductions(rulebook, look), judge_caps(rulebook, look)
    taken = [one.settled for one in deductions]
    whole = total(_ranges(findings, rulebook), _most(rulebook.total + bonus, rulebook), taken)
    return {
        "total": rulebook.total, "considered": considered, "unread": rulebook.total - considered,
        "range": total(_ranges(known, rulebook), _most(considered + bonus, rulebook), taken), "bonus": bonus or None,
        "bonus_most": rulebook.bonus_most, "never_over": rulebook.never_over,
        "bands": classes(rulebook.bands, whole, caps), "classes": rulebook.bands, "headings": rulebook.headings,
        "deductions": deductions, "caps": caps, "score_columns": rulebook.score_columns,
        "completes": rulebook.completes or "", "confirmed_by": rulebook.confirmed_by,
    }


def _ranges(findings: Sequence[Finding], rulebook: Rulebook) -> Sums:
    """The settled ranges of the ordinary points and of the bonus."""
    return summed(
        ((one, Interval(low=one.settled.low or Decimal(0), high=one.settled.high or Decimal(0))) for one in findings), rulebook.bonus_most
    )


def _most(points: Decimal, rulebook: Rulebook) -> Decimal:
    """The highest total: the standard points and the bonus, unless the paper says that the total never exceeds less."""
    return points if rulebook.never_over is None else min(points, rulebook.never_over)


# --- warnings, tables, register ------------------------------------------------------------------------------------------


def _warnings(evidence: Evidence, texts: Sequence[TextReview], year: int, as_of: date) -> tuple[Message, ...]:
    return (*_early_warning(texts, year, as_of), *_provincial_warning(evidence, texts), *police_warning(evidence, year, as_of))


def _early_warning(texts: Sequence[TextReview], year: int, as_of: date) -> tuple[Message, ...]:
    """A warning for a day before all periods of the year: most often the day of another year was entered."""
    starts = [text.period_start for text in texts]
    if not starts or as_of >= min(starts):
        return ()
    return (tell("scoring.before_period", day=as_of, start=min(starts), year=year),)


def _provincial_warning(evidence: Evidence, texts: Sequence[TextReview]) -> tuple[Message, ...]:
    """That a province may have added criteria to those of a text without points; nothing where none is judged."""
    profile = evidence.profile
    if all(text.total is not None for text in texts):
        return ()
    if profile is not None and profile.provincial_criteria == YesNo.NO:
        return ()
    document = profile.provincial_document if profile and profile.provincial_document else ""
    return (tell("scoring.provincial_with", document=document) if document else tell("scoring.provincial"),)
