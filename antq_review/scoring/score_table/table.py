"""A school's own score table, typed from its paper form, as a rulebook that stands in Decision 510's place for that school.

Nothing is taken over silently: every fault is named by its cell, and a table with a fault is not used at all. What the clerk
leaves blank beyond the paper's columns is judged by the meeting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from antq_review.forms.sheets import SCORE_TABLE
from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem, Severity
from antq_review.ingest.problems import problem
from antq_review.period import Period
from antq_review.rules import Award, Rulebook, rulebook, span
from antq_review.rules.model import PeriodRule
from antq_review.scoring.score_table.extras import bands_of, caps_of, deductions_of
from antq_review.scoring.score_table.files import filled_files, of_files, several_tables
from antq_review.scoring.score_table.lines import ScoreLines, known_rows
from antq_review.scoring.score_table.meeting import blank_meeting
from antq_review.scoring.score_table.rows import provisions_of
from antq_review.text import fold, number, say

#: The text in whose place a school's table stands.
COMPLETES, FOLDER = "qd_510", "qd_510_2022"


def blank_rows() -> list[dict[str, object]]:
    """What a blank score table already holds."""
    return known_rows(rulebook(COMPLETES))


@dataclass(frozen=True)
class ScoreTable:
    """`rulebook` None: no table, one that nobody filled in, a faulty one, or `several` (`problems` say which)."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]

    several: bool = False

    @property
    def faulty(self) -> bool:
        """Does anything keep the table from being used?"""
        return any(entry.severity is Severity.ERROR for entry in self.problems)


def score_table(evidence: Evidence) -> ScoreTable:
    """The table in the evidence folder, with every fault by its cell. Of two tables that are both filled in none is used."""
    files = filled_files(evidence, blank_rows())
    if len(files) > 1:
        return ScoreTable(None, (several_tables(files),), several=True)
    evidence = of_files(evidence, files)
    unnamed = blank_meeting(evidence, COMPLETES)
    if not _filled_in(evidence):
        return ScoreTable(None, tuple(unnamed))
    base = rulebook(COMPLETES)
    text = _text_row(evidence)
    lines = ScoreLines.of(evidence, base, _source(text), _total(text, base))
    criteria, problems = provisions_of(lines)
    bands, band_faults = bands_of(evidence, lines.total)
    extras = [deductions_of(evidence, lines), caps_of(evidence, lines, bands)]
    problems += [*unnamed, *_head_faults(evidence, text), *lines.faults(), *band_faults, *(fault for _, found in extras for fault in found)]
    refused = [cell for name in SCORE_TABLE for cell in evidence.refused(name)]
    faults = sum(entry.severity is Severity.ERROR for entry in problems) + len(refused)
    if faults:
        row = lines.rows[0] if lines.rows else None
        where = {"file": row.file, "sheet": row.sheet} if row else {"file": refused[0].file, "sheet": refused[0].sheet}
        problems.append(problem("score_table_not_used", forms=("thang_diem",), count=faults, **where))
        return ScoreTable(None, tuple(problems))
    (deductions, _), (caps, _) = extras
    found = base.model_copy(update={
        **_identity(text, base), "completes": FOLDER, "total": lines.total, "criteria": tuple(criteria),
        "headings": lines.headings(), "bands": bands, "deductions": deductions, "caps": caps,
        "gaps": (say("scoring.score_table.typed", source=_source(text)), *([] if bands else [say("scoring.score_table.no_bands")])),
        **_period(text),
    })
    return ScoreTable(found, tuple(problems))


def _filled_in(evidence: Evidence) -> bool:
    """Has anybody typed more than what the blank table already holds?"""
    known = {(fold(str(row["number"])), fold(str(row["text"]))) for row in known_rows(rulebook(COMPLETES))}
    own = {(fold(row.get("number")), fold(row.get("text"))) for row in evidence.rows("score_rows")}
    return bool(own - known or any(evidence.refused(name) for name in SCORE_TABLE)) and bool(
        own or evidence.refused("score_rows")
    )


def _text_row(evidence: Evidence) -> EvidenceRow | None:
    rows = evidence.rows("score_text")
    return rows[0] if rows else None


