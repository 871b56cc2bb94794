"""Reading workbooks once: a workbook of the same name and bytes is opened by the real reader a single time in a test process."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from antq_review.ingest import reader

#: The reader itself; tests/ingest always uses this one.
REALLY = reader.read_books


def reading_each_book_once() -> Callable[..., Iterator[reader.Book]]:
    """`read_books` with a memory. What a test changed is really read, and so is what could not be read."""
    known: dict[bytes, reader.Book] = {}

    def read(
        paths: Iterable[Path], progress: Callable[[int], None] | None = None, file_seconds: float = reader.FILE_SECONDS
    ) -> Iterator[reader.Book]:
        wanted = [(path, _key(path)) for path in paths]
        new = iter(REALLY([path for path, key in wanted if key not in known], file_seconds=file_seconds))
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
