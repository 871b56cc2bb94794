"""Nothing is ordered that can no longer be done honestly: each kind of part that is not met, before and after its time is over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from antq_review.rules import rulebook
from antq_review.rules.model import Award, Bound, Provision
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.judging.too_late import too_late
from antq_review.scoring.model.outcome import Outcome, Truth
from antq_review.scoring.model.review import Finding
from tests.scoring.build import DECLARED, every, evidence_of, judged, look_at

SIGNED = "không còn bổ sung được; năm sau ký trong Quý I"
QUARTER = "không còn bổ sung được; năm sau thực hiện trong Quý I"
HAPPENED = "việc đã xảy ra, kết quả kỳ này không đổi được; phòng ngừa trong kỳ sau"
PERIOD = "kỳ đánh giá đã hết, không còn bổ sung được; thực hiện trong kỳ sau"
END_OF_QUARTER, END_OF_PERIOD = date(2026, 3, 31), date(2026, 11, 15)
AFTER_QUARTER, AFTER_PERIOD = date(2026, 4, 1), date(2026, 11, 16)
JANUARY = date(2026, 1, 10)


def parts(text: str, name: str, case: Mapping[str, Any], as_of: date) -> dict[str, Finding]:
    """The parts of a provision under each reading (its own id where it has no reading), on a day; all forms are declared to that day."""
    evidence = evidence_of({**case, "declared": {**dict.fromkeys(DECLARED, as_of), **case.get("declared", {})}})
    top = judged(evidence, text, as_of)[name]
    return {reading.id: below for reading in top.readings for below in every(reading.parts) if not below.readings} or {name: top}


def told(text: str, name: str, case: Mapping[str, Any], as_of: date, reading: str = "") -> tuple[Truth, str]:
    found = parts(text, name, case, as_of)[reading or name]
    return found.computed.truth, str(found.too_late)


# --- a quarter that is over ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "name"), [("tt_124", "1a"), ("tt_124", "1b"), ("tt_124", "1c"), ("qd_510", "1.1"), ("qd_510", "1.2")])
def test_a_paper_of_quarter_one_may_be_signed_on_its_last_day_and_never_later(text, name):
    """Circular 124 Art. 7(1), Decision 510 item 1: “Quý I hằng năm”; A signed in it, B in force in it."""
    assert told(text, name, {}, END_OF_QUARTER, "A") == told(text, name, {}, END_OF_QUARTER, "B") == (Truth.NO, "")
    assert told(text, name, {}, AFTER_QUARTER, "A") == (Truth.NO, SIGNED)
    assert told(text, name, {}, AFTER_QUARTER, "B") == (Truth.NO, QUARTER)
    assert told(text, name, {}, AFTER_PERIOD, "A") == (Truth.NO, SIGNED)


def test_before_the_quarter_ends_nothing_is_missed():
    assert told("tt_124", "1a", {}, date(2026, 3, 30), "A") == (Truth.UNKNOWN, "")


def test_a_paper_in_force_in_the_quarter_is_met_by_one_reading_only_and_the_other_says_that_it_is_too_late():
    """School 7b: a resolution of 28/12/2025."""
    case = {"documents": [{"kind": "resolution", "contents_1": "security_plan", "signed_on": date(2025, 12, 28), "subject": "x"}]}
    assert told("tt_124", "1a", case, AFTER_QUARTER, "A") == (Truth.NO, SIGNED)
    assert told("tt_124", "1a", case, AFTER_QUARTER, "B") == (Truth.YES, "")


@pytest.mark.parametrize("name", ["1d", "1e"])
def test_rules_and_briefing_are_too_late_for_the_quarter_and_in_time_for_the_period(name):
    assert told("tt_124", name, {}, AFTER_QUARTER, "B") == (Truth.NO, QUARTER)
    assert told("tt_124", name, {}, AFTER_QUARTER, "A") == (Truth.UNKNOWN, "")
    assert told("tt_124", name, {}, END_OF_PERIOD, "A") == (Truth.NO, "")
    assert told("tt_124", name, {}, AFTER_PERIOD, "A") == (Truth.NO, PERIOD)


def test_the_whole_provision_says_it_where_no_reading_is_met():
    whole = judged(evidence_of({}), "tt_124", AFTER_PERIOD)["1a"]
    assert (whole.computed.truth, str(whole.too_late)) == (Truth.NO, SIGNED)


# --- a period that is over -------------------------------------------------------------------------------------------------


def model(**cells: Any) -> dict[str, Any]:
    return {"initiatives": [{"name": "Trường học an toàn", "status": "kept", **cells}]}


@pytest.mark.parametrize(
    ("text", "name", "reading", "case"),
    [
        pytest.param("qd_510", "4a", "", {}, id="a paper in force"),
        pytest.param("qd_510", "1.4", "", {}, id="a review of the half-year"),
        pytest.param("qd_510", "2.1", "", {}, id="an activity"),
        pytest.param("qd_510", "3", "", {}, id="an activity that people judge"),
        pytest.param("tt_124", "2b1", "", {}, id="a joint action"),
        pytest.param("tt_124", "1f", "A", model(assessed_on=JANUARY, conclusion="formal"), id="a model without effect"),
    ],
)
def test_what_the_period_asks_for_may_be_done_on_its_last_day_and_never_later(text, name, reading, case):
    assert told(text, name, case, END_OF_PERIOD, reading) == (Truth.NO, "")
    assert told(text, name, case, AFTER_PERIOD, reading) == (Truth.NO, PERIOD)
    assert told(text, name, case, date(2026, 11, 14), reading) == (Truth.UNKNOWN, "")


def test_a_model_that_was_not_assessed_is_open_and_nothing_is_said_of_it():
    """A blank is never “no” (B8): whether the assessment of a closed window took place, only the school knows."""
    assert told("tt_124", "1f", model(), AFTER_PERIOD, "A") == (Truth.UNKNOWN, "")
    assert told("tt_124", "1f", model(assessed_on=AFTER_PERIOD, conclusion="effective"), AFTER_PERIOD, "A") == (Truth.UNKNOWN, "")


def report(sent: date) -> dict[str, Any]:
    row = {"kind": "periodic_report", "signed_on": date(2026, 6, 1), "subject": "x", "due_on": date(2026, 6, 20), "sent_on": sent}
    return {"documents": [row]}


def test_a_report_that_was_sent_late_stays_late():
    assert told("qd_510", "1.5", report(date(2026, 6, 20)), AFTER_PERIOD) == (Truth.YES, "")
    assert told("qd_510", "1.5", report(date(2026, 6, 21)), AFTER_PERIOD) == (Truth.NO, PERIOD)


# --- what happened ---------------------------------------------------------------------------------------------------------


VIOLENCE = {"incidents": [{"happened_on": JANUARY, "kind": "school_violence", "event_letter": "none", "verified": "yes"}]}
CRIME = {"discipline": [{
    "group": "teachers", "unit": "Tổ 1", "cause": "crime", "form": "dismissal", "decided_on": JANUARY, "committed_on": JANUARY, "count": 1,
}]}


@pytest.mark.parametrize(("name", "case"), [("4a", VIOLENCE), ("4b", CRIME), ("6b", CRIME)])
def test_what_happened_is_prevented_in_the_next_period_and_never_carried_out_in_it(name, case):
    for as_of in (AFTER_QUARTER, AFTER_PERIOD):
        for found in parts("tt_124", name, case, as_of).values():
            assert (found.computed.truth, str(found.too_late)) == (Truth.NO, HAPPENED)
    assert str(judged(evidence_of(case), "tt_124", AFTER_PERIOD)[name].too_late) == HAPPENED
    assert {str(found.too_late) for found in parts("tt_124", name, {}, AFTER_PERIOD).values()} == {""}


@pytest.mark.parametrize(
    ("bound", "sentence"),
    [({"at_most": 0}, HAPPENED), ({"equals": 0}, HAPPENED), ({"at_least": 1}, PERIOD)],
)
def test_a_limit_that_was_passed_is_no_step(bound, sentence):
    """A row of the school's own score table may have an upper bound."""
    row = Provision(id="x", title="x", citation="x", text="x", award=Award.THRESHOLD, measure="incident_count", bound=Bound(**bound))
    look = look_at({"as_of": AFTER_PERIOD})
    assert str(too_late(row, Outcome(truth=Truth.NO), look)) == sentence
    assert str(too_late(row, Outcome(truth=Truth.YES), look)) == str(too_late(row, Outcome(truth=Truth.UNKNOWN), look)) == ""


@pytest.mark.parametrize(("number", "name", "last"), [(2, "II", date(2026, 6, 30)), (4, "IV", date(2026, 12, 31))])
def test_every_quarter_has_its_name(number, name, last):
    row = Provision(
        id="x", title="x", citation="x", text="x", award=Award.THRESHOLD, measure="documents_signed", bound=Bound(at_least=1),
        due_quarter=number,
    )
    look = look_at({})
    on_the_day, after = (
        EvidenceWindow(look.evidence, rulebook("tt_124").period.of(2027), day, 2026, look.index) for day in (last, date(2027, 1, 1))
    )
    assert str(too_late(row, Outcome(truth=Truth.NO), on_the_day)) == ""
    assert str(too_late(row, Outcome(truth=Truth.NO), after)) == f"không còn bổ sung được; năm sau ký trong Quý {name}"
