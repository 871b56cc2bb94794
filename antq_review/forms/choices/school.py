"""Lists about the school and its people."""

from __future__ import annotations

from antq_review.forms.columns import CHILDREN, CHILDREN_AND_PUPILS, LEARNERS, Choices
from antq_review.text import SILENT, Message


class LevelsTaught(Choices):
    """Levels of a school."""

    PRIMARY = "primary", "TH"
    LOWER_SECONDARY = "lower_secondary", "THCS"
    UPPER_SECONDARY = "upper_secondary", "THPT"
    PRIMARY_LOWER = "primary_lower", "TH&THCS"
    LOWER_UPPER = "lower_upper", "THCS&THPT"
    PRIMARY_LOWER_UPPER = "primary_lower_upper", "TH, THCS&THPT"
    KINDERGARTEN = "kindergarten", "Mầm non"
    KINDERGARTEN_PRIMARY = "kindergarten_primary", "Mầm non, TH"
    KINDERGARTEN_LOWER = "kindergarten_lower", "Mầm non, TH&THCS"
    KINDERGARTEN_UPPER = "kindergarten_upper", "Mầm non, TH, THCS&THPT"
    CONTINUING = "continuing", "GDTX"


class YouthBody(Choices):
    """The organisations of a school's pupils."""

    PIONEERS = "pioneers", "Đội TNTP Hồ Chí Minh"
    UNION = "union", "Đoàn TNCS Hồ Chí Minh"
    BOTH = "both", "Đội và Đoàn"
    NONE = "none", "Không có"


class PreviousResult(Choices):
    """What became of the school's registration in the year before."""

    RECOGNISED = "recognised", "Được công nhận"
    NOT_RECOGNISED = "not_recognised", "Chưa được công nhận"
    NOT_REGISTERED = "not_registered", "Không đăng ký"


class GuardRegime(Choices):
    """Kinds of employment of a guard."""

    CIVIL_SERVANT = "civil_servant", "Viên chức"
    CONTRACT = "contract", "Hợp đồng lao động"
    HIRED = "hired", "Thuê dịch vụ"


class Audience(Choices):
    """Groups of people that an activity reaches."""

    MANAGERS = "managers", "Cán bộ quản lý"
    TEACHERS = "teachers", "Giáo viên"
    EMPLOYEES = "employees", "Nhân viên"
    CONTRACT_STAFF = "contract_staff", "Người lao động hợp đồng"
    GUARDS = "guards", "Bảo vệ"
    PRIMARY_PUPILS = "primary_pupils", "{Pupils} TH"
    LOWER_SECONDARY_PUPILS = "lower_secondary_pupils", "{Pupils} THCS"
    UPPER_SECONDARY_PUPILS = "upper_secondary_pupils", "{Pupils} THPT"
    PARENTS = "parents", "Cha mẹ {pupils}"
    KINDERGARTEN_CHILDREN = "kindergarten_children", "Trẻ mầm non"

    def called(self, pupils: Message) -> str:
        """As in every list; but pupils of one level, where the school has small children too, are pupils only."""
        return super().called(pupils if pupils == LEARNERS or self is Audience.PARENTS else SILENT)


class UnitKind(Choices):
    """Kinds of units of a school."""

    LEADERSHIP = "leadership", "Ban Giám hiệu"
    SUBJECT_GROUP = "subject_group", "Tổ chuyên môn"
    OFFICE = "office", "Tổ văn phòng"
    YOUTH_UNION = "youth_union", "Đội TNTP, Đoàn thanh niên"
    GUARD_FORCE = "guard_force", "Lực lượng bảo vệ"
    OTHER = "other", "Đơn vị khác"


class SchoolLevel(Choices):
    """One level of pupils, or the whole school."""

    PRIMARY = "primary", "TH"
    LOWER_SECONDARY = "lower_secondary", "THCS"
    UPPER_SECONDARY = "upper_secondary", "THPT"
    KINDERGARTEN = "kindergarten", "Mầm non"
    ALL = "all", "Toàn trường"


