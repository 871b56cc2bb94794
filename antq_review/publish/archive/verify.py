"""Is a bag complete? Every file that was changed, is missing or was added, by name. No file outside the bag is read."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import left_behind, no_folder
from antq_review.publish.archive.manifests import BagLists, algorithm_of, read_lists
from antq_review.publish.archive.names import shown_path
from antq_review.publish.archive.write import ordinary
from antq_review.text import number, say, tell

_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class BagReport:
    """The result: faults as sentences, files and bytes of the payload, names of the compared lists, bag-info.txt.

    `left`: files in no list that an operating system or an open program left there; they are no damage.
    """

    faults: tuple[str, ...]
    files: int
    size: int
    lists: tuple[str, ...]
    info: Mapping[str, str]
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class _There:
    """The contents of the bag: name in the disk's spelling → path; and links and special files, which are not read."""

    files: dict[str, Path]
    strange: tuple[str, ...]


def check_bag(bag: Path, told: Callable[[int, int], None] = lambda _done, _all: None) -> BagReport:
    """Compare a bag with its own lists. Raises UsageError for a missing folder, CannotDo for a refused or packed bag."""
    if bag.is_file():
        raise CannotDo(tell("archive.verify.packed", path=shown_path(str(bag))))
    if not bag.is_dir():
        raise no_folder(bag)
    lists = read_lists(bag)
    there, left = _without_system(_walked(bag), lists)
    names = {*there.files, *there.strange}
    lists.payload, lists.tags = ({name: _spelled(each, names) for name, each in kind.items()} for kind in (lists.payload, lists.tags))
    payload = {name: path for name, path in there.files.items() if name.startswith("data/")}
    size = sum(path.stat().st_size for path in payload.values())
    faults = [say("archive.verify.line", path=name, number=line) for name, line in lists.faults]
    faults += [say("archive.verify.link", path=shown_path(name)) for name in there.strange]
    faults += _named(lists, there)
    faults += _changed(lists, there, told)
    faults += _oxum(lists.info, len(payload), size)
    return BagReport(tuple(dict.fromkeys(faults)), len(payload), size, tuple(sorted({*lists.payload, *lists.tags})), lists.info, left)


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _spelled(entries: Mapping[str, str], names: set[str]) -> dict[str, str]:
    """A list with its names in the disk's spelling where only the Unicode form differs: systems may decompose names."""
    spare = {_nfc(name): name for name in sorted(names - entries.keys())}
    return {path if path in names else spare.pop(_nfc(path), path): digest for path, digest in entries.items()}


def _walked(bag: Path) -> _There:
    """Every file below the bag. A linked folder is not searched."""
    files: dict[str, Path] = {}
    strange: list[str] = []
    waiting = [("", bag)]
    while waiting:
        prefix, folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = prefix + entry.name
                if entry.is_symlink() or getattr(entry, "is_junction", bool)():
                    strange.append(name)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{name}/", Path(entry.path)))
                elif entry.is_file(follow_symlinks=False):
                    files[name] = Path(entry.path)
                else:
                    strange.append(name)
    return _There(dict(sorted(files.items())), tuple(sorted(strange)))


def _without_system(there: _There, lists: BagLists) -> tuple[_There, tuple[str, ...]]:
    """The contents without the files in no list that a system left there, and these files."""
    listed = {_nfc(path) for entries in (*lists.payload.values(), *lists.tags.values()) for path in entries}
    left = {name for name in there.files if _nfc(name) not in listed and any(map(left_behind, name.split("/")))}
    kept = {name: path for name, path in there.files.items() if name not in left}
    return _There(kept, there.strange), tuple(map(shown_path, sorted(left)))


# --- names ---------------------------------------------------------------------------------------------------------


