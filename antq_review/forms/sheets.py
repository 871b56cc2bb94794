"""The sheets: their tables, their workbook, and the noun of their declaration."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from antq_review.forms.columns import Named, Row
from antq_review.forms.rows import evidence, safety, school
from antq_review.forms.rows import score_table as score

#: Increase it when a column changes its meaning: the reader refuses sheets with a higher version than its own.
FORM_VERSION = 1


@dataclass(frozen=True)
class Table(Named):
    """One table of a sheet.

    `key`: fields that are equal where rows of two units mean the same. `day`: field of a row's day. `last_day`: field
    of the last day where a row covers several days (blank cell: one day). `prefix`: beginning of the codes for rows
    without one. `downwards`: one row, with one field per line.
    """

    name: str
    wording: str
    row: type[Row]
    prefix: str = ""
    day: str | None = None
    key: tuple[str, ...] = ()
    downwards: bool = False
    blank_rows: int = 40
    last_day: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    `declared`: the noun in its declaration of completeness (“văn bản”, “vụ việc”); empty: no declaration. `note`: a line
    at its top, `offers`: a second one. `own_heading`, `head`: first line and fields of the head where it is no form of a school.
    """

    name: str
    title: str
    workbook: str
    tables: tuple[Table, ...]
    declared: str = ""
    filled_by: str = ""
    note: str = ""
    offers: str = ""
    own_heading: str = ""
    head: tuple[str, ...] = ()


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "thong_tin_truong", "Thông tin trường", "1_nha_truong", filled_by="Phó Hiệu trưởng",
        tables=(
            Table("profile", "Thông tin chung", school.Profile, downwards=True),
            Table("headcounts", "Số người theo đối tượng", school.Headcount, key=("audience", "grade", "counted_on"), blank_rows=30),
            Table("units", "Tổ và đơn vị", school.Unit, key=("name",), blank_rows=20),
        ),
    ),
    Sheet(
        "ke_hoach", "Kế hoạch", "1_nha_truong", filled_by="Phó Hiệu trưởng",
        note="Số ghi “Đề xuất của biểu mẫu” chờ nhà trường quyết định: sửa số nếu cần rồi đổi «Ai đặt số» thành “Nhà trường”. "
        "Khi chưa đổi, chỉ tiêu đó là “chưa rõ”.",
        offers="Các câu có sẵn là danh mục gợi ý, lấy từ kế hoạch của một trường: xóa, sửa hoặc thêm dòng cho đúng kế hoạch của trường "
        "mình. Câu đã sửa hoặc thêm ghi mã riêng (T-01, T-02 …).",
        tables=(Table("plan", "Chỉ tiêu kế hoạch", school.PlanRow, key=("goal_id", "part"), blank_rows=20),),
    ),
    Sheet(
        "tu_cham", "Tự chấm", "1_nha_truong", filled_by="Phó Hiệu trưởng, theo kết luận cuộc họp",
        tables=(Table("self_scores", "Điểm và kết quả tự chấm", school.SelfScoreRow, key=("text", "criterion"), blank_rows=10),),
    ),
    Sheet(
        "cuoc_hop", "Cuộc họp", "1_nha_truong", filled_by="Thư ký cuộc họp",
        tables=(
            Table("meetings", "Cuộc họp", school.MeetingRow, key=("id",), blank_rows=4),
            Table("attendees", "Thành phần dự họp", school.AttendeeRow, blank_rows=16),
            Table("opinions", "Ý kiến tại cuộc họp", school.OpinionRow, blank_rows=10),
            Table("votes", "Biểu quyết", school.VoteRow, key=("meeting", "text", "criterion"), blank_rows=12),
        ),
    ),
    Sheet(
        "nhan_xet", "Nhận xét", "1_nha_truong", filled_by="Phó Hiệu trưởng, theo kết luận cuộc họp",
        tables=(Table("remarks", "Nhận xét của báo cáo", school.RemarkRow, blank_rows=20),),
    ),
    Sheet(
        "van_ban", "Văn bản", "2_van_ban", declared="văn bản", filled_by="Văn thư",
        tables=(
            Table(
                "documents", "Văn bản đi và đến", evidence.Document, "VB", "signed_on",
                ("kind", "number", "signed_on", "subject"), blank_rows=80,
            ),
        ),
    ),
    Sheet(
        "hoat_dong", "Hoạt động", "3_hoat_dong", declared="hoạt động", filled_by="Đội, tổ chuyên môn, lớp",
        tables=(
            Table(
                "activities", "Hoạt động", evidence.Activity, "HD", "held_on",
                ("held_on", "name", "form", "channel", "audience", "grade"), blank_rows=120,
            ),
        ),
    ),
    Sheet(
        "mo_hinh", "Mô hình", "3_hoat_dong", declared="mô hình", filled_by="Đội, tổ chuyên môn",
        tables=(Table("initiatives", "Mô hình", evidence.Initiative, "MH", None, ("name",), blank_rows=20),),
    ),
    Sheet(
        "phoi_hop", "Phối hợp", "3_hoat_dong", declared="hoạt động phối hợp", filled_by="Đội, tổ chuyên môn",
        tables=(
            Table(
                "coordinations", "Phối hợp", evidence.Coordination, "PH", "held_on",
                ("held_on", "partner", "purpose", "activity"),
            ),
        ),
    ),
    Sheet(
        "vu_viec", "Vụ việc", "4_an_toan", declared="vụ việc", filled_by="Bảo vệ, Ban Giám hiệu",
        tables=(
            Table(
                "incidents", "Vụ việc", evidence.Incident, "VV", "happened_on",
                ("id", "happened_on", "kind", "event_letter"), blank_rows=30,
            ),
        ),
    ),
    Sheet(
        "kiem_tra", "Kiểm tra", "4_an_toan", declared="lần kiểm tra, ca trực", filled_by="Bảo vệ, Ban Giám hiệu",
        tables=(
            Table(
                "checks", "Kiểm tra, trực bảo vệ, sổ theo dõi", safety.Inspection, "KR", "from_on",
                ("kind", "from_on", "to_on", "checked_by"), blank_rows=100, last_day="to_on",
            ),
        ),
    ),
    Sheet(
        "chuyen_doi_so", "Chuyển đổi số", "4_an_toan", declared="hệ thống", filled_by="Nhân viên phụ trách thiết bị, công nghệ",
        tables=(
            Table("systems", "Hệ thống và thiết bị", safety.System, "CD", "counted_on", ("system", "counted_on"), blank_rows=30),
        ),
    ),
    Sheet(
        "ho_tro", "Hỗ trợ học sinh", "4_an_toan", declared="hỗ trợ học sinh", filled_by="Tổ tư vấn, Ban Giám hiệu",
        tables=(Table("support", "Hỗ trợ {pupils} theo tháng", safety.Support, "HT", "month_on", ("month_on",), blank_rows=14),),
    ),
    Sheet(
        "thi_dua", "Thi đua", "5_thi_dua", declared="xếp loại, khen thưởng, kỷ luật", filled_by="Phó Hiệu trưởng",
        tables=(
            Table(
                "ratings", "Xếp loại tổ, đơn vị", evidence.Rating, "XL", None, ("unit", "year_considered"), blank_rows=20,
            ),
            Table(
                "commendations", "Khen thưởng", evidence.Commendation, "KT", "awarded_on",
                ("awarded_on", "level", "recipient", "content", "decision"), blank_rows=20,
            ),
            Table(
                "discipline", "Kỷ luật", evidence.DisciplinaryAction, "KL", "decided_on",
                ("group", "unit", "cause", "form", "decided_on"), blank_rows=20,
            ),
        ),
    ),
    Sheet(
        "thang_diem", "Thang điểm", "thang_diem", filled_by="Phó Hiệu trưởng, chép từ bảng chấm điểm trên giấy",
        tables=(Table("score_rows", "Các dòng của bảng chấm điểm", score.ScoreRow, blank_rows=60),),
    ),
    Sheet(
        "thong_tin_thang_diem", "Thông tin thang điểm", "thang_diem", filled_by="Phó Hiệu trưởng; một người khác kiểm tra",
        tables=(
            Table("score_text", "Bảng này từ đâu, ai nhập, ai kiểm tra", score.ScoreText, downwards=True),
            Table("score_bands", "Các mức xếp loại, mức cao ghi trước", score.ScoreBand, blank_rows=8),
        ),
    ),
    Sheet(
        "diem_tru", "Điểm trừ, khống chế", "thang_diem", filled_by="Phó Hiệu trưởng, chép từ bảng chấm điểm trên giấy",
        tables=(
            Table("score_deductions", "Điểm trừ", score.ScoreDeduction, blank_rows=12),
            Table("score_caps", "Khống chế mức xếp loại", score.ScoreCap, blank_rows=8),
        ),
    ),
)

