"""Workbook 4, the daily safety of the school: checks and logs, technical systems, support for pupils (numbers only)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from antq_review.forms import choices as lists
from antq_review.forms.columns import CellKind, Row, column

_FILE_HELP = "Đường dẫn trong thư mục, hoặc địa chỉ web; nhiều tệp thì cách nhau bằng dấu ; hoặc xuống dòng"


class Inspection(Row):
    """One check on one day, or several days (a week, a month) of a log or of guard duty."""

    id: str | None = column("Mã kiểm tra", "Để trống: công cụ tự đặt", kind=CellKind.CODE, width=12)
    kind: lists.CheckKind = column("Loại kiểm tra", "Chọn trong danh sách", choices=lists.CheckKind, required=True, width=26)
    from_on: date = column(
        "Từ ngày", "Sổ trực, sổ ra vào: mỗi tuần hoặc mỗi tháng một dòng", kind=CellKind.DATE, required=True, width=13
    )
    to_on: date | None = column("Đến ngày", "Để trống: một ngày", kind=CellKind.DATE, width=13)
    shifts_due: int | None = column("Số ca phải trực", "Chỉ cho trực bảo vệ", kind=CellKind.COUNT, width=10)
    shifts_signed: int | None = column("Số ca có ký nhận", "Chỉ cho trực bảo vệ", kind=CellKind.COUNT, width=10)
    hours_uncovered: Decimal | None = column(
        "Số giờ không có người trực", "Chỉ cho trực bảo vệ; không có giờ nào thì ghi 0", kind=CellKind.NUMBER, width=13
    )
    devices: int | None = column("Số thiết bị", "Thiết bị được kiểm tra", kind=CellKind.COUNT, width=10)
    working: int | None = column("Số hoạt động", "Trong số thiết bị được kiểm tra", kind=CellKind.COUNT, width=10)
    result: lists.CheckResult | None = column("Kết quả", "Đạt / Chưa đạt", choices=lists.CheckResult, width=12)
    mended_on: date | None = column("Ngày khắc phục", "Khi chưa đạt và đã khắc phục xong", kind=CellKind.DATE, width=13)
    checked_by: str | None = column("Người kiểm tra (chức vụ)", "Chỉ ghi chức vụ", width=22)
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=28)
    note: str | None = column("Ghi chú", "", width=24)

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """The last day must not be before the first; not more signed shifts than due, working devices than checked."""
        if self.from_on and self.to_on and self.to_on < self.from_on:
            return "to_on", "stretch_ends_before_start", {}
        if self.shifts_due is not None and self.shifts_signed is not None and self.shifts_signed > self.shifts_due:
            return "shifts_signed", "more_signed_than_due", {"signed": self.shifts_signed, "due": self.shifts_due}
        return more_working(self.working, self.devices)


class System(Row):
    """The count of one technical system on one day. VNeID is such a system."""

    id: str | None = column("Mã hệ thống", "Để trống: công cụ tự đặt", kind=CellKind.CODE, width=12)
    system: lists.SystemKind = column("Hệ thống", "Chọn trong danh sách", choices=lists.SystemKind, required=True, width=28)
    counted_on: date = column("Ngày đếm", "Mỗi lần đếm một dòng", kind=CellKind.DATE, required=True, width=13)
    installed: int | None = column("Số lắp đặt", "Thiết bị, phần mềm đã lắp, đã cài", kind=CellKind.COUNT, width=10)
    working: int | None = column("Số đang hoạt động", "Đếm trong ngày đó", kind=CellKind.COUNT, width=11)
    eligible: int | None = column("Số người đủ điều kiện", "Người có thể dùng", kind=CellKind.COUNT, width=12)
    users: int | None = column("Số người dùng", "Trong số người đủ điều kiện", kind=CellKind.COUNT, width=10)
    reports_received: int | None = column(
        "Số phản ánh nhận được", "Từ lần đếm trước; không có thì ghi 0", kind=CellKind.COUNT, width=12
    )
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=28)
    note: str | None = column("Ghi chú", "", width=24)

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """Not more users than eligible people; not more working devices than installed."""
        if self.users is not None and self.eligible is not None and self.users > self.eligible:
            return "users", "more_users_than_eligible", {"users": self.users, "eligible": self.eligible}
        return more_working(self.working, self.installed)


class Support(Row):
    """The support for pupils at risk in one month: numbers only, no names."""

    id: str | None = column(
        "Mã hỗ trợ", "Để trống: công cụ tự đặt; nếu ghi thì ghi mã như HT-01, không ghi tên", kind=CellKind.PLAIN_CODE, width=12
    )
    month_on: date = column(
        "Tháng (ghi ngày đầu tháng)", "Ví dụ 01/03/2026; mỗi tháng một dòng", kind=CellKind.DATE, required=True, width=15
    )
    at_risk: int | None = column("Số {pupils} có nguy cơ", "Chỉ ghi số; không có thì ghi 0", kind=CellKind.COUNT, width=12)
    supported: int | None = column("Số {pupils} được hỗ trợ", "Chỉ ghi số", kind=CellKind.COUNT, width=12)
    counselling_sessions: int | None = column(
        "Số lượt tư vấn", "Chỉ ghi số; không có thì ghi 0", kind=CellKind.COUNT, width=12
    )
    file: str | None = column("Tệp minh chứng", "Không ghi tên, lớp của {pupils}", width=28, private=True)
    note: str | None = column("Ghi chú", "Không ghi tên, lớp của {pupils}", width=24, private=True)

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """Not more supported pupils than pupils at risk."""
        if self.supported is not None and self.at_risk is not None and self.supported > self.at_risk:
            return "supported", "more_supported_than_at_risk", {"supported": self.supported, "at_risk": self.at_risk}
        return None


def more_working(working: int | None, devices: int | None) -> tuple[str, str, dict[str, object]] | None:
    """The contradiction of a row with more working devices than devices (see `Row.contradiction`), or None."""
    if working is not None and devices is not None and working > devices:
        return "working", "more_working_than_devices", {"working": working, "devices": devices}
    return None
