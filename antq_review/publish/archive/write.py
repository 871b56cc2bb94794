"""Writes a bag (RFC 8493): payload copied and hashed in one pass, lists of hashes, bag-info.txt; bagit reads it back.

The lists are written here, not by `bagit.make_bag`: that function declares version 0.97, changes the folder of the
process and writes the day of its clock. The Library of Congress's validator checks the finished bag before it gets its
name.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from antq_review.errors import CannotDo
from antq_review.files import reason_of
from antq_review.text import tell, visible

ALGORITHMS = ("sha256", "sha512")
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Item:
    """One file of the payload: its path in the bag (`data/…`), and its source, a file or bytes.

    `shown`: the name of the file in a message about a fault.
    """

    path: str
    source: Path | bytes
    shown: str = ""


@dataclass(frozen=True)
class Hashed:
    """A written file: size in bytes, algorithm → hash."""

    size: int
    digests: dict[str, str]


def write_bag(
    folder: Path, items: Sequence[Item], info: Mapping[str, str], told: Callable[[int, int], None] = lambda _done, _all: None
) -> tuple[int, int]:
    """Fill an empty folder with a bag. Returns (files, bytes) of the payload. `told` gets files done and files in all.

    Raises CannotDo for a file that is a link, no ordinary file or cannot be read, for a full disk, and where the
    validator finds that the bag on the disk differs from its lists.
    """
    written: dict[str, Hashed] = {}
    for done, item in enumerate(items, start=1):
        written[item.path] = _copied(item, folder / item.path)
        told(done, len(items))
    size = sum(one.size for one in written.values())
    tags = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _info({**info, "Payload-Oxum": f"{size}.{len(written)}"}),
        **{f"manifest-{name}.txt": _list(written, name) for name in ALGORITHMS},
    }
    hashed = {name: _copied(Item(name, text.encode("utf-8")), folder / name) for name, text in tags.items()}
    for name in ALGORITHMS:
        content = _list(hashed, name).encode("utf-8")
        _copied(Item("", content), folder / f"tagmanifest-{name}.txt")
    _judge(folder)
    return len(written), size


def _list(files: Mapping[str, Hashed], algorithm: str) -> str:
    return "".join(f"{files[path].digests[algorithm]}  {path}\n" for path in sorted(files))


def _info(info: Mapping[str, str]) -> str:
    """One line for each label; a line break in a value becomes a space."""
    return "".join(f"{label}: {' '.join(visible(value).split())}\n" for label, value in info.items() if value)


def _copied(item: Item, target: Path) -> Hashed:
    hashers = {name: hashlib.new(name) for name in ALGORITHMS}
    size = 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, "xb") as out:
            for block in _blocks(item):  # raises CannotDo itself for a fault in reading
                for hasher in hashers.values():
                    hasher.update(block)
                size += out.write(block)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=target.name, why=reason_of(fault))) from fault
    return Hashed(size, {name: hasher.hexdigest() for name, hasher in hashers.items()})


def _blocks(item: Item) -> Iterator[bytes]:
    if isinstance(item.source, bytes):
        yield item.source
        return
    try:
        with ordinary(item.source) as file:
            if file is None:
                raise CannotDo(tell("archive.special", path=item.shown))
            while block := file.read(_BLOCK):
                yield block
    except OSError as fault:
        raise CannotDo(tell("archive.cannot_read", path=item.shown, why=reason_of(fault))) from fault


@contextmanager
def ordinary(path: Path) -> Iterator[BinaryIO | None]:
    """An ordinary file, open for reading; None for a file of any other kind.

    A link is not followed, a pipe not waited for.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        yield None
        return
    handle = os.open(path, flags)
    with open(handle, "rb", buffering=0) as file:
        yield file if stat.S_ISREG(os.fstat(handle).st_mode) else None


def _judge(folder: Path) -> None:
    """Check the finished bag on the disk with the Library of Congress's validator.

    Raises CannotDo where it is not valid.
    """
    import bagit

    bagit.LOGGER.propagate = False  # its findings are reported below, in the user's language
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, OSError, ValueError) as fault:
        raise CannotDo(tell("archive.not_faithful", why=type(fault).__name__)) from fault
