"""Self-scores from the school's own score table and faulty ones: each keeps its cell, so that a sentence can name it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from antq_review.forms.rows.school import SelfScoreRow
from antq_review.forms.rows.score_table import ScoreRow
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.rules import rulebook
from antq_review.scoring.judging.self_score_checks import with_table_scores, without_faulty_scores
from antq_review.scoring.model.finding import Finding
from tests.scoring.build import AS_OF, NOT_DECLARED, evidence_of, judged

FESTIVAL = {"held_on": date(2026, 8, 19), "name": "Ngày hội", "form": "festival", "topic_1": "festival"}
MINUTES = {"id": "BB", "kind": "minutes", "number": "81/BB", "signed_on": date(2026, 11, 12), "subject": "Biên bản họp"}
CONCLUDED: Mapping[str, Any] = {"meetings": [{"id": "CH", "held_on": date(2026, 11, 12), "minutes": "BB"}], "documents": [MINUTES]}


def line(number: str, own: int | None = None, **more: Any) -> dict[str, Any]:
    """A row of the table on paper."""
    row = {"number": number, "text": "x", "points": 5, "self_points": own, **more}
    return {name: value for name, value in row.items() if value is not None}


def typed(criterion: str, own: int | None = None, **more: Any) -> dict[str, Any]:
    """A row of the sheet “Tự chấm”."""
    row = {"text": "qd_510", "criterion": criterion, "self_points": own, **more}
    return {name: value for name, value in row.items() if value is not None}


def taken(
    *lines: dict[str, Any], scores: tuple[dict[str, Any], ...] = (), meeting: str | None = "CH", **case: Any
) -> tuple[Evidence, list[Problem]]:
    """The evidence with the points of the table, whose head names the meeting."""
    head = [{"source": "Bảng (bịa)", "meeting": meeting} if meeting else {"source": "Bảng (bịa)"}]
    return with_table_scores(evidence_of({"score_text": head, "score_rows": lines, "self_scores": scores, **case}), "qd_510")


def places(row: EvidenceRow[SelfScoreRow], *fields: str) -> list[tuple[str, str]]:
    return [(cell.cell, cell.shown) for cell in row.cells(fields)]


def the_line(evidence: Evidence) -> EvidenceRow[ScoreRow]:
    return evidence.of(ScoreRow)[0]


def test_points_of_the_table_are_a_self_score_with_the_cells_of_the_table() -> None:
    evidence, problems = taken(line("3", 4, superior_points=2))
    (row,) = evidence.of(SelfScoreRow)
    source = the_line(evidence)
    assert problems == []
    assert (row.values.text, row.values.criterion, row.values.self_points) == ("qd_510", "3", 4)
    assert (row.values.meeting, row.values.verified_points) == ("CH", 2)
    assert (row.id, row.table, row.file, row.sheet, row.number) == (source.id, "self_scores", source.file, "Thang điểm", source.number)
    for own, name in (("criterion", "number"), ("self_points", "self_points"), ("verified_points", "superior_points")):
        assert row.cell(own) == source.cell(name) and row.cell(own).shown
    assert "reason" not in row.columns and "meeting" not in row.columns


def test_the_superior_s_points_alone_are_concluded_by_no_meeting_of_the_school() -> None:
    (row,) = taken(line("3", superior_points=2))[0].of(SelfScoreRow)
    assert (row.values.self_points, row.values.verified_points, row.values.meeting) == (None, 2, None)


def test_every_line_with_points_counts_and_the_others_are_passed_over() -> None:
    rows = (line("1"), line("2", 3), line("3"), line("4a", superior_points=1))
    evidence, _ = taken(*rows, score_deductions=[{"number": "T1", "text": "x", "each": 1, "self_points": 2}])
    assert [row.values.criterion for row in evidence.of(SelfScoreRow)] == ["2", "4a", "T1"]


def test_without_a_head_the_table_names_no_meeting() -> None:
    evidence, _ = with_table_scores(evidence_of({"score_rows": [line("3", 4)], "self_scores": []}), "qd_510")
    (row,) = evidence.of(SelfScoreRow)
    assert (row.values.self_points, row.values.meeting) == (4, None)


@pytest.mark.parametrize(
    ("here", "there", "counts", "codes"),
    [
        # The points, the meeting and the superior's points that count; the sheet whose cell is named.
        (line("3", 4), typed("3", 4, meeting="CH-2"), (4, "CH-2", None, "Tự chấm"), ["score_typed_twice"]),
        (line("3", 4), typed("3", verified_points=2), (4, "CH", 2, "Thang điểm"), []),
        (line("3", superior_points=2), typed("3", 4, meeting="CH-2"), (4, "CH-2", 2, "Tự chấm"), []),
        (line("3", superior_points=2), typed("3", verified_points=2), (None, None, 2, "Tự chấm"), ["score_typed_twice"]),
        # The sheet “Tự chấm” has a column for the meeting of its own; blank there is no meeting.
        (line("3", 4, superior_points=2), typed("3", 4, verified_points=1), (4, None, None, "Tự chấm"),
         ["score_superior_differs", "score_typed_twice"]),
        (line("3", 4, superior_points=2), typed("3", 5, meeting="CH-2"), (None, "CH-2", 2, "Tự chấm"), ["score_self_differs"]),
    ],
)
def test_points_in_both_places_are_one_score(
    here: dict[str, Any], there: dict[str, Any], counts: tuple[Any, ...], codes: list[str]
) -> None:
    evidence, problems = taken(line("1", 1), here, line("2", 1), scores=(there,))
    row = next(row for row in evidence.of(SelfScoreRow) if row.values.criterion == "3")
    assert (row.values.self_points, row.values.meeting, row.values.verified_points, row.sheet) == counts
    assert sorted(one.code for one in problems) == codes
    assert [one.values.criterion for one in evidence.of(SelfScoreRow)].count("3") == 1
    assert {"1", "2"} <= {one.values.criterion for one in evidence.of(SelfScoreRow)}  # the lines beside it count too


def test_points_that_differ_are_said_at_the_cell_of_the_table_with_both_numbers() -> None:
    evidence, (own, superior) = taken(line("3", 4, superior_points=2), scores=(typed("3", 5, verified_points=1),))
    source = the_line(evidence)
    assert (own.code, own.cells, superior.code, superior.cells) == (
        "score_self_differs", (source.cell("self_points").cell,), "score_superior_differs", (source.cell("superior_points").cell,),
    )
    assert str(own.says) == "Điểm tự chấm của mục 3 ở bảng thang điểm là 4, ở biểu «Tự chấm» là 5."
    assert str(superior.says) == "Điểm thẩm định của mục 3 ở bảng thang điểm là 2, ở biểu «Tự chấm» là 1."
    assert evidence.of(SelfScoreRow) == [] and len(evidence.refused("self_scores")) == 1
    (refused,) = evidence.refused("self_scores")
    assert (refused.sheet, refused.cell[:1], refused.shown) == ("Tự chấm", "B", "3")


def test_the_same_points_in_both_places_are_a_note_with_the_number() -> None:
    _, (note,) = taken(line("3", 4), scores=(typed("3", 4),))
    assert str(note.says) == "Điểm của mục 3 (4) ghi ở cả bảng thang điểm và biểu «Tự chấm»."


def test_every_line_in_both_places_is_a_note() -> None:
    _, problems = taken(line("2", 3), line("3", 4), scores=(typed("2", 3), typed("3", 4)))
    assert [str(one.says)[:15] for one in problems] == ["Điểm của mục 2 ", "Điểm của mục 3 "]


def test_a_score_of_another_text_is_another_score() -> None:
    other = {"text": "tt_124", "criterion": "3", "self_result": "met"}
    evidence, problems = taken(line("3", 4), scores=(other,))
    assert [(row.values.text, row.values.self_points) for row in evidence.of(SelfScoreRow)] == [("tt_124", None), ("qd_510", 4)]
    assert problems == []


def test_without_any_score_the_evidence_stays_as_it_is() -> None:
    evidence = evidence_of({"self_scores": []})
    assert with_table_scores(evidence, "qd_510") == (evidence, [])


# --- faults -------------------------------------------------------------------------------------------------------------


def test_a_criterion_that_the_text_does_not_have_is_said_at_its_cell_with_those_that_it_has() -> None:
    evidence, (fault,) = without_faulty_scores(evidence_of({"self_scores": [typed("9", 1), typed("3", 5)]}), [rulebook("qd_510")])
    assert (fault.code, fault.sheet, fault.column, fault.found) == ("criterion_unknown", "Tự chấm", "Tiêu chí, mục", "9")
    assert str(fault.expected) == "một trong: 1, 2, 3, 4a, 4b-"
    assert [row.values.criterion for row in evidence.of(SelfScoreRow)] == ["3"]
    (refused,) = evidence.refused("self_scores")
    assert (refused.sheet, refused.cell, refused.shown) == ("Tự chấm", fault.cells[0], "9")


@pytest.mark.parametrize(("points", "faulty"), [(5, False), (6, True)])
def test_more_points_than_the_criterion_has_are_said_at_their_cell(points: int, faulty: bool) -> None:
    evidence, problems = without_faulty_scores(evidence_of({"self_scores": [typed("3", points)]}), [rulebook("qd_510")])
    assert [(one.code, one.column, one.found) for one in problems] == ([("points_over_maximum", "Điểm tự chấm", "6")] if faulty else [])
    assert [str(one.says) for one in problems] == (["Điểm tự chấm 6 vượt điểm chuẩn 5."] if faulty else [])
    assert len(evidence.refused("self_scores")) == faulty


def test_a_score_of_a_text_that_is_not_in_force_is_left_alone() -> None:
    scores = [{"text": "tt_124", "criterion": "99", "self_result": "met"}]
    evidence, problems = without_faulty_scores(evidence_of({"self_scores": scores}), [rulebook("qd_510")])
    assert problems == [] and len(evidence.of(SelfScoreRow)) == 1


# --- a table that names no meeting --------------------------------------------------------------------------------------


def third(meeting: str | None, own: int = 4, **case: Any) -> Finding:
    """Item 3, which only a meeting can settle, with its evidence and points in the table."""
    evidence, _ = taken(line("3", own), meeting=meeting, **{"activities": [FESTIVAL], **CONCLUDED, **case})
    return judged(evidence, "qd_510", case.get("as_of", AS_OF))["3"]


def steps(found: Finding) -> list[str]:
    return [str(why.settles) for why in found.reasons]


def test_points_of_a_table_with_its_meeting_are_concluded() -> None:
    found = third("CH")
    assert (found.settled.low, found.settled.high) == (4, 4)
    assert steps(found) == ["Họp đánh giá và ghi kết luận ở biểu «Tự chấm»."]


@pytest.mark.parametrize("meeting", [None, "CH-404"])
def test_points_of_a_table_without_a_known_meeting_wait_for_its_code(meeting: str | None) -> None:
    found = third(meeting)
    assert found.settled == found.computed and [why.code for why in found.reasons] == ["needs_judgement"]
    (step,) = steps(found)
    assert step.startswith("Ghi mã cuộc họp đã chấm (CH) ở ô thang_diem.xlsx › Thông tin thang điểm › ")


def test_a_score_that_contradicts_asks_for_no_meeting() -> None:
    """First the contradiction: 4 points with an evidence that gives none."""
    found = third(None, activities=[])
    assert found.conflict and found.reasons == ()
    open_form = third(None, own=9, declared={"hoat_dong": NOT_DECLARED})
    assert open_form.conflict and not any("Ghi mã cuộc họp" in step for step in steps(open_form))


def test_what_is_settled_asks_for_no_meeting() -> None:
    paper = {"id": "VB", "kind": "regulation", "signed_on": date(2026, 3, 1), "subject": "x", "partner": "police"}
    evidence, _ = taken(line("4a", 1), meeting=None, documents=[MINUTES, paper], meetings=CONCLUDED["meetings"])
    found = judged(evidence, "qd_510")["4a"]
    assert found.computed.settled and not found.conflict and found.reasons == ()
