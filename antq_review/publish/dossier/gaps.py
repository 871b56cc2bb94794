"""The gaps of a document: places with the mark `[CẦN BỔ SUNG: …]`, which a person must still fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from antq_review.publish.dossier.document_fields import DocumentFields
from antq_review.publish.dossier.field_schema import FieldValue
from antq_review.text import say


def missing_prefix() -> str:
    """The text with which every gap begins."""
    return say("dossier.gap_open")


def missing(document: DocumentFields, used: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Field → the texts in it that a person must still complete, each once. `used`: only these fields count."""
    values = document.values()
    names = set(values) if used is None else set(used)
    found = {name: list(dict.fromkeys(_gaps(value))) for name, value in values.items() if name in names}
    return {name: gaps for name, gaps in found.items() if gaps}


def _gaps(value: FieldValue) -> list[str]:
    if isinstance(value, str):
        return [value] if missing_prefix() in value else []
    if isinstance(value, Mapping):
        return [gap for one in value.values() for gap in _gaps(one)]
    inside = value if isinstance(value, list) else []
    return [gap for one in inside for gap in _gaps(one)]
