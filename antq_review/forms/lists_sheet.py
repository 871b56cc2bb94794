"""The hidden sheet of drop-down lists. (A list inside a validation rule could have only 255 characters.)"""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook

from antq_review.forms.choices import INITIATIVE_NAMES
from antq_review.forms.columns import CellKind, Column, Offer
from antq_review.forms.new_school import UNKNOWN, NewSchool
from antq_review.forms.save_workbook import put_text
from antq_review.forms.sheets import LISTS_MARKER
from antq_review.source import column_letters
from antq_review.text import Message

LISTS_TITLE = "Danh mục"


class DropDownLists:
    """Collects the lists that the drawn columns need; `draw` writes them."""

    def __init__(self, measures: Mapping[str, str], school: NewSchool = UNKNOWN) -> None:
        self._school = school
        self._offered: dict[Offer, tuple[str | int, ...]] = {
            Offer.MEASURES: tuple(measures.values()), Offer.INITIATIVES: INITIATIVE_NAMES, Offer.GRADES: school.grades,
            Offer.UNITS: tuple(unit.name for unit in school.units),
        }
        self._used: dict[tuple[str | int, ...], int] = {}

    @property
    def pupils(self) -> Message:
        """The school's word for its pupils, which the headings have too."""
        return self._school.called

    def reference(self, column: Column) -> tuple[str, bool] | None:
        """(Formula of the list, is only an entry of the list allowed?); None where the column has no drop-down list."""
        if column.kind is CellKind.CHOICES:
            return None
        if column.choices is not None:
            return self._place(self._school.offered(column.choices)), True
        return self.offer(column.offer) if column.offer is not None else None

    def offer(self, offer: Offer) -> tuple[str, bool] | None:
        """The same for an offered list; None where the school is not known well enough for it."""
        entries = self._offered[offer]
        return (self._place(entries), offer in (Offer.MEASURES, Offer.GRADES)) if entries else None

    def _place(self, labels: tuple[str | int, ...]) -> str:
        index = self._used.setdefault(labels, len(self._used) + 1)
        letter = column_letters(index)
        return f"'{LISTS_TITLE}'!${letter}$2:${letter}${len(labels) + 1}"

    def draw(self, book: Workbook) -> None:
        """Write the hidden sheet. The reader recognises its marker and skips it."""
        page = book.create_sheet(LISTS_TITLE)
        put_text(page.cell(1, 1), LISTS_MARKER)
        for labels, index in self._used.items():
            for row, label in enumerate(labels, start=2):
                if isinstance(label, str):
                    put_text(page.cell(row, index), label)
                else:
                    page.cell(row, index).value = label
        page.sheet_state = "hidden"
