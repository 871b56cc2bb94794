"""Workbooks 2 to 5, the evidence: documents, activities, models, joint actions, incidents, ratings and awards."""

from __future__ import annotations

from datetime import date, datetime

from antq_review.forms import choices as lists
from antq_review.forms.columns import CellKind, Offer, Row, YesNo, column

#: No certificate recognises an earlier year; a year with two digits is below it.
_FIRST_YEAR = 2000
_FILE_HELP = "Đường dẫn trong thư mục, hoặc địa chỉ web; nhiều tệp thì cách nhau bằng dấu ; hoặc xuống dòng"


class Document(Row):
    """One document, sent or received. Only this table contains its number, day and file; other rows use its code."""

    id: str | None = column("Mã văn bản", "Để trống: công cụ tự đặt", kind=CellKind.CODE, width=12)
    kind: lists.DocumentKind = column("Loại văn bản", "Chọn trong danh sách", choices=lists.DocumentKind, required=True, width=20)
    number: str | None = column("Số, ký hiệu", "Như trên văn bản", kind=CellKind.CODE, width=18)
    signed_on: date = column("Ngày ký", "dd/mm/yyyy", kind=CellKind.DATE, required=True, width=13)
    issuer: str | None = column("Cơ quan ban hành", "", width=22)
    subject: str = column("Trích yếu", "", required=True, width=46)
    contents_1: lists.Content | None = column(
        "Nội dung 1", "Cách hiểu: kế hoạch phong trào không thay kế hoạch bảo đảm ANTT", choices=lists.Content, width=24
    )
    contents_2: lists.Content | None = column("Nội dung 2", "", choices=lists.Content, width=24)
    contents_3: lists.Content | None = column("Nội dung 3", "", choices=lists.Content, width=24)
    partner: lists.Partner | None = column(
        "Đối tác phối hợp", "Với ai, nếu là văn bản phối hợp", choices=lists.Partner, width=20
    )
    in_force_from: date | None = column("Hiệu lực từ", "Để trống: từ ngày ký", kind=CellKind.DATE, width=13)
    in_force_to: date | None = column("Hiệu lực đến", "Để trống: còn hiệu lực", kind=CellKind.DATE, width=13)
    reviewed_on: date | None = column("Ngày rà soát", "", kind=CellKind.DATE, width=13)
    review_result: str | None = column("Kết quả rà soát", "", width=20)
    due_on: date | None = column("Hạn gửi", "Cho báo cáo", kind=CellKind.DATE, width=13)
    sent_on: date | None = column("Ngày gửi", "Cho báo cáo", kind=CellKind.DATE, width=13)
    carries_out: str | None = column(
        "Thực hiện văn bản (mã)", "Mã văn bản cấp trên mà văn bản này triển khai; nhiều mã cách nhau bằng dấu ;",
        kind=CellKind.CODE, width=18,
    )
    to_be_carried_out: YesNo | None = column(
        "Phải triển khai?", "Văn bản cấp trên: Có / Không", kind=CellKind.YES_NO, width=12
    )
    assigns_duties: YesNo | None = column("Phân công nhiệm vụ?", "Có / Không", kind=CellKind.YES_NO, width=12)
    keeper: str | None = column("Nơi lưu", "Người hoặc bộ phận giữ", width=18)
    confidential: YesNo | None = column("Mật?", "Có: chỉ ghi tên, không kèm tệp", kind=CellKind.YES_NO, width=9)
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=28)
    note: str | None = column("Ghi chú", "", width=24)
    recognised_year: int | None = column(
        "Năm công nhận", "Chỉ cho Giấy công nhận: năm được công nhận, ví dụ 2026", kind=CellKind.COUNT, width=11, newer=True
    )
    members_by_post: str | None = column(
        "Thành phần (chức vụ)", "Ban Chỉ đạo, tổ nòng cốt: trưởng ban, các thành viên; chỉ ghi chức vụ", width=30, newer=True
    )

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """The last day in force must not be before the first; a certificate recognises the year of its signing or an earlier one."""
        start = self.in_force_from or self.signed_on
        if start and self.in_force_to and self.in_force_to < start:
            return "in_force_to", "ends_before_start", {}
        if self.recognised_year is not None and not _FIRST_YEAR <= self.recognised_year <= self.signed_on.year:
            return "recognised_year", "recognised_year_wrong", {"year": self.signed_on.year}
        return None


