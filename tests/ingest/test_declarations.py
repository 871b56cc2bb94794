"""Declarations: from which day on the absence of a row is believed, and what is said where it is not.

A form is complete only when every unit that must hand it in has declared its copy, and then up to the earliest of their days.
"""

from dataclasses import replace
from datetime import date

import pytest

from antq_review.forms.sheets import SHEETS, sheet_named
from antq_review.ingest.declarations import declaration_problems, declared, must_hand_in, unclear_units
from antq_review.ingest.model import Evidence, Problem
from tests.scoring.build import DECLARED, NOT_DECLARED, evidence_of

MAY, JUNE, LAST = date(2026, 5, 1), date(2026, 6, 1), date(2026, 12, 31)
ACTIVITIES = sheet_named("hoat_dong")
OWES = [{"name": "Tổ 1", "kind": "subject_group", "is_subunit": "yes", "must_hand_in": "Hoạt động"}]


def said(evidence: Evidence, code: str, last_day: date | None = None) -> list[Problem]:
    return [one for one in declaration_problems(evidence, last_day) if one.code == code]


def without(evidence: Evidence, *names: str) -> Evidence:
    """The evidence without the copies of these forms."""
    return replace(evidence, copies=[copy for copy in evidence.copies if copy.sheet not in names])


@pytest.mark.parametrize(
    ("case", "until"),
    [
        ({"declared": {"hoat_dong": MAY}}, MAY),
        ({"declared": {"hoat_dong": [JUNE, MAY, LAST]}}, MAY),  # the earliest day of all copies
        ({"declared": {"hoat_dong": [JUNE, NOT_DECLARED]}}, None),
        ({"declared": {"hoat_dong": MAY, "van_ban": NOT_DECLARED}}, MAY),  # another form's copy has no effect
        ({"declared": {"hoat_dong": MAY, "van_ban": date(2026, 1, 1)}}, MAY),
        ({"declared": {"hoat_dong": MAY}, "unread": ["to_2.xlsx"]}, None),  # the unread file may be a copy of it
        ({"declared": {"hoat_dong": MAY}, "refused": {"units": 1}}, None),
        ({"declared": {"hoat_dong": MAY}, "refused": {"activities": 1}}, MAY),
        ({"declared": {"hoat_dong": MAY}, "units": OWES}, MAY),  # the copy of “Tổ 1” is there
        ({"declared": {"hoat_dong": MAY}, "units": [{**OWES[0], "name": "Tổ 9"}]}, None),
        ({"declared": {"hoat_dong": MAY}, "units": [{**OWES[0], "name": "tổ  1"}]}, MAY),
    ],
)
def test_a_form_is_complete_up_to_the_earliest_day_of_all_who_owe_it(case: dict[str, object], until: date | None) -> None:
    found = declared(evidence_of(case), ACTIVITIES)
    assert found.until == until


def test_the_state_names_its_cells_the_missing_units_and_the_copies_without_a_declaration() -> None:
    units = [OWES[0], {**OWES[0], "name": "Tổ 9"}]
    found = declared(evidence_of({"declared": {"hoat_dong": [MAY, NOT_DECLARED]}, "units": units}), ACTIVITIES)
    assert [(cell.file, cell.cell, cell.shown) for cell in found.cells] == [("3_hoat_dong_1.xlsx", "B5", "01/05/2026")]
    assert found.missing_units == ("Tổ 9",)
    assert [copy.file for copy in found.undeclared] == ["3_hoat_dong_2.xlsx"]


def test_no_copy_is_no_declaration() -> None:
    found = declared(without(evidence_of({}), "hoat_dong"), ACTIVITIES)
    assert (found.until, found.cells, found.missing_units, found.undeclared) == (None, (), (), ())


