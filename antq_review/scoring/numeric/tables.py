"""The numeric annex PL1–PL10: every number of the year-end report once, as data, with the cells it comes from.

Periods: PL1 covers the days of the headcounts, PL2–PL9 the assessment period up to the day of the review, PL10 the
periods of the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from antq_review.forms import choices as lists
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.school import Headcount
from antq_review.ingest.model import EvidenceRow
from antq_review.period import Period
from antq_review.rules import Award
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
    """PL1–PL10 of one school and year. `texts`: the judged texts; the period of the first is the assessment period."""
    look = EvidenceWindow(index.evidence, Period(texts[0].period_start, texts[0].period_end), as_of, year, index)
    return (
        size(look), numeric_papers.papers(look), numeric_people.outreach(look), numeric_papers.models(look),
        numeric_safety.conditions(look), numeric_papers.coordination(look), numeric_safety.incidents(look),
        numeric_people.support(look), numeric_papers.commendations(look), self_assessment(look, texts),
    )


# --- PL1 -----------------------------------------------------------------------------------------------------------


def size(look: EvidenceWindow) -> NumericTable:
    """PL1: people by audience on the latest counting day in the window or before it, and units of the profile.

    Units: people, units. An audience without a headcount has no number. The sheet of units has no declaration, so a
    kind of unit without a row has no number either.
    """
    lines = NumericLines("PL1", look)
    everyone = audiences_of(look, ("everyone",))
    days: list[date] = []
    for group, every in (("staff", lists.STAFF), ("pupils", lists.PUPILS)):
        lines.under(group)
        days += _heads(lines, [name for name in every if name in everyone], group)
    lines.under("units")
    for kind in (lists.UnitKind.SUBJECT_GROUP, lists.UnitKind.OFFICE):
        rows = units_of(look.evidence, (kind,))
        lines.put(
            f"units.{kind}", lists.UnitKind.label_of(kind), unit("unit"), len(rows) or None, How.COUNTED,
            look.cells(rows, ("name",)), note="" if rows else note("not_in_profile"),
        )
    profile = look.evidence.profile
    classes = profile.class_count or None if profile else None  # every school has classes: 0 is treated as blank
    lines.put(
        "classes", line("classes"), unit("class"), classes, How.ENTERED, _profile_cells(look, "class_count") if classes else (),
        note="" if classes else note("not_in_profile"),
    )
    last = look.window.end
    return lines.table().model_copy(update={"period_start": min(days, default=last), "period_end": max(days, default=last)})


def _heads(lines: NumericLines, audiences: Sequence[str], group: str) -> list[date]:
    """Adds one line for each audience and one for all of them. Returns the days on which they were counted."""
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
        on = [row.values.counted_on for row in _counted(look, name)]
        latest = max(on, default=None)
        without = name == lists.Audience.GUARDS and base is None and _no_guards(look)
        said = note("counted_on", day=day(latest)) if base and latest else note("no_guard_force" if without else "not_in_profile")
        cells = base.cells if base else _profile_cells(look, "has_guard_force") if without else ()
        lines.put(
            f"people.{name}", lists.Audience.label_of(name), unit("people"), base.count if base else 0 if without else None,
            How.SUMMED if base and len(base.cells) > 1 else How.ENTERED, cells, note=said,
        )
        days += [latest] if base and latest else []
    return days


def _counted(look: EvidenceWindow, audience: str) -> list[EvidenceRow[Headcount]]:
    return [
        row for row in look.evidence.of(Headcount)
        if row.values.audience == audience and row.values.counted_on <= look.window.end
    ]


def _profile_cells(look: EvidenceWindow, name: str) -> tuple[CellRef, ...]:
    row = look.evidence.profile_row
    return row.cells((name,)) if row is not None else ()


def _no_guards(look: EvidenceWindow) -> bool:
    return look.evidence.profile is not None and look.evidence.profile.has_guard_force == YesNo.NO


# --- PL10 ----------------------------------------------------------------------------------------------------------


def self_assessment(look: EvidenceWindow, texts: Sequence[TextReview]) -> NumericTable:
    """PL10: the points or the result that a concluded meeting gave to each criterion. Unit: points, or đạt / chưa đạt.

    Without a concluded meeting there is no number. The result computed from the evidence is in the tables of the texts.
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
    label = finding.title if finding.award is Award.UNREAD else label
    key, cells = f"{text.id}.{finding.id}", own.cells if own and concluded else ()
    if finding.award is Award.UNREAD:
        shown = say("numeric.standard", points=number(finding.points or 0))
        lines.put(key, label, shown, None, How.ENTERED, note=note("unread"))
    elif text.total is None:
        result = lists.StandardResult.label_of(own.result) if own and concluded and own.result else ""
        said = "" if result else note("not_concluded")
        lines.put(key, label, unit("result"), None, How.ENTERED, cells, note=said, words_shown=result)
    else:
        points = own.points if own and concluded else None
        said = "" if points is not None else note("not_concluded")
        lines.put(key, label, say("numeric.standard", points=number(finding.points or 0)), points, How.ENTERED, cells, note=said)


def _own_deduction(lines: NumericLines, text: TextReview, taken: DeductionFinding) -> None:
    """Adds a deduction as a number below 0, so that the lines add up to the total."""
    own = -taken.self_points if taken.concluded and taken.self_points is not None else None
    label = say("numeric.item", id=criterion_label(taken.id), title=taken.text)
    said = "" if own is not None else note("not_concluded")
    lines.put(f"{text.id}.{taken.id}", label, unit("points"), own, How.ENTERED, note=said)


def _own_total(lines: NumericLines, text: TextReview, total: Decimal) -> None:
    """Adds the sum less the deductions.

    It needs the points of every item and deduction: a part of a total is no total.
    """
    own = text.own_total()
    shown = say("numeric.standard", points=number(total))
    lines.put(f"{text.id}.total", line("own_total"), shown, own, How.SUMMED, note="" if own is not None else note("not_enough"))
