"""Property: any values in any cells of a form are read or said; no traceback, no value that was not in a cell, no row lost in silence."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_review.forms.rows.evidence import Activity
from antq_review.ingest import read
from tests.ingest.corpus import ACTIVITIES, FIRST, activities, clean, edit, write

WORDS = st.sampled_from([
    "x", "Có", "Ma tuý", "Kĩ năng sống", "Chuyên đề", "05/09/2026", "31/9/2026", "9/25/2026", "ngày 5 tháng 9 năm 2026",
    "1.250", "(1)", "Tổng cộng",
    "Tháng 10/2026", "Người lập biểu", "minh_chung", "a.txt, b.txt", "D:\\x\\b.txt", "Sinh ho¹t d\u00adíi cê", "Hoaït ñoäng",
    "Bảng 2. x", "#REF!", "=A1",
])
VALUES = st.one_of(
    WORDS, st.integers(-5, 10**16), st.floats(allow_nan=False, allow_infinity=False, width=32), st.booleans(), st.text(max_size=12).filter(
        lambda text: all(letter.isprintable() for letter in text)
    ),
    st.integers(0, 700).map(lambda days: datetime(2025, 6, 1) + timedelta(days=days)),
)
CELLS = st.dictionaries(st.tuples(st.integers(FIRST - 3, FIRST + 8), st.integers(1, 22)), VALUES, max_size=25)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS)
def test_every_line_is_read_refused_or_noted(cells):
    def change(book):
        for (row, column), value in cells.items():
            book["Hoạt động"].cell(row, column).value = value

    with tempfile.TemporaryDirectory() as folder:
        evidence = read(write(Path(folder), clean() | {"3_hoat_dong.xlsx": edit(activities(), change)}))
    codes = {entry.code for entry in evidence.problems}
    assert not codes & {"file_damaged", "file_crashed", "file_too_slow", "unexpected"}
    whole = {row.number for row in evidence.of(Activity)}
    open_ = {ref.row for ref in evidence.refused("activities")}
    said = {int("".join(filter(str.isdigit, cell))) for entry in evidence.problems for cell in entry.cells}
    headed = "no_headings" in codes or "table_missing" in codes or "sheet_not_a_form" in codes
    for number in range(FIRST, FIRST + len(ACTIVITIES)):  # a line of the form is never lost without a word
        assert headed or number in whole | open_ | said, number
    assert all(date(1975, 1, 1) <= row.values.held_on <= date(2099, 12, 31) for row in evidence.of(Activity))
