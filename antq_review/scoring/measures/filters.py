"""What a sheet's columns say to a measure: which measure is meant, and what it shall count only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from antq_review.forms import choices as lists
from antq_review.forms.columns import Choices
from antq_review.forms.measure_labels import MEASURES
from antq_review.forms.rows.school import PlanRow
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.measures import registry

#: Columns that are filters, with the lists their labels come from. Free text where there is none.
_LISTS: dict[str, tuple[Choices, ...]] = {
    "topic": (), "form": (), "channel": (), "partner": (), "purpose": (), "contents": (), "audience": (), "level": (),
    "led_by_pupils": (),
    "kind": (lists.DOCUMENT_KINDS, lists.INCIDENT_KINDS, lists.CHECK_KINDS),
    "organiser": (lists.UNIT_KINDS,),
    "name": (),
}
#: Filters that take nothing but a value of a list, by the table that the measure reads; a kind's label may stand in two lists.
_CLOSED: dict[str, dict[str, Choices]] = {
    "kind": {"documents": lists.DOCUMENT_KINDS, "incidents": lists.INCIDENT_KINDS, "checks": lists.CHECK_KINDS},
    "name": {"systems": lists.SYSTEMS},
}


def measure_named(written: object, *others: str) -> str | None:
    """The measure that a cell of the column “Phép đo” names, by label or code; `others`: measures outside the register."""
    return _measures(others).get(folded(str(written or "")))


@cache
def _measures(others: tuple[str, ...]) -> dict[str, str]:
    known = {*registry(), *others}
    return {folded(word): code for code, label in MEASURES.labels.items() if code in known for word in (label, code)}


def filters_of(row: EvidenceRow, tables: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Filter → wanted values, from the columns of a row that are filters. `tables`: those that the measure reads."""
    has = type(row.values).model_fields
    return {name: values for name in _LISTS if name in has and (values := _filter(row, name, tables))}


def _filter(row: EvidenceRow, name: str, tables: tuple[str, ...]) -> tuple[str, ...]:
    """The values of a filter column: codes where the column or one of its lists has them, else the text as written."""
    written = row.get(name)
    return _values(str(written), _closed(name, tables) or _LISTS[name]) if written else ()


def _closed(name: str, tables: tuple[str, ...]) -> tuple[Choices, ...]:
    """The lists to which a filter is bound for a measure of these tables; none: it is free."""
    return tuple(_CLOSED[name][table] for table in tables if table in _CLOSED.get(name, {}))


@cache
def _values(written: str, choices: tuple[Choices, ...]) -> tuple[str, ...]:
    found = []
    for part in written.split(";"):
        if part.strip():
            codes = (one.code(part) for one in choices)
            found.append(next((code for code in codes if code), part.strip()))
    return tuple(found)


def filters_astray(measure: str, wanted: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Headings of the filters that the measure does not understand: counting without them would count too much.

    So is a value that its list does not have: counting with it would find nothing.
    """
    entry = registry()[measure]
    return [
        _heading(name) for name, values in wanted.items()
        if name not in entry.filters or any(_unlisted(value, _closed(name, entry.tables)) for value in values)
    ]


def organisers_unclear(wanted: Mapping[str, tuple[str, ...]], units: Iterable[str]) -> list[str]:
    """Heading of the filter of organisers where one holds a comma and is neither a kind nor one of the `units`: it may be several."""
    known = {folded(name) for name in units}
    unclear = any("," in name and folded(name) not in known for name in wanted.get("organiser", ()))
    return [_heading("organiser")] if unclear else []


def _heading(name: str) -> str:
    return next(f"«{column.heading}»" for column in PlanRow.columns() if column.name == name)


def _unlisted(value: str, choices: tuple[Choices, ...]) -> bool:
    return bool(choices) and all(value not in one.labels for one in choices)
