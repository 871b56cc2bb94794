"""What a public copy withholds, number by number: 1 and 2 among private numbers, and what they could be worked out from."""

from decimal import Decimal

import pytest

from antq_review.publish.dossier.suppression import few_of, is_few, is_private
from antq_review.scoring.model.numeric_tables import How, NumericRow
from antq_review.scoring.model.outcome import Measurement


@pytest.mark.parametrize(("value", "few"), [(None, False), (0, False), (1, True), (2, True), (3, False), (12, False)])
def test_one_and_two_are_few_and_none_is_no_child(value, few):
    assert is_few(None if value is None else Decimal(value)) is few


def hidden(table, **numbers):
    """The names of the hidden lines of a table; `incidents__all` is the line `incidents.all`."""
    rows = {
        (table, name.replace("__", ".")): NumericRow(
            key=name, label=name, unit="", value=None if value is None else Decimal(value), how=How.COUNTED
        )
        for name, value in numbers.items()
    }
    found = few_of(rows)
    assert {key[0] for key in found} <= {table}
    return {name.replace(".", "__") for _, name in found}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"incidents__all": 3, "incidents__theft": 3}, set()),
        ({"incidents__all": 5, "incidents__theft": 3, "incidents__fire": 2}, {"incidents__all", "incidents__theft", "incidents__fire"}),
        ({"incidents__all": 2, "incidents__theft": 2, "incidents__fire": 0}, {"incidents__all", "incidents__theft"}),  # a 0 is printed
        ({"incidents__all": 3, "incidents__theft": 3, "incidents__unverified": 1}, {"incidents__unverified"}),  # no part of the sum
        ({"incidents__all": 1, "incidents__unverified": 2}, {"incidents__all", "incidents__unverified"}),  # two groups
        ({"incidents__all": None, "incidents__theft": 3}, set()),
    ],
)
def test_a_small_part_hides_its_sum_and_the_other_parts(numbers, expected):
    assert hidden("PL7", **numbers) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        # 9 pupils at risk in all, 6 in the largest month: 3 in the others, so nothing is small.
        ({"at_risk_sum": 9, "at_risk_most": 6}, set()),
        # 9 in all, 8 in the largest month: 1 in another.
        ({"at_risk_sum": 9, "at_risk_most": 8}, {"at_risk_sum", "at_risk_most"}),
        # 2 pupils at risk without support: both numbers.
        ({"at_risk_sum": 9, "supported_sum": 7}, {"at_risk_sum", "supported_sum"}),
        ({"at_risk_sum": 9, "supported_sum": 9}, set()),
        ({"at_risk_sum": 9, "supported_sum": None}, set()),
        ({"at_risk_sum": 8, "supported_sum": 5}, set()),
        # A difference hides both groups, and what was hidden before stays hidden.
        ({"at_risk_sum": 9, "supported_sum": 8, "counselled": 2}, {"at_risk_sum", "supported_sum", "counselled"}),
    ],
)
def test_a_difference_of_one_or_two_hides_both_numbers(numbers, expected):
    assert hidden("PL8", **{f"support__{name}": value for name, value in numbers.items()}) == {f"support__{name}" for name in expected}


@pytest.mark.parametrize(("every", "reports", "expected"), [
    (2, 0, set()),  # a number of papers is no secret
    (12, 3, set()),
    (12, 1, {"documents__all", "documents__incident_report"}),  # with the other kinds, the sum would tell of the one report
])
def test_a_line_that_is_no_private_number_follows_its_group_and_hides_nothing_itself(every, reports, expected):
    assert hidden("PL2", documents__all=every, documents__incident_report=reports, documents__decision=2) == expected


@pytest.mark.parametrize(
    ("name", "private"),
    [("incident_count", True), ("discipline_count", True), ("supported_rate", True), ("activity_count", False), ("goals_met_rate", False)],
)
def test_a_measure_of_a_private_table_is_private(name, private):
    found = Measurement(measure=name, unit="", low=Decimal(1), high=Decimal(1))
    assert is_private(found) is private and not is_private(None)
