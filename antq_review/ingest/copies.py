"""Copies of a form: two pages of one form and one unit whose rows are mostly the same, whatever their files are called.

A corrected copy beside the old one is no second unit. Rows that all copies have count once; a row that differs counts in
none of them, because nobody has said which copy is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from antq_review.forms.columns import Row
from antq_review.forms.sheets import SCORE_TABLE
from antq_review.ingest.folder import copy_of
from antq_review.ingest.model import EvidenceRow, Problem
from antq_review.ingest.problems import problem
from antq_review.ingest.school import FormPage
from antq_review.source import CellRef
from antq_review.text import fold

#: Fewer equal rows are no sign of a copy: two units may report the same few events. A file that is named as a copy of
#: another needs one only.
_FEWEST = 3

RowKey = tuple[object, ...]


@dataclass(frozen=True)
class _Copied:
    """A copy, its rows that the first page does not have, and the number of those that both have."""

    page: FormPage
    lonely: tuple[str, ...]
    same: int


@dataclass
class CopiedForm:
    """One form with all its copies. `first` is read.

    `differing`: table → rows that count nowhere; `lonely`: each other copy with the cells of its differing rows; `same`: the number
    of rows that all copies have.
    """

    first: FormPage
    others: list[FormPage] = field(default_factory=list)
    differing: dict[str, list[EvidenceRow[Row]]] = field(default_factory=dict)
    lonely: list[tuple[FormPage, tuple[str, ...]]] = field(default_factory=list)
    same: int = 0

    @property
    def unit(self) -> str:
        """The unit that one of the copies names."""
        return next((page.unit for page in (self.first, *self.others) if page.unit), "")

    def codes(self, table: str) -> set[str]:
        """The codes of a table's differing rows, folded."""
        return {fold(row.id) for row in self.differing.get(table, ()) if row.id}

    def refused(self, table: str) -> list[CellRef]:
        """The first cells of a table's differing rows."""
        return [row.cell(next(iter(row.columns))) for row in self.differing.get(table, ())]

    @property
    def declaring(self) -> FormPage:
        """The copy that declares least: a form is complete only as far as all its copies say."""
        pages = [self.first, *self.others]
        undeclared = [page for page in pages if page.declared_until is None]
        return undeclared[0] if undeclared else min(pages, key=lambda page: str(page.declared_until))


def copied_forms(pages: Sequence[FormPage]) -> list[CopiedForm]:
    """Every page once, each with its copies, in the order of the pages."""
    forms: list[CopiedForm] = []
    keys: dict[int, Counter[RowKey]] = {}
    for page in pages:
        keys[id(page)] = _keys(page)
        own = next((form for form in forms if _is_copy(page, form.first, keys[id(page)], keys[id(form.first)])), None)
        if own is None:
            forms.append(CopiedForm(page))
        else:
            own.others.append(page)
    for form in forms:
        if form.others:
            _settle(form, keys)
    return forms


def _is_copy(page: FormPage, first: FormPage, own: Counter[RowKey], other: Counter[RowKey]) -> bool:
    if page.sheet is not first.sheet or any(table.name in SCORE_TABLE for table in page.sheet.tables):
        return False  # scoring.score_table chooses between two score tables and reports it
    units = {fold(page.unit), fold(first.unit)} - {""}
    if len(units) > 1:
        return False
    same, smaller = (own & other).total(), min(own.total(), other.total())
    named = copy_of(page.file, [first.file]) or copy_of(first.file, [page.file])
    return same >= (1 if named else min(_FEWEST, max(own.total(), other.total(), 1))) and 2 * same > smaller


def _rows(page: FormPage) -> Iterator[EvidenceRow[Row]]:
    for table in page.tables:
        if not table.table.downwards:
            yield from table.rows


def _key(row: EvidenceRow[Row]) -> RowKey:
    """Everything that the row says, but its note."""
    said = vars(row.values).items()  # in the order of the fields
    return (row.table, *(fold(value) if type(value) is str else value for name, value in said if name != "note"))


def _keys(page: FormPage) -> Counter[RowKey]:
    return Counter(_key(row) for row in _rows(page))


def _settle(form: CopiedForm, keys: dict[int, Counter[RowKey]]) -> None:
    """Leave the rows that all copies have in the first; all other rows, and the lines that were not read, are differing."""
    every = keys[id(form.first)].copy()
    for page in form.others:
        every &= keys[id(page)]
    form.same = every.total()
    for page in [form.first, *form.others]:
        left = every.copy()
        lonely: list[str] = []
        for table in page.tables:
            if table.table.downwards:
                continue
            kept = []
            for row in table.rows:
                if left[key := _key(row)] > 0:
                    left[key] -= 1
                    kept.append(row)
                    continue
                lonely.append(row.cell(next(iter(row.columns))).cell)
                form.differing.setdefault(table.table.name, []).append(row)
            table.rows = kept
        if page is not form.first:
            form.lonely.append((page, tuple(lonely)))


def copy_problems(forms: Sequence[CopiedForm]) -> list[Problem]:
    """One problem for each file that has copies of the forms of another file, with the rows that differ."""
    pairs: dict[tuple[str, str], list[_Copied]] = {}
    for form in forms:
        for page, lonely in form.lonely:
            other = form.first.file if form.first.file != page.file else f"{form.first.file} › {form.first.title}"
            pairs.setdefault((page.file, other), []).append(_Copied(page, lonely, form.same))
    found = []
    for (file, other), copied in pairs.items():
        told = [one for one in copied if one.lonely] or copied[:1]
        same, differing = sum(one.same for one in copied), sum(len(one.lonely) for one in copied)
        for one in told:
            found.append(problem(
                "copy_of_form", file=file, sheet=one.page.title if one.lonely or len(copied) == 1 else "", cells=one.lonely,
                other=other, same=same, differing=differing, forms=[page.page.sheet.name for page in copied],
            ))
    return found
