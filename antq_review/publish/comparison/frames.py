"""A comparison of years as a DataFrame: one row for each line and year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from antq_review.history.model import Comparison, ComparisonLine, LineKind
from antq_review.publish.comparison import lines
from antq_review.publish.tables.dataframe import NUMBER, TEXT, WHOLE, YES_NO, FrameRow, of_columns, place
from antq_review.text import say

if TYPE_CHECKING:
    import pandas

_COLUMNS = {
    "key": TEXT, "kind": TEXT, "group": TEXT, "id": TEXT, "label": TEXT, "year": WHOLE, "value": TEXT, "low": NUMBER, "high": NUMBER,
    "unit": TEXT, "rate": YES_NO, "count": NUMBER, "base": NUMBER, "moved": TEXT, "difference": TEXT, "gap_low": NUMBER,
    "gap_high": NUMBER, "why": TEXT, "citation": TEXT, "cells": TEXT,
}


def comparison(comparison: Comparison) -> pandas.DataFrame:
    """Every line of the comparison in every year: criteria, points, goals, measured values, rows of PL1–PL10.

    Khóa, Loại, Nhóm, Mục, Nội dung (string) · Năm (Int64) · Giá trị (string): in words · Từ, Đến (Float64): the same as
    numbers; a rate is a fraction of 1 · Đơn vị (string) · Là tỷ lệ (boolean) · Tử số, Mẫu số (Float64) · So với năm trước,
    Tăng giảm (string): <NA> in the first year · Tăng từ, Tăng đến (Float64): the smallest and the largest possible increase
    · Vì sao chưa so sánh, Căn cứ, Ô (string). A year without the line has <NA> for its value.
    """
    rows = [row for line in comparison.lines for row in _rows(line, comparison)]
    return of_columns("comparison", _COLUMNS, rows)


def _rows(line: ComparisonLine, comparison: Comparison) -> Iterator[FrameRow]:
    kind = LineKind.CRITERION if line.kind is LineKind.TOTAL else line.kind
    for index, (head, side) in enumerate(zip(comparison.years, line.sides, strict=True)):
        change = line.changes[index - 1] if index else None
        yield {
            "key": line.key, "kind": say(f"compare.kinds.{kind.value}"), "group": line.group_title, "id": lines.place(line),
            "label": line.label, "year": head.year, "value": lines.value(line, side) if side else "",
            "low": side.low if side else None, "high": side.high if side else None, "unit": lines.unit(line),
            "rate": side.is_rate if side else None, "count": side.count if side else None, "base": side.base if side else None,
            "moved": say(f"compare.moved.{change.moved.value}") if change else "", "difference": lines.difference(change, side),
            "gap_low": change.gap_low if change else None, "gap_high": change.gap_high if change else None,
            "why": change.says if change else "", "citation": side.citation if side else "", "cells": place(side.cells if side else ()),
        }
