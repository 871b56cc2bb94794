"""The lines of the numeric annex. Each number is typed, counted or added up; some lines have no number.

A blank cell is not 0. A line is 0 only where its form is closed for the window and no row matched. Where a form is not
closed or has refused rows, a count is a lower bound, and a count of 0 gives no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from antq_review.forms.columns import Row
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures import evaluate
from antq_review.scoring.model.numeric_tables import How, NumericRow, NumericTable
from antq_review.scoring.model.outcome import Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import say, words


@dataclass
class NumericLines:
    """The lines of one table, in the order in which they are added. `group`: the heading of the lines added next."""

    id: str
    look: EvidenceWindow
    rows: list[NumericRow] = field(default_factory=list)
    open_forms: list[Reason] = field(default_factory=list)
    group: str = ""

    def under(self, group: str) -> None:
        """Start a new heading for the lines that follow."""
        self.group = say(f"numeric.groups.{group}")

    def put(
        self, key: str, label: str, unit: str, value: Decimal | int | None, how: How, cells: Iterable[CellRef] = (), *,
        note: str = "", at_least: bool = False, at_most: Decimal | None = None, words_shown: str = "",
    ) -> None:
        """Add a line with a given value. None: not known, and `note` contains the reason."""
        self.rows.append(
            NumericRow(
                key=key, group=self.group, label=label, unit=unit, value=None if value is None else Decimal(value),
                at_least=at_least, at_most=at_most, words=words_shown, how=how, cells=tuple(dict.fromkeys(cells)), note=note,
            )
        )

    def closed(self, table: str) -> bool:
        """Is the form of the table complete? If not, the reasons are kept for the notes below the table."""
        why = self.look.why_open(table)
        self.open_forms += [reason for reason in why if reason not in self.open_forms]
        return not why

    def found(self, key: str, label: str, unit: str, found: Measurement, tables: Sequence[str], note: str = "") -> None:
        """Add a measurement. Where it is open, the note contains the reasons of the measure."""
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
        """Add the result of a registered measure in the window: the same number as in criteria and goals."""
        self.found(key, label, unit, evaluate(measure, self.look, wanted), (table,), note)

    def counted(self, key: str, label: str, unit: str, table: str, rows: Sequence[EvidenceRow[Row]], day: str, note: str = "") -> None:
        """Add the number of rows. `day`: the field whose cells are shown as the source."""
        cells = self.look.cells(rows, (day,)) or self.look.declaration(table)
        if self.closed(table):
            self.put(key, label, unit, len(rows), How.COUNTED, cells, note=note)
            return
        notes = "; ".join(one for one in (note, say("numeric.notes.form_open")) if one)
        self.put(key, label, unit, len(rows) or None, How.COUNTED, cells, note=notes, at_least=bool(rows))

    def summed(self, key: str, label: str, unit: str, table: str, rows: Sequence[EvidenceRow[Row]], name: str, note: str = "") -> None:
        """Add the sum of one column over rows. A blank cell may stand for any number; the sum is then a lower bound."""
        filled = [row for row in rows if row.value_of(name) is not None]
        blank, whole = len(rows) - len(filled), self.closed(table)
        notes = [note]
        if blank:
            notes.append(say("numeric.notes.blank_cells", count=blank))
        if not whole:
            notes.append(say("numeric.notes.form_open"))
        total = sum((Decimal(row.value_of(name)) for row in filled), Decimal(0))
        sure = whole and not blank
        self.put(
            key, label, unit, total if sure or total else None, How.SUMMED,
            self.look.cells(filled, (name,)) or self.look.declaration(table),
            note="; ".join(one for one in notes if one), at_least=not sure and bool(total),
        )

    def entered(self, key: str, label: str, unit: str, row: EvidenceRow[Row] | None, name: str, note: str = "") -> None:
        """Add the number of one cell. Where the cell is blank or there is no row: no number."""
        value = None if row is None else row.value_of(name)
        why = note if value is not None else say("numeric.notes.no_row") if row is None else say("numeric.notes.blank_cells", count=1)
        self.put(key, label, unit, value, How.ENTERED, row.cells((name,)) if row is not None else (), note=why)

    def table(self) -> NumericTable:
        """The finished table for the window.

        Its notes name the forms that are not closed and the numbers that no form collects.
        """
        asked = words("numeric")["not_asked"].get(self.id)
        notes = [why.says for why in self.open_forms] + ([say("numeric.notes.not_asked", what=asked)] if asked else [])
        window = self.look.window
        return NumericTable(
            id=self.id, title=say(f"numeric.titles.{self.id}"), period_start=window.start, period_end=window.end,
            rows=tuple(self.rows), notes=tuple(notes),
        )


def one_a_row(cells: Iterable[CellRef]) -> list[CellRef]:
    """The first cell of every row: enough to find the row again."""
    first: dict[tuple[str, str, int], CellRef] = {}
    for cell in cells:
        first.setdefault((cell.file, cell.sheet, cell.row), cell)
    return list(first.values())


def lowered(label: str) -> str:
    """A label for use inside a sentence: `học sinh TH`."""
    return label[:1].lower() + label[1:]


def unit(name: str) -> str:
    """The word for a unit."""
    return say(f"numeric.units.{name}")


def line(name: str, **places: object) -> str:
    """The label of a line."""
    return say(f"numeric.rows.{name}", **places)


def note(name: str, **places: object) -> str:
    """A note beside a line."""
    return say(f"numeric.notes.{name}", **places)
