"""The usual ways to count a line, as data. A line with a way of its own has a function in its table's module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from antq_review.forms.columns import Row
from antq_review.forms.sheets import table_named, table_of
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures import evaluate
from antq_review.scoring.model.numeric_tables import How
from antq_review.scoring.numeric.lines import Line
from antq_review.scoring.numeric.notes import note
from antq_review.scoring.numeric.rows import NumericLines
from antq_review.text import SILENT, Message


@dataclass(frozen=True)
class Measured:
    """The result of a registered measure in the window: the same number as in criteria and goals.

    `table`: the table whose form must be complete. `note`: makes the note from the filter.
    """

    measure: str
    table: str
    where: Filter = field(default_factory=dict)
    note: Callable[[EvidenceWindow, Filter], Message] | None = None
    how: How = How.COUNTED

    def __call__(self, lines: NumericLines, line: Line) -> None:
        wanted = {**self.where, **line.wanted}
        said = self.note(lines.look, wanted) if self.note is not None else SILENT
        lines.found(line, evaluate(self.measure, lines.look, wanted), self.table, said, self.how)


@dataclass(frozen=True)
class Counted:
    """The number of rows of the window that meet a filter. `source`: the field whose cells are shown as the source."""

    row: type[Row]
    source: str
    where: Filter = field(default_factory=dict)

    def __call__(self, lines: NumericLines, line: Line) -> None:
        rows = rows_where(lines.look, self.row, {**self.where, **line.wanted})
        lines.counted(line, table_of(self.row), rows, self.source)


@dataclass(frozen=True)
class Summed:
    """The sum of one column over the rows of the window that meet a filter. `note`: a note of `numeric.toml`."""

    row: type[Row]
    column: str
    where: Filter = field(default_factory=dict)
    note: str = ""

    def __call__(self, lines: NumericLines, line: Line) -> None:
        rows = rows_where(lines.look, self.row, {**self.where, **line.wanted})
        lines.summed(line, table_of(self.row), rows, self.column, note(self.note, pupils=lines.pupils) if self.note else SILENT)


def rows_where(look: EvidenceWindow, model: type[Row], wanted: Filter) -> list[EvidenceRow[Row]]:
    """The rows of a table in the window whose fields have one of the wanted values each."""
    day = table_named(table_of(model))[1].day
    assert day is not None, f"rows of {model.__name__} have no day"
    rows: list[EvidenceRow[Row]] = look.of(model, day)
    for name, values in wanted.items():
        rows = [row for row in rows if row.value_of(name) in values]
    return rows
