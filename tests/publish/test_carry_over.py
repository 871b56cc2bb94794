"""Next year starts from this year: every model and goal, no figure and no date."""

import shutil
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from antq_review.errors import CannotDo, UsageError
from antq_review.forms import blank_files
from antq_review.forms.carry_over import (
    SCORE_OF_THE_YEAR,
    carried_initiatives,
    carried_plan,
    carried_profile,
    changed_in_form,
    names_year,
)
from antq_review.forms.lists_sheet import LISTS_TITLE
from antq_review.forms.new_school import NewSchool
from antq_review.forms.plan_rows import plan_rows
from antq_review.forms.rows.evidence import Initiative
from antq_review.forms.rows.school import PlanRow, Profile, Unit
from antq_review.forms.sheets import SCORE_TABLE, table_named
from antq_review.ingest.model import Evidence
from antq_review.publish.carry_over import carry_over
from antq_review.scoring.pipeline import read_folder
from antq_review.scoring.score_table.table import blank_rows
from antq_review.shipped import example_folder
from antq_review.text import fold
from tests.example.edit import column_of, edited, find_row

#: The score table's sheets are tested by themselves below: its rows, classes and deductions stay.
SCORE_SHEETS = {table_named(name)[0].title for name in SCORE_TABLE}
STAY = {"profile", "units", "plan", *SCORE_TABLE}
LAST = example_folder().parent / "2025"
OLDER_FORMS = Path(__file__).parents[1] / "data" / "older_forms" / "2025"
CODE = "00123456"


@pytest.fixture(scope="module")
def last() -> Evidence:
    return read_folder(LAST)


@pytest.fixture(scope="module")
def carried(last) -> dict[Path, bytes]:
    return carry_over(last, LAST).files


