"""The process that opens received packages. Input: one path a line. Output: one JSON line a path, then the bytes of its summary.

`antq_review.province.receive` starts this file as a program and never imports it: a file that crashes it or uses up its memory
ends this process only.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, BinaryIO

#: Address space, in bytes: a package unpacks to 30 MB at most.
_MEMORY_BYTES = 300 * 1024 * 1024


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; there only the declared sizes and the deadline protect
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _answer(path: Path) -> tuple[dict[str, object], bytes]:
    from antq_review.province.unseal import NoPackage, opened

    try:
        found = opened(path)
    except NoPackage as refusal:
        return {"refused": str(refusal.says), "hint": refusal.hint}, b""
    except MemoryError:
        return {"fault": "swollen"}, b""
    told = {"name": str(found.name), "content": found.content, "documents": found.documents, "size": len(found.summary)}
    return told, found.summary


def serve(requests: IO[str], replies: BinaryIO) -> None:
    """Answer requests until the input ends."""
    for request in requests:
        told, summary = _answer(Path(json.loads(request)))
        replies.write(json.dumps(told).encode("ascii") + b"\n" + summary)
        replies.flush()


if __name__ == "__main__":
    _bound_memory()
    serve(sys.stdin, sys.stdout.buffer)
