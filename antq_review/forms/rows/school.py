"""Workbook 1, the school: profile, headcounts, units, the plan, self-scores, the review meeting, remarks."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from antq_review.forms import choices as lists
from antq_review.forms import filters
from antq_review.forms.columns import CellKind, Offer, Row, YesNo, column
from antq_review.text import listed


class Profile(Row):
    """The first table of the sheet “Thông tin trường”, one field per line: one school and one year."""

    school_code: str | None = column(
        "Mã trường", "Mã định danh của trường, giữ cả số 0 ở đầu", kind=CellKind.CODE, required=True
    )
    name: str | None = column("Tên trường", "Tên đầy đủ như trên con dấu", required=True)
    year: int | None = column("Năm đánh giá", "Ví dụ 2026", kind=CellKind.COUNT, required=True)
    levels: lists.LevelsTaught | None = column("Cấp học", "Chọn trong danh sách", choices=lists.LevelsTaught, required=True)
    commune: str | None = column("Xã, phường", "Ví dụ: xã Mẫu")
    province: str | None = column("Tỉnh, thành phố", "Ví dụ: tỉnh Lâm Đồng")
    address: str | None = column("Địa chỉ", "Thôn, tổ dân phố, số nhà, đường; không ghi lại xã, tỉnh")
    place_name: str | None = column("Địa danh ghi trên văn bản", "Ví dụ: Mẫu")
    superior_body: str | None = column("Cơ quan chủ quản", "Ví dụ: UBND xã Mẫu")
    has_party_organisation: YesNo | None = column("Có tổ chức Đảng?", "Có / Không – Điều 7 khoản 1", kind=CellKind.YES_NO)
    has_guard_force: YesNo | None = column("Có lực lượng bảo vệ?", "Có / Không – Điều 7 khoản 5", kind=CellKind.YES_NO)
    guard_regime: lists.GuardRegime | None = column(
        "Chế độ của bảo vệ", "Viên chức, hợp đồng hay thuê dịch vụ", choices=lists.GuardRegime
    )
    provincial_criteria: YesNo | None = column(
        "Tỉnh có tiêu chí bổ sung?", "Có / Không – Điều 8 khoản 1; chưa biết thì để trống", kind=CellKind.YES_NO
    )
    provincial_document: str | None = column("Số văn bản tiêu chí của tỉnh", "Nếu có")
    local_scope_document: str | None = column(
        "Văn bản địa phương yêu cầu chấm", "Chỉ trường không có cấp THCS, THPT cần ghi"
    )
    document_symbol: str | None = column("Ký hiệu văn bản của trường", "Ví dụ: TH&THCS")
    signer: str | None = column("Người ký", "Họ và tên người ký báo cáo")
    signer_post: str | None = column("Chức vụ người ký", "Ví dụ: Hiệu trưởng")
    recipients: str | None = column("Nơi nhận", "Mỗi nơi cách nhau bằng dấu ;")
    steering_committee: str | None = column("Tên Ban Chỉ đạo ở xã", "Ghi đúng tên gọi hiện nay")
    class_count: int | None = column("Số lớp", "Số lớp của năm học đang dạy", kind=CellKind.COUNT)
    evidence_code: str | None = column(
        "Mẫu mã minh chứng",
        "Để trống: (MC.AN.1a.01). Ghi TC ở chỗ mã tiêu chí, SS ở chỗ số thứ tự, ví dụ [H1-TC-SS]",
        kind=CellKind.CODE,
    )
    teaching_months: str | None = column(
        "Các tháng dạy học", "Số tháng, cách nhau bằng dấu ; ví dụ 1;2;3;4;5;9;10;11;12"
    )
    report_within_hours: int | None = column(
        "Hạn báo cáo vụ việc (giờ)", "“Kịp thời báo cáo” là trong bao nhiêu giờ: nhà trường tự đặt", kind=CellKind.COUNT
    )
    handle_within_days: int | None = column(
        "Hạn xử lý vụ việc (ngày)", "“Xử lý kịp thời” là trong bao nhiêu ngày: nhà trường tự đặt", kind=CellKind.COUNT
    )
    drawn_out_days: int | None = column(
        "Vụ việc “kéo dài” (ngày)", "Quá bao nhiêu ngày là “kéo dài”: nhà trường tự đặt", kind=CellKind.COUNT
    )
    hand_in_by: date | None = column(
        "Hạn nộp của trường", "Ngày xã, phường hẹn nộp hồ sơ; chưa hẹn thì để trống", kind=CellKind.DATE, newer=True
    )
    previous_result: lists.PreviousResult | None = column(
        "Kết quả năm trước", "Tiêu chuẩn “An toàn về an ninh, trật tự” của năm trước", choices=lists.PreviousResult, newer=True
    )
    youth_body: lists.YouthBody | None = column(
        "Đội, Đoàn của học sinh", "Chọn trong danh sách", choices=lists.YouthBody, newer=True
    )
    former_codes: str | None = column(
        "Mã trường trước đây", "Chỉ trường sáp nhập, đổi mã: các mã cũ, cách nhau bằng dấu ;", kind=CellKind.CODE, newer=True
    )

    def codes_before(self) -> tuple[str, ...]:
        """The codes of the school before it was renumbered, or of the schools that were merged into it."""
        return tuple(dict.fromkeys(listed(self.former_codes)))

    def months_taught(self) -> frozenset[int]:
        """The teaching months, 1–12. Empty (unknown) where the cell is blank or contains an entry that is no month."""
        written = listed(self.teaching_months)
        return frozenset() if any(not is_month(part) for part in written) else frozenset(int(part) for part in written)


def is_month(text: str) -> bool:
    """Is the text the number of a month, 1–12?"""
    return re.fullmatch("0?[1-9]|1[0-2]", text) is not None


class Headcount(Row):
    """The number of people of one audience on one day."""

    audience: lists.Audience = column("Đối tượng", "Chọn trong danh sách", choices=lists.Audience, required=True, width=26)
    grade: int | None = column("Khối lớp", "Chỉ ghi cho học sinh: 1–12", kind=CellKind.COUNT, width=10, offer=Offer.GRADES)
    count: int = column("Số người", "Số đếm được trong ngày đó", kind=CellKind.COUNT, required=True, width=10)
    counted_on: date = column(
        "Ngày đếm", "Ghi nhiều ngày: đầu năm, đầu năm học", kind=CellKind.DATE, required=True, width=13
    )

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """The grade must belong to the audience."""
        return lists.grade_contradiction(self.audience, self.grade)


class Unit(Row):
    """One unit of the school, and the sheets that it must hand in."""

    name: str = column("Tên tổ, đơn vị", "Viết một cách ở mọi biểu", required=True, width=26)
    kind: lists.UnitKind = column("Loại", "Chọn trong danh sách", choices=lists.UnitKind, required=True, width=24)
    is_subunit: YesNo = column(
        "Đầu mối trực thuộc?", "Có: tính vào 70% của Điều 7 khoản 6", kind=CellKind.YES_NO, required=True, width=13
    )
    must_hand_in: str | None = column("Phải nộp biểu", "Tên trang biểu, cách nhau bằng dấu ;", width=34)
    members: int | None = column(
        "Số người", "Cán bộ, giáo viên, nhân viên của tổ, đơn vị; là số phải dự khi tổ tự tổ chức cho người của mình",
        kind=CellKind.COUNT, width=9, newer=True,
    )


class PlanRow(Row):
    """One part of one sentence of the school's plan."""

    goal_id: str = column("Mã chỉ tiêu", "Mã câu trong kế hoạch", kind=CellKind.CODE, required=True, width=11)
    part: str | None = column("Phần", "a, b … khi một câu có nhiều ý", kind=CellKind.CODE, width=6)
    quote: str = column("Câu trong kế hoạch", "Trích nguyên văn", required=True, width=52)
    corrected_quote: str | None = column("Cách đọc lại", "Khi bản gốc có lỗi đánh máy", width=26)
    measure: str | None = column("Phép đo", "Chọn trong danh sách", width=30, offer=Offer.MEASURES)
    topic: str | None = filters.TOPIC
    form: str | None = filters.FORM
    channel: str | None = filters.CHANNEL
    level: str | None = filters.LEVEL
    partner: str | None = filters.PARTNER
    purpose: str | None = filters.PURPOSE
    kind: str | None = filters.KIND
    contents: str | None = filters.CONTENTS
    audience: str | None = filters.AUDIENCE
    organiser: str | None = filters.ORGANISER
    led_by_pupils: str | None = filters.LED_BY_PUPILS
    name: str | None = filters.NAME
    operator: lists.Operator | None = column("So sánh", "≥, = hoặc ≤", choices=lists.Operator, width=9)
    number: Decimal | None = column("Chỉ tiêu", "Số phải đạt; tỷ lệ ghi 90 cho 90%", kind=CellKind.NUMBER, width=10)
    unit: str | None = column("Đơn vị tính", "", width=12)
    due_on: date | None = column("Hạn", "Ngày phải đạt; để trống: hết năm kế hoạch", kind=CellKind.DATE, width=13)
    in_charge: str | None = column("Phụ trách", "Tổ hoặc chức vụ", width=18, offer=Offer.UNITS)
    set_by: lists.SetBy | None = column(
        "Ai đặt số", "Đổi “Đề xuất …” thành “Nhà trường” khi trường đã quyết định", choices=lists.SetBy, width=20
    )
    told: str | None = column(
        "Kết quả thực hiện", "Việc đã làm, số liệu; cần cho câu không có phép đo. Không ghi tên, lớp của {pupils}", width=40, newer=True
    )
    self_result: lists.StandardResult | None = column(
        "Tự đánh giá", "Chỉ cho câu không có phép đo: câu có phép đo tính theo minh chứng", choices=lists.StandardResult, width=15,
        newer=True,
    )
    file: str | None = column("Tệp minh chứng", "Đường dẫn trong thư mục, hoặc địa chỉ web", width=28, newer=True)


