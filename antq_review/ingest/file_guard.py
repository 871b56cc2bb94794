"""Is a file safe to open? Decided by its first bytes, its zip directory and the declared sizes. Nothing is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

#: Most bytes of all unpacked parts together, as declared; a school's year has less than 1 MB.
MAX_BYTES = 60 * 1024 * 1024
MAX_PARTS = 2_000
#: Most filled cells of all sheets together.
MAX_CELLS = 300_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MACROS = ("vbaproject.bin", "xl/macrosheets/")


def refusal(path: Path, main: str = "xl/workbook.xml") -> str | None:
    """The key of the problem (text/ingest.toml, `problems`) for which the file is not opened; None: it may be opened.

    `main`: the part that the expected kind of document must contain. Raises OSError where the file cannot be read.
    """
    size = path.stat().st_size
    if size == 0:
        return "file_empty"
    with open(path, "rb") as file:
        start = file.read(8)
        if not start.strip(b"\0"):
            return "file_empty"
        if start == _OLE:
            return "file_encrypted" if _ENCRYPTED_STREAM in start + file.read() else "file_old_excel"
    if not start.startswith(b"PK"):
        return "file_not_excel"
    try:
        with zipfile.ZipFile(path) as archive:
            return _archive_refusal(archive.infolist(), main)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "file_damaged"


def _archive_refusal(parts: list[zipfile.ZipInfo], main: str) -> str | None:
    names = [part.filename for part in parts]
    folded = [name.casefold() for name in names]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_BYTES:
        return "file_too_big"
    if any(part.flag_bits & 0x1 for part in parts):
        return "file_encrypted"
    if len(set(folded)) < len(folded) or any(_escapes(name) for name in names):
        return "file_damaged"
    if any(macro in name for name in folded for macro in _MACROS):
        return "file_macro"
    if main not in names:
        return "file_not_excel" if "[Content_Types].xml" in names or "mimetype" in names else "file_damaged"
    return None


def _escapes(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
