"""Which process a lock or a leftover belongs to, and whether that process is gone.

A number alone does not tell: systems use it again. A process is known by computer, number and start.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"(\d{1,10})-([0-9a-f]{8})-")
#: Linux counts the start of a process in ticks since the computer started, so a clock that is set does not change it.
_PROC, _BOOT, _START_FIELD = Path("/proc"), Path("/proc/sys/kernel/random/boot_id"), 22


@dataclass(frozen=True)
class Process:
    """A process on a computer. `started`: a word that differs where the same number is another process."""

    host: str
    pid: int
    started: str

    @property
    def is_gone(self) -> bool | None:
        """Is it no longer running? None: it runs on another computer, nobody here can know."""
        if self.host != platform.node():
            return None
        return start_of(self.pid) != self.started


def mark() -> str:
    """The beginning of a temporary name that says whose it is: `<number>-<check number of its start>-`."""
    me = this_process()
    return f"{me.pid}-{_check(me.started)}-"


def owner_is_gone(marked: str) -> bool:
    """Is the process that `mark` wrote into a name gone? False for a name without a mark: nobody knows whose it is."""
    found = _MARK.match(marked)
    return found is not None and _check(start_of(int(found[1])) or "") != found[2]


def _check(started: str) -> str:
    return f"{zlib.crc32(started.encode()):08x}"


def this_process() -> Process:
    """The process that asks."""
    return Process(platform.node(), os.getpid(), start_of(os.getpid()) or "")


def start_of(pid: int) -> str | None:
    """When the process began, as a word; None where there is no such process."""
    if not 0 < pid < 2**31:
        return None
    if sys.platform == "linux":
        try:
            after_name = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            return f"{_BOOT.read_text(encoding='ascii').strip()}:{after_name.split()[_START_FIELD - 3]}"
        except (FileNotFoundError, ProcessLookupError):
            return None
    import psutil

    try:
        return str(round(psutil.Process(pid).create_time()))
    except psutil.NoSuchProcess:
        return None
    except psutil.AccessDenied:  # another user's process: it runs, more is not told
        return ""
