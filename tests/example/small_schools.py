"""A primary school and a kindergarten: a few rows in each form, drawn as the example schools are. Not shipped."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from antq_review.forms.draw_workbook import Head, draw_workbook
from antq_review.forms.measure_labels import Measure
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import SHEETS

YEAR, DECLARED = 2026, date(2026, 11, 15)
FILE = "minh_chung/ho_so.txt"
#: Workbook → its sheets and the unit that hands it in.
_BOOKS = {
    "1_nha_truong": ("thong_tin_truong", "ke_hoach", "cuoc_hop", "nhan_xet"), "2_van_ban": ("van_ban",),
    "3_hoat_dong": ("hoat_dong", "mo_hinh", "phoi_hop"), "4_an_toan": ("vu_viec", "kiem_tra", "chuyen_doi_so", "ho_tro"),
    "5_thi_dua": ("thi_dua",),
}
_NOT_DECLARED = frozenset(_BOOKS["1_nha_truong"])
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def write_school(folder: Path, rows: Rows) -> Path:
    """The school's forms in `folder`, declared complete, with the file that its rows name."""
    (code,) = {row["school_code"] for row in rows["profile"]}
    for book, names in _BOOKS.items():
        sheets = [sheet for sheet in SHEETS if sheet.name in names]
        heads = {
            name: Head(code, YEAR, "Ban Giám hiệu") if name in _NOT_DECLARED
            else Head(code, YEAR, "Ban Giám hiệu", DECLARED, "Hà Thị Y", "Phó Hiệu trưởng")
            for name in names
        }
        tables = {table.name for sheet in sheets for table in sheet.tables}
        own = {name: [dict(row) for row in of] for name, of in rows.items() if name in tables}
        (folder / f"{book}.xlsx").write_bytes(workbook_bytes(draw_workbook(sheets, heads, own, Measure.labels())))
    (folder / FILE).parent.mkdir()
    (folder / FILE).write_text("Minh chứng\n", encoding="utf-8")
    return folder


def primary(folder: Path) -> Path:
    """Trường Tiểu học Hoa Sim, a fictional school of one level."""
    grades = {1: 70, 2: 68, 3: 66, 4: 72, 5: 64}
    return write_school(folder, _rows("00111222", "Trường Tiểu học Hoa Sim", "TH", "Học sinh TH", grades))


def kindergarten(folder: Path) -> Path:
    """Trường Mầm non Hoa Sim, a fictional kindergarten; its children have no grade."""
    return write_school(folder, _rows("00111333", "Trường Mầm non Hoa Sim", "Mầm non", "Trẻ mầm non", {None: 210}))


