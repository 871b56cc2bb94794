"""The documents of a final version that judges one text alone."""

import pytest

from antq_review.errors import CannotDo, NotFinal
from antq_review.publish.word.chosen import judged
from tests.scoring.build import AS_OF, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")


@pytest.mark.parametrize(("within", "both"), [("", True), ("tt_124", False)])
def test_a_final_year_s_report_waits_only_for_the_texts_of_its_version(within: str, both: bool) -> None:
    with pytest.raises(NotFinal) as told:
        judged(evidence_of({}), AS_OF, ("D10",), final=True, all_wanted=False, within=within)
    reasons = [str(why) for why in told.value.reasons]
    assert any("Thông tư 124" in why for why in reasons)
    assert any("Quyết định 510" in why for why in reasons) is both


@pytest.mark.parametrize("all_wanted", [True, False])
def test_a_document_of_a_text_that_the_version_leaves_out_names_the_version_as_the_cause(all_wanted: bool) -> None:
    with pytest.raises(CannotDo, match=r"Bản chính thức .* của D5, D6"):
        judged(evidence_of({}), AS_OF, ("D5", "D6"), final=False, all_wanted=all_wanted, within="tt_124")
