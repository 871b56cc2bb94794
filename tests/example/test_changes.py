"""What a clerk may do to the example, and what must happen then."""

import shutil
from datetime import date, time
from pathlib import Path

import pytest

from antq_review.errors import NotFinal
from antq_review.scoring.model.outcome import Measurement
from antq_review.scoring.model.review import Finding, GoalStatus, Review, TextResult
from antq_review.scoring.pipeline import read_folder, review_evidence
from tests.example.edit import cell_beside, column_of, copy_example, edited, find_row

pytestmark = pytest.mark.usefixtures("without_steps")

DAY = date(2026, 11, 16)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_example(tmp_path)


@pytest.fixture(scope="module")
def mended_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only to be copied."""
    folder = copy_example(tmp_path_factory.mktemp("mended"))
    mend(folder)
    return folder


@pytest.fixture
def mended(mended_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(mended_once, tmp_path / mended_once.name))


def reviewed(folder: Path) -> Review:
    return review_evidence(read_folder(folder), DAY)


def finding(review: Review, text: str, name: str) -> Finding:
    def walk(findings: tuple[Finding, ...]):
        for one in findings:
            yield one
            yield from walk(one.parts)
            for reading in one.readings:
                yield from walk(reading.parts)

    return next(one for one in walk(review.text(text).findings) if one.id == name)


def measured(review: Review, text: str, name: str) -> list[Measurement]:
    """What was measured for a provision, in each of its readings."""
    top = finding(review, text, name)
    return [place.finding.measurement for place in top.walk() if place.finding.measurement is not None]


def test_about_300_is_no_number(folder: Path) -> None:
    """The cell is named, the row is not counted, and the briefing of everyone is open again."""
    with edited(folder, "3_hoat_dong_Doi.xlsx", "Hoạt động") as page:
        _, present = column_of(page, "Có mặt")
        row = find_row(page, lambda values: "QT-01" in values and "Giáo viên" in values)
        page.cell(row, present).value = "khoảng 300"
        cell = page.cell(row, present).coordinate
    review = reviewed(folder)
    problem = next(one for one in review.problems if one.code == "not_a_count")
    assert (problem.file, problem.sheet, problem.cells) == ("3_hoat_dong_Doi.xlsx", "Hoạt động", (cell,))
    assert "khoảng 300" not in str(problem.says), "what was typed stays in kiem_tra; a result names the cell"
    assert problem.remedy and problem.consequence
    assert [briefed.high for briefed in measured(review, "tt_124", "1e")] == [1, 1]
    assert [reason.code for reason in finding(review, "tt_124", "3a").reasons] == []


def test_a_refused_briefing_row_opens_the_criterion(folder: Path) -> None:
    """Both campaigns that reached every teacher are hit, so 100 % is no longer shown."""
    with edited(folder, "3_hoat_dong_Doi.xlsx", "Hoạt động") as page:
        _, present = column_of(page, "Có mặt")
        for campaign in ("QT-01", "QT-02"):
            row = find_row(page, lambda values, campaign=campaign: campaign in values and "Giáo viên" in values)
            page.cell(row, present).value = "khoảng 300"
    review = reviewed(folder)
    assert finding(review, "tt_124", "1e").computed.truth.value == "unknown"
    assert "refused_row" in [reason.code for reason in finding(review, "tt_124", "1").reasons]
    assert review.text("tt_124").result is TextResult.INSUFFICIENT


def test_a_deleted_paper_moves_the_result_and_says_where(folder: Path) -> None:
    with edited(folder, "2_van_ban.xlsx", "Văn bản") as page:
        page.delete_rows(find_row(page, lambda values: "Bản đăng ký" in values))
    review = reviewed(folder)
    registration = finding(review, "tt_124", "1c")
    assert registration.computed.truth.value == "no"
    for found in measured(review, "tt_124", "1c"):  # signed in quarter I, in force in quarter I
        assert found.low == found.high == 0
        assert found.cells[0].sheet == "Văn bản"  # the declaration: the form says that there is no other
    assert review.text("tt_124").result is TextResult.NOT_MET


@pytest.mark.steps
def test_without_its_declaration_none_happened_is_open(folder: Path) -> None:
    with edited(folder, "4_an_toan.xlsx", "Vụ việc") as page:
        cell_beside(page, "Đã kê khai đầy đủ đến hết ngày").value = None
    review = reviewed(folder)
    for name in ("3a", "3b", "3c", "3dd", "3e", "3g", "4a"):
        assert finding(review, "tt_124", name).computed.truth.value == "unknown", name
    assert [reason.code for reason in finding(review, "tt_124", "3").reasons] == ["undeclared"]
    assert finding(review, "tt_124", "3").settled.truth.value == "unknown", "a meeting cannot settle what is undeclared"
    assert any("Vụ việc" in str(step.says) for step in review.to_do)


@pytest.mark.steps
def test_a_missing_unit_is_named(folder: Path) -> None:
    (folder / "3_hoat_dong_To_Tu_nhien.xlsx").unlink()
    review = reviewed(folder)
    form = next(one for one in review.forms if one.form == "hoat_dong")
    assert form.until is None and form.missing_units == ("Tổ Tự nhiên",)
    assert any("Tổ Tự nhiên" in str(step.says) for step in review.to_do)


def test_an_unreadable_workbook_opens_every_form(folder: Path) -> None:
    (folder / "bản sao.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 400)
    review = reviewed(folder)
    assert all(form.until is None for form in review.forms if form.form == "vu_viec")
    assert finding(review, "tt_124", "3").computed.truth.value == "unknown"


def test_final_refuses_the_illustration_and_without_it_names_the_unread_points(folder: Path) -> None:
    with pytest.raises(NotFinal) as refusal:
        review_evidence(read_folder(folder), DAY, final=True)
    assert any("minh họa" in str(reason) for reason in refusal.value.reasons)
    (folder / "thang_diem.xlsx").unlink()
    with pytest.raises(NotFinal) as refusal:
        review_evidence(read_folder(folder), DAY, final=True)
    assert any("88 điểm chưa có thang điểm" in str(reason) for reason in refusal.value.reasons)
    with pytest.raises(NotFinal) as refusal:
        review_evidence(read_folder(folder), DAY, "tt_124", final=True)
    assert not any("88" in str(reason) for reason in refusal.value.reasons)
    assert any("tiêu chí 6" in str(reason) for reason in refusal.value.reasons)


def mend(folder: Path) -> None:
    """What the school does about the example's flaws (LOI_CO_Y.md); its meeting concludes criterion 6 as well."""
    (folder / "minh_chung" / "video_cong_truong.txt").write_text("Minh chứng", encoding="utf-8")
    with edited(folder, "3_hoat_dong_Doi.xlsx", "Hoạt động") as page:
        page.delete_rows(find_row(page, lambda values: "HD-086" in values))
        page.delete_rows(find_row(page, lambda values: "HD-001" in values))
    with edited(folder, "5_thi_dua.xlsx", "Thi đua") as page:
        _, rating = column_of(page, "Danh hiệu, xếp loại")
        page.cell(find_row(page, lambda values: values[0] == "Tổ Văn phòng"), rating).value = "Hoàn thành tốt nhiệm vụ"
    with edited(folder, "1_nha_truong.xlsx", "Tự chấm") as page:
        first, _ = column_of(page, "Tiêu chí, mục")
        row = next(number for number in range(first, page.max_row + 2) if page.cell(number, 1).value is None)
        for heading, value in {"Văn bản": "Thông tư 124", "Tiêu chí, mục": "6", "Tự đánh giá": "Đạt", "Mã cuộc họp": "CH-01"}.items():
            page.cell(row, column_of(page, heading)[1]).value = value


