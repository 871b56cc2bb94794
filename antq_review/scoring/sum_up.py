"""From findings and goals to the review: totals, results, what stands in the way of a final version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from antq_review.forms import choices as lists
from antq_review.forms.rows_school import Profile
from antq_review.forms.sheets import SHEETS, sheet_named
from antq_review.ingest.model import Evidence, EvidenceRow, Severity
from antq_review.period import calendar_year, months
from antq_review.rules import Rulebook, provisions, span
from antq_review.scoring.advice import to_do
from antq_review.scoring.index import Index, folded
from antq_review.scoring.judge import judge, scope_warnings
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.overall import titles_of
from antq_review.scoring.outcome import Interval, Truth, all_of, total
from antq_review.scoring.plan import judge_plan
from antq_review.scoring.review import (
    Finding,
    FormState,
    IncidentSummary,
    InputFile,
    MonthCount,
    Review,
    School,
    TextResult,
    TextReview,
)
from antq_review.source import CellRef
from antq_review.text import day as shown_day
from antq_review.text import number, say
from antq_review.version import VERSION

#: Sheets that every text needs beside those of its measures.
_ALWAYS = ("thong_tin_truong", "tu_cham", "cuoc_hop")


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
    return Review(
        tool_version=VERSION, school=_school(profile), year=year, as_of=as_of, draft=True, draft_reasons=reasons,
        warnings=_warnings(evidence, year, as_of), texts=texts, plan_start=plan.start, plan_end=plan.end, goals=goals,
        incidents=_incidents(index, year, as_of), months=_months(evidence, year, as_of), forms=_forms(index),
        after_as_of=_after(evidence, as_of), to_do=to_do(texts, goals), problems=tuple(evidence.problems),
        files=tuple(
            InputFile(name=file.name, sha256=file.sha256, size=file.size, sheets=file.sheets)
            for file in sorted(evidence.files, key=lambda file: file.name)
        ),
    )


def _school(profile: Profile) -> School:
    return School(
        code=profile.school_code or "", name=profile.name or "", levels=lists.LEVELS.label(profile.levels or ""),
        commune=profile.commune or "", province=profile.province or "", superior_body=profile.superior_body or "",
    )


# --- one text ------------------------------------------------------------------------------------------------------


def _text_review(rulebook: Rulebook, index: Index, year: int, as_of: date) -> TextReview:
    evidence = index.evidence
    findings = judge(rulebook, evidence, year, as_of, index)
    warnings = scope_warnings(rulebook, evidence)
    outside = bool(warnings) and not (evidence.profile and evidence.profile.local_scope_document)
    period = rulebook.period.of(year)
    review = TextReview(
        id=rulebook.id, number=rulebook.number, title=rulebook.title, short=rulebook.short, sources=rulebook.sources,
        gaps=rulebook.gaps, period_start=period.start, period_end=period.end, period_citation=rulebook.period.citation,
        data_until=min(period.end, as_of), deadline=rulebook.deadline.of(year),
        deadline_citation=rulebook.deadline.citation, draft=rulebook.draft, illustrative=rulebook.illustrative,
        warnings=(*warnings, *_until_meeting(rulebook.short, findings)), findings=findings,
    )
    if rulebook.total is None:
        return review.model_copy(update={"result": TextResult.OUT_OF_SCOPE if outside else _result(findings)})
    return review.model_copy(update=_points(rulebook, findings, outside))


def _until_meeting(short: str, findings: Sequence[Finding]) -> tuple[str, ...]:
    """What a meeting settled before the period's end holds to its own day; every output says so."""
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


def _points(rulebook: Rulebook, findings: Sequence[Finding], outside: bool) -> dict[str, object]:
    assert rulebook.total is not None
    known = [finding for finding in findings if finding.award.value != "unread"]
    considered = sum((finding.points or Decimal(0) for finding in known), Decimal(0))
    whole = total([finding.settled for finding in findings], rulebook.total)
    return {
        "total": rulebook.total, "considered": considered, "unread": rulebook.total - considered,
        "range": total([finding.settled for finding in known], considered),
        "bands": () if outside else _bands(rulebook, whole),
    }


def _bands(rulebook: Rulebook, whole: Interval) -> tuple[str, ...]:
    """The classes that the total still touches, best first; none where the text's classes are not known."""
    found, upper = [], None
    for band in rulebook.bands:
        touches = (whole.high is None or whole.high >= band.at_least) and (upper is None or whole.low < upper)
        if touches:
            found.append(band.name)
        upper = band.at_least
    return tuple(found)


# --- what stands in the way of a final version ---------------------------------------------------------------------


def _open_points(text: TextReview, rulebook: Rulebook) -> list[str]:
    found = []
    if text.draft or text.illustrative:
        found.append(say("scoring.final.rulebook", text=text.short))
    if text.result is TextResult.OUT_OF_SCOPE:
        found += list(text.warnings)
    for finding in text.findings:
        if not finding.settled.settled:
            key = "unread" if finding.award.value == "unread" else "open"
            what = "; ".join(dict.fromkeys(why.says for why in finding.reasons))
            points = number(finding.points) if finding.points is not None else ""
            found.append(say(f"scoring.final.{key}", text=text.short, id=finding.id, title=finding.title, what=what, points=points))
        if finding.conflict and not (finding.self_score and finding.self_score.reason):
            found.append(say("scoring.final.conflict", text=text.short, id=finding.id, what=finding.conflict))
    return found


