"""Fills the lines of a table. Each number is typed, counted or added up; some lines have no number.

A blank cell is not 0. A line is 0 only where its form is closed for the window and no row matched. Where a form is not
closed or has refused rows, a count is a lower bound, and a count of 0 gives no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from antq_review.forms.columns import Row
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.model.numeric_tables import How, NumericRow, NumericTable
from antq_review.scoring.model.outcome import Measurement, Reason
from antq_review.scoring.model.review import TextReview
from antq_review.scoring.numeric.lines import Line, TableLines
from antq_review.scoring.numeric.notes import note, one_note
from antq_review.source import CellRef
from antq_review.text import SILENT, Message, tell, words


@dataclass
class NumericLines:
    """The lines of one table, in the order in which they are added. `group`: the heading of the lines added next.

    `texts`: the judged texts of the review; only the self-scores need them.
    """

    look: EvidenceWindow
    texts: Sequence[TextReview] = ()
    rows: list[NumericRow] = field(default_factory=list)
    open_forms: list[Reason] = field(default_factory=list)
    group: Message = SILENT

    @property
    def pupils(self) -> Message:
        """The school's word for its pupils."""
        return self.look.evidence.pupils

    def put(
        self, line: Line, value: Decimal | int | None, how: How, cells: Iterable[CellRef] = (), *, note: Message = SILENT,
        at_least: bool = False, at_most: Decimal | None = None, words_shown: Message = SILENT, key: str = "",
        label: Message | None = None, unit: Message | None = None,
    ) -> None:
        """Add a line with a given value. None: not known, and `note` contains the reason.

        `key`, `label`, `unit`: of a line of which the declaration is free.
        """
        self.rows.append(
            NumericRow(
                key=key or line.key, group=self.group, label=label or line.title(self.look.year, self.pupils),
                unit=unit or tell(f"numeric.units.{line.unit}", pupils=self.pupils), value=None if value is None else Decimal(value),
                at_least=at_least, at_most=at_most, words=words_shown, how=how, cells=tuple(dict.fromkeys(cells)), note=note,
            )
        )

    def closed(self, table: str) -> bool:
        """Is the form of the table complete? If not, the reasons are kept for the notes below the table."""
        why = self.look.why_open(table)
        self.open_forms += [reason for reason in why if reason not in self.open_forms]
        return not why

    def found(self, line: Line, found: Measurement, table: str, said: Message = SILENT, how: How = How.COUNTED) -> None:
        """Add a measurement. Where it is open, the note contains the reasons of the measure."""
        whole = self.closed(table)
        notes = [said]
        if not found.settled:
            notes += [why.says for why in found.reasons if why not in self.open_forms]
            notes += [] if whole else [note("form_open")]
        nothing = found.low == 0 and not found.settled
        self.put(
            line, None if nothing else found.low, how, one_a_row(found.cells), note=one_note(notes),
            at_least=not found.settled and not nothing, at_most=None if found.settled else found.high,
        )

    def counted(self, line: Line, table: str, rows: Sequence[EvidenceRow[Row]], day: str, said: Message = SILENT) -> None:
        """Add the number of rows. `day`: the field whose cells are shown as the source."""
        cells = self.look.cells(rows, (day,)) or self.look.declaration(table)
        if self.closed(table):
            self.put(line, len(rows), How.COUNTED, cells, note=said)
            return
        self.put(line, len(rows) or None, How.COUNTED, cells, note=one_note((said, note("form_open"))), at_least=bool(rows))

    def summed(self, line: Line, table: str, rows: Sequence[EvidenceRow[Row]], column: str, said: Message = SILENT) -> None:
        """Add the sum of one column over rows. A blank cell may stand for any number; the sum is then a lower bound."""
        filled = [row for row in rows if row.value_of(column) is not None]
        blank, whole = len(rows) - len(filled), self.closed(table)
        notes = [said, note("blank_cells", count=blank) if blank else SILENT, SILENT if whole else note("form_open")]
        total = sum((Decimal(row.value_of(column)) for row in filled), Decimal(0))
        sure = whole and not blank
        self.put(
            line, total if sure or total else None, How.SUMMED, self.look.cells(filled, (column,)) or self.look.declaration(table),
            note=one_note(notes), at_least=not sure and bool(total),
        )

    def entered(
        self, line: Line, row: EvidenceRow[Row] | None, column: str, said: Message = SILENT, *, key: str = "",
        label: Message | None = None,
    ) -> None:
        """Add the number of one cell. Where the cell is blank or there is no row: no number."""
        value = None if row is None else row.value_of(column)
        if value is None:
            said = note("no_row") if row is None else note("blank_cells", count=1)
        self.put(line, value, How.ENTERED, row.cells((column,)) if row is not None else (), note=said, key=key, label=label)

    def change_last(self, **fields: object) -> None:
        """Change fields of the line that was added last."""
        self.rows[-1] = self.rows[-1].model_copy(update=fields)


def one_a_row(cells: Iterable[CellRef]) -> list[CellRef]:
    """The first cell of every row: enough to find the row again."""
    first: dict[tuple[str, str, int], CellRef] = {}
    for cell in cells:
        first.setdefault((cell.file, cell.sheet, cell.row), cell)
    return list(first.values())


def filled_table(declared: TableLines, look: EvidenceWindow, texts: Sequence[TextReview] = ()) -> NumericTable:
    """A table with all its lines counted.

    Its notes name the forms that are not closed and the numbers that no form collects.
    """
    lines = NumericLines(look, texts)
    for section in declared.sections:
        lines.group = tell(f"numeric.groups.{section.group}", pupils=lines.pupils) if section.group else SILENT
        for line in section:
            if line.shown is None or line.shown(look, line):
                line.count(lines, line)
    notes = [why.says for why in lines.open_forms]
    if declared.id in words("numeric")["not_asked"]:
        notes.append(note("not_asked", what=tell(f"numeric.not_asked.{declared.id}")))
    start, end = declared.period(lines) if declared.period is not None else look.window
    return NumericTable(
        id=declared.id, title=tell(f"numeric.titles.{declared.id}", pupils=lines.pupils), period_start=start, period_end=end,
        rows=tuple(lines.rows), notes=tuple(notes),
    )
