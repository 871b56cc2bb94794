"""Room 1: the forms that a school fills in. A class for each table; the blank workbooks are drawn from the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antq_review.forms.sheets import SHEETS, WORKBOOKS

if TYPE_CHECKING:
    from antq_review.forms.new_school import NewSchool

__all__ = ["SHEETS", "WORKBOOKS", "blank_files", "score_table_file"]


def blank_files(
    score_rows: Sequence[Mapping[str, Any]],
    school_code: str | None = None,
    year: int | None = None,
    carried: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    school: NewSchool | None = None,
) -> dict[Path, bytes]:
    """The blank workbooks and the guide: relative path → content.

    The plan sheet offers the catalogue of duties, the score table the known rows of the official table (`score_rows`).
    `carried`: table → lines from the year before (`forms.carry_over`); they replace the lines of the blank form. `school`:
    what is known of the school; its lines fill the profile and the units, its entries the drop-down lists.
    """
    from antq_review.forms.carry_over import in_words
    from antq_review.forms.draw_workbook import Head, workbook_file
    from antq_review.forms.guide import guide
    from antq_review.forms.measure_labels import Measure
    from antq_review.forms.new_school import NewSchool
    from antq_review.forms.offered_plan import offered_plan

    own = school or NewSchool(school_code=school_code, year=year)
    rows: dict[str, Sequence[Mapping[str, Any]]] = {
        "plan": [in_words(row, type(row).model_fields, own.called) for row in offered_plan(own)], "score_rows": score_rows,
        "units": own.unit_lines(),
    }
    if line := own.profile_line():
        rows["profile"] = [line]
    rows |= {table: lines for table, lines in (carried or {}).items() if lines}
    heads = {sheet.name: Head(own.school_code, own.year, name=own.name) for sheet in SHEETS}
    files = {
        Path(f"{workbook}.xlsx"): workbook_file(workbook, heads, rows, Measure.labels(), own) for workbook in WORKBOOKS
    }
    files[Path("HUONG_DAN.html")] = guide(own.called).encode("utf-8")
    return files


def score_table_file(score_rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The blank workbook of the score table, with the known rows of the official table."""
    from antq_review.forms.draw_workbook import workbook_file
    from antq_review.forms.measure_labels import Measure

    return workbook_file("thang_diem", {}, {"score_rows": score_rows}, Measure.labels())
