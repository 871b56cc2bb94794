"""`so_den.jsonl`: when this folder first saw each content, and the seed of the sample. Lines are added, never changed.

The day of first sight decides what is on time: not a file's date, not a school's clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import reason_of, write_whole
from antq_review.province.summaries import Package
from antq_review.text import Message, tell

_MOST_BYTES = 50_000_000


@dataclass
class Register:
    """Content id → day of first sight; seed of the sample → day on which it was first seen; a sentence for each bad line."""

    days: dict[str, date] = field(default_factory=dict)
    seeds: dict[str, date] = field(default_factory=dict)
    faults: list[Message] = field(default_factory=list)


def read_register(path: Path) -> Register:
    """The register as it stands; a line that cannot be read costs itself. Raises CannotDo for an unreadable file."""
    found = Register()
    if not path.exists():
        return found
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CannotDo(tell("province.register.too_big", file=path.name))
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as fault:
        raise CannotDo(tell("archive.cannot_read", path=path.name, why=reason_of(fault))) from fault
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            known, name = (found.seeds, entry["seed"]) if "seed" in entry else (found.days, entry["content"])
            known.setdefault(str(name), date.fromisoformat(entry["day"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            found.faults.append(tell("province.register.bad_line", file=path.name, number=number))
    return found


def entered(path: Path, packages: Iterable[Package], on: date, seed: str = "") -> Register:
    """Enter every content, and the seed, that the register does not know yet with the day `on`; the register after that.

    The file is written whole and replaced; a damaged line stays as it is. Raises CannotDo where it cannot be written.
    """
    found = read_register(path)
    numbered = sorted(packages, key=lambda one: one.name.number)  # a content may come under two numbers: the higher is written
    new = {one.content: one for one in numbered if one.content not in found.days}
    lines: list[dict[str, object]] = [
        {"content": content, "day": on.isoformat(), "school": one.name.code, "year": one.name.year, "number": one.name.number}
        for content, one in sorted(new.items())
    ]
    lines += [{"seed": seed, "day": on.isoformat()}] if seed and seed not in found.seeds else []
    if lines:
        before = path.read_bytes() if path.exists() else b""
        if before and not before.endswith(b"\n"):
            before += b"\n"
        write_whole(path, before + "".join(json.dumps(line) + "\n" for line in lines).encode("utf-8"))
        found.days |= dict.fromkeys(new, on)
        found.seeds |= {str(line["seed"]): on for line in lines if "seed" in line}
    return found
