"""A school that begins: what is typed once stands in the profile, the heads, the lists and the sentences of its workbooks."""

import io
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import MultiCellRange

from antq_review.errors import UsageError
from antq_review.forms import blank_files
from antq_review.forms import choices as lists
from antq_review.forms.columns import YesNo
from antq_review.forms.guide import guide
from antq_review.forms.lists_sheet import LISTS_TITLE
from antq_review.forms.measure_filters import MEASURE_FILTERS, filter_headings
from antq_review.forms.measure_labels import Measure
from antq_review.forms.measures_sheet import MEASURES_TITLE
from antq_review.forms.new_school import NewSchool, NewUnit, faults, levels_named, units_named, youth_named
from antq_review.forms.offered_plan import offered_plan
from antq_review.forms.plan_rows import plan_rows
from antq_review.forms.rows.school import PlanRow, Profile, Unit
from antq_review.ingest.model import Evidence
from antq_review.scoring.measures import registry
from antq_review.scoring.pipeline import read_folder
from antq_review.scoring.score_table.table import blank_rows
from tests.each import each

THPT = NewSchool(
    school_code="00700100", year=2026, name="Trường THPT Mẫu", levels="upper_secondary", commune="phường Mẫu", province="tỉnh Mẫu",
    superior_body="Sở GDĐT tỉnh Mẫu", signer="Nguyễn Văn An", signer_post="Hiệu trưởng",
    units=units_named("Ban Giám hiệu; Tổ Toán – Tin; Tổ Ngữ văn; Tổ Văn phòng; Đoàn trường; Bảo vệ"),
)
KINDERGARTEN = NewSchool(school_code="00700101", year=2026, levels="kindergarten", commune="xã Mẫu")


def books(school: NewSchool) -> Mapping[str, Workbook]:
    files = blank_files(blank_rows(), school=school)
    return {path.stem: load_workbook(io.BytesIO(content)) for path, content in files.items() if path.suffix == ".xlsx"}


@pytest.fixture(scope="module")
def thpt() -> Mapping[str, Workbook]:
    return books(THPT)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    folder = tmp_path_factory.mktemp("thpt")
    for path, content in blank_files(blank_rows(), school=THPT).items():
        (folder / path).write_bytes(content)
    return read_folder(folder)


def entries(book: Workbook, sheet: str, heading: str) -> list[object]:
    """What the drop-down list below a heading, or beside a label, offers; empty without a list."""
    page = book[sheet]
    cell = next(cell for row in page.iter_rows() for cell in row if str(cell.value).rstrip(" *") == heading)
    places = {page.cell(cell.row + 2, cell.column).coordinate, *(page.cell(cell.row, n).coordinate for n in range(2, 8))}
    for rule in page.data_validations.dataValidation:
        if rule.type == "list" and any(place in MultiCellRange(str(rule.sqref)) for place in places):
            letter, first, last = re.fullmatch(rf"'{LISTS_TITLE}'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", rule.formula1).groups()
            return [book[LISTS_TITLE][f"{letter}{row}"].value for row in range(int(first), int(last) + 1)]
    return []


def test_what_was_typed_is_read_back_as_the_profile_and_the_units(read: Evidence) -> None:
    assert read.profile == Profile(
        **THPT.model_dump(exclude={"units", "youth_body"}), youth_body=lists.YouthBody.UNION
    )
    assert [(row.values.name, row.values.kind, row.values.is_subunit) for row in read.of(Unit)] == [
        ("Ban Giám hiệu", "leadership", "no"), ("Tổ Toán – Tin", "subject_group", "yes"), ("Tổ Ngữ văn", "subject_group", "yes"),
        ("Tổ Văn phòng", "office", "yes"), ("Đoàn trường", "youth_union", "no"), ("Bảo vệ", "guard_force", "no"),
    ]
    assert not [one for one in read.problems if one.severity.value == "error"]


def test_every_head_names_the_school(thpt: Mapping[str, Workbook]) -> None:
    for book in thpt.values():
        for page in book:
            said = {cell.value for row in page.iter_rows(max_row=12) for cell in row}
            free = page.title in (LISTS_TITLE, MEASURES_TITLE, "Thông tin thang điểm")
            assert free or {"Trường THPT Mẫu", "00700100"} <= said, page.title


