"""The school's own score beside what the evidence says: when it settles, when it contradicts, and which meeting may speak.

Criterion 4a of Decision 510 (1 point, one paper) and criterion 4 of the Circular (no event) are the criteria; the meeting is held
in the period's last month, 16/10 – 15/11, or later.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from antq_review.forms.rows.school import SelfScoreRow
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.judging.self_scores import meeting_of, meetings_for, score_of
from antq_review.scoring.model.finding import Finding
from antq_review.scoring.model.outcome import Truth
from tests.scoring.build import AS_OF, NOT_DECLARED, evidence_of, judged, look_at

MINUTES = {"id": "BB", "kind": "minutes", "number": "81/BB", "signed_on": date(2026, 11, 12), "subject": "Biên bản họp"}
PAPER = {"id": "VB", "kind": "regulation", "signed_on": date(2026, 3, 1), "subject": "x", "partner": "police", "file": "a.pdf"}
MEETING: Mapping[str, Any] = {"meetings": [{"id": "CH", "held_on": date(2026, 11, 12), "minutes": "BB"}], "documents": [MINUTES]}
OPEN_PAPERS = {"declared": {"van_ban": NOT_DECLARED}}


def points(number: int | None, criterion: str = "4a", **more: Any) -> dict[str, Any]:
    return {"self_scores": [{"text": "qd_510", "criterion": criterion, "self_points": number, "meeting": "CH", **more}]}


def result(answer: str | None, criterion: str = "4", **more: Any) -> dict[str, Any]:
    return {"self_scores": [{"text": "tt_124", "criterion": criterion, "self_result": answer, "meeting": "CH", **more}]}


def found(case: Mapping[str, Any], text: str = "qd_510", criterion: str = "4a") -> Finding:
    return judged(evidence_of(case), text, case.get("as_of", AS_OF))[criterion]


def settled(one: Finding) -> tuple[Any, ...]:
    return one.settled.truth, one.settled.low, one.settled.high


# --- what a meeting settles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "truth"), [(0, Truth.NO), (2, Truth.UNKNOWN), (5, Truth.YES)])
def test_points_for_what_only_people_can_judge(number: int, truth: Truth) -> None:
    """Item 3, at most 5 points, with the evidence that it needs."""
    festival = {"held_on": date(2026, 8, 19), "name": "Ngày hội", "form": "festival", "topic_1": "festival"}
    one = found({**MEETING, **points(number, "3"), "activities": [festival]}, criterion="3")
    assert settled(one) == (truth, number, number) and (one.computed.low, one.computed.high) == (0, 5)
    assert one.settled_by_meeting and not one.conflict and [why.code for why in one.reasons] == ["needs_judgement"]
    assert one.self_score is not None and one.self_score.concluded


def test_a_meeting_without_minutes_asks_for_them_and_not_for_another_meeting() -> None:
    festival = {"held_on": date(2026, 8, 19), "name": "Ngày hội", "form": "festival", "topic_1": "festival"}
    one = found({**MEETING, "documents": [], **points(5, "3"), "activities": [festival]}, criterion="3")
    assert one.computed == one.settled and [why.settles.key for why in one.reasons] == ["scoring.meetings.write_minutes"]


@pytest.mark.parametrize(
    "case",
    [
        points(1, "3"),  # no meeting
        {**MEETING, **points(1, "3", meeting=None)},
        {**MEETING, **points(None, "3", verified_points=1)},
        {**MEETING, **points(6, "3")},  # more than there are: nothing is settled
    ],
)
def test_without_a_concluded_and_possible_score_nothing_is_settled(case: Mapping[str, Any]) -> None:
    festival = {"held_on": date(2026, 8, 19), "name": "Ngày hội", "form": "festival", "topic_1": "festival"}
    one = found({**case, "activities": [festival]}, criterion="3")
    assert one.settled == one.computed and one.self_score is not None
    assert bool(one.conflict) is (case["self_scores"][0]["self_points"] == 6)


def test_what_the_forms_must_settle_no_meeting_can() -> None:
    one = found({**MEETING, **points(1), **OPEN_PAPERS})
    assert one.settled == one.computed and not one.conflict and "undeclared" in {why.code for why in one.reasons}


def test_what_the_evidence_says_is_not_settled_again() -> None:
    one = found({**MEETING, "documents": [MINUTES, PAPER], **points(1)})
    assert settled(one) == (Truth.YES, 1, 1) and not one.settled_by_meeting and one.reasons == ()


@pytest.mark.parametrize(("answer", "truth"), [("met", Truth.YES), ("not_met", Truth.NO)])
def test_a_result_before_the_periods_end_may_be_a_meeting_s(answer: str, truth: Truth) -> None:
    """The last month has begun and nothing happened: “period open” is the meeting's to settle."""
    day = date(2026, 11, 13)
    case = {**MEETING, **result(answer), "as_of": day}
    one = found(case, "tt_124", "4")
    assert one.computed.truth is Truth.UNKNOWN and {why.code for why in one.reasons} == {"period_open"}
    assert one.settled.truth is truth and one.settled_by_meeting


