"""The measures that a row of the plan or of a score table can name: code for the program, label for the drop-down list.

`antq_review.scoring.measures` contains their definitions. A test compares the two: this list contains every registered
measure, and `goals_met_rate` and `goals_carried_out_rate`, which are counted over the other goals.
"""

from __future__ import annotations

from antq_review.forms.columns import Choices

#: The labels of rates begin with it; a test compares them with the units of the measures.
_RATE = "Tỷ lệ "


class Measure(Choices):
    """The measures of the drop-down list."""

    DOCUMENTS_SIGNED = "documents_signed", "Số văn bản ký trong kỳ"
    DOCUMENTS_IN_FORCE = "documents_in_force", "Số văn bản có hiệu lực trong kỳ"
    DOCUMENTS_WITH_ALL_CONTENTS = "documents_with_all_contents", "Số văn bản có đủ các nội dung"
    CONTENTS_COVERAGE = "contents_coverage", "Tỷ lệ nội dung có văn bản hiệu lực"
    DOCUMENT_KIND_COVERAGE = "document_kind_coverage", "Tỷ lệ loại văn bản đã có"
    DOCUMENTS_REVIEWED = "documents_reviewed", "Số văn bản đã rà soát"
    DUTIES_ASSIGNED = "duties_assigned", "Số văn bản có phân công nhiệm vụ"
    CARRIED_OUT_RATE = "carried_out_rate", "Tỷ lệ văn bản cấp trên đã triển khai"
    REPORT_ON_TIME_RATE = "report_on_time_rate", "Tỷ lệ báo cáo gửi đúng hạn"
    RECOGNITION = "recognition", "Được công nhận “An toàn về an ninh, trật tự”"
    SELF_ASSESSMENT = "self_assessment", "Cuộc họp tự đánh giá đã kết luận"
    ACTIVITY_COUNT = "activity_count", "Số hoạt động"
    FESTIVAL_COUNT = "festival_count", "Số hoạt động Ngày hội, chủ đề của Ban Chỉ đạo"
    PARTICIPATION_RATE = "participation_rate", "Tỷ lệ người tham gia"
    LEAST_PARTICIPATION_RATE = "least_participation_rate", "Tỷ lệ tham gia của đối tượng thấp nhất"
    MONTH_COVERAGE = "month_coverage", "Tỷ lệ tháng dạy học có hoạt động"
    FORM_COUNT = "form_count", "Số hình thức đã dùng"
    FORM_COVERAGE = "form_coverage", "Tỷ lệ hình thức đã dùng"
    CHANNEL_COVERAGE = "channel_coverage", "Tỷ lệ kênh đã dùng"
    TOPIC_COVERAGE = "topic_coverage", "Tỷ lệ chủ đề đã tổ chức"
    NAME_COVERAGE = "name_coverage", "Tỷ lệ hoạt động theo tên đã tổ chức"
    UNIT_COVERAGE = "unit_coverage", "Tỷ lệ tổ, đơn vị đã tổ chức"
    LEAST_COUNT_PER_UNIT = "least_count_per_unit", "Số hoạt động của tổ ít nhất"
    COORDINATION_COUNT = "coordination_count", "Số lần phối hợp"
    PARTNER_COVERAGE = "partner_coverage", "Tỷ lệ đối tác đã phối hợp"
    PURPOSE_COVERAGE = "purpose_coverage", "Tỷ lệ mục đích phối hợp đã có"
    INITIATIVE_COVERAGE = "initiative_coverage", "Tỷ lệ mô hình đang duy trì"
    INITIATIVE_EFFECTIVE_COUNT = "initiative_effective_count", "Số mô hình được đánh giá hiệu quả"
    INITIATIVE_ASSESSED_RATE = "initiative_assessed_rate", "Tỷ lệ mô hình đã đánh giá"
    INITIATIVE_UNRESOLVED_COUNT = "initiative_unresolved_count", "Số mô hình yếu chưa xử lý"
    INITIATIVE_REPLICATED_COUNT = "initiative_replicated_count", "Số mô hình được nhân rộng"
    INCIDENT_COUNT = "incident_count", "Số vụ việc"
    VIOLENCE_COUNT = "violence_count", "Số vụ bạo lực học đường"
    EVENT_COUNT = "event_count", "Số vụ thuộc khoản 3 Điều 6 Thông tư 124"
    HOT_SPOT_COUNT = "hot_spot_count", "Số vụ “điểm nóng”"
    COMPLEX_COUNT = "complex_count", "Số vụ phức tạp"
    DRAWN_OUT_COUNT = "drawn_out_count", "Số vụ kéo dài"
    REPEAT_COUNT = "repeat_count", "Số vụ tái diễn"
    REPORTED_IN_TIME_RATE = "reported_in_time_rate", "Tỷ lệ vụ việc báo cáo kịp thời"
    HANDLED_IN_TIME_RATE = "handled_in_time_rate", "Tỷ lệ vụ việc xử lý kịp thời"
    RATED_RATE = "rated_rate", "Tỷ lệ tổ, đơn vị xếp loại tốt trở lên"
    COMMENDATION_COUNT = "commendation_count", "Số khen thưởng"
    DISCIPLINE_COUNT = "discipline_count", "Số người bị kỷ luật từ cảnh cáo trở lên"
    CRIME_COUNT = "crime_count", "Số người phạm tội có bản án"
    ROWS_WITH_FILE_RATE = "rows_with_file_rate", "Tỷ lệ dòng có tệp minh chứng"
    GOALS_MET_RATE = "goals_met_rate", "Tỷ lệ chỉ tiêu kế hoạch đạt"
    GOALS_CARRIED_OUT_RATE = "goals_carried_out_rate", "Tỷ lệ chỉ tiêu kế hoạch đã triển khai"
    HEAD_CHECK_COUNT = "head_check_count", "Số lần người đứng đầu kiểm tra"
    SHIFTS_SIGNED_RATE = "shifts_signed_rate", "Tỷ lệ ca trực có ký nhận"
    HOURS_UNCOVERED = "hours_uncovered", "Số giờ không có người trực"
    LOG_MONTH_COVERAGE = "log_month_coverage", "Tỷ lệ tháng có sổ theo dõi"
    CHECK_COUNT = "check_count", "Số lần kiểm tra"
    CHECK_PASS_RATE = "check_pass_rate", "Tỷ lệ kiểm tra đạt"
    WORKING_RATE = "working_rate", "Tỷ lệ thiết bị hoạt động"
    SYSTEM_COVERAGE = "system_coverage", "Tỷ lệ hệ thống đang dùng"
    ADOPTION_RATE = "adoption_rate", "Tỷ lệ người dùng VNeID"
    VNEID_REPORT_COUNT = "vneid_report_count", "Số phản ánh qua VNeID"
    COUNSELLING_COUNT = "counselling_count", "Số lượt tư vấn tâm lý"
    SUPPORTED_RATE = "supported_rate", "Tỷ lệ học sinh có nguy cơ được hỗ trợ"

    @property
    def is_rate(self) -> bool:
        """Is it a share, whose targets are written in per cent?"""
        return self.label.startswith(_RATE)

    @property
    def is_count(self) -> bool:
        """Does it count whole things? Hours may be halves."""
        return not self.is_rate and self is not Measure.HOURS_UNCOVERED
