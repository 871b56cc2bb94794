"""Self-scores before judging: those of the school's own table are added, faulty ones refused, and what was read stays as it was."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from antq_review.forms.rows.school import SelfScoreRow
from antq_review.ingest.model import Evidence
from antq_review.rules import rulebook
from antq_review.scoring import pipeline
from antq_review.scoring.pipeline import ready, review_evidence, texts_of
from antq_review.scoring.score_table.lines import known_rows
from antq_review.scoring.score_table.table import ScoreTable, score_table
from tests.scoring.build import AS_OF, YEAR, evidence_of
from tests.scoring.score_table.tables import HEAD, PAPER

#: The meeting's points for the three rows of PAPER, in the school's own table.
TABLE: dict[str, Any] = {
    "score_text": [HEAD],
    "score_rows": [
        *known_rows(rulebook("qd_510")),
        *({**row, "self_points": points} for row, points in zip(PAPER, (8, 38, 35), strict=True)),
    ],
}
UNKNOWN = {"text": "tt_124", "criterion": "99", "self_result": "met"}
TOO_MANY = {"text": "qd_510", "criterion": "2", "self_points": Decimal("3.5")}
OTHER = {"text": "qd_510", "criterion": "5", "self_points": 12}
SAME = {"text": "qd_510", "criterion": "6", "self_points": 35}
SOUND = {"text": "tt_124", "criterion": "1", "self_result": "met"}


def scores(evidence: Evidence) -> list[tuple[str, str, Decimal | None]]:
    return [(row.values.text, row.values.criterion, row.values.self_points) for row in evidence.of(SelfScoreRow)]


@pytest.mark.parametrize(
    ("case", "left", "refused", "codes"),
    [
        ({"self_scores": [SOUND]}, [("tt_124", "1", None)], 0, []),
        ({"self_scores": [UNKNOWN, SOUND]}, [("tt_124", "1", None)], 1, ["criterion_unknown"]),
        ({"self_scores": [TOO_MANY, UNKNOWN]}, [], 2, ["criterion_unknown", "points_over_maximum"]),
        ({"self_scores": [], **TABLE}, [("qd_510", "4b", 8), ("qd_510", "5", 38), ("qd_510", "6", 35)], 0, []),
        ({"self_scores": [OTHER, SAME], **TABLE}, [("qd_510", "6", 35), ("qd_510", "4b", 8)], 1, ["score_self_differs"]),
        ({"self_scores": [TOO_MANY], **TABLE, "score_rows": TABLE["score_rows"][:-1]}, [], 1, ["points_over_maximum"]),  # a faulty table
    ],
)
def test_what_counts_is_in_a_copy(
    case: dict[str, Any], left: list[tuple[str, str, Decimal | None]], refused: int, codes: list[str]
) -> None:
    evidence = evidence_of(case)
    as_read = deepcopy(evidence)
    found = ready(evidence, YEAR)
    assert scores(found) == left and len(found.refused("self_scores")) == refused
    said = {problem.code for problem in found.problems} & {"criterion_unknown", "points_over_maximum", "score_self_differs"}
    assert sorted(said) == codes
    assert evidence == as_read


def test_a_review_does_not_change_its_evidence(without_steps: None) -> None:
    evidence = ready(evidence_of({"self_scores": [OTHER, UNKNOWN], **TABLE}), YEAR)
    before = deepcopy(evidence)
    review_evidence(evidence, AS_OF)
    assert evidence == before


def test_the_copy_and_the_evidence_as_read_are_judged_by_the_same_texts() -> None:
    evidence = evidence_of({"self_scores": [OTHER], **TABLE})
    texts = texts_of(ready(evidence, YEAR), YEAR)
    assert texts == texts_of(evidence, YEAR) and [text.completes for text in texts] == [None, "qd_510_2022"]


def test_the_own_table_is_parsed_once(monkeypatch: pytest.MonkeyPatch, without_steps: None) -> None:
    parsed: list[Evidence] = []

    def parse(evidence: Evidence) -> ScoreTable:
        parsed.append(evidence)
        return score_table(evidence)

    monkeypatch.setattr(pipeline, "score_table", parse)
    evidence = evidence_of({"self_scores": [], **TABLE})
    review = review_evidence(ready(evidence, YEAR), AS_OF)
    text = review.text("qd_510")
    assert text is not None and text.completes == "qd_510_2022" and parsed == [evidence]


# --- the superior's points -------------------------------------------------------------------------------------------


def points_of(case: dict[str, Any]) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Item → the school's own and the superior's points, as they count."""
    found = ready(evidence_of(case), YEAR)
    return {row.values.criterion: (row.values.self_points, row.values.verified_points) for row in found.of(SelfScoreRow)}


