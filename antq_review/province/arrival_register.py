"""`so_den.jsonl`: when this folder first saw each content. One line a content; lines are added, never changed.

The day of first sight decides what is on time: not a file's date, not a school's clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import reason_of, write_whole
from antq_review.province.summaries import Package
from antq_review.text import Message, tell

_MOST_BYTES = 50_000_000


def known_days(path: Path) -> tuple[dict[str, date], list[Message]]:
    """Content id → day of first sight; and a sentence for each line that cannot be read. Raises CannotDo for an unreadable file."""
    days: dict[str, date] = {}
    faults: list[Message] = []
    if not path.exists():
        return days, faults
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
            days.setdefault(str(entry["content"]), date.fromisoformat(entry["day"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            faults.append(tell("province.register.bad_line", file=path.name, number=number))
    return days, faults


def entered(path: Path, packages: Iterable[Package], on: date) -> tuple[dict[str, date], list[Message]]:
    """Enter every content that the register does not know yet with the day `on`; the days of all contents and its faults.

    The file is written whole and replaced; a damaged line stays as it is. Raises CannotDo where it cannot be written.
    """
    days, faults = known_days(path)
    new = {one.content: one for one in packages if one.content not in days}
    if new:
        before = path.read_bytes() if path.exists() else b""
        if before and not before.endswith(b"\n"):
            before += b"\n"
        told = [(content, one.name) for content, one in sorted(new.items())]
        lines = [
            json.dumps({"content": content, "day": on.isoformat(), "school": name.code, "year": name.year, "number": name.number})
            for content, name in told
        ]
        write_whole(path, before + ("\n".join(lines) + "\n").encode("utf-8"))
        days |= dict.fromkeys(new, on)
    return days, faults
