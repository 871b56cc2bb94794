"""The places of each Word document that a person must still fill, as its making told. They lie on the disk, so a restart knows them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from antq_review.errors import AntqError
from antq_review.files import write_whole

#: How the file of a folder begins in the page's own notes.
LEFT_BEGINS = "con_cho_"


@dataclass(frozen=True)
class LeftPlaces:
    """Of one document. `sha256`: of the file that was made: of another file nothing is known."""

    sha256: str
    places: tuple[str, ...]


#: Folder and name of a document (`ho_so/D10_….docx`) → its places.
Left = Mapping[str, LeftPlaces]


def keep_left(place: Path, folder: str, left: Left) -> None:
    """Write them down. Where the disk is full only a restart will not know them."""
    from pydantic import TypeAdapter

    with suppress(AntqError):
        write_whole(place / f"{LEFT_BEGINS}{folder}.json", TypeAdapter(dict[str, LeftPlaces]).dump_json(dict(left)))


def left_of(place: Path, folder: str) -> dict[str, LeftPlaces]:
    """What was written down; nothing where nothing was, or where another version of the program wrote it."""
    from pydantic import TypeAdapter

    try:
        return TypeAdapter(dict[str, LeftPlaces]).validate_json((place / f"{LEFT_BEGINS}{folder}.json").read_bytes())
    except (OSError, ValueError):
        return {}
