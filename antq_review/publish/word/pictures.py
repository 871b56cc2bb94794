"""The pictures of a form: one with very many points would take all memory of whoever opens or prints the document."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from antq_review.text import say, visible

#: A page of A4 at 600 points an inch.
MOST_POINTS = 35_000_000
_FOLDER = "word/media/"


def large_pictures(path: Path) -> Iterator[str]:
    """One sentence for every picture with more points than a printed page has. Only its head is read, never its points."""
    from PIL import Image, UnidentifiedImageError

    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.casefold().startswith(_FOLDER):
                continue
            try:
                with archive.open(name) as part:
                    width, height = Image.open(part).size
            except Image.DecompressionBombError:
                width, height = MOST_POINTS, 2
            except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
                continue  # a vector drawing, or nothing that shows: it has no points
            if width * height > MOST_POINTS:
                yield say("word.live.picture", part=visible(name))
