"""Opens one received package behind its guards, in a fixed order. Nothing is unpacked to the disk and no document is opened.

Every refusal is one message: what is wrong and what to ask the school for. The guards: 1 an ordinary file of a bounded size;
2 a zip by its first bytes; 3 its directory; 4 its names; 5 the bag: every listed file with its hash, every file listed;
6 the kinds of files. `summaries` then judges the summary. Annex and documents are hashed, never opened.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from antq_review.package import SUMMARY
from antq_review.province.bag import MANIFEST, TAG_MANIFEST, PackageName, content_id
from antq_review.province.own_outputs import kind_of_data, kind_of_workbook
from antq_review.publish.archive.names import safe_name
from antq_review.text import Message, tell

#: Most bytes of the file, of all members as declared, of the summary; most members; most times that a member may grow.
MAX_FILE, MAX_UNPACKED, MAX_SUMMARY, MAX_MEMBERS, MAX_RATIO = 20_000_000, 30_000_000, 1_000_000, 60, 200
_SUFFIXES = frozenset({".json", ".xlsx", ".docx", ".txt", ".pdf"})
_TAGS = ("bagit.txt", "bag-info.txt", MANIFEST, TAG_MANIFEST)
_LINE = re.compile(r"([0-9a-f]{64})  (\S.{0,150})\Z")
#: First bytes → what the file really is (text/province.toml, `refused`).
_KINDS = (
    (b"rar!", "rar"), (b"7z\xbc\xaf", "seven_zip"), (b"%pdf", "pdf"),
    (b"\xd0\xcf\x11\xe0", "old_office"), (b"<!do", "html"), (b"<htm", "html"),
)
#: What only the page of a roll-up holds.
_ROLL_UP = b'<meta name="generator" content="antq_review roll-up">'
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp")


class NoPackage(Exception):
    """The file is no package that counts. `says`: why, and what to ask for; `hint`: the school it may be of."""

    def __init__(self, says: Message, hint: str = "") -> None:
        super().__init__(says)
        self.says, self.hint = says, hint


@dataclass(frozen=True)
class OpenedPackage:
    """One received package as its files say. `content`: the identity of its content; `summary`: bytes, not yet judged."""

    name: PackageName
    content: str
    summary: bytes
    documents: tuple[str, ...]


def opened(path: Path) -> OpenedPackage:
    """The package in a file. Raises NoPackage; a file that changes while it is read is refused too."""
    try:
        return _opened(_content(path))
    except NoPackage as refusal:
        raise NoPackage(refusal.says, refusal.hint or _school_in(path.stem)) from refusal


def _school_in(stem: str) -> str:
    """The school code that a file's name may hold: a hint, never a match."""
    name = PackageName.of(re.sub(r"\s*\(\d+\)\Z", "", stem))
    return name.code if name is not None else ""


# --- the file ----------------------------------------------------------------------------------------------------------


