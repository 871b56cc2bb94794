"""The measures a plan row may name: identifier for the program, label for the drop-down.

What each one counts stands in `antq_review.scoring.measures`; a test keeps the two in step. The last group belongs to sheets
that do not exist yet: a row that names one is listed as “chưa có phép đo” and never counted.
"""

from __future__ import annotations

from antq_review.forms.column import Choices

MEASURES = Choices(
    documents_signed="Số văn bản ký trong kỳ",
    documents_in_force="Số văn bản có hiệu lực trong kỳ",
    contents_coverage="Tỷ lệ nội dung có văn bản hiệu lực",
    document_kind_coverage="Tỷ lệ loại văn bản đã có",
    documents_reviewed="Số văn bản đã rà soát",
    duties_assigned="Số văn bản có phân công nhiệm vụ",
    carried_out_rate="Tỷ lệ văn bản cấp trên đã triển khai",
    report_on_time_rate="Tỷ lệ báo cáo gửi đúng hạn",
    recognition="Được công nhận “An toàn về an ninh, trật tự”",
    self_assessment="Cuộc họp tự đánh giá đã kết luận",
    activity_count="Số hoạt động",
    participation_rate="Tỷ lệ người tham gia",
    least_participation_rate="Tỷ lệ tham gia của đối tượng thấp nhất",
    month_coverage="Tỷ lệ tháng dạy học có hoạt động",
    form_coverage="Tỷ lệ hình thức đã dùng",
    channel_coverage="Tỷ lệ kênh đã dùng",
    topic_coverage="Tỷ lệ chủ đề đã tổ chức",
    name_coverage="Tỷ lệ hoạt động theo tên đã tổ chức",
    unit_coverage="Tỷ lệ tổ, đơn vị đã tổ chức",
    least_count_per_unit="Số hoạt động của tổ ít nhất",
    coordination_count="Số lần phối hợp",
    partner_coverage="Tỷ lệ đối tác đã phối hợp",
    purpose_coverage="Tỷ lệ mục đích phối hợp đã có",
    initiative_coverage="Tỷ lệ mô hình đang duy trì",
    initiative_assessed_rate="Tỷ lệ mô hình đã đánh giá",
    initiative_unresolved_count="Số mô hình yếu chưa xử lý",
    initiative_replicated_count="Số mô hình được nhân rộng",
    incident_count="Số vụ việc",
    hot_spot_count="Số vụ “điểm nóng”",
    complex_count="Số vụ phức tạp",
    drawn_out_count="Số vụ kéo dài",
    repeat_count="Số vụ tái diễn",
    reported_in_time_rate="Tỷ lệ vụ việc báo cáo kịp thời",
    handled_in_time_rate="Tỷ lệ vụ việc xử lý kịp thời",
    commendation_count="Số khen thưởng",
    rows_with_file_rate="Tỷ lệ dòng có tệp minh chứng",
    goals_met_rate="Tỷ lệ chỉ tiêu kế hoạch đạt",
    head_check_count="Số lần người đứng đầu kiểm tra",
    shifts_signed_rate="Tỷ lệ ca trực có ký nhận",
    hours_uncovered="Số giờ không có người trực",
    log_month_coverage="Tỷ lệ tháng có sổ theo dõi",
    check_count="Số lần kiểm tra",
    check_pass_rate="Tỷ lệ kiểm tra đạt",
    working_rate="Tỷ lệ thiết bị hoạt động",
    system_coverage="Tỷ lệ hệ thống đang dùng",
    adoption_rate="Tỷ lệ người dùng VNeID",
    vneid_report_count="Số phản ánh qua VNeID",
    counselling_count="Số lượt tư vấn tâm lý",
    supported_rate="Tỷ lệ học sinh có nguy cơ được hỗ trợ",
)

#: Measures that wait for the sheets Kiểm tra, Chuyển đổi số and Hỗ trợ học sinh.
WITHOUT_SHEET = (
    "head_check_count", "shifts_signed_rate", "hours_uncovered", "log_month_coverage", "check_count", "check_pass_rate",
    "working_rate", "system_coverage", "adoption_rate", "vneid_report_count", "counselling_count", "supported_rate",
)

#: Measures that only the texts use; their words are for `antq rulebook show`.
TEXT_MEASURES = Choices(
    initiative_effective_count="Số mô hình hoạt động hiệu quả",
    event_count="Số vụ theo điểm, khoản 3 Điều 6",
    violence_count="Số vụ bạo lực học đường",
    crime_count="Số người có bản án",
    discipline_count="Số người bị kỷ luật từ cảnh cáo trở lên",
    rated_rate="Tỷ lệ đầu mối được xếp loại tốt",
    form_count="Số hình thức đã dùng",
    festival_count="Số hoạt động Ngày hội, chủ đề của Ban Chỉ đạo",
)
