"""A school's word for those whom it teaches: in its forms, its tables and its papers; every word is read, law and names stay."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from antq_review.forms import blank_files
from antq_review.forms import choices as lists
from antq_review.forms.choices import LevelsTaught, pupils_of
from antq_review.forms.columns import CHILDREN, WORDS_FOR_PUPILS, Choices
from antq_review.forms.guide import guide
from antq_review.forms.new_school import NewSchool
from antq_review.forms.rows.evidence import Incident
from antq_review.forms.rows.safety import Support
from antq_review.forms.sheets import SHEETS
from antq_review.ingest.model import Evidence
from antq_review.scoring.pipeline import read_folder
from antq_review.scoring.score_table.table import blank_rows
from tests.each import each

KINDERGARTEN = NewSchool(school_code="00700101", year=2026, name="Trường Mầm non Mẫu", levels="kindergarten")


def four(school: NewSchool) -> Workbook:
    files = blank_files(blank_rows(), school=school)
    return load_workbook(io.BytesIO(files[Path("4_an_toan.xlsx")]))


@pytest.fixture(scope="module")
def blank() -> Workbook:
    return four(KINDERGARTEN)


@each("levels, word", [
    *((one, "học sinh") for one in (None, LevelsTaught.PRIMARY, LevelsTaught.PRIMARY_LOWER, LevelsTaught.UPPER_SECONDARY)),
    (LevelsTaught.KINDERGARTEN, "trẻ"), (LevelsTaught.KINDERGARTEN_PRIMARY, "trẻ, học sinh"), (LevelsTaught.CONTINUING, "học viên"),
])
def test_the_word_follows_the_levels(levels: LevelsTaught | None, word: str) -> None:
    assert lists.DisciplineGroup.PUPILS.called(pupils_of(levels)) == word.capitalize()
    assert lists.Offender.label_of("pupils", pupils_of(levels)) == f"{word.capitalize()} của trường"


def test_a_group_of_one_level_has_the_word_of_its_level() -> None:
    """In a school of children and pupils, its pupils are pupils; a centre teaches learners at every level."""
    primary = lists.Audience.PRIMARY_PUPILS
    both, learners = pupils_of(LevelsTaught.KINDERGARTEN_PRIMARY), pupils_of(LevelsTaught.CONTINUING)
    assert (primary.called(both), lists.Audience.PARENTS.called(both)) == ("Học sinh TH", "Cha mẹ trẻ, học sinh")
    assert lists.Audience.UPPER_SECONDARY_PUPILS.called(learners) == "Học viên THPT"


def test_the_workbooks_of_a_kindergarten_speak_of_children(blank: Workbook) -> None:
    said = {str(cell.value) for page in blank for row in page.iter_rows() for cell in row if "học sinh" in str(cell.value).lower()}
    assert not [text for text in said if "hỗ trợ học sinh" not in text.lower()], "the name of a form is the same in every school"
    told = {str(cell.value) for page in blank for row in page.iter_rows() for cell in row}
    assert {"Số trẻ có nguy cơ", "Số trẻ được hỗ trợ", "Bảng 1. Hỗ trợ trẻ theo tháng", "Trẻ của trường"} <= told


def test_the_guide_beside_the_forms_names_the_columns_as_they_are() -> None:
    usual, own = guide(), guide(CHILDREN)
    assert "Không ghi tên, lớp của trẻ ở bất cứ đâu." in own and "<td>Số trẻ liên quan</td>" in own
    assert "Không ghi tên, lớp của học sinh ở bất cứ đâu." in usual and "<td>Số học sinh liên quan</td>" in usual


@pytest.mark.parametrize("heading", ["Số trẻ có nguy cơ", "Số học sinh có nguy cơ", "Số học viên có nguy cơ"])
def test_every_word_is_read(heading: str, tmp_path: Path) -> None:
    """A form of before, or one that was copied from another school, is the same form."""
    read = filled(tmp_path, heading, 7)
    assert [row.values for row in read.of(Support)] == [Support(month_on=date(2026, 9, 1), at_risk=7, supported=5)]
    assert not [one for one in read.problems if one.forms == ("ho_tro",) and one.code != "declaration_missing"]


def test_a_fault_names_the_column_as_the_form_does(tmp_path: Path) -> None:
    read = filled(tmp_path, "Số trẻ có nguy cơ", "khoảng 7")
    assert [one.column for one in read.problems if one.code == "not_a_count"] == ["Số trẻ có nguy cơ"]


def test_a_contradiction_and_a_list_have_the_word_of_the_form(tmp_path: Path) -> None:
    (fault,) = [one for one in filled(tmp_path, "Số trẻ có nguy cơ", 4).problems if one.code == "more_supported_than_at_risk"]
    assert str(fault.says) == "Số trẻ được hỗ trợ 5 > số trẻ có nguy cơ 4."
    (offender,) = [column for column in Incident.columns(CHILDREN) if column.name == "offender"]
    assert offender.labels[0] == "Trẻ của trường"
    assert filled(tmp_path, "Số trẻ có nguy cơ", 7).rows("support")[0].heading("at_risk") == "Số trẻ có nguy cơ"


def filled(folder: Path, heading: str, at_risk: object) -> Evidence:
    book = four(KINDERGARTEN)
    page = book["Hỗ trợ học sinh"]
    heads = {str(cell.value).rstrip(" *"): cell for row in page.iter_rows() for cell in row if cell.value}
    heads["Số trẻ có nguy cơ"].value = heading
    line = heads["Số trẻ có nguy cơ"].row + 2
    for name, value in {"Tháng (ghi ngày đầu tháng)": date(2026, 9, 1), "Số trẻ có nguy cơ": at_risk, "Số trẻ được hỗ trợ": 5}.items():
        page.cell(line, heads[name].column).value = value
    book.save(folder / "4_an_toan.xlsx")
    return read_folder(folder)


def test_no_two_entries_and_no_two_columns_are_alike_in_any_word() -> None:
    """Every word is read, so a label of one school may not be another entry of the same list in another school."""
    closed = {column.choices for sheet in SHEETS for table in sheet.tables for column in table.row.columns() if column.choices}
    for choices in closed:
        assert issubclass(choices, Choices)
        assert all(choices.of_label(one.called(word)) is one for word in WORDS_FOR_PUPILS for one in choices), choices
    for sheet in SHEETS:
        for table in sheet.tables:
            same = {(column.heading, column.name) for word in WORDS_FOR_PUPILS for column in table.row.columns(word)}
            assert len({heading for heading, _ in same}) == len(same), table.name
