"""Reading workbooks quickly: one worker process for many readings; a workbook of the same name and bytes is opened and typed once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from antq_review.ingest import reader
from antq_review.ingest.reader import Grid
from antq_review.ingest.recognise import Located, RecognisedSheet
from antq_review.ingest.table_rows import TableRead, read_table

#: The reader itself, its worker and the reader of a table, as they are without these tests' shortcuts.
REALLY = reader.read_books
WORKER = reader._Worker
TABLE = read_table


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


def reading_each_table_once(read_table: Callable[..., TableRead] = TABLE) -> Callable[..., TableRead]:
    """`read_table` with a memory for the sheets of a remembered workbook: its rows are typed once.

    Every reading has rows of its own, because the checks that follow set a row's code and values.
    """
    known: dict[tuple[int, str, int, str], tuple[Grid, TableRead]] = {}

    def read(page: RecognisedSheet, located: Located, file: str) -> TableRead:
        key = id(page.grid), located.table.name, located.heading_row, file
        if key not in known:  # with its grid, so that no other one gets its id
            known[key] = page.grid, read_table(page, located, file)
        found = known[key][1]
        return replace(
            found, rows=[replace(row) for row in found.rows], refused=[*found.refused], problems=[*found.problems],
            refused_codes={*found.refused_codes},
        )

    return read


def _key(path: Path) -> bytes:
    return path.name.encode() + path.read_bytes() if path.is_file() else str(path).encode()
