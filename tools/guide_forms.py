"""The chapters of the guide about each workbook: every sheet with its picture, good rows, and bad ones with what is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from antq_review.forms.columns import Column
from antq_review.forms.sheets import SHEETS, WORKBOOKS, Sheet, Table
from tools.guide_examples import kept
from tools.guide_rows import BadCell, heading, table_rows

_TITLES = {
    "1_nha_truong": "Tệp 1: trường, kế hoạch, cuộc họp",
    "2_van_ban": "Tệp 2: văn bản",
    "3_hoat_dong": "Tệp 3: hoạt động, mô hình, phối hợp",
    "4_an_toan": "Tệp 4: vụ việc, kiểm tra, thiết bị",
    "5_thi_dua": "Tệp 5: thi đua, khen thưởng, kỷ luật",
    "thang_diem": "Tệp thang điểm",
}
_OPENING = """\
Mỗi trang tính: hình của trang thật, vài dòng ghi đúng, rồi chính những dòng ấy với một ô ghi sai và câu công cụ báo. Bấm câu báo
để xem cách sửa. Cột có dấu * là bắt buộc; hình chỉ có những cột đầu, mọi cột ở `HUONG_DAN.html` cạnh các biểu.
"""


#: Sheets of which an empty one is not simply “nothing”.
_NOTHING = {
    "thi_dua": "Không có khen thưởng, kỷ luật: để trống hai bảng ấy, vẫn ghi ngày và người kê khai ở đầu trang. Bảng *Xếp loại tổ, "
               "đơn vị* thì mỗi tổ một dòng: tổ còn trống để [tiêu chí 6](con_so.md#con-mo-tieu-chi-6) mở",
}


def _forms(workbook: str) -> str:
    parts = [f"# {_TITLES[workbook]}\n\n`{workbook}.xlsx`. {_OPENING}"]
    for sheet in SHEETS:
        if sheet.workbook == workbook:
            parts += _sheet(sheet)
    return "\n".join(parts)


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"(bieu-{sheet.name})=\n## {sheet.title}\n\nNgười ghi: {sheet.filled_by}.\n"
    if sheet.declared:
        nothing = _NOTHING.get(sheet.name, f"Không có {sheet.declared} nào: để trống các dòng, vẫn ghi ngày và người kê khai ở đầu trang")
        yield f"{nothing} ([vì sao](bieu.md#khong-co)).\n"
    yield f"![Trang {sheet.title} trong Excel](hinh/{sheet.name}.png)\n"
    for table in sheet.tables:
        if len(sheet.tables) > 1:
            yield f"### {table.title}\n"
        yield "**Ghi đúng**\n"
        yield _good_lines(table) if table.downwards else _good_rows(table)
        yield "**Ghi sai**\n"
        yield _bad_cells(table)


def _good_rows(table: Table) -> str:
    """The rows under the headings of the columns that one of them fills."""
    rows = table_rows()[table.name].good
    columns = [column for column in table.row.columns() if any(column.name in row for row in rows)]
    return _lines([_heading(one) for one in columns], [[_typed(row.get(one.name, "")) for one in columns] for row in rows])


def _good_lines(table: Table) -> str:
    """A table with one field for each line: the lines that are filled."""
    (row,) = table_rows()[table.name].good
    columns = [column for column in table.row.columns() if column.name in row]
    return _lines(["Mục", "Nội dung"], [[_heading(one), _typed(row[one.name])] for one in columns])


def _bad_cells(table: Table) -> str:
    rows = table_rows()[table.name]
    said = kept()["rows"][table.name]
    lines = []
    for good, cells, sentences in zip(rows.good, rows.bad, said, strict=True):
        for cell, sentence in zip(cells, sentences, strict=True):
            mended = _typed(good[cell.field]) if cell.field in good else "để trống"
            lines.append([heading(table.name, cell.field), _bad(cell), f"[{plain(sentence)}](khi_co_loi.md#loi-{cell.code})", mended])
    return _lines(["Cột", "Ghi", "Công cụ báo", "Ghi lại là"], lines)


def _bad(cell: BadCell) -> str:
    return _typed(cell.typed) if cell.typed != "" else "*(để trống)*"


def _heading(column: Column) -> str:
    return f"{column.heading} \\*" if column.required else column.heading


def _typed(value: Any) -> str:
    """As it stands in the cell."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return plain(str(value).replace(".", ",") if isinstance(value, float) else str(value))


def _lines(headings: list[str], rows: list[list[str]]) -> str:
    drawn = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in drawn)


def plain(sentence: str) -> str:
    """A sentence whose marks are not read as Markdown."""
    return re.sub(r"([*_`<>\[\]$])", r"\\\1", sentence)


#: File of docs/huong_dan → what it holds.
FORM_CHAPTERS: dict[str, Callable[[], str]] = {f"bieu_{workbook}.md": partial(_forms, workbook) for workbook in WORKBOOKS}
