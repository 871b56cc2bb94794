"""The guide's examples of faults: what the reader says of the cases of the tests, kept in guide_said.json.

`python tools/guide_examples.py` reads all cases anew. The guide is built from the kept file; tests/test_remedies.py and
tests/test_guide_examples.py, which read the same cases, compare it with what the reader says today.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from antq_review.forms.sheets import table_named  # noqa: E402
from antq_review.ingest.model import Evidence, EvidenceRow, Problem  # noqa: E402
from antq_review.scoring.pipeline import read_folder  # noqa: E402
from antq_review.text import words  # noqa: E402
from tools.guide_rows import heading, table_rows, workbooks  # noqa: E402

KEPT = Path(__file__).with_name("guide_said.json")
RENEW = "the guide's examples are older than what the reader says: python tools/guide_examples.py, then python3 run.py docs"


@cache
def kept() -> dict[str, Any]:
    """`problems`: code → its example; `rows`: table → for each bad row what is said of its cells."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def example(code: str, faulty: Evidence, mended: Evidence) -> dict[str, str]:
    """Where the first such problem was, what was said, and what stands in its cell after the remedy; no blank parts."""
    one = next(problem for problem in faulty.problems if problem.code == code)
    cell = one.cells[0] if len(one.cells) == 1 else ""
    told = {
        "file": "" if one.sheet or "." not in one.file else one.file, "sheet": one.sheet, "cells": ", ".join(one.cells[:4]),
        "column": one.column, "says": str(one.says), "mended": _shown(mended, one, cell) if cell and one.column else "",
    }
    if has_open_remedy(code):
        told["remedy"] = str(one.remedy)
    return {part: text for part, text in told.items() if text}


def has_open_remedy(code: str) -> bool:
    """Is the remedy of a problem written anew for each cell, so that only an example can tell it?"""
    return bool(words("ingest")["problems"][code].get("remedy") == "{how}.")


def _shown(mended: Evidence, problem: Problem, cell: str) -> str:
    """The text of the same cell in the mended folder; "" where it is blank or as before."""
    lines: list[EvidenceRow[Any]] = [row for table in mended.tables.values() for row in table.rows]
    for row in lines:
        if (row.file, row.sheet) == (problem.file, problem.sheet):
            for found in row.cells(row.shown):
                if found.cell == cell and found.shown != problem.found:
                    return found.shown
    return ""


def school_of_rows(folder: Path, bad: bool) -> Evidence:
    """A school with the guide's rows, written into `folder` and read."""
    for name, content in workbooks(bad):
        (folder / name).write_bytes(content)
    for row in (row for rows in table_rows().values() for row in rows.good if "file" in row):
        (folder / row["file"]).parent.mkdir(exist_ok=True)
        (folder / row["file"]).write_bytes(b"x")
    return read_folder(folder)


def rows_said(faulty: Evidence) -> dict[str, list[list[str]]]:
    """Table → for each bad row the sentences about its cells, in their order. Raises StopIteration for one that is not said."""
    left = list(faulty.problems)

    def said(table: str, field: str, code: str) -> str:
        place = table_named(table)[0].title, heading(table, field), code
        found = next(one for one in left if (one.sheet, one.column, one.code) == place)
        left.remove(found)
        return str(found.says)

    return {
        table: [[said(table, cell.field, cell.code) for cell in cells] for cells in rows.bad]
        for table, rows in table_rows().items()
    }


def _problems() -> Iterator[tuple[str, dict[str, str]]]:
    """Every case of the tests, read as the tests read: one worker process for all."""
    from antq_review.ingest import reader
    from tests.reading import KeptWorker, reading_each_book_once, reading_on
    from tests.test_remedies import CASES, read_case

    worker = reader._Worker = KeptWorker()  # type: ignore[assignment, misc]
    reader.read_books = reading_each_book_once(reading_on(worker))
    for code, (fault, mended) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            yield code, example(code, read_case(Path(folder) / "a", fault, code), read_case(Path(folder) / "b", mended))
    worker.end()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = rows_said(school_of_rows(Path(folder), bad=True))
    found = {"problems": dict(_problems()), "rows": rows}
    KEPT.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