def _get(text: EvidenceRow | None, name: str) -> object:
    return text.get(name) if text is not None else None


def _source(text: EvidenceRow | None) -> str:
    return str(_get(text, "source") or "")


def _total(text: EvidenceRow | None, base: Rulebook) -> Decimal:
    written = _get(text, "total")
    assert base.total is not None
    return written if isinstance(written, Decimal) else base.total


# --- whose table it is, and who confirmed it -------------------------------------------------------------------------


def confirmed_by(text: EvidenceRow | None) -> tuple[str, ...]:
    """The two different people who typed the table in and checked it; empty: not confirmed."""
    names = [str(_get(text, name) or "") for name in ("entered_by", "checked_by")]
    return tuple(names) if all(names) and _person(names[0]) != _person(names[1]) else ()


def _person(written: str) -> str:
    """A name without the post that follows it."""
    return fold(written.partition(",")[0])


def _identity(text: EvidenceRow | None, base: Rulebook) -> dict[str, object]:
    names = confirmed_by(text)
    illustrative = _get(text, "illustrative") == "yes"
    province = _get(text, "completes") == "province"
    own = str(_get(text, "number") or base.number)
    short = own if province else base.short
    if illustrative or not names:
        short = say(f"scoring.score_table.short_{'illustrative' if illustrative else 'draft'}", text=short)
    identity: dict[str, object] = {
        "short": short, "illustrative": illustrative, "draft": not names, "confirmed_by": names,
        "score_columns": tuple(str(_get(text, "score_columns") or "own").split(";")),
    }
    if province:
        identity |= {
            "number": own, "issuer": str(_get(text, "issuer")), "signed_on": _get(text, "signed_on"),
            "title": say("scoring.score_table.province", number=own, text=base.number),
        }
    return identity


def _period(text: EvidenceRow | None) -> dict[str, object]:
    start, end = _get(text, "period_from"), _get(text, "period_to")
    if start is None or end is None:
        return {}
    own = Period(start, end)  # type: ignore[arg-type]
    return {"period": PeriodRule(
        start_month=own.start.month, start_day=own.start.day, start_year_offset=own.start.year - own.end.year,
        end_month=own.end.month, end_day=own.end.day, citation=_source(text), confidence="SCHOOL",
    )}


def _head_faults(evidence: Evidence, text: EvidenceRow | None) -> Iterator[Problem]:
    rows = evidence.rows("score_text")
    if text is None:
        first = next((row for row in evidence.rows("score_rows")), None)
        if first is not None:
            yield row_problem("score_no_source", first, "citation")
        return
    yield from (row_problem("score_text_twice", other, "source") for other in rows[1:])
    if not text.get("source"):
        yield row_problem("score_no_source", text, "source")
    names = [str(text.get(name) or "") for name in ("entered_by", "checked_by")]
    if all(names) and _person(names[0]) == _person(names[1]):
        yield row_problem("score_same_person", text, "checked_by")
    if text.get("completes") == "province":
        for name in ("number", "issuer", "signed_on"):
            if not text.get(name):
                yield row_problem("score_province_blank", text, name)
    yield from _period_faults(evidence, text)


def _period_faults(evidence: Evidence, text: EvidenceRow) -> Iterator[Problem]:
    start, end = text.get("period_from"), text.get("period_to")
    if (start is None) != (end is None):
        yield row_problem("score_period_half", text, "period_to" if end is None else "period_from")
    elif start is not None:
        whole = span(evidence.year or end.year)
        if start >= end or start < whole.start or end > whole.end:
            yield row_problem("score_period_wrong", text, "period_from")


def summary(found: Rulebook) -> str:
    """One line about a usable table: how many rows, points, classes, deductions, caps."""
    judged = sum(criterion.award is Award.JUDGEMENT for criterion in found.criteria)
    return say(
        "scoring.score_table.summary", rows=len(found.criteria), total=number(found.total or Decimal(0)),
        bands=len(found.bands), deductions=len(found.deductions), caps=len(found.caps), judged=judged,
    )
