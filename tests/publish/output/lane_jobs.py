"""Jobs for lanes, as other processes find them: by name. A job is a list: what to do, and its argument."""

import os
import time
from multiprocessing import parent_process
from pathlib import Path


def done(job: list[str]) -> str:
    """Give, raise, die, eat memory or never end. `here`: the current folder and a path of imports that leads into it."""
    what, given = job
    match what:
        case "raise":
            raise ValueError(given)
        case "die":
            os._exit(3)
        case "die after":  # it ends while nobody has asked it for anything
            os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh", "-c", f"sleep 0.2; kill -9 {os.getpid()}"])
        case "eat":
            eaten = [b"x" * 2**20 for _ in range(int(given))]
            time.sleep(60)
            return str(len(eaten))
        case "sleep":
            Path(given).write_text(str(os.getpid()), encoding="utf-8")
            time.sleep(60)
        case "whose":
            parent = parent_process()
            return f"{os.getpid()} {parent.pid if parent is not None else 0}"
    return given
