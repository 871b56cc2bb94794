"""What makes two years' criteria the same text: the words and the points, not the numbers, the parts or the readings."""

from decimal import Decimal

import pytest

from antq_review.history.wording import asked, wording
from antq_review.rules import Award, rulebook
from antq_review.scoring.model.finding import Finding


@pytest.fixture(scope="module")
def criteria(three) -> dict[str, Finding]:
    return {f"{text.id}/{one.id}": one for text in three[2].texts for one in text.findings}


def test_a_quote_that_lies_in_another_adds_nothing(criteria):
    for key in ("tt_124/1", "tt_124/2", "tt_124/4", "tt_124/5", "tt_124/6", "qd_510/1"):
        assert wording(criteria[key])[0] == [wording(criteria[key].model_copy(update={"parts": (), "readings": ()}))[0][0]], key


def test_words_that_a_part_adds_count(criteria):
    """Criterion 3 points to Article 6(3): a word changed there changes the criterion."""
    third = criteria["tt_124/3"]
    assert len(wording(third)[0]) == 7
    first = third.parts[0].model_copy(update={"text": third.parts[0].text.replace("trái pháp luật", "không đăng ký")})
    assert first.text != third.parts[0].text
    assert asked(third.model_copy(update={"parts": (first, *third.parts[1:])})) != asked(third)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"id": "9", "title": "Tên khác", "note": "Ghi chú", "confidence": "INFERRED"}, True),
        ({"award": Award.THRESHOLD}, True),  # how the rules read the words
        ({"award": Award.STEPS}, False),  # how the text spreads its points
        ({"award": Award.UNREAD}, False),
        ({"points": Decimal(6)}, False),
        ({"text": "Tích cực hưởng ứng “Ngày hội toàn dân bảo vệ an ninh Tổ quốc”"}, False),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else str(value),
)
def test_what_changes_a_criterion_with_points(changes, same, criteria):
    third = criteria["qd_510/3"]
    assert third.award is Award.JUDGEMENT and third.points == 5
    assert (asked(third.model_copy(update=changes)) == asked(third)) is same


def test_rules_and_findings_have_the_same_wording(criteria):
    for text in ("tt_124", "qd_510"):
        for provision in rulebook(text).criteria:
            assert wording(provision) == wording(criteria[f"{text}/{provision.id}"])
