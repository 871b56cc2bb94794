"""lich.ics, read back by a reader that did not write it; and the half-year report."""

import re
from datetime import date, timedelta

import pytest

from antq_review.publish import report_dates as season
from antq_review.publish.calendar import calendar_file
from antq_review.publish.notebook import display as show
from antq_review.rules import in_force
from antq_review.scoring import review as judge
from antq_review.scoring.model.review import GoalStatus
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.publish.calendar_reader import read_calendar
from tests.publish.seen import HOSTILE, read
from tests.scoring.build import evidence_of

JUNE, NOVEMBER = date(2026, 6, 30), date(2026, 11, 20)


@pytest.fixture(scope="module")
def made():
    evidence = read_folder(example_folder())
    return {day: review_evidence(evidence, day) for day in (JUNE, NOVEMBER, date(2026, 11, 16), date(2027, 1, 5))}


def events(review):
    return read_calendar(calendar_file(review))


@pytest.mark.parametrize("day", [JUNE, NOVEMBER])
def test_another_reader_finds_every_day_ahead(made, day):
    review = made[day]
    found = events(review)
    assert {uid: event.begin for uid, event in found.items()} == {
        f"antq-00123456-2026-{due.id}": due.on for due in review.days_ahead
    }
    assert {event.name for event in found.values()} == {str(due.title) for due in review.days_ahead}
    assert all(event.all_day and event.begin > day for event in found.values())


def test_reminders_seven_days_and_one_day_before_at_eight_and_none_in_the_past(made):
    late = events(made[date(2026, 11, 16)])
    triggers = {
        uid.split("2026-", 1)[1]: sorted(event.triggers) for uid, event in late.items()
    }
    seven, one = timedelta(hours=8) - timedelta(days=7), timedelta(hours=8) - timedelta(days=1)
    assert triggers == {
        "plan-2026-11-16": [], "tt_124-deadline": [one], "qd_510-deadline": [seven, one], "plan-2026-12-31": [seven, one]
    }


def test_each_event_says_its_ground_and_its_goals(made):
    found = events(made[NOVEMBER])
    assert "trước ngày 30 tháng 11" in found["antq-00123456-2026-qd_510-deadline"].description
    plan = found["antq-00123456-2026-plan-2026-12-31"].description.split("\n")
    assert [line.split(" ")[0] for line in plan[1:4]] == ["I.1-1", "II.2-4", "II.7-3"]
    assert "phụ trách: Hiệu trưởng" in plan[1]


def test_same_review_same_bytes_folded_lines_and_a_stamp_of_the_day(made):
    content = calendar_file(made[JUNE])
    assert content == calendar_file(made[JUNE])
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and not any(b"\n" in line or b"\r" in line for line in lines)
    assert set(re.findall(rb"DTSTAMP:(\w+)", content)) == {b"20260630T000000Z"}
    content.decode("utf-8")


def test_a_hostile_cell_opens_no_line_of_its_own(made):
    review = made[NOVEMBER]
    bad = HOSTILE + "\r\nEND:VEVENT\rBEGIN:VEVENT\nUID:x\x0b\u2028;,\\ " + "ệ" * 400
    parts = {"quote": bad, "in_charge": bad}
    goals = tuple(
        goal.model_copy(update={"parts": tuple(part.model_copy(update=parts) for part in goal.parts)}) for goal in review.goals
    )
    school = review.school.model_copy(update={"name": bad})
    hostile = review.model_copy(update={"goals": goals, "school": school})
    content = calendar_file(hostile)
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == 2 and b"\nUID:x" not in content and b"\rBEGIN" not in content
    found = events(hostile)
    assert len(found) == 2
    assert "A & B <x> {{1+1}} =cmd" in found["antq-00123456-2026-plan-2026-12-31"].description


def test_a_year_that_is_over_still_gives_a_calendar(made):
    assert events(made[date(2027, 1, 5)]) == {}


# --- the table, the terminal, the half-year report -----------------------------------------------------------------


def test_a_day_that_has_passed_is_said_to_have_passed(made):
    review = made[date(2027, 1, 5)]
    assert season.due(review, date(2027, 1, 4)) == "hạn 04/01/2027, đã qua"
    assert season.due(review, date(2027, 1, 5)) == "hạn 05/01/2027"


