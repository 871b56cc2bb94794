"""Room 1: the forms that a school fills in. A class for each table; the blank workbooks are drawn from the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from antq_review.forms.sheets import SHEETS, WORKBOOKS

__all__ = ["SHEETS", "WORKBOOKS", "blank_files", "score_table_file"]


def blank_files(
    score_rows: Sequence[Mapping[str, Any]],
    school_code: str | None = None,
    year: int | None = None,
    carried: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> dict[Path, bytes]:
    """The blank workbooks and the guide: relative path → content.

    The plan sheet contains the whole plan, the score table the known rows of the official table (`score_rows`).
    `carried`: table → lines from the year before (`forms.carry_over`); they replace the lines of the blank form.
    """
    from antq_review.forms.carry_over import in_words
    from antq_review.forms.draw_workbook import Head, draw_workbook, sheets_of
    from antq_review.forms.guide import guide
    from antq_review.forms.measure_labels import Measure
    from antq_review.forms.plan_rows import plan_rows
    from antq_review.forms.save_workbook import workbook_bytes

    rows: dict[str, Sequence[Mapping[str, Any]]] = {
        "plan": [in_words(row, type(row).model_fields) for row in plan_rows()], "score_rows": score_rows,
    }
    if school_code or year:
        rows["profile"] = [{"school_code": school_code, "year": year}]
    rows |= {table: lines for table, lines in (carried or {}).items() if lines}
    heads = {sheet.name: Head(school_code, year) for sheet in SHEETS}
    files = {
        Path(f"{workbook}.xlsx"): workbook_bytes(draw_workbook(sheets_of(workbook), heads, rows, Measure.labels()))
        for workbook in WORKBOOKS
    }
    files[Path("HUONG_DAN.html")] = guide().encode("utf-8")
    return files


def score_table_file(score_rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The blank workbook of the score table, with the known rows of the official table."""
    from antq_review.forms.draw_workbook import draw_workbook, sheets_of
    from antq_review.forms.measure_labels import Measure
    from antq_review.forms.save_workbook import workbook_bytes

    return workbook_bytes(draw_workbook(sheets_of("thang_diem"), {}, {"score_rows": score_rows}, Measure.labels()))
