"""Reading some workbooks of a folder again, with all their cells: for the copies in which faults are marked.

The first reading releases the cells of each book before it reads the next. Only the files with faults are read twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from antq_review.ingest.folder import labels_of, workbooks
from antq_review.ingest.model import FileRecord
from antq_review.ingest.reader import Book, read_books


def read_again(folder: Path, records: Collection[FileRecord], names: Collection[str]) -> Iterator[tuple[str, Book]]:
    """Name and book of the named workbooks, one at a time, through the same guard and the same worker.

    Skipped: files that changed since the first reading (`records`), and names that two files of the folder share,
    because a fault of such a name may belong to either file.
    """
    hashes = {record.name: record.sha256 for record in records}
    by_name: dict[str, list[Path]] = {}
    labels = labels_of(workbooks(folder)[0])
    for path, label in labels.items():
        by_name.setdefault(label, []).append(path)
    wanted = [paths[0] for name, paths in by_name.items() if name in names and len(paths) == 1]
    for book in read_books(wanted):
        name = labels[book.path]
        if book.fault is None and book.sha256 == hashes.get(name):
            yield name, book
