"""A finding: the walk over it and everything below it, its results on the forms, who settled it."""

import pytest

from antq_review.forms.choices import StandardResult
from antq_review.rules.model import Award
from antq_review.scoring.model.finding import RESULT_OF_TRUTH, TRUTH_OF_RESULT, Finding, ReadingFinding
from antq_review.scoring.model.outcome import SETTLED_BY_MEETING, Outcome, Reason, Truth, meeting_may_settle
from antq_review.text import literal

OPEN, YES = Outcome(truth=Truth.UNKNOWN), Outcome(truth=Truth.YES)


def finding(name: str, *parts: Finding, readings: tuple[ReadingFinding, ...] = (), **more: object) -> Finding:
    given = {
        "title": name, "citation": literal("c"), "text": "", "award": Award.ALL_OF, "confidence": "SEEN", "computed": YES,
        "settled": YES,
    }
    return Finding(id=name, parts=parts, readings=readings, **{**given, **more})


def reading(name: str, *parts: Finding) -> ReadingFinding:
    return ReadingFinding(id=name, says="", basis="", outcome=YES, parts=parts)


@pytest.fixture
def whole() -> Finding:
    """1 with the parts 1a (with 1a1) and 1b, and the readings A (with 1A1) and B (with 1B1)."""
    parts = finding("1a", finding("1a1")), finding("1b")
    return finding("1", *parts, readings=(reading("A", finding("1A1")), reading("B", finding("1B1"))))


def test_a_walk_goes_down_first_and_takes_readings_last(whole):
    places = list(whole.walk())
    assert [place.finding.id for place in places] == ["1", "1a", "1a1", "1b", "1A1", "1B1"]
    assert [place.path for place in places] == [(), ("1a",), ("1a", "1a1"), ("1b",), ("A", "1A1"), ("B", "1B1")]
    assert [place.depth for place in places] == [0, 1, 2, 1, 2, 2]
    assert [place.above and place.above.id for place in places] == [None, "1", "1a", "1", "1", "1"]
    assert [place.reading and place.reading.id for place in places] == [None, None, None, None, "A", "B"]


def test_a_walk_without_readings(whole):
    assert [place.finding.id for place in whole.walk(readings=False)] == ["1", "1a", "1a1", "1b"]


def test_a_reading_inside_a_part_is_walked_too():
    inner = finding("2a", readings=(reading("A", finding("2a1", finding("2a1x"))),))
    assert [place.path for place in finding("2", inner).walk()] == [(), ("2a",), ("2a", "A", "2a1"), ("2a", "A", "2a1", "2a1x")]


def test_the_results_of_the_forms_and_their_truth_are_one_table():
    assert set(TRUTH_OF_RESULT) == set(StandardResult) and set(RESULT_OF_TRUTH) == set(Truth) - {Truth.UNKNOWN}
    assert all(RESULT_OF_TRUTH[truth] == result for result, truth in TRUTH_OF_RESULT.items())
    assert TRUTH_OF_RESULT["not_met"] is Truth.NO  # the forms' codes are plain texts too


@pytest.mark.parametrize(("computed", "settled", "by_meeting"), [(YES, YES, False), (OPEN, YES, True), (OPEN, OPEN, False)])
def test_a_meeting_settled_what_the_evidence_left_open(computed, settled, by_meeting):
    assert finding("1", computed=computed, settled=settled).settled_by_meeting is by_meeting


def test_only_a_provision_without_its_text_is_unread():
    assert finding("1", award=Award.UNREAD).is_unread and not finding("1", award=Award.JUDGEMENT).is_unread


def test_a_meeting_may_settle_only_what_every_reason_leaves_to_it():
    own = [Reason(code=code, says=literal("x")) for code in sorted(SETTLED_BY_MEETING)]
    assert meeting_may_settle(own) and not meeting_may_settle([])
    assert not meeting_may_settle([*own, Reason(code="undeclared", says=literal("x"))])
