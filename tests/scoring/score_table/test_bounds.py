"""A score table is a received file too: as long as a printed one, numbered as a printed one."""

import pytest

from antq_review.forms.rows.score_table import NUMBER


@pytest.mark.parametrize("number", ["1", "4a", "5.1", "II.3", "T1", "K12", "1.2.3.4", "a)", "1.", "4 a", "Đ1", "III-2"])
def test_numbers_of_printed_tables(number):
    assert NUMBER.match(number)


@pytest.mark.parametrize(
    "number", ["", "9" * 21, "9" * 5_000, "<b>1</b>", "../../x", "a/b", "1;2", "=1+1", "Nguyễn Văn An", ".1", "1..2", "{{x}}", "4\n5"]
)
def test_anything_else_is_no_number(number):
    assert not NUMBER.match(number)