def forms_of(rulebook: Rulebook) -> frozenset[str]:
    """The sheets on which a text's judgement rests."""
    names = set(_ALWAYS)
    for criterion in rulebook.criteria:
        for provision in provisions(criterion):
            measures = [provision.measure, provision.applies.measure if provision.applies else None]
            for measure in measures:
                names.update(titles_of(registry()[measure].tables) if measure else ())
    return frozenset(names)


def _problem_reasons(evidence: Evidence, rulebooks: Sequence[Rulebook]) -> tuple[str, ...]:
    needed = frozenset[str]().union(*(forms_of(rulebook) for rulebook in rulebooks))
    standing = [
        problem for problem in evidence.problems
        if problem.severity is not Severity.NOTE and (not problem.forms or needed & set(problem.forms))
    ]
    return tuple(say("scoring.final.problem", place=problem.place or "–", what=problem.says) for problem in standing)


# --- the year at a glance ------------------------------------------------------------------------------------------


def _warnings(evidence: Evidence, year: int, as_of: date) -> tuple[str, ...]:
    return (*_provincial_warning(evidence), *_police_warning(evidence, year, as_of))


def _police_warning(evidence: Evidence, year: int, as_of: date) -> tuple[str, ...]:
    """The count agreed with the police and the form's own, up to that day, should be one number."""
    meeting = _last_police_check(evidence, as_of)
    if meeting is None or meeting.get("police_incidents") is None:
        return ()
    on, police = meeting.get("police_checked_on"), meeting.get("police_incidents")
    rows = _dated(evidence, "incidents", "happened_on", year, on)
    own = sum(row.get("verified") == "yes" for row in rows)
    return () if own == police else (say("scoring.police_differs", day=shown_day(on), police=police, own=own),)


def _last_police_check(evidence: Evidence, as_of: date) -> EvidenceRow | None:
    checks = [row for row in evidence.rows("meetings") if row.get("police_checked_on") and row.get("police_checked_on") <= as_of]
    return max(checks, key=lambda row: (row.get("police_checked_on"), row.id), default=None)


def _provincial_warning(evidence: Evidence) -> tuple[str, ...]:
    profile = evidence.profile
    if profile is not None and profile.provincial_criteria == "no":
        return ()
    document = profile.provincial_document if profile and profile.provincial_document else ""
    return (say("scoring.provincial_with" if document else "scoring.provincial", document=document),)


def _dated(evidence: Evidence, table: str, day: str, year: int, as_of: date) -> list[EvidenceRow]:
    window = span(year).until(as_of)
    return [row for row in evidence.rows(table) if row.get(day) is not None and window.holds(row.get(day))]


def _incidents(index: Index, year: int, as_of: date) -> IncidentSummary:
    evidence = index.evidence
    rows = _dated(evidence, "incidents", "happened_on", year, as_of)
    states = Counter(row.get("verified") for row in rows)
    kinds = Counter(row.get("kind") for row in rows if row.get("verified") == "yes")
    state = index.state(sheet_named("vu_viec"))
    last = _last_police_check(evidence, as_of)
    return IncidentSummary(
        verified=states["yes"], unverified=states["no"], refuted=states["refuted"], by_kind=dict(sorted(kinds.items())),
        refused=len(evidence.refused("incidents")),
        declared_until=min(state.until, as_of) if state.until else None, cells=state.cells,
        police_checked_on=last.get("police_checked_on") if last else None,
        police_incidents=last.get("police_incidents") if last else None,
        police_cells=last.cells(("police_checked_on", "police_incidents")) if last else (),
    )


def _months(evidence: Evidence, year: int, as_of: date) -> tuple[MonthCount, ...]:
    rows = _dated(evidence, "activities", "held_on", year, as_of)
    found = []
    for when in months(span(year).until(as_of)):
        here = [row for row in rows if (row.get("held_on").year, row.get("held_on").month) == when]
        activities: dict[tuple[object, ...], set[str]] = {}
        for row in here:
            key = (row.get("held_on"), folded(row.get("name")), folded(row.get("campaign") or ""))
            topics = {row.get(f"topic_{index}") for index in (1, 2, 3)} - {None}
            activities.setdefault(key, set()).update(topics)
        counts = Counter(topic for topics in activities.values() for topic in topics)
        by_topic = {code: counts[code] for code in lists.TOPICS.labels if counts[code]}
        found.append(MonthCount(year=when[0], month=when[1], activities=len(activities), by_topic=by_topic))
    return tuple(found)


def _forms(index: Index) -> tuple[FormState, ...]:
    evidence, found = index.evidence, []
    for sheet in SHEETS:
        state = index.state(sheet)
        tables = [table.name for table in sheet.tables]
        found.append(
            FormState(
                form=sheet.name, title=sheet.title, until=state.until, cells=state.cells,
                missing_units=state.missing_units, undeclared=tuple(copy.file for copy in state.undeclared),
                rows=sum(len(evidence.rows(name)) for name in tables),
                refused=sum(len(evidence.refused(name)) for name in tables),
            )
        )
    return tuple(found)


def _after(evidence: Evidence, as_of: date) -> tuple[CellRef, ...]:
    """Rows dated after the day of the review: listed, not counted, no fault."""
    return tuple(
        row.cell(table.day)
        for sheet in SHEETS for table in sheet.tables if table.day
        for row in evidence.rows(table.name) if row.get(table.day) is not None and row.get(table.day) > as_of
    )
