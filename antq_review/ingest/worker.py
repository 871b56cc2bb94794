"""The worker process. Input: one path per line. Output: JSON lines; the last line of each file is its verdict.

`antq_review.ingest.reader` starts this file as a program and never imports it: a parser that crashes or uses up the
memory ends this process only.
"""

from __future__ import annotations

import json
import os
import sys
import types
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

#: Address space of the worker, in bytes. A school's form needs a tenth of it, 2,000 rows need a fifth.
_MEMORY_BYTES = 400 * 1024 * 1024


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; there only the size guard and the deadline protect
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _verdict(path: Path, reply: Callable[[Any], None]) -> dict[str, str]:
    from antq_review.ingest.excel import NoSheets, read_workbook
    from antq_review.ingest.xml_part import TooBig

    try:
        before = os.stat(path)
        for line in read_workbook(path):
            reply(line)
        after = os.stat(path)
    except (TooBig, MemoryError):
        return {"verdict": "file_too_big"}
    except NoSheets:
        return {"verdict": "file_no_sheets"}
    except PermissionError as fault:
        return {"verdict": "file_locked", "detail": str(fault)}
    except (zipfile.BadZipFile, EOFError) as fault:
        return {"verdict": "file_damaged", "detail": repr(fault)}
    except Exception as fault:  # of a broken file: in its zip, its XML, its cells
        return {"verdict": "file_damaged", "detail": repr(fault)}
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        return {"verdict": "file_changing"}
    return {"verdict": "ok", "size": str(before.st_size), "time": str(before.st_mtime_ns)}


def serve(requests: IO[str], replies: IO[str]) -> None:
    """Answer requests until the input ends."""

    encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode

    def reply(line: Any) -> None:
        replies.write(encode(line) + "\n")

    for request in requests:
        reply(_verdict(Path(json.loads(request)), reply))
        replies.flush()


def _replace_package() -> None:
    """Put an empty package in the place of `antq_review.ingest`.

    Its `__init__` would load the row models: that takes longer than the reading, and the worker does not need them.
    """
    package = types.ModuleType("antq_review.ingest")
    package.__path__ = [str(Path(__file__).parent)]
    sys.modules[package.__name__] = package


if __name__ == "__main__":
    _replace_package()
    _bound_memory()
    import antq_review.ingest.excel  # noqa: F401  # now, while nobody waits for an answer

    serve(sys.stdin, sys.stdout)
