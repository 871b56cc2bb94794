"""The fields of the dossier's documents as plain data.

`publish.word` fills forms with them and needs to know no law.
"""

from __future__ import annotations

from antq_review.publish.dossier.catalogue import (
    DOCUMENTS,
    PUBLIC_DOCUMENTS,
    DossierDocument,
    compulsory,
    document,
    must_be_settled,
)
from antq_review.publish.dossier.field_schema import TEXT, TRUTH, shape
from antq_review.publish.dossier.field_values import each_text, fields, missing, missing_prefix

__all__ = [
    "DOCUMENTS", "PUBLIC_DOCUMENTS", "TEXT", "TRUTH", "DossierDocument", "compulsory", "document", "each_text", "fields", "missing",
    "missing_prefix", "must_be_settled", "shape",
]
