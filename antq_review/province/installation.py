"""What judges here: two computers give the same results where they say the same."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from antq_review.version import VERSION

_PACKAGE = Path(__file__).resolve().parents[1]
_JUDGING = (".py", ".toml", ".ipynb", ".j2")


@cache
def installation() -> str:
    """Tool, Python, and the first digits of a hash over the code and the rulebooks."""
    digest = hashlib.sha256()
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _JUDGING):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode("utf-8") + b"\0" + path.read_bytes())
    return f"antq_review {VERSION}, Python {sys.version_info.major}.{sys.version_info.minor}, {digest.hexdigest()[:12]}"
