"""Everything in the officer's folder `den/`, each file as a package or with the reason why it is none."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from antq_review.children import environment
from antq_review.errors import CannotDo
from antq_review.files import files_below, left_behind, reason_of
from antq_review.province.bag import PackageName
from antq_review.province.summaries import Package, checked
from antq_review.province.unseal import NoPackage, OpenedPackage
from antq_review.text import Message, literal, tell

#: The program of the process that opens packages; seconds for one file.
WORKER = Path(__file__).with_name("worker.py")
FILE_SECONDS = 20.0


@dataclass(frozen=True)
class Arrived:
    """One file below `den/`. `shown`: its path there. Exactly one of `package` and `refused` is given."""

    shown: str
    package: Package | None = None
    refused: Message | None = None
    hint: str = ""


class _Worker:
    """One process that opens packages, and the thread that reads its answers."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            encoding="utf-8", env=environment(PYTHONWARNINGS="ignore"), cwd=WORKER.parent,
        )
        self.lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def ask(self, path: Path, seconds: float) -> dict[str, object] | None:
        """The answer for one file; None where the process ended or is silent: it must be replaced."""
        assert self.process.stdin is not None
        deadline = time.monotonic() + seconds
        try:
            self.process.stdin.write(json.dumps(str(path.absolute())) + "\n")
            self.process.stdin.flush()
            line = self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
            answer = json.loads(line) if line is not None else None
        except queue.Empty:
            return {"fault": "slow"}
        except (OSError, ValueError):  # a closed pipe, an incomplete line
            return None
        return answer if isinstance(answer, dict) else None

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError, ValueError):
                pipe.close()


def received(folder: Path, told: Callable[[int, int], None] = lambda _done, _all: None, seconds: float = FILE_SECONDS) -> Iterator[Arrived]:
    """Every file below a folder, in the order of its paths; those that an operating system leaves behind are passed over.

    A file that kills or stalls the process costs itself alone. Raises CannotDo where the folder cannot be listed.
    """
    try:
        next(iter(folder.iterdir()), None)
    except OSError as fault:
        raise CannotDo(tell("archive.cannot_read", path=folder, why=reason_of(fault))) from fault
    paths = sorted(path for path in files_below(folder) if not left_behind(path.name))
    worker: _Worker | None = None
    try:
        for done, path in enumerate(paths, start=1):
            worker = worker or _Worker()
            answer = worker.ask(path, seconds)
            yield _arrived(path.relative_to(folder).as_posix(), answer or {"fault": "crashed"})
            if answer is None or "fault" in answer:
                worker.stop()
                worker = None
            told(done, len(paths))
    finally:
        if worker is not None:
            worker.stop()


def _arrived(shown: str, answer: dict[str, object]) -> Arrived:
    if "fault" in answer:
        fault = str(answer["fault"])
        where = {"where": ""} if fault == "not_utf8" else {}
        return Arrived(shown, refused=tell(f"province.refused.{'bad_summary' if fault == 'not_utf8' else fault}", **where))
    if "refused" in answer:
        return Arrived(shown, refused=literal(str(answer["refused"])), hint=str(answer["hint"]))
    name = PackageName.of(str(answer["name"]))
    documents = answer["documents"]
    assert name is not None and isinstance(documents, list)
    try:
        opened = OpenedPackage(name, str(answer["content"]), str(answer["summary"]).encode("utf-8"), tuple(map(str, documents)))
        return Arrived(shown, checked(opened))
    except NoPackage as refusal:
        return Arrived(shown, refused=refusal.says, hint=refusal.hint)
