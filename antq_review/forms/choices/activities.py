"""Lists about activities and models (mô hình)."""

from __future__ import annotations

from antq_review.forms.columns import Choices
from antq_review.text import fold_name


class ActivityForm(Choices):
    """Forms of activities."""

    FLAG_CEREMONY = "flag_ceremony", "Sinh hoạt dưới cờ"
    CLASS_MEETING = "class_meeting", "Sinh hoạt lớp"
    THEMATIC = "thematic", "Chuyên đề"
    EXTRACURRICULAR = "extracurricular", "Hoạt động ngoại khóa"
    FORUM = "forum", "Diễn đàn"
    TRAINING = "training", "Tập huấn"
    YOUTH_MEETING = "youth_meeting", "Sinh hoạt Đội"
    UNION_MEETING = "union_meeting", "Sinh hoạt Đoàn"
    LESSON = "lesson", "Bài giảng, sinh hoạt chuyên môn"
    BRIEFING = "briefing", "Phổ biến, quán triệt"
    FESTIVAL = "festival", "Ngày hội"
    ONLINE = "online", "Truyền thông trực tuyến"
    OTHER = "other", "Hình thức khác"


class Topic(Choices):
    """Topics of activities."""

    LAW = "law", "Pháp luật, chính sách"
    POLITICAL_EVENTS = "political_events", "Sự kiện chính trị"
    RULES_AND_CRITERIA = "rules_and_criteria", "Nội quy và tiêu chí ANTT"
    HIGH_TECH_CRIME = "high_tech_crime", "Tội phạm công nghệ cao"
    ONLINE_FRAUD = "online_fraud", "Lừa đảo trên mạng"
    SAFE_SOCIAL_MEDIA = "safe_social_media", "Mạng xã hội an toàn"
    SCHOOL_VIOLENCE = "school_violence", "Bạo lực học đường"
    DRUGS = "drugs", "Ma túy"
    CHILD_ABUSE = "child_abuse", "Xâm hại trẻ em"
    UNLAWFUL_GATHERING = "unlawful_gathering", "Tụ tập gây mất trật tự"
    CYBER_VIOLATIONS = "cyber_violations", "Vi phạm pháp luật trên mạng"
    TRAFFIC_SAFETY = "traffic_safety", "An toàn giao thông"
    FIRE_SAFETY = "fire_safety", "Phòng cháy, chữa cháy"
    LIFE_SKILLS = "life_skills", "Kỹ năng sống"
    COUNSELLING = "counselling", "Tư vấn tâm lý"
    INCIDENT_SKILLS = "incident_skills", "Kỹ năng xử lý tình huống"
    MOVEMENT = "movement", "Phong trào toàn dân bảo vệ ANTQ"
    FESTIVAL = "festival", "Ngày hội toàn dân bảo vệ ANTQ"
    COMMITTEE_THEME = "committee_theme", "Chủ đề do Ban Chỉ đạo phát động"
    FIREWORKS = "fireworks", "Pháo"
    WEAPONS = "weapons", "Vũ khí, vật liệu nổ"
    E_CIGARETTES = "e_cigarettes", "Thuốc lá điện tử"
    VIDEO_GAMES = "video_games", "Trò chơi điện tử"
    COUNTER_DISINFORMATION = "counter_disinformation", "Phản bác thông tin xấu độc"
    OTHER = "other", "Chủ đề khác"


class Channel(Choices):
    """Channels of an activity."""

    IN_PERSON = "in_person", "Trực tiếp"
    WEBSITE = "website", "Website"
    FANPAGE = "fanpage", "Fanpage"
    VIDEO = "video", "Video"
    INFOGRAPHIC = "infographic", "Infographic"


class InitiativeStatus(Choices):
    """Status of a model (mô hình) in the year."""

    KEPT = "kept", "Duy trì"
    NEW = "new", "Mới"
    STOPPED = "stopped", "Dừng"


class InitiativeConclusion(Choices):
    """Conclusion of the assessment of a model (mô hình)."""

    EFFECTIVE = "effective", "Hiệu quả"
    INEFFECTIVE = "ineffective", "Chưa hiệu quả"
    FORMAL = "formal", "Hình thức"


#: The seven models of the plan; a school can write other names.
INITIATIVE_NAMES = (
    "Trường học an toàn",
    "Trường học hạnh phúc",
    "Cổng trường an toàn giao thông",
    "Trường học sáng – xanh – sạch – đẹp – an ninh – an toàn",
    "Camera an ninh trường học",
    "Tổ tự quản học sinh",
    "Phòng, chống bạo lực học đường",
)
#: A name as the plan writes it by mistake → the name that is meant. Folded.
_MEANT = {fold_name("Công trường an toàn giao thông"): fold_name("Cổng trường an toàn giao thông")}


def model_name(written: str) -> str:
    """The name of a model (mô hình) for comparing: see `fold_name`. The plan's own slip is the name that is meant."""
    name = fold_name(written)
    return _MEANT.get(name, name)
