"""PC16, PC17, PC16c: sure writings of days are read, days that do not exist are said as such, ticks are answers."""

from datetime import date, datetime, time

import pytest

from antq_review.forms.rows.evidence import Activity, Incident, Rating
from antq_review.forms.rows.safety import Support
from antq_review.forms.rows.school import MeetingRow
from antq_review.ingest.cell_values import read_cell
from antq_review.ingest.refused import Refused
from antq_review.ingest.yes_no import ticked_columns


def column(row, name):
    return next(one for one in row.columns() if one.name == name)


DAY, MOMENT, MONTH = column(Activity, "held_on"), column(Incident, "detected_at"), column(Support, "month_on")
TIME, YES_NO = column(MeetingRow, "starts_at"), column(Rating, "eligible")


@pytest.mark.parametrize(
    "text",
    [
        "ngày 5 tháng 9 năm 2026", "05 / 09 / 2026", "5/9/2026.", "05–09–2026", "5.9.2026", "5-9-2026", "05/09/2026 ", "'05/09/2026",
        "Ngày 05/9/2026", "5 tháng 9, năm 2026", "ngày  05 tháng 09 năm 2026.", "2026-09-05", "2026-09-05T00:00:00", "5\u00a0/\u00a09/2026",
    ],
)
def test_a_sure_writing_is_read(text):
    assert read_cell(DAY, ("s", text)) == date(2026, 9, 5)


@pytest.mark.parametrize(
    ("text", "code", "how"),
    [
        ("05/9", "not_a_date", "ví dụ 05/09/2026"), ("T9/2026", "not_a_date", "ví dụ"), ("05/09/26", "not_a_date", "năm bốn chữ số"),
        ("2026/09/05", "not_a_date", "ví dụ"), ("Thứ hai, 05/09/2026", "not_a_date", "ví dụ"),
        ("05/09/2026 - 07/09/2026", "not_a_date", "ví dụ"), ("10/16/2026", "not_a_date", "tháng sau: 16/10/2026"),
        ("Sáng 05/9/2026", "not_a_date", "bỏ các chữ khác"), ("05/9/2026 (thứ bảy)", "not_a_date", "bỏ các chữ khác"),
        ("từ 05/9 đến 07/9/2026", "not_a_date", "chỉ ghi một ngày"), ("5/9/2026; 6/9/2026", "not_a_date", "chỉ ghi một ngày"),
        ("05\\09\\2026", "not_a_date", "Dùng dấu /"), ("05,09,2026", "not_a_date", "Dùng dấu /"), ("O5/09/2026", "not_a_date", "chữ O"),
        ("05/09/2206", "not_a_date", "1975 đến 2099"), ("13/13/2026", "not_a_date", "ví dụ"),
    ],
)
def test_an_unsure_writing_is_refused_with_its_own_remedy(text, code, how):
    with pytest.raises(Refused) as refused:
        read_cell(DAY, ("s", text))
    assert refused.value.code == code and how in str(refused.value.places["how"])


@pytest.mark.parametrize(("text", "month", "last"), [("31/9/2026", "9/2026", 30), ("29/02/2026", "2/2026", 28),
    ("30 tháng 2 năm 2024", None, 29)])
def test_a_day_that_does_not_exist_is_said_as_such(text, month, last):
    with pytest.raises(Refused) as refused:
        read_cell(DAY, ("s", text if month else f"ngày {text}"))
    assert refused.value.code == "no_such_day" and refused.value.places["last"] == last


@pytest.mark.parametrize(("one", "example"), [(MOMENT, "05/09/2026 07:30"), (MONTH, "01/09/2026"), (DAY, "05/09/2026")])
def test_the_example_fits_the_column(one, example):
    with pytest.raises(Refused) as refused:
        read_cell(one, ("s", "đầu tháng"))
    assert str(refused.value.places["how"]).endswith(example)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("05/09/2026 07:30", datetime(2026, 9, 5, 7, 30)), ("7h30 ngày 5/9/2026", datetime(2026, 9, 5, 7, 30)),
        ("07:30, 05/09/2026", datetime(2026, 9, 5, 7, 30)), ("05/09/2026 7:30 CH", datetime(2026, 9, 5, 19, 30)),
        ("05/09/2026 lúc 12:05 SA", datetime(2026, 9, 5, 0, 5)), ("8 giờ 05 phút ngày 5 tháng 9 năm 2026", datetime(2026, 9, 5, 8, 5)),
        ("2026-09-05 07:30", datetime(2026, 9, 5, 7, 30)), ("05/09/2026", date(2026, 9, 5)), ("05/09/2026 8g", datetime(2026, 9, 5, 8)),
    ],
)
def test_moments(text, wanted):
    assert read_cell(MOMENT, ("s", text)) == wanted


@pytest.mark.parametrize("text", ["05/09/2026 13:00 SA", "05/09/2026 0:30 CH", "05/09/2026 25:00", "7h30"])
def test_moments_that_contradict_themselves(text):
    with pytest.raises(Refused):
        read_cell(MOMENT, ("s", text))


@pytest.mark.parametrize(("text", "wanted"), [("7:30 CH", time(19, 30)), ("7:30 SA", time(7, 30)), ("12:00 PM", time(12)), ("8h", time(8))])
def test_times_of_twelve_hours(text, wanted):
    assert read_cell(TIME, ("s", text)) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(("b", "TRUE"), "yes"), (("b", "FALSE"), "no"), (("s", "Có."), "yes"), (("s", " không;"), "no"), (("s", "✓"), "yes"),
        (("s", "true"), "yes")],
)
def test_a_checkbox_is_an_answer(value, wanted):
    assert read_cell(YES_NO, value) == wanted


def test_an_x_is_yes_only_where_nothing_else_says_yes():
    rows = {1: ("s", "x"), 2: ("s", "Không"), 3: ("s", "X")}
    assert ticked_columns({3: YES_NO}, [(n, {3: value}) for n, value in rows.items()]) == {3}
    for mixed in (("s", "Có."), ("b", "TRUE")):
        assert ticked_columns({3: YES_NO}, [(n, {3: value}) for n, value in [*rows.items(), (4, mixed)]]) == set()
    with pytest.raises(Refused) as refused:
        read_cell(YES_NO, ("s", "x"))
    assert "Ghi Có hoặc Không" in str(refused.value.places["how"])


@pytest.mark.parametrize(("text", "how"), [("1,250", "Ghi 1250, không có dấu phẩy"), ("1 250",
    "Ghi 1250, không có khoảng trắng"), ("1.250", "Ghi 1250, không có dấu chấm")])
def test_thousands_are_not_guessed(text, how):
    with pytest.raises(Refused) as refused:
        read_cell(column(Activity, "present"), ("s", text))
    assert str(refused.value.places["how"]) == how
