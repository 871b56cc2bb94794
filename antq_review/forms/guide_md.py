"""HUONG_DAN.md, the guide to the forms. It is generated from the row models, so it always agrees with the forms."""

from __future__ import annotations

from antq_review.forms.columns import CellKind, Column
from antq_review.forms.measure_filters import filter_headings
from antq_review.forms.measure_labels import Measure
from antq_review.forms.sheets import SHEETS, WORKBOOKS, Sheet, Table

_KINDS = {
    CellKind.TEXT: "chữ",
    CellKind.CODE: "mã (giữ số 0 ở đầu)",
    CellKind.PLAIN_CODE: "mã (chữ viết tắt và số, như VV-01)",
    CellKind.COUNT: "số nguyên",
    CellKind.NUMBER: "số",
    CellKind.DATE: "ngày dd/mm/yyyy",
    CellKind.TIME: "giờ hh:mm",
    CellKind.MOMENT: "ngày giờ dd/mm/yyyy hh:mm",
    CellKind.YES_NO: "Có / Không",
    CellKind.CHOICE: "chọn trong danh sách",
    CellKind.CHOICES: "một hoặc nhiều giá trị, cách nhau bằng dấu ;",
}

_OPENING = """# Hướng dẫn ghi biểu

Tệp này do công cụ viết ra từ chính các biểu; ghi theo biểu là đúng.

1. Mỗi thư mục là **một trường, một năm**. Mở các tệp Excel, ghi vào ô trống, lưu lại (.xlsx). Cột có dấu * là bắt buộc.
2. Mỗi đơn vị nộp một bản riêng của biểu mình; đặt tên tệp thế nào cũng được, để chung trong thư mục này. Trang nào đơn vị không
   phải nộp thì xóa khỏi bản của mình.
3. **Không có** cũng phải kê khai: ghi ngày ở ô “Đã kê khai đầy đủ đến hết ngày”, tên và chức vụ người kê khai. Chưa ghi thì
   công cụ coi là *chưa rõ*, không coi là không có.
4. Số phải là số đếm được. “khoảng 300” không được tính; hãy ghi số và nói cách đếm ở cột “Ghi chú”.
   Một hoạt động chia theo khối, theo buổi thì ghi **cùng mã Đợt** để cộng lại; không ghi thì mỗi dòng là một đợt riêng.
5. Số, ngày, tệp của một văn bản chỉ ghi ở biểu **Văn bản**; các biểu khác ghi *mã văn bản*.
6. Tệp minh chứng để trong thư mục con (ví dụ `minh_chung/`), ghi đường dẫn ở cột “Tệp minh chứng”; nhiều tệp thì cách nhau bằng
   dấu `;` hoặc xuống dòng. Tên tệp không ghi tên học sinh, số điện thoại, số định danh.
7. **Không ghi tên, lớp của học sinh ở bất cứ đâu.** Biểu Vụ việc và Hỗ trợ học sinh chỉ có số lượng và mã.
"""


def guide() -> str:
    """The whole guide as Markdown."""
    parts = [_OPENING]
    for workbook in WORKBOOKS:
        parts.append(f"\n## {workbook}.xlsx\n")
        parts += [_sheet(sheet) for sheet in SHEETS if sheet.workbook == workbook]
    parts.append("\n".join(_measures()))
    return "\n".join(parts)


def _measures() -> list[str]:
    """The filters that each measure understands."""
    lines = ["\n## Phép đo và cột điều kiện\n", "Cột điều kiện để trống: đếm tất cả. Cột không có trong hàng của phép đo thì để trống.", ""]
    rows = (f"| {measure.label} | {'; '.join(filter_headings(measure)) or '–'} |" for measure in Measure)
    return [*lines, "| Phép đo | Cột điều kiện dùng được |", "|---|---|", *rows]


def _sheet(sheet: Sheet) -> str:
    lines = [f"### {sheet.title}", "", f"Người ghi: {sheet.filled_by}."]
    lines += [text for note in (sheet.note, sheet.offers) if note for text in ("", note)]
    if sheet.declared:
        lines += ["", f"Kê khai: ngoài các dòng trong biểu, không còn {sheet.declared} nào khác đến hết ngày ghi ở đầu biểu."]
    return "\n".join(lines + [part for table in sheet.tables for part in _table(table)]) + "\n"


def _table(table: Table) -> list[str]:
    head = ["", f"**{table.title}**", "", "| Cột | Ghi gì | Kiểu |", "|---|---|---|"]
    return head + [_column(column) for column in table.row.columns()]


def _column(column: Column) -> str:
    kind = _KINDS[column.kind]
    if column.choices is not None and column.kind in (CellKind.CHOICE, CellKind.CHOICES):
        kind += ": " + "; ".join(column.choices.labels().values())
    star = " \\*" if column.required else ""
    return f"| {column.heading}{star} | {column.help} | {kind} |"
