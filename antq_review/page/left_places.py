"""The places of each Word document that a person must still fill, as its making told. They lie on the disk, so a restart knows them."""

from __future__ import annotations

from dataclasses import dataclass

from antq_review.page.kept import Kept


@dataclass(frozen=True)
class LeftPlaces:
    """Of one document. `sha256`: of the file that was made: of another file nothing is known."""

    sha256: str
    places: tuple[str, ...]


#: Folder and name of a document (`ho_so/D10_….docx`) → its places.
LEFT = Kept("con_cho_", dict[str, LeftPlaces])
