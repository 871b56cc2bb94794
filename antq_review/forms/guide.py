"""HUONG_DAN.html, the guide to the forms. It is generated from the row models, so it always agrees with the forms.

Every sheet is drawn as it looks in Excel; a drop-down list stands once, at the end, and the columns point to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from antq_review.forms.columns import CellKind, Choices, Column
from antq_review.forms.guide_page import page
from antq_review.forms.measure_filters import filter_headings
from antq_review.forms.measure_labels import Measure
from antq_review.forms.sheets import DOWNWARDS, HEAD_LABELS, SHEETS, WORKBOOKS, Sheet, Table
from antq_review.source import column_letters
from antq_review.text import SILENT, Message, filled

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

#: Columns of a drawn sheet side by side; a wider sheet goes on in the next drawing. Lines of one with a field per line.
_BESIDE, _LINES = 7, 6
#: A list with at most so many entries stands in its column's line; any other once, at the end.
_SHORT = 4

_OPENING = """<h1>Hướng dẫn ghi biểu</h1>
<p>Trang này do công cụ viết ra từ chính các biểu; ghi theo biểu là đúng.</p>
<ol>
<li>Mỗi thư mục là <b>một trường, một năm</b>. Mở các tệp Excel, ghi vào ô trống, lưu lại (.xlsx). Cột có dấu * là bắt buộc.</li>
<li>Mỗi đơn vị nộp một bản riêng của biểu mình; đặt tên tệp thế nào cũng được, để chung trong thư mục này. Trang nào đơn vị không
phải nộp thì xóa khỏi bản của mình.</li>
<li><b>Không có</b> cũng phải kê khai, tức là ghi ngày ở ô “Đã kê khai đầy đủ đến hết ngày”, tên và chức vụ người ghi: đến ngày ấy
biểu đã đủ mọi việc. Chưa ghi thì công cụ coi là <i>chưa rõ</i>, không coi là không có.</li>
<li>Số phải là số đếm được. “khoảng 300” không được tính; hãy ghi số và nói cách đếm ở cột “Ghi chú”. Một hoạt động chia theo khối,
theo buổi thì ghi <b>cùng mã Đợt</b> để cộng lại; không ghi thì mỗi dòng là một đợt riêng.</li>
<li>Số, ngày, tệp của một văn bản chỉ ghi ở biểu <b>Văn bản</b>; các biểu khác ghi <i>mã văn bản</i>.</li>
<li>Tệp minh chứng để trong thư mục con (ví dụ <code>minh_chung/</code>), ghi đường dẫn ở cột “Tệp minh chứng”; nhiều tệp thì cách nhau bằng
dấu <code>;</code> hoặc xuống dòng. Tên tệp không ghi tên {pupils}, số điện thoại, số định danh. Hai tên thư mục
<code>KET_QUA</code> (kết quả của công cụ) và <code>da_thay</code> (tệp đã thay) không được đọc.</li>
<li><b>Không ghi tên, lớp của {pupils} ở bất cứ đâu.</b> Biểu Vụ việc và Hỗ trợ học sinh chỉ có số lượng và mã.</li>
</ol>"""


def guide(pupils: Message = SILENT) -> str:
    """The whole guide as one HTML page, for a school that calls its pupils so (`pupils_of`)."""
    listed = _lists(pupils)
    parts = [filled(_OPENING, pupils=pupils), '<h2 class="flow">Các biểu</h2>', '<ul class="columns">']
    parts += [f'<li><a href="#{sheet.name}">{escape(sheet.title)}</a> ({sheet.workbook}.xlsx)</li>' for sheet in SHEETS]
    parts += [
        '<li><a href="#cach_do">Cách đo và cột điều kiện</a></li>', '<li><a href="#danh_sach">Các danh sách để chọn</a></li>', "</ul>",
    ]
    for workbook in WORKBOOKS:
        parts.append(f"<h2>{workbook}.xlsx</h2>")
        parts += [part for sheet in SHEETS if sheet.workbook == workbook for part in _sheet(sheet, listed, pupils)]
    parts += _measures(pupils)
    parts.append('<h2 id="danh_sach">Các danh sách để chọn</h2>')
    for choices, title in listed.items():
        entries = "".join(f"<li>{escape(label)}</li>" for label in choices.labels(pupils).values())
        parts.append(f'<h3 id="{choices.__name__}">{escape(title)}</h3>\n<ul class="list">{entries}</ul>')
    return page("Hướng dẫn ghi biểu", "\n".join(parts))


def _measures(pupils: Message) -> Iterator[str]:
    """The filters that each measure understands."""
    yield '<h2 id="cach_do">Cách đo và cột điều kiện</h2>'
    yield "<p>Cột điều kiện để trống: đếm tất cả. Cột không có trong hàng của cách đo thì để trống.</p>"
    yield "<table><thead><tr><th>Cách đo</th><th>Cột điều kiện dùng được</th></tr></thead><tbody>"
    for measure in Measure:
        yield f"<tr><td>{escape(measure.label)}</td><td>{escape('; '.join(filter_headings(measure, pupils)) or '–')}</td></tr>"
    yield "</tbody></table>"


def _lists(pupils: Message) -> dict[type[Choices], str]:
    """Every long list, with the heading of the first column that takes from it."""
    found: dict[type[Choices], str] = {}
    for sheet in SHEETS:
        for table in sheet.tables:
            for column in table.row.columns(pupils):
                if column.choices is not None and len(column.labels) > _SHORT:
                    found.setdefault(column.choices, column.heading)
    titles = list(found.values())
    return {one: title if titles.count(title) == 1 else f"{title} ({_sheet_of(one)})" for one, title in found.items()}


def _sheet_of(choices: type[Choices]) -> str:
    return next(
        sheet.title for sheet in SHEETS for table in sheet.tables for column in table.row.columns() if column.choices is choices
    )


def _sheet(sheet: Sheet, listed: dict[type[Choices], str], pupils: Message) -> Iterator[str]:
    yield f'<h3 id="{sheet.name}">Trang {escape(sheet.title)}</h3>'
    yield f"<p>Người ghi: {escape(sheet.filled_by)}.</p>"
    yield from (f"<p>{escape(note)}</p>" for note in (sheet.note, sheet.offers) if note)
    if sheet.declared:
        yield (
            f"<p>Kê khai: ngoài các dòng trong biểu, không còn {escape(sheet.declared)} nào khác đến hết ngày ghi ở ô "
            f"“{HEAD_LABELS['declared_until']}” ở đầu trang.</p>"
        )
    for table in sheet.tables:
        yield from _table(table, listed, pupils)


def _table(table: Table, listed: dict[type[Choices], str], pupils: Message) -> Iterator[str]:
    columns = list(table.row.columns(pupils))
    yield f"<h4>{escape(table.called(pupils))}</h4>"
    yield from _downwards(columns) if table.downwards else _across(columns)
    yield "<table><thead><tr><th>Cột</th><th>Ghi gì</th><th>Kiểu</th></tr></thead><tbody>"
    yield from (_column(column, listed) for column in columns)
    yield "</tbody></table>"


def _column(column: Column, listed: dict[type[Choices], str]) -> str:
    kind = escape(_KINDS[column.kind])
    if column.choices is not None and column.kind in (CellKind.CHOICE, CellKind.CHOICES):
        if column.choices in listed:
            kind += f' – <a href="#{column.choices.__name__}">danh sách {escape(listed[column.choices])}</a>'
        else:
            kind += " – " + escape("; ".join(column.labels))
    return f"<tr><td>{escape(_heading(column))}</td><td>{escape(column.help)}</td><td>{kind}</td></tr>"


def _heading(column: Column) -> str:
    return f"{column.heading} *" if column.required else column.heading


# --- pictures of the sheets ----------------------------------------------------------------------------------------


def _across(columns: Sequence[Column]) -> Iterator[str]:
    """A table with one row for each entry, as the sheet shows it: letters, headings, hints, the first empty row."""
    for start in range(0, len(columns), _BESIDE):
        some = columns[start:start + _BESIDE]
        letters = [column_letters(start + index) for index in range(1, len(some) + 1)]
        yield _drawing(letters, [
            ("head", [_heading(one) for one in some]), ("hint", [one.help for one in some]), ("", [""] * len(some)),
        ])


def _downwards(columns: Sequence[Column]) -> Iterator[str]:
    """A table with one field for each line: its first lines."""
    rows = [("head", list(DOWNWARDS.values()))]
    rows += [("", [_heading(one), "", one.help]) for one in columns[:_LINES]]
    yield _drawing(["A", "B", "C"], [*rows, *([("", ["…", "", ""])] if len(columns) > _LINES else [])])


def _drawing(letters: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    head = "".join(f'<td class="edge">{letter}</td>' for letter in ("", *letters))
    lines = "".join(
        f'<tr><td class="edge">{number}</td>' + "".join(f'<td class="{look}">{escape(text) or "&nbsp;"}</td>' for text in texts) + "</tr>"
        for number, (look, texts) in enumerate(rows, start=1)
    )
    return f'<table class="sheet"><tbody><tr>{head}</tr>{lines}</tbody></table>'
