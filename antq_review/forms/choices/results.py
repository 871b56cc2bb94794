"""Lists about the meeting, its results and the plan."""

from __future__ import annotations

from antq_review.forms.columns import Choices


class MeetingBody(Choices):
    """Bodies that take part in the review meeting: Circular 124, Art. 9(1)(c)."""

    LEADERSHIP = "leadership", "Lãnh đạo nhà trường"
    PARTY = "party", "Cấp ủy"
    MASS_ORGANISATION = "mass_organisation", "Đoàn thể"
    GUARD_FORCE = "guard_force", "Lực lượng bảo vệ"
    POLICE = "police", "Công an cơ sở"
    AUTHORITY = "authority", "Cơ quan quản lý"
    OTHER = "other", "Thành phần khác"


class RemarkSection(Choices):
    """Sections of the report that only people can write."""

    ADVANTAGES = "advantages", "Thuận lợi"
    DIFFICULTIES = "difficulties", "Khó khăn"
    STRENGTHS = "strengths", "Ưu điểm"
    SHORTCOMINGS = "shortcomings", "Hạn chế"
    OBJECTIVE_CAUSES = "objective_causes", "Nguyên nhân khách quan"
    SUBJECTIVE_CAUSES = "subjective_causes", "Nguyên nhân chủ quan"
    LESSONS = "lessons", "Bài học"
    NEXT_YEAR = "next_year", "Phương hướng năm sau"
    PROPOSALS = "proposals", "Kiến nghị, đề xuất"


class TextId(Choices):
    """The texts of law by which a school scores itself."""

    TT_124 = "tt_124", "Thông tư 124"
    QD_510 = "qd_510", "Quyết định 510"


class StandardResult(Choices):
    """Results of a criterion."""

    MET = "met", "Đạt"
    NOT_MET = "not_met", "Chưa đạt"
    NOT_APPLICABLE = "not_applicable", "Không áp dụng"


class Operator(Choices):
    """Comparisons of a number with its target."""

    AT_LEAST = "at_least", "≥"
    EQUALS = "equals", "="
    AT_MOST = "at_most", "≤"


class SetBy(Choices):
    """Origins of the target number in a plan row."""

    PLAN = "plan", "Kế hoạch"
    SCHOOL = "school", "Nhà trường"
    PROPOSED = "proposed", "Đề xuất của biểu mẫu"


class ScoreTableKind(Choices):
    """Kinds of a school's own score table: its paper form under Decision 510, or a province's document that details Decision 510."""

    SCHOOL = "school", "Bảng chấm điểm của trường theo Quyết định 510"
    PROVINCE = "province", "Văn bản của tỉnh cụ thể hóa Quyết định 510"


class AwardKind(Choices):
    """Ways to award a row of a score table. Blank: the meeting judges."""

    JUDGEMENT = "judgement", "Cuộc họp chấm"
    THRESHOLD = "threshold", "Đạt ngưỡng"
    STEPS = "steps", "Theo bậc"
    PER_UNIT = "per_unit", "Theo số lượng"
    NONE_OF = "none_of", "Không để xảy ra"
    ALL_OF = "all_of", "Đủ các ý"


class ScoreRowKind(Choices):
    """Kinds of rows of a score table. Bonus rows come beyond the table's total. Blank: ordinary."""

    ORDINARY = "ordinary", "Thường"
    BONUS = "bonus", "Điểm thưởng"


class ScoreColumn(Choices):
    """Columns of points on the paper form."""

    OWN = "own", "Điểm tự chấm"
    SUPERIOR = "superior", "Cấp trên chấm"
    AGREED = "agreed", "Điểm thống nhất"