def test_the_mended_year_decides_all_six_criteria_and_can_be_final(mended: Path) -> None:
    review = review_evidence(read_folder(mended), DAY, "tt_124", final=True)
    assert not review.draft and review.problems == ()
    assert [one.settled.truth.value for one in review.text("tt_124").findings] == ["yes"] * 6
    assert review.text("tt_124").result is TextResult.MET is review.text("tt_124").official_result
    assert [(rated.count, rated.base) for rated in measured(review, "tt_124", "6a")] == [(4, 5), (4, 5)]


def test_one_activity_row_changes_every_judge_alike(folder: Path) -> None:
    """One piece of evidence, three judges: the counts of the texts and of the plan move together."""
    before = reviewed(folder)
    with edited(folder, "3_hoat_dong_Doi.xlsx", "Hoạt động") as page:
        rows = [row[0].row for row in page.iter_rows() if any(cell.value == "Ngày hội toàn dân bảo vệ ANTQ" for cell in row)]
        for row in reversed(rows):
            page.delete_rows(row)
    after = reviewed(folder)
    festival = "3"
    assert finding(before, "qd_510", festival).measurement.low - finding(after, "qd_510", festival).measurement.low == 1
    months = [sum(month.activities for month in review.months) for review in (before, after)]
    assert months[0] - months[1] == 1


