"""All fields of one document, by group; a form uses them by their names alone, without the group."""

from __future__ import annotations

from collections.abc import Mapping

from antq_review.publish.dossier import field_groups as groups
from antq_review.publish.dossier.field_schema import Fields, Shape, shape_of
from antq_review.source import Frozen


class DocumentFields(Frozen):
    """All fields of one document. Every document has the same ones."""

    letterhead: groups.Letterhead
    days: groups.Days
    school: groups.SchoolFacts
    remarks: groups.Remarks
    paragraphs: groups.Paragraphs
    circular: groups.CircularResult
    decision: groups.DecisionResult
    minutes: groups.Minutes
    registration: groups.Registration
    annexes: groups.Annexes
    numbers: groups.SingleNumbers
    lists: groups.PaperLists

    def values(self) -> Fields:
        """The fields of all groups by name, as plain data for docxtpl."""
        dumped = self.model_dump(mode="json").values()
        return {name: value for group in dumped for name, value in group.items()}


class IncidentDocumentFields(DocumentFields):
    """The fields of D11, which is about one incident."""

    incident: groups.IncidentAccount


def document_shape(model: type[DocumentFields]) -> Shape:
    """Field → its shape, for the fields of all groups of a document."""
    shapes = shape_of(model).values()
    return {name: what for group in shapes if isinstance(group, Mapping) for name, what in group.items()}
