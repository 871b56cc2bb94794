"""Counts by month as shades of blue, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antq_review.publish.figures.canvas import BLUES, INK, Box, Canvas, Look, styled
from antq_review.publish.figures.picture import Drawn
from antq_review.publish.wording import shortened
from antq_review.text import number, say


@dataclass(frozen=True)
class MonthCounts:
    """Rows in the order of the form, each with its count in every month; the totals count each thing once."""

    months: tuple[tuple[int, int], ...]  # (year, month)
    rows: Mapping[str, tuple[int, ...]]
    total_name: str
    totals: tuple[int, ...]

    @property
    def names(self) -> list[str]:
        """`11/2025`, for every month."""
        return [say("publish.figures.month_of", month=month, year=year) for year, month in self.months]


def rows_of(labels: Mapping[str, str], counts: Sequence[Mapping[str, int]]) -> dict[str, tuple[int, ...]]:
    """Label → the counts of the months, for every code of the form that occurs. `labels`: code → label."""
    return {
        label: tuple(month.get(code, 0) for month in counts)
        for code, label in labels.items() if any(code in month for month in counts)
    }


def heat_map(counts: MonthCounts, says: str) -> Drawn:
    """Rows by month in shades of blue; the last row, the totals, has no colour."""
    most = max([1, *(value for row in counts.rows.values() for value in row)])
    shaded: dict[int, list[Box]] = {shade: [] for shade in range(len(BLUES))}
    wide = len(counts.months)
    with styled():
        canvas = Canvas(len(counts.rows) + 1.25, 0.265, left=2.65, right=0.1, above=0.05, below=0.3)
        for at, (label, values) in enumerate(counts.rows.items()):
            canvas.words(0.05, canvas.y(at), shortened(label, 34))
            for month, value in enumerate(values):
                shade = -(-value * (len(BLUES) - 1) // most)
                shaded[shade].append(canvas.bar(at, (month + 0.03) / wide, (month + 0.97) / wide, 0.88))
                if value:
                    _count(canvas, at, (month + 0.5) / wide, value, "white" if shade == len(BLUES) - 1 else INK)
        for shade, boxes in shaded.items():
            canvas.boxes(boxes, Look(BLUES[shade]))
        last = len(counts.rows) + 0.25
        canvas.words(0.05, canvas.y(last), counts.total_name)
        for at, ((_, month), total) in enumerate(zip(counts.months, counts.totals, strict=True)):
            _count(canvas, last, (at + 0.5) / wide, total, INK)
            name = say("publish.figures.months_label", month=month)
            canvas.tick((at + 0.5) / wide, name)
    return Drawn(canvas.figure, says)


def _count(canvas: Canvas, row: float, share: float, value: int, colour: str) -> None:
    canvas.words(canvas.x(share), canvas.y(row), number(value), ha="center", color=colour, fontsize=9)
