"""For every problem code a folder with the fault, and the same folder after a person did what the remedy says, to the letter.

The folder around it is a sound school in which nothing is said at all. `CASES`: code → (the fault, the remedy followed), each the
files to put into that folder; None takes a file away. A workbook is drawn when a test first asks for its content: pytest loads this
module to collect the tests, in every worker of a run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

from openpyxl.styles import Font

from antq_review.forms.choices.officer import ReturnedText
from antq_review.forms.draw_workbook import Head
from antq_review.forms.return_slip import slip_bytes
from antq_review.forms.rows.return_slip import SlipHead, SlipReason
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import HEAD_LABELS, MARKED_COPY, SCORE_TABLE, SHEETS, table_named
from tests.ingest.corpus import (
    FIRST,
    HEADCOUNTS,
    HEADINGS,
    INLINE,
    PROFILE,
    UNITS,
    change_sheet,
    draw,
    edit,
    head,
    inline,
    set_cell,
)
from tests.ingest.test_added_lines import old
from tests.scoring.score_table.tables import BANDS, HEAD, PAPER, filled

#: A workbook, drawn when it is asked for.
Drawn = Callable[[], bytes]
Files = dict[str, "bytes | Drawn | None"]
Case = tuple[Files, Files]
Rows = Sequence[Mapping[str, Any]]
SCHOOL, REST, FORM, TABLE = "1_nha_truong.xlsx", "b.xlsx", "x.xlsx", "thang_diem.xlsx"
EVERY = tuple(
    sheet.name
    for sheet in SHEETS
    if sheet.name != "thong_tin_truong" and not any(table.name in SCORE_TABLE for table in sheet.tables)
)
CASES: dict[str, Case] = {}
#: Code → what a workbook that can only be made by a computer's trouble is said to be; the reader is told so for the file FORM.
TROUBLE = (
    "file_encrypted",
    "file_damaged",
    "file_no_sheets",
    "file_macro",
    "file_too_big",
    "file_too_slow",
    "file_crashed",
    "file_locked",
    "file_changing",
)


#: What was drawn, by what was asked for.
_drawn: dict[str, bytes] = {}


def drawn(rows: Mapping[str, Rows], names: Sequence[str], heads: Mapping[str, Head] = {}) -> Drawn:
    """A workbook with these sheets; the same one is drawn once."""
    key = repr((rows, names, heads))

    def make() -> bytes:
        if key not in _drawn:
            _drawn[key] = workbook_bytes(draw({table: list(lines) for table, lines in rows.items()}, names, heads))
        return _drawn[key]

    return make


def edited(content: bytes | Drawn | None, change: Callable[[Any], None]) -> Drawn:
    """A workbook after a change made through openpyxl."""
    return cache(lambda: edit(bytes_of(content), change))


def bytes_of(content: bytes | Drawn | None) -> bytes:
    assert content is not None
    return content() if callable(content) else content


def forms(*names: str) -> Drawn:
    """Blank sheets, all declared."""
    return drawn({}, names, {name: head() for name in names})


def school(units: Rows = UNITS, headcounts: Rows = HEADCOUNTS, **profile: Any) -> Drawn:
    return drawn({"profile": [PROFILE | profile], "headcounts": headcounts, "units": units}, ["thong_tin_truong"])


def sound() -> Files:
    return {SCHOOL: school(), REST: forms(*EVERY)}


def form(table: str, rows: Rows, who: Head | None = None, **others: Rows) -> Files:
    """The sheet of a table with these rows, in a file of its own beside all other sheets."""
    name = table_named(table)[0].name
    return {
        REST: forms(*(one for one in EVERY if one != name)),
        FORM: drawn({table: rows, **others}, [name], {name: who or head()}),
    }


def row(code: str, table: str, good: Mapping[str, Any], **bad: Any) -> None:
    """One row, whose cells `bad` the remedy sets right."""
    CASES[code] = form(table, [{**good, **bad}]), form(table, [good])


def rows(code: str, table: str, bad: Rows, good: Rows, **others: Rows) -> None:
    CASES[code] = form(table, bad, **others), form(table, good, **others)


def beside(code: str, bad: Files, good: Files | None = None) -> None:
    CASES[code] = bad, good or {}


def page(
    code: str, change: Callable[[Any], None], good: Callable[[Any], None] | None = None, lines: Rows | None = None
) -> None:
    """A change of the sheet «Hoạt động»; the remedy undoes it, or is a change of its own."""
    own = form("activities", [A, B, C] if lines is None else lines)

    def made(what: Callable[[Any], None]) -> Files:
        return {**own, FORM: edited(own[FORM], lambda book: what(book["Hoạt động"]))}

    CASES[code] = made(change), made(good) if good else own


def score(code: str, bad: Mapping[str, Any], good: Mapping[str, Any] | None = None, **others: Any) -> None:
    """A score table; `bad` and `good`: rows, head, bands, deductions, caps. `others`: files beside both."""

    CASES[code] = {**others, TABLE: partial(filled, **bad)}, {**others, TABLE: partial(filled, **good or {})}


def put(cells: Mapping[str, Any], sheet: Any) -> None:
    for at, value in cells.items():
        sheet[at].value = value


def at(**cells: Any) -> Callable[[Any], None]:
    return partial(put, cells)


D = date(2026, 3, 5)
A = {
    "held_on": D,
    "name": "Buổi một",
    "form": "Chuyên đề",
    "organiser": "Đội TNTP",
    "audience": "Học sinh THCS",
    "present": 600,
    "expected": 640,
}
B = A | {"held_on": date(2026, 4, 25), "name": "Buổi hai"}
C = A | {"held_on": date(2026, 5, 26), "name": "Buổi ba"}
DOC = {"id": "VB-01", "kind": "Kế hoạch", "signed_on": D, "subject": "Kế hoạch bảo đảm an ninh"}
INCIDENT = {
    "id": "VV-01",
    "happened_on": D,
    "kind": "Bạo lực học đường",
    "event_letter": "Không thuộc",
    "verified": "Đã xác minh",
}
CHECK = {"kind": "Trực bảo vệ", "from_on": D, "to_on": date(2026, 3, 31), "shifts_due": 60, "shifts_signed": 60}
CAMERA = {"system": "Camera giám sát", "counted_on": D, "installed": 10, "working": 10}
MEETING = {"id": "CH-01", "held_on": date(2026, 11, 16)}
OWN = {"text": "Thông tư 124", "criterion": "1", "self_result": "Đạt", "meeting": "CH-01"}
GOAL = {
    "goal_id": "T-01",
    "quote": "Trang bị camera",
    "measure": "Tỷ lệ thiết bị hoạt động",
    "operator": "≥",
    "number": 90,
    "unit": "%",
}
COUNTED = {**GOAL, "measure": "Số hoạt động", "number": 3, "unit": "hoạt động"}

# --- files ---
beside("file_empty", {"y.xlsx": b""})
beside("file_old_excel", {"y.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600})
beside("file_not_excel", {"y.xlsx": "đây là chữ".encode()}, {"con/y.txt": "đây là chữ".encode()})
for _code in TROUBLE:
    beside(_code, form("activities", [A]), form("activities", [A]))
beside("file_other_format", {"y.ods": b"PK"}, {"minh_chung/y.ods": b"PK"})
beside("file_pointer", {"y.gsheet": b"{}"})
beside("file_archive", {"y.zip": b"PK"}, {"minh_chung/y.zip": b"PK"})
beside(
    "form_in_subfolder",
    {**form("activities", [A]), FORM: None, "con/x.xlsx": form("activities", [A])[FORM], "y.xlsx": forms("hoat_dong")},
    form("activities", [A]),
)
beside("file_open", {f"~${SCHOOL}": b"x"})
beside("file_not_read", {"anh.jpg": b"x"}, {"minh_chung/anh.jpg": b"x"})
beside("file_twice", {"b2.xlsx": forms(*EVERY)})
beside("marked_copy", {"y.xlsx": edited(forms("hoat_dong"), lambda book: put({"D2": MARKED_COPY}, book["Hoạt động"]))})

_SLIP = SlipHead(code="00123456", year=2026, number=1, package="0123456789ab", seal="")
_BACK = [SlipReason(text=ReturnedText.ALL, reason="Thiếu biên bản đối chiếu với Công an")]


def _slip(**fields: Any) -> Drawn:
    return lambda: slip_bytes(_SLIP.model_copy(update=fields), _BACK)


beside("slip_of_another", {"phieu.xlsx": _slip(code="00999999")})
beside(
    "slip_changed", {"phieu.xlsx": edited(_slip(), lambda book: put({"B11": 2}, book["Phiếu trả lại"]))}, {"phieu.xlsx": _slip()}
)

# --- sheets ---
beside("no_profile", {SCHOOL: None}, {SCHOOL: school()})
beside(
    "sheet_not_a_form",
    {SCHOOL: edited(school(), lambda book: put({"A1": "Ghi chép của trường", "A2": "x"}, book.create_sheet("Riêng")))},
)
beside("sheet_missing", {REST: forms(*(name for name in EVERY if name != "hoat_dong"))}, {REST: forms(*EVERY)})


page("form_too_new", at(D2="antq/hoat_dong/99"))
page("no_headings", lambda sheet: [setattr(cell, "value", "?") for cell in sheet[HEADINGS]] and None)
page(
    "sheet_hidden",
    lambda sheet: setattr(sheet, "sheet_state", "hidden") or sheet.parent.create_sheet("Trang"),
    lambda sheet: None,
)
page("rows_hidden", lambda sheet: setattr(sheet.row_dimensions[FIRST + 1], "hidden", True))
page("columns_hidden", lambda sheet: setattr(sheet.column_dimensions["C"], "hidden", True))
page("cells_far", at(ZZ20000="xa"))
page("heading_own", at(U12="Cột của trường", U14="x"))
page("heading_twice", at(U12="Tên hoạt động", U14="x"))
page("column_without_heading", at(Z14="x"))
page("heading_unknown", at(O12="Số HS phải dự"))
page("heading_missing", lambda sheet: sheet.delete_cols(15))
page("heading_missing_required", lambda sheet: sheet.delete_cols(3))
page("heading_newer", lambda sheet: sheet.delete_cols(20))


def _without_discipline(sheet: Any) -> None:
    sheet.delete_rows(
        next(cell.row for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("Nhóm người"))
    )


beside(
    "table_missing",
    {
        REST: forms(*(one for one in EVERY if one != "thi_dua")),
        FORM: edited(forms("thi_dua"), lambda book: _without_discipline(book["Thi đua"])),
    },
)
page("head_unsure", at(D4="2026?"))
page("other_school", at(D3="00999999"))
page("other_year", at(D4=2025))
page("declaration_unsigned", at(D7=None))
page("declaration_unsure", at(D6="cuối năm"))
page("declaration_missing", at(D6=None, D7=None))
page("declared_past_year", at(D6=date(2027, 1, 15)))
page("unit_of_head_unknown", at(D5="Đội TNTB"))
page("cells_merged", lambda sheet: sheet.merge_cells("N14:N15"))
_FOUR = [A, B, C, A | {"name": "Buổi bốn"}]
beside(
    "copy_of_form",
    {**form("activities", _FOUR), "y.xlsx": form("activities", [*_FOUR[:3], {**_FOUR[3], "present": 9}])[FORM]},
    form("activities", _FOUR),
)
beside(
    "profile_differs",
    {SCHOOL: school(units=[], headcounts=[]), "y.xlsx": school(commune="xã Khác")},
    {SCHOOL: school()},
)
beside(
    "unit_not_handed_in", {SCHOOL: school([UNITS[0], {**UNITS[1], "must_hand_in": "Hoạt động"}])}, {SCHOOL: school()}
)
beside("field_blank", {SCHOOL: school(levels=None)}, {SCHOOL: school()})


def _school(change: Callable[[Any], None]) -> Files:
    return {SCHOOL: edited(school(), lambda book: change(book["Thông tin trường"]))}


def _labels(sheet: Any) -> dict[str, Any]:
    return {str(cell.value).rstrip(" *"): cell for cell in sheet["A"] if isinstance(cell.value, str)}


def _label(own: str, new: str, sheet: Any) -> None:
    cell = _labels(sheet)[own]
    cell.value = new
    sheet.cell(cell.row, 2).value = sheet.cell(cell.row, 2).value or "x"


def _further(label: str, value: str, sheet: Any) -> None:
    """A line more, in the place of the blank line below the facts of the school."""
    last = max(cell.row for cell in _labels(sheet).values() if cell.value in _FIELDS)
    sheet.insert_rows(last + 1)
    sheet.cell(last + 1, 1).value, sheet.cell(last + 1, 2).value = label, value


_FIELDS = {column.heading for column in table_named("profile")[1].row.columns()}
beside("field_unknown", _school(partial(_label, "Xã, phường", "Xã hoặc phường")), {SCHOOL: school()})
beside("field_own", _school(partial(_further, "Số điểm trường", "2")), {SCHOOL: school()})
beside("field_twice", _school(partial(_further, "Xã, phường", "xã Khác")), {SCHOOL: school()})

# --- cells ---
row("required_blank", "activities", A, name=None)
page("error_cell", lambda sheet: setattr(sheet["N14"], "value", "#REF!") or setattr(sheet["N14"], "data_type", "e"))
page("formula_not_calculated", at(N14="=SUM(N15:N16)"))
row("not_a_count", "activities", A, present="khoảng 600")
row("not_a_number", "plan", GOAL, number="chín mươi")
row("not_a_date", "activities", A, held_on="tháng 3")
row("no_such_day", "activities", A, held_on="31/02/2026")
_LATE = [A | {"held_on": date(2026, month, 13 + month), "name": f"Buổi {month}"} for month in (2, 3, 9, 10)]
rows(
    "days_swapped",
    "activities",
    [{**one, "held_on": f"{one['held_on']:%d/%m/%Y}"} for one in _LATE]
    + [A | {"held_on": date(2026, 5, number)} for number in (2, 9, 10)],
    [*_LATE, *(A | {"held_on": date(2026, number, 5)} for number in (2, 9, 10))],
)
rows(
    "days_month_first",
    "activities",
    [A | {"held_on": text} for text in ("9/25/2026", "9/5/2026", "9/26/2026")],
    [A | {"held_on": date(2026, 9, day)} for day in (25, 5, 26)],
)
row("old_encoding", "activities", A, name=old("Sinh hoạt dưới cờ"))
beside(
    "sheet_old_encoding",
    {
        "y.xlsx": edited(
            forms("hoat_dong"),
            lambda book: (
                [
                    setattr(cell, "value", None if str(cell.value).startswith("antq") else old(cell.value))
                    for line in book["Hoạt động"].iter_rows()
                    for cell in line
                    if isinstance(cell.value, str)
                ]
                and None
            ),
        )
    },
)
page(
    "row_struck",
    lambda sheet: [setattr(cell, "font", Font(strike=True)) for cell in sheet[15] if cell.value is not None] and None,
)
page(
    "number_line",
    lambda sheet: (
        [setattr(cell, "value", f"({number})") for number, cell in enumerate(sheet[14][:20], start=1)] and None
    ),
    lambda sheet: sheet.delete_rows(14),
)
page("section_line", lambda sheet: sheet.insert_rows(15) or put({"A15": "Tháng 4"}, sheet))
page("signature_line", at(J20="Người lập biểu"), at())
row("not_a_time", "meetings", MEETING, starts_at="sáng")
row("meeting_ends_early", "meetings", {**MEETING, "starts_at": "14:00", "ends_at": "15:00"}, ends_at="13:00")
page("not_a_code", lambda sheet: setattr(sheet["A14"], "value", date(2026, 1, 1)))
row("not_a_plain_code", "incidents", INCIDENT, id="em Lan lớp 6A")
CASES["text_too_long"] = (
    {
        **form("activities", [A]),
        FORM: lambda: change_sheet(
            bytes_of(form("activities", [A])[FORM]), lambda xml: set_cell(xml, "C14", inline("x" * 40_000), INLINE)
        ),
    },
    form("activities", [A]),
)
row("not_in_list", "activities", A, topic_1="Bơi lội")

# --- rows ---
rows("total_row", "activities", [A, {"name": "Tổng cộng", "present": 600}], [A])
row("more_than_expected", "activities", A, present=641)
row("more_pledged_than_expected", "activities", {**A, "pledged": 600}, pledged=641)
row("audience_missing", "activities", A, audience=None)
row("grade_of_other_level", "activities", A, grade=11)
_TEACHERS = A | {"audience": "Nhân viên", "present": 5, "expected": 6}
beside(
    "audience_not_counted",
    form("activities", [_TEACHERS]),
    {
        **form("activities", [_TEACHERS]),
        SCHOOL: school(headcounts=[*HEADCOUNTS, {"audience": "Nhân viên", "count": 6, "counted_on": date(2026, 1, 5)}]),
    },
)
_MET = form("meetings", [MEETING])
beside(
    "criterion_unknown",
    *(
        {
            **_both,
            "y.xlsx": form("self_scores", [{**OWN, "criterion": number}])[FORM],
            REST: forms(*(one for one in EVERY if one not in ("cuoc_hop", "tu_cham"))),
        }
        for number, _both in (("9", _MET), ("1", _MET))
    ),
)
_SCORE = {"text": "Quyết định 510", "criterion": "1", "self_points": 2, "meeting": "CH-01"}
beside(
    "points_over_maximum",
    *(
        {
            **_MET,
            "y.xlsx": form("self_scores", [{**_SCORE, "self_points": points}])[FORM],
            REST: forms(*(one for one in EVERY if one not in ("cuoc_hop", "tu_cham"))),
        }
        for points in (50, 2)
    ),
)
row("ends_before_start", "documents", {**DOC, "in_force_to": date(2026, 12, 31)}, in_force_to=date(2026, 1, 1))
row(
    "recognised_year_wrong",
    "documents",
    {**DOC, "kind": "Giấy công nhận", "recognised_year": 2026},
    recognised_year=2027,
)
row("day_or_activity", "coordinations", {"held_on": D, "partner": "Đoàn thể"}, held_on=None)
row("stretch_ends_before_start", "checks", CHECK, to_on=date(2026, 3, 1))
row("more_signed_than_due", "checks", CHECK, shifts_signed=61)
row("more_working_than_devices", "systems", CAMERA, working=11)
row(
    "more_users_than_eligible",
    "systems",
    {"system": "Phần mềm quản lý học sinh", "counted_on": D, "eligible": 10, "users": 9},
    users=11,
)
row("more_supported_than_at_risk", "support", {"month_on": date(2026, 3, 1), "at_risk": 3, "supported": 2}, supported=4)
_OTHER = head("Tổ Tự nhiên")
_BARE = {name: value for name, value in A.items() if name != "organiser"}
for _code, _first, _second, _mended in (
    ("row_repeated", _BARE, _BARE, None),
    ("row_maybe_twice", A, {**A, "organiser": "Tổ Lạ"}, {**A, "organiser": "Tổ Tự nhiên"}),
    ("rows_disagree", _BARE, {**_BARE, "present": 601}, {**_BARE, "present": 601, "organiser": "Tổ Tự nhiên"}),
):
    _one = form("activities", [_first])
    beside(
        _code,
        {**_one, "y.xlsx": form("activities", [_second], _OTHER)[FORM]},
        {
            **form("activities", [{**_first, "organiser": "Đội TNTP"}]),
            "y.xlsx": form("activities", [_mended], _OTHER)[FORM],
        }
        if _mended
        else {**_one, "y.xlsx": form("activities", [], _OTHER)[FORM]},
    )
rows(
    "row_typed_twice", "documents", [{**DOC, "number": "1/KH", "id": None}] * 2, [{**DOC, "number": "1/KH", "id": None}]
)
rows("row_twin", "activities", [A, A], [A, {**A, "name": "Buổi một, lớp 6B"}])
row("target_is_fraction", "plan", GOAL, number=0.9)
row("target_over_hundred", "plan", GOAL, number=900)
row("target_not_whole", "plan", COUNTED, number=2.5)
row("target_in_percent", "plan", COUNTED, unit="%")
rows("code_twice", "documents", [DOC, {**DOC, "subject": "Khác"}], [DOC, {**DOC, "subject": "Khác", "id": None}])
row("code_unknown", "documents", {**DOC, "carries_out": None}, carries_out="VB-99")
rows(
    "code_of_refused",
    "documents",
    [{**DOC, "kind": "Thơ"}, {**DOC, "id": "VB-02", "subject": "Khác", "carries_out": "VB-01"}],
    [DOC, {**DOC, "id": "VB-02", "subject": "Khác", "carries_out": "VB-01"}],
)
beside(
    "form_unknown",
    {SCHOOL: school([{**UNITS[0], "must_hand_in": "Hoạt dộng"}])},
    {SCHOOL: school([{**UNITS[0], "must_hand_in": "Hoạt động"}])},
)
beside("month_unknown", {SCHOOL: school(teaching_months="1;13")}, {SCHOOL: school(teaching_months="1;12")})
row("personal_data", "activities", A, note="Em Nguyễn Văn An lớp 6A, điện thoại 0912345678")
row("unit_unknown", "activities", A, organiser="Đội TNTB")
for _code, _bad, _good in (
    ("missing", {}, {"minh_chung/a.pdf": b"x"}),
    ("empty", {"minh_chung/a.pdf": b""}, {"minh_chung/a.pdf": b"x"}),
):
    _form = form("activities", [{**A, "file": "minh_chung/a.pdf"}])
    beside(f"evidence_file_{_code}", {**_form, **_bad}, {**_form, **_good})
_TWO: Files = {"minh_chung/a.pdf": b"x", "khac/a.pdf": b"y"}
beside(
    "evidence_file_several",
    {**form("activities", [{**A, "file": "a.pdf"}]), **_TWO},
    {**form("activities", [{**A, "file": "khac/a.pdf"}]), **_TWO},
)
beside(
    "evidence_file_folder",
    {**form("activities", [{**A, "file": "minh_chung"}]), "minh_chung/a.pdf": b"x"},
    {**form("activities", [{**A, "file": "minh_chung/a.pdf"}]), "minh_chung/a.pdf": b"x"},
)
row("out_of_period", "activities", A, held_on=date(2024, 5, 5))
_MORE = [*HEADCOUNTS, {"audience": "Học sinh THCS", "count": 660, "counted_on": date(2026, 3, 1)}]
for _code, _people in (
    ("more_people_than_base", {"expected": None, "present": 660}),
    ("expected_differs", {"expected": 660}),
):
    beside(
        _code,
        form("activities", [A | _people]),
        {**form("activities", [A | _people]), SCHOOL: school(headcounts=_MORE)},
    )
row("expected_near", "activities", A, expected=641)
_MEET = A | {"audience": "Giáo viên", "organiser": "Tổ Tự nhiên", "present": 9, "expected": 11}
beside(
    "unit_size_blank",
    form("activities", [_MEET]),
    {**form("activities", [_MEET]), SCHOOL: school([UNITS[0], {**UNITS[1], "members": 11}])},
)

# --- a score table ---


def changed(place: int, **fields: Any) -> dict[str, Any]:
    return {"rows": [{**one, **fields} if index == place else dict(one) for index, one in enumerate(PAPER)]}


_PROVINCE = {
    **HEAD,
    "completes": "Văn bản của tỉnh cụ thể hóa Quyết định 510",
    "number": "00/QĐ (bịa)",
    "issuer": "Ban Chỉ đạo tỉnh Mẫu",
    "signed_on": D,
    "period_from": date(2025, 12, 1),
    "period_to": date(2026, 11, 30),
}
_SCORED = {"rows": [{**one, "self_points": 8} for one in PAPER]}
_STEPS: dict[str, Any] = {"award": "Theo bậc", "measure": "Số vụ việc"}
_BOUND: dict[str, Any] = {"award": "Đạt ngưỡng", "measure": "Số vụ việc", "operator": "≤", "bound": 1}
_CUT = {"number": "T1", "text": "Mỗi vụ (bịa)", "each": 2, "at_most": 10, "measure": "Số vụ việc"}
_CAP = {"number": "K1", "text": "Có vụ (bịa)", "highest": "Khá", "measure": "Số vụ việc", "operator": "≥", "bound": 1}
score("score_table_not_used", changed(2, points=39))
_OTHER_TABLE, _TABLE = CASES["score_table_not_used"]
beside("score_tables_several", {**_TABLE, "y.xlsx": _OTHER_TABLE[TABLE]}, _TABLE)
beside(
    "score_text_twice",
    {**_TABLE, "y.xlsx": workbook_bytes(draw({"score_text": [{"source": "Khác"}]}, ["thong_tin_thang_diem"]))},
    _TABLE,
)
score("score_no_source", {"head": {"total": 100}})
score(
    "score_same_person",
    {"head": {**HEAD, "entered_by": "Trần Thị B", "checked_by": "trần thị b"}},
    {"head": {**HEAD, "entered_by": "Trần Thị B", "checked_by": "Nguyễn Văn A"}},
)
score("score_province_blank", {"head": {**_PROVINCE, "number": None}}, {"head": _PROVINCE})
score("score_period_half", {"head": {**_PROVINCE, "period_to": None}}, {"head": _PROVINCE})
score("score_period_wrong", {"head": {**_PROVINCE, "period_from": date(2025, 1, 1)}}, {"head": _PROVINCE})
score("score_number_twice", changed(2, number="5"))
score("score_number_odd", changed(2, number="mục sáu"))
score(
    "score_too_long",
    {"rows": [{"number": str(number), "text": f"Dòng {number}", "points": 1} for number in range(5, 310)]},
)
score("score_points_missing", changed(1, points=None))
_NESTED = [
    PAPER[0],
    {"number": "5", "text": "Nhóm (bịa)", "points": 80},
    {"number": "5.1", "text": "Ý một", "points": 30},
    {"number": "5.2", "text": "Ý hai", "points": 50},
]
score(
    "score_heading_sum",
    {"rows": [one | ({"points": 70} if one["number"] == "5" else {}) for one in _NESTED]},
    {"rows": _NESTED},
)
score("score_sum", changed(2, points=39))
_PARTS = [
    PAPER[0],
    {"number": "5", "text": "Đủ hai ý", "points": 80, "award": "Đủ các ý"},
    {"number": "5.1", "text": "Ý một"},
    {"number": "5.2", "text": "Ý hai"},
]
score("score_kind_without_points", {"rows": [*_PARTS[:2], {**_PARTS[2], "row_kind": "Điểm thưởng"}, _PARTS[3]]}, {"rows": _PARTS})
_BONUS = {"number": "7", "text": "Sáng kiến (bịa)", "points": 3, "row_kind": "Điểm thưởng"}
_ONE_OF = [{**row, "one_of": "A"} for row in ({**PAPER[2], "number": "6a"}, {**PAPER[2], "number": "6b"})]
score("score_group_alone", {"rows": [*PAPER, {**_BONUS, "one_of": "A"}]}, {"rows": [*PAPER, _BONUS]})
score(
    "score_group_mixed", {"rows": [*PAPER[:2], _ONE_OF[0], {**_ONE_OF[1], "row_kind": "Điểm thưởng"}]}, {"rows": [*PAPER[:2], *_ONE_OF]}
)
score("score_bonus_none", {"head": {**HEAD, "bonus_most": 5}}, {"head": HEAD})
score("score_never_over", {"head": {**HEAD, "never_over": 90}}, {"head": {**HEAD, "never_over": 100}})
score("score_part_points", {"rows": [*_PARTS[:2], {**_PARTS[2], "points": 5}, _PARTS[3]]}, {"rows": _PARTS})
score("score_needs", changed(0, **(_BOUND | {"bound": None})), changed(0, **_BOUND))
score("score_not_for_award", changed(0, bound=3))
score("score_no_parts", changed(0, award="Đủ các ý"))
score(
    "score_measure_unknown",
    changed(0, award="Không để xảy ra", measure="Số con mèo"),
    changed(0, award="Không để xảy ra", measure="Số vụ việc"),
)
score(
    "score_filter_unclear",
    changed(0, award="Không để xảy ra", measure="Số vụ việc", channel="Video"),
    changed(0, award="Không để xảy ra", measure="Số vụ việc"),
)
score("score_steps_unclear", changed(0, **_STEPS, steps="nhiều: 8"), changed(0, **_STEPS, steps="3: 8; 1: 2"))
score("score_steps_top", changed(0, **_STEPS, steps="3: 7"), changed(0, **_STEPS, steps="3: 8"))
score("score_else_over", changed(0, **_BOUND, else_points=9), changed(0, **_BOUND, else_points=4))
score("score_band_twice", {"bands": (BANDS[0], {**BANDS[1], "name": "tốt"}, BANDS[2])}, {"bands": BANDS})
score("score_band_order", {"bands": (BANDS[1], BANDS[0], BANDS[2])}, {"bands": BANDS})
_gap = [{"bands": (BANDS[0], {**BANDS[1], "below": below}, BANDS[2])} for below in (85, 90)]
score("score_band_gap", *_gap)
score("score_band_over", {"bands": ({"name": "Quá cao", "at_least": 101}, *BANDS)}, {"bands": BANDS})
score("score_band_lowest", {"bands": BANDS[:2]}, {"bands": BANDS})
score("score_deduction_rate", {"deductions": [{**_CUT, "measure": "Tỷ lệ người tham gia"}]}, {"deductions": [_CUT]})
score("score_deduction_most", {"deductions": [{**_CUT, "at_most": 1}]}, {"deductions": [_CUT]})
score("score_cap_class", {"bands": BANDS, "caps": [{**_CAP, "highest": "Xuất sắc"}]}, {"bands": BANDS, "caps": [_CAP]})
score("score_meeting_blank", _SCORED, {**_SCORED, "head": {**HEAD, "meeting": "CH-01"}}, **_MET)
score(
    "score_meeting_unknown",
    {**_SCORED, "head": {**HEAD, "meeting": "CH-09"}},
    {**_SCORED, "head": {**HEAD, "meeting": "CH-01"}},
    **_MET,
)
_TYPED = {**_MET, REST: forms(*(one for one in EVERY if one not in ("cuoc_hop", "tu_cham")))}
_AGREED = {"head": {**HEAD, "meeting": "CH-01"}, **changed(0, self_points=6, superior_points=5)}
for _code, _bad, _good in (
    ("score_typed_twice", {"self_points": 6}, None),
    ("score_self_differs", {"self_points": 7}, None),
    ("score_superior_differs", {"verified_points": 4}, None),
):
    score(_code, _AGREED, _AGREED, **_TYPED)
    _said, _mended = CASES[_code]
    _scores = form("self_scores", [{"text": _SCORE["text"], "criterion": "4b", **_bad}])[FORM]
    CASES[_code] = {**_said, "y.xlsx": _scores}, {**_mended, "y.xlsx": forms("tu_cham")}


def _known(column: int, value: Any, content: bytes | Drawn | None) -> Drawn:
    """The score table with another cell in the row 4a, which the official table has too."""

    def change(book: Any) -> None:
        line = next(line for line in book["Thang điểm"].iter_rows() if line[0].value == "4a")
        line[column].value = value

    return edited(content, change)


_GOOD = CASES["score_sum"][1]
CASES["score_text_differs"] = {TABLE: _known(1, "Chữ khác (bịa để thử)", _GOOD[TABLE])}, _GOOD
score("score_points_differ", changed(2, points=39))
CASES["score_points_differ"] = {TABLE: _known(2, 2, CASES["score_points_differ"][0][TABLE])}, _GOOD

# --- words of people, and of nobody else ---
rows("ditto", "activities", [A, B | {"name": "như trên"}], [A, B])
page("remark_line", at(A20="…"))


def _declared_by(name: str, sheet: Any) -> None:
    """Write who declares, beside its label in the head."""
    (label,) = (cell for line in sheet.iter_rows(max_row=11) for cell in line if cell.value == HEAD_LABELS["declared_by"])
    next(cell for cell in sheet[label.row][label.column:] if cell.value is not None).value = name


page("head_old_encoding", partial(_declared_by, old("Nguyễn Văn Trực")), partial(_declared_by, "Nguyễn Văn Trực"))
_NAMED = form("activities", [A])
beside("personal_name", {**_NAMED, FORM: None, "Em Nguyễn Văn An lớp 6A.xlsx": _NAMED[FORM]}, _NAMED)
CASES["personal_path"] = (
    {**form("activities", [{**A, "file": "minh_chung/Nguyễn Văn An lớp 6A.pdf"}]), "minh_chung/Nguyễn Văn An lớp 6A.pdf": b"x"},
    {**form("activities", [{**A, "file": "minh_chung/HD-01.pdf"}]), "minh_chung/HD-01.pdf": b"x"},
)
row("own_result_measured", "plan", COUNTED, self_result="Đạt")
rows("sentence_changed", "plan", [COUNTED | {"goal_id": "II.1-1"}], [COUNTED | {"goal_id": "T-01"}])
