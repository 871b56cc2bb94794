"""`what_if`: before is what the review says, after is what judging the changed copy says; nothing is promised that is not known."""

from datetime import date

import pytest

import antq_review as antq
from antq_review.errors import UsageError
from antq_review.publish import wording as phrases
from antq_review.scoring.advice.ranking import try_steps
from antq_review.scoring.advice.what_if import applied
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import review_evidence
from tests.scoring.advice.steps import HALF_WAY, reviewed, standing_of
from tests.scoring.build import evidence_of
from tests.scoring.test_properties import PLAN

CASE = {
    "plan": PLAN, "declared": {"vu_viec": "chưa", "hoat_dong": [date(2026, 6, 30), date(2026, 3, 1)]},
    "activities": [{"held_on": date(2026, 3, 2), "name": "Ngoại khóa", "form": "thematic", "topic_1": "law", "file": "a.pdf"}],
}


@pytest.fixture(scope="module")
def half_way() -> Review:
    return reviewed(CASE, HALF_WAY)


def states(review: Review) -> dict[str, str]:
    """Key of a criterion or goal → its result in words, as the tables of the report have it."""
    criteria, plan = antq.tables.criteria(review), antq.tables.plan(review)
    whole = criteria[criteria["Bậc"] == 0].dropna(subset=["Kết luận"])
    return {**dict(zip(whole["Khóa"], whole["Kết luận"], strict=True)), **dict(zip(plan["Mã"], plan["Cả nội dung"], strict=True))}


def test_before_is_the_report_and_after_is_the_changed_copy_judged_again(half_way: Review) -> None:
    table, standing = antq.what_if(half_way), standing_of(CASE, HALF_WAY)
    now = states(half_way)
    assert list(table["TT"].unique()) == list(range(1, len(half_way.to_do) + 1))
    known = table[table["Khóa"].isin(list(now))]
    assert len(known) > 3
    assert [(key, now[key]) for key in known["Khóa"]] == list(zip(known["Khóa"], known["Trước"], strict=True))
    closing = [(place, one.step.changes) for place, one in enumerate(try_steps(standing)[0], start=1) if len(one.step.changes) == 1]
    place, changes = next((place, changes) for place, changes in closing if place in set(known["TT"]))
    then = states(review_evidence(applied(standing.evidence, changes[0]), HALF_WAY))
    rows = known[known["TT"] == place]
    assert [(key, then[key]) for key in rows["Khóa"]] == list(zip(rows["Khóa"], rows["Sau"], strict=True))


def test_one_step_of_evidence_is_the_same_as_of_its_review(half_way: Review) -> None:
    alone = antq.what_if(evidence_of(CASE), 1, as_of="30/06/2026")
    whole = antq.what_if(half_way)
    assert alone.equals(whole[whole["TT"] == 1].reset_index(drop=True)) and len(alone) > 0


def test_an_unknown_effect_is_said_and_a_step_that_is_none_is_refused(review: Review) -> None:
    row = antq.what_if(review, 1).iloc[0]
    assert row["Sau"] == "chưa biết trước tác động" and row.isna()["Trước"]
    row = antq.what_if(review, 2).iloc[0]
    assert (row["Mục"], row["Trước"], row["Căn cứ"]) == ("6", "Chưa rõ", "Điều 7 khoản 6 Thông tư 124/2021/TT-BCA")
    for number in (0, 3):
        with pytest.raises(UsageError, match="có 2 việc"):
            antq.what_if(review, number)


def test_a_range_of_points_is_told_at_both_ends(half_way: Review) -> None:
    """The rows of a total are the numbers of the stored effect, in the words of the report."""
    stored = {
        (place, text.text): (phrases.between(text.before.low, text.before.high), phrases.between(text.after.low, text.after.high))
        for place, one in enumerate(half_way.to_do, start=1) for text in one.texts
        if text.before and text.after and text.before != text.after
    }
    table = antq.what_if(half_way)
    rows = table[table["Nội dung"] == "Tổng điểm"]
    found = {(row["TT"], row["Khóa"]): (row["Trước"], row["Sau"]) for _, row in rows.iterrows()}
    assert found == stored and found
