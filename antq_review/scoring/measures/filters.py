"""The measure and the filters that a row of the plan or of a score table names in its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from antq_review.forms import choices as lists
from antq_review.forms.columns import Choices, Row
from antq_review.forms.measure_labels import Measure
from antq_review.forms.rows.school import PlanRow, Unit
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.measures import registry

#: The columns that are filters, with the lists that turn their labels into codes. No list: the value stays as read.
_LISTS: dict[str, tuple[type[Choices], ...]] = {
    "topic": (), "form": (), "channel": (), "partner": (), "purpose": (), "contents": (), "audience": (), "level": (),
    "led_by_pupils": (),
    "kind": (lists.DocumentKind, lists.IncidentKind, lists.CheckKind),
    "organiser": (lists.UnitKind,),
    "name": (),
}
#: Filters that accept only the values of one list. The list depends on the table that the measure reads, because the
#: same label may be in two lists of kinds.
_CLOSED: dict[str, dict[str, type[Choices]]] = {
    "kind": {"documents": lists.DocumentKind, "incidents": lists.IncidentKind, "checks": lists.CheckKind},
    "name": {"systems": lists.SystemKind},
}


def measure_named(written: object, *others: str) -> str | None:
    """The measure that a cell of the column “Phép đo” names, by label or code; None: no such measure.

    `others`: names of measures outside the register.
    """
    return _measures(others).get(folded(str(written or "")))


@cache
def _measures(others: tuple[str, ...]) -> dict[str, str]:
    known = {*registry(), *others}
    return {folded(word): code for code, label in Measure.labels().items() if code in known for word in (label, code)}


def filters_of(row: EvidenceRow[Row], tables: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The filters in the columns of a row: filter → wanted values. `tables`: the tables that the measure reads.

    A value is a code where one of the filter's lists has the label, else the text as written.
    """
    values = vars(row.values)
    written = {name: str(said) for name in _LISTS if (said := values.get(name))}
    return {name: found for name, said in written.items() if (found := _values(said, _closed(name, tables) or _LISTS[name]))}


@cache
def _closed(name: str, tables: tuple[str, ...]) -> tuple[type[Choices], ...]:
    """The lists whose values a filter must have, for a measure that reads these tables; empty: any value."""
    return tuple(_CLOSED[name][table] for table in tables if table in _CLOSED.get(name, {}))


@cache
def _values(written: str, choices: tuple[type[Choices], ...]) -> tuple[str, ...]:
    found = []
    for part in written.split(";"):
        if part.strip():
            codes = (one.of_label(part) for one in choices)
            found.append(next((code for code in codes if code), part.strip()))
    return tuple(found)


def filters_astray(measure: str, wanted: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Headings of the filters that the measure cannot use.

    Without such a filter the measure would count too much. With a value that is not in the filter's list it would find
    no row.
    """
    entry = registry()[measure]
    return [
        _heading(name) for name, values in wanted.items()
        if name not in entry.filters or _unlisted(values, _closed(name, entry.tables))
    ]


def organisers_unclear(wanted: Mapping[str, tuple[str, ...]], units: Iterable[EvidenceRow[Unit]]) -> list[str]:
    """Heading of the filter of organisers, if one of its values may name several units.

    Such a value contains a comma and is neither a kind nor the name of one of the `units`.
    """
    several = {folded(name) for name in wanted.get("organiser", ()) if "," in name}
    return [_heading("organiser")] if several and several - {folded(unit.values.name) for unit in units} else []


def _heading(name: str) -> str:
    return next(f"«{column.heading}»" for column in PlanRow.columns() if column.name == name)


def _unlisted(values: Iterable[str], choices: tuple[type[Choices], ...]) -> bool:
    """Is a value in none of the lists, although there are lists for it?"""
    return bool(choices) and any(all(value not in one.labels() for one in choices) for value in values)
