"""The names in a package and what they mean. The process that opens received files needs nothing more."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

READ_FIRST, ANNEX, ANSWERS = "DOC_TRUOC.txt", "phu_luc.xlsx", "tra_loi.json"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_NAME = re.compile(r"(?P<code>[\w.\-]+)_(?P<year>\d{4})_lan(?P<number>\d{2,4})\Z")

@dataclass(frozen=True)
class PackageName:
    """School code, year, number of the sending: `00123456_2026_lan01`."""

    code: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.code}_{self.year}_lan{self.number:02d}"

    @classmethod
    def of(cls, name: str) -> PackageName | None:
        """The parts of a bag's name; None for any other name."""
        found = _NAME.match(name)
        return cls(found["code"], int(found["year"]), int(found["number"])) if found else None


def content_id(manifest: bytes) -> str:
    """The identity of a package's content: 64 hex digits."""
    return hashlib.sha256(manifest).hexdigest()
