"""From findings and goals to the review: totals, results, and the reasons why a review cannot be final yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from antq_review.forms import choices as lists
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.school import Profile
from antq_review.forms.sheets import SCORE_TABLE
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.period import calendar_year
from antq_review.rules import Award, Rulebook, provisions
from antq_review.scoring.advice.ranking import to_do
from antq_review.scoring.advice.what_if import Baseline
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.judging.criteria import judge, look_for
from antq_review.scoring.judging.deductions import classes, judge_caps, judge_deductions
from antq_review.scoring.judging.plan import judge_plan
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.overall import titles_of
from antq_review.scoring.model.outcome import Reason, Truth, all_of, total
from antq_review.scoring.model.review import Finding, InputFile, Review, School, TextResult, TextReview
from antq_review.scoring.numeric.tables import tables
from antq_review.scoring.register.register import code_pattern, register
from antq_review.scoring.sections.consistency import checks
from antq_review.scoring.sections.deadlines import days_ahead
from antq_review.scoring.sections.overview import after_day, form_states, incident_summary, month_counts, police_warning
from antq_review.scoring.sections.progress import progress
from antq_review.scoring.sections.warnings import guards, scope_warnings
from antq_review.scoring.sections.written import meetings, papers, remarks
from antq_review.text import day as shown_day
from antq_review.text import number, say
from antq_review.version import VERSION

#: Sheets that every text needs besides the sheets of its measures.
_ALWAYS = ("thong_tin_truong", "tu_cham", "cuoc_hop")
#: Sheets of the school's own score table; they complete a text with points.
_OWN_TABLE = titles_of(SCORE_TABLE)


def review(evidence: Evidence, rulebooks: Sequence[Rulebook], as_of: date) -> Review:
    """Judge the texts and the plan on one day and sum up. The evidence must have a profile with school code and year."""
    profile = evidence.profile
    assert profile is not None and profile.year is not None and profile.school_code is not None
    year = profile.year
    index = Index(evidence)
    texts = tuple(_text_review(text, index, year, as_of) for text in rulebooks)
    goals = judge_plan(evidence, year, as_of, index)
    reasons = tuple(why for text, rulebook in zip(texts, rulebooks, strict=True) for why in _open_points(text, rulebook))
    reasons += _problem_reasons(evidence, rulebooks)
    plan = calendar_year(year)
    steps, untried = to_do(Baseline(
        evidence, rulebooks, texts, goals, year, as_of,
        lambda rulebook, findings, again: _summed(rulebook, again, findings, year, as_of),
    ))
    forms = form_states(index, year, as_of)
    return Review(
        tool_version=VERSION, school=_school(profile), year=year, as_of=as_of, draft=True, draft_reasons=reasons,
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
        days_ahead=days_ahead(rulebooks, texts, goals, year, as_of),
        remarks=remarks(evidence), meetings=meetings(index, as_of), papers=papers(index, year, as_of),
    )


def _school(profile: Profile) -> School:
    return School(
        code=profile.school_code or "", name=profile.name or "", levels=lists.LevelsTaught.label_of(profile.levels or ""),
        commune=profile.commune or "", province=profile.province or "", superior_body=profile.superior_body or "",
        address=profile.address or "", class_count=profile.class_count or None, place_name=profile.place_name or "",
        document_symbol=profile.document_symbol or "", signer=profile.signer or "",
        signer_post=profile.signer_post or "", recipients=profile.recipients or "",
        steering_committee=profile.steering_committee or "",
    )


# --- one text ------------------------------------------------------------------------------------------------------


def _text_review(rulebook: Rulebook, index: Index, year: int, as_of: date) -> TextReview:
    return _summed(rulebook, index, judge(rulebook, index.evidence, year, as_of, index), year, as_of)


def _summed(rulebook: Rulebook, index: Index, findings: tuple[Finding, ...], year: int, as_of: date) -> TextReview:
    """The review of a text from its findings."""
    evidence = index.evidence
    warnings = scope_warnings(rulebook, evidence)
    outside = bool(warnings) and not (evidence.profile and evidence.profile.local_scope_document)
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
        return review.model_copy(update={"result": TextResult.OUT_OF_SCOPE if outside else _result(findings)})
    look = look_for(rulebook, evidence, year, as_of, index)
    return review.model_copy(update=_points(rulebook, findings, look, outside))


def _until_meeting(short: str, findings: Sequence[Finding]) -> tuple[str, ...]:
    """A warning that criteria settled by a meeting before the period's end hold only up to the day of the meeting."""
    early = [
        (finding.id, finding.self_score.held_on) for finding in findings
        if finding.self_score and finding.self_score.held_on and finding.settled.settled and not finding.computed.settled
        and any(why.code == "period_open" for why in finding.reasons)
    ]
    if not early:
        return ()
    ids = ", ".join(name for name, _ in early)
    return (say("scoring.until_meeting", text=short, ids=ids, day=shown_day(min(held_on for _, held_on in early))),)


def _result(findings: Sequence[Finding]) -> TextResult:
    truth = all_of(finding.settled.truth for finding in findings)
    if truth is Truth.UNKNOWN:
        return TextResult.INSUFFICIENT
    return TextResult.NOT_MET if truth is Truth.NO else TextResult.MET


