"""A school's own score table, typed from its paper form, as a rulebook that replaces Decision 510 for that school.

No fault is silent: every fault names its cell, and a table with a fault is not used at all. The paper has only four
columns; a row whose further columns are blank is judged by the meeting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from antq_review.forms.choices import ScoreColumn, ScoreTableKind
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.score_table import ScoreCap, ScoreDeduction, ScoreRow, ScoreText
from antq_review.forms.sheets import SCORE_TABLE
from antq_review.ingest.model import Evidence, EvidenceRow, Problem, Severity
from antq_review.ingest.problems import problem
from antq_review.ingest.row_problems import row_problem
from antq_review.period import Period
from antq_review.rules import Award, Rulebook, rulebook, span
from antq_review.rules.validity import PeriodRule
from antq_review.scoring.score_table.bonus import bonus_faults, highest_total
from antq_review.scoring.score_table.extras import bands_of, caps_of, deductions_of
from antq_review.scoring.score_table.files import filled_files, of_files, several_tables
from antq_review.scoring.score_table.lines import ScoreLines, known_rows
from antq_review.scoring.score_table.meeting import blank_meeting, head_of
from antq_review.scoring.score_table.rows import provisions_of
from antq_review.text import Message, fold, literal, tell

#: The text that a school's table replaces, and the folder of its rulebook.
COMPLETES, FOLDER = "qd_510", "qd_510_2022"


def blank_rows() -> list[dict[str, object]]:
    """The rows that a blank score table already contains."""
    return known_rows(rulebook(COMPLETES))


#: The longest printed table that is known has some eighty lines.
MOST_ROWS = 300


@dataclass(frozen=True)
class ScoreTable:
    """`rulebook` None: there is no table, it is not filled in, it has a fault (`problems`), or there are `several`."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]
    several: bool = False

    @property
    def faulty(self) -> bool:
        """Is there an error, so that the table is not used?"""
        return any(entry.severity is Severity.ERROR for entry in self.problems)


def score_table(evidence: Evidence) -> ScoreTable:
    """The table in the evidence folder, with every fault and its cell. If two tables are filled in, none is used."""
    files = filled_files(evidence, blank_rows())
    if len(files) > 1:
        return ScoreTable(None, (several_tables(files),), several=True)
    evidence = of_files(evidence, files)
    unnamed = blank_meeting(evidence, COMPLETES)
    if not _filled_in(evidence):
        return ScoreTable(None, tuple(unnamed))
    if too_long := tuple(_too_long(evidence)):
        return ScoreTable(None, too_long)
    base = rulebook(COMPLETES)
    head = head_of(evidence)
    text = head.values if head is not None else ScoreText()
    lines = ScoreLines.of(evidence, base, _source(text), _total(text, base), text.bonus_most)
    criteria, problems = provisions_of(lines)
    bands, band_faults = bands_of(evidence, lines.total, highest_total(lines, text))
    extras = [deductions_of(evidence, lines), caps_of(evidence, lines, bands)]
    problems += [*unnamed, *_head_faults(evidence, head), *lines.faults(), *bonus_faults(lines, head), *band_faults]
    problems += [fault for _, found in extras for fault in found]
    refused = [cell for name in SCORE_TABLE for cell in evidence.refused(name)]
    faults = sum(entry.severity is Severity.ERROR for entry in problems) + len(refused)
    if faults:
        row = lines.rows[0] if lines.rows else None
        where = {"file": row.file, "sheet": row.sheet} if row else {"file": refused[0].file, "sheet": refused[0].sheet}
        problems.append(problem("score_table_not_used", forms=("thang_diem",), count=faults, **where))
        return ScoreTable(None, tuple(problems))
    (deductions, _), (caps, _) = extras
    found = base.model_copy(update={
        **_identity(text, base), "completes": FOLDER, "total": lines.total, "bonus_most": text.bonus_most,
        "never_over": text.never_over, "criteria": tuple(criteria),
        "headings": lines.headings(), "bands": bands, "deductions": deductions, "caps": caps,
        "gaps": (tell("scoring.score_table.typed", source=_source(text)), *([] if bands else [tell("scoring.score_table.no_bands")])),
        **_period(text),
    })
    return ScoreTable(found, tuple(problems))


