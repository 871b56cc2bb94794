"""Every document of a review, as the tests look at them."""

from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from antq_review.publish.dossier import DOCUMENTS, TEXT, TRUTH, DocumentFields, DossierFields
from antq_review.scoring.model.review import Review
from antq_review.scoring.sections.incident_record import IncidentRecord

SAME_FOR_ALL = ("figure", "figure_before", "annex_tables", "goal_rows", "papers")


#: The dossiers asked for last: tests ask for document after document of one review. Reviews are told apart by identity.
_KEPT: deque[tuple[Review, Review | None, bool, DossierFields]] = deque(maxlen=6)


def _dossier(review: Review, previous: Review | None, public: bool) -> DossierFields:
    for kept, before, leaves, dossier in _KEPT:
        if kept is review and before is previous and leaves == public:
            return dossier
    _KEPT.append((review, previous, public, DossierFields(review, previous, public)))
    return _KEPT[-1][-1]


def made(
    review: Review, code: str, incident: IncidentRecord | None = None, previous: Review | None = None, public: bool = False
) -> DocumentFields:
    """A document; D11 with its incident. The documents of one review are made together, as a dossier makes them."""
    return _dossier(review, previous, public).fields(code, incident if code == "D11" else None)


def of(review: Review, code: str, incident: IncidentRecord | None = None, **more: Any) -> dict[str, Any]:
    """The fields of a document by name."""
    return made(review, code, incident, **more).values()


def every(review: Review, incident: IncidentRecord | None = None, **more: Any) -> dict[str, dict[str, Any]]:
    """The fields of every document."""
    return {code: of(review, code, incident, **more) for code in DOCUMENTS}


def changed(document: DocumentFields, **values: Any) -> DocumentFields:
    """The document with other values in the named fields, whatever group they are in."""
    left, groups = dict(values), {}
    for name, group in document:
        own = {key: left.pop(key) for key in type(group).model_fields if key in left}
        groups[name] = type(group).model_validate(dict(group) | own)
    assert not left
    return type(document)(**groups)


def texts(value: Any) -> list[str]:
    """Every text in a value, in order."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in texts(one)]


def disciplined(review: Review) -> Review:
    """The example with one person disciplined, whose points the meeting took away."""
    text = review.text("qd_510")
    (one,) = text.deductions
    measured = one.measurement.model_copy(update={"low": Decimal(1), "high": Decimal(1), "count": Decimal(1)})
    taken = one.model_copy(update={"self_points": Decimal(2), "measurement": measured})
    texts_ = tuple(one.model_copy(update={"deductions": (taken,)}) if one.id == text.id else one for one in review.texts)
    rows = tuple(
        row.model_copy(update={"value": {"qd_510.T1": Decimal(-2), "qd_510.total": Decimal(89)}.get(row.key, row.value)})
        for row in review.table("PL10").rows
    )
    tables = tuple(table.model_copy(update={"rows": rows}) if table.id == "PL10" else table for table in review.tables)
    return review.model_copy(update={"texts": texts_, "tables": tables})


def differences(made: Any, told: Any, path: str = "") -> Iterator[str]:
    """Where a value is not what the shape says; an empty list has no rows to compare."""
    if isinstance(made, dict) and isinstance(told, dict):
        yield from (f"{path}.{name}" for name in set(made) ^ set(told))
        for name in set(made) & set(told):
            yield from differences(made[name], told[name], f"{path}.{name}")
    elif isinstance(made, list) and isinstance(told, list):
        for one in made:
            yield from differences(one, told[0], path)
    elif told != {bool: TRUTH, str: TEXT}.get(type(made), type(made)):
        yield path