class SelfScoreRow(Row):
    """The school's own result for one criterion, and the result that the superior verified."""

    text: lists.TextId = column(
        "Văn bản", "Thông tư 124 hoặc Quyết định 510", choices=lists.TextId, required=True, width=18
    )
    criterion: str = column(
        "Tiêu chí, mục",
        "1–6 của Thông tư 124; 1, 2, 3, 4a … của Quyết định 510",
        kind=CellKind.CODE,
        required=True,
        width=12,
    )
    self_points: Decimal | None = column("Điểm tự chấm", "Chỉ cho Quyết định 510", kind=CellKind.NUMBER, width=12)
    self_result: lists.StandardResult | None = column("Tự đánh giá", "Chỉ cho Thông tư 124", choices=lists.StandardResult, width=15)
    meeting: str | None = column("Mã cuộc họp", "Cuộc họp đã kết luận; chưa họp thì để trống", kind=CellKind.CODE, width=13)
    reason: str | None = column("Lý do", "Bắt buộc khi khác kết quả tính theo minh chứng", width=44)
    verified_points: Decimal | None = column("Điểm thẩm định", "Cấp trên ghi", kind=CellKind.NUMBER, width=12)
    verified_result: lists.StandardResult | None = column("Kết quả thẩm định", "Cấp trên ghi", choices=lists.StandardResult, width=15)
    verified_by: str | None = column("Cơ quan thẩm định", "", width=22)


