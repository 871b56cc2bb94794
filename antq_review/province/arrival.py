"""One content that arrived, with every file that holds it and the day of its receipt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

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
