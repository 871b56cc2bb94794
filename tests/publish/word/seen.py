"""What the tests of the Word side look at: a document's text, its parts, a copy with one part changed."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document

MAIN = "word/document.xml"


def texts(document: bytes) -> list[str]:
    """The text of every paragraph, those in tables, headers too, in the order of the parts."""
    opened = Document(io.BytesIO(document))
    found = ["".join(node.text or "" for node in paragraph.iter("{*}t")) for paragraph in opened.element.body.iter("{*}p")]
    headers = [paragraph.text for section in opened.sections for paragraph in section.header.paragraphs]
    return found + headers


def parts(document: bytes) -> dict[str, bytes]:
    """Name → content of every part."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(document: bytes, change: Callable[[str], str], part: str = MAIN) -> bytes:
    """The document with the text of one part changed; the change must change something."""
    content = parts(document)
    before = content[part].decode("utf-8")
    after = change(before)
    assert after != before
    return zipped(content | {part: after.encode("utf-8")})


def zipped(content: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return out.getvalue()


def written(folder: Path, document: bytes, name: str = "D3.docx") -> Path:
    """The document as a file."""
    path = folder / name
    path.write_bytes(document)
    return path