def _content(path: Path) -> bytes:
    try:
        before = os.lstat(path)
        if not stat.S_ISREG(before.st_mode):
            raise NoPackage(tell("province.refused.no_file"))
        if path.name.startswith("~$") or path.suffix.casefold() in _UNFINISHED or before.st_size == 0:
            raise NoPackage(tell("province.refused.unfinished"))
        if before.st_size > MAX_FILE:
            raise NoPackage(tell("province.refused.too_big", limit=MAX_FILE // 1_000_000))
        content = path.read_bytes()
        after = os.lstat(path)
    except OSError as fault:
        raise NoPackage(tell("province.refused.unreadable")) from fault
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != before.st_size:
        raise NoPackage(tell("province.refused.changing"))
    return content


def _opened(content: bytes) -> OpenedPackage:
    if not content.strip(b"\0"):
        raise NoPackage(tell("province.refused.unfinished"))
    if not content.startswith(b"PK\3\4"):
        if (own := "roll_up" if _ROLL_UP in content else kind_of_data(content)):
            raise NoPackage(tell(f"province.refused.{own}"))
        start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        raise NoPackage(tell(f"province.refused.{next((name for sign, name in _KINDS if start.startswith(sign)), 'no_zip')}"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            top, members = _directory(archive)
            files = {name: archive.read(info) for name, info in members.items()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as fault:
        raise NoPackage(tell("province.refused.damaged")) from fault
    return _package(top, files)


# --- the directory of the zip ----------------------------------------------------------------------------------------


def _directory(archive: zipfile.ZipFile) -> tuple[str, dict[str, zipfile.ZipInfo]]:
    """The top folder, and the path below it of each member. Raises NoPackage for whatever a package of this tool never has."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    names = [info.filename for info in archive.infolist()]
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise NoPackage(tell(f"province.refused.{kind_of_workbook(archive)}"))
    if len(names) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise NoPackage(tell("province.refused.swollen"))
    if len({unicodedata.normalize("NFC", name).casefold() for name in names}) < len(names):
        raise NoPackage(tell("province.refused.twice"))
    for info in infos:
        if info.flag_bits & 0x1:
            raise NoPackage(tell("province.refused.encrypted"))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or stat.S_ISLNK(info.external_attr >> 16):
            raise NoPackage(tell("province.refused.odd_member", name=_shown(info.filename)))
        if info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise NoPackage(tell("province.refused.swollen"))
        if not _is_safe(info.filename):
            raise NoPackage(tell("province.refused.bad_name", name=_shown(info.filename)))
    tops = {info.filename.split("/")[0] for info in infos}
    if len(tops) != 1 or any("/" not in info.filename for info in infos):
        raise NoPackage(tell("province.refused.no_package"))
    (top,) = tops
    return top, {info.filename.removeprefix(f"{top}/"): info for info in infos}


def _is_safe(name: str) -> bool:
    """A path that every system can store inside one folder, as this tool writes them."""
    parts = name.split("/")
    return len(name) <= 120 and ".." not in parts and all(part and _is_as_written(part) for part in parts)


@lru_cache(4096)
def _is_as_written(part: str) -> bool:
    """Packages have the same few names."""
    return safe_name(part) == part


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:80]


# --- the bag ---------------------------------------------------------------------------------------------------------


def _package(top: str, files: Mapping[str, bytes]) -> OpenedPackage:
    name = PackageName.of(top)
    if name is None or any(tag not in files for tag in _TAGS) or f"data/{SUMMARY}" not in files:
        raise NoPackage(tell("province.refused.no_package"))
    payload = {path: content for path, content in files.items() if path.startswith("data/")}
    _held_against(files[MANIFEST], payload, name.code)
    _held_against(files[TAG_MANIFEST], {tag: files[tag] for tag in _TAGS if tag != TAG_MANIFEST}, name.code)
    strange = [path for path in files if path not in payload and path not in _TAGS]
    strange += [path for path in payload if PurePosixPath(path).suffix.casefold() not in _SUFFIXES]
    if strange:
        raise NoPackage(tell("province.refused.strange", name=_shown(strange[0])), name.code)
    summary = payload.pop(f"data/{SUMMARY}")
    if len(summary) > MAX_SUMMARY:
        raise NoPackage(tell("province.refused.bad_summary", where=""), name.code)
    if f"External-Identifier: {name.code}-{name.year}".encode() not in files["bag-info.txt"].splitlines():
        raise NoPackage(tell("province.refused.bad_list"), name.code)
    documents = tuple(sorted(path.removeprefix("data/") for path in payload))
    return OpenedPackage(name, content_id(files[MANIFEST]), summary, documents)


def _held_against(manifest: bytes, files: Mapping[str, bytes], code: str) -> None:
    """Raises NoPackage where a listed file is not there or differs, or a file is not listed."""
    listed: dict[str, str] = {}
    for line in manifest.decode("utf-8", "replace").splitlines():
        entry = _LINE.match(line)
        if entry is None or entry[2] in listed:
            raise NoPackage(tell("province.refused.bad_list"), code)
        listed[entry[2]] = entry[1]
    for path in sorted(listed.keys() | files.keys()):
        if path not in files:
            raise NoPackage(tell("province.refused.missing", name=_shown(path)), code)
        if path not in listed:
            raise NoPackage(tell("province.refused.unlisted", name=_shown(path)), code)
        if hashlib.sha256(files[path]).hexdigest() != listed[path]:
            raise NoPackage(tell("province.refused.changed", name=_shown(path)), code)