def codes_of(case: dict[str, Any]) -> list[str]:
    """The codes about points in two places."""
    return sorted(
        one.code for one in ready(evidence_of(case), YEAR).problems
        if one.code in ("score_typed_twice", "score_superior_differs", "score_self_differs")
    )


def table(**more: Any) -> dict[str, Any]:
    """The table whose row 5 has more cells."""
    return {**TABLE, "score_rows": [{**row, **(more if row["number"] == "5" else {})} for row in TABLE["score_rows"]]}


def typed(**more: Any) -> list[dict[str, Any]]:
    """The sheet “Tự chấm” with a row for item 5."""
    return [{"text": "qd_510", "criterion": "5", **more}]


@pytest.mark.parametrize(
    ("sheet", "own_table", "counts", "codes"),
    [
        ([], table(superior_points=30), (38, 30), []),  # typed once, in the table
        (typed(verified_points=30), table(), (38, 30), []),  # an empty own cell is no statement
        (typed(verified_points=30, reason="x"), table(superior_points=30), (38, 30), ["score_typed_twice"]),
        (typed(verified_points=31), table(superior_points=30), (38, None), ["score_superior_differs"]),
        (typed(self_points=38), table(superior_points=30), (38, 30), ["score_typed_twice"]),
        (typed(self_points=12, verified_points=30), table(), (None, 30), ["score_self_differs"]),
        (typed(self_points=12), table(), None, ["score_self_differs"]),
    ],
)
def test_points_of_both_places(
    sheet: list[dict[str, Any]], own_table: dict[str, Any], counts: tuple[int | None, int | None] | None, codes: list[str]
) -> None:
    case = {"self_scores": sheet, **own_table}
    assert points_of(case).get("5") == counts and codes_of(case) == codes


def test_the_superior_s_points_change_no_other_score(without_steps: None) -> None:
    minutes = {"id": "BB", "kind": "minutes", "number": "81/BB", "signed_on": AS_OF, "subject": "Biên bản"}
    case = {"meetings": [{"id": "CH", "held_on": AS_OF, "minutes": "BB"}], "documents": [minutes], **TABLE}
    case["score_text"] = [{**HEAD, "meeting": "CH"}]
    alone = review_evidence(ready(evidence_of({**case, "self_scores": []}), YEAR), AS_OF).text("qd_510")
    rows = [{"text": "qd_510", "criterion": name, "verified_points": 3, "verified_by": "UBND xã"} for name in ("4b", "5", "6")]
    beside = review_evidence(ready(evidence_of({**case, "self_scores": rows}), YEAR), AS_OF).text("qd_510")
    assert alone is not None and beside is not None
    assert (alone.range, alone.bands, alone.own_total()) == (beside.range, beside.bands, beside.own_total())
    own = {one.id: one.self_score for one in beside.findings if one.self_score is not None}
    assert [own[name].verified_points for name in ("4b", "5", "6")] == [3, 3, 3]
    assert own["5"].concluded and own["5"].cells[0].sheet == "Thang điểm"


def test_the_agreed_points_of_the_table_stand_beside_the_others(without_steps: None) -> None:
    found = review_evidence(ready(evidence_of({"self_scores": [], **table(superior_points=30, agreed_points=34)}), YEAR), AS_OF)
    text = found.text("qd_510")
    assert text is not None
    score = next(one.self_score for one in text.findings if one.id == "5")
    assert score is not None and (score.points, score.verified_points, score.agreed_points) == (38, 30, 34)