class MeetingRow(Row):
    """One review meeting."""

    id: str = column("Mã cuộc họp", "Ví dụ CH-01", kind=CellKind.CODE, required=True, width=13)
    held_on: date = column("Ngày họp", "", kind=CellKind.DATE, required=True, width=13)
    starts_at: time | None = column("Giờ bắt đầu", "Ví dụ 08:00", kind=CellKind.TIME, width=10, newer=True)
    ends_at: time | None = column("Giờ kết thúc", "Ví dụ 10:30", kind=CellKind.TIME, width=10, newer=True)
    place: str | None = column("Địa điểm", "", width=22)
    chair: str | None = column("Chủ trì", "Họ tên, chức vụ", width=24)
    secretary: str | None = column("Thư ký", "Họ tên, chức vụ", width=24)
    minutes: str | None = column("Biên bản (mã văn bản)", "Mã ở biểu Văn bản", kind=CellKind.CODE, width=15)
    police_checked_on: date | None = column("Ngày đối chiếu với Công an xã", "", kind=CellKind.DATE, width=15)
    police_incidents: int | None = column("Số vụ khi đối chiếu", "", kind=CellKind.COUNT, width=12)


class AttendeeRow(Row):
    """One person invited to a meeting, present or absent."""

    meeting: str = column("Mã cuộc họp", "", kind=CellKind.CODE, required=True, width=13)
    name: str = column("Họ và tên", "", required=True, width=24)
    post: str | None = column("Chức vụ", "", width=22)
    body: lists.MeetingBody = column(
        "Thành phần", "Điều 9 khoản 1 điểm c", choices=lists.MeetingBody, required=True, width=22
    )
    present: YesNo = column("Có mặt?", "", kind=CellKind.YES_NO, required=True, width=10)
    absence_reason: str | None = column("Lý do vắng", "", width=24)


class OpinionRow(Row):
    """One opinion expressed at a meeting. A person without a row expressed no opinion, and that is no consent."""

    meeting: str = column("Mã cuộc họp", "", kind=CellKind.CODE, required=True, width=13)
    speaker: str = column("Người phát biểu (chức vụ)", "", required=True, width=28)
    opinion: str = column("Ý kiến", "", required=True, width=60)


class VoteRow(Row):
    """The vote on one criterion; a criterion without a vote has no row."""

    meeting: str = column("Mã cuộc họp", "", kind=CellKind.CODE, required=True, width=13)
    text: lists.TextId = column("Văn bản", "", choices=lists.TextId, required=True, width=18)
    criterion: str = column("Tiêu chí, mục", "", kind=CellKind.CODE, required=True, width=12)
    total: int = column("Tổng số phiếu", "", kind=CellKind.COUNT, required=True, width=12)
    agreed: int = column("Đồng ý", "", kind=CellKind.COUNT, required=True, width=10)
    against: int | None = column("Không đồng ý", "", kind=CellKind.COUNT, width=10)
    other: int | None = column("Ý kiến khác", "", kind=CellKind.COUNT, width=10)


class RemarkRow(Row):
    """One paragraph of the report that only people can write: strengths, shortcomings, causes, next steps."""

    section: lists.RemarkSection = column("Mục", "Mục của báo cáo", choices=lists.RemarkSection, required=True, width=34)
    text: str = column("Nội dung", "Mỗi ý một dòng; không ghi tên, lớp của {pupils}", required=True, width=80)
