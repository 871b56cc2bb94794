"""The process that opens received packages. Input: one path a line. Output: one JSON line a path.

`antq_review.province.receive` starts this file as a program and never imports it: a file that crashes it or uses up its memory
ends this process only.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO

#: Address space, in bytes: a package unpacks to 30 MB at most.
_MEMORY_BYTES = 300 * 1024 * 1024


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; there only the declared sizes and the deadline protect
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _answer(path: Path) -> dict[str, object]:
    from antq_review.province.unseal import NoPackage, opened

    try:
        found = opened(path)
        summary = found.summary.decode("utf-8")
    except NoPackage as refusal:
        return {"refused": str(refusal.says), "hint": refusal.hint}
    except UnicodeDecodeError:
        return {"fault": "not_utf8"}
    except MemoryError:
        return {"fault": "swollen"}
    return {"name": str(found.name), "content": found.content, "summary": summary, "documents": found.documents}


def serve(requests: IO[str], replies: IO[str]) -> None:
    """Answer requests until the input ends."""
    for request in requests:
        replies.write(json.dumps(_answer(Path(json.loads(request))), ensure_ascii=True) + "\n")
        replies.flush()


if __name__ == "__main__":
    _bound_memory()
    serve(sys.stdin, sys.stdout)