def test_as_of_the_middle_of_the_year_goals_are_not_yet_due(folder: Path) -> None:
    review = review_evidence(read_folder(folder), date(2026, 6, 30))
    states = {goal.status for goal in review.goals}
    assert GoalStatus.NOT_DUE in states
    assert review.after_as_of
    codes = {reason.code for reason in finding(review, "tt_124", "3").reasons}
    assert codes == {"period_open"}


def self_score(folder: Path, criterion: str, heading: str, value: object) -> None:
    with edited(folder, "1_nha_truong.xlsx", "Tự chấm") as page:
        _, column = column_of(page, heading)
        row = find_row(page, lambda values: values[:2] == ["Quyết định 510", criterion])
        page.cell(row, column).value = value


def test_more_points_than_the_item_gives_are_refused(folder: Path) -> None:
    self_score(folder, "1", "Điểm tự chấm", 7)
    self_score(folder, "1", "Lý do", "Cuộc họp thống nhất")
    review = reviewed(folder)
    assert [one.cells for one in review.problems if one.code == "points_over_maximum"]
    item = finding(review, "qd_510", "1")
    assert item.self_score is None
    assert (item.settled.low, item.settled.high) == (0, 3)


def test_a_criterion_that_the_text_does_not_have_is_named(folder: Path) -> None:
    self_score(folder, "2", "Tiêu chí, mục", "99")
    problem = next(one for one in reviewed(folder).problems if one.code == "criterion_unknown")
    assert problem.cells and "4a" in str(problem.expected)


def test_a_conflict_with_its_reason_says_the_reason_and_no_longer_refuses(folder: Path) -> None:
    self_score(folder, "4a", "Điểm tự chấm", 0)
    assert "chưa xuất được bản chính thức" in str(finding(reviewed(folder), "qd_510", "4a").conflict)
    self_score(folder, "4a", "Lý do", "Quy chế chưa thực hiện")
    conflict = str(finding(reviewed(folder), "qd_510", "4a").conflict)
    assert "Quy chế chưa thực hiện" in conflict and "chưa xuất được" not in conflict


def test_a_count_that_differs_from_the_polices_is_said(folder: Path) -> None:
    assert not any("đối chiếu lại" in str(warning) for warning in reviewed(folder).warnings)
    with edited(folder, "1_nha_truong.xlsx", "Cuộc họp") as page:
        row, column = column_of(page, "Số vụ khi đối chiếu")
        page.cell(row + 2, column).value = 1
    assert any("đối chiếu lại" in str(warning) for warning in reviewed(folder).warnings)


def test_reports_in_time_so_far_settle_nothing_before_the_period_ends(folder: Path) -> None:
    part = finding(review_evidence(read_folder(folder), date(2026, 5, 30)), "qd_510", "1.5")
    assert part.measurement.low == 1 and part.computed.truth.value == "unknown"
    assert [reason.code for reason in part.reasons] == ["period_open"]


def test_pupils_of_a_level_the_school_does_not_have_are_named(folder: Path) -> None:
    with edited(folder, "3_hoat_dong_To_Tu_nhien.xlsx", "Hoạt động") as page:
        _, audience = column_of(page, "Đối tượng")
        _, grade = column_of(page, "Khối lớp")
        row = find_row(page, lambda values: "TN-02" in values)
        page.cell(row, audience).value, page.cell(row, grade).value = "Học sinh THPT", None
    assert "audience_not_counted" in {problem.code for problem in reviewed(folder).problems}


