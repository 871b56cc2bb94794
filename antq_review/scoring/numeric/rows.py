"""How a line of the numeric annex gets its number: typed, counted or added up, and when it has none.

Blank is not 0. A line is 0 only where its form is closed for the window and nothing matched; on a form that is not closed, or
with refused rows, a count is a lower end, and a count of none is no number at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures import evaluate
from antq_review.scoring.model.numeric_tables import How, NumericRow, NumericTable
from antq_review.scoring.model.outcome import Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import say, words


@dataclass
class NumericLines:
    """The lines of one table, in the order in which they are added. `group`: the heading the next lines stand under."""

    id: str
    look: EvidenceWindow
    rows: list[NumericRow] = field(default_factory=list)
    open_forms: list[Reason] = field(default_factory=list)
    group: str = ""

    def under(self, group: str) -> None:
        """The lines that follow stand under this heading."""
        self.group = say(f"numeric.groups.{group}")

    def put(
        self, key: str, label: str, unit: str, value: Decimal | int | None, how: How, cells: Iterable[CellRef] = (), *,
        note: str = "", at_least: bool = False, at_most: Decimal | None = None, words_shown: str = "",
    ) -> None:
        """Add a line whose number is known already (None: not known, `note` says why)."""
        self.rows.append(
            NumericRow(
                key=key, group=self.group, label=label, unit=unit, value=None if value is None else Decimal(value),
                at_least=at_least, at_most=at_most, words=words_shown, how=how, cells=tuple(dict.fromkeys(cells)), note=note,
            )
        )

    def closed(self, table: str) -> bool:
        """Is nothing missing from the form of the table? What is, is remembered for the words below the table."""
        why = self.look.why_open(table)
        self.open_forms += [reason for reason in why if reason not in self.open_forms]
        return not why

    def found(self, key: str, label: str, unit: str, found: Measurement, tables: Sequence[str], note: str = "") -> None:
        """Add what a measure counted, in the measure's own words about what is open."""
        whole = all([self.closed(table) for table in tables])
        own = [why.says for why in found.reasons if why not in self.open_forms]
        notes = [note, *own] if not found.settled else [note]
        if not found.settled and not whole:
            notes.append(say("numeric.notes.form_open"))
        nothing = found.low == 0 and not found.settled
        self.put(
            key, label, unit, None if nothing else found.low, How.COUNTED, one_a_row(found.cells),
            note="; ".join(dict.fromkeys(one for one in notes if one)), at_least=not found.settled and not nothing,
            at_most=None if found.settled else found.high,
        )

    def measured(
        self, key: str, label: str, unit: str, measure: str, table: str, wanted: Filter = MappingProxyType({}), *, note: str = ""
    ) -> None:
        """Add what a registered measure finds in the window: the same count as everywhere else."""
        self.found(key, label, unit, evaluate(measure, self.look, wanted), (table,), note)

    def counted(self, key: str, label: str, unit: str, table: str, rows: Sequence[EvidenceRow], day: str, note: str = "") -> None:
        """Add the number of rows."""
        cells = self.look.cells(rows, (day,)) or self.look.declaration(table)
        if self.closed(table):
            self.put(key, label, unit, len(rows), How.COUNTED, cells, note=note)
            return
        notes = "; ".join(one for one in (note, say("numeric.notes.form_open")) if one)
        self.put(key, label, unit, len(rows) or None, How.COUNTED, cells, note=notes, at_least=bool(rows))

    def summed(self, key: str, label: str, unit: str, table: str, rows: Sequence[EvidenceRow], name: str, note: str = "") -> None:
        """Add the sum of one column over rows. A blank cell may hold any number: the sum is a lower end."""
        filled = [row for row in rows if row.get(name) is not None]
        blank, whole = len(rows) - len(filled), self.closed(table)
        notes = [note]
        if blank:
            notes.append(say("numeric.notes.blank_cells", count=blank))
        if not whole:
            notes.append(say("numeric.notes.form_open"))
        total = sum((Decimal(row.get(name)) for row in filled), Decimal(0))
        sure = whole and not blank
        self.put(
            key, label, unit, total if sure or total else None, How.SUMMED,
            self.look.cells(filled, (name,)) or self.look.declaration(table),
            note="; ".join(one for one in notes if one), at_least=not sure and bool(total),
        )

    def entered(self, key: str, label: str, unit: str, row: EvidenceRow | None, name: str, note: str = "") -> None:
        """Add one typed cell; blank or without its row: no number."""
        value = None if row is None else row.get(name)
        why = note if value is not None else say("numeric.notes.no_row") if row is None else say("numeric.notes.blank_cells", count=1)
        self.put(key, label, unit, value, How.ENTERED, row.cells((name,)) if row is not None else (), note=why)

    def table(self) -> NumericTable:
        """The finished table, over the window; below it what is not closed and what no form asks."""
        asked = words("numeric")["not_asked"].get(self.id)
        notes = [why.says for why in self.open_forms] + ([say("numeric.notes.not_asked", what=asked)] if asked else [])
        window = self.look.window
        return NumericTable(
            id=self.id, title=say(f"numeric.titles.{self.id}"), period_start=window.start, period_end=window.end,
            rows=tuple(self.rows), notes=tuple(notes),
        )


def one_a_row(cells: Iterable[CellRef]) -> list[CellRef]:
    """The first cell of every row: enough to walk back to it."""
    first: dict[tuple[str, str, int], CellRef] = {}
    for cell in cells:
        first.setdefault((cell.file, cell.sheet, cell.row), cell)
    return list(first.values())


def lowered(label: str) -> str:
    """A label inside a sentence: `học sinh TH`."""
    return label[:1].lower() + label[1:]


def unit(name: str) -> str:
    """A unit's word."""
    return say(f"numeric.units.{name}")


def line(name: str, **places: object) -> str:
    """A line's label."""
    return say(f"numeric.rows.{name}", **places)


def note(name: str, **places: object) -> str:
    """A note beside a line."""
    return say(f"numeric.notes.{name}", **places)