#: Tables that contain rules of judging, not facts of the school.
SCORE_TABLE = ("score_rows", "score_text", "score_bands", "score_deductions", "score_caps")

#: Tables about offenders, victims and people who need help. The text of their cells is never printed, not even in a
#: message: a name may be typed there by mistake.
PRIVATE_TABLES = frozenset({"incidents", "discipline", "support"})

WORKBOOKS: tuple[str, ...] = tuple(dict.fromkeys(sheet.workbook for sheet in SHEETS))


_BY_NAME = {sheet.name: sheet for sheet in SHEETS}
_TABLES = {table.name: (sheet, table) for sheet in SHEETS for table in sheet.tables}


def sheet_named(name: str) -> Sheet:
    """The sheet with that identifier. Raises KeyError."""
    return _BY_NAME[name]


def table_named(name: str) -> tuple[Sheet, Table]:
    """The table with that identifier, and its sheet. Raises KeyError."""
    return _TABLES[name]


# --- the head of a sheet -------------------------------------------------------------------------------------------

#: Field of the sheet's head → its label. The value is in the next filled cell to the right of the label.
HEAD_LABELS: dict[str, str] = {
    "marker": "Mã biểu",
    "school_code": "Mã trường",
    "name": "Tên trường",
    "body": "Cơ quan nhận",
    "day": "Ngày lập",
    "year": "Năm",
    "unit": "Đơn vị nộp",
    "declared_until": "Đã kê khai đầy đủ đến hết ngày",
    "declared_by": "Người kê khai",
    "declared_post": "Chức vụ",
}
#: Headings of the three columns of a table with one field per line.
DOWNWARDS: dict[str, str] = {"label": "Mục", "value": "Nội dung", "help": "Cách ghi"}
#: The first line of each form, and of a sheet with a heading of its own.
SHEET_TITLE = "Biểu {title} – phong trào “Toàn dân bảo vệ an ninh Tổ quốc”"
OWN_TITLE = SHEET_TITLE.removeprefix("Biểu ")
#: The line above each table.
TABLE_TITLE = "Bảng {number}. {title}"
#: First cell of a line that sums up others; such a line is no evidence.
TOTAL_WORDS: tuple[str, ...] = ("Tổng", "Tổng cộng", "Tổng số", "Cộng")
DECLARATION = "Từ đầu kỳ đến hết ngày ghi ở trên, ngoài các dòng trong biểu, đơn vị tôi không còn {declared} nào khác."
#: Marker of the copies in which the tool marks faults. The reader refuses them, so that no row counts twice.
MARKED_COPY = "antq/ban-danh-dau"
#: Marker of the hidden sheet of drop-down lists. It is defined here and not in `lists_sheet`, because the reader must
#: not load openpyxl.
LISTS_MARKER = "antq/danh_muc/1"


def marker(sheet: Sheet) -> str:
    """The value beside “Mã biểu”: `antq/van_ban/1`."""
    return f"antq/{sheet.name}/{FORM_VERSION}"


@cache
def table_of(row: type[Row]) -> str:
    """The name of the table of a row model. Each model belongs to exactly one table."""
    (name,) = (table.name for sheet in SHEETS for table in sheet.tables if table.row is row)
    return name
