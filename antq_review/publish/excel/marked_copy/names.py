"""The names of the marked copies, apart from their drawing: a list that links to them draws nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from antq_review.text import fold, say

#: Characters that Windows refuses in the name of a file; most bytes of a name without suffix (most systems allow 255).
_NOT_IN_FILES, _STEM_BYTES = re.compile(r'[<>:"/\\|?*]'), 180


def copy_names(files: Iterable[str]) -> dict[str, str]:
    """File → name of its copy. No two names are equal, even without capitals; every operating system accepts them."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for file in files:
        if file not in names:
            stem = _NOT_IN_FILES.sub("_", file[:-5] if file.lower().endswith(".xlsx") else file)
            stem = stem.encode("utf-8")[:_STEM_BYTES].decode("utf-8", "ignore") + say("marked.suffix")
            name, number = f"{stem}.xlsx", 1
            while fold(name) in taken:
                number += 1
                name = f"{stem}_{number}.xlsx"
            names[file] = name
            taken.add(fold(name))
    return names
