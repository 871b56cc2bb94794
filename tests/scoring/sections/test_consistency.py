"""What does not fit together is found, and the largest stands first."""

from datetime import date

import pytest

from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.review_parts import ConsistencyCheck
from tests.scoring.build import AS_OF, NOT_DECLARED, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")


def checks(case) -> tuple[ConsistencyCheck, ...]:
    return review(evidence_of(case), in_force(YEAR), AS_OF).checks


def points(criterion: str, own, **more) -> dict:
    return {"text": "qd_510", "criterion": criterion, "self_points": own, **more}


def test_a_score_outside_what_the_evidence_allows():
    (found,) = checks({"self_scores": [points("4a", 1)]})
    assert (found.kind, found.id, found.size, found.out_of) == ("outside", "4a", 1, 100)
    assert "mục 4a: tự chấm 1, minh chứng cho 0" in str(found.says)


def test_met_with_nothing_behind_it():
    case = {"declared": {"vu_viec": NOT_DECLARED}, "self_scores": [{"text": "tt_124", "criterion": "3", "self_result": "met"}]}
    (found,) = checks(case)
    assert (found.kind, found.size, found.out_of) == ("bare", 1, 6) and "chưa có minh chứng nào" in str(found.says)


def test_none_happened_on_a_declared_form_is_something():
    assert checks({"self_scores": [{"text": "tt_124", "criterion": "3", "self_result": "met"}]}) == ()


def test_the_superiors_score_beside_both():
    paper = {"kind": "regulation", "signed_on": date(2026, 3, 1), "subject": "x", "partner": "police", "file": "a.pdf"}
    case = {"documents": [paper], "self_scores": [points("4a", 1, verified_points=0, verified_by="Công an xã")]}
    found = {one.kind: one for one in checks(case)}
    assert set(found) == {"own_verified", "computed_verified"}
    assert "tự chấm 1, thẩm định 0" in str(found["own_verified"].says)


def test_rows_without_their_file_by_form():
    row = {"held_on": date(2026, 3, 2), "name": "x", "form": "thematic"}
    found = checks({"activities": [row, {**row, "name": "y", "file": "a.pdf"}]})
    assert [(one.kind, one.id, one.size, one.out_of) for one in found] == [("no_file", "hoat_dong", 1, 2)]


def test_the_largest_stands_first():
    row = {"held_on": date(2026, 3, 2), "name": "x", "form": "thematic"}
    case = {
        "activities": [row], "self_scores": [
            points("4a", 1), {"text": "tt_124", "criterion": "1", "self_result": "met"},
        ],
    }
    found = checks(case)
    assert [one.kind for one in found] == ["no_file", "outside", "outside"]
    shares = [one.size / one.out_of for one in found]
    assert shares == sorted(shares, reverse=True) and [one.text for one in found] == ["", "tt_124", "qd_510"]
