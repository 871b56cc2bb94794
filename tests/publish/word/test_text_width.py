"""Planned line breaks of heads and subjects: no break inside words that belong together."""

import pytest

from antq_review.publish.word.decree_30 import HEAD_COLUMNS, PAIR_14, WIDE
from antq_review.publish.word.text_width import NO_BREAK, broken, planned, width

ROOM, SIZE = HEAD_COLUMNS[0] - 2, PAIR_14.agency


@pytest.mark.parametrize(("text", "bold", "lines"), [
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH LÂM ĐỒNG", False, ["SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TỈNH LÂM ĐỒNG"]),
    ("ỦY BAN NHÂN DÂN XÃ NAM BAN LÂM HÀ", False, ["ỦY BAN NHÂN DÂN", "XÃ NAM BAN LÂM HÀ"]),
    ("TRƯỜNG TIỂU HỌC HOA SIM", True, ["TRƯỜNG TIỂU HỌC", "HOA SIM"]),
    ("TRƯỜNG TRUNG HỌC PHỔ THÔNG CHUYÊN THĂNG LONG – ĐÀ LẠT", True, ["TRƯỜNG TRUNG HỌC", "PHỔ THÔNG CHUYÊN", "THĂNG LONG – ĐÀ LẠT"]),
    ("UBND XÃ MẪU", False, ["UBND XÃ MẪU"]),
])
def test_a_head_breaks_between_names_and_not_inside_them(text, bold, lines):
    found = planned(text, SIZE, bold, ROOM)
    assert [line.replace(NO_BREAK, " ") for line in found] == lines
    assert all(width(line, SIZE, bold) <= ROOM for line in found)


def test_a_department_too_long_for_one_line_breaks_where_two_words_part():
    found = [line.replace(NO_BREAK, " ") for line in planned("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO THÀNH PHỐ ĐÀ LẠT", SIZE, False, ROOM)]
    whole = " / ".join(found)
    assert not any(pair in whole for pair in ("GIÁO / DỤC", "ĐÀO / TẠO", "THÀNH / PHỐ", "ĐÀ / LẠT"))


@pytest.mark.parametrize("subject", [
    "Về việc đề nghị xét duyệt, công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2026",
    "Kết quả xây dựng cơ sở giáo dục đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2026",
])
def test_the_name_of_the_standard_stays_on_one_line_of_a_subject(subject):
    lines = [line.replace(NO_BREAK, " ") for line in planned(subject, PAIR_14.body, True, WIDE[False] - 2)]
    assert any("“An toàn về an ninh, trật tự” năm 2026" in line for line in lines) and " ".join(lines) == subject


@pytest.mark.parametrize("text", [
    "TRƯỜNG TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ HOA SIM", "Về việc xét, công nhận đạt tiêu chuẩn của năm học này", "a", "",
    "NGHIÊNGNGHIÊNGNGHIÊNGNGHIÊNG ĐÀ LẠT", f"ĐÀ{NO_BREAK}LẠT{NO_BREAK}VÀ{NO_BREAK}NAM{NO_BREAK}BAN LÂM HÀ",
])
@pytest.mark.parametrize("room", [3.0, 24.9, ROOM, 160.2])
def test_lines_are_those_of_the_narrowest_room_that_makes_no_more_of_them(text, room):
    """Every room is tried in turn: what the halving must find."""
    fewest = len(broken(text, SIZE, True, room))
    tried = [broken_at(text, tenths / 10) for tenths in range(10, round(room * 10) + 1, 5)]
    narrowest = [lines for lines in tried if len(lines) == fewest and all(width(line, SIZE, True) <= room for line in lines)]
    assert broken(text, SIZE, True, room) == next(iter(narrowest), broken_at(text, room))


def broken_at(text: str, room: float) -> list[str]:
    """As many words on each line as fit."""
    found: list[str] = []
    for word in text.split(" "):
        if found and width(f"{found[-1]} {word}", SIZE, True) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