@pytest.mark.parametrize(
    ("titles", "owed", "unclear"),
    [
        (None, [], False), ("", [], False), ("Hoạt động", ["hoat_dong"], False), ("hoạt  động; Văn bản", ["van_ban", "hoat_dong"], False),
        ("Hoạt động; Sổ gì đó", list(DECLARED), True),  # nobody knows which sheet is meant: it may be any
    ],
)
def test_the_sheets_that_a_unit_owes(titles: str | None, owed: list[str], unclear: bool) -> None:
    evidence = evidence_of({"units": [{**OWES[0], "must_hand_in": titles}]})
    assert [sheet.name for sheet in SHEETS if sheet.declared and must_hand_in(evidence, sheet) == ["Tổ 1"]] == sorted(
        owed, key=[sheet.name for sheet in SHEETS].index
    )
    assert unclear_units(evidence) == (["Tổ 1"] if unclear else [])


# --- what is said -------------------------------------------------------------------------------------------------------


def test_nothing_is_said_of_a_school_that_declared_every_form() -> None:
    assert declaration_problems(evidence_of({}), LAST) == []


def test_a_copy_without_a_declaration_is_said_at_its_file() -> None:
    (found,) = declaration_problems(evidence_of({"declared": {"hoat_dong": [MAY, NOT_DECLARED]}}), LAST)
    assert (found.code, found.file, found.sheet, found.forms) == (
        "declaration_missing", "3_hoat_dong_2.xlsx", "Hoạt động", ("hoat_dong",)
    )
    assert str(found.consequence) == "Chưa thể coi là không còn hoạt động nào khác."


@pytest.mark.parametrize(("day", "last_day", "past"), [
    (LAST, LAST, False), (date(2027, 1, 1), LAST, True), (date(2027, 1, 1), None, False), (MAY, LAST, False),
])
def test_a_declaration_later_than_the_year_is_said_at_its_cell(day: date, last_day: date | None, past: bool) -> None:
    found = declaration_problems(evidence_of({"declared": {"hoat_dong": day}}), last_day)
    assert [(one.code, one.file, one.sheet, one.cells, one.found, one.forms) for one in found] == (
        [("declared_past_year", "3_hoat_dong_1.xlsx", "Hoạt động", ("B5",), "01/01/2027", ("hoat_dong",))] if past else []
    )
    assert [str(one.says) for one in found] == (
        ["Kê khai đến 01/01/2027, sau ngày cuối của năm đánh giá (31/12/2026)."] if past else []
    )


def test_a_unit_that_handed_nothing_in_is_said_once_for_each_form_it_owes() -> None:
    units = [{**OWES[0], "name": "Tổ 9", "must_hand_in": "Hoạt động; Văn bản"}]
    found = declaration_problems(evidence_of({"units": units}), LAST)
    assert [(one.code, one.file, one.sheet, one.forms, str(one.says)) for one in found] == [
        ("unit_not_handed_in", "", "Văn bản", ("van_ban",), "Tổ 9 chưa nộp biểu Văn bản."),
        ("unit_not_handed_in", "", "Hoạt động", ("hoat_dong",), "Tổ 9 chưa nộp biểu Hoạt động."),
    ]


def test_a_form_that_nobody_handed_in_is_said_once() -> None:
    evidence = evidence_of({})
    (found,) = declaration_problems(without(evidence, "hoat_dong"), LAST)
    assert (found.code, found.file, found.sheet, found.forms) == ("sheet_missing", "", "Hoạt động", ("hoat_dong",))
    assert str(found.says) == "Trong thư mục chưa có biểu Hoạt động."
    assert str(found.consequence) == "Chưa thể coi là không có hoạt động nào."
    owed = without(evidence_of({"units": OWES}), "hoat_dong")  # the unit that owes it is named instead
    assert [one.code for one in declaration_problems(owed, LAST)] == ["unit_not_handed_in"]


def test_every_declared_form_is_looked_at_and_no_other() -> None:
    nothing = replace(evidence_of({}), copies=[])
    assert [one.forms for one in said(nothing, "sheet_missing")] == [(sheet.name,) for sheet in SHEETS if sheet.declared]
    assert len(declaration_problems(nothing)) == len(DECLARED)
