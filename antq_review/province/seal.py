"""A school's package: one zip with a BagIt bag, the same bytes for the same content.

    00123456_2026_lan01.zip
    └── 00123456_2026_lan01/
        ├── bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt
        └── data/  DOC_TRUOC.txt  tom_tat.json  phu_luc.xlsx  D02….docx

The *content id* is the SHA-256 of `manifest-sha256.txt`, which no number of sending and no clock is part of. RFC 8493 says
nothing of zip: one bag, one top folder, of the same name as the file.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from antq_review.province.bag import MANIFEST, TAG_MANIFEST, PackageName

#: The first day that a zip can hold: a package has no clock.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def manifest_of(payload: Mapping[str, bytes]) -> bytes:
    """`manifest-sha256.txt` for the files below `data/`."""
    return _list({f"data/{name}": content for name, content in payload.items()})


def sealed(name: PackageName, payload: Mapping[str, bytes], tool: str) -> bytes:
    """The zip of a package. `payload`: file below `data/` → content."""
    manifest = manifest_of(payload)
    size = sum(len(content) for content in payload.values())
    info = (
        ("Bag-Software-Agent", tool), ("External-Identifier", f"{name.code}-{name.year}"), ("Payload-Oxum", f"{size}.{len(payload)}"),
    )
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{label}: {value}\n" for label, value in info).encode("utf-8"),
        MANIFEST: manifest,
    }
    members = {**tags, TAG_MANIFEST: _list(tags), **{f"data/{one}": content for one, content in payload.items()}}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(members):
            entry = zipfile.ZipInfo(f"{name}/{path}", _NO_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, members[path])
    return packed.getvalue()


def _list(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)).encode("utf-8")


def last_sent(folder: Path, code: str, year: int) -> tuple[PackageName, Path] | None:
    """The package of a school and year with the highest number in a folder; None where there is none."""
    found = [
        (name, path) for path in (folder.glob("*.zip") if folder.is_dir() else ())
        if (name := PackageName.of(path.stem)) is not None and (name.code, name.year) == (code, year)
    ]
    return max(found, key=lambda one: one[0].number, default=None)


