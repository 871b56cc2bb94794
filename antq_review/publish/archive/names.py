"""Names of files inside a bag: Windows, macOS and Linux can all store them, and they need no escape in a list.

A bag is opened years later on an unknown machine. So names are NFC, without the characters and the reserved names of
Windows, not too long, and no two differ by capitals alone. The bag's provenance contains the original name of a renamed
file.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from antq_review.text import one_line

#: Windows refuses these in a name; “%” would need an escape in a list of hashes, and tools write that escape
#: differently.
_UNSAFE = set('<>:"/\\|?*%')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\Z")
#: The most letters of a path inside the bag: Windows allows 260 for the whole path, with the folder of the bag.
LONGEST = 160
_SHORT_NAME = 60


def shown_path(path: str) -> str:
    """A path for a message: NFC, on one line, with dangerous characters made visible."""
    return one_line(unicodedata.normalize("NFC", path))


def safe_name(name: str) -> str:
    """A name of a file or folder that every system can store; unchanged where it already is one."""
    plain = unicodedata.normalize("NFC", name)
    plain = "".join("_" if letter in _UNSAFE or not letter.isprintable() else letter for letter in plain)
    bare = plain.rstrip(" .")
    plain = bare + "_" * (len(plain) - len(bare))
    if plain.startswith(" "):
        plain = "_" + plain[1:]
    stem = plain.split(".")[0].rstrip(" ").casefold()
    return f"_{plain}" if _RESERVED.match(stem) else plain or "_"


def bag_paths(root: str, names: Sequence[Sequence[str]]) -> list[str]:
    """The path in the bag, below `root`, of each file, which is given by the parts of its path.

    No two differ by capitals alone.
    """
    paths = [_short(root, parts, "/".join((root, *(safe_name(part) for part in parts)))) for parts in names]
    folders = {_key(str(parent)) for path in paths for parent in PurePosixPath(path).parents}
    taken: set[str] = set()
    found = []
    for path in paths:
        chosen = next(name for name in _numbered(path) if _key(name) not in taken and _key(name) not in folders)
        taken.add(_key(chosen))
        found.append(chosen)
    return found


def _short(root: str, parts: Sequence[str], path: str) -> str:
    """The path; a path that is too long becomes its last name, in a folder named by the hash of the whole path."""
    if len(path) <= LONGEST:
        return path
    digest = hashlib.sha256("/".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    name = PurePosixPath(safe_name(parts[-1]))
    suffix = name.suffix if len(name.suffix) <= 10 else ""
    return f"{root}/_dai/{digest}/{name.name.removesuffix(suffix)[:_SHORT_NAME].rstrip(' .')}{suffix}"


def _numbered(path: str) -> Iterable[str]:
    yield path
    whole = PurePosixPath(path)
    number = 2
    while True:
        yield str(whole.with_name(f"{whole.stem}_{number}{whole.suffix}"))
        number += 1


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
