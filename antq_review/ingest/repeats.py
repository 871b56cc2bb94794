"""Rows that mean the same, or may mean the same: counted once, left open, or told apart. Nothing becomes one in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from antq_review.forms.choices import model_name
from antq_review.forms.columns import Row
from antq_review.forms.rows.school import Unit as UnitRow
from antq_review.forms.sheets import SCORE_TABLE, Table
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.ingest.row_problems import row_place, row_problem
from antq_review.text import Message, fold, tell

#: Table → fields that tell two rows with one key apart where both are filled and differ.
_APART: dict[str, tuple[str, ...]] = {"activities": ("organiser", "campaign")}
#: Table → the field with the unit whose work a row is: rows of two units of the school are two works, whatever else they say.
_WORK_OF = {"activities": "organiser"}
#: Tables whose rows are things that exist once: a second equal row is the same thing written twice.
_ONCE = frozenset({"initiatives", "ratings", "plan", "self_scores", "votes", "meetings", "units"})
#: Tables of numbers: where people count at two places, the sum belongs into one row.
_SUMS = frozenset({"headcounts", "systems", "support", "discipline"})
#: Table → the field in which two events with one key can be written differently.
_NAMED = {
    "documents": "number", "activities": "name", "coordinations": "activity", "incidents": "id", "checks": "checked_by",
    "commendations": "content",
}
#: Fields whose texts are the same in more spellings than `fold` folds.
_FOLDING = {("initiatives", "name"): model_name}
#: Not compared: what two units may write differently about one event.
_NOT_COMPARED = frozenset({"id", "organiser", "file", "note"})
#: In a larger group of rows with one key nothing is told apart: it is pasted, not written.
_LARGEST = 60

Unit = Callable[[EvidenceRow[Row]], object]


@dataclass(frozen=True)
class _Units:
    """`of`: row → whose sheet it stands in; `known`: the units of the school, folded."""

    of: Unit
    known: frozenset[str]


def drop_repeats(evidence: Evidence, table: Table) -> None:
    """Of rows that are surely one thing only the first counts. Of rows that may be two things, the first counts and the
    others are refused rows: each of them might count. Of rows with one key and different values none counts.

    In a table without a key, rows are repeated where all their fields are equal. Rows of score tables are compared
    inside one file only: two score tables both contain the known rows of the official table, and that is no repetition.
    """
    if table.downwards:
        return
    names = table.key or tuple(table.row.model_fields)
    groups: dict[tuple[object, ...], list[EvidenceRow[Row]]] = defaultdict(list)
    data = evidence.tables[table.name]
    for row in data.rows:
        groups[(row.file if table.name in SCORE_TABLE else "", *_key(row, names))].append(row)
    repeated = [rows for rows in groups.values() if len(rows) > 1]
    if not repeated:
        return
    units, dropped = _Units(_unit_of(evidence), frozenset(fold(row.values.name) for row in evidence.of(UnitRow))), set[EvidenceRow[Row]]()
    for rows in repeated:
        for same in _told_apart(table, rows, units):
            if len(same) > 1:
                dropped |= _judge(evidence, table, names[0], same, units.of)
    data.rows = [row for row in data.rows if row not in dropped]


def _judge(evidence: Evidence, table: Table, field: str, rows: Sequence[EvidenceRow[Row]], unit: Unit) -> set[EvidenceRow[Row]]:
    """Report the rows that may be one thing; the rows that do not count."""
    data, first, dropped = evidence.tables[table.name], rows[0], set[EvidenceRow[Row]]()
    agree = all(_same(first, other) for other in rows[1:])
    for number, row in enumerate(rows):
        own = next((other for other in rows[:number] if unit(other) == unit(row)), None)
        if agree and row is first:
            continue
        dropped.add(row)
        code = _code(table, row, first, own) if agree else "rows_disagree"
        other = own or (first if row is not first else rows[1])
        inside = own is not None or any(unit(row) == unit(one) for one in rows if one is not row)
        how = _way_out(table, inside) if code != "row_repeated" or table.name in _WORK_OF else tell("ingest.twins.one_of_two")
        evidence.problems.append(row_problem(code, row, field, other=row_place(other), how=how))
        if code not in ("row_repeated", "row_typed_twice"):
            data.refused.append(row.cell(field))
    return dropped


def _code(table: Table, row: EvidenceRow[Row], first: EvidenceRow[Row], own: EvidenceRow[Row] | None) -> str:
    """The problem of a row that says the same as `first`. `own`: an earlier row of the same unit that does."""
    once = table.name in _ONCE or not table.key or (table.name == "documents" and bool(row.value_of("number")))
    if own is not None:
        return "row_typed_twice" if once else "row_twin"
    return "row_maybe_twice" if _differ(table, row, first) else "row_repeated"


def _way_out(table: Table, inside: bool) -> Message:
    """What to do about two rows that may be one. `inside`: both are of one unit."""
    if table.name in _SUMS:
        return tell("ingest.twins.sum")
    column = next((column for column in table.row.columns() if column.name == _NAMED.get(table.name)), None)
    if column is None:
        return tell("ingest.twins.keep")
    key = "named" if table.name == "activities" else "column"
    return tell(f"ingest.twins.{key}" if inside else f"ingest.twins.{key}_of_two", column=column.heading)


def _unit_of(evidence: Evidence) -> Unit:
    """Row → whose sheet it stands in: the unit of the page, else the page."""
    units = {(copy.file, copy.title): fold(copy.unit) for copy in evidence.copies if copy.unit}
    return lambda row: units.get((row.file, row.sheet), (row.file, row.sheet))


def _key(row: EvidenceRow[Row], names: tuple[str, ...]) -> tuple[object, ...]:
    folding = {name: _FOLDING.get((row.table, name), fold) for name in names}
    return tuple(folding[name](value) if isinstance(value := row.value_of(name), str) else value for name in names)


def _same(first: EvidenceRow[Row], second: EvidenceRow[Row]) -> bool:
    """Have two rows the same values?"""
    names = [name for name in type(first.values).model_fields if name not in _NOT_COMPARED]
    return all(_key(first, (name,)) == _key(second, (name,)) for name in names)


def _differ(table: Table, first: EvidenceRow[Row], second: EvidenceRow[Row]) -> bool:
    """Is a field that tells rows of this table apart filled in both, and different?"""
    pairs = ((first.value_of(name), second.value_of(name)) for name in _APART.get(table.name, ()))
    return any(one and other and fold(str(one)) != fold(str(other)) for one, other in pairs)


def _told_apart(table: Table, rows: Sequence[EvidenceRow[Row]], units: _Units) -> list[list[EvidenceRow[Row]]]:
    """The rows in groups: rows of two groups are surely two things, rows of one group may be one."""
    if len(rows) > _LARGEST or table.name not in _APART:
        return [list(rows)]
    groups: list[list[EvidenceRow[Row]]] = []
    for row in rows:
        near = [group for group in groups if not all(_are_two(table, row, other, units) for other in group)]
        groups = [group for group in groups if group not in near] + [[*(one for group in near for one in group), row]]
    return groups


def _are_two(table: Table, first: EvidenceRow[Row], second: EvidenceRow[Row], units: _Units) -> bool:
    """Are two rows with one key surely two events?

    The unit that organises is part of what an activity is: the same evening of two units is two activities. A name that is no
    unit of the school may be another spelling of one, so there the numbers must differ too. Rows of one campaign in one sheet
    are different groups of people, where their numbers differ.
    """
    alike, unit = _same(first, second), units.of
    work = {fold(str(row.value_of(_WORK_OF[table.name]) or "")) for row in (first, second)} if table.name in _WORK_OF else set()
    if len(work) == 2 and work <= units.known:
        return True
    if _differ(table, first, second):
        return unit(first) == unit(second) or not alike
    campaign = first.value_of("campaign")
    return bool(campaign and second.value_of("campaign")) and unit(first) == unit(second) and not alike and _only_numbers(first, second)


def _only_numbers(first: EvidenceRow[Row], second: EvidenceRow[Row]) -> bool:
    names = [name for name in type(first.values).model_fields if name not in _NOT_COMPARED | {"present", "expected", "pledged"}]
    return _key(first, tuple(names)) == _key(second, tuple(names))
