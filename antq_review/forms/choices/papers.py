"""Lists about documents and joint actions."""

from __future__ import annotations

from functools import cache
from typing import Self

from antq_review.forms.columns import Choices
from antq_review.text import fold


class DocumentKind(Choices):
    """Kinds of documents."""

    RESOLUTION = "resolution", "Nghị quyết"
    PLAN = "plan", "Kế hoạch"
    PROGRAMME = "programme", "Chương trình"
    SCHEME = "scheme", "Phương án"
    REGISTRATION = "registration", "Bản đăng ký"
    RULES = "rules", "Nội quy"
    REGULATION = "regulation", "Quy chế"
    PROVISION = "provision", "Quy định"
    DECISION = "decision", "Quyết định"
    RULES_DECISION = "rules_decision", "Quyết định ban hành nội quy, quy chế"
    PROCEDURE = "procedure", "Quy trình"
    PERIODIC_REPORT = "periodic_report", "Báo cáo định kỳ"
    INCIDENT_REPORT = "incident_report", "Báo cáo đột xuất"
    INTERIM_REVIEW = "interim_review", "Sơ kết"
    FINAL_REVIEW = "final_review", "Tổng kết"
    MINUTES = "minutes", "Biên bản"
    RECOGNITION = "recognition", "Giấy công nhận"
    BOOK = "book", "Sổ"
    OFFICIAL_LETTER = "official_letter", "Công văn"
    NOTICE = "notice", "Thông báo"
    PROPOSAL = "proposal", "Tờ trình"
    SUPERIOR_DOCUMENT = "superior_document", "Văn bản cấp trên"
    OTHER = "other", "Văn bản khác"


class Content(Choices):
    """Contents of a document."""

    SECURITY_PLAN = "security_plan", "Bảo đảm an ninh, trật tự"
    MOVEMENT = "movement", "Phong trào toàn dân bảo vệ ANTQ"
    SCHOOL_GUARDING = "school_guarding", "Bảo vệ cơ sở giáo dục"
    INTERNAL_POLITICS = "internal_politics", "Bảo vệ chính trị nội bộ"
    PUPIL_MANAGEMENT = "pupil_management", "Quản lý, giáo dục người học"
    FIRE_SAFETY = "fire_safety", "Phòng, chống cháy nổ"
    EMULATION = "emulation", "Thi đua, xếp loại"
    INCIDENT_HANDLING = "incident_handling", "Xử lý tình huống"
    SCHOOL_YEAR = "school_year", "Nhiệm vụ năm học"
    COORDINATION = "coordination", "Phối hợp"
    PARENTS_COORDINATION = "parents_coordination", "Phối hợp quản lý {pupils} với cha mẹ {pupils}"
    FESTIVAL = "festival", "Ngày hội, chủ đề của Ban Chỉ đạo"
    RECOGNITION_124 = "recognition_124", "An toàn về an ninh, trật tự"
    STEERING_BOARD = "steering_board", "Ban Chỉ đạo của trường"
    CORE_TEAM = "core_team", "Tổ, lực lượng nòng cốt của trường"
    OTHER = "other", "Nội dung khác"


class Partner(Choices):
    """Partners of a school. The labels of earlier forms, which name the police and the committee of a “xã” only, are read as well."""

    POLICE = "police", "Công an (xã, phường, đặc khu, tỉnh)"
    COMMUNE = "commune", "UBND (xã, phường, đặc khu)"
    FATHERLAND_FRONT = "fatherland_front", "Mặt trận Tổ quốc"
    MASS_ORGANISATION = "mass_organisation", "Đoàn thể"
    PARENTS_BOARD = "parents_board", "Ban Đại diện cha mẹ học sinh"
    COMMUNITY = "community", "Cộng đồng"
    OTHER = "other", "Đơn vị khác"

    @classmethod
    @cache
    def _by_label(cls) -> dict[str, Self]:
        return {**super()._by_label(), fold("Công an xã"): cls.POLICE, fold("UBND xã"): cls.COMMUNE}

    @classmethod
    def spoken_of(cls, code: str) -> str:
        """The label inside a sentence: without the examples in brackets."""
        return cls.label_of(code).partition(" (")[0]


class Purpose(Choices):
    """Purposes of a joint action."""

    OUTREACH = "outreach", "Tuyên truyền"
    CRIME_PREVENTION = "crime_prevention", "Phòng ngừa tội phạm"
    DRUG_PREVENTION = "drug_prevention", "Phòng, chống ma túy"
    GATE_ORDER = "gate_order", "Trật tự cổng trường"
    INCIDENT_HANDLING = "incident_handling", "Xử lý tình huống"
    PUPIL_MANAGEMENT = "pupil_management", "Quản lý {pupils}"
    TRAINING = "training", "Tập huấn"
    SURROUNDINGS = "surroundings", "An toàn khu vực quanh trường"
    OTHER = "other", "Mục đích khác"