def test_a_briefing_row_without_a_number_is_unknown_not_zero(folder: Path) -> None:
    with edited(folder, "3_hoat_dong_Doi.xlsx", "Hoạt động") as page:
        for heading in ("Có mặt", "Số người ký cam kết"):  # a signed pledge proves the briefing as well
            _, column = column_of(page, heading)
            for campaign in ("QT-01", "QT-02"):
                row = find_row(page, lambda values, campaign=campaign: campaign in values and "Nhân viên" in values)
                page.cell(row, column).value = None
    briefed = finding(reviewed(folder), "tt_124", "1e")
    assert briefed.computed.truth.value == "unknown"
    assert "number_blank" in [reason.code for reason in briefed.reasons]


def test_a_refused_unit_opens_what_rests_on_units(folder: Path) -> None:
    with edited(folder, "1_nha_truong.xlsx", "Thông tin trường") as page:
        _row, column = column_of(page, "Loại")
        page.cell(find_row(page, lambda values: values[0] == "Tổ Xã hội"), column).value = "Tổ chuyên  mon"
    review = reviewed(folder)
    assert finding(review, "tt_124", "6").computed.truth.value == "unknown"
    assert all(form.until is None for form in review.forms if form.form == "hoat_dong")


def test_the_latest_count_of_each_grade_makes_the_headcount(folder: Path) -> None:
    from antq_review.ingest.participation import headcount

    with edited(folder, "1_nha_truong.xlsx", "Thông tin trường") as page:
        rows = [
            row[0].row for row in page.iter_rows()
            if row[0].value == "Học sinh THCS" and row[1].value != 6 and "2026-09" in str(row[3].value)
        ]
        for row in reversed(rows):
            page.delete_rows(row)
    assert headcount(read_folder(folder), "lower_secondary_pupils", DAY).count == 70 + 63 + 62 + 65


@pytest.mark.steps
def test_what_a_clerk_types_about_an_incident_is_printed_nowhere(folder: Path) -> None:
    """A name in any column of the incidents, even where a date or a code belongs."""
    from antq_review.forms.rows.evidence import Incident

    name = "Nguyễn Thị Bí Mật 7A"
    with edited(folder, "4_an_toan.xlsx", "Vụ việc") as page:
        row = find_row(page, lambda values: "VV-01" in values)
        for column in Incident.columns():
            page.cell(row, column_of(page, column.heading)[1]).value = name
    review = reviewed(folder)
    assert any(problem.forms == ("vu_viec",) for problem in review.problems)
    assert name not in review.to_json()


@pytest.mark.steps
def test_a_file_of_an_incident_is_not_named(folder: Path) -> None:
    with edited(folder, "4_an_toan.xlsx", "Vụ việc") as page:
        _, column = column_of(page, "Tệp minh chứng")
        page.cell(find_row(page, lambda values: "VV-01" in values), column).value = "em Bí Mật.jpg"
    assert "Bí Mật" not in reviewed(folder).to_json()


def test_what_a_meeting_settles_before_the_periods_end_says_its_day(folder: Path) -> None:
    with edited(folder, "1_nha_truong.xlsx", "Cuộc họp") as page:
        row, column = column_of(page, "Ngày họp")
        page.cell(row + 2, column).value = date(2026, 11, 10)
    with edited(folder, "2_van_ban.xlsx", "Văn bản") as page:
        _, column = column_of(page, "Ngày ký")
        page.cell(find_row(page, lambda values: "VB-44" in values), column).value = date(2026, 11, 10)
    review = review_evidence(read_folder(folder), date(2026, 11, 12))
    text = review.text("tt_124")
    assert finding(review, "tt_124", "3").settled.truth.value == "yes"
    assert any("Số liệu đến ngày 10/11/2026" in str(warning) and "báo cáo bổ sung" in str(warning) for warning in text.warnings)


