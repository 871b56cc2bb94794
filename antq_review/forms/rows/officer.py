"""The officer's two workbooks: who must report, other codes, settings; decisions, reasons, days of receipt, choices."""

from __future__ import annotations

from datetime import date

from antq_review.forms.choices.officer import DecisionKind, OtherCodeKind, ReturnedText
from antq_review.forms.choices.school import LevelsTaught
from antq_review.forms.columns import CellKind, Row, YesNo, column


class ExpectedSchool(Row):
    """One school that must report. Codes are matched exactly, never by name."""

    code: str = column("Mã trường", "Giữ cả số 0 ở đầu", kind=CellKind.CODE, required=True, width=14)
    name: str = column("Tên trường", "", required=True, width=36)
    levels: LevelsTaught | None = column("Cấp học", "Chọn trong danh sách", choices=LevelsTaught, width=16)
    commune: str | None = column("Xã, phường", "Để cộng theo xã", width=20)
    superior: str | None = column("Cơ quan quản lý", "", width=22)
    from_on: date | None = column("Từ ngày", "Ngày trường thành lập, nếu trong năm", kind=CellKind.DATE, width=13)
    to_on: date | None = column("Đến ngày", "Ngày trường ngừng hoạt động hoặc sáp nhập", kind=CellKind.DATE, width=13)
    merged_into: str | None = column("Vào mã", "Mã của trường nhận sáp nhập", kind=CellKind.CODE, width=14)
    due_on: date | None = column("Hạn nộp", "Để trống: hạn chung ở Cài đặt", kind=CellKind.DATE, width=13)
    exempt: str | None = column("Miễn nộp, lý do", "Có ghi: trường không phải nộp", width=26)


class OtherCode(Row):
    """Another code of a school."""

    code: str = column("Mã đúng", "Mã ở sheet Trường phải nộp", kind=CellKind.CODE, required=True, width=16)
    other: str = column("Mã khác", "Mã mà gói của trường có thể mang", kind=CellKind.CODE, required=True, width=16)
    kind: OtherCodeKind | None = column("Loại", "Chọn trong danh sách", choices=OtherCodeKind, width=24)
    from_year: int | None = column("Từ năm", "", kind=CellKind.COUNT, width=10)


class OfficerSettings(Row):
    """Settings of one year's receipt, one a line."""

    year: int | None = column("Năm", "Năm của báo cáo, ví dụ 2026", kind=CellKind.COUNT, required=True)
    body: str | None = column("Cơ quan nhận", "Tên in ở đầu bảng tổng hợp, phiếu")
    due_on: date | None = column("Hạn chung", "Ngày cuối cùng để nộp", kind=CellKind.DATE, required=True)
    drafts: YesNo | None = column("Tính cả bản dự thảo?", "Không ghi: không", kind=CellKind.YES_NO)
    threshold: int | None = column("Ngưỡng ẩn số", "Bản công khai ẩn số nhỏ hơn ngưỡng; ít nhất 3", kind=CellKind.COUNT)
    sample: int | None = column("Số trường chọn xem", "Ở mỗi nhóm", kind=CellKind.COUNT)
    seed: str | None = column("Hạt giống chọn mẫu", "Ghi trước hạn nộp; một dòng chữ bất kỳ", kind=CellKind.CODE)


class Decision(Row):
    """A decision about one package."""

    code: str = column("Mã trường", "", kind=CellKind.CODE, required=True, width=14)
    package: str = column("Mã gói", "12 ký tự đầu, ở sheet Từng trường của bảng tổng hợp", kind=CellKind.CODE, required=True, width=18)
    decision: DecisionKind = column("Quyết định", "Chọn trong danh sách", choices=DecisionKind, required=True, width=16)
    decided_on: date = column("Ngày", "", kind=CellKind.DATE, required=True, width=13)
    post: str | None = column("Chức vụ người xem", "Không ghi tên", width=24)


class ReturnReason(Row):
    """One reason of a return."""

    package: str = column("Mã gói", "12 ký tự đầu", kind=CellKind.CODE, required=True, width=18)
    text: ReturnedText = column("Văn bản", "Chọn trong danh sách", choices=ReturnedText, required=True, width=18)
    item: str | None = column(
        "Tiêu chí, nội dung", "Mã tiêu chí hoặc mã nội dung kế hoạch; văn bản “Chung” thì để trống", kind=CellKind.CODE, width=18
    )
    reason: str = column("Điều cần sửa", "Ít nhất 15 chữ cái; nói rõ chỗ nào", required=True, width=44)
    to_do: str | None = column("Cần làm gì", "", width=36)
    due_on: date | None = column("Hạn gửi lại", "", kind=CellKind.DATE, width=13)


class ReceivedDay(Row):
    """A day of receipt that the officer knows better than the folder: a post stamp, the day of a mail."""

    package: str = column("Mã gói", "12 ký tự đầu", kind=CellKind.CODE, required=True, width=18)
    received_on: date = column("Ngày nhận", "", kind=CellKind.DATE, required=True, width=13)
    reason: str = column("Căn cứ", "Dấu bưu điện, ngày thư", required=True, width=36)


class ChosenPackage(Row):
    """Which of several packages of a school counts."""

    code: str = column("Mã trường", "", kind=CellKind.CODE, required=True, width=14)
    package: str = column("Mã gói", "12 ký tự đầu", kind=CellKind.CODE, required=True, width=18)
