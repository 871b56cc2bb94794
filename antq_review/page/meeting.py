"""What a meeting concluded, from the screen into the cells of the sheets “Cuộc họp” and “Tự chấm”: typed, compared, written once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from itertools import count

from antq_review.errors import UsageError
from antq_review.forms.choices import StandardResult, TextId
from antq_review.forms.columns import Row
from antq_review.forms.rows.school import MeetingRow, SelfScoreRow, VoteRow
from antq_review.ingest.model import Evidence
from antq_review.ingest.written_days import written_time
from antq_review.page.words import words_of
from antq_review.publish import wording as phrases
from antq_review.publish.excel.fill_in import Written
from antq_review.scoring.model.review import Finding, Review, SelfScore
from antq_review.scoring.pipeline import read_day
from antq_review.text import fold, number, tell

_MEETING = (
    "id", "held_on", "starts_at", "ends_at", "place", "chair", "secretary", "minutes", "police_checked_on", "police_incidents",
)
#: The number of a line that does not stand yet; the code that asks the screen for a meeting that is not written yet.
NEW_LINE, NEW_MEETING = 0, "moi"
_DAYS, _TIMES, _COUNTS = ("held_on", "police_checked_on"), ("starts_at", "ends_at"), ("police_incidents", "total", "agreed")


@dataclass(frozen=True)
class CriterionLine:
    """One criterion on the screen: what the evidence says (`finding`, in words `evidence`), and what stands in the form."""

    text: str
    short: str
    id: str
    label: str
    title: str
    evidence: str
    state: str
    has_points: bool
    result: str
    points: str
    reason: str
    total: str
    agreed: str
    finding: Finding


def meeting_values(evidence: Evidence, code: str = "") -> dict[str, str]:
    """A meeting of the form as its cells show it, else the newest; a free code where there is none or a new one is wanted.

    `shown`: the code of the meeting that the screen shows.
    """
    rows = [] if code == NEW_MEETING else evidence.of(MeetingRow)
    named = next((row for row in rows if fold(row.id) == fold(code)), None)
    row = named or max(rows, key=lambda row: row.values.held_on, default=None)
    found = {name: shown(row.value_of(name)) if row else "" for name in _MEETING}
    taken = {fold(one) for one, _ in meetings(evidence)}
    free = next(one for number in count(1) if fold(one := f"CH-{number:02}") not in taken)
    return found | {"id": found["id"] or free, "shown": found["id"]}


def meetings(evidence: Evidence) -> list[tuple[str, date]]:
    """Code and day of every meeting of the form, the newest first."""
    found = [(row.id, row.values.held_on) for row in evidence.of(MeetingRow)]
    return sorted(found, key=lambda one: one[1], reverse=True)


def criterion_lines(review: Review, evidence: Evidence, code: str) -> list[CriterionLine]:
    """Every criterion that can be concluded, text by text, with what the form holds for this meeting."""
    scores = {(str(row.values.text), fold(row.values.criterion)): row.values for row in evidence.of(SelfScoreRow)}
    voted = [row.values for row in evidence.of(VoteRow) if fold(row.values.meeting) == fold(code)]
    votes = {(str(row.text), fold(row.criterion)): row for row in voted}
    return [
        _line(text.id, str(text.short), finding, scores.get((text.id, fold(finding.id))), votes.get((text.id, fold(finding.id))))
        for text in review.texts if text.id in list(TextId) for finding in text.findings if not finding.is_unread
    ]


def _line(text: str, short: str, finding: Finding, score: SelfScoreRow | None, vote: VoteRow | None) -> CriterionLine:
    has_points = finding.points is not None
    says = phrases.points(finding.computed) if has_points else phrases.word(finding.computed.truth)
    if has_points and finding.points is not None:
        says = words_of("meeting.of", points=says, most=number(finding.points))
    return CriterionLine(
        text, short, finding.id, phrases.label(finding.id), finding.title, says, phrases.state(finding.computed), has_points,
        result=str(score.self_result or "") if score else "", points=shown(score.self_points) if score else "",
        reason=shown(score.reason) if score else "", total=shown(vote.total) if vote else "", agreed=shown(vote.agreed) if vote else "",
        finding=finding,
    )


def shown(value: object) -> str:
    """A value as the screen and the cell show it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return number(value) if isinstance(value, Decimal) else str(value)


