"""Ordinary work of units: whose activity it is, and how many people it expects."""

from datetime import date

import pytest

from antq_review.forms.rows.evidence import Activity
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.scoring.evidence.index import by_activity
from tests.ingest.corpus import PROFILE, activities, draw, head, read_files

UNITS = [{"name": name, "kind": "Tổ chuyên môn", "is_subunit": "Có", "members": size}
         for name, size in (("Tổ Toán", 11), ("Tổ Văn", 10), ("Tổ Sử", 11), ("Công đoàn", 41))]
HEADCOUNTS = [{"audience": "Giáo viên", "count": 32, "counted_on": date(2026, 1, 5)},
              {"audience": "Học sinh THCS", "count": 620, "counted_on": date(2026, 1, 5)}]
TALK = {"held_on": date(2026, 10, 7), "name": "Chuyên đề ma túy", "form": "Chuyên đề", "audience": "Giáo viên", "present": 9}
PEOPLE = {"unit_size_blank", "expected_differs", "expected_near", "more_people_than_base", "unit_unknown"}


def year(tmp_path, rows, *, sizes=True, headcounts=HEADCOUNTS):
    """What is read of a school of three tổ with these activities, all in one sheet."""
    units = [unit if sizes else {**unit, "members": None} for unit in UNITS]
    made = workbook_bytes(draw({"profile": [PROFILE], "headcounts": headcounts, "units": units}, ["thong_tin_truong"]))
    return read_files(tmp_path, {"1_nha_truong.xlsx": made, "3_hoat_dong.xlsx": activities(rows, head("Tổ Toán"))})


def told(evidence):
    return [(one.code, one.severity.value) for one in evidence.problems if one.code in PEOPLE]


def test_three_units_with_the_same_talk_on_one_day_are_three_activities(tmp_path):
    """Also where every number is the same, and where they share a code."""
    for number, more in enumerate(({}, {"campaign": "CĐ-01"})):
        rows = [TALK | {"organiser": unit["name"]} | more for unit in UNITS[:3]]
        evidence = year(tmp_path / str(number), rows)
        assert len(evidence.of(Activity)) == 3 == len(by_activity(evidence.of(Activity))) and not evidence.refused("activities")
        assert told(evidence) == []


def test_a_row_without_a_unit_belongs_to_the_activity_of_its_day_and_name(tmp_path):
    rows = [TALK | {"organiser": "Tổ Toán"}, {**TALK, "audience": "Học sinh THCS", "present": 600}]
    assert len(by_activity(year(tmp_path, rows).of(Activity))) == 1


@pytest.mark.parametrize(
    ("more", "sizes", "wanted"),
    [
        ({"organiser": "Tổ Toán", "expected": 11}, True, []),  # its own people
        ({"organiser": "Tổ Toán", "expected": 10}, True, []),  # its teachers; one of its people is no teacher
        ({"organiser": "Tổ Toán", "expected": 32}, True, []),  # everybody was invited
        ({"organiser": "Tổ Toán", "expected": 15}, True, [("expected_differs", "warning")]),  # neither
        ({"organiser": "Công đoàn", "expected": 30}, True, [("expected_differs", "warning")]),  # its people are everybody
        ({"organiser": "Tổ Toán", "expected": 11}, False, [("unit_size_blank", "warning")]),
        ({"organiser": "Tổ Toán", "expected": 32}, False, []),
        ({"organiser": "Tổ Toán"}, False, []),
        ({"audience": "Học sinh THCS", "organiser": "Tổ Toán", "present": 600, "expected": 621}, True, [("expected_near", "note")]),
        ({"audience": "Học sinh THCS", "organiser": "Tổ Toán", "present": 600, "expected": 632}, True, [("expected_near", "note")]),
        ({"audience": "Học sinh THCS", "organiser": "Tổ Toán", "present": 600, "expected": 633}, True, [("expected_differs", "warning")]),
        ({"audience": "Học sinh THCS", "organiser": "Tổ Toán", "present": 9, "expected": 11}, True, [("expected_differs", "warning")]),
    ],
)
def test_the_people_whom_a_unit_expects_are_its_members(tmp_path, more, sizes, wanted):
    evidence = year(tmp_path, [TALK | more], sizes=sizes)
    assert told(evidence) == wanted


def test_where_the_members_are_not_written_the_message_names_the_cell_to_fill(tmp_path):
    (said,) = [
        one for one in year(tmp_path, [TALK | {"organiser": "Tổ Toán", "expected": 11}], sizes=False).problems
        if one.code == "unit_size_blank"
    ]
    assert "Ghi số người của Tổ Toán ở cột «Số người», bảng Tổ và đơn vị" in str(said.remedy)
