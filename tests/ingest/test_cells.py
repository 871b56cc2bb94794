"""From what stands in a cell to a value: a time of day as clerks write it, and what is no time."""

from datetime import time

import pytest

from antq_review.forms.rows_school import Meeting
from antq_review.ingest.cells import Refused, read_cell

STARTS = next(column for column in Meeting.columns() if column.name == "starts_at")


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("h", "08:30:00", time(8, 30)), ("h", "00:00:00", time(0)), ("s", "8:30", time(8, 30)), ("s", "8h30", time(8, 30)),
        ("s", "8g30", time(8, 30)), ("s", "14 giờ 05", time(14, 5)), ("s", "7 giờ 30 phút", time(7, 30)), ("s", "7 giờ", time(7)),
        ("s", "8H00", time(8)), ("s", " 23:59 ", time(23, 59)),
    ],
)
def test_a_time_of_day(kind, text, read):
    assert read_cell(STARTS, (kind, text)) == read


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("s", "8"), ("n", "0.35"), ("s", "24:00"), ("s", "8:60"), ("s", "sáng"), ("s", "8h30-9h"), ("s", "8:5"), ("d", "2026-11-16"),
        ("t", "2026-11-16 08:00"), ("h", "1 day, 2:00:00"), ("b", "TRUE"), ("s", "８:30"),
    ],
)
def test_what_is_no_sure_time_of_day_is_refused(kind, text):
    with pytest.raises(Refused) as refused:
        read_cell(STARTS, (kind, text))
    assert refused.value.code == "not_a_time"
