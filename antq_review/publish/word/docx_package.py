"""A .docx as a zip of parts, the same bytes every time: no clock, no user's name, a fixed order of parts."""

from __future__ import annotations

import io
import re
import zipfile

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STAMP = (1980, 1, 1, 0, 0, 0)
#: The day that stands in every document in place of the time of saving.
SAVED_ON = b"2026-01-01T00:00:00Z"
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def packed(parts: dict[str, str] | dict[str, bytes]) -> bytes:
    """The parts as a zip, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _DECLARATION + content if isinstance(content, str) else content)
    return out.getvalue()


def settled(document: bytes) -> bytes:
    """A document that a library saved, without the time of saving and with its parts in a fixed order."""
    with zipfile.ZipFile(io.BytesIO(document)) as source:
        names = sorted(source.namelist(), key=lambda part: (part != "[Content_Types].xml", part))
        parts = {name: source.read(name) for name in names}
    core = parts.get("docProps/core.xml")
    if core is not None:
        parts["docProps/core.xml"] = _CLOCK.sub(rb"\g<1>" + SAVED_ON + rb"\2", core)
    return packed(parts)
