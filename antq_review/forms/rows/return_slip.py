"""The return slip: what the receiving office sends back to a school, and the school's answers."""

from __future__ import annotations

from datetime import date

from antq_review.forms.choices.officer import ReturnedText
from antq_review.forms.columns import CellKind, Row, column


class SlipHead(Row):
    """Which package comes back, to whom and from whom. No person is named."""

    code: str = column("Kính gửi trường, mã", "", kind=CellKind.CODE, required=True)
    name: str | None = column("Tên trường", "")
    year: int = column("Năm của báo cáo", "", kind=CellKind.COUNT, required=True)
    number: int = column("Lần gửi", "Gói được lưu nguyên; lần gửi lại có số tiếp theo", kind=CellKind.COUNT, required=True)
    package: str = column("Mã gói", "12 ký tự đầu", kind=CellKind.CODE, required=True)
    check: str | None = column("Mã đối chiếu", "Như in ở D3, D10", kind=CellKind.CODE)
    received_on: date | None = column("Ngày nhận", "", kind=CellKind.DATE)
    body: str | None = column("Cơ quan nhận", "")
    post: str | None = column("Chức vụ người xem", "")
    seal: str = column("Mã kiểm của phiếu", "Khớp với nội dung phiếu; đừng sửa", kind=CellKind.CODE, required=True)


class SlipReason(Row):
    """One reason of the return; the last three cells are the school's."""

    text: ReturnedText = column("Văn bản", "", choices=ReturnedText, required=True, width=16)
    item: str | None = column("Tiêu chí, nội dung", "", kind=CellKind.CODE, width=12)
    reason: str = column("Điều cần sửa", "", required=True, width=40)
    to_do: str | None = column("Cần làm gì", "", width=30)
    due_on: date | None = column("Hạn gửi lại", "", kind=CellKind.DATE, width=13)
    done: str | None = column("Trường trả lời: đã làm gì", "Trường ghi; không ghi tên người", width=36)
    where: str | None = column("Tệp, ô đã sửa", "Trường ghi", width=24)
    answered_on: date | None = column("Ngày trả lời", "Trường ghi", kind=CellKind.DATE, width=13)