def _too_long(evidence: Evidence) -> Iterator[Problem]:
    """A table with more lines than any printed one. It is not read further, because time grows with their square."""
    for model in (ScoreRow, ScoreDeduction, ScoreCap):
        rows = evidence.of(model)
        if len(rows) > MOST_ROWS:
            yield problem(
                "score_too_long", file=rows[0].file, sheet=rows[0].sheet, forms=("thang_diem",), count=len(rows), most=MOST_ROWS
            )


def _filled_in(evidence: Evidence) -> bool:
    """Does the table contain more than the blank table?"""
    known = {(fold(str(row["number"])), fold(str(row["text"]))) for row in known_rows(rulebook(COMPLETES))}
    own = {(fold(row.values.number), fold(row.values.text)) for row in evidence.of(ScoreRow)}
    return bool(own - known or any(evidence.refused(name) for name in SCORE_TABLE)) and bool(
        own or evidence.refused("score_rows")
    )


def _source(text: ScoreText) -> str:
    return text.source or ""


def _total(text: ScoreText, base: Rulebook) -> Decimal:
    assert base.total is not None
    return text.total if text.total is not None else base.total


# --- identity, confirmation and period of the table ------------------------------------------------------------------


def confirmed_by(text: ScoreText) -> tuple[str, ...]:
    """The person who typed the table in and the person who checked it. Empty: not confirmed, or one person did both."""
    names = (text.entered_by or "", text.checked_by or "")
    return names if all(names) and _person(names[0]) != _person(names[1]) else ()


def _person(written: str) -> str:
    """A name without the post that follows the comma."""
    return fold(written.partition(",")[0])


def _identity(text: ScoreText, base: Rulebook) -> dict[str, object]:
    names = confirmed_by(text)
    illustrative = text.illustrative == YesNo.YES
    province = text.completes == ScoreTableKind.PROVINCE
    own = text.number or base.number
    short = literal(own) if province else base.short
    if illustrative or not names:
        short = tell(f"scoring.score_table.short_{'illustrative' if illustrative else 'draft'}", text=short)
    identity: dict[str, object] = {
        "short": short, "illustrative": illustrative, "draft": not names, "confirmed_by": names,
        "score_columns": tuple((text.score_columns or str(ScoreColumn.OWN)).split(";")),
    }
    if province:
        identity |= {
            "number": own, "issuer": str(text.issuer), "signed_on": text.signed_on,
            "title": tell("scoring.score_table.province", number=own, text=base.number),
        }
    return identity


def _period(text: ScoreText) -> dict[str, object]:
    if text.period_from is None or text.period_to is None:
        return {}
    own = Period(text.period_from, text.period_to)
    return {"period": PeriodRule(
        start_month=own.start.month, start_day=own.start.day, start_year_offset=own.start.year - own.end.year,
        end_month=own.end.month, end_day=own.end.day, citation=_source(text), confidence="SCHOOL",
    )}


def _head_faults(evidence: Evidence, head: EvidenceRow[ScoreText] | None) -> Iterator[Problem]:
    if head is None:
        first = next(iter(evidence.of(ScoreRow)), None)
        if first is not None:
            yield row_problem("score_no_source", first, "citation")
        return
    text = head.values
    yield from (row_problem("score_text_twice", other, "source") for other in evidence.of(ScoreText)[1:])
    if not text.source:
        yield row_problem("score_no_source", head, "source")
    if text.entered_by and text.checked_by and not confirmed_by(text):
        yield row_problem("score_same_person", head, "checked_by")
    if text.completes == ScoreTableKind.PROVINCE:
        for name in ("number", "issuer", "signed_on"):
            if not head.value_of(name):
                yield row_problem("score_province_blank", head, name)
    yield from _period_faults(evidence, head)


def _period_faults(evidence: Evidence, head: EvidenceRow[ScoreText]) -> Iterator[Problem]:
    start, end = head.values.period_from, head.values.period_to
    if (start is None) != (end is None):
        yield row_problem("score_period_half", head, "period_to" if end is None else "period_from")
    elif start is not None and end is not None:
        whole = span(evidence.year or end.year)
        if start >= end or start < whole.start or end > whole.end:
            yield row_problem("score_period_wrong", head, "period_from")


def summary(found: Rulebook) -> Message:
    """One line about a usable table: the number of rows, points, classes, deductions and caps."""
    judged = sum(criterion.award is Award.JUDGEMENT for criterion in found.criteria)
    return tell(
        "scoring.score_table.summary", rows=len(found.criteria), total=found.total or Decimal(0),
        bands=len(found.bands), deductions=len(found.deductions), caps=len(found.caps), judged=judged,
    )
