"""A job that is cut off at its n-th file operation, or whose disk is full from then on: in a process of its own.

Python tells of every file operation before it happens (audit events). The child counts them and dies, or has them fail.
"""

import errno
import json
import os
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from enum import Enum
from multiprocessing import get_context
from typing import Any, ClassVar, NamedTuple

from antq_review.errors import CannotDo

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate"}
#: What a full disk stops; it can always remove.
NEEDS_ROOM = {"open", "os.mkdir", "os.link", "os.rename"}
KILLED, REFUSED = 77, 78


def small_process() -> ProcessPoolExecutor:
    """A process that has loaded little, for trying many points: each point is a fork, and a whole test run is large to copy."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


class End(Enum):
    """How a job ended."""

    DONE = 0
    KILLED = KILLED
    REFUSED = REFUSED


def run(job: Callable[[], object], count: int, how: str) -> End:
    """Run the job in a child. `how`: "kill" before operation `count`; "full" from it on; "once" at it alone.

    A job that ends with another exception than CannotDo fails the test: no user may meet it.
    """
    child = os.fork()
    if not child:
        _in_child(job, count, how)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return End(status)


class Counted(NamedTuple):
    """The number of file operations of a job; those by which a document is drawn in a temporary folder, from 1."""

    total: int
    drawing: frozenset[int]


def operations(job: Callable[[], object]) -> Counted:
    """The file operations of the job, counted in a child."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            _Point.done, _Point.drawn = 0, []
            sys.addaudithook(_hook(0, "count"))
            job()
            os.write(writing, json.dumps([_Point.done, _Point.drawn]).encode())
        except BaseException:  # whatever it is: this copy of the test run must not go on
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        found = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    total, drawn = json.loads(found)
    return Counted(total, frozenset(number for before, after in drawn for number in range(before + 1, after + 1)))


def drawing(draw: Callable[[], Any]) -> Any:
    """What `draw` makes, in a child; its operations are remembered as such."""
    before, made = _Point.done, draw()
    _Point.drawn.append((before, _Point.done))
    return made


def _counts(event: str, args: tuple[object, ...]) -> bool:
    if event not in CHANGES and not (event == "open" and isinstance(args[2], int) and args[2] & WRITES):
        return False
    return not str(args[0]).startswith("/dev/")


def _in_child(job: Callable[[], object], count: int, how: str) -> None:
    code = 1
    try:
        sys.addaudithook(_hook(count, how))
        job()
        code = 0
    except CannotDo:
        code = REFUSED
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class _Point:
    """In a child: the operations so far, and the one at which it is cut off."""

    done, count, how = 0, 0, ""
    drawn: ClassVar[list[tuple[int, int]]] = []


class Watched:
    """The operations of this process since the first `watch`."""

    count, begun = 0, False

    @classmethod
    def watch(cls) -> int:
        """The number until now."""
        if not cls.begun:
            cls.begun = True
            sys.addaudithook(lambda event, args: setattr(cls, "count", cls.count + 1) if _counts(event, args) else None)
        return cls.count


def left_out(operations: int) -> bool:
    """May a child leave out a call of so many operations, which leaves nothing behind? Not if it is cut off among them."""
    among = _Point.done < _Point.count <= _Point.done + operations
    if _Point.how == "count" or among or (_Point.how == "full" and _Point.done >= _Point.count):
        return False
    _Point.done += operations
    return True


def _hook(count: int, how: str) -> Callable[[str, tuple[object, ...]], None]:
    _Point.done, _Point.count, _Point.how = 0, count, how

    def hook(event: str, args: tuple[object, ...]) -> None:
        if not _counts(event, args):
            return
        _Point.done += 1
        done = _Point.done
        if how == "kill" and done == count:
            os._exit(KILLED)
        if event in NEEDS_ROOM and (done == count if how == "once" else how == "full" and done >= count):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))

    return hook
