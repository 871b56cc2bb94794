"""Free texts of a row without what points to one person: it is masked in every result, and the clerk is told the cell."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from antq_review.forms.columns import CellKind, Column, Row
from antq_review.ingest.model import EvidenceRow, Problem
from antq_review.ingest.problems import Where, problem
from antq_review.text.personal import masked

#: The school's own telephone number stands in its profile; a file is found by its whole name.
_OPEN_TABLES, _OPEN_FIELDS = frozenset({"profile"}), frozenset({"file"})


def without_personal(row: EvidenceRow[Row], columns: dict[str, Column], where: Where) -> tuple[EvidenceRow[Row], list[Problem]]:
    """The row with its free texts masked, and a note for each cell in which something was."""
    if row.table in _OPEN_TABLES:
        return row, []
    free = _free_texts(type(row.values))
    changed = {
        name: text for name in row.shown
        if name in free and isinstance(value := row.value_of(name), str) and (text := masked(value)) != value
    }
    if not changed:
        return row, []
    shown = {name: text if not columns[name].private else row.shown[name] for name, text in changed.items()}
    clean = replace(row, values=row.values.model_copy(update=changed), shown={**row.shown, **shown})
    return clean, [problem("personal_data", cells=[row.cell(name).cell], column=columns[name].heading, **where) for name in changed]


@cache
def _free_texts(row: type[Row]) -> frozenset[str]:
    """The fields in which anything may be written."""
    return frozenset(
        column.name for column in row.columns()
        if column.kind is CellKind.TEXT and column.choices is None and column.name not in _OPEN_FIELDS
    )