def test_the_table_shows_the_days_left_and_the_goals_that_wait(made):
    june, november = (read(show.show_days_ahead(made[day])).text for day in (JUNE, NOVEMBER))
    due = next(due for due in made[JUNE].days_ahead if due.id == "plan-2026-11-15")
    done = sum(goal.status in (GoalStatus.MET, GoalStatus.EXCEEDED) for goal in made[JUNE].goals if goal.id in due.goals)
    assert "còn 138 ngày" in june and "II.6-1 b" in june and done
    assert f"Hạn của {len(due.goals)} nội dung kế hoạch, {done} đã đạt" in june
    assert "còn 9 ngày" in november and "II.6-1 b" not in november and "15/11/2026" not in november
    assert "không còn mốc nào của năm 2026" in read(show.show_days_ahead(made[date(2027, 1, 5)])).text


def test_what_was_reasoned_says_so_once(made):
    review = made[JUNE]
    period = next(due for due in review.days_ahead if due.id == "tt_124-period")
    for citation, shown in (("suy luận từ Điều 1", "suy luận từ Điều 1 "), ("Điều 1", "Điều 1 (ngày suy luận) ")):
        days = (period.model_copy(update={"confidence": "INFERRED", "citation": citation}),)
        text = read(show.show_days_ahead(review.model_copy(update={"days_ahead": days}))).text.replace("\u00a0", " ")
        assert shown in text and text.count("suy luận") == 1
        assert "(ngày suy luận)" in season.next_day_lines(review.model_copy(update={"days_ahead": days}))[0]


def test_the_terminal_names_the_next_days_and_says_nothing_twice(made):
    june = season.next_day_lines(made[JUNE])
    assert len(june) == season.NEXT_DAYS and june[0].startswith("15/11/2026 (còn 138 ngày): Thông tư 124: kết thúc kỳ đánh giá; ")
    review = made[date(2026, 11, 16)]
    warned = " ".join(map(str, review.warnings))
    assert "trước 20/11/2026" in warned and "trước 30/11/2026" in warned
    # III.1-4 is due that day: criterion 6 has no self-assessment yet.
    assert season.next_day_lines(review) == [
        "16/11/2026 (hôm nay): Hạn của 1 nội dung kế hoạch", "31/12/2026 (còn 45 ngày): Hạn của 3 nội dung kế hoạch"
    ]


def test_the_school_s_own_day_is_in_the_calendar_and_the_authority_s_day_is_told_as_such():
    evidence = evidence_of({"profile": {"hand_in_by": date(2026, 11, 18)}})
    found = events(judge(evidence, in_force(2026), date(2026, 11, 1)))
    own = next(event for uid, event in found.items() if uid.endswith("-hand-in"))
    assert own.begin == date(2026, 11, 18) and own.name == "Hạn nộp hồ sơ của trường, theo hẹn của xã, phường"
    assert "«Hạn nộp của trường»" in own.description
    names = [event.name for event in found.values()]
    assert "Thông tư 124: cấp có thẩm quyền quyết định trước 20/11/2026" in names
    assert not any("hết hạn" in name for name in names)
    lines = season.next_day_lines(judge(evidence, in_force(2026), date(2026, 11, 16)))
    assert not any("18/11/2026" in line for line in lines), "a warning tells it already"


def test_titles_follow_the_figures(made):
    half, year = season.title(made[JUNE]), season.title(made[NOVEMBER])
    assert half == "Báo cáo sơ kết 6 tháng đầu năm 2026 phong trào “Toàn dân bảo vệ an ninh Tổ quốc”"
    assert "sơ kết" not in year and "năm 2026" in year
    later = made[JUNE].model_copy(update={"as_of": date(2026, 9, 30)})
    assert "sơ kết đến hết ngày 30/9/2026" in season.title(later)


def test_page_one_of_the_half_year_names_its_days_and_the_goals_that_wait(made):
    review = made[JUNE]
    page = read(show.show_page_one(review)).text.replace("\u00a0", " ")
    assert "Báo cáo sơ kết 6 tháng đầu năm 2026" in page and "số liệu đến hết 30/6/2026" in page
    assert "Mốc tới 15/11/2026 (còn 138 ngày)" in page
    assert f"chưa đến hạn {len(season.goals_not_due(review))}" in page
    assert "Mốc tới" not in read(show.show_page_one(made[NOVEMBER])).text
