"""The lists of a received bag: its version, its hashes by path. It is hostile until checked: all sizes are limited.

A bag is refused as a whole, before a file of its payload is opened, where its lists contain a path outside of it, are
links, or require a download.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from antq_review.errors import CannotDo
from antq_review.files import reason_of
from antq_review.publish.archive.names import shown_path
from antq_review.publish.archive.write import ordinary
from antq_review.text import tell

#: Enough for a list of a million files; a school's year has some hundreds.
MAX_LIST_BYTES = 64 * 1024 * 1024
_MAX_TAG_BYTES = 1024 * 1024
_KNOWN = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_LINE = re.compile(r"([0-9A-Fa-f]{32,128})[ \t]+\*?(.+)\Z")
_VERSION = re.compile(r"(?:0\.9[3-9]|1\.[0-9]{1,3})\Z")
_DRIVE = re.compile(r"[A-Za-z]:")
_ESCAPES = {"%0A": "\n", "%0D": "\r", "%25": "%"}


@dataclass
class BagLists:
    """The bag's own lists.

    `payload`, `tags`: name of a list → path → hash; `faults`: (list, line) that cannot be read.
    """

    info: dict[str, str] = field(default_factory=dict)
    payload: dict[str, dict[str, str]] = field(default_factory=dict)
    tags: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[tuple[str, int]] = field(default_factory=list)


def read_lists(bag: Path) -> BagLists:
    """The lists of a bag. Raises CannotDo, one sentence, where it is no bag or must not be opened."""
    tags = _tags(bag, "bagit.txt", needed=True)
    version, encoding = tags.get("BagIt-Version", ""), tags.get("Tag-File-Character-Encoding", "")
    if not _VERSION.match(version):
        raise CannotDo(tell("archive.verify.bad_version", given=shown_path(version[:40])))
    if encoding.casefold() not in ("utf-8", "utf8"):
        raise CannotDo(tell("archive.verify.bad_encoding", given=shown_path(encoding[:40])))
    if _there(bag / "fetch.txt"):
        raise CannotDo(tell("archive.verify.fetch"))
    found = BagLists(info=_tags(bag, "bag-info.txt", needed=False))
    for algorithm in _KNOWN:
        for kind, lists in (("manifest", found.payload), ("tagmanifest", found.tags)):
            name = f"{kind}-{algorithm}.txt"
            if _there(bag / name):
                lists[name] = dict(_entries(_text(bag, name, MAX_LIST_BYTES), name, version, found.faults))
    if not found.payload:
        raise CannotDo(tell("archive.verify.no_list"))
    return found


def algorithm_of(name: str) -> str:
    """`sha256` of `manifest-sha256.txt`."""
    return name.removesuffix(".txt").rpartition("-")[2]


def _there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _text(bag: Path, name: str, limit: int) -> str:
    """A tag file as text. Raises CannotDo where it is larger than `limit` bytes, a link, or no UTF-8."""
    try:
        with ordinary(bag / name) as file:
            if file is None:
                raise CannotDo(tell("archive.verify.tag_link", name=name))
            content = bytearray()
            while len(content) <= limit and (block := file.read(limit + 1 - len(content))):
                content += block
    except OSError as fault:
        raise CannotDo(tell("archive.cannot_read", path=name, why=reason_of(fault))) from fault
    if len(content) > limit:
        raise CannotDo(tell("archive.verify.too_big", name=name, limit=f"{limit // (1024 * 1024)} MB"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise CannotDo(tell("archive.verify.bad_tag_file", name=name)) from fault


def _tags(bag: Path, name: str, *, needed: bool) -> dict[str, str]:
    """Label → value; a line that begins with a space continues the line before."""
    if not _there(bag / name):
        if needed:
            raise CannotDo(tell("archive.verify.not_a_bag", path=bag, what=name))
        return {}
    found: dict[str, str] = {}
    label = ""
    for line in _lines(_text(bag, name, _MAX_TAG_BYTES)):
        if line[:1] in (" ", "\t") and label:
            found[label] += f" {line.strip()}"
        elif ":" in line:
            label, _, value = line.partition(":")
            label = label.strip()
            found[label] = value.strip()
        elif line.strip():
            raise CannotDo(tell("archive.verify.bad_tag_file", name=name))
    return found


def _lines(text: str) -> list[str]:
    """Lines that end with LF, CR or both; no other character ends a line."""
    return re.split(r"\r\n|\n|\r", text)


def _entries(text: str, name: str, version: str, faults: list[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """(path, hash) of every line.

    Raises CannotDo for a path that leads outside; an unreadable line goes to `faults`.
    """
    size = hashlib.new(algorithm_of(name)).digest_size * 2
    seen: set[str] = set()
    for number, line in enumerate(_lines(text), start=1):
        if not line.strip():
            continue
        entry = _LINE.match(line)
        path = _decoded(entry[2], version).removeprefix("./") if entry else ""
        if entry and (_leads_outside(path) or path.startswith("data/") is not name.startswith("manifest")):
            raise CannotDo(tell("archive.verify.outside", name=name, path=shown_path(path[:200])))
        if entry is None or len(entry[1]) != size or path in seen:
            faults.append((name, number))
            continue
        seen.add(path)
        yield path, entry[1].lower()


def _decoded(path: str, version: str) -> str:
    """RFC 8493, 2.1.3: LF, CR and (from version 1.0 on) the percent sign are written as escapes."""
    known = dict(_ESCAPES) if version.startswith("1") else {name: _ESCAPES[name] for name in ("%0A", "%0D")}
    return re.sub("|".join(known), lambda found: known[found[0].upper()], path, flags=re.IGNORECASE)


def _leads_outside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        not parts or path.startswith(("/", "~")) or "\\" in path or "\0" in path or ".." in parts or bool(_DRIVE.match(path))
    )
