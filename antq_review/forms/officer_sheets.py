"""The sheets of the officer's two workbooks. A school's folder has none of them, so they are not among its forms."""

from __future__ import annotations

from antq_review.forms.rows import officer
from antq_review.forms.sheets import Sheet, Table

LIST, DECISIONS = "0_danh_sach", "1_quyet_dinh"
#: At the head of each sheet; the settings say the same themselves.
_HEAD = ("body", "year", "day")

OFFICER_SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "truong_phai_nop", "Trường phải nộp", LIST, filled_by="Chuyên viên",
        own_heading="Danh sách trường phải nộp báo cáo", head=_HEAD,
        note="Mỗi trường một dòng. Mã khớp đúng từng chữ; mã khác của trường ghi ở sheet Mã cũ, mã khác.",
        tables=(Table("expected", "Trường phải nộp", officer.ExpectedSchool, key=("code",), blank_rows=200),),
    ),
    Sheet(
        "ma_khac", "Mã cũ, mã khác", LIST, filled_by="Chuyên viên",
        own_heading="Mã cũ, mã khác của các trường", head=_HEAD,
        tables=(Table("other_codes", "Mã cũ, mã khác", officer.OtherCode, key=("other",), blank_rows=60),),
    ),
    Sheet(
        "cai_dat", "Cài đặt", LIST, filled_by="Chuyên viên",
        own_heading="Cài đặt tiếp nhận và tổng hợp báo cáo",
        tables=(Table("officer_settings", "Cài đặt", officer.OfficerSettings, downwards=True),),
    ),
    Sheet(
        "quyet_dinh", "Quyết định", DECISIONS, filled_by="Chuyên viên",
        own_heading="Sổ quyết định về các gói số liệu", head=_HEAD,
        note="Dòng sau cùng về một gói là dòng có hiệu lực. Mọi dòng được giữ.",
        tables=(Table("decisions", "Quyết định", officer.Decision, blank_rows=200),),
    ),
    Sheet(
        "ly_do_tra_lai", "Lý do trả lại", DECISIONS, filled_by="Chuyên viên",
        own_heading="Lý do trả lại gói số liệu", head=_HEAD,
        tables=(Table("return_reasons", "Lý do trả lại", officer.ReturnReason, blank_rows=200),),
    ),
    Sheet(
        "ngay_nhan", "Ngày nhận", DECISIONS, filled_by="Chuyên viên",
        own_heading="Ngày nhận gói số liệu, nếu khác ngày thấy đầu tiên", head=_HEAD,
        tables=(Table("received_days", "Ngày nhận", officer.ReceivedDay, key=("package",), blank_rows=60),),
    ),
    Sheet(
        "chon_ban", "Chọn bản", DECISIONS, filled_by="Chuyên viên",
        own_heading="Bản được tính của trường gửi nhiều bản", head=_HEAD,
        tables=(Table("chosen_packages", "Chọn bản", officer.ChosenPackage, key=("code",), blank_rows=60),),
    ),
)
