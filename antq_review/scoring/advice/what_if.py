"""The effect of a change: it is made to a copy of the evidence in memory, and the copy is judged by the same rules.

Only criteria and goals that read a changed table are judged again; the others keep their result
(`tests/scoring/advice/test_what_if.py` compares this with judging everything again).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from antq_review.forms.columns import Row
from antq_review.forms.sheets import sheet_named, table_named
from antq_review.ingest.model import Copy, Evidence, EvidenceRow, TableData
from antq_review.rules import Rulebook, provisions
from antq_review.rules.model import Provision
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.judging.criteria import judge
from antq_review.scoring.judging.plan import judge_plan
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.base import READ_BY_ALL
from antq_review.scoring.model.review import Finding, Goal, TextReview
from antq_review.text import day as shown_day

_MEETING = frozenset({"self_scores", "meetings"})

#: (field, value) pairs of one row. Any: the value has the type of its column.
Values = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Declaring:
    """All copies of a form are declared complete up to a day.

    `units`: units that hand in a new, otherwise empty copy.
    """

    sheet: str
    day: date
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Adding:
    """A new row in a table.

    `rest`: further cells that only the school can fill, with values that no text asks for; no sentence names them. A
    blank cell in their place could leave a result open that the school's own row will settle.
    """

    table: str
    values: Values
    rest: Values = ()

    @property
    def cells(self) -> Values:
        """Every filled cell of the row."""
        return (*self.values, *self.rest)


def placeholder(what: str, number: int) -> str:
    """What stands in a cell of an added row where only the school can say it. It is part of no sentence."""
    return f"new_{what}_{number}"


@dataclass(frozen=True)
class Setting:
    """New values for cells of an existing row, which is identified by its place."""

    table: str
    file: str
    sheet: str
    number: int
    values: Values
    code: str = ""

    @classmethod
    def of(cls, row: EvidenceRow[Row], **values: object) -> Setting:
        """New values for cells of this row."""
        return cls(row.table, row.file, row.sheet, row.number, tuple(values.items()), row.id)


@dataclass(frozen=True)
class EvidenceChange:
    """The changes that a step makes to the evidence."""

    declaring: tuple[Declaring, ...] = ()
    adding: tuple[Adding, ...] = ()
    setting: tuple[Setting, ...] = ()

    def __add__(self, other: EvidenceChange) -> EvidenceChange:
        return EvidenceChange(
            tuple(dict.fromkeys((*self.declaring, *other.declaring))), tuple(dict.fromkeys((*self.adding, *other.adding))),
            tuple(dict.fromkeys((*self.setting, *other.setting))),
        )

    @property
    def size(self) -> int:
        """Number of forms declared, rows added and rows filled in."""
        return len(self.declaring) + len(self.adding) + len(self.setting)

    @property
    def tables(self) -> frozenset[str]:
        """The changed tables. Declaring a form changes all its tables."""
        declared = (table.name for one in self.declaring for table in sheet_named(one.sheet).tables)
        return frozenset((*declared, *self._with_other_rows))

    @property
    def parts(self) -> frozenset[str]:
        """The tables with other rows, and the forms that are declared otherwise: what an index of the copy cannot share."""
        return frozenset((*(one.sheet for one in self.declaring), *self._with_other_rows))

    @property
    def _with_other_rows(self) -> Iterator[str]:
        yield from (one.table for one in self.adding)
        yield from (one.table for one in self.setting)


def applied(evidence: Evidence, change: EvidenceChange) -> Evidence:
    """A copy of the evidence with the change; the evidence itself is not changed."""
    tables = dict(evidence.tables)
    for number, row in enumerate(change.adding, start=1):
        data = tables.get(row.table, TableData())
        tables[row.table] = TableData([*data.rows, _new_row(row, number)], data.refused)
    for one in change.setting:
        data = tables[one.table]
        place = (one.file, one.sheet, one.number)
        tables[one.table] = TableData(
            [_with(row, one.values) if (row.file, row.sheet, row.number) == place else row for row in data.rows], data.refused
        )
    copies = list(evidence.copies)
    for form in change.declaring:
        copies = [_declared(copy, form) if copy.sheet == form.sheet else copy for copy in copies]
        copies += [Copy(form.sheet, "", sheet_named(form.sheet).title, unit, form.day, None) for unit in form.units]
    return replace(evidence, tables=tables, copies=copies)


def _declared(copy: Copy, form: Declaring) -> Copy:
    return replace(copy, declared_until=max(copy.declared_until or form.day, form.day))


def _new_row(added: Adding, number: int) -> EvidenceRow[Row]:
    """A row without a place in a file. Its line number is negative, so that no existing row has the same place."""
    sheet, table = table_named(added.table)
    code = str(dict(added.cells).get("id") or f"?{added.table}-{number}")
    row = EvidenceRow(code, added.table, table.row(), "", sheet.title, -number, {}, {})
    return _with(row, added.cells)


def _with(row: EvidenceRow[Row], values: Values) -> EvidenceRow[Row]:
    shown = {name: shown_day(value) if isinstance(value, date) else str(value) for name, value in values}
    return replace(row, values=row.values.model_copy(update=dict(values)), shown={**row.shown, **shown})


# --- judged again ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Baseline:
    """The present state of a school: its evidence with what was looked up in it, the judged texts and plan.

    `summed`: findings of a text → its review.
    """

    index: Index
    rulebooks: Sequence[Rulebook]
    texts: Sequence[TextReview]
    goals: Sequence[Goal]
    year: int
    as_of: date
    summed: Callable[[Rulebook, tuple[Finding, ...], Index], TextReview] = field(repr=False)

    @property
    def evidence(self) -> Evidence:
        return self.index.evidence


@dataclass(frozen=True)
class Scenario:
    """The judged texts and plan after a change."""

    texts: tuple[TextReview, ...]
    goals: tuple[Goal, ...]


def outlook(standing: Baseline, change: EvidenceChange) -> Scenario:
    """Judge a copy with the change: only the criteria and goals that read a changed table."""
    evidence = applied(standing.evidence, change)
    index, touched = Index(evidence, standing.index, change.parts), change.tables
    texts = tuple(
        _text_again(standing, text, rulebook, touched, evidence, index)
        for text, rulebook in zip(standing.texts, standing.rulebooks, strict=True)
    )
    known = {} if touched & (READ_BY_ALL | {"plan"}) else _untouched(standing.goals, touched)
    return Scenario(texts, judge_plan(evidence, standing.year, standing.as_of, index, known))


def _text_again(
    standing: Baseline, text: TextReview, rulebook: Rulebook, touched: frozenset[str], evidence: Evidence, index: Index
) -> TextReview:
    again = tuple(one for one in rulebook.criteria if touched & (_tables_of(one) | _MEETING | READ_BY_ALL))
    beside = bool(rulebook.deductions or rulebook.caps)
    if not again and not beside:
        return text
    part = rulebook.model_copy(update={"criteria": again})
    changed = {one.id: one for one in judge(part, evidence, standing.year, standing.as_of, index)}
    findings = tuple(changed.get(one.id, one) for one in text.findings)
    return text if findings == text.findings and not beside else standing.summed(rulebook, findings, index)


def _untouched(goals: Iterable[Goal], touched: frozenset[str]) -> Mapping[str, Goal]:
    return {goal.id: goal for goal in goals if not touched & _read_by(tuple(part.measure for part in goal.parts))}


def _tables_of(criterion: Provision) -> frozenset[str]:
    """The tables on which the judgement of a criterion rests."""
    names = []
    for one in provisions(criterion):
        names += [one.measure or "", (one.applies.measure or "") if one.applies else ""]
    return _read_by(tuple(names))


@cache
def _read_by(measures: tuple[str, ...]) -> frozenset[str]:
    """The tables that these measures read."""
    known = registry()
    return frozenset().union(*(known[name].reads for name in measures if name in known))
