"""A path as people read it who do not type paths."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePath

from antq_review.text.folding import one_line


def crumbs(path: PurePath) -> str:
    """`Tài liệu › ANTQ › HO_SO_2026`: from the home folder on where it lies below it, else from its root on.

    It is on one line, with dangerous characters made visible, as the names of files are.
    """
    home = Path.home()
    parts = path.relative_to(home).parts if path.is_relative_to(home) and path != home else path.parts
    return one_line(unicodedata.normalize("NFC", " › ".join(part.strip("/\\") or part for part in parts)))
