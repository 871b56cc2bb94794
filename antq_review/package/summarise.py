"""The summary of a review: what may leave the school as data. What is not named here is not sent."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from antq_review.errors import CannotDo
from antq_review.history.wording import asked
from antq_review.package.check import check_code
from antq_review.package.model import (
    CriterionSummary,
    EvidenceHashes,
    FormSummary,
    GoalSummary,
    IncidentsSummary,
    NumberSummary,
    OwnResult,
    PartSummary,
    Range,
    SchoolSummary,
    Summary,
    Tally,
    TextSummary,
    VersionSummary,
)
from antq_review.places.versions import Kind, Version
from antq_review.scoring.model.finding import TRUTH_OF_RESULT, Finding
from antq_review.scoring.model.goals import Goal, GoalPart
from antq_review.scoring.model.outcome import Interval
from antq_review.scoring.model.review import Review, TextReview
from antq_review.scoring.numeric.tables import line_of
from antq_review.text import fold, tell

#: The tables that are sent. PL10 holds the school's own scores, which stand with the criteria.
_TABLES = ("PL1", "PL2", "PL3", "PL4", "PL5", "PL6", "PL7", "PL8", "PL9")
#: Lines of one school alone begin so: the name of a model is the school's own text.
_OWN_LINES = "model."
_LONGEST_TITLE = 120


def summary_of(review: Review, version: Version, evidence: EvidenceHashes = EvidenceHashes()) -> Summary:  # noqa: B008 (immutable)
    """The summary of one version of a school's results. `evidence`: hashes of its evidence files.

    Raises CannotDo, with the field, where the review holds what a summary has no room for: a code with spaces, a huge number.
    """
    try:
        return _summary(review, version, evidence)
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        place = f"{fault.title}.{'.'.join(map(str, first['loc']))}"
        raise CannotDo(tell("package.no_room", field=place)) from fault


def code_of(review: Review) -> str:
    """The check code of a review's figures; empty where they make no package (`antq send` says why)."""
    try:
        return check_code(summary_of(review, Version(Path(), Kind.DRAFT)))
    except CannotDo:
        return ""


def _summary(review: Review, version: Version, evidence: EvidenceHashes) -> Summary:
    school = review.school
    return Summary(
        tool=f"antq_review {review.tool_version}",
        school=SchoolSummary(
            code=school.code, name=school.name, levels=school.levels, commune=school.commune, province=school.province,
            class_count=school.class_count,
        ),
        year=review.year, as_of=review.as_of, draft=review.draft,
        version=VersionSummary(kind=version.kind, number=version.number, day=version.day),
        texts=tuple(_text(text) for text in review.texts),
        goals=tuple(_goal(goal) for goal in review.goals),
        tables={name: _numbers(review, name) for name in _TABLES if review.table(name) is not None},
        incidents=_incidents(review),
        forms=tuple(
            FormSummary(
                form=one.form, until=one.until, rows=one.rows, refused=one.refused, file_rows=one.file_rows, with_file=one.with_file,
                missing_units=len(one.missing_units),
            )
            for one in review.forms
        ),
        tally=_tally(review),
        evidence=evidence,
    )


def _text(text: TextReview) -> TextSummary:
    own_table = bool(text.completes)
    return TextSummary(
        id=text.id, number=text.number, short=str(text.short), period_start=text.period_start, period_end=text.period_end,
        data_until=text.data_until, deadline=text.deadline, draft=text.draft, illustrative=text.illustrative, own_table=own_table,
        asks=_digest([[one.id, str(one.points), asked(one)] for one in text.findings]),
        result=text.result, official=text.official_result if text.total is None else None,
        total=text.total, considered=text.considered, unread=text.unread, bonus=text.bonus, range=_range(text.range), bands=text.bands,
        confirmed=len(text.confirmed_by), criteria=tuple(_criterion(one, own_table) for one in text.findings),
    )


def _criterion(finding: Finding, own_table: bool) -> CriterionSummary:
    own = finding.self_score
    concluded = OwnResult(truth=finding.official.truth, points=finding.official.low) if finding.official is not None else None
    checked = None
    if own is not None and (own.verified_points is not None or own.verified_result):
        truth = TRUTH_OF_RESULT.get(own.verified_result or "")
        checked = OwnResult(truth=truth, points=own.verified_points)
    return CriterionSummary(
        id=finding.id, title="" if own_table else finding.title[:_LONGEST_TITLE], points=finding.points, computed=finding.computed.truth,
        settled=finding.settled.truth, low=finding.settled.low, high=finding.settled.high, own=concluded, verified=checked,
        conflict=bool(finding.conflict), reasons=() if finding.settled.settled else _codes(why.code for why in finding.reasons),
    )


def _goal(goal: Goal) -> GoalSummary:
    wording = [[fold(one.quote), one.measure, one.operator, str(one.target), one.due_on.isoformat()] for one in goal.parts]
    return GoalSummary(id=goal.id, asks=_digest(wording)[:32], status=goal.status, parts=tuple(_part(one) for one in goal.parts))


def _part(part: GoalPart) -> PartSummary:
    found = part.measurement
    return PartSummary(
        part=part.part or "-", measure=part.measure, operator=part.operator, target=part.target, is_rate=part.is_rate, set_by=part.set_by,
        due_on=part.due_on, status=part.status, low=_short(found.low if found else None), high=_short(found.high if found else None),
        count=found.count if found else None, base=found.base if found else None, reasons=_codes(why.code for why in part.reasons),
    )


def _numbers(review: Review, name: str) -> tuple[NumberSummary, ...]:
    table = review.table(name)
    return tuple(
        NumberSummary(key=row.key, value=_short(row.value), at_least=row.at_least, at_most=_short(row.at_most))
        for row in (table.rows if table is not None else ())
        if not row.key.startswith(_OWN_LINES) and line_of(name, row.key) is not None and not (row.value is None and row.at_most is None)
    )


def _incidents(review: Review) -> IncidentsSummary:
    found = review.incidents
    return IncidentsSummary(
        verified=found.verified, unverified=found.unverified, refuted=found.refuted, refused=found.refused, by_kind=found.by_kind,
        declared_until=found.declared_until, police_checked_on=found.police_checked_on, police_incidents=found.police_incidents,
        police_own=found.police_own,
    )


def _tally(review: Review) -> Tally:
    held = [one.held_on for one in review.meetings]
    return Tally(
        meetings=len(held), concluded_on=max(held, default=None) if any(text.is_concluded for text in review.texts) else None,
        papers=dict(sorted(Counter(one.kind for one in review.papers).items())),
        problems=dict(sorted(Counter(one.severity.value for one in review.problems).items())),
        workbooks=len(review.files), workbooks_digest=_digest(sorted(one.sha256 for one in review.files)),
    )


def _range(found: Interval | None) -> Range | None:
    return None if found is None else Range(low=found.low, high=found.high)


def _short(value: Decimal | None) -> Decimal | None:
    """A fraction such as 2/3 with nine digits after the point: its two numbers stand beside it."""
    return None if value is None else round(value, 9).normalize() if value != value.to_integral_value() else value


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8")).hexdigest()
