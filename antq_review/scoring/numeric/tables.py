"""The numeric annex PL1–PL10: every number of the year-end report once, as data, with the cells it comes from.

Periods: PL1 the days of the headcounts; PL2–PL9 the assessment period up to the day of the review; PL10 the texts' periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from antq_review.forms import choices as lists
from antq_review.ingest.model import EvidenceRow
from antq_review.period import Period
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.window import EvidenceWindow, units_of
from antq_review.scoring.measures.participation import audiences_of
from antq_review.scoring.model.numeric_tables import How, NumericTable
from antq_review.scoring.model.review import DeductionFinding, Finding, TextReview, criterion_label
from antq_review.scoring.numeric import papers as numeric_papers
from antq_review.scoring.numeric import people as numeric_people
from antq_review.scoring.numeric import safety as numeric_safety
from antq_review.scoring.numeric.rows import NumericLines, line, note, unit
from antq_review.source import CellRef
from antq_review.text import day, number, say


def tables(index: Index, texts: Sequence[TextReview], year: int, as_of: date) -> tuple[NumericTable, ...]:
    """PL1–PL10 of one school and year. `texts`: the judged texts; the first one's period is the assessment period."""
    look = EvidenceWindow(index.evidence, Period(texts[0].period_start, texts[0].period_end), as_of, year, index)
    return (
        size(look), numeric_papers.papers(look), numeric_people.outreach(look), numeric_papers.models(look),
        numeric_safety.conditions(look), numeric_papers.coordination(look), numeric_safety.incidents(look),
        numeric_people.support(look), numeric_papers.commendations(look), self_assessment(look, texts),
    )


# --- PL1 -----------------------------------------------------------------------------------------------------------


def size(look: EvidenceWindow) -> NumericTable:
    """PL1: people by audience on the latest counting day in the window or before it, and units of the profile.

    Unit: people, units. An audience nobody counted has no number; units stand on a sheet without declaration, so none is no
    number either.
    """
    lines = NumericLines("PL1", look)
    everyone = audiences_of(look, ("everyone",))
    days: list[date] = []
    for group, every in (("staff", lists.STAFF), ("pupils", lists.PUPILS)):
        lines.under(group)
        days += _heads(lines, [name for name in every if name in everyone], group)
    lines.under("units")
    for kind in ("subject_group", "office"):
        rows = units_of(look.evidence, (kind,))
        lines.put(
            f"units.{kind}", lists.UNIT_KINDS.label(kind), unit("unit"), len(rows) or None, How.COUNTED,
            look.cells(rows, ("name",)), note="" if rows else note("not_in_profile"),
        )
    profile = look.evidence.profile
    classes = profile.class_count or None if profile else None  # a school without a class has not said how many
    lines.put(
        "classes", line("classes"), unit("class"), classes, How.ENTERED, _profile_cells(look, "class_count") if classes else (),
        note="" if classes else note("not_in_profile"),
    )
    last = look.window.end
    return lines.table().model_copy(update={"period_start": min(days, default=last), "period_end": max(days, default=last)})


def _heads(lines: NumericLines, audiences: Sequence[str], group: str) -> list[date]:
    """One line for each audience and one for all of them; the days on which they were counted."""
    look, counts = lines.look, {}
    for name in audiences:
        counts[name] = look.index.headcount(name, look.window.end)
    known = [base for base in counts.values() if base is not None]
    whole = len(known) == len(counts) and bool(known)
    lines.put(
        f"people.{group}", line(f"all_{group}"), unit("people"), sum(base.count for base in known) if whole else None,
        How.SUMMED, [cell for base in known for cell in base.cells], note="" if whole else note("not_in_profile"),
    )
    days = []
    for name, base in counts.items():
        on = [row.get("counted_on") for row in _counted(look, name)]
        latest = max(on, default=None)
        without = name == "guards" and base is None and _no_guards(look)
        said = note("counted_on", day=day(latest)) if base and latest else note("no_guard_force" if without else "not_in_profile")
        cells = base.cells if base else _profile_cells(look, "has_guard_force") if without else ()
        lines.put(
            f"people.{name}", lists.AUDIENCES.label(name), unit("people"), base.count if base else 0 if without else None,
            How.SUMMED if base and len(base.cells) > 1 else How.ENTERED, cells, note=said,
        )
        days += [latest] if base and latest else []
    return days


def _counted(look: EvidenceWindow, audience: str) -> list[EvidenceRow]:
    return [
        row for row in look.evidence.rows("headcounts")
        if row.get("audience") == audience and row.get("counted_on") <= look.window.end
    ]


def _profile_cells(look: EvidenceWindow, name: str) -> tuple[CellRef, ...]:
    row = look.evidence.profile_row
    return row.cells((name,)) if row is not None else ()


def _no_guards(look: EvidenceWindow) -> bool:
    return look.evidence.profile is not None and look.evidence.profile.has_guard_force == "no"


# --- PL10 ----------------------------------------------------------------------------------------------------------


def self_assessment(look: EvidenceWindow, texts: Sequence[TextReview]) -> NumericTable:
    """PL10: what a concluded meeting gave each criterion of each text. Unit: points, or đạt / chưa đạt.

    Without a concluded meeting there is no number, whatever the evidence says: that stands in the tables of the texts.
    """
    lines = NumericLines("PL10", look)
    for text in texts:
        lines.group = text.short
        for finding in text.findings:
            _own_line(lines, text, finding)
        for taken in text.deductions:
            _own_deduction(lines, text, taken)
        if text.total is not None:
            _own_total(lines, text, text.total)
    start, end = min(text.period_start for text in texts), max(text.period_end for text in texts)
    return lines.table().model_copy(update={"period_start": start, "period_end": end})


def _own_line(lines: NumericLines, text: TextReview, finding: Finding) -> None:
    own = finding.self_score
    concluded = own is not None and own.concluded
    label = say(f"numeric.{'criterion' if text.total is None else 'item'}", id=criterion_label(finding.id), title=finding.title)
    label = finding.title if finding.award.value == "unread" else label
    key, cells = f"{text.id}.{finding.id}", own.cells if own and concluded else ()
    if finding.award.value == "unread":
        shown = say("numeric.standard", points=number(finding.points or 0))
        lines.put(key, label, shown, None, How.ENTERED, note=note("unread"))
    elif text.total is None:
        result = lists.RESULTS.label(own.result) if own and concluded and own.result else ""
        said = "" if result else note("not_concluded")
        lines.put(key, label, unit("result"), None, How.ENTERED, cells, note=said, words_shown=result)
    else:
        points = own.points if own and concluded else None
        said = "" if points is not None else note("not_concluded")
        lines.put(key, label, say("numeric.standard", points=number(finding.points or 0)), points, How.ENTERED, cells, note=said)


def _own_deduction(lines: NumericLines, text: TextReview, taken: DeductionFinding) -> None:
    """Points taken away stand below 0, so that the lines add up to the total."""
    own = -taken.self_points if taken.concluded and taken.self_points is not None else None
    label = say("numeric.item", id=criterion_label(taken.id), title=taken.text)
    said = "" if own is not None else note("not_concluded")
    lines.put(f"{text.id}.{taken.id}", label, unit("points"), own, How.ENTERED, note=said)


def _own_total(lines: NumericLines, text: TextReview, total: Decimal) -> None:
    """The sum less what is taken away, only where every item and deduction has its points: a part of a total is no total."""
    own = text.own_total()
    shown = say("numeric.standard", points=number(total))
    lines.put(f"{text.id}.total", line("own_total"), shown, own, How.SUMMED, note="" if own is not None else note("not_enough"))