def test_guards_of_scope_and_date_each_with_its_ground(folder: Path) -> None:
    """Four planted cases, four warnings, each with its citation."""
    with edited(folder, "2_van_ban.xlsx", "Văn bản") as page:
        _, subject = column_of(page, "Trích yếu")
        _, signed = column_of(page, "Ngày ký")
        page.cell(find_row(page, lambda values: "VB-01" in values), subject).value = "Theo Thông tư 23/2012/TT-BCA"
        page.cell(find_row(page, lambda values: "VB-07" in values), signed).value = date(2026, 4, 6)
    with edited(folder, "5_thi_dua.xlsx", "Thi đua") as page:
        row, _ = column_of(page, "Nhóm người")
        values = {"Nhóm người": "Học sinh", "Nguyên nhân": "Vi phạm khác", "Hình thức kỷ luật": "Cảnh cáo",
                  "Ngày quyết định": date(2026, 3, 2), "Số người bị kỷ luật": 1}
        for heading, value in values.items():
            page.cell(row + 2, column_of(page, heading)[1]).value = value
    review = reviewed(folder)
    said = [*review.warnings, *(warning for text in review.texts for warning in text.warnings)]
    for ground in (
        "Thông tư 124/2021/TT-BCA từ 10/02/2022 (Điều 11)", "Thông tư 19/2025/TT-BGDĐT", "sau Quý I",
        "trước 20/11/2026, còn 3 ngày (Điều 9 khoản 1 điểm c",
    ):
        assert any(ground in str(warning) for warning in said), ground


def test_a_level_outside_the_scope_has_no_verdict(folder: Path) -> None:
    with edited(folder, "1_nha_truong.xlsx", "Thông tin trường") as page:
        row, _ = column_of(page, "Cấp học")
        page.cell(row, 2).value = "TH"
    review = reviewed(folder)
    assert review.text("tt_124") is None
    assert any("Điều 1 khoản 2 điểm b" in str(left.says) for left in review.left_out)


def test_the_schools_own_pattern_makes_the_codes_of_the_register(folder: Path) -> None:
    assert reviewed(folder).evidence_register[0].code.startswith("(MC.AN.")
    with edited(folder, "1_nha_truong.xlsx", "Thông tin trường") as page:
        row, _ = column_of(page, "Mẫu mã minh chứng")
        page.cell(row, 2).value = "[H1-TC-SS]{x}"
    codes = [item.code for item in reviewed(folder).evidence_register]
    assert codes[0].startswith("[H1-") and codes[0].endswith("-01]{x}")
    assert len(set(codes)) == len(codes)


def test_forms_without_the_newer_columns_can_still_be_final(mended: Path) -> None:
    """Forms that were handed out before a column was added lack nothing that anybody was asked for."""
    with edited(mended, "1_nha_truong.xlsx", "Cuộc họp") as page:
        for heading in ("Giờ bắt đầu", "Giờ kết thúc"):
            row, column = column_of(page, heading)
            for line in (row, row + 1, find_row(page, lambda values: "CH-01" in values)):
                page.cell(line, column).value = None
    review = review_evidence(read_folder(mended), DAY, "tt_124", final=True)
    assert not review.draft and [one.code for one in review.problems] == ["heading_newer"] * 2
    assert review.meetings[0].starts_at is None


@pytest.mark.parametrize(
    ("start", "end", "code", "hours"),
    [("sáng", "10:30", "not_a_time", (None, time(10, 30))), ("14:00", "08:00", "meeting_ends_early", (time(14), time(8)))],
)
def test_hours_that_cannot_be_are_said_and_the_meeting_stands(mended: Path, start, end, code, hours) -> None:
    with edited(mended, "1_nha_truong.xlsx", "Cuộc họp") as page:
        _, column = column_of(page, "Giờ bắt đầu")
        first = find_row(page, lambda values: "CH-01" in values)
        page.cell(first, column).value, page.cell(first, column + 1).value = start, end
    review = review_evidence(read_folder(mended), DAY, "tt_124")
    assert [one.code for one in review.problems] == [code]
    assert (review.meetings[0].starts_at, review.meetings[0].ends_at) == hours
    assert review.text("tt_124").result is TextResult.MET and review.draft
