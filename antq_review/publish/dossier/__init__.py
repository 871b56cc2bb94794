"""The fields of the dossier's documents: models that hold texts and truths alone.

`publish.word` fills forms with them and needs to know no law.
"""

from __future__ import annotations

from antq_review.publish.dossier.catalogue import (
    DOCUMENTS,
    PUBLIC_DOCUMENTS,
    DossierDocument,
    compulsory,
    concerns,
    document,
    must_be_settled,
    shape,
)
from antq_review.publish.dossier.document_fields import DocumentFields
from antq_review.publish.dossier.field_schema import TEXT, TRUTH
from antq_review.publish.dossier.field_values import DossierFields, fields
from antq_review.publish.dossier.gaps import missing, missing_prefix

__all__ = [
    "DOCUMENTS", "PUBLIC_DOCUMENTS", "TEXT", "TRUTH", "DocumentFields", "DossierDocument", "DossierFields", "compulsory", "concerns",
    "document", "fields", "missing", "missing_prefix", "must_be_settled", "shape",
]