class Activity(Row):
    """One audience and grade of one activity.

    Rows of one `campaign` reached different people, so their numbers are added.
    """

    id: str | None = column("Mã hoạt động", "Để trống: công cụ tự đặt", kind=CellKind.CODE, width=12)
    held_on: date = column("Ngày", "dd/mm/yyyy", kind=CellKind.DATE, required=True, width=13)
    name: str = column("Tên hoạt động", "", required=True, width=40)
    form: lists.ActivityForm = column("Hình thức", "Chọn trong danh sách", choices=lists.ActivityForm, required=True, width=22)
    topic_1: lists.Topic | None = column("Chủ đề 1", "Chọn trong danh sách", choices=lists.Topic, width=22)
    topic_2: lists.Topic | None = column("Chủ đề 2", "", choices=lists.Topic, width=22)
    topic_3: lists.Topic | None = column("Chủ đề 3", "", choices=lists.Topic, width=22)
    campaign: str | None = column("Đợt", "Cùng mã đợt: các nhóm người khác nhau, cộng lại", kind=CellKind.CODE, width=10)
    channel: lists.Channel | None = column("Kênh", "", choices=lists.Channel, width=13)
    organiser: str | None = column("Đơn vị tổ chức", "Tên như ở Thông tin trường", width=20, offer=Offer.UNITS)
    level: lists.SchoolLevel | None = column("Cấp học", "", choices=lists.SchoolLevel, width=12)
    grade: int | None = column("Khối lớp", "Để trống: mọi khối", kind=CellKind.COUNT, width=9, offer=Offer.GRADES)
    audience: lists.Audience | None = column("Đối tượng", "Mỗi đối tượng một dòng", choices=lists.Audience, width=22)
    present: int | None = column("Có mặt", "Số người đếm được", kind=CellKind.COUNT, width=9)
    expected: int | None = column("Phải dự", "Buổi bù: để trống", kind=CellKind.COUNT, width=9)
    led_by_pupils: YesNo | None = column("{Pupils} chủ trì?", "Có / Không", kind=CellKind.YES_NO, width=11)
    launched_by: str | None = column("Văn bản phát động (mã)", "Mã ở biểu Văn bản", kind=CellKind.CODE, width=14)
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=28)
    note: str | None = column("Ghi chú", "", width=24)
    pledged: int | None = column(
        "Số người ký cam kết", "Phổ biến nội quy, tiêu chí: người ký được tính là đã được phổ biến (cách hiểu). Để trống: không ký",
        kind=CellKind.COUNT, width=11, newer=True,
    )

    @property
    def reached(self) -> int | None:
        """The people who were present. Of a briefing: those who signed the pledge, where they are more."""
        if self.pledged is None:
            return self.present
        topics = self.topic_1, self.topic_2, self.topic_3
        is_briefing = self.form == lists.ActivityForm.BRIEFING or lists.Topic.RULES_AND_CRITERIA in topics
        return max(self.present or 0, self.pledged) if is_briefing else self.present

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """Not more people than expected; numbers need an audience; the grade must belong to the audience."""
        if self.present is not None and self.expected is not None and self.present > self.expected:
            return "present", "more_than_expected", {"present": self.present, "expected": self.expected}
        if self.pledged is not None and self.expected is not None and self.pledged > self.expected:
            return "pledged", "more_pledged_than_expected", {"pledged": self.pledged, "expected": self.expected}
        if not (self.present is self.expected is self.pledged is None) and self.audience is None:
            return "audience", "audience_missing", {}
        return lists.grade_contradiction(self.audience, self.grade)


class Initiative(Row):
    """One model (“mô hình”) of the movement."""

    id: str | None = column("Mã mô hình", "Để trống: công cụ tự đặt", kind=CellKind.CODE, width=12)
    name: str = column(
        "Tên mô hình", "Bảy mô hình của kế hoạch có sẵn trong danh sách; được ghi tên khác", required=True, width=44,
        offer=Offer.INITIATIVES,
    )
    decision: str | None = column("Quyết định (mã văn bản)", "Mã ở biểu Văn bản", kind=CellKind.CODE, width=14)
    started_on: date | None = column("Ngày bắt đầu", "", kind=CellKind.DATE, width=13)
    members: int | None = column("Số thành viên", "", kind=CellKind.COUNT, width=11)
    status: lists.InitiativeStatus = column("Tình trạng", "", choices=lists.InitiativeStatus, required=True, width=12)
    assessed_on: date | None = column("Ngày đánh giá", "", kind=CellKind.DATE, width=13)
    conclusion: lists.InitiativeConclusion | None = column("Kết luận", "", choices=lists.InitiativeConclusion, width=16)
    handling: str | None = column("Quyết định xử lý", "Khi chưa hiệu quả hoặc hình thức", width=24)
    replicated_from: str | None = column("Nhân rộng từ", "", width=22)
    replicated_on: date | None = column("Ngày nhân rộng", "", kind=CellKind.DATE, width=13)
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=28)
    note: str | None = column("Ghi chú", "", width=24)
    operating_rules: str | None = column(
        "Quy chế hoạt động (mã văn bản)", "Mã ở biểu Văn bản", kind=CellKind.CODE, width=16, newer=True
    )
    reviewed_on: date | None = column("Ngày sơ kết", "Sơ kết mô hình lần gần nhất", kind=CellKind.DATE, width=13, newer=True)


