"""A job that is cut off at its n-th file operation, or whose disk is full from then on: in a process of its own.

Python tells of every file operation before it happens (audit events). The child counts them and dies, or has them fail.
"""

import errno
import os
import sys
import traceback
from collections.abc import Callable
from enum import Enum

from antq_review.errors import CannotDo

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate"}
#: What a full disk stops; it can always remove.
NEEDS_ROOM = {"open", "os.mkdir", "os.link", "os.rename"}
KILLED, REFUSED = 77, 78


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


def operations(job: Callable[[], object]) -> int:
    """The number of file operations of the job, in a child."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        seen: list[str] = []
        sys.addaudithook(lambda event, args: seen.append(event) if _counts(event, args) else None)
        job()
        os.write(writing, str(len(seen)).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        found = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return int(found)


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


def _hook(count: int, how: str) -> Callable[[str, tuple[object, ...]], None]:
    done = 0

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal done
        if not _counts(event, args):
            return
        done += 1
        if how == "kill" and done == count:
            os._exit(KILLED)
        if event in NEEDS_ROOM and (done == count if how == "once" else how == "full" and done >= count):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))

    return hook
