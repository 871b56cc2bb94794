"""No hidden number can be worked out: tried against every table that fits what is printed."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_review.province.hide import hidden, is_open, with_totals


def possible(cells: list[list[int]], found: frozenset, most: int) -> dict:
    """Place → every value that it has in some table of counts up to `most` which fits the printed cells."""
    table = with_totals(cells)
    rows, columns = len(cells), len(cells[0])
    values: dict = {place: set() for place in found}
    ranges = [
        range(most + 1) if (row, column) in found else [cells[row][column]] for row in range(rows) for column in range(columns)
    ]
    for flat in product(*ranges):
        other = with_totals([list(flat[row * columns:(row + 1) * columns]) for row in range(rows)])
        if all(
            (row, column) in found or other[row][column] == table[row][column] for row in range(rows + 1) for column in range(columns + 1)
        ):
            for row, column in found:
                values[row, column].add(other[row][column])
    return values


def rows_of(columns: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(st.lists(st.integers(0, 4), min_size=columns, max_size=columns), min_size=1, max_size=2)


tables = st.integers(1, 3).flatmap(rows_of)


@given(tables)
@settings(max_examples=80, deadline=None)
def test_every_hidden_cell_has_two_possible_values(cells: list[list[int]]) -> None:
    found = hidden(cells, 3)
    table = with_totals(cells)
    assert {place for place in product(range(len(table)), range(len(table[0]))) if 0 < table[place[0]][place[1]] < 3} <= found
    for place, values in possible(cells, found, 6).items():
        assert len(values) >= 2, (cells, found, place)


@given(tables, st.data())
@settings(max_examples=60, deadline=None)
def test_the_search_for_a_way_is_exact(cells: list[list[int]], data: st.DataObject) -> None:
    """Whatever is hidden: the search says `open` for the cells that have another value, and for no other."""
    table = with_totals(cells)
    places = list(product(range(len(table)), range(len(table[0]))))
    found = frozenset(data.draw(st.sets(st.sampled_from(places), max_size=5)))
    for place, values in possible(cells, found, max(max(row) for row in table) + 2).items():
        assert is_open(table, found, place) is (len(values) >= 2), (cells, found, place)


@pytest.mark.parametrize(
    ("cells", "must"),
    [
        ([[5, 1], [7, 9]], {(0, 1)}), ([[1]], {(0, 0)}), ([[0, 0], [0, 0]], set()), ([[10, 20], [30, 40]], set()),
        ([[2, 0], [0, 0]], {(0, 0), (0, 2), (2, 0), (2, 2)}),
    ],
)
def test_known_tables(cells: list[list[int]], must: set) -> None:
    found = hidden(cells, 3)
    assert must <= found and (bool(found) is bool(must))


def test_what_another_copy_hides_is_hidden_here_too() -> None:
    now = hidden([[5, 6], [7, 9]], 3, frozenset({(0, 1)}))
    assert (0, 1) in now and len(now) >= 4


def test_no_more_is_hidden_than_must_be() -> None:
    """One kind alone has incidents: the small number, the smallest other of its row, and the column totals of both."""
    assert hidden([[5, 1, 4, 3], [0, 0, 0, 0]], 3) == {(0, 1), (0, 3), (2, 1), (2, 3)}