#: Levels with pupils of lower or upper secondary education: the scope of Circular 124, Art. 1(2)(b).
IN_SCOPE_LEVELS = (
    LevelsTaught.LOWER_SECONDARY, LevelsTaught.UPPER_SECONDARY, LevelsTaught.PRIMARY_LOWER, LevelsTaught.LOWER_UPPER,
    LevelsTaught.PRIMARY_LOWER_UPPER, LevelsTaught.KINDERGARTEN_LOWER, LevelsTaught.KINDERGARTEN_UPPER, LevelsTaught.CONTINUING,
)
#: What a school teaches → its levels. A centre of continuing education (GDTX) teaches the lower and the upper secondary programme.
TAUGHT: dict[LevelsTaught, tuple[SchoolLevel, ...]] = {
    LevelsTaught.PRIMARY: (SchoolLevel.PRIMARY,),
    LevelsTaught.LOWER_SECONDARY: (SchoolLevel.LOWER_SECONDARY,),
    LevelsTaught.UPPER_SECONDARY: (SchoolLevel.UPPER_SECONDARY,),
    LevelsTaught.PRIMARY_LOWER: (SchoolLevel.PRIMARY, SchoolLevel.LOWER_SECONDARY),
    LevelsTaught.LOWER_UPPER: (SchoolLevel.LOWER_SECONDARY, SchoolLevel.UPPER_SECONDARY),
    LevelsTaught.PRIMARY_LOWER_UPPER: (SchoolLevel.PRIMARY, SchoolLevel.LOWER_SECONDARY, SchoolLevel.UPPER_SECONDARY),
    LevelsTaught.KINDERGARTEN: (SchoolLevel.KINDERGARTEN,),
    LevelsTaught.KINDERGARTEN_PRIMARY: (SchoolLevel.KINDERGARTEN, SchoolLevel.PRIMARY),
    LevelsTaught.KINDERGARTEN_LOWER: (SchoolLevel.KINDERGARTEN, SchoolLevel.PRIMARY, SchoolLevel.LOWER_SECONDARY),
    LevelsTaught.KINDERGARTEN_UPPER: (
        SchoolLevel.KINDERGARTEN, SchoolLevel.PRIMARY, SchoolLevel.LOWER_SECONDARY, SchoolLevel.UPPER_SECONDARY,
    ),
    LevelsTaught.CONTINUING: (SchoolLevel.LOWER_SECONDARY, SchoolLevel.UPPER_SECONDARY),
}
#: Level → its pupils.
LEVEL_PUPILS = {
    SchoolLevel.KINDERGARTEN: Audience.KINDERGARTEN_CHILDREN, SchoolLevel.PRIMARY: Audience.PRIMARY_PUPILS,
    SchoolLevel.LOWER_SECONDARY: Audience.LOWER_SECONDARY_PUPILS, SchoolLevel.UPPER_SECONDARY: Audience.UPPER_SECONDARY_PUPILS,
}
#: Pupils of a level → their grades.
GRADES = {
    Audience.PRIMARY_PUPILS: range(1, 6), Audience.LOWER_SECONDARY_PUPILS: range(6, 10),
    Audience.UPPER_SECONDARY_PUPILS: range(10, 13),
}
STAFF = (Audience.MANAGERS, Audience.TEACHERS, Audience.EMPLOYEES, Audience.CONTRACT_STAFF, Audience.GUARDS)
PUPILS = (
    Audience.KINDERGARTEN_CHILDREN, Audience.PRIMARY_PUPILS, Audience.LOWER_SECONDARY_PUPILS, Audience.UPPER_SECONDARY_PUPILS,
)


def pupils_of(levels: LevelsTaught | None) -> Message:
    """What a school of these levels calls those whom it teaches, for the place `{pupils}`; silent: the usual word."""
    if levels is LevelsTaught.CONTINUING:
        return LEARNERS
    taught = TAUGHT[levels] if levels is not None else ()
    if SchoolLevel.KINDERGARTEN not in taught:
        return SILENT
    return CHILDREN if len(taught) == 1 else CHILDREN_AND_PUPILS


def grade_contradiction(audience: Audience | None, grade: int | None) -> tuple[str, str, dict[str, object]] | None:
    """The contradiction of a row whose grade does not belong to its audience (see `Row.contradiction`), or None."""
    if grade is None or audience is None or grade in GRADES.get(audience, ()):
        return None
    return "grade", "grade_of_other_level", {"grade": grade, "audience": audience.label}