def test_not_applicable_is_no_meeting_s_to_say() -> None:
    one = found({**MEETING, **result("not_applicable"), "as_of": date(2026, 11, 13)}, "tt_124", "4")
    assert one.settled == one.computed and "cần có căn cứ ở biểu «Thông tin trường»; theo minh chứng: chưa rõ" in str(one.conflict)


def test_not_applicable_with_its_fact_is_no_conflict() -> None:
    one = found({**MEETING, **result("not_applicable", "5"), "profile": {"has_guard_force": "no"}}, "tt_124", "5")
    assert one.computed.truth is Truth.NOT_APPLICABLE and not one.conflict


# --- what contradicts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({**points(1)}, "Tự chấm 1 điểm khác kết quả theo minh chứng (0 điểm)."),
        ({**points(0), "documents": [PAPER]}, "Tự chấm 0 điểm khác kết quả theo minh chứng (1 điểm)."),
        ({**points(4, "2"), **OPEN_PAPERS, "declared": {"hoat_dong": NOT_DECLARED}}, "Tự chấm 4 nằm ngoài khoảng 0–3 theo minh chứng."),
    ],
)
def test_points_that_the_evidence_excludes(case: Mapping[str, Any], words: str) -> None:
    one = found({**MEETING, **case}, criterion=case["self_scores"][0]["criterion"])
    assert str(one.conflict).startswith(words) and one.settled == one.computed


def test_a_result_that_the_evidence_excludes() -> None:
    one = found({**MEETING, **result("not_met")}, "tt_124", "4")
    assert str(one.conflict).startswith("Tự đánh giá “Chưa đạt” khác kết quả theo minh chứng (đạt).")


def test_a_conflict_asks_for_its_reason_at_its_cell_or_gives_it() -> None:
    asked = str(found(points(1)).conflict)
    assert "ghi lý do ở ô 1_nha_truong.xlsx › " in asked and "«Lý do»" in asked
    given = found(points(1, reason="Văn bản ký ngày 20/11"))
    assert str(given.conflict).endswith("Lý do của nhà trường: “Văn bản ký ngày 20/11”") and given.explained


def test_a_conflict_of_a_score_from_the_table_asks_for_a_line_of_its_own() -> None:
    """The school's own table has no column for a reason, so the line of the sheet “Tự chấm” is named."""
    evidence = evidence_of(points(1))
    (row,) = evidence.of(SelfScoreRow)
    row.columns.pop("reason")
    one = judged(evidence, "qd_510")["4a"]
    assert "cột «Lý do», biểu «Tự chấm», dòng của mục 4a" in str(one.conflict)
    assert one.self_score is not None and one.self_score.reason_cells == ()


# --- the score itself ---------------------------------------------------------------------------------------------------


def test_a_score_keeps_what_is_written_beside_it() -> None:
    more = {"reason": "Vì …", "verified_points": 0, "verified_by": "Công an xã"}
    one = found({**MEETING, **points(1, **more)}).self_score
    assert one is not None
    assert (one.points, one.result, one.concluded, one.meeting) == (1, None, True, "CH")
    assert (one.held_on, one.minutes, one.reason) == (date(2026, 11, 12), "81/BB", "Vì …")
    assert (one.verified_points, one.verified_result, one.verified_by) == (0, None, "Công an xã")
    assert one.agreed_points is None and [cell.shown for cell in one.cells] == ["1", "CH"]
    assert [cell.shown for cell in one.reason_cells] == ["Vì …"]
    other = found({**MEETING, **result("met", verified_result="not_met")}, "tt_124", "4").self_score
    assert other is not None and (other.result, other.verified_result) == ("met", "not_met")
    assert [cell.shown for cell in other.cells] == ["met", "CH"]


def test_a_score_that_no_meeting_concluded_says_nothing_of_one() -> None:
    one = found(points(1, meeting=None)).self_score
    assert one is not None
    assert (one.concluded, one.meeting, one.held_on, one.minutes, one.reason, one.verified_by) == (False, "", None, "", "", "")
    unknown = found(points(1)).self_score
    assert unknown is not None and (unknown.concluded, unknown.meeting, unknown.held_on, unknown.minutes) == (False, "CH", None, "")