def _rows(code: str, name: str, level: str, pupils: str, grades: Mapping[int | None, int]) -> Rows:
    all_of_them, paper = sum(grades.values()), {"issuer": name, "file": FILE}
    staff = {"Cán bộ quản lý": 2, "Giáo viên": 18, "Nhân viên": 3}
    audiences = [(who, None, number) for who, number in staff.items()]
    audiences += [(pupils, grade, number) for grade, number in grades.items()]
    talk = {
        "form": "Phổ biến, quán triệt", "topic_1": "Nội quy và tiêu chí ANTT", "campaign": "QT-01", "channel": "Trực tiếp", "file": FILE,
    }
    goal = {"set_by": "Kế hoạch", "due_on": DECLARED, "in_charge": "Ban Giám hiệu"}
    return {
        "profile": [{
            "school_code": code, "name": name, "year": YEAR, "levels": level, "commune": "xã Mẫu", "province": "tỉnh Lâm Đồng",
            "place_name": "Mẫu", "superior_body": "UBND xã Mẫu", "has_party_organisation": "Có", "has_guard_force": "Có",
            "provincial_criteria": "Không", "document_symbol": "HS", "signer": "Tạ Thị I", "signer_post": "Hiệu trưởng",
            "recipients": "Công an xã Mẫu; lưu VT", "class_count": 10, "teaching_months": "1;2;3;4;5;9;10;11;12",
            "report_within_hours": 24, "handle_within_days": 7, "drawn_out_days": 30, "previous_result": "Không đăng ký",
        }],
        "headcounts": [
            {"audience": who, "grade": grade, "count": number, "counted_on": day}
            for day in (date(2025, 9, 5), date(2026, 9, 5)) for who, grade, number in audiences
        ],
        "units": [
            {"name": "Ban Giám hiệu", "kind": "Ban Giám hiệu", "is_subunit": "Không"},
            *({"name": unit, "kind": "Tổ chuyên môn", "is_subunit": "Có"} for unit in ("Tổ Một", "Tổ Hai")),
        ],
        "plan": [
            {"goal_id": "T-01", "quote": "Có kế hoạch bảo đảm an ninh, trật tự", "measure": "Số văn bản ký trong kỳ", "kind": "Kế hoạch",
             "operator": "≥", "number": Decimal(1), "unit": "kế hoạch", **goal},
            {"goal_id": "T-02", "quote": "100% cán bộ, giáo viên, nhân viên và người học được phổ biến nội quy",
             "measure": "Tỷ lệ tham gia của đối tượng thấp nhất", "topic": "Nội quy và tiêu chí ANTT", "operator": "≥",
             "number": Decimal(100), "unit": "%", **goal},
            {"goal_id": "T-03", "quote": "Không để xảy ra bạo lực học đường, xâm hại trẻ em", "measure": "Số vụ việc",
             "kind": "Bạo lực học đường; Xâm hại trẻ em", "operator": "≤", "number": Decimal(0), "unit": "vụ", **goal},
            {"goal_id": "T-04", "quote": "Người đứng đầu kiểm tra mỗi học kỳ một lần", "measure": "Số lần người đứng đầu kiểm tra",
             "operator": "≥", "number": Decimal(2), "unit": "lần", **goal},
        ],
        "remarks": [
            {"section": section, "text": text} for section, text in (
                ("Thuận lợi", "Công an xã phối hợp thường xuyên"), ("Khó khăn", "Cổng trường sát đường liên xã"),
                ("Ưu điểm", "Người học được bảo đảm an toàn"), ("Hạn chế", "Chưa có bảo vệ chuyên trách ban đêm"),
                ("Nguyên nhân khách quan", "Kinh phí có hạn"), ("Nguyên nhân chủ quan", "Chưa lập kế hoạch trực sớm"),
                ("Bài học", "Lập lịch trực từ đầu năm"), ("Phương hướng năm sau", "Bố trí trực ban đêm"),
                ("Kiến nghị, đề xuất", "Đề nghị UBND xã đặt biển báo trước cổng trường"),
            )
        ],
        "documents": [
            {"kind": "Kế hoạch", "number": "02/KH-HS", "signed_on": date(2026, 1, 15),
             "subject": "Kế hoạch bảo đảm an ninh, trật tự năm 2026", "contents_1": "Bảo đảm an ninh, trật tự",
             "contents_2": "Phong trào toàn dân bảo vệ ANTQ", **paper},
            {"kind": "Báo cáo định kỳ", "number": "20/BC-HS", "signed_on": date(2026, 6, 15), "subject": "Báo cáo 6 tháng đầu năm 2026",
             "contents_1": "Phong trào toàn dân bảo vệ ANTQ", "due_on": date(2026, 6, 20), "sent_on": date(2026, 6, 15), **paper},
            {"kind": "Sơ kết", "number": "21/BC-HS", "signed_on": date(2026, 6, 29), "subject": "Sơ kết 6 tháng đầu năm 2026",
             "contents_1": "Phong trào toàn dân bảo vệ ANTQ", **paper},
        ],
        "activities": [
            {"held_on": date(2026, 1, 12), "name": "Phổ biến nội quy", "level": level if who == pupils else "Toàn trường", "audience": who,
             "grade": grade, "present": number, "expected": number, "organiser": "Ban Giám hiệu", **talk}
            for who, grade, number in audiences
        ] + [
            {"held_on": date(2026, 10, 5), "name": "An toàn giao thông", "form": "Hoạt động ngoại khóa", "topic_1": "An toàn giao thông",
             "channel": "Trực tiếp", "organiser": "Tổ Một", "level": level, "audience": pupils, "present": all_of_them - 6,
             "expected": all_of_them, "file": FILE},
        ],
        "initiatives": [{
            "name": "Trường học an toàn", "started_on": date(2025, 9, 5), "members": 23, "status": "Duy trì",
            "assessed_on": date(2026, 11, 4), "conclusion": "Hiệu quả", "file": FILE,
        }],
        "coordinations": [
            {"held_on": date(2026, 1, 14), "partner": "Công an (xã, phường, đặc khu, tỉnh)", "purpose": "Trật tự cổng trường",
            "file": FILE},
        ],
        "incidents": [],
        "checks": [
            {"kind": "Kiểm tra của Hiệu trưởng", "from_on": day, "result": "Đạt", "checked_by": "Hiệu trưởng", "file": FILE}
            for day in (date(2026, 3, 2), date(2026, 9, 14))
        ],
        "systems": [{"system": "Camera giám sát", "counted_on": date(2026, 9, 5), "installed": 8, "working": 8, "file": FILE}],
        "support": [{"month_on": date(2026, 3, 1), "at_risk": 1, "supported": 1, "counselling_sessions": 2, "file": FILE}],
        "ratings": [
            {"unit": unit, "year_considered": "2025-2026", "eligible": "Có", "rating": "Hoàn thành tốt nhiệm vụ", "file": FILE}
            for unit in ("Tổ Một", "Tổ Hai")
        ],
        "commendations": [
            {"awarded_on": date(2026, 5, 29), "level": "Trường", "recipient": "Tập thể", "count": 1, "content": "Lớp tốt", "file": FILE},
        ],
        "discipline": [],
    }
