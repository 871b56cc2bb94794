"""The names of the cells of PL1–PL9 in a form: `figure.pl7_incidents_all`.

They are the same for every school and year.
"""

from __future__ import annotations

from functools import cache

from antq_review.scoring.numeric.tables import TABLES

Cell = tuple[str, str]


@cache
def figure_names() -> dict[str, Cell]:
    """Name in a form → cell, for every declared line.

    Lines with a name of the school's own (models) and self-scores are left out: a form cannot foresee them.
    """
    cells = [(table.id, line.key) for table in TABLES for line in table if not line.free]
    return {_name(cell): cell for cell in cells}


def _name(cell: Cell) -> str:
    return f"{cell[0]}_{cell[1]}".lower().replace(".", "_")
