"""Workbook “thang_diem”, the school's own score table on paper: rows, classes, deductions, caps, confirmation."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator

from antq_review.forms import choices as lists
from antq_review.forms import filters
from antq_review.forms.columns import CellKind, Offer, Row, YesNo, column
from antq_review.text import fold

_PARTS_OF_A_NUMBER = re.compile(r"[0-9]+|[^\W\d_]+")
_MEASURE_HELP = "Chọn trong danh sách; để trống thì cuộc họp chấm"
_SUPERIOR, _AGREED = "Cấp trên thẩm định", "Điểm thống nhất"
_BOUND_HELP = "Số phải đạt; tỷ lệ ghi 90 cho 90%"
#: The shape of a row's number: what a printed table has, and nothing that could be a text or a path.
NUMBER = re.compile(
    r"(?=.{1,20}\Z)(?:(?:\A|(?<!\A)[. -]?)(?:[0-9]{1,4}(?![0-9])|[IVXLivxl]{1,6}(?![^\W\d_])|[^\W\d_]{1,2}(?![^\W\d_])))+[.)]?\Z"
)


def path_of(written: object) -> tuple[str, ...]:
    """`4a` → (4, a); `II.3` → (ii, 3). A row is below another row when its path begins with the path of the other."""
    return tuple(fold(part) for part in _PARTS_OF_A_NUMBER.findall(str(written)))


#: A text as it stands on paper, without the line breaks of its cell.
Wording = Annotated[str, AfterValidator(lambda text: " ".join(text.split()))]


class ScoreRow(Row):
    """One row of the table on paper. The first four columns are copied from it; all others may stay blank."""

    number: str = column("TT", "Như trên giấy: 4, 4a, 5.1 …", kind=CellKind.CODE, required=True, width=8)
    text: Wording = column("Nội dung chấm điểm", "Chép nguyên văn", required=True, width=60)
    points: Decimal | None = column("Điểm chuẩn", "Để trống ở dòng tiêu đề", kind=CellKind.NUMBER, width=9)
    self_points: Decimal | None = column("Điểm tự chấm", "Theo kết luận cuộc họp; chưa họp thì để trống", kind=CellKind.NUMBER, width=11)
    row_kind: lists.ScoreRowKind | None = column(
        "Loại dòng", "Để trống: Thường. Điểm thưởng: cộng ngoài tổng điểm chuẩn", choices=lists.ScoreRowKind, width=12, newer=True
    )
    one_of: str | None = column(
        "Nhóm chọn một", "Các dòng cùng mã: chỉ tính dòng cao nhất; họp ghi 0 ở dòng không chọn", kind=CellKind.CODE, width=11, newer=True
    )
    award: lists.AwardKind | None = column("Cách chấm", "Để trống: cuộc họp chấm", choices=lists.AwardKind, width=17)
    measure: str | None = column("Phép đo", _MEASURE_HELP, width=30, offer=Offer.MEASURES)
    operator: lists.Operator | None = column("So sánh", "≥, = hoặc ≤; chỉ khi “Đạt ngưỡng”", choices=lists.Operator, width=10)
    bound: Decimal | None = column("Ngưỡng", _BOUND_HELP, kind=CellKind.NUMBER, width=10)
    else_points: Decimal | None = column(
        "Điểm khi không đạt", "Văn bản không nói thì để trống", kind=CellKind.NUMBER, width=12
    )
    steps: str | None = column("Các bậc điểm", "Ngưỡng: điểm; ví dụ 90: 3; 70: 2; 50: 1", width=22)
    points_per_unit: Decimal | None = column("Điểm mỗi đơn vị", "Chỉ khi “Theo số lượng”", kind=CellKind.NUMBER, width=12)
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
    citation: str | None = column("Căn cứ", "Điều, khoản, mục; để trống: nguồn của bảng và TT", width=30)
    note: str | None = column("Ghi chú", "", width=24)
    superior_points: Decimal | None = column(
        _SUPERIOR, "Cấp trên ghi; chưa thẩm định thì để trống", kind=CellKind.NUMBER, width=11, newer=True
    )
    agreed_points: Decimal | None = column(
        _AGREED, "Sau khi thẩm định; chưa thống nhất thì để trống", kind=CellKind.NUMBER, width=11, newer=True
    )


class ScoreText(Row):
    """Kind and source of the table, the persons who typed and checked it. One field per line."""

    completes: lists.ScoreTableKind | None = column("Bảng này là", "Để trống: bảng chấm điểm của trường", choices=lists.ScoreTableKind)
    source: str | None = column("Nguồn của bảng", "Văn bản, biểu giấy đã chép: số, ngày, nơi ban hành")
    number: str | None = column("Số, ký hiệu văn bản", "Chỉ khi là văn bản của tỉnh")
    issuer: str | None = column("Cơ quan ban hành", "Chỉ khi là văn bản của tỉnh")
    signed_on: date | None = column("Ngày ký", "Chỉ khi là văn bản của tỉnh", kind=CellKind.DATE)
    total: Decimal | None = column("Tổng điểm chuẩn", "Để trống: 100", kind=CellKind.NUMBER)
    bonus_most: Decimal | None = column(
        "Điểm thưởng nhiều nhất", "Chỉ khi giấy ghi; để trống: không giới hạn", kind=CellKind.NUMBER, newer=True
    )
    never_over: Decimal | None = column(
        "Tổng không vượt", "Sau khi cộng thưởng, trừ điểm; chỉ khi giấy ghi", kind=CellKind.NUMBER, newer=True
    )
    period_from: date | None = column("Kỳ đánh giá từ ngày", "Để trống: 16/11 năm trước", kind=CellKind.DATE)
    period_to: date | None = column("Kỳ đánh giá đến ngày", "Để trống: 15/11", kind=CellKind.DATE)
    score_columns: str | None = column(
        "Cột điểm của biểu", "Một đến ba cột, cách nhau bằng dấu ;. Để trống: Điểm tự chấm", kind=CellKind.CHOICES,
        choices=lists.ScoreColumn,
    )
    illustrative: YesNo | None = column(
        "Thang điểm minh họa?", "Có: chỉ để xem thử, không bao giờ thành bản chính thức", kind=CellKind.YES_NO
    )
    meeting: str | None = column("Cuộc họp đã chấm", "Mã cuộc họp, nếu cột Điểm tự chấm đã có kết luận", kind=CellKind.CODE)
    entered_by: str | None = column("Người nhập", "Họ tên, chức vụ")
    entered_on: date | None = column("Ngày nhập", "", kind=CellKind.DATE)
    checked_by: str | None = column("Người kiểm tra", "Người khác với người nhập, đã đối chiếu từng dòng với bản giấy")
    checked_on: date | None = column("Ngày kiểm tra", "", kind=CellKind.DATE)


class ScoreBand(Row):
    """One class of the table."""

    name: str = column("Mức xếp loại", "Như trên giấy", required=True, width=34)
    at_least: Decimal = column("Từ điểm", "Kể cả điểm này; mức thấp nhất ghi 0", kind=CellKind.NUMBER, required=True, width=12)
    below: Decimal | None = column("Đến dưới điểm", "Để trống cũng được; ghi để kiểm tra", kind=CellKind.NUMBER, width=12)


class ScoreDeduction(Row):
    """One deduction of points for each event."""

    number: str = column("TT", "Ví dụ T1", kind=CellKind.CODE, required=True, width=8)
    text: Wording = column("Nội dung trừ điểm", "Chép nguyên văn", required=True, width=60)
    each: Decimal = column("Trừ mỗi lần", "", kind=CellKind.NUMBER, required=True, width=10)
    at_most: Decimal | None = column("Trừ nhiều nhất", "Để trống: không giới hạn", kind=CellKind.NUMBER, width=11)
    self_points: Decimal | None = column("Điểm trừ tự chấm", "Theo kết luận cuộc họp", kind=CellKind.NUMBER, width=11)
    measure: str | None = column("Phép đo", _MEASURE_HELP, width=30, offer=Offer.MEASURES)
    kind: str | None = filters.KIND
    citation: str | None = column("Căn cứ", "Để trống: nguồn của bảng và TT", width=30)
    superior_points: Decimal | None = column(_SUPERIOR, "Điểm trừ, cấp trên ghi", kind=CellKind.NUMBER, width=11, newer=True)
    agreed_points: Decimal | None = column(_AGREED, "Điểm trừ đã thống nhất", kind=CellKind.NUMBER, width=11, newer=True)


class ScoreCap(Row):
    """One cap: a condition that limits the school's class, whatever its points."""

    number: str = column("TT", "Ví dụ K1", kind=CellKind.CODE, required=True, width=8)
    text: Wording = column("Nội dung khống chế", "Chép nguyên văn", required=True, width=60)
    highest: str = column("Không xếp cao hơn mức", "Ghi đúng tên mức ở bảng xếp loại", required=True, width=22)
    concluded: YesNo | None = column("Cuộc họp: có bị khống chế?", "Có / Không, khi không có phép đo", kind=CellKind.YES_NO, width=13)
    measure: str | None = column("Phép đo", _MEASURE_HELP, width=30, offer=Offer.MEASURES)
    kind: str | None = filters.KIND
    operator: lists.Operator | None = column("So sánh", "Bị khống chế khi ≥, = hoặc ≤", choices=lists.Operator, width=10)
    bound: Decimal | None = column("Ngưỡng", _BOUND_HELP, kind=CellKind.NUMBER, width=10)
    citation: str | None = column("Căn cứ", "Để trống: nguồn của bảng và TT", width=30)