class Coordination(Row):
    """One joint action of the school with an outside partner."""

    id: str | None = column("Mã phối hợp", "Để trống: công cụ tự đặt", kind=CellKind.CODE, width=12)
    held_on: date | None = column("Ngày", "Để trống khi có mã hoạt động", kind=CellKind.DATE, width=13)
    partner: lists.Partner = column("Đối tác", "Chọn trong danh sách", choices=lists.Partner, required=True, width=24)
    purpose: lists.Purpose | None = column("Mục đích", "Chọn trong danh sách", choices=lists.Purpose, width=24)
    activity: str | None = column("Mã hoạt động", "Lấy ngày và số người ở biểu Hoạt động", kind=CellKind.CODE, width=14)
    result: str | None = column("Kết quả", "", width=44)
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=28)
    note: str | None = column("Ghi chú", "", width=24)

    def contradiction(self) -> tuple[str, str, dict[str, object]] | None:
        """A joint action needs its own day or the code of an activity, which has a day."""
        return None if self.held_on or self.activity else ("held_on", "day_or_activity", {})


class Incident(Row):
    """One incident: counts and codes, no names. Its free text is never printed."""

    id: str | None = column(
        "Mã vụ", "Để trống: công cụ tự đặt; nếu ghi thì ghi mã như VV-01, không ghi tên", kind=CellKind.PLAIN_CODE, width=12
    )
    happened_on: date = column("Ngày xảy ra", "dd/mm/yyyy", kind=CellKind.DATE, required=True, width=13)
    kind: lists.IncidentKind = column(
        "Loại vụ việc",
        "“Bạo lực học đường là hành vi hành hạ, ngược đãi, đánh đập; xâm hại thân thể, sức khỏe; lăng mạ, xúc phạm danh dự, nhân phẩm; cô "
        "lập, xua đuổi và các hành vi cố ý khác gây tổn hại về thể chất, tinh thần của người học xảy ra trong cơ sở giáo dục hoặc lớp độc "
        "lập” (Điều 2 khoản 5 Nghị định 80/2017/NĐ-CP, đọc qua nguồn khác)",
        choices=lists.IncidentKind,
        required=True,
        width=26,
    )
    event_letter: lists.EventLetter = column(
        "Điểm, khoản 3 Điều 6", "a, b, c, đ, e, g hoặc “Không thuộc”", choices=lists.EventLetter, required=True, width=14
    )
    verified: lists.Verified = column("Xác minh", "", choices=lists.Verified, required=True, width=15)
    force_majeure: YesNo | None = column("Bất khả kháng?", "Có / Không", kind=CellKind.YES_NO, width=11)
    found_in_time: YesNo | None = column("Kịp thời phát hiện?", "Có / Không", kind=CellKind.YES_NO, width=11)
    all_measures: YesNo | None = column("Đồng bộ biện pháp?", "Có / Không", kind=CellKind.YES_NO, width=11)
    reported_at_once: YesNo | None = column("Báo cáo ngay?", "Có / Không", kind=CellKind.YES_NO, width=11)
    authority_document: str | None = column(
        "Văn bản của cấp có thẩm quyền (mã)", "Mã ở biểu Văn bản, như VB-12", kind=CellKind.PLAIN_CODE, width=18
    )
    detected_at: date | datetime | None = column("Phát hiện lúc", "dd/mm/yyyy hh:mm", kind=CellKind.MOMENT, width=17)
    reported_at: date | datetime | None = column("Báo cáo lúc", "dd/mm/yyyy hh:mm", kind=CellKind.MOMENT, width=17)
    closed_on: date | None = column("Ngày giải quyết xong", "", kind=CellKind.DATE, width=13)
    pupils: int | None = column("Số {pupils} liên quan", "Chỉ ghi số", kind=CellKind.COUNT, width=11)
    staff: int | None = column("Số CB-GV-NV liên quan", "Chỉ ghi số", kind=CellKind.COUNT, width=11)
    outsiders: int | None = column("Số người ngoài trường", "Chỉ ghi số", kind=CellKind.COUNT, width=11)
    repeats: str | None = column("Tái diễn của vụ (mã)", "Mã vụ trước, như VV-01", kind=CellKind.PLAIN_CODE, width=12)
    hot_spot: YesNo | None = column("“Điểm nóng”?", "Có / Không", kind=CellKind.YES_NO, width=10)
    complex: YesNo | None = column("Vụ “phức tạp”?", "Có / Không", kind=CellKind.YES_NO, width=10)
    judged_by: str | None = column("Ai xác định", "Cơ quan hoặc chức vụ, không ghi tên", width=18, private=True)
    handling: str | None = column("Xử lý", "Không ghi tên, lớp của {pupils}", width=30, private=True)
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=24, private=True)
    note: str | None = column("Ghi chú", "Không ghi tên, lớp của {pupils}", width=24, private=True)
    outcome: lists.IncidentOutcome | None = column(
        "Kết quả xử lý", "Hình thức nặng nhất đã áp dụng", choices=lists.IncidentOutcome, width=24, newer=True
    )
    place: lists.IncidentPlace | None = column("Nơi xảy ra", "Chọn trong danh sách", choices=lists.IncidentPlace, width=18, newer=True)
    offender: lists.Offender | None = column("Ai vi phạm", "Không ghi tên", choices=lists.Offender, width=20, newer=True)


