"""The years of one school among the folders that the page knows, each perhaps with results of its own."""

from __future__ import annotations

from pathlib import Path

from antq_review.files import RESULTS
from antq_review.page.folders import Known, chosen_of
from antq_review.page.parts import Parts
from antq_review.places.versions import Version


def earlier_year(parts: Parts, known: Known) -> Path | None:
    """The review of the year before, where it lies in another known folder; with one folder of results `publish` finds it."""
    from antq_review.history import review_file

    if parts.out is not None or not known.code:
        return None
    for other in parts.folders.recent():
        if (other.code, other.year) == (known.code, known.year - 1):
            path = review_file(other.path / RESULTS / other.code / str(other.year))
            return path if path.is_file() else None
    return None


def versions_known(parts: Parts, known: Known) -> list[tuple[Known, Version]]:
    """Of every known year of this school, the version that was chosen or counts: what can be compared, the newest year first."""
    found = []
    for other in parts.folders.recent():
        if other.code and other.code == known.code:
            version = chosen_of(other, parts.out)
            found += [(other, version)] if version else []
    return sorted(found, key=lambda one: one[0].year, reverse=True)
