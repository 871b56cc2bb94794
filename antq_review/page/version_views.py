"""What the screen of the versions shows: each version of the year with its day and its results, and which of them is in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from antq_review.errors import CannotDo
from antq_review.history.changes import changes
from antq_review.page.folders import Known, chosen_of
from antq_review.page.parts import Parts
from antq_review.page.result_views import cards, stored_review, version_lines
from antq_review.page.results import files_of
from antq_review.places.versions import Version
from antq_review.scoring.model.review import Review


@dataclass(frozen=True)
class VersionLine:
    """One version. `results`: a short line for each text; `differs`: from the version before it; `report`: the key of its report.

    `as_of`: None where the stored review cannot be read.
    """

    version: Version
    made_at: datetime
    as_of: date | None
    results: tuple[str, ...]
    differs: tuple[str, ...]
    report: str
    is_used: bool


def versions_shown(parts: Parts, known: Known) -> list[VersionLine]:
    """Every version, the newest first."""
    used = chosen_of(known, parts.out)
    reports = {one.group: one.key for one in files_of(known, parts.out).values() if one.name == "bao_cao.html"}
    return [_line(parts, known, version, made_at, version == used, reports.get(version.path.name, ""))
            for version, made_at in version_lines(parts, known)]


def _line(parts: Parts, known: Known, version: Version, made_at: datetime, is_used: bool, report: str) -> VersionLine:
    review = _review(version)
    if review is None:
        return VersionLine(version, made_at, None, (), (), report, is_used)
    results = tuple(f"{card.title}: {card.answer}" for card in cards(review))
    before = _before(parts, known, version)
    differs = tuple(map(str, changes(before, review))) if before is not None else ()
    return VersionLine(version, made_at, review.as_of, results, differs, report, is_used)


def _review(version: Version) -> Review | None:
    try:
        return stored_review(version.path)
    except CannotDo:
        return None


def _before(parts: Parts, known: Known, version: Version) -> Review | None:
    """The official version of the same kind with the number before; None where there is none."""
    if version.number < 2:
        return None
    same = [one for one, _ in version_lines(parts, known) if (one.kind, one.number) == (version.kind, version.number - 1)]
    return _review(same[0]) if same else None