class Rating(Row):
    """The rating of one unit for one year."""

    unit: str = column("Tổ, đơn vị", "Tên như ở Thông tin trường", required=True, width=26, offer=Offer.UNITS)
    year_considered: str | None = column("Năm xét", "Ví dụ 2025-2026", kind=CellKind.CODE, width=12)
    eligible: YesNo = column("Đủ điều kiện bình xét?", "Có / Không", kind=CellKind.YES_NO, required=True, width=13)
    eligible_reason: str | None = column("Lý do không đủ điều kiện", "", width=24)
    rating: lists.SubjectRating | None = column(
        "Danh hiệu, xếp loại", "Chưa xếp loại thì để trống", choices=lists.SubjectRating, width=28
    )
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=24)
    note: str | None = column("Ghi chú", "", width=24)


class Commendation(Row):
    """The number of commendations of one decision."""

    id: str | None = column("Mã khen thưởng", "Để trống: công cụ tự đặt", kind=CellKind.CODE, width=12)
    awarded_on: date = column("Ngày khen", "", kind=CellKind.DATE, required=True, width=13)
    level: lists.CommendationLevel = column("Cấp khen", "", choices=lists.CommendationLevel, required=True, width=16)
    recipient: lists.Recipient = column("Tập thể, cá nhân", "", choices=lists.Recipient, required=True, width=14)
    count: int = column("Số lượng khen", "", kind=CellKind.COUNT, required=True, width=10)
    content: str | None = column("Nội dung khen", "", width=34)
    decision: str | None = column("Quyết định (mã văn bản)", "", kind=CellKind.CODE, width=14)
    file: str | None = column("Tệp minh chứng", _FILE_HELP, width=24)
    note: str | None = column("Ghi chú", "", width=24)


class DisciplinaryAction(Row):
    """The number of disciplinary actions of one kind; no names."""

    group: lists.DisciplineGroup = column("Nhóm người", "", choices=lists.DisciplineGroup, required=True, width=24)
    unit: str | None = column("Thuộc tổ, đơn vị", "Tên như ở Thông tin trường", width=24, offer=Offer.UNITS)
    cause: lists.DisciplineCause = column("Nguyên nhân", "", choices=lists.DisciplineCause, required=True, width=20)
    form: lists.DisciplineForm = column("Hình thức kỷ luật", "", choices=lists.DisciplineForm, required=True, width=26)
    decided_on: date = column("Ngày quyết định", "", kind=CellKind.DATE, required=True, width=13)
    count: int = column("Số người bị kỷ luật", "Chỉ ghi số", kind=CellKind.COUNT, required=True, width=10)
    note: str | None = column("Ghi chú", "Không ghi tên", width=24, private=True)
    committed_on: date | None = column(
        "Ngày thực hiện hành vi", "Cho tội phạm: ngày phạm tội, theo bản án", kind=CellKind.DATE, width=13, newer=True
    )
    by_party: YesNo | None = column(
        "Kỷ luật Đảng?", "Có: chỉ bị kỷ luật Đảng. Để trống: kỷ luật hành chính, lao động, học sinh", kind=CellKind.YES_NO,
        width=12, newer=True,
    )
