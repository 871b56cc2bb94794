"""A criterion whose readings differ: what makes it met under one of them is offered, what settles it under all comes before that."""

from datetime import date

from antq_review.scoring.advice.effect import Effect
from antq_review.scoring.advice.step import Effort, Recommendation
from antq_review.scoring.advice.trials import Tried
from antq_review.scoring.model.review import Advice
from antq_review.scoring.model.review_parts import Settled, TextEffect
from antq_review.text import literal
from tests.scoring.advice.steps import HALF_WAY, reviewed
from tests.scoring.build import AS_OF

JANUARY = date(2026, 1, 10)
AUDIENCES = {"managers": 2, "teachers": 8, "primary_pupils": 50, "lower_secondary_pupils": 40}


def paper(kind, *contents, signed_on=JANUARY):
    named = {f"contents_{place}": content for place, content in enumerate(contents, start=1)}
    return {"kind": kind, "signed_on": signed_on, "subject": "x", **named}


def rules(signed_on=JANUARY):
    first = paper("rules", "school_guarding", "internal_politics", "pupil_management", signed_on=signed_on)
    return [first, paper("rules", "fire_safety", signed_on=signed_on)]


def briefing(day):
    return [
        {"held_on": day, "name": "Phổ biến", "form": "briefing", "topic_1": "rules_and_criteria", "audience": name, "present": count}
        for name, count in AUDIENCES.items()
    ]


#: Everything of Art. 7(1) that is named with “Quý I” beyond doubt.
PAPERS = [paper("resolution", "security_plan"), paper("plan", "security_plan"), paper("registration")]
MODEL = [{"name": "A", "status": "kept", "assessed_on": JANUARY, "conclusion": "effective"}]


def of_criterion_1(case, day) -> list[Advice]:
    """The steps that change what is said of criterion 1 of the Circular."""
    return [
        one for one in reviewed(case, day).to_do for text in one.texts
        if text.text == "tt_124" and "1" in (*text.by_reading, *(done.id for done in text.settled))
    ]


def test_a_briefing_after_quarter_one_is_offered_and_meets_the_criterion_under_one_reading():
    """1e: A any day of the period, B in quarter I, which is over. The meeting decides between them."""
    case = {"documents": [*PAPERS, *rules()], "initiatives": MODEL}
    (found,) = of_criterion_1(case, HALF_WAY)
    assert "Nội quy và tiêu chí ANTT" in str(found.says) and found.due_on == date(2026, 11, 15)
    assert str(found.effect) == "Thông tư 124: tiêu chí 1 đạt theo ít nhất một cách hiểu"
    (text,) = found.texts
    assert (text.by_reading, text.settled, text.bands_removed) == (("1",), (), ())
    held = {**case, "activities": briefing(HALF_WAY)}
    (criterion,) = [one for one in reviewed(held, HALF_WAY).text("tt_124").findings if one.id == "1"]
    assert [why.code for why in criterion.reasons] == ["reading_differs"]
    assert of_criterion_1(held, HALF_WAY) == [], "done once, it is offered no more"


def test_the_same_briefing_in_quarter_one_settles_the_criterion_under_both():
    case = {"documents": [*PAPERS, *rules()], "initiatives": MODEL}
    (found,) = of_criterion_1(case, date(2026, 3, 30))
    assert "Nội quy và tiêu chí ANTT" in str(found.says) and found.due_on == date(2026, 3, 31)
    assert str(found.effect) == "Thông tư 124: chốt tiêu chí 1 (đạt)"
    assert found.texts[0].by_reading == ()


def test_what_is_needed_together_for_one_reading_is_one_step_of_the_fewest():
    """Rules, a briefing and a model that came after quarter I; the papers of quarter I are there."""
    (found,) = of_criterion_1({"documents": PAPERS}, HALF_WAY)
    words = str(found.says)
    assert words.count("Nội quy và tiêu chí ANTT") == words.count("văn bản (Nội quy)") == words.count("mô hình") == 1
    assert str(found.effect) == "Thông tư 124: tiêu chí 1 đạt theo ít nhất một cách hiểu (nếu đánh giá kết luận là hiệu quả)"


def test_where_a_paper_of_quarter_one_is_missing_for_good_nothing_is_offered_for_the_criterion():
    assert of_criterion_1({"documents": [*PAPERS[1:], *rules()]}, HALF_WAY) == []


def test_a_rating_that_settles_both_readings_of_criterion_6_is_offered():
    units = [{"unit": f"Tổ {number}", "eligible": "yes", "rating": "good"} for number in range(1, 7)]
    more = [{"unit": f"Tổ {number}", "eligible": "yes", "rating": "completed"} for number in range(7, 10)]
    guards = {"unit": "Bảo vệ", "eligible": "yes", "rating": "good"}
    found = reviewed({"ratings": [*units, *more, guards]}, AS_OF).to_do
    (rate,) = [one for one in found if str(one.says) == "Ghi xếp loại của Tổ 10 ở biểu «Thi đua»."]
    assert "chốt tiêu chí 6, đạt hay không thì chưa biết trước" in str(rate.effect)


def test_settling_a_criterion_covers_its_being_met_under_a_reading_and_stands_before_it():
    def effect(**more) -> Effect:
        return Effect((TextEffect(text="tt_124", short=literal("x"), before=None, after=None, **more),))

    whole, part = effect(settled=(Settled(id="1", becomes="yes"),)), effect(by_reading=("1",))
    assert whole.covers(part) and not part.covers(whole) and part.helps and not part.harms
    step = Recommendation(literal("x"), Effort.HOLD)
    assert Tried(step, whole).key < Tried(step, part).key < Tried(step, effect()).key
