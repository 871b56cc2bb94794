"""The closed lists of the forms: code for the program, label for the clerk."""

from __future__ import annotations

from antq_review.forms.columns import Choices

LEVELS = Choices(
    primary="TH",
    lower_secondary="THCS",
    upper_secondary="THPT",
    primary_lower="TH&THCS",
    lower_upper="THCS&THPT",
    primary_lower_upper="TH, THCS&THPT",
)

#: Levels that hold pupils of general education above primary: the scope of Circular 124, Art. 1(2)(b).
IN_SCOPE_LEVELS = ("lower_secondary", "upper_secondary", "primary_lower", "lower_upper", "primary_lower_upper")

GUARD_REGIMES = Choices(civil_servant="Viên chức", contract="Hợp đồng lao động", hired="Thuê dịch vụ")

AUDIENCES = Choices(
    managers="Cán bộ quản lý",
    teachers="Giáo viên",
    employees="Nhân viên",
    contract_staff="Người lao động hợp đồng",
    guards="Bảo vệ",
    primary_pupils="Học sinh TH",
    lower_secondary_pupils="Học sinh THCS",
    upper_secondary_pupils="Học sinh THPT",
    parents="Cha mẹ học sinh",
)
#: Grades of each level of pupils.
GRADES = {
    "primary_pupils": range(1, 6), "lower_secondary_pupils": range(6, 10), "upper_secondary_pupils": range(10, 13),
}
STAFF = ("managers", "teachers", "employees", "contract_staff", "guards")
PUPILS = ("primary_pupils", "lower_secondary_pupils", "upper_secondary_pupils")


def grade_contradiction(audience: str | None, grade: int | None) -> tuple[str, str, dict[str, object]] | None:
    """A grade belongs to pupils of its own level: (field, message key, places), or None."""
    if grade is None or audience is None or grade in GRADES.get(audience, ()):
        return None
    return "grade", "grade_of_other_level", {"grade": grade, "audience": AUDIENCES.label(audience)}


UNIT_KINDS = Choices(
    leadership="Ban Giám hiệu",
    subject_group="Tổ chuyên môn",
    office="Tổ văn phòng",
    youth_union="Đội TNTP, Đoàn thanh niên",
    guard_force="Lực lượng bảo vệ",
    other="Đơn vị khác",
)

DOCUMENT_KINDS = Choices(
    resolution="Nghị quyết",
    plan="Kế hoạch",
    programme="Chương trình",
    registration="Bản đăng ký",
    rules="Nội quy",
    regulation="Quy chế",
    provision="Quy định",
    decision="Quyết định",
    procedure="Quy trình",
    periodic_report="Báo cáo định kỳ",
    incident_report="Báo cáo đột xuất",
    interim_review="Sơ kết",
    final_review="Tổng kết",
    minutes="Biên bản",
    recognition="Giấy công nhận",
    book="Sổ",
    superior_document="Văn bản cấp trên",
    other="Văn bản khác",
)

CONTENTS = Choices(
    security_plan="Bảo đảm an ninh, trật tự",
    movement="Phong trào toàn dân bảo vệ ANTQ",
    school_guarding="Bảo vệ cơ sở giáo dục",
    internal_politics="Bảo vệ chính trị nội bộ",
    pupil_management="Quản lý, giáo dục người học",
    fire_safety="Phòng, chống cháy nổ",
    emulation="Thi đua, xếp loại",
    incident_handling="Xử lý tình huống",
    school_year="Nhiệm vụ năm học",
    coordination="Phối hợp",
    parents_coordination="Phối hợp quản lý học sinh với cha mẹ học sinh",
    festival="Ngày hội, chủ đề của Ban Chỉ đạo",
    recognition_124="An toàn về an ninh, trật tự",
    other="Nội dung khác",
)

PARTNERS = Choices(
    police="Công an xã",
    commune="UBND xã",
    fatherland_front="Mặt trận Tổ quốc",
    mass_organisation="Đoàn thể",
    parents_board="Ban Đại diện cha mẹ học sinh",
    community="Cộng đồng",
    other="Đơn vị khác",
)

