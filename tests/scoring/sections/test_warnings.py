"""Warnings about what an officer would notice at once."""

from typing import Any

import pytest

from antq_review.rules import in_force
from antq_review.scoring import review
from tests.scoring.build import AS_OF, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")
DRUGS = {"id": "VV-1", "happened_on": "2026-05-01", "kind": "drugs", "event_letter": "none", "verified": "yes", "pupils": 1}
VICE = {"group": "pupils", "cause": "social_vice", "form": "reminder", "decided_on": "2026-05-10", "count": 1}


def told(*incidents: dict[str, Any], **more: object) -> list[str]:
    found = review(evidence_of({"incidents": list(incidents), **more}), in_force(YEAR), AS_OF)
    return [str(one) for one in found.warnings if one.key == "scoring.guards.drugs_without_discipline"]


def test_a_case_of_drugs_without_a_row_of_discipline_is_told_and_settles_nothing() -> None:
    """School 16: Art. 7(4) is met by its words, but people should look at the sheet again."""
    assert told(DRUGS) == [
        "Vụ ma túy VV-1 đã xác minh, có người của trường liên quan; biểu Thi đua không có dòng kỷ luật vì tệ nạn xã hội trong kỳ. "
        "Hãy kiểm tra lại biểu Thi đua (Điều 7 khoản 4 Thông tư 124/2021/TT-BCA)."
    ]
    found = review(evidence_of({"incidents": [DRUGS]}), in_force(YEAR), AS_OF)
    assert next(one for one in found.texts[0].findings if one.id == "4").computed.truth == "yes"


@pytest.mark.parametrize("change", [
    {"verified": "no"}, {"pupils": 0}, {"kind": "traffic"}, {"happened_on": "2025-11-15"}, {"happened_on": "2026-11-16"},
])
def test_other_cases_are_not_remarked_on(change: dict[str, Any]) -> None:
    assert told({**DRUGS, **change}) == []


def test_a_row_of_discipline_in_the_period_answers_it() -> None:
    assert told(DRUGS, discipline=[VICE]) == []
    assert len(told(DRUGS, discipline=[{**VICE, "cause": "other"}])) == 1
    assert len(told(DRUGS, discipline=[{**VICE, "decided_on": "2025-11-15"}])) == 1


def test_outside_the_scope_of_the_circular_nothing_is_said() -> None:
    assert told(DRUGS, profile={"levels": "primary"}) == []
