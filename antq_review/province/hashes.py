"""Hashes of the evidence files: the same file in two schools shows, the file itself is not sent.

A file of a private table, of a confidential paper or below 1 KB has none; nor has one that leads out of the folder.
"""

from __future__ import annotations

from pathlib import Path

from antq_review.files import files_below
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Document
from antq_review.forms.sheets import PRIVATE_TABLES
from antq_review.ingest.model import Evidence
from antq_review.package.model import EvidenceHashes
from antq_review.places.manifest import sha256_of
from antq_review.text import fold

#: Smaller files are alike by chance.
_SMALLEST = 1024
_DIGITS = 32


def evidence_hashes(folder: Path, evidence: Evidence) -> EvidenceHashes:
    """Hashes of the files that rows name: papers of another issuer as received, all else as the school's own."""
    here = {fold(path.relative_to(folder).as_posix()): path for path in files_below(folder)}
    received: set[str] = set()
    own: set[str] = set()
    private: set[str] = set()
    school = fold(evidence.profile.name or "") if evidence.profile is not None else ""
    for name, table in evidence.tables.items():
        for row in table.rows:
            written = row.shown.get("file") and getattr(row.values, "file", None)
            for part in (written or "").split(";"):
                key = fold(part.strip().replace("\\", "/"))
                paper = row.values if isinstance(row.values, Document) else None
                if name in PRIVATE_TABLES or (paper is not None and paper.confidential == YesNo.YES):
                    private.add(key)
                elif paper is not None and paper.issuer and fold(paper.issuer) != school:
                    received.add(key)
                else:
                    own.add(key)
    return EvidenceHashes(own=_hashed(own - private - received, here), received=_hashed(received - private, here))


def _hashed(keys: set[str], here: dict[str, Path]) -> tuple[str, ...]:
    files = [here[key] for key in sorted(keys) if key in here]
    return tuple(sorted({sha256_of(path)[:_DIGITS] for path in files if path.stat().st_size >= _SMALLEST}))
