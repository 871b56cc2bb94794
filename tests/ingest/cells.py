"""Cells that must not be taken: each is one row of one sheet, otherwise good; `CELLS` says what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.ingest.corpus import ACTIVITIES, FIRST, INLINE, activities, change_sheet, edit, head, inline, set_cell

GOOD = {"held_on": ACTIVITIES[0]["held_on"], "form": "Chuyên đề", "audience": "Học sinh THCS", "present": 10}
AT = {"held_on": "B", "name": "C", "form": "D", "grade": "L", "audience": "M", "present": "N", "expected": "O", "id": "A"}

Change = Callable[[str, str], str]


def text(value: str) -> Change:
    return lambda xml, at: set_cell(xml, at, inline(value), INLINE)


def raw(inner: str, attributes: str = "") -> Change:
    return lambda xml, at: set_cell(xml, at, inner, attributes)



#: name → (field, what stands in its cell, problem, text quoted)
CELLS: dict[str, tuple[str, Change | tuple[str, str], str]] = {
    "about_300": ("present", text("khoảng 300"), "not_a_count"),
    "thousands_dot": ("present", text("1.234"), "not_a_count"),
    "decimal_comma": ("present", text("12,5"), "not_a_count"),
    "decimal": ("present", raw("<v>12.5</v>"), "not_a_count"),
    "almost_whole": ("present", raw("<v>299.99999</v>"), "not_a_count"),
    "negative": ("present", raw("<v>-5</v>"), "not_a_count"),
    "negative_text": ("present", text("-5"), "not_a_count"),
    "nan": ("present", text("NaN"), "not_a_count"),
    "infinity": ("present", text("Infinity"), "not_a_count"),
    "underscore": ("present", text("1_000"), "not_a_count"),
    "arabic_digits": ("present", text("٣٠٠"), "not_a_count"),
    "wide_digits": ("present", text("３００"), "not_a_count"),
    "power": ("present", text("1E3"), "not_a_count"),
    "hexadecimal": ("present", text("0x10"), "not_a_count"),
    "two_numbers": ("present", text("300/320"), "not_a_count"),
    "unit": ("present", text("300 HS"), "not_a_count"),
    "too_many": ("present", raw("<v>99999999999</v>"), "not_a_count"),
    "truth": ("present", raw("<v>1</v>", ' t="b"'), "not_a_count"),
    "beyond_numbers": ("present", raw("<v>1E999</v>"), "error_cell"),
    "error_reference": ("present", raw("<v>#REF!</v>", ' t="e"'), "error_cell"),
    "error_not_available": ("name", raw("<v>#N/A</v>", ' t="e"'), "error_cell"),
    "error_of_a_formula": ("present", raw("<f>1/0</f><v>#DIV/0!</v>", ' t="e"'), "error_cell"),
    "never_calculated": ("present", raw("<f>SUM(N1:N2)</f>"), "formula_not_calculated"),
    "never_calculated_empty": ("present", raw("<f>SUM(N1:N2)</f><v></v>"), "formula_not_calculated"),
    "never_calculated_day": ("held_on", raw("<f>TODAY()</f><v/>"), "formula_not_calculated"),
    "month_first": ("held_on", text("10/16/2026"), "not_a_date"),
    "year_of_two_digits": ("held_on", text("05/09/26"), "not_a_date"),
    "no_such_day": ("held_on", text("31/02/2026"), "no_such_day"),
    "no_such_leap_day": ("held_on", text("29/02/2026"), "no_such_day"),
    "month_only": ("held_on", text("tháng 9/2026"), "not_a_date"),
    "two_days": ("held_on", text("5-6/9/2026"), "not_a_date"),
    "serial_of_1900": ("held_on", raw("<v>60</v>"), "not_a_date"),
    "serial_negative": ("held_on", raw("<v>-40000</v>"), "not_a_date"),
    "serial_huge": ("held_on", raw("<v>10000000000</v>"), "error_cell"),
    "year_slipped": ("held_on", text("05/09/2206"), "not_a_date"),
    "letters_t": ("held_on", text("T" * 30_000), "not_a_date"),
    "not_in_list": ("form", text("Chuyên đề khác"), "not_in_list"),
    "marks_stripped": ("form", text("Chuyen de"), "not_in_list"),
    "zero_width_only": ("form", text("\u200b"), "required_blank"),
    "required_blank": ("form", raw(""), "required_blank"),
    "more_than_expected": ("expected", raw("<v>9</v>"), "more_than_expected"),
    "audience_missing": ("audience", raw(""), "audience_missing"),
    "name_too_long": ("name", text("x" * 40_000), "text_too_long"),
    "code_is_a_day": ("id", raw("<v>46000.5</v>"), "not_a_code"),
}
#: Shown with other digits than it holds: through openpyxl, because the format is a style.
FORMATTED: dict[str, tuple[str, Any, str, str]] = {
    "percent": ("grade", 0.9, "0%", "not_a_count"),
    "serial_without_format": ("held_on", 46_000, "General", "not_a_date"),
    "time_only": ("held_on", 0.25, "hh:mm", "not_a_date"),
}
#: Read, with what is dangerous made visible. name → (text in the cell, text read)
VISIBLE = {
    "control": ("ma túy_x0001_ _x001B_[31m", "ma túy[U+0001] [U+001B][31m"),
    "surrogate": ("ma túy _xD800_!", "ma túy [U+D800]!"),
    "bidi": ("ma túy \u202egnp.exe", "ma túy [U+202E]gnp.exe"),
    "unknown_letter": ("ma túy \ue000", "ma túy [U+E000]"),
    "formula_as_text": ("=HYPERLINK(&quot;http://x&quot;)", '=HYPERLINK("http://x")'),
    "template": ("{{ 7*7 }} {0.__class__} %s", "{{ 7*7 }} {0.__class__} %s"),
}
NAMES = [*CELLS, *FORMATTED, *VISIBLE]


def workbook() -> bytes:
    """One sheet “Hoạt động” with a row for every name, and a good one last."""
    made = activities([GOOD | {"name": name} for name in [*NAMES, "good"]], head("Đơn vị ghi ẩu"))

    def form(book: Any) -> None:
        for name, (field, value, number_format, _) in FORMATTED.items():
            cell = book["Hoạt động"][place(name, field)]
            cell.value, cell.number_format = value, number_format

    def change(xml: str) -> str:
        for name, (field, put, _) in CELLS.items():
            xml = put(xml, place(name, field))
        for name, (shown, _) in VISIBLE.items():
            xml = text(shown)(xml, place(name, "name"))
        return xml

    return change_sheet(edit(made, form), change)


def place(name: str, field: str) -> str:
    return f"{AT[field]}{FIRST + NAMES.index(name)}"