PURPOSES = Choices(
    outreach="Tuyên truyền",
    crime_prevention="Phòng ngừa tội phạm",
    drug_prevention="Phòng, chống ma túy",
    gate_order="Trật tự cổng trường",
    incident_handling="Xử lý tình huống",
    pupil_management="Quản lý học sinh",
    training="Tập huấn",
    surroundings="An toàn khu vực quanh trường",
    other="Mục đích khác",
)

ACTIVITY_FORMS = Choices(
    flag_ceremony="Sinh hoạt dưới cờ",
    class_meeting="Sinh hoạt lớp",
    thematic="Chuyên đề",
    extracurricular="Hoạt động ngoại khóa",
    forum="Diễn đàn",
    training="Tập huấn",
    youth_meeting="Sinh hoạt Đội",
    lesson="Bài giảng, sinh hoạt chuyên môn",
    briefing="Phổ biến, quán triệt",
    festival="Ngày hội",
    online="Truyền thông trực tuyến",
    other="Hình thức khác",
)

TOPICS = Choices(
    law="Pháp luật, chính sách",
    political_events="Sự kiện chính trị",
    rules_and_criteria="Nội quy và tiêu chí ANTT",
    high_tech_crime="Tội phạm công nghệ cao",
    online_fraud="Lừa đảo trên mạng",
    safe_social_media="Mạng xã hội an toàn",
    school_violence="Bạo lực học đường",
    drugs="Ma túy",
    child_abuse="Xâm hại trẻ em",
    unlawful_gathering="Tụ tập gây mất trật tự",
    cyber_violations="Vi phạm pháp luật trên mạng",
    traffic_safety="An toàn giao thông",
    fire_safety="Phòng cháy, chữa cháy",
    life_skills="Kỹ năng sống",
    counselling="Tư vấn tâm lý",
    incident_skills="Kỹ năng xử lý tình huống",
    movement="Phong trào toàn dân bảo vệ ANTQ",
    festival="Ngày hội toàn dân bảo vệ ANTQ",
    committee_theme="Chủ đề do Ban Chỉ đạo phát động",
    other="Chủ đề khác",
)

CHANNELS = Choices(in_person="Trực tiếp", website="Website", fanpage="Fanpage", video="Video", infographic="Infographic")

SCHOOL_LEVELS = Choices(primary="TH", lower_secondary="THCS", upper_secondary="THPT", all="Toàn trường")

INITIATIVE_NAMES = (
    "Trường học an toàn",
    "Trường học hạnh phúc",
    "Cổng trường an toàn giao thông",
    "Trường học sáng – xanh – sạch – đẹp – an ninh – an toàn",
    "Camera an ninh trường học",
    "Tổ tự quản học sinh",
    "Phòng, chống bạo lực học đường",
)
INITIATIVE_STATUS = Choices(kept="Duy trì", new="Mới", stopped="Dừng")
INITIATIVE_CONCLUSIONS = Choices(effective="Hiệu quả", ineffective="Chưa hiệu quả", formal="Hình thức")

INCIDENT_KINDS = Choices(
    school_violence="Bạo lực học đường",
    drugs="Ma túy",
    child_abuse="Xâm hại trẻ em",
    cyber="Vi phạm trên mạng",
    gathering="Tụ tập gây mất trật tự",
    traffic="Giao thông",
    theft="Trộm cắp, mất tài sản",
    crime="Tội phạm khác",
    religion="Tín ngưỡng, tôn giáo trái pháp luật",
    complaint="Khiếu kiện, tập trung đông người",
    state_secret="Lộ, mất bí mật Nhà nước",
    fire="Cháy, nổ",
    fatal_accident="Tai nạn lao động chết người",
    serious_accident="Sự cố nghiêm trọng",
    environment="Vi phạm môi trường",
    food_safety="An toàn vệ sinh thực phẩm",
    other="Vụ việc khác",
)
EVENT_LETTERS = Choices(a="a", b="b", c="c", dd="đ", e="e", g="g", none="Không thuộc")
VERIFIED = Choices(yes="Đã xác minh", no="Chưa xác minh", refuted="Không phải")