def test_lists_offer_what_fits(thpt: Mapping[str, Workbook]) -> None:
    activities, school = thpt["3_hoat_dong"], thpt["1_nha_truong"]
    units = [unit.name for unit in THPT.units]
    assert entries(activities, "Hoạt động", "Đơn vị tổ chức") == entries(activities, "Hoạt động", "Đơn vị nộp") == units
    assert entries(thpt["5_thi_dua"], "Thi đua", "Tổ, đơn vị") == units
    assert entries(activities, "Hoạt động", "Khối lớp") == entries(school, "Thông tin trường", "Khối lớp") == [10, 11, 12]
    forms = entries(activities, "Hoạt động", "Hình thức")
    assert "Sinh hoạt Đoàn" in forms and "Sinh hoạt Đội" not in forms
    audiences = entries(activities, "Hoạt động", "Đối tượng")
    assert [one for one in audiences if "Học sinh" in str(one) or "Trẻ" in str(one)] == ["Học sinh THPT"]
    assert entries(activities, "Hoạt động", "Cấp học") == ["THPT", "Toàn trường"]


def test_an_entry_that_is_not_offered_is_still_read(tmp_path: Path) -> None:
    """Forms of before offered everything."""
    files = blank_files(blank_rows(), school=THPT)
    book = load_workbook(io.BytesIO(files[Path("3_hoat_dong.xlsx")]))
    page = book["Hoạt động"]
    headings = {str(cell.value).rstrip(" *"): cell for row in page.iter_rows() for cell in row if cell.value}
    line = {"Ngày": "05/03/2026", "Tên hoạt động": "Sinh hoạt", "Hình thức": "Sinh hoạt Đội", "Đơn vị tổ chức": "Đoàn trường"}
    for heading, value in line.items():
        page.cell(headings["Hình thức"].row + 2, headings[heading].column).value = value
    for path, content in files.items():
        (tmp_path / path).write_bytes(content)
    book.save(tmp_path / "3_hoat_dong.xlsx")
    (row,) = read_folder(tmp_path).rows("activities")
    assert row.value_of("form") == "youth_meeting"


@pytest.mark.parametrize(("typed", "levels", "youth", "grades"), [
    ("Mầm non", "kindergarten", "none", 0), ("TH", "primary", "pioneers", 5), ("thcs", "lower_secondary", "pioneers", 4),
    ("THPT", "upper_secondary", "union", 3), ("TH, THCS", "primary_lower", "pioneers", 9), ("THCS và THPT", "lower_upper", "both", 7),
    ("TH&THCS&THPT", "primary_lower_upper", "both", 12), ("TH; Mầm non", "kindergarten_primary", "pioneers", 5),
    ("GDTX", "continuing", "union", 7), ("Mầm non, TH, THCS&THPT", "kindergarten_upper", "both", 12),
])
def test_levels_as_people_type_them(typed: str, levels: str, youth: str, grades: int) -> None:
    school = NewSchool(levels=levels_named(typed))
    assert (school.levels, school.youth, len(school.grades)) == (levels, youth, grades)


@pytest.mark.parametrize("call", [lambda: levels_named("Đại học"), lambda: levels_named("Mầm non, THPT"), lambda: youth_named("Chi hội")])
def test_what_is_not_known_is_refused(call) -> None:
    with pytest.raises(UsageError):
        call()


def test_organisations_as_people_type_them() -> None:
    assert [youth_named(text) for text in ("Đội", "doan", "Đội, Đoàn", "Không")] == ["pioneers", "union", "both", "none"]


def test_every_combination_of_levels_is_taught_and_asked_about() -> None:
    assert set(lists.TAUGHT) == set(lists.LevelsTaught)


def test_faults_of_what_was_typed() -> None:
    wrong = NewSchool(year=1999, commune="Mẫu", units=units_named("Tổ Toán; tổ toán"))
    assert set(faults(wrong)) == {"year", "commune", "units"} and faults(THPT) == {}
    assert faults(NewSchool()) == {}


def test_a_unit_of_no_known_kind_is_another_unit() -> None:
    assert units_named("Trạm y tế") == (NewUnit(name="Trạm y tế", kind=lists.UnitKind.OTHER, is_subunit=YesNo.NO),)


