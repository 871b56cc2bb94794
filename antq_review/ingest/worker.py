"""The worker process: one path per line in, JSON lines out; the last line of a file is its verdict.

Started by `antq_review.ingest.reader`, never imported by it: a parser that dies or swallows the memory takes this process
with it, and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
import types
import zipfile
from pathlib import Path
from typing import IO, Any

#: Address space of the worker; a form of a school needs a tenth of it, 2,000 rows a fifth.
_MEMORY_BYTES = 400 * 1024 * 1024


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the size guard and the deadline stand alone there
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _verdict(path: Path, say: Any) -> dict[str, str]:
    from antq_review.ingest.excel import NoSheets, read_workbook
    from antq_review.ingest.sheet_scan import TooBig

    try:
        before = os.stat(path)
        for line in read_workbook(path):
            say(line)
        after = os.stat(path)
    except (TooBig, MemoryError):
        return {"verdict": "file_too_big"}
    except NoSheets:
        return {"verdict": "file_no_sheets"}
    except PermissionError as fault:
        return {"verdict": "file_locked", "detail": str(fault)}
    except (zipfile.BadZipFile, EOFError) as fault:
        return {"verdict": "file_damaged", "detail": repr(fault)}
    except Exception as fault:  # any of the dozen kinds that openpyxl lets through on a broken file
        return {"verdict": "file_damaged", "detail": repr(fault)}
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        return {"verdict": "file_changing"}
    return {"verdict": "ok"}


def serve(requests: IO[str], replies: IO[str]) -> None:
    """Answer until the requests end."""

    def say(line: Any) -> None:
        replies.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")

    for request in requests:
        say(_verdict(Path(json.loads(request)), say))
        replies.flush()


def _pass_by_the_front_door() -> None:
    """Importing the room would load the row models, which take longer than the reading and which nobody needs here."""
    room = types.ModuleType("antq_review.ingest")
    room.__path__ = [str(Path(__file__).parent)]
    sys.modules[room.__name__] = room


if __name__ == "__main__":
    _pass_by_the_front_door()
    _bound_memory()
    serve(sys.stdin, sys.stdout)
