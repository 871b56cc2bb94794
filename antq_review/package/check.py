"""The check code: the figures of a package and those of a signed paper are the same where their codes agree."""

from __future__ import annotations

import hashlib

from antq_review.package.model import Summary

#: What is no figure, or is known only after the papers are made: a paper of the same figures must carry the same code.
_NO_FIGURES = frozenset({"tool", "version", "evidence", "as_of"})


def check_code(summary: Summary) -> str:
    """`7F3A-91C2`: the first 32 bits of the SHA-256 of the figures.

    The number of the version is no part of it: the papers are made before or after the version, and say the same. Hashes
    of evidence files are none either, since a school may add some after it signed; nor is the day of the data, on which a paper that
    is made again a day later says the same.
    """
    return code_of(figures_of(summary))


def figures_of(summary: Summary) -> bytes:
    """The figures as JSON, as `Summary.to_json` writes them."""
    return summary.model_dump_json(exclude_defaults=True, exclude=set(_NO_FIGURES)).encode("utf-8")


def code_of(figures: bytes) -> str:
    """The code of figures that are written already."""
    digits = hashlib.sha256(figures).hexdigest()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"