# --- the catalogue of duties --------------------------------------------------------------------------------------------------


def test_the_catalogue_speaks_of_the_school() -> None:
    rows = {row.goal_id + (row.part or ""): row for row in offered_plan(THPT)}
    assert "Công an phường Mẫu" in rows["III.1-2a"].quote and "về Sở GDĐT tỉnh Mẫu để" in rows["III.1-6"].quote
    assert rows["I.2-2"].level == "upper_secondary" and rows["I.2-2"].part is None
    assert rows["I.2-4"].audience == "upper_secondary_pupils"
    assert rows["III.2.2-2"].form == "extracurricular;union_meeting" and rows["III.2.2-2"].quote.endswith("sinh hoạt Đoàn.")
    assert {row.goal_id for row in offered_plan(THPT)} == {row.goal_id for row in plan_rows()}


def test_a_kindergarten_gets_no_duty_of_a_text_out_of_whose_scope_it_is_and_none_of_older_pupils() -> None:
    rows = offered_plan(KINDERGARTEN)
    assert not [row for row in rows if row.measure in (Measure.RECOGNITION.label, Measure.SELF_ASSESSMENT.label)]
    assert not [row for row in rows if "youth" in (row.form or "") or "Đội" in (row.organiser or "")]
    pupils = {one for row in rows for one in (row.audience or "").split(";") if one in set(lists.PUPILS)}
    assert pupils == {"kindergarten_children"} and {row.goal_id for row in plan_rows()} - {row.goal_id for row in rows} == {
        "I.1-1", "II.1-3", "II.1-5", "II.5-3", "III.1-4", "III.2.2-1", "III.2.2-2",
    }


def test_a_school_of_which_nothing_is_known_gets_the_whole_catalogue() -> None:
    assert len(offered_plan(NewSchool())) == len(plan_rows())


def test_the_offered_rows_are_read_under_their_ids(read: Evidence) -> None:
    rows = [row.values for row in read.of(PlanRow)]
    assert [(row.goal_id, row.part) for row in rows] == [(row.goal_id, row.part) for row in offered_plan(THPT)]


# --- help about the measures --------------------------------------------------------------------------------------------------


@each("measure", Measure)
def test_the_help_says_which_filters_a_measure_understands(measure: Measure) -> None:
    entry = registry().get(measure.value)
    # The level of a commendation is that of the authority: the plan's column «Cấp học» is not meant.
    known = set(entry.filters) & set(PlanRow.model_fields) if entry and measure is not Measure.COMMENDATION_COUNT else set()
    assert set(MEASURE_FILTERS.get(measure, ())) == known


def test_the_sheet_of_measures_shows_them(thpt: Mapping[str, Workbook]) -> None:
    page = thpt["1_nha_truong"][MEASURES_TITLE]
    table = list(page.iter_rows(min_row=6, values_only=True))
    headings, rows = table[0], {row[0]: row for row in table[1:]}
    assert set(rows) == set(Measure.labels().values()) and page.sheet_state == "visible"
    marked = [heading for heading, mark in zip(headings, rows["Số hoạt động"], strict=True) if mark == "x"]
    assert tuple(marked) == filter_headings(Measure.ACTIVITY_COUNT) and "Chủ đề" in marked and "Loại" not in marked


def test_the_guide_lists_the_filters_by_measure() -> None:
    text = guide()
    for measure in Measure:
        assert f"<td>{escape(measure.label)}</td><td>{escape('; '.join(filter_headings(measure)) or '–')}</td>" in text


def test_a_filter_that_the_measure_does_not_understand_is_shaded(thpt: Mapping[str, Workbook]) -> None:
    page = thpt["1_nha_truong"]["Kế hoạch"]
    formulas = [rule.formula[0] for found in page.conditional_formatting for rule in found.rules]
    assert len(formulas) == 12 and all("COUNTIFS" in text and MEASURES_TITLE in text for text in formulas)
    (rule,) = [rule for rule in page.data_validations.dataValidation if rule.prompt]
    assert rule.showInputMessage and "trang «Phép đo»" in rule.prompt and len(rule.prompt) <= 255
