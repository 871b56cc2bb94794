"""Validation rules: Excel refuses a wrong entry while the clerk types."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms.columns import CellKind

_RULES = {
    CellKind.COUNT: dict(type="whole", operator="greaterThanOrEqual", formula1="0"),
    CellKind.NUMBER: dict(type="decimal", operator="greaterThanOrEqual", formula1="0"),
    CellKind.DATE: dict(type="date", operator="between", formula1="36526", formula2="73050"),
    CellKind.TIME: dict(type="time", operator="between", formula1="0", formula2="0.999988426"),
    CellKind.MOMENT: dict(type="date", operator="between", formula1="36526", formula2="73050"),
}
_SAYS = {
    CellKind.COUNT: "Ghi số đếm được: số nguyên, từ 0 trở lên.",
    CellKind.NUMBER: "Ghi một số, từ 0 trở lên.",
    CellKind.DATE: "Ghi ngày theo dạng dd/mm/yyyy.",
    CellKind.TIME: "Ghi giờ theo dạng hh:mm, ví dụ 08:30.",
    CellKind.MOMENT: "Ghi ngày, giờ theo dạng dd/mm/yyyy hh:mm.",
}


def validate(page: Worksheet, kind: CellKind, cells: str, choices: tuple[str, bool] | None = None, hint: str = "") -> None:
    """Attach a rule to the cells of a column: a drop-down list, or a check of numbers and dates.

    `choices`: (formula of the list, is only an entry of the list allowed?). `hint`: shown while the cell is chosen.
    """
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
    if hint:
        rule.prompt, rule.showInputMessage = hint, True
    page.add_data_validation(rule)
    rule.add(cells)