CHECK_KINDS = Choices(
    guard_duty="Trực bảo vệ", entry_log="Sổ ra vào", camera="Camera", fire="Phòng cháy, chữa cháy",
    security_book="Sổ sách ANTT", head_check="Kiểm tra của Hiệu trưởng", surroundings="Cổng trường, khu vực quanh trường",
)
CHECK_RESULTS = Choices(passed="Đạt", failed="Chưa đạt")
SYSTEMS = Choices(
    camera="Camera giám sát", smart_camera="Camera thông minh", surveillance="Hệ thống giám sát an ninh",
    pupil_software="Phần mềm quản lý học sinh", vneid="VNeID", fire_system="Phòng cháy, chữa cháy", other="Hệ thống khác",
)

SUBJECT_RATINGS = Choices(
    excellent_collective="Tập thể lao động xuất sắc",
    advanced_collective="Tập thể lao động tiên tiến",
    excellent="Hoàn thành xuất sắc nhiệm vụ",
    good="Hoàn thành tốt nhiệm vụ",
    completed="Hoàn thành nhiệm vụ",
    failed="Không hoàn thành nhiệm vụ",
)
#: “Tập thể lao động tiên tiến” or “Hoàn thành tốt nhiệm vụ” and better: Circular 124, Art. 7(5), 7(6).
GOOD_RATINGS = ("excellent_collective", "advanced_collective", "excellent", "good")

COMMENDATION_LEVELS = Choices(school="Trường", commune="Xã", province="Tỉnh, Sở", ministry="Bộ, Trung ương")
RECIPIENTS = Choices(collective="Tập thể", person="Cá nhân")
DISCIPLINE_GROUPS = Choices(
    managers="Cán bộ quản lý",
    teachers="Giáo viên",
    employees="Nhân viên",
    contract_staff="Người lao động hợp đồng",
    guards="Bảo vệ",
    pupils="Học sinh",
)
DISCIPLINE_CAUSES = Choices(crime="Tội phạm có bản án", social_vice="Tệ nạn xã hội", other="Vi phạm khác")
DISCIPLINE_FORMS = Choices(
    none="Chưa xử lý kỷ luật",
    reminder="Nhắc nhở, phê bình, tự kiểm điểm",
    reprimand="Khiển trách",
    warning="Cảnh cáo",
    lower_grade="Hạ bậc lương, giáng chức",
    removal="Cách chức",
    dismissal="Buộc thôi việc",
    other="Hình thức khác",
)
#: Forms “từ hình thức cảnh cáo trở lên” for civil servants (Decree 234/2026/NĐ-CP, Art. 7).
WARNING_OR_WORSE = ("warning", "lower_grade", "removal", "dismissal")

MEETING_BODIES = Choices(
    leadership="Lãnh đạo nhà trường",
    party="Cấp ủy",
    mass_organisation="Đoàn thể",
    guard_force="Lực lượng bảo vệ",
    police="Công an cơ sở",
    authority="Cơ quan quản lý",
    other="Thành phần khác",
)

REMARK_SECTIONS = Choices(
    advantages="Thuận lợi", difficulties="Khó khăn", strengths="Ưu điểm", shortcomings="Hạn chế",
    objective_causes="Nguyên nhân khách quan", subjective_causes="Nguyên nhân chủ quan", lessons="Bài học",
    next_year="Phương hướng năm sau", proposals="Kiến nghị, đề xuất",
)

TEXTS = Choices(tt_124="Thông tư 124", qd_510="Quyết định 510")
RESULTS = Choices(met="Đạt", not_met="Chưa đạt", not_applicable="Không áp dụng")

OPERATORS = Choices(at_least="≥", equals="=", at_most="≤")
SET_BY = Choices(plan="Kế hoạch", school="Nhà trường", proposed="Đề xuất của biểu mẫu")

#: What a school's own score table is: its paper form under Decision 510, or a province's text that spells it out.
SCORE_TABLES = Choices(school="Bảng chấm điểm của trường theo Quyết định 510", province="Văn bản của tỉnh cụ thể hóa Quyết định 510")
#: How a row of a score table is awarded; blank: the meeting judges.
AWARD_KINDS = Choices(
    judgement="Cuộc họp chấm",
    threshold="Đạt ngưỡng",
    steps="Theo bậc",
    per_unit="Theo số lượng",
    none_of="Không để xảy ra",
    all_of="Đủ các ý",
)
SCORE_COLUMNS = Choices(own="Điểm tự chấm", superior="Cấp trên chấm", agreed="Điểm thống nhất")
