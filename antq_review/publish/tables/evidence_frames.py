"""The tables of numbers and evidence as DataFrames: PL1–PL10, forms, register, faults, days, and the rows of a form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from antq_review.errors import UsageError
from antq_review.forms.columns import CellKind, Column, Row, YesNo
from antq_review.forms.sheets import PRIVATE_TABLES, SHEETS, Table
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.publish.tables import numbers as lines
from antq_review.publish.tables.dataframe import (
    DAY,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    FrameCell,
    FrameRow,
    of_columns,
    of_headings,
    place,
)
from antq_review.scoring.model.numeric_tables import NumericRow
from antq_review.scoring.model.review import Review
from antq_review.source import CellRef
from antq_review.text import fold, listing, say, tell

if TYPE_CHECKING:
    import pandas

# --- the numeric tables --------------------------------------------------------------------------------------------

_NUMBERS = {
    "table": TEXT, "title": TEXT, "key": TEXT, "place": WHOLE, "group": TEXT, "label": TEXT, "unit": TEXT, "before": NUMBER,
    "value": NUMBER, "low": NUMBER, "high": NUMBER, "words": TEXT, "change": TEXT, "how": TEXT, "start": DAY, "end": DAY, "note": TEXT,
    "cells": TEXT,
}


def numbers(review: Review, previous: Review | None = None) -> pandas.DataFrame:
    """The rows of PL1–PL10, with the numbers of the year before if `previous` is its review.

    Biểu, Tên biểu, Khóa (string) · TT (Int64) · Nhóm, Nội dung, Đơn vị (string) · Năm trước, Năm nay (Float64): the exact
    number, <NA> if only an end of it is known; in “%” as a percentage · Từ, Đến (Float64): the ends of the number · Bằng chữ,
    Tăng giảm (string) · Cách tính (string): entered, counted or summed · Kỳ từ, Kỳ đến (datetime64) · Ghi chú, Ô (string).
    """
    return of_columns("numbers", _NUMBERS, [row for table in lines.number_tables(review, previous) for row in _number_rows(table)])


def _number_rows(shown: lines.NumberTable) -> Iterator[FrameRow]:
    table = shown.table
    for line in shown.lines:
        row, now = line.row, line.now
        yield {
            "table": table.id, "title": table.title, "key": f"{table.id}/{row.key}", "place": line.place, "group": row.group,
            "label": row.label, "unit": row.unit, "before": lines.exact(line.before), "value": lines.exact(now),
            "low": now.value if now else None, "high": _high(now), "words": now.words if now else "",
            "change": "" if line.change == lines.dash() else line.change, "how": say(f"publish.frames.how.{row.how.value}") if now else "",
            "start": table.period_start, "end": table.period_end, "note": line.note, "cells": place(now.cells if now else ()),
        }


def _high(row: NumericRow | None) -> Decimal | None:
    """The upper end of a number; None if there is none."""
    return None if row is None else row.at_most if row.at_least else row.value


# --- forms, register, faults, days -----------------------------------------------------------------------------------

_EVIDENCE = {
    "form": TEXT, "key": TEXT, "until": DAY, "rows": WHOLE, "refused": WHOLE, "missing": TEXT, "undeclared": TEXT, "file_rows": WHOLE,
    "with_file": WHOLE, "cells": TEXT,
}


def evidence(review: Review) -> pandas.DataFrame:
    """The state of the forms.

    Biểu, Khóa (string) · Kê khai đến hết (datetime64): <NA> if the form is not declared complete · Dòng đã đọc, Dòng chưa
    tính (Int64) · Đơn vị chưa nộp, Tệp chưa kê khai (string) · Dòng cần tệp, Dòng có tệp (Int64): of the rows that should
    name an evidence file · Ô (string): the cells of the declarations.
    """
    return of_columns("evidence", _EVIDENCE, [
        {
            "form": form.title, "key": form.form, "until": form.until, "rows": form.rows, "refused": form.refused,
            "missing": "; ".join(form.missing_units), "undeclared": "; ".join(form.undeclared), "file_rows": form.file_rows,
            "with_file": form.with_file, "cells": place(form.cells),
        }
        for form in review.forms
    ])


_REGISTER = {
    "number": WHOLE, "code": TEXT, "title": TEXT, "kind": TEXT, "where": TEXT, "serves": TEXT, "keys": TEXT, "note": TEXT, "cells": TEXT,
}


def register(review: Review) -> pandas.DataFrame:
    """The evidence register.

    TT (Int64) · Mã minh chứng, Tên minh chứng, Loại, Nơi lưu, Dùng cho (string): Dùng cho names the clauses of the texts and
    the goals of the plan · Khóa (string): the same as keys, joined by “; ” · Ghi chú, Ô (string).
    """
    return of_columns("register", _REGISTER, [
        {
            "number": number, "code": item.code, "title": item.title, "kind": item.kind, "where": item.where,
            "serves": lines.serves(review, item.serves), "keys": "; ".join(item.serves), "note": item.note, "cells": place(item.cells),
        }
        for number, item in enumerate(review.evidence_register, start=1)
    ])


_PROBLEMS = {
    "severity": TEXT, "code": TEXT, "file": TEXT, "sheet": TEXT, "cell": TEXT, "column": TEXT, "found": TEXT, "says": TEXT,
    "expected": TEXT, "remedy": TEXT, "consequence": TEXT, "cells": TEXT,
}


def problems(review: Review) -> pandas.DataFrame:
    """The faults of the workbooks, one row for each faulty cell; one row for a fault of a whole sheet or file.

    Mức, Mã lỗi, Tệp, Trang, Vị trí, Cột, Đã ghi, Lỗi, Cần, Cách sửa, Hậu quả, Ô: all string. Vị trí is the cell alone
    (`K14`), Ô the whole reference.
    """
    rows = [_problem_row(problem, cell) for problem in review.problems for cell in problem.cells or ("",)]
    return of_columns("problems", _PROBLEMS, rows)


def _problem_row(problem: Problem, cell: str) -> FrameRow:
    return {
        "severity": say(f"ingest.severity.{problem.severity.value}"), "code": problem.code, "file": problem.file, "sheet": problem.sheet,
        "cell": cell, "column": problem.column, "found": problem.found, "says": problem.says, "expected": problem.expected,
        "remedy": problem.remedy, "consequence": problem.consequence,
        "cells": " › ".join(part for part in (problem.file, problem.sheet, cell) if part),
    }


_DAYS = {"on": DAY, "left": WHOLE, "title": TEXT, "goals": TEXT, "done": YES_NO, "inferred": YES_NO, "citation": TEXT}


def days(review: Review) -> pandas.DataFrame:
    """The due days from the day of the review on.

    Ngày (datetime64) · Còn lại (Int64): days · Việc đến hạn, Mã nội dung (string): the goals of the plan that are due · Đã
    có (boolean) · Suy luận (boolean): the day is concluded, not read in the text; <NA> for the plan's own days · Căn cứ
    (string): the clause.
    """
    return of_columns("days", _DAYS, [
        {
            "on": due.on, "left": due.days_left, "title": due.title, "goals": "; ".join(due.goals), "done": due.done,
            "inferred": due.confidence == "INFERRED" if due.confidence else None, "citation": due.citation,
        }
        for due in review.days_ahead
    ])


# --- the rows of a form ----------------------------------------------------------------------------------------------

_KINDS = {CellKind.COUNT: WHOLE, CellKind.NUMBER: NUMBER, CellKind.DATE: DAY, CellKind.MOMENT: DAY, CellKind.YES_NO: YES_NO}
#: In a table about people who broke rules, were harmed or need help, free text is left out.
_FREE_TEXT = (CellKind.TEXT, CellKind.CODE)


def evidence_frame(evidence: Evidence, form: str) -> pandas.DataFrame:
    """The rows of one form, as they were read: `evidence_frame(read_folder(folder), "Hoạt động")`.

    `form`: title of the table or of its sheet, or the table's name in the program (`activities`). The columns are those of
    the form: counts Int64, numbers Float64, days datetime64, Có / Không boolean, all others string (of a closed list the
    label). Then Mã dòng, and Ô: the first filled cell of the row. Columns that may tell of a person are left out. Raises
    UsageError for an unknown form.

    >>> list(antq.evidence_frame(evidence, "Hoạt động")[["Ngày", "Tên hoạt động", "Ô"]].columns)
    ['Ngày', 'Tên hoạt động', 'Ô']
    """
    table = _table(form)
    columns = [column for column in table.row.columns() if not _hidden(table, column)]
    typed = {f".{column.name}": (column.heading, _KINDS.get(column.kind, TEXT)) for column in columns}
    own = {key: (say(f"publish.frames.form.{key}"), TEXT) for key in ("row", "cells")}
    return of_headings({**typed, **own}, [
        {
            **{f".{column.name}": _value(column, row) for column in columns}, "row": row.id,
            "cells": place([row.cell(next(iter(row.shown)))] if row.shown else [CellRef(file=row.file, sheet=row.sheet, cell="")]),
        }
        for row in evidence.rows(table.name)
    ])


def _table(form: str) -> Table:
    wanted, tables = fold(form), [(sheet, table) for sheet in SHEETS for table in sheet.tables]
    for sheet, table in tables:
        alone = len(sheet.tables) == 1 and wanted in (fold(sheet.title), fold(sheet.name))
        if alone or wanted in (fold(table.title), fold(table.name)):
            return table
    raise UsageError(tell("publish.frames.unknown_form", form=form, known=listing(table.title for _, table in tables)))


def _hidden(table: Table, column: Column) -> bool:
    return column.private or (table.name in PRIVATE_TABLES and column.kind in _FREE_TEXT)


def _value(column: Column, row: EvidenceRow[Row]) -> FrameCell:
    value = row.value_of(column.name)
    if value is None:
        return None
    if column.kind is CellKind.YES_NO:
        return bool(value == YesNo.YES)
    if column.kind in (CellKind.CHOICE, CellKind.CHOICES) and column.choices is not None:
        return "; ".join(column.choices.label_of(code) for code in str(value).split(";"))
    if isinstance(value, int | Decimal | date):
        return value
    return f"{value:%H:%M}" if column.kind is CellKind.TIME else str(value)
