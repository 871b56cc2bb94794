"""Reading workbooks quickly: one worker process for many readings, and a workbook of the same name and bytes is opened a single time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from antq_review.ingest import reader

#: The reader itself and its worker, as they are without these tests' shortcuts.
REALLY = reader.read_books
WORKER = reader._Worker


class KeptWorker:
    """Lends one worker process to every reading. Starting it takes longer than reading a small workbook.

    The reader stops its worker after every reading, and also when a file has broken it. Only `sound` after a reading
    without a fault lets the next reading have the same one.
    """

    def __init__(self) -> None:
        self._worker: reader._Worker | None = None
        self._stopped = False

    def __call__(self) -> reader._Worker:
        """In the place of `reader._Worker`."""
        if self._worker is not None and (self._stopped or self._worker.process.poll() is not None):
            self.end()
        if self._worker is None:
            self._worker = WORKER()
            self._worker.stop = self._stop
        self._stopped = False
        return self._worker

    def _stop(self) -> None:
        self._stopped = True

    def sound(self) -> None:
        """The last reading left the worker as it was."""
        self._stopped = False

    def end(self) -> None:
        """Really stop the process."""
        if self._worker is not None:
            WORKER.stop(self._worker)
            self._worker = None


def reading_on(worker: KeptWorker) -> Callable[..., Iterator[reader.Book]]:
    """`read_books` on the kept worker. Nothing is remembered."""

    def read(
        paths: Iterable[Path], progress: Callable[[int], None] | None = None, file_seconds: float = reader.FILE_SECONDS
    ) -> Iterator[reader.Book]:
        books = list(REALLY(paths, progress, file_seconds))
        if all(book.fault is None for book in books):
            worker.sound()
        return iter(books)

    return read


def reading_each_book_once(read_books: Callable[..., Iterator[reader.Book]] = REALLY) -> Callable[..., Iterator[reader.Book]]:
    """`read_books` with a memory. What a test changed is really read, and so is what could not be read."""
    known: dict[bytes, reader.Book] = {}

    def read(
        paths: Iterable[Path], progress: Callable[[int], None] | None = None, file_seconds: float = reader.FILE_SECONDS
    ) -> Iterator[reader.Book]:
        wanted = [(path, _key(path)) for path in paths]
        new = iter(read_books([path for path, key in wanted if key not in known], file_seconds=file_seconds))
        for number, (path, key) in enumerate(wanted, start=1):
            book = known.get(key) or next(new)
            if progress is not None:
                progress(number)
            if book.fault is None:
                known.setdefault(key, book)
            yield replace(book, path=path)

    return read


def _key(path: Path) -> bytes:
    return path.name.encode() + path.read_bytes() if path.is_file() else str(path).encode()
