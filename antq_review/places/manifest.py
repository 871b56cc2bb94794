"""The manifest of a folder of results: the tool, the time, the inputs, and the hash of every file that was made.

It is the only output with a clock in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from antq_review.version import VERSION

MANIFEST = "manifest.json"
_MOST_BYTES = 10_000_000


def sha256_of(source: bytes | Path) -> str:
    """The hash of these bytes, or of a file."""
    return hashlib.sha256(source.read_bytes() if isinstance(source, Path) else source).hexdigest()


def hashes_of(folder: Path) -> dict[str, str]:
    """Name → hash of every file in a folder."""
    return {path.name: sha256_of(path) for path in sorted(folder.iterdir())}


def json_bytes(content: Mapping[str, object]) -> bytes:
    """JSON as this tool writes it: UTF-8, one entry a line, a line break at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def manifest_bytes(school_code: str, own: Mapping[str, object]) -> bytes:
    """A manifest that is written now. `own`: the entries of this kind of results, the hashes of its files last."""
    made_at = datetime.now().astimezone().isoformat(timespec="seconds")
    return json_bytes({"tool": f"antq_review {VERSION}", "made_at": made_at, "school_code": school_code, **own})


def read_manifest(folder: Path) -> dict[str, object]:
    """The manifest in a folder; empty where no run finished, or where the file is not a manifest any more."""
    try:
        if (folder / MANIFEST).stat().st_size > _MOST_BYTES:
            return {}
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
