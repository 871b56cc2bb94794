"""The place of a value: file, sheet, cell, and the text in the cell."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    SerializationInfo,
    Strict,
    ValidationInfo,
    WithJsonSchema,
)


class Frozen(BaseModel):
    """Base of all value objects: immutable; an unknown key is refused.

    The checks of a class are built when its first object is made: most processes need few classes, or only the one around them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class CellRef(NamedTuple):
    """One cell of a received workbook. `file`: name in the school's folder. `shown`: text of the cell.

    A tuple, because a review makes and compares many thousands of them.
    """

    file: str
    sheet: str
    cell: str
    shown: str = ""

    @classmethod
    def stored(cls, *parts: Any) -> CellRef:
        """The cell of a stored review: file, sheet, cell, shown. Raises ValueError for anything but texts."""
        if not all(isinstance(part, str) for part in parts):
            raise ValueError("no cell")
        return cls(*parts)

    @property
    def column(self) -> str:
        """Column letters, `K` of `K14`."""
        return self.cell.rstrip("0123456789")

    @property
    def row(self) -> int:
        """Row number, 14 of `K14`; 0 where the reference means a whole sheet."""
        cell = self.cell
        return int(cell[len(cell.rstrip("0123456789")) :] or 0)


class CellTable:
    """Every cell of one stored review, once. In the stored form a cell is its place in this table."""

    def __init__(self, stored: Iterable[Any] = ()) -> None:
        """`stored`: the table as JSON (see `stored`). Raises ValueError for any other shape."""
        self._cells: list[CellRef] = []
        self._places: dict[CellRef, int] = {}
        try:
            for file, sheet, *cells in stored:
                self._cells += [CellRef.stored(file, sheet, cell, shown) for cell, shown in cells]
        except TypeError as fault:
            raise ValueError("no table of cells") from fault

    def place_of(self, cell: CellRef) -> int:
        """The place of a cell. A new cell is added at the end."""
        return self._places.setdefault(cell, len(self._places))

    def at(self, place: int) -> CellRef:
        """The cell at a place. Raises ValueError where the table has no such place."""
        if type(place) is not int or not 0 <= place < len(self._cells):
            raise ValueError("no such cell")
        return self._cells[place]

    def stored(self) -> list[list[Any]]:
        """The table as JSON: one list per run of cells in one file and sheet: file, sheet, then pairs [cell, shown]."""
        runs: list[list[Any]] = []
        for cell in self._places:
            if not runs or runs[-1][:2] != [cell.file, cell.sheet]:
                runs.append([cell.file, cell.sheet])
            runs[-1].append([cell.cell, cell.shown])
        return runs


def _places(cells: tuple[CellRef, ...], info: SerializationInfo) -> list[Any]:
    return [info.context.place_of(cell) for cell in cells] if isinstance(info.context, CellTable) else [one._asdict() for one in cells]


def _cells(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(info.context, CellTable):
        return value
    if not isinstance(value, list):
        raise ValueError("no list of places")
    return tuple(info.context.at(place) for place in value)


#: The cells of a result that is being made: nothing is left to do for them.
_Made = Annotated[tuple[InstanceOf[CellRef], ...], Strict()]
_Stored = Annotated[tuple[InstanceOf[CellRef], ...], BeforeValidator(_cells)]
#: The cells that a result rests on. Stored as places in the review's table of cells (`CellTable` as context).
Cells = Annotated[
    _Made | _Stored, Field(union_mode="left_to_right"), PlainSerializer(_places, when_used="json"),
    WithJsonSchema({"type": "array", "items": {"type": "integer", "minimum": 0}}),
]


@lru_cache(maxsize=256)
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
