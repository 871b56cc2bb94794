"""Names of files inside a bag: such that Windows, macOS and Linux can all hold them, and that no list needs an escape.

A bag is opened years later on a machine nobody knows. So names are NFC, without the characters and the reserved names of Windows,
not too long, and no two differ by capitals alone. What was renamed keeps its first name in the bag's provenance.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from antq_review.text import visible

#: Windows refuses these in a name; “%” would need an escape in a list of hashes, which tools do not agree on.
_UNSAFE = set('<>:"/\\|?*%')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\Z")
#: Letters of a path inside the bag: Windows gives 260 to the whole path, the folder of the bag included.
LONGEST = 160
_SHORT_NAME = 60


def shown_path(path: str) -> str:
    """A path as it is said: NFC, on one line, dangerous characters visible, whatever the file was called."""
    plain = visible(unicodedata.normalize("NFC", path))
    return plain.replace("\n", "[U+000A]").replace("\t", "[U+0009]")


def safe_name(name: str) -> str:
    """One file or folder name that every system can hold; the same name where it already is one."""
    plain = unicodedata.normalize("NFC", name)
    plain = "".join("_" if letter in _UNSAFE or not letter.isprintable() else letter for letter in plain)
    bare = plain.rstrip(" .")
    plain = bare + "_" * (len(plain) - len(bare))
    if plain.startswith(" "):
        plain = "_" + plain[1:]
    stem = plain.split(".")[0].rstrip(" ").casefold()
    return f"_{plain}" if _RESERVED.match(stem) else plain or "_"


def bag_paths(root: str, names: Sequence[Sequence[str]]) -> list[str]:
    """The path in the bag, below `root`, of each file given by the parts of its path; no two the same, capitals aside."""
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
    """A path that is too long keeps its last name, under a folder named by the hash of the whole."""
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
