"""Tests of judging that ask nothing about what would help next need not try it."""

from collections.abc import Iterator

import pytest

from antq_review.scoring import summary as sum_up


@pytest.fixture(scope="module")
def without_steps() -> Iterator[None]:
    """Reviews of this module try no step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sum_up, "to_do", lambda standing: ((), 0))
        yield
