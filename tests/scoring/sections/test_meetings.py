"""The review meeting of Article 9(1)(c): who must be there, and when it can conclude at all."""

from datetime import date

import pytest

from antq_review.period import Period
from antq_review.publish.wording import self_assessed
from antq_review.rules import in_force, rulebook
from antq_review.scoring import review
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import ready, texts_of
from antq_review.scoring.score_table.lines import known_rows
from tests.scoring.build import AS_OF, YEAR, evidence_of
from tests.scoring.score_table.tables import HEAD, PAPER

pytestmark = pytest.mark.usefixtures("without_steps")
ALL = ("leadership", "party", "mass_organisation", "guard_force", "police", "authority")


def reviewed(held_on: date = AS_OF, bodies: tuple[str, ...] = ALL, **more) -> Review:
    """A school whose meeting concluded criterion 3; `bodies`: those of which somebody was there."""
    case = {
        "documents": [{"id": "BB", "kind": "minutes", "number": "81/BB", "signed_on": held_on, "subject": "Biên bản"}],
        "meetings": [{"id": "CH", "held_on": held_on, "minutes": "BB"}],
        "attendees": [{"meeting": "CH", "name": f"Người {body}", "body": body, "present": "yes"} for body in bodies],
        "self_scores": [{"text": "tt_124", "criterion": "3", "self_result": "met", "meeting": "CH"}], **more,
    }
    return review(evidence_of(case), in_force(YEAR), AS_OF)


def told(found: Review) -> list[str]:
    return [str(one) for one in found.warnings if one.key.startswith("scoring.meetings.")]


def test_a_full_meeting_is_not_remarked_on() -> None:
    assert told(reviewed()) == []


@pytest.mark.parametrize(("absent", "label"), [
    ("party", "Cấp ủy"), ("mass_organisation", "Đoàn thể"), ("police", "Công an cơ sở"), ("authority", "Cơ quan quản lý"),
    ("guard_force", "Lực lượng bảo vệ"),
])
def test_each_body_of_the_article_is_missed_once_and_nothing_is_blocked(absent: str, label: str) -> None:
    found = reviewed(bodies=tuple(body for body in ALL if body != absent))
    assert told(found) == [f"Cuộc họp CH: chưa ghi có mặt {label} (Điều 9 khoản 1 điểm c Thông tư 124/2021/TT-BCA)."]
    assert found.text("tt_124").findings[2].official is not None
    assert not any("CH" in str(why) for why in found.draft_reasons)


def test_somebody_invited_who_stayed_away_was_not_there() -> None:
    rows = [{"meeting": "CH", "name": f"Người {body}", "body": body, "present": "no" if body == "police" else "yes"} for body in ALL]
    assert "Công an cơ sở" in told(reviewed(attendees=rows))[0]


def test_guards_and_party_are_asked_for_only_where_there_are_any() -> None:
    bodies = tuple(body for body in ALL if body not in ("guard_force", "party"))
    assert told(reviewed(bodies=bodies, profile={"has_guard_force": "no", "has_party_organisation": "no"})) == []


def test_a_meeting_of_which_nobody_is_written_down() -> None:
    assert told(reviewed(bodies=())) == [
        "Cuộc họp CH: chưa ghi thành phần dự họp (Điều 9 khoản 1 điểm c Thông tư 124/2021/TT-BCA)."
    ]


def test_a_meeting_without_numbered_minutes_concludes_nothing_and_that_is_said() -> None:
    found = reviewed(documents=[])
    (said,) = told(found)
    assert said.startswith("Cuộc họp CH: kết luận chưa được tính vì chưa có biên bản có số. Lập biên bản")
    assert self_assessed(found.text("tt_124")) == "cuộc họp chưa kết luận được (xem cảnh báo)"


def test_a_refused_row_may_be_any_body_so_nothing_is_said() -> None:
    assert told(reviewed(bodies=("leadership",), refused={"attendees": 1})) == []


@pytest.mark.parametrize(("day", "concludes"), [
    (date(2025, 11, 20), False),  # last year's own meeting, inside this period
    (date(2026, 3, 1), False), (date(2026, 10, 15), False), (date(2026, 10, 16), True), (AS_OF, True),
])
def test_a_meeting_before_the_last_month_concludes_nothing_and_that_is_said(day: date, concludes: bool) -> None:
    found = reviewed(day)
    third = found.text("tt_124").findings[2]
    assert (third.official is not None, third.self_score.concluded) == (concludes, concludes)
    assert found.text("tt_124").official_result is (None if not concludes else found.text("tt_124").official_result)
    early = [one for one in told(found) if "trước tháng cuối" in one]
    assert len(early) == (not concludes)
    if early:
        assert f"ngày {day:%d}/" in early[0] and "16/10/2026 – 15/11/2026" in early[0]
        assert "Điều 8 khoản 2 điểm b, Điều 9 khoản 1 điểm c Thông tư 124/2021/TT-BCA" in early[0]


def test_a_conclusion_that_most_votes_did_not_carry_is_said() -> None:
    votes = [{"meeting": "CH", "text": "tt_124", "criterion": "3", "total": 6, "agreed": 3}]
    assert "tiêu chí 3" in told(reviewed(votes=votes))[0] and told(reviewed(votes=[{**votes[0], "agreed": 4}])) == []


def test_more_votes_than_people_present_are_remarked_on() -> None:
    """The minutes print both numbers. Who leads the meeting may vote without being in the list."""
    votes = [{"meeting": "CH", "text": "tt_124", "criterion": "3", "total": 7, "agreed": 7}]
    (said,) = told(reviewed(votes=votes))
    assert "số phiếu ở tiêu chí 3 nhiều hơn 6 người được ghi có mặt" in said
    for chair, is_said in (("Nguyễn Thị Chủ Trì, Hiệu trưởng", False), ("người Police, Phó Trưởng Công an", True)):
        meeting = {"id": "CH", "held_on": AS_OF, "minutes": "BB", "chair": chair}
        assert bool(told(reviewed(votes=votes, meetings=[meeting]))) == is_said, chair
    assert told(reviewed(votes=votes, refused={"attendees": 1})) == []


def test_the_meeting_that_the_score_table_names_is_looked_at_too() -> None:
    """The school's own table names its meeting in its head, also where only its caps are concluded."""
    case = {
        "documents": [{"id": "BB", "kind": "minutes", "number": "12/BB", "signed_on": date(2026, 3, 1), "subject": "Biên bản"}],
        "meetings": [{"id": "CH", "held_on": date(2026, 3, 1), "minutes": "BB"}],
        "score_text": [{**HEAD, "meeting": "CH"}], "score_rows": [*known_rows(rulebook("qd_510")), *PAPER], "self_scores": [],
    }
    evidence = ready(evidence_of(case), YEAR)
    found = review(evidence, texts_of(evidence, YEAR), AS_OF)
    assert [warning for warning in told(found) if "tháng cuối" in warning and "Quyết định 510" in warning]


@pytest.mark.parametrize(("end", "first"), [
    (date(2026, 11, 15), date(2026, 10, 16)), (date(2026, 12, 31), date(2026, 12, 1)), (date(2027, 1, 10), date(2026, 12, 11)),
])
def test_the_last_month_of_a_period(end: date, first: date) -> None:
    assert Period(date(2025, 11, 16), end).last_month == Period(first, end)
    assert Period(end, end).last_month == Period(end, end)