def test_a_score_belongs_to_one_criterion_of_one_text() -> None:
    look = look_at({**MEETING, **points(1, " 4A ")}, "qd_510")
    one = score_of("4a", "qd_510", look)
    assert one is not None and one.points == 1
    assert score_of("4", "qd_510", look) is None and score_of("4a", "tt_124", look) is None
    assert found(points(1, "4")).self_score is None


def test_the_agreed_points_are_those_of_the_same_row_of_the_school_s_own_table() -> None:
    rows = [
        {"number": "3", "text": "x", "points": 5, "agreed_points": 4}, {"number": "4A", "text": "x", "points": 1, "agreed_points": 0},
    ]
    taken = [{"number": "T1", "text": "x", "each": 1, "agreed_points": 2}]
    scores = [one["self_scores"][0] for one in (points(1), points(1, "t1"), result("met", "4a"))]
    look = look_at({**MEETING, "score_rows": rows, "score_deductions": taken, "self_scores": scores}, "qd_510")

    def agreed(criterion: str, text: str = "qd_510") -> object:
        one = score_of(criterion, text, look)
        return one and one.agreed_points

    assert (agreed("4a"), agreed("T1"), agreed("4a", "tt_124")) == (0, 2, None)


# --- which meeting ------------------------------------------------------------------------------------------------------


def meeting_case(**more: Any) -> dict[str, Any]:
    """A case whose meeting or whose minutes are changed: fields that begin with `bb_` are those of the minutes."""
    minutes = {name[3:]: value for name, value in more.items() if name.startswith("bb_")}
    fields = {name: value for name, value in more.items() if not name.startswith("bb_")}
    return {
        "meetings": [{**MEETING["meetings"][0], **fields}],
        "documents": [{name: value for name, value in {**MINUTES, **minutes}.items() if value is not None}],
        **points(1),
    }


@pytest.mark.parametrize(
    ("case", "concludes"),
    [
        (meeting_case(), True),
        (meeting_case(held_on=date(2026, 10, 16)), True),  # the first day of the last month
        (meeting_case(held_on=date(2026, 10, 15)), False),
        (meeting_case(held_on=AS_OF), True),
        (meeting_case(held_on=date(2026, 11, 17)), False),  # after the day of the review
        (meeting_case(held_on=date(2025, 11, 14)), False),  # last year's
        (meeting_case(minutes=None), False),
        (meeting_case(minutes="VB-404"), False),
        (meeting_case(bb_number=None), False),
        (meeting_case(bb_kind="plan"), False),
        (meeting_case(id="CH-2"), False),
    ],
)
def test_the_meeting_that_may_conclude(case: Mapping[str, Any], concludes: bool) -> None:
    look = look_at(case, "qd_510")
    (row,) = look.evidence.of(SelfScoreRow)
    meeting = meeting_of(row, look)
    assert (meeting is not None) is concludes
    score = score_of("4a", "qd_510", look)  # none at all where the meeting is still to come on the day of the review
    assert (score is not None and score.concluded) is concludes


def test_the_meetings_that_a_score_may_name_are_all_that_may_conclude() -> None:
    meetings = [
        {"id": "CH-1", "held_on": date(2026, 11, 12), "minutes": "BB"}, {"id": "CH-2", "held_on": date(2026, 11, 12)},
        {"id": "CH-3", "held_on": date(2026, 5, 12), "minutes": "BB"}, {"id": "CH-4", "held_on": date(2026, 11, 14), "minutes": "BB"},
    ]
    look = look_at({"meetings": meetings, "documents": [MINUTES], **points(1)}, "qd_510")
    row: EvidenceRow[SelfScoreRow] = look.evidence.of(SelfScoreRow)[0]
    assert meetings_for(row, look) == ["CH-1", "CH-4"] and row.values.meeting == "CH"


def test_the_minutes_are_those_of_the_meeting_s_own_file() -> None:
    """Two units each have a paper “BB”: the meeting's file decides which one is meant."""
    other = {**MINUTES, "number": "5/BB", "_file": "to_2.xlsx"}
    case = {
        "meetings": [{**MEETING["meetings"][0], "_file": "to_1.xlsx"}], "documents": [{**MINUTES, "_file": "to_1.xlsx"}, other],
        "self_scores": [{**points(1)["self_scores"][0], "_file": "to_1.xlsx"}],
    }
    one = found(case).self_score
    assert one is not None and (one.concluded, one.minutes) == (True, "81/BB")