@pytest.fixture(scope="module")
def folder(carried, tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("năm sau")
    for name, content in carried.items():
        (place / name).write_bytes(content)
    return place


def cells(files: dict[Path, bytes]) -> dict[tuple[str, str], object]:
    found = {}
    for name, content in files.items():
        if name.suffix == ".xlsx":
            for page in openpyxl.load_workbook(BytesIO(content)):
                found |= {(page.title, cell.coordinate): cell.value for row in page for cell in row if cell.value is not None}
    return found


def named(values: dict[tuple[str, str], object], where: tuple[str, str]) -> str:
    """The name of a cell: its label or heading, and for the plan its sentence."""
    title, coordinate = where
    column, row = coordinate.rstrip("0123456789"), int("".join(c for c in coordinate if c.isdigit()))
    if title == "Thông tin trường" and row < 35:
        return str(values[title, f"A{row}"]).rstrip(" *")
    above = (number for number in range(row - 1, 0, -1) if str(values.get((title, f"{column}{number}"))).rstrip(" *") in HEADINGS)
    top = next(above)
    heading = str(values[title, f"{column}{top}"]).rstrip(" *")
    return f"{heading} {values[title, f'A{row}']}{values.get((title, f'B{row}'), '') if title == 'Kế hoạch' else ''}"


HEADINGS = {"Phụ trách", "Tên mô hình", "Tên tổ, đơn vị", "Loại", "Đầu mối trực thuộc?", "Phải nộp biểu"}
#: Whom the school of 2025 charged with a part of its plan.
CHARGED = (
    "I.1-1", "I.1-3", "II.1-1a", "II.1-4a", "II.4-4", "II.5-3", "II.6-1b", "II.6-2b", "III.1-4", "III.1-5", "III.1-6", "III.2.1-2",
)
#: The blank forms with the same head.
NAMED = NewSchool(school_code=CODE, year=2026, name="Trường TH&THCS Mẫu")
PROFILE = {
    "Tên trường", "Cấp học", "Xã, phường", "Tỉnh, thành phố", "Địa chỉ", "Địa danh ghi trên văn bản", "Cơ quan chủ quản",
    "Có tổ chức Đảng?", "Có lực lượng bảo vệ?", "Chế độ của bảo vệ", "Tỉnh có tiêu chí bổ sung?", "Ký hiệu văn bản của trường", "Người ký",
    "Chức vụ người ký", "Nơi nhận", "Tên Ban Chỉ đạo ở xã", "Các tháng dạy học",
}
UNITS = (
    "Ban Giám hiệu", "Tổ Tiểu học 1", "Tổ Tiểu học 2", "Tổ Tự nhiên", "Tổ Xã hội", "Tổ Văn phòng", "Đội TNTP", "Bảo vệ",
)


def test_the_example_of_2025_gives_the_blanks_of_2026_but_for_the_cells_named_here(carried):
    blank, ours = (
        {where: value for where, value in cells(files).items() if where[0] not in SCORE_SHEETS}
        for files in (blank_files(blank_rows(), school=NAMED), carried)
    )
    # The catalogue has blanks where the school's own plan has names, and no slip that a note must correct.
    spoken = {("Kế hoạch", column) for column in "CD"}
    differ = {where for where in blank if where[0] != LISTS_TITLE and ours.get(where) != blank[where]}
    assert {(title, place.rstrip("0123456789")) for title, place in differ} == spoken - {("Kế hoạch", "D")}
    assert all(str(blank[where]).count("…") or "Cổng" in str(blank[where]) or "thế trận" in str(blank[where]) or "VH-XH" in str(
        blank[where]) for where in differ)
    added = sorted(
        where for where in ours.keys() - blank.keys() if where[0] != LISTS_TITLE and (where[0], where[1][0]) not in spoken
    )
    by_sheet = {title: [where for where in added if where[0] == title] for title, _ in added}
    assert set(by_sheet) == {"Thông tin trường", "Kế hoạch", "Mô hình"}
    profile = {named(ours, where) for where in by_sheet["Thông tin trường"]}
    columns = ("Tên tổ, đơn vị", "Loại", "Đầu mối trực thuộc?")
    units = {f"{heading} {name}" for name in UNITS for heading in columns}
    hand_in = {f"Phải nộp biểu {name}" for name in ("Ban Giám hiệu", "Tổ Tự nhiên", "Tổ Văn phòng", "Đội TNTP")}
    assert profile == PROFILE - {"Tên trường"} | units | hand_in
    assert {named(ours, where) for where in by_sheet["Kế hoạch"]} == {f"Phụ trách {part}" for part in CHARGED}
    assert [ours[where] for where in by_sheet["Mô hình"]] == [row.name for row in MODELS]


MODELS = [Initiative(name=name, status="kept") for name in (
    "Trường học an toàn", "Trường học hạnh phúc", "Cổng trường an toàn giao thông",
    "Trường học sáng – xanh – sạch – đẹp – an ninh – an toàn", "Camera an ninh trường học", "Phòng, chống bạo lực học đường",
)]


def test_beside_the_year_that_came_the_differences_are_those_of_the_school(folder):
    """What the school of 2026 really wrote, beside what 2025 had laid ready for it."""
    ready, real = read_folder(folder), read_folder(example_folder())
    settings = {"class_count", "report_within_hours", "handle_within_days", "drawn_out_days", "previous_result"}
    differ = {name for name in Profile.model_fields if getattr(ready.profile, name) != getattr(real.profile, name)}
    assert differ == settings
    assert [row.values for row in ready.of(Unit)] == [row.values for row in real.of(Unit)]
    key = ("goal_id", "part", "quote", "measure", "topic", "audience", "name", "operator", "unit")

    def asked(evidence):
        return [tuple(row.value_of(name) for name in key) for row in evidence.of(PlanRow)]

    assert asked(ready) == asked(real)
    names = {row.values.name for row in real.of(Initiative)} - {row.name for row in MODELS}
    assert names == {"Tổ tự quản học sinh"}


def test_no_figure_and_no_date_of_the_old_year(carried, last):
    """Numbers in the new forms are the new year, and targets that the plan or the form itself says; a day stands nowhere."""
    ours = cells(carried)
    assert not [where for where, value in ours.items() if isinstance(value, (date, datetime))]
    proposals = {(row.goal_id, row.part): row.number for row in plan_rows()}
    said = {"Kế hoạch", LISTS_TITLE, *SCORE_SHEETS}  # the plan's targets, the school's grades, the points of its own table
    numbers = {value for where, value in ours.items() if isinstance(value, (int, float, Decimal)) and where[0] not in said}
    assert numbers == {2026}
    plan = {(row.values.goal_id, row.values.part): row for row in last.of(PlanRow)}
    own = [name for name, row in plan.items() if row.values.set_by == "school" and row.values.number != proposals[name]]
    assert len(own) >= 7, "the school of 2025 set targets of its own, and none of them is carried"
    added = ours.keys() - cells(blank_files(blank_rows(), school=NAMED)).keys()
    assert not [where for where in added if names_year(ours[where], 2025)]


def test_the_models_must_be_said_to_run_before_they_count(folder):
    read = read_folder(folder)
    assert read.year == 2026 and len(read.of(PlanRow)) == len(plan_rows())
    assert len(read.refused("initiatives")) == 6 and read.of(Initiative) == []
    assert [row.table for name in read.tables for row in read.rows(name) if name not in STAY] == []


# --- the rules, one by one -----------------------------------------------------------------------------------------


def test_a_target_that_the_plan_says_stays_one_that_the_school_set_does_not():
    kept, own, other, strange = carried_plan([
        PlanRow(goal_id="X-1", quote="100 %", measure="Số hoạt động", operator="equals", number=Decimal(7), set_by="plan"),
        PlanRow(goal_id="I.1-3", quote="q", measure="Số hoạt động", operator="at_least", number=Decimal(99), set_by="school"),
        PlanRow(goal_id="I.1-2", part="a", quote="q", measure="Số vụ việc", number=Decimal(99), unit="vụ", set_by="school"),
        PlanRow(goal_id="X-2", quote="q", topic="drugs;law", number=Decimal(99), due_on=date(2025, 5, 1), set_by="proposed"),
    ])
    assert (kept["number"], kept["set_by"], kept["operator"]) == (Decimal(7), "Kế hoạch", "=")
    assert (own["number"], own["set_by"]) == (Decimal(1), "Đề xuất của biểu mẫu")
    assert "number" not in other and "set_by" not in other and other["unit"] == "vụ"
    assert "number" not in strange and "due_on" not in strange and strange["topic"] == "Ma túy; Pháp luật, chính sách"


def test_a_stopped_model_is_not_carried_and_each_is_carried_once():
    rows = [
        Initiative(name="A", status="kept"), Initiative(name="Mô hình “a”", status="new"), Initiative(name="B", status="stopped"),
        Initiative(name="C – D", status="stopped"), Initiative(name="C - D", status="kept"),
    ]
    assert [line["name"] for line in carried_initiatives(rows)] == ["A", "C - D"]


def test_a_number_that_an_earlier_form_called_the_plans_is_a_proposal_again():
    """Part 100 % of II.4-2a: the plan says no number. The school's own 80 %, said to be the plan's, stays."""
    rows = {row.goal_id + (row.part or ""): row for row in plan_rows()}
    called, own, said = carried_plan([
        rows["II.4-2a"].model_copy(update={"set_by": "plan"}),
        rows["III.1-5"].model_copy(update={"set_by": "plan", "number": Decimal(80)}),
        rows["II.3-1"],
    ])
    assert (called["number"], called["set_by"]) == (Decimal(100), "Đề xuất của biểu mẫu")
    assert (own["number"], own["set_by"]) == (Decimal(80), "Kế hoạch")
    assert (said["number"], said["set_by"]) == (Decimal(100), "Kế hoạch")


def test_what_the_blank_form_has_beyond_the_carried_plan_is_told(tmp_path):
    """The plan of 2025 in the form of an earlier edition: four sentences and three parts less, three measures since mended."""
    folder = tmp_path / "2025"
    shutil.copytree(OLDER_FORMS, folder)
    found = carry_over(read_folder(folder), folder)
    lacking, measured = found.look_again
    assert "I.1-4a, I.1-4b, I.1-5a, I.1-5b, I.1-5c, I.2-4, II.2-4a, II.2-4b, III.1-7, III.2.2-1a, III.2.2-1b. " in lacking
    assert "theo cách khác: I.2-3a, II.2-1, III.1-1c. " in measured
    lines = carried_plan(row.values for row in read_folder(folder).of(PlanRow))
    of_the_plan = {line["goal_id"] + line.get("part", "") for line in lines if line.get("set_by") == "Kế hoạch"}
    shipped = {row.goal_id + (row.part or "") for row in plan_rows() if row.set_by == "plan"}
    assert len(lines) == 79 and of_the_plan - shipped == {"II.2-4", "III.2.2-1"}, "sentences that were one part then"


def test_of_a_plan_of_the_schools_own_nothing_is_told():
    shipped, own = list(plan_rows()), [PlanRow(goal_id="I.1-1", quote="Câu của trường", measure="Số hoạt động")]
    assert changed_in_form(own) == changed_in_form([]) == changed_in_form(shipped) == ([], [])
    fewer = [row for row in shipped if row.goal_id != "II.6-4"]
    assert changed_in_form(fewer) == (["II.6-4"], [])
    filters = [row.model_copy(update={"topic": ";".join(reversed((row.topic or "").split(";"))) or None}) for row in shipped]
    assert changed_in_form(filters) == ([], []), "the values of a filter in another order ask for the same"
    other = [row.model_copy(update={"topic": "drugs"}) if row.goal_id == "I.1-3" else row for row in shipped]
    assert changed_in_form(other) == ([], ["I.1-3"])


def test_a_fact_that_names_the_old_year_stays_behind():
    dated = {"recipients": "lưu VT (QĐ 5 ngày 03/4/2025)", "provincial_document": "QĐ 7", "report_within_hours": 24}
    profile = Profile(school_code="20250001", name="Trường Mẫu", year=2025, **dated)
    assert carried_profile(profile, 2026) == {"school_code": "20250001", "name": "Trường Mẫu", "year": 2026}


# --- a folder that is not in order ---------------------------------------------------------------------------------


def test_a_folder_with_problems_still_works_and_what_was_left_is_named(tmp_path):
    folder = tmp_path / "năm cũ"
    shutil.copytree(LAST, folder)
    with edited(folder, "1_nha_truong.xlsx", "Kế hoạch") as page:
        row = find_row(page, lambda values: values[0] == "I.1-3")
        page.cell(row, column_of(page, "Chỉ tiêu")[1]).value = "khoảng ba"
        quote = find_row(page, lambda values: values[0] == "II.1-6")
        page.cell(quote, 3).value = '=HYPERLINK("http://x") đến hết năm 2025'
        page.cell(quote, 3).data_type = "s"
    with edited(folder, "3_hoat_dong_Doi.xlsx", "Mô hình") as page:
        first, column = find_row(page, lambda values: "Trường học hạnh phúc" in values), column_of(page, "Tình trạng")[1]
        page.cell(first, column).value = "Dừng"
    (folder / "hỏng.xlsx").write_bytes(b"not a workbook")
    found = carry_over(read_folder(folder), folder)
    assert "51 nội dung kế hoạch" in found.says[0] and "5 mô hình" in found.says[0]
    assert "Mô hình đã dừng, không mang sang: Trường học hạnh phúc." in found.says
    said = "\n".join(found.look_again)
    assert f"{row}: dòng chưa đọc được" in said and "hỏng.xlsx: tệp chưa đọc được" in said
    assert f"Kế hoạch › C{quote}: đã mang sang nguyên văn" in said
    page = openpyxl.load_workbook(BytesIO(found.files[Path("1_nha_truong.xlsx")]))["Kế hoạch"]
    written = [cell for row in page for cell in row if fold(str(cell.value)).startswith("=hyperlink")]
    assert [(cell.data_type, cell.quotePrefix) for cell in written] == [("s", True)]


def test_without_a_profile_somebody_must_say_whose_the_forms_are(tmp_path):
    evidence = read_folder(tmp_path)
    with pytest.raises(CannotDo, match="mã trường và năm của biểu mới"):
        carry_over(evidence, tmp_path)
    found = carry_over(evidence, tmp_path, NewSchool(school_code="00700001", year=2027))
    assert found.files == blank_files(blank_rows(), "00700001", 2027)
    assert any("không có dòng kế hoạch nào" in sentence for sentence in found.says)


def test_another_code_or_an_earlier_year_is_refused(last):
    with pytest.raises(UsageError, match="trường mã 00123456, không phải 1"):
        carry_over(last, LAST, NewSchool(school_code="1"))
    with pytest.raises(UsageError, match="năm 2025 không đúng"):
        carry_over(last, LAST, NewSchool(year=2025))
    assert openpyxl.load_workbook(BytesIO(carry_over(last, LAST, NewSchool(school_code=CODE, year=2028)).files[Path("2_van_ban.xlsx")]))


def test_the_score_table_is_carried_without_what_the_year_decided(last, folder):
    new = read_folder(folder)
    for name in SCORE_TABLE:
        models = [row.values for row in last.rows(name)]
        before = [one.model_copy(update=dict.fromkeys(SCORE_OF_THE_YEAR & type(one).model_fields.keys())) for one in models]
        assert [row.values for row in new.rows(name)] == before, name
    assert len(new.rows("score_rows")) > 5 and any(row.value_of("self_points") is not None for row in last.rows("score_rows"))
    assert any(f"{len(last.rows('score_rows'))} dòng" in told and "để trống mọi điểm" in told for told in carry_over(last, LAST).says)


def test_of_two_filled_score_tables_none_is_carried(tmp_path):
    school = shutil.copytree(LAST, tmp_path / "trường")
    shutil.copy(school / "thang_diem.xlsx", school / "thang_diem_2.xlsx")
    with edited(school, "thang_diem_2.xlsx", "Thang điểm") as page:
        next(cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str) and len(cell.value) > 40).value = "Khác"
    found = carry_over(read_folder(school), school)
    assert any("Có nhiều bảng thang điểm" in told for told in found.look_again)
