"""Lists of the officer who receives packages."""

from __future__ import annotations

from antq_review.forms.columns import Choices


class DecisionKind(Choices):
    """What the officer decides about one package. The last line about a package counts; a decision can be withdrawn."""

    ACCEPT = "accept", "Tiếp nhận"
    RETURN = "return", "Trả lại"
    LOOK = "look", "Để xem"
    WITHDRAW = "withdraw", "Rút quyết định"


class OtherCodeKind(Choices):
    """Why a school has another code."""

    OLD = "old", "Mã cũ"
    DATABASE = "database", "Mã cơ sở dữ liệu ngành"
    TAX = "tax", "Mã số thuế"
    ZEROS = "zeros", "Mất số 0 ở đầu"


class ReturnedText(Choices):
    """What a reason for a return is about."""

    TT_124 = "tt_124", "Thông tư 124"
    QD_510 = "qd_510", "Quyết định 510"
    PLAN = "ke_hoach", "Kế hoạch"
    ALL = "chung", "Chung"
