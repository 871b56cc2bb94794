"""The hidden sheet of drop-down lists. (A list inside a validation rule could have only 255 characters.)"""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook

from antq_review.forms.choices import INITIATIVE_NAMES
from antq_review.forms.columns import CellKind, Column, Offer
from antq_review.forms.save_workbook import put_text
from antq_review.forms.sheets import LISTS_MARKER
from antq_review.source import column_letters

LISTS_TITLE = "Danh mục"


class DropDownLists:
    """Collects the lists that the drawn columns need; `draw` writes them."""

    def __init__(self, measures: Mapping[str, str]) -> None:
        self._offered = {Offer.MEASURES: tuple(measures.values()), Offer.INITIATIVES: INITIATIVE_NAMES}
        self._used: dict[tuple[str, ...], int] = {}

    def reference(self, column: Column) -> tuple[str, bool] | None:
        """(Formula of the list, is only an entry of the list allowed?); None where the column has no drop-down list."""
        if column.kind is CellKind.CHOICES:
            return None
        if column.choices is not None:
            return self._place(tuple(column.choices.labels().values())), True
        if column.offer is not None:
            return self._place(self._offered[column.offer]), column.offer is Offer.MEASURES
        return None

    def _place(self, labels: tuple[str, ...]) -> str:
        index = self._used.setdefault(labels, len(self._used) + 1)
        letter = column_letters(index)
        return f"'{LISTS_TITLE}'!${letter}$2:${letter}${len(labels) + 1}"

    def draw(self, book: Workbook) -> None:
        """Write the hidden sheet. The reader recognises its marker and skips it."""
        page = book.create_sheet(LISTS_TITLE)
        put_text(page.cell(1, 1), LISTS_MARKER)
        for labels, index in self._used.items():
            for row, label in enumerate(labels, start=2):
                put_text(page.cell(row, index), label)
        page.sheet_state = "hidden"
