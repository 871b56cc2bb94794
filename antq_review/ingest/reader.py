"""Reading in the parent process: check each file, then let a worker process read it. A dead worker is replaced."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from antq_review.children import environment
from antq_review.ingest.file_guard import MAX_BYTES, refusal
from antq_review.text import tidy
from antq_review.text.personal_paths import Labels

#: Time limit for one workbook, in seconds.
FILE_SECONDS = 60.0
#: The program of the worker process.
WORKER = Path(__file__).with_name("worker.py")

#: Most bytes that are taken from the worker at once: what a pipe holds.
_PIECE = 1 << 16

#: A cell: kind (one letter, see ingest.stored_values) and text.
Value = tuple[str, str]
#: Kinds of cells whose font shows an encoding from before Unicode → what `to_unicode` calls it.
OLD_FONTS = {"o": "tcvn3", "O": "tcvn3_capitals", "v": "vni"}


@dataclass
class Grid:
    """The filled cells of one sheet, whose title is without what points to a person: row number → column number → value.

    `struck`: lines whose text is struck through. `links`: (row, column) → address behind the words of a cell.
    """

    title: str
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    links: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class Book:
    """One workbook with its sheets.

    `fault`: key of the problem for which it was not read; `detail`: text of the error; `stamp`: size and time of the file
    when it was hashed.
    """

    path: Path
    sha256: str
    size: int
    sheets: list[Grid] = field(default_factory=list)
    fault: str | None = None
    detail: str = ""
    stamp: tuple[str, str] = ("", "")


class _Worker:
    """One worker process and the thread that reads its output."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(WORKER)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(PYTHONWARNINGS="ignore"), cwd=WORKER.parent,
        )
        self._pieces: queue.Queue[bytes | None] = queue.Queue(maxsize=16)
        self._asked: Path | None = None
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        """Pass on whole lines, as many as there are: to hand over each row alone would take half as long as reading it."""
        assert self.process.stdout is not None
        begun = bytearray()
        while piece := os.read(self.process.stdout.fileno(), _PIECE):
            whole, end, rest = piece.rpartition(b"\n")
            if end:
                self._pieces.put(bytes(begun + whole))
                begun.clear()
            begun += rest
        self._pieces.put(None)

    def ask(self, path: Path) -> None:
        """Ask for one workbook, unless it was asked for already. Where the process has died, its replies end."""
        assert self.process.stdin is not None
        if path == self._asked:
            return
        self._asked = path
        with suppress(OSError):
            self.process.stdin.write(json.dumps(str(path.absolute())).encode() + b"\n")
            self.process.stdin.flush()

    def replies(self, deadline: float) -> Iterator[Any]:
        """What it says, until it ends. Raises queue.Empty at the deadline, ValueError for a line that nobody understands."""
        self._asked = None
        while piece := self._pieces.get(timeout=max(0.0, deadline - time.monotonic())):
            yield from map(json.loads, piece.split(b"\n"))

    def stop(self) -> None:
        """Kill the process, and empty the queue until the listening thread ends."""
        self.process.kill()
        self.process.wait()
        while self.listener.is_alive():
            with suppress(queue.Empty):
                self._pieces.get(timeout=0.05)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError):  # the dead process cannot receive the rest of the request
                pipe.close()


#: A worker that was started early, for the next reading.
_EARLY: list[_Worker] = []


@contextmanager
def early_worker() -> Iterator[None]:
    """A worker that starts while this process still loads what it needs for rows; the first reading takes it."""
    worker = _Worker()
    _EARLY.append(worker)
    try:
        yield
    finally:
        if worker in _EARLY:
            _EARLY.remove(worker)
            worker.stop()


def read_books(
    paths: Iterable[Path], progress: Callable[[int], None] | None = None, file_seconds: float = FILE_SECONDS
) -> Iterator[Book]:
    """Read the workbooks in order. The worker reads the next one while the caller works on what it was given.

    Where a file kills or blocks the worker, only this file is lost: the next gets a new worker.
    """
    worker: _Worker | None = None
    try:
        for number, (book, following) in enumerate(pairwise(chain(map(closed_book, paths), [None])), start=1):
            assert book is not None  # only the last of all, which is never the first of two
            if book.fault is None:
                worker = worker or (_EARLY.pop() if _EARLY else _Worker())
                if not _inside(worker, book, file_seconds):
                    worker.stop()
                    worker = None
            if worker is not None and following is not None and following.fault is None:
                worker.ask(following.path)
            if progress is not None:
                progress(number)
            yield book
    finally:
        if worker is not None:
            worker.stop()


def closed_book(path: Path) -> Book:
    """A workbook that is not opened yet: the hash of the file, and the checks of `file_guard`, before any library opens the file."""
    try:
        if not path.is_file():  # a broken link, a pipe
            return Book(path, "", 0, fault="file_empty")
        found = path.stat()
        size, stamp = found.st_size, (str(found.st_size), str(found.st_mtime_ns))
        if size > MAX_BYTES:
            return Book(path, "", size, fault="file_too_big")
        content = hashlib.sha256()
        with open(path, "rb") as file:
            while chunk := file.read(1 << 20):
                content.update(chunk)
        return Book(path, content.hexdigest(), size, fault=refusal(path), stamp=stamp)
    except OSError as fault:
        return Book(path, "", 0, fault="file_locked", detail=str(fault))


def _inside(worker: _Worker, book: Book, file_seconds: float) -> bool:
    """Fill the book from the worker's lines. False: the worker must be replaced."""
    deadline, titles = time.monotonic() + file_seconds, Labels()
    try:
        worker.ask(book.path)
        for message in worker.replies(deadline):
            if isinstance(message, list):
                book.sheets[-1].rows[message[0]] = {column: (kind, text) for column, kind, text in message[1]}
                if len(message) > 2:
                    book.sheets[-1].struck.add(message[0])
            elif "sheet" in message:
                book.sheets.append(Grid(titles.of(tidy(message["sheet"])), message["hidden"]))
            elif "merged" in message:
                _complete(book.sheets[-1], message)
            elif message["verdict"] == "ok":
                if (message["size"], message["time"]) != book.stamp:  # a synchroniser put another file in its place meanwhile
                    _failed(book, "file_changing")
                return True
            else:
                _failed(book, message["verdict"], message.get("detail", ""))
                return book.fault != "file_too_big"  # the worker's memory may be full
        return _failed(book, "file_crashed")
    except queue.Empty:
        return _failed(book, "file_too_slow")
    except (OSError, ValueError):  # a closed pipe, an incomplete line
        return _failed(book, "file_crashed")


def _failed(book: Book, fault: str, detail: str = "") -> bool:
    """Mark the book as not read. Always False: the result of `_inside` for a worker that must be replaced."""
    book.fault, book.detail, book.sheets = fault, detail, []
    return False


def _complete(grid: Grid, message: dict[str, Any]) -> None:
    """What a sheet has beside its cells; the worker knows it at the sheet's end."""
    grid.hidden_rows, grid.hidden_columns = frozenset(message["hidden_rows"]), frozenset(message["hidden_columns"])
    grid.merged, grid.far = tuple(message["merged"]), tuple(message["far"])
    grid.links = {(row, column): target for row, column, target in message["links"]}
