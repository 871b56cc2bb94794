"""A form in which twenty faults of twenty kinds were planted, and what is said of each."""

from datetime import date, timedelta

from tests.ingest.corpus import FIRST, INLINE, activities, change_sheet, clean, inline, set_cell

FORM = "3_hoat_dong.xlsx"
HOSTILE = "=cmd|' /C calc'!A0"


def _row(number: int, **changes: object) -> dict[str, object]:
    whole = {
        "held_on": date(2026, 3, 2) + timedelta(days=number), "name": f"Buổi số {number}", "form": "Chuyên đề",
        "organiser": "Đội TNTP", "audience": "Học sinh THCS", "present": 600, "expected": 640,
    }
    return {name: value for name, value in (whole | changes).items() if value is not None}


_same_day = date(2026, 9, 9)
_ROWS = [
    _row(0), _row(1), _row(2, held_on=None), _row(3, name=None), _row(4, form="Chuyên đề khác"), _row(5), _row(6), _row(7, present=641),
    _row(8, audience=None), _row(9, grade=11), _row(10), _row(11), _row(12, held_on=date(2024, 5, 5)),
    _row(13, held_on=_same_day, name="Một buổi"), _row(14, held_on=_same_day, name="Một buổi"),
    _row(15, held_on=_same_day, name="Hai buổi"), _row(16, held_on=_same_day, name="Hai buổi", present=500),
    _row(17, id="HD-1"), _row(18, id="HD-1"), _row(19, launched_by="VB-99"), _row(20, organiser="Tổ Lạ"),
    _row(21, file="khong/co.pdf"), _row(22, name="x"), _row(23, note=HOSTILE),
]
#: Cell → problem. Two rows that contradict each other are two lines.
PLANTED = {
    "B14": "not_a_date", "B15": "no_such_day", "B16": "required_blank", "C17": "required_blank", "D18": "not_in_list",
    "N19": "not_a_count", "N20": "not_a_count", "N21": "more_than_expected", "M22": "audience_missing",
    "L23": "grade_of_other_level", "N24": "error_cell", "N25": "formula_not_calculated", "B26": "out_of_period",
    "B28": "row_twin", "B29": "rows_disagree", "B30": "rows_disagree", "A32": "code_twice", "Q33": "code_unknown",
    "J34": "unit_unknown", "R35": "evidence_file_missing",
}
assert len(PLANTED) == 20 and FIRST == 14


def _spoil(xml: str) -> str:
    for cell, inner, attributes in (
        ("B14", inline("10/16/2026"), INLINE), ("B15", inline("31/02/2026"), INLINE), ("N19", inline("khoảng 300"), INLINE),
        ("N20", "<v>-5</v>", ""), ("N24", "<v>#REF!</v>", ' t="e"'), ("N25", "<f>SUM(N14:N15)</f>", ""),
        ("S14", "<f>cmd|' /C calc'!A0</f><v>0</v>", ""), ("C36", inline("dài " * 8_000), INLINE),
    ):
        xml = set_cell(xml, cell, inner, attributes)
    return xml


def faulty() -> dict[str, bytes]:
    """The clean school's folder with the faulty form in place of its own."""
    return clean() | {FORM: change_sheet(activities(_ROWS), _spoil)}