# --- what was typed ----------------------------------------------------------------------------------------------------


@dataclass
class Wanted:
    """One line of a table as it should be. `key`: how the line is found among those that stand.

    `number`: the row that the line must have besides; NEW_LINE: it is one more line, whatever stands.
    """

    model: type[Row]
    key: dict[str, object]
    values: dict[str, Written]
    number: int | None = None


def wanted(typed: Mapping[str, str], lines: list[CriterionLine]) -> list[Wanted]:
    """The lines that the typed fields ask for; a blank field asks for nothing. Raises UsageError for a field that cannot be read."""
    meeting = {name: _read(name, typed.get(f"m_{name}", "")) for name in _MEETING}
    code = typed.get("m_id", "").strip()
    if not code or meeting["held_on"] is None:
        raise UsageError(tell("page.meeting.fill"))
    found = [Wanted(MeetingRow, {"id": code}, {name: value for name, value in meeting.items() if value is not None})]
    for index, line in enumerate(lines):
        given = {name: typed.get(f"s{index}_{name}", "").strip() for name in ("result", "points", "reason", "total", "agreed")}
        key: dict[str, object] = {"text": line.text, "criterion": line.id}
        base: dict[str, Written] = {"text": TextId.label_of(line.text), "criterion": line.id, "meeting": code}
        score = dict(_score(line, given))
        if score:
            found.append(Wanted(SelfScoreRow, key, base | score))
        votes = {name: _read(name, given[name]) for name in ("total", "agreed") if given[name]}
        if votes:
            if "total" not in votes or "agreed" not in votes:
                raise UsageError(tell("page.meeting.count_both", line=line.label))
            found.append(Wanted(VoteRow, key | {"meeting": code}, base | votes))
    return found


def unexplained(typed: Mapping[str, str], lines: list[CriterionLine]) -> list[str]:
    """The criteria whose conclusion the evidence excludes and that have no reason: no official version can rest on them.

    The fields were read by `wanted` before.
    """
    found = []
    for index, line in enumerate(lines):
        result, points, reason = (typed.get(f"s{index}_{name}", "").strip() for name in ("result", "points", "reason"))
        score = SelfScore(points=Decimal(points.replace(",", ".")) if points else None, result=result or None)
        concluded = line.finding.model_copy(update={"self_score": score})
        if not reason and concluded.is_contradicted and not concluded.rules_out:  # no reason helps what is ruled out
            found.append(f"{line.short} {line.label}")
    return found


def _score(line: CriterionLine, given: Mapping[str, str]) -> Iterator[tuple[str, Written]]:
    """The conclusion of one criterion; a reason alone is none."""
    if line.has_points and given["points"]:
        yield "self_points", _read("points", given["points"])
    elif not line.has_points and given["result"]:
        if given["result"] not in list(StandardResult):
            raise UsageError(tell("page.meeting.fill"))
        yield "self_result", StandardResult.label_of(given["result"])
    else:
        return
    if given["reason"]:
        yield "reason", given["reason"]


def _read(name: str, written: str) -> Written:
    """A typed field as its column holds it. Raises UsageError."""
    text = written.strip()
    if not text:
        return None
    if name in _DAYS:
        return read_day(text)
    if name in _TIMES:
        at = written_time(text)
        if at is None:
            raise UsageError(tell("page.meeting.strange_time", given=text[:40], field=words_of(f"meeting.fields.{name}")))
        return at
    try:
        if name in _COUNTS or name == "points":
            found = Decimal(text.replace(",", "."))
            if not found.is_finite() or found < 0 or (name in _COUNTS and found != int(found)) or found > 100_000:
                raise ValueError(text)
            return found
    except (ValueError, InvalidOperation) as fault:
        raise UsageError(tell("page.meeting.strange", given=text[:40], field=words_of(f"meeting.fields.{name}"))) from fault
    return text