def _named(lists: BagLists, there: _There) -> Iterator[str]:
    """Missing files, added files, files that are in one list and not in another."""
    all_lists = {**lists.payload, **lists.tags}
    listed = {path for entries in all_lists.values() for path in entries}
    twins = Counter(map(_nfc, there.files))
    for path in sorted(listed - there.files.keys() - set(there.strange)):
        yield say("archive.verify.missing", path=shown_path(path), lists=", ".join(_holding(all_lists, path)))
    for name in sorted({f"tag{name}" for name in lists.payload} - lists.tags.keys()) if _is_ours(lists) else ():
        yield say("archive.verify.no_tag_list", path=name)
    for path in there.files:
        if path not in listed:
            if not _needs_no_list(path, lists, there):
                yield say("archive.verify.twin" if twins[_nfc(path)] > 1 else "archive.verify.added", path=shown_path(path))
            continue
        mine = lists.payload if path.startswith("data/") else lists.tags
        left = sorted(mine.keys() - set(_holding(all_lists, path)))
        if left:
            yield say("archive.verify.unlisted", path=shown_path(path), lists=", ".join(left))


def _holding(lists: Mapping[str, Mapping[str, str]], path: str) -> list[str]:
    return sorted(name for name, entries in lists.items() if path in entries)


def _is_ours(lists: BagLists) -> bool:
    """Did this tool make the bag?

    Then every list of the payload has a list of tag files; RFC 8493 does not require one.
    """
    return lists.info.get("Bag-Software-Agent", "").startswith("antq_review ")


def _needs_no_list(path: str, lists: BagLists, there: _There) -> bool:
    """May the file be in no list?

    A list of tag files cannot contain itself; it belongs to a list of the payload. A bag without such lists lists no
    tag file.
    """
    if path.startswith("tagmanifest-") and "/" not in path:
        return path.removeprefix("tag") in there.files or (path in lists.tags and not _is_ours(lists))
    return not path.startswith("data/") and not lists.tags


# --- contents ------------------------------------------------------------------------------------------------------


def _changed(lists: BagLists, there: _There, told: Callable[[int, int], None]) -> Iterator[str]:
    wanted: dict[str, dict[str, str]] = {}
    for name, entries in {**lists.payload, **lists.tags}.items():
        for path, digest in entries.items():
            if path in there.files:
                wanted.setdefault(path, {})[name] = digest
    for done, (path, digests) in enumerate(sorted(wanted.items()), start=1):
        found = _hashes(there.files[path], {algorithm_of(name) for name in digests})
        if found is None:
            yield say("archive.verify.unreadable", path=shown_path(path))
        elif wrong := [name for name, digest in digests.items() if found[algorithm_of(name)] != digest]:
            yield say("archive.verify.changed", path=shown_path(path), lists=", ".join(sorted(wrong)))
        told(done, len(wanted))


def _hashes(path: Path, algorithms: set[str]) -> dict[str, str] | None:
    """Algorithm → hash of a file, which is read once; None where it is no longer an ordinary file or cannot be read."""
    hashers = {name: hashlib.new(name) for name in algorithms}
    try:
        with ordinary(path) as file:
            if file is None:
                return None
            while block := file.read(_BLOCK):
                for hasher in hashers.values():
                    hasher.update(block)
    except OSError:
        return None
    return {name: hasher.hexdigest() for name, hasher in hashers.items()}


def _oxum(info: Mapping[str, str], files: int, size: int) -> list[str]:
    said = info.get("Payload-Oxum")
    if said is None or said == f"{size}.{files}":
        return []
    return [say("archive.verify.oxum", said=_amount(said), found=_amount(f"{size}.{files}"))]


def _amount(oxum: str) -> str:
    """`2785198.77` in words; a text of any other form unchanged."""
    if not re.fullmatch(r"[0-9]{1,18}\.[0-9]{1,18}", oxum):
        return shown_path(oxum[:40])
    size, files = (number(int(part)) for part in oxum.split("."))
    return say("archive.verify.amount", files=files, size=size)
