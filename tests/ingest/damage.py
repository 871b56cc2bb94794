"""A program of its own for the fuzz test: `antq check` on a folder, then a line of JSON with what it took.

    python -m tests.ingest.damage FOLDER OUT
"""

import json
import resource
import sys
from pathlib import Path

from antq_review import cli

if __name__ == "__main__":
    code = cli.run(["check", sys.argv[1], "--out", sys.argv[2]])
    # A process inherits the greatest size of the one that started it, but for what the kernel counts for its own memory alone.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    own, children = int(status["VmHWM"].split()[0]) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print("\n" + json.dumps({"exit": code, "megabytes": max(own, children)}))