def _points(rulebook: Rulebook, findings: Sequence[Finding], look: EvidenceWindow, outside: bool) -> dict[str, object]:
    assert rulebook.total is not None
    known = [finding for finding in findings if finding.award is not Award.UNREAD]
    considered = sum((finding.points or Decimal(0) for finding in known), Decimal(0))
    deductions, caps = judge_deductions(rulebook, look), judge_caps(rulebook, look)
    taken = [one.settled for one in deductions]
    whole = total([finding.settled for finding in findings], rulebook.total, taken)
    return {
        "total": rulebook.total, "considered": considered, "unread": rulebook.total - considered,
        "range": total([finding.settled for finding in known], considered, taken),
        "bands": () if outside else classes(rulebook.bands, whole, caps), "classes": rulebook.bands, "headings": rulebook.headings,
        "deductions": deductions, "caps": caps, "score_columns": rulebook.score_columns,
        "completes": rulebook.completes or "", "confirmed_by": rulebook.confirmed_by,
    }


# --- the reasons why a review cannot be final yet ------------------------------------------------------------------


def _open_points(text: TextReview, rulebook: Rulebook) -> list[str]:
    found = []
    if text.draft or text.illustrative:
        found.append(say("scoring.final.rulebook", text=text.short))
    if text.result is TextResult.OUT_OF_SCOPE:
        found += list(text.warnings)
    for finding in text.findings:
        if not finding.settled.settled:
            key = "unread" if finding.award is Award.UNREAD else "open"
            what = _why(finding.reasons)
            points = number(finding.points) if finding.points is not None else ""
            found.append(say(f"scoring.final.{key}", text=text.short, id=finding.id, title=finding.title, what=what, points=points))
        if finding.conflict and not (finding.self_score and finding.self_score.reason):
            found.append(say("scoring.final.conflict", text=text.short, id=finding.id, what=finding.conflict))
    return [*found, *_open_extras(text)]


def _open_extras(text: TextReview) -> list[str]:
    """Deductions and caps that are not settled, and deductions that contradict the evidence without a reason."""
    found = []
    for one in text.deductions:
        if not one.settled.settled:
            found.append(say("scoring.final.deduction", text=text.short, id=one.id, what=_why(one.reasons)))
        if one.conflict and not one.reason:
            found.append(say("scoring.final.conflict", text=text.short, id=one.id, what=one.conflict))
    open_caps = [cap for cap in text.caps if cap.truth is Truth.UNKNOWN]
    return found + [say("scoring.final.cap", text=text.short, id=cap.id, what=_why(cap.reasons)) for cap in open_caps]


def _why(reasons: Sequence[Reason]) -> str:
    return "; ".join(dict.fromkeys(why.says.rstrip(".") for why in reasons)) + "."


def forms_of(rulebook: Rulebook) -> frozenset[str]:
    """The sheets on which the judgement of a text rests."""
    names = set(_ALWAYS) | (set(_OWN_TABLE) if rulebook.total is not None else set())
    for criterion in rulebook.criteria:
        for provision in provisions(criterion):
            measures = [provision.measure, provision.applies.measure if provision.applies else None]
            for measure in measures:
                names.update(titles_of(registry()[measure].tables) if measure else ())
    beside = [one.measure for one in rulebook.deductions] + [one.measure for one in rulebook.caps]
    for measure in beside:
        names.update(titles_of(registry()[measure].tables) if measure else ())
    return frozenset(names)


def _problem_reasons(evidence: Evidence, rulebooks: Sequence[Rulebook]) -> tuple[str, ...]:
    needed = frozenset[str]().union(*(forms_of(rulebook) for rulebook in rulebooks))
    standing = [
        problem for problem in evidence.problems
        if problem.severity is not Severity.NOTE and (not problem.forms or needed & set(problem.forms))
    ]
    return tuple(_problem_reason(problem) for problem in standing)


def _problem_reason(problem: Problem) -> str:
    return say("scoring.final.problem", place=problem.place or "–", what=problem.says)


def problems_in_the_way(review: Review) -> int:
    """The number of `draft_reasons` that are problems of the forms. Some problems touch none of the judged texts."""
    faults = {_problem_reason(problem) for problem in review.problems}
    return sum(reason in faults for reason in review.draft_reasons)


# --- warnings, tables, register ------------------------------------------------------------------------------------------


def _warnings(evidence: Evidence, texts: Sequence[TextReview], year: int, as_of: date) -> tuple[str, ...]:
    return (*_early_warning(texts, year, as_of), *_provincial_warning(evidence), *police_warning(evidence, year, as_of))


def _early_warning(texts: Sequence[TextReview], year: int, as_of: date) -> tuple[str, ...]:
    """A warning for a day before all periods of the year: most often the day of another year was entered."""
    starts = [text.period_start for text in texts]
    if not starts or as_of >= min(starts):
        return ()
    return (say("scoring.before_period", day=shown_day(as_of), start=shown_day(min(starts)), year=year),)


def _provincial_warning(evidence: Evidence) -> tuple[str, ...]:
    profile = evidence.profile
    if profile is not None and profile.provincial_criteria == YesNo.NO:
        return ()
    document = profile.provincial_document if profile and profile.provincial_document else ""
    return (say("scoring.provincial_with" if document else "scoring.provincial", document=document),)
