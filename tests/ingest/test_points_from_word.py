"""Points as they come out of a Word table: texts that can mean one number only."""

from decimal import Decimal

import pytest

from antq_review.forms.rows.score_table import ScoreRow
from antq_review.ingest.cell_values import read_cell
from antq_review.ingest.refused import Refused

COLUMNS = {column.name: column for column in ScoreRow.columns()}


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("3 điểm", "3"), ("3,0", "3"), ("03 điểm", "3"), ("2,5đ", "2.5"), ("10\nđiểm", "10"), ("0,25", "0.25"), ("100 Điểm.", "100"),
        ("0", "0"),
    ],
)
def test_points(written, points):
    read = read_cell(COLUMNS["points"], ("s", written))
    assert read == Decimal(points) and str(read) == points


@pytest.mark.parametrize("written", ["1,250", "3-5 điểm", "tối đa 3", "3.0.1", "-3", "3 điểm 5", "ba điểm", ",5"])
def test_what_may_mean_something_else_is_refused(written):
    with pytest.raises(Refused, match="not_a_number"):
        read_cell(COLUMNS["points"], ("s", written))


def test_a_threshold_is_no_points():
    with pytest.raises(Refused):
        read_cell(COLUMNS["bound"], ("s", "3,0"))
