"""Everything in the officer's folder `den/`, each file as a package or with the reason why it is none."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from antq_review.children import environment
from antq_review.errors import CannotDo
from antq_review.files import left_behind, reason_of
from antq_review.province.bag import PackageName
from antq_review.province.summaries import Package, checked
from antq_review.province.unseal import NoPackage, OpenedPackage
from antq_review.text import Message, literal, tell

#: The program of the process that opens packages; seconds for one file.
WORKER = Path(__file__).with_name("worker.py")
FILE_SECONDS = 20.0
#: What stands for a character of a file's name that cannot be printed.
_NO_LETTER = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Arrived:
    """One file below `den/`. `shown`: its path there as it can be printed. Exactly one of `package` and `refused` is given."""

    shown: str
    package: Package | None = None
    refused: Message | None = None
    hint: str = ""


#: What the process says of a file, and the summary in it.
_Answer = tuple[dict[str, object], bytes]


class _Worker:
    """One process that opens packages, and the thread that reads its answers."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(PYTHONWARNINGS="ignore"), cwd=WORKER.parent,
        )
        self.answers: queue.Queue[_Answer | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        pipe = self.process.stdout
        assert pipe is not None
        with suppress(ValueError):  # a line that was cut off, a pipe that `stop` closed
            for line in pipe:
                told = json.loads(line)
                self.answers.put((told, pipe.read(told.get("size", 0))))
        self.answers.put(None)

    def ask(self, path: Path) -> None:
        """Ask for a file: `answer` gives the answers in the order of the questions."""
        assert self.process.stdin is not None
        with suppress(OSError):  # it has ended; `answer` says so
            self.process.stdin.write(json.dumps(str(path.absolute())).encode("ascii") + b"\n")
            self.process.stdin.flush()

    def answer(self, seconds: float) -> _Answer:
        """The answer for the next file. Where it says a fault, the process has ended or hangs: it must be replaced."""
        try:
            return self.answers.get(timeout=seconds) or ({"fault": "crashed"}, b"")
        except queue.Empty:
            return {"fault": "slow"}, b""

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError, ValueError):
                pipe.close()


def _answers(paths: Sequence[Path], seconds: float) -> Generator[_Answer, None, None]:
    """What the process says of each file, in their order; while the caller judges one, it opens the next.

    A file that kills or stalls the process costs itself alone: the next one is asked again of a new process.
    """
    worker: _Worker | None = None
    try:
        for place in range(len(paths)):
            if worker is None:
                worker = _Worker()
                worker.ask(paths[place])
            if place + 1 < len(paths):
                worker.ask(paths[place + 1])
            answer = worker.answer(seconds)
            yield answer
            if "fault" in answer[0]:
                worker.stop()
                worker = None
    finally:
        if worker is not None:
            worker.stop()


#: What was read of a file, by its path, with the marks by which a later run knows that it is still the same file.
Kept = dict[str, tuple[tuple[int, ...], Arrived]]


def received(
    folder: Path, told: Callable[[int, int], None] = lambda _done, _all: None, seconds: float = FILE_SECONDS, kept: Kept | None = None
) -> Iterator[Arrived]:
    """Every file below a folder, in the order of its paths; those that an operating system leaves behind are passed over.

    A file that kills or stalls the process costs itself alone. `kept`: files that did not change since are not opened
    again, and what is opened is added, so a run that was stopped goes on where it was. Raises CannotDo where the folder
    cannot be listed.
    """
    kept = {} if kept is None else kept
    paths, closed = _everything(folder)
    yield from (Arrived(_shown(path, folder), refused=tell("province.refused.closed_folder")) for path in closed)
    marks = {str(path.relative_to(folder)): _marks(path) for path in paths}
    same = {name for name, now in marks.items() if now and name in kept and kept[name][0] == now}
    with closing(_answers([path for path, name in zip(paths, marks, strict=True) if name not in same], seconds)) as answers:
        for done, (path, name) in enumerate(zip(paths, marks, strict=True), start=1):
            if name not in same:
                kept[name] = marks[name], _arrived(_shown(path, folder), *next(answers))
            yield kept[name][1]
            if name not in same:
                told(done, len(paths))


def _everything(folder: Path) -> tuple[list[Path], list[Path]]:
    """All that lies below a folder and is no folder, links and special files too; and the folders that cannot be listed.

    Nothing is passed over but what systems leave behind: a package that is not counted must be named.
    """
    found: list[Path] = []
    closed: list[Path] = []
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as listed:
                entries = list(listed)
        except OSError as fault:
            if place == folder:
                raise CannotDo(tell("archive.cannot_read", path=folder, why=reason_of(fault))) from fault
            closed.append(place)
            continue
        waiting += [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
        found += [Path(entry.path) for entry in entries if not entry.is_dir(follow_symlinks=False) and not left_behind(entry.name)]
    return sorted(found), sorted(closed)


def _shown(path: Path, folder: Path) -> str:
    """The path of a file as pages, workbooks and JSON can hold it: a name may have control characters or bytes that are no text."""
    return "".join(letter if letter.isprintable() else _NO_LETTER for letter in path.relative_to(folder).as_posix())


def _marks(path: Path) -> tuple[int, ...]:
    """Size, times and number of a file now; nothing where it is gone."""
    try:
        found = path.lstat()
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _arrived(shown: str, answer: dict[str, object], summary: bytes) -> Arrived:
    if "fault" in answer:
        return Arrived(shown, refused=tell(f"province.refused.{answer['fault']}"))
    if "refused" in answer:
        return Arrived(shown, refused=literal(str(answer["refused"])), hint=str(answer["hint"]))
    name, documents = PackageName.of(str(answer["name"])), answer["documents"]
    assert name is not None and isinstance(documents, list)
    try:
        return Arrived(shown, checked(OpenedPackage(name, str(answer["content"]), summary, tuple(map(str, documents)))))
    except NoPackage as refusal:
        return Arrived(shown, refused=refusal.says, hint=refusal.hint)
