"""Small notes about a folder that lie in the program's own place, so that a restart still knows them."""

from __future__ import annotations

from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from antq_review.errors import AntqError
from antq_review.files import write_whole

T = TypeVar("T")


@dataclass(frozen=True)
class Kept(Generic[T]):
    """One kind of note, a file for each folder: how the file's name begins, and what the note is made of."""

    begins: str
    kind: type[T]

    def file(self, place: Path, folder: str) -> Path:
        """Where the note about the folder with this id lies."""
        return place / f"{self.begins}{folder}.json"

    def write(self, place: Path, folder: str, note: T) -> None:
        """Write it down. Where the disk is full only a restart will not know it."""
        from pydantic import TypeAdapter

        with suppress(AntqError):
            write_whole(self.file(place, folder), TypeAdapter(self.kind).dump_json(note))

    def read(self, place: Path, folder: str) -> T | None:
        """What was written down; None where nothing was, or where another version of the program wrote it."""
        from pydantic import TypeAdapter

        try:
            return TypeAdapter(self.kind).validate_json(self.file(place, folder).read_bytes())
        except (OSError, ValueError):
            return None

    def forget_others(self, place: Path, folders: Container[str]) -> None:
        """Remove what is kept of folders that the page does not know any more."""
        for path in place.glob(f"{self.begins}*.json"):
            if path.stem.removeprefix(self.begins) not in folders:
                path.unlink(missing_ok=True)
