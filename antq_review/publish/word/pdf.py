"""Word to PDF through LibreOffice, where it is installed: one process for all files, with a profile of its own."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from antq_review.children import program
from antq_review.errors import CannotDo
from antq_review.places.manifest import sha256_of
from antq_review.places.temporary import temporary_folder
from antq_review.text import tell

#: The program's names on the search path, then the places where installers put it (macOS, Windows).
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
#: File names of the face that the papers ask for, Times New Roman, and of faces with the same widths.
_SERIF = ("times", "liberationserif", "tinos")
_DAY = re.compile(rb"(/(?:CreationDate|ModDate)\s?\(D:)\d{14}")
_IDENTIFIER = re.compile(rb"(/ID\s?\[\s?<|/DocChecksum /|(?<=>)\s*<)([0-9A-F]{32})(?=[>\s])")
_START_SECONDS, _FILE_SECONDS = 90, 30


def office() -> str:
    """The path of LibreOffice on this machine. Raises CannotDo where it is not installed."""
    found = program(*_NAMES) or next((place for place in _PLACES if Path(place).is_file()), None)
    if found is None:
        raise CannotDo(tell("word.no_office"))
    return found


def serif_font() -> str | None:
    """The file of a font in which the lines of a PDF end where they end in Word; None where this machine has none."""
    from matplotlib.font_manager import findSystemFonts

    names = sorted(Path(path).name for path in findSystemFonts())
    return next((name for name in names if name.lower().replace(" ", "").startswith(_SERIF)), None)


def to_pdf(documents: list[Path], soffice: str) -> list[Path]:
    """Write each document's .pdf beside it. Raises CannotDo where one of them was not made."""
    if not documents:
        return []
    folder = documents[0].parent
    made = [document.with_suffix(".pdf") for document in documents]
    with temporary_folder() as profile:
        command = [
            soffice, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder.resolve()),
            *(str(document.resolve()) for document in documents),
        ]  # fmt: skip
        try:
            seconds = _START_SECONDS + _FILE_SECONDS * len(documents)
            subprocess.run(command, capture_output=True, timeout=seconds, check=False, cwd=profile)
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise CannotDo(tell("word.pdf_failed", name=documents[0].name)) from fault
    missing = next((path for path in made if not path.is_file()), None)
    if missing is not None:
        raise CannotDo(tell("word.pdf_failed", name=missing.name))
    for document, path in zip(documents, made, strict=True):
        path.write_bytes(_without_clock(path.read_bytes(), sha256_of(document)))
    return made


def _without_clock(content: bytes, seed: str) -> bytes:
    """The PDF with a fixed day, and identifiers made from the document's hash.

    All keep their length, so the PDF's index stays valid.
    """
    content = _DAY.sub(rb"\g<1>20260101000000", content)
    return _IDENTIFIER.sub(lambda found: found[1] + seed[: len(found[2])].upper().encode("ascii"), content)
