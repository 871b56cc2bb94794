"""The workbooks of a folder again, with all their cells: for the copies in which faults are marked.

The first reading releases the cells of each book before it reads the next. Only the files with faults are read twice, and
not even those that were kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from antq_review.ingest.folder import labels_of, workbooks
from antq_review.ingest.model import FileRecord
from antq_review.ingest.reader import Book, closed_book, read_books

#: Most filled cells that are kept; the forms of a school's year have some thousand.
_ROOM = 30_000


class KeptBooks:
    """The workbooks of a first reading, as many as there is room for: a command that marks faults soon asks for some of them."""

    def __init__(self) -> None:
        self._books: dict[Path, Book] = {}
        self._room = _ROOM

    def keep(self, book: Book) -> None:
        """Keep a book that was read, where there is room."""
        self._room -= sum(len(cells) for grid in book.sheets for cells in grid.rows.values())
        if self._room >= 0 and book.fault is None:
            self._books[book.path] = book

    def unchanged(self, path: Path) -> Book | None:
        """The kept book of a file whose content is still the same."""
        book = self._books.get(path)
        return book if book is not None and book.sha256 == closed_book(path).sha256 else None


def read_again(
    folder: Path, records: Collection[FileRecord], names: Collection[str], kept: KeptBooks | None = None
) -> Iterator[tuple[str, Book]]:
    """Name and book of the named workbooks, one at a time, through the same guard and the same worker; or as they were kept.

    Skipped: files that changed since the first reading (`records`), and names that two files of the folder share,
    because a fault of such a name may belong to either file.
    """
    hashes = {record.name: record.sha256 for record in records}
    by_name: dict[str, list[Path]] = {}
    labels = labels_of(workbooks(folder)[0])
    for path, label in labels.items():
        by_name.setdefault(label, []).append(path)
    wanted = [paths[0] for name, paths in by_name.items() if name in names and len(paths) == 1]
    known = {path: book for path in wanted if kept is not None and (book := kept.unchanged(path)) is not None}
    read = read_books([path for path in wanted if path not in known])
    for path in wanted:
        book = known.get(path) or next(read)
        name = labels[path]
        if book.fault is None and book.sha256 == hashes.get(name):
            yield name, book
