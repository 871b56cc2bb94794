"""Lists about ratings, commendations and discipline."""

from __future__ import annotations

from antq_review.forms.columns import Choices


class SubjectRating(Choices):
    """Ratings of collectives and of persons."""

    EXCELLENT_COLLECTIVE = "excellent_collective", "Tập thể lao động xuất sắc"
    ADVANCED_COLLECTIVE = "advanced_collective", "Tập thể lao động tiên tiến"
    EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "good", "Hoàn thành tốt nhiệm vụ"
    COMPLETED = "completed", "Hoàn thành nhiệm vụ"
    FAILED = "failed", "Không hoàn thành nhiệm vụ"


class CommendationLevel(Choices):
    """Levels of the authority that gave a commendation."""

    SCHOOL = "school", "Trường"
    COMMUNE = "commune", "Xã"
    PROVINCE = "province", "Tỉnh, Sở"
    MINISTRY = "ministry", "Bộ, Trung ương"


class Recipient(Choices):
    """Recipients of a commendation."""

    COLLECTIVE = "collective", "Tập thể"
    PERSON = "person", "Cá nhân"


class DisciplineGroup(Choices):
    """Groups of disciplined people."""

    MANAGERS = "managers", "Cán bộ quản lý"
    TEACHERS = "teachers", "Giáo viên"
    EMPLOYEES = "employees", "Nhân viên"
    CONTRACT_STAFF = "contract_staff", "Người lao động hợp đồng"
    GUARDS = "guards", "Bảo vệ"
    PUPILS = "pupils", "{Pupils}"


class DisciplineCause(Choices):
    """Causes of a disciplinary action."""

    CRIME = "crime", "Tội phạm có bản án"
    SOCIAL_VICE = "social_vice", "Tệ nạn xã hội"
    OTHER = "other", "Vi phạm khác"


class DisciplineForm(Choices):
    """Forms of a disciplinary action."""

    NONE = "none", "Chưa xử lý kỷ luật"
    REMINDER = "reminder", "Nhắc nhở, phê bình, tự kiểm điểm"
    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    LOWER_GRADE = "lower_grade", "Hạ bậc lương, giáng chức"
    REMOVAL = "removal", "Cách chức"
    DISMISSAL = "dismissal", "Buộc thôi việc"
    OTHER = "other", "Hình thức khác"


#: “Tập thể lao động tiên tiến” or “Hoàn thành tốt nhiệm vụ” and better: Circular 124, Art. 7(5), 7(6).
GOOD_RATINGS = (
    SubjectRating.EXCELLENT_COLLECTIVE, SubjectRating.ADVANCED_COLLECTIVE, SubjectRating.EXCELLENT, SubjectRating.GOOD,
)
#: Forms “từ hình thức cảnh cáo trở lên” for civil servants (Decree 234/2026/NĐ-CP, Art. 7).
WARNING_OR_WORSE = (DisciplineForm.WARNING, DisciplineForm.LOWER_GRADE, DisciplineForm.REMOVAL, DisciplineForm.DISMISSAL)
