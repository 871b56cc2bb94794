"""The place of a value: file, sheet, cell, and the text in the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Base of all value objects: immutable; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CellRef(Frozen):
    """One cell of a received workbook. `file`: name in the school's folder. `shown`: text of the cell."""

    file: str
    sheet: str
    cell: str
    shown: str = ""

    @property
    def column(self) -> str:
        """Column letters, `K` of `K14`."""
        return self.cell.rstrip("0123456789")

    @property
    def row(self) -> int:
        """Row number, 14 of `K14`; 0 where the reference means a whole sheet."""
        found = re.search(r"\d+$", self.cell)
        return int(found.group()) if found else 0


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last number of each run of consecutive numbers; `numbers` is sorted."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def grouped(cells: Iterable[CellRef]) -> list[str]:
    """Cells as short lines `file › sheet › K14:K16, K20`: one line for each file and sheet, sorted by name."""
    places: dict[tuple[str, str], dict[str, set[int]]] = {}
    for ref in cells:
        places.setdefault((ref.file, ref.sheet), {}).setdefault(ref.column, set()).add(ref.row)
    lines = []
    for (file, sheet), columns in sorted(places.items()):
        parts = [
            f"{column}{first}" if first == last else f"{column}{first}:{column}{last}"
            for column, rows in sorted(columns.items(), key=lambda item: (len(item[0]), item[0]))
            for first, last in _runs(sorted(rows))
        ]
        lines.append(" › ".join(part for part in (file, sheet, ", ".join(parts)) if part))
    return lines
