"""One content that arrived, with every file that holds it and the day of its receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from antq_review.province.receive import Arrived
from antq_review.province.summaries import Package

#: So many digits of a content id are printed and typed.
SHOWN_DIGITS = 12


@dataclass(frozen=True)
class Arrival:
    """One content, wherever and however often it lies below `den/`. `received_on`: first sight, or the officer's day."""

    package: Package
    files: tuple[str, ...]
    received_on: date

    @property
    def shown(self) -> str:
        """The content id as it is printed."""
        return self.package.content[:SHOWN_DIGITS]

    def on(self, day: date) -> Arrival:
        """The same, received on another day."""
        return replace(self, received_on=day)


def arrivals_of(arrived: Iterable[Arrived], days: dict[str, date]) -> list[Arrival]:
    """Every content once, with all its files and the day of its receipt.

    A content that was sent under several numbers (figures that were changed and changed back) stands at the highest.
    """
    files: dict[str, list[str]] = {}
    packages: dict[str, Package] = {}
    for one in arrived:
        if one.package is not None:
            content = one.package.content
            files.setdefault(content, []).append(one.shown)
            packages[content] = max(packages.get(content, one.package), one.package, key=lambda package: package.name.number)
    return [Arrival(packages[content], tuple(sorted(files[content])), days[content]) for content in sorted(packages)]
