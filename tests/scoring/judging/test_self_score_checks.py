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
