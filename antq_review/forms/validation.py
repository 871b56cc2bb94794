"""What Excel refuses already while the clerk types."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms.columns import Kind

_RULES = {
    Kind.COUNT: dict(type="whole", operator="greaterThanOrEqual", formula1="0"),
    Kind.NUMBER: dict(type="decimal", operator="greaterThanOrEqual", formula1="0"),
    Kind.DATE: dict(type="date", operator="between", formula1="36526", formula2="73050"),
    Kind.TIME: dict(type="time", operator="between", formula1="0", formula2="0.999988426"),
    Kind.MOMENT: dict(type="date", operator="between", formula1="36526", formula2="73050"),
}
_SAYS = {
    Kind.COUNT: "Ghi số đếm được: số nguyên, từ 0 trở lên.",
    Kind.NUMBER: "Ghi một số, từ 0 trở lên.",
    Kind.DATE: "Ghi ngày theo dạng dd/mm/yyyy.",
    Kind.TIME: "Ghi giờ theo dạng hh:mm, ví dụ 08:30.",
    Kind.MOMENT: "Ghi ngày, giờ theo dạng dd/mm/yyyy hh:mm.",
}


def validate(page: Worksheet, kind: Kind, cells: str, choices: tuple[str, bool] | None = None) -> None:
    """Attach the rule of a column to its cells: a drop-down, or a check of numbers and dates."""
    if choices is not None:
        formula, strict = choices
        rule = DataValidation(type="list", formula1=formula, allow_blank=True)
        rule.error = "Hãy chọn một giá trị trong danh sách."
        rule.showErrorMessage = strict
    elif kind in _RULES:
        rule = DataValidation(allow_blank=True, **_RULES[kind])
        rule.error = _SAYS[kind]
        rule.showErrorMessage = True
    else:
        return
    rule.errorTitle = "Chưa đúng"
    page.add_data_validation(rule)
    rule.add(cells)
