"""Where a school of a case stands on a day, and the steps that are tried for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring import summary as sum_up
from antq_review.scoring.advice.candidates import Finder
from antq_review.scoring.advice.step import Recommendation
from antq_review.scoring.advice.what_if import Baseline
from antq_review.scoring.model.review import Advice, Review
from tests.scoring.build import AS_OF, DECLARED, YEAR, evidence_of

HALF_WAY = date(2026, 6, 30)


def reviewed(case: Mapping[str, Any], as_of: date = AS_OF) -> Review:
    return review(evidence_of(case), in_force(YEAR), as_of)


def standing_of(case: Mapping[str, Any], as_of: date) -> Baseline:
    """Where the school stands; nothing is tried."""
    kept: list[Baseline] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sum_up, "to_do", lambda standing: kept.append(standing) or ((), 0))
        reviewed(case, as_of)
    return kept[0]


def candidates(case: Mapping[str, Any], as_of: date) -> list[Recommendation]:
    """Every candidate step, whether it would be tried and printed or not. Forms of which nothing is said are declared to the day."""
    whole = {**case, "declared": {**dict.fromkeys(DECLARED, as_of), **case.get("declared", {})}}
    return [step for one in Finder(standing_of(whole, as_of)).everything_open() for step in one.steps]


def step(found: Review, words: str) -> Advice:
    return next(one for one in found.to_do if words in str(one.says))
