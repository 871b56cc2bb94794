"""Room 2: a folder of workbooks → evidence, and every problem found.

`read(folder)` reads all workbooks of the folder, of every unit; it never writes there. A cell that is not clear becomes
a problem, never a number. A bad file does not stop the reading of the others.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antq_review.errors import CannotDo, UsageError
from antq_review.text import listing, tell

if TYPE_CHECKING:  # for editors and mypy; at run time `__getattr__` loads these names
    from antq_review.ingest.model import Evidence, EvidenceRow, Problem, Severity
    from antq_review.ingest.reader import Book
    from antq_review.period import Period

__all__ = ["Evidence", "EvidenceRow", "Problem", "Severity", "read", "read_one"]


def __getattr__(name: str) -> Any:
    """A name of the model, loaded at its first use: the worker starts before it. Any: the type checker reads the imports above."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.model"), name)


def read(
    folder: Path,
    span: Callable[[int], Period] | None = None,
    progress: Callable[[int, int], None] | None = None,
    seen: Callable[[Book], None] = lambda _: None,
) -> Evidence:
    """All evidence of one school, and every problem found.

    `span(year)`: first to last day of all periods of a year; a row outside it does not count, except a document.
    `progress` is called with the number of files read and the number of all files, `seen` with each workbook. Raises
    UsageError where `folder` is no folder, CannotDo where it contains two schools.
    """
    from antq_review.ingest.assemble import Assembly, school_codes
    from antq_review.ingest.check_rows import check_rows
    from antq_review.ingest.declarations import declaration_problems
    from antq_review.ingest.evidence_files import EvidenceFiles
    from antq_review.ingest.folder import forms_below, labels_of, workbooks
    from antq_review.ingest.model import Evidence
    from antq_review.ingest.participation import people_problems
    from antq_review.ingest.problems import merged, problem
    from antq_review.ingest.reader import read_books
    from antq_review.text.personal_paths import masked_path

    paths, problems = workbooks(folder)
    evidence = Evidence(problems=[*problems, *forms_below(folder)])
    assembly = Assembly(evidence, labels_of(paths))
    for book in read_books(paths, progress=(lambda done: progress(done, len(paths))) if progress else None):
        assembly.take(book)
        seen(book)
    codes = school_codes(assembly.pages)
    if len(codes) > 1:
        raise CannotDo(tell("ingest.two_schools", codes=listing(sorted(codes))))
    assembly.join()
    if evidence.profile is None:
        evidence.problems.append(problem("no_profile", file=masked_path(folder.resolve().name)))
    check_rows(evidence, EvidenceFiles(folder), span)
    last_day = span(evidence.year).end if span is not None and evidence.year is not None else None
    evidence.problems = merged([*evidence.problems, *declaration_problems(evidence, last_day), *people_problems(evidence)])
    return evidence


def read_one(path: Path) -> Evidence:
    """The rows of one workbook and the problems of its own cells, without the other files of its folder.

    Raises UsageError where there is no such file.
    """
    from antq_review.ingest.assemble import Assembly
    from antq_review.ingest.check_rows import check_rows
    from antq_review.ingest.evidence_files import EvidenceFiles
    from antq_review.ingest.folder import labels_of
    from antq_review.ingest.model import Evidence
    from antq_review.ingest.problems import merged
    from antq_review.ingest.reader import read_books

    if not path.is_file():
        raise UsageError(tell("cli.no_file", path=path))
    evidence = Evidence()
    assembly = Assembly(evidence, labels_of([path]))
    for book in read_books([path]):
        assembly.take(book)
    assembly.join()
    check_rows(evidence, EvidenceFiles(path.parent), None)
    evidence.problems = merged(evidence.problems)
    return evidence
