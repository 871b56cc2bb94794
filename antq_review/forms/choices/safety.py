"""Lists about incidents, checks and systems."""

from __future__ import annotations

from antq_review.forms.columns import Choices


class IncidentKind(Choices):
    """Kinds of incidents."""

    SCHOOL_VIOLENCE = "school_violence", "Bạo lực học đường"
    DRUGS = "drugs", "Ma túy"
    CHILD_ABUSE = "child_abuse", "Xâm hại trẻ em"
    CYBER = "cyber", "Vi phạm trên mạng"
    GATHERING = "gathering", "Tụ tập gây mất trật tự"
    TRAFFIC = "traffic", "Giao thông"
    THEFT = "theft", "Trộm cắp, mất tài sản"
    CRIME = "crime", "Tội phạm khác"
    RELIGION = "religion", "Tín ngưỡng, tôn giáo trái pháp luật"
    COMPLAINT = "complaint", "Khiếu kiện, tập trung đông người"
    STATE_SECRET = "state_secret", "Lộ, mất bí mật Nhà nước"
    FIRE = "fire", "Cháy, nổ"
    FATAL_ACCIDENT = "fatal_accident", "Tai nạn lao động chết người"
    SERIOUS_ACCIDENT = "serious_accident", "Sự cố nghiêm trọng"
    ENVIRONMENT = "environment", "Vi phạm môi trường"
    FOOD_SAFETY = "food_safety", "An toàn vệ sinh thực phẩm"
    OTHER = "other", "Vụ việc khác"


class EventLetter(Choices):
    """Letters of the events in Circular 124, Art. 6(3)."""

    A = "a", "a"
    B = "b", "b"
    C = "c", "c"
    DD = "dd", "đ"
    E = "e", "e"
    G = "g", "g"
    NONE = "none", "Không thuộc"


class IncidentOutcome(Choices):
    """What became of an incident: the gravest step that was taken."""

    PROSECUTED = "prosecuted", "Khởi tố, xử lý hình sự"
    FINED = "fined", "Xử phạt vi phạm hành chính"
    DISCIPLINED = "disciplined", "Xử lý kỷ luật"
    TO_POLICE = "to_police", "Chuyển Công an, đang xử lý"
    EDUCATED = "educated", "Nhắc nhở, giáo dục"
    RECONCILED = "reconciled", "Hòa giải"
    OTHER = "other", "Cách khác"


class IncidentPlace(Choices):
    """Where an incident happened."""

    INSIDE = "inside", "Trong trường"
    OUTSIDE = "outside", "Ngoài trường"
    ONLINE = "online", "Trên không gian mạng"


class Offender(Choices):
    """Who committed a violation."""

    PUPILS = "pupils", "{Pupils} của trường"
    STAFF = "staff", "CB-GV-NV của trường"
    OUTSIDERS = "outsiders", "Người ngoài trường"
    BOTH = "both", "Người trong và ngoài trường"
    NOBODY = "nobody", "Không do người vi phạm"


class Verified(Choices):
    """Verification of an incident."""

    YES = "yes", "Đã xác minh"
    NO = "no", "Chưa xác minh"
    REFUTED = "refuted", "Không phải"


class CheckKind(Choices):
    """Kinds of checks and logs."""

    GUARD_DUTY = "guard_duty", "Trực bảo vệ"
    ENTRY_LOG = "entry_log", "Sổ ra vào"
    CAMERA = "camera", "Camera"
    FIRE = "fire", "Phòng cháy, chữa cháy"
    SECURITY_BOOK = "security_book", "Sổ sách ANTT"
    HEAD_CHECK = "head_check", "Kiểm tra của Hiệu trưởng"
    SURROUNDINGS = "surroundings", "Cổng trường, khu vực quanh trường"


class CheckResult(Choices):
    """Results of a check."""

    PASSED = "passed", "Đạt"
    FAILED = "failed", "Chưa đạt"


class SystemKind(Choices):
    """Kinds of technical systems."""

    CAMERA = "camera", "Camera giám sát"
    SMART_CAMERA = "smart_camera", "Camera thông minh"
    SURVEILLANCE = "surveillance", "Hệ thống giám sát an ninh"
    PUPIL_SOFTWARE = "pupil_software", "Phần mềm quản lý {pupils}"
    VNEID = "vneid", "VNeID"
    FIRE_SYSTEM = "fire_system", "Phòng cháy, chữa cháy"
    OTHER = "other", "Hệ thống khác"
