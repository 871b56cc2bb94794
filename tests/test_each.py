"""One test for a whole table names every case that fails."""

import pytest

from tests.each import each


@each("text, count", [("a", 1), ("bb", 2), ("ccc", 3)], ids=lambda one: one[0])
def test_a_table_beside_a_fixture(text: str, count: int, tmp_path) -> None:
    assert len(text) == count and tmp_path.is_dir()


def test_every_failing_case_is_named() -> None:
    @each("number", range(5))
    def odd(number: int) -> None:
        if number == 4:
            with pytest.raises(ValueError):
                pass
        assert number % 2

    with pytest.raises(BaseExceptionGroup, match="3 of 5") as group:
        odd()
    assert [fault.__notes__ for fault in group.value.exceptions] == [["case: 0"], ["case: 2"], ["case: 4"]]


def test_a_table_without_cases_is_a_fault() -> None:
    with pytest.raises(AssertionError):
        each("number", [])(lambda number: None)()
