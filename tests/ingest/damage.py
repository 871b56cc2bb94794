"""A program of its own for the fuzz test: `antq check` on a folder, then a line of JSON with what it took.

    python -m tests.ingest.damage FOLDER OUT
"""

import json
import resource
import sys

from antq_review import cli

if __name__ == "__main__":
    code = cli.run(["check", sys.argv[1], "--out", sys.argv[2]])
    own, children = (resource.getrusage(which).ru_maxrss // 1024 for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print("\n" + json.dumps({"exit": code, "megabytes": max(own, children)}))
