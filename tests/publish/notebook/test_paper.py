"""The report as people read it on paper: short, its long parts in the annex, nothing lost, and readable without eyes or mouse."""

import re
import subprocess
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from antq_review.places.versions import Kind, Version
from antq_review.publish import wording as phrases
from antq_review.publish.comparison.workbook import year_sheets
from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.notebook import display as show
from antq_review.publish.notebook.compare_display import show_since_last_year
from antq_review.publish.notebook.year_report import write_report
from antq_review.publish.report_dates import version_in_words
from antq_review.publish.tables import page_one
from antq_review.publish.tables.evidence_codes import codes_of
from antq_review.publish.tables.year_before import with_year_before
from antq_review.scoring.model.outcome import Measurement, Outcome, Truth
from antq_review.scoring.pipeline import review_evidence
from antq_review.source import grouped
from tests.chromium import BROWSER
from tests.example import disagreeing
from tests.publish.seen import Read, read

#: A4 pages of the final version of the example; 34 before issue 15.
MOST_PAGES = 10


def words(text: object) -> str:
    return re.sub(r"\s+", " ", str(text).replace("\u00a0", " ")).strip()


def cells_of(path) -> str:
    """Every text of a workbook, one line for each cell."""
    book = openpyxl.load_workbook(path)
    return "\n".join(words(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


@pytest.fixture(scope="module")
def long_parts(report_folder) -> str:
    return cells_of(report_folder / "phu_luc.xlsx")


@pytest.fixture(scope="module")
def final():
    """The example's final version: everything in order, the meeting has concluded all."""
    return review_evidence(disagreeing.school(), date(2026, 11, 16), "", True)


# --- nothing is lost -----------------------------------------------------------------------------------------------


def missing(every, *places: str) -> list[str]:
    found = (words(one) for one in every)
    return [one for one in dict.fromkeys(found) if one and not any(one in place for place in places)]


def places(cells) -> list[str]:
    """File, sheet and each cell, as the annex groups them."""
    return [words(line) for line in grouped(cells)]


def test_what_the_report_leaves_out_of_the_criteria_stands_in_the_annex(review, long_parts):
    codes = codes_of(review)
    wanted: list[object] = []
    for text in review.texts:
        for finding in text.findings:
            for place in finding.walk():
                one = place.finding
                wanted += [one.title, one.citation, one.note, *(one.measurement.notes if one.measurement else ())]
                wanted += [reading.says for reading in one.readings] + codes.get(f"{text.id}/{one.id}", [])
                wanted += [why.says for why in phrases.open_reasons(one.reasons, finding)]
        for extra in (*text.deductions, *text.caps):
            wanted += [extra.text, extra.citation, *(why.says for why in extra.reasons)]
    assert len(wanted) > 100 and missing(wanted, long_parts) == []


def test_every_source_cell_that_the_report_no_longer_prints_stands_in_the_annex(review, long_parts):
    measured = [place.finding.measurement for text in review.texts for one in text.findings for place in one.walk()]
    measured += [one.measurement for text in review.texts for one in (*text.deductions, *text.caps)]
    measured += [part.measurement for goal in review.goals for part in goal.parts]
    wanted = [(ref.file, ref.sheet, ref.cell) for one in measured if one is not None for ref in one.cells]
    assert len(wanted) > 500
    rows = [line for line in long_parts.splitlines() if " › " in line]
    listed = {(file, sheet): " ".join(row for row in rows if file in row and sheet in row) for file, sheet, _ in wanted}
    lost = [one for one in wanted if not re.search(rf"\b{one[2]}\b|:", listed[one[:2]])]
    assert lost == []
    assert all(line in long_parts for one in measured if one is not None for line in places(one.cells)[:1] if "," not in line)


def test_plan_numbers_register_problems_and_sources_stand_in_the_annex(review, long_parts):
    codes = codes_of(review)
    wanted: list[object] = []
    for goal in review.goals:
        wanted += codes.get(goal.id, [])
        for part in goal.parts:
            wanted += [part.quote, part.corrected_quote, part.measure_label, part.in_charge, *(why.says for why in part.reasons)]
    wanted += [text for row in review.tables for one in row.rows for text in (one.label, one.note)]
    wanted += [text for one in review.evidence_register for text in (one.code, one.title, one.where, one.note)]
    wanted += [text for one in review.problems for text in (one.place, one.says, one.expected, one.remedy, one.consequence)]
    wanted += [text for file in review.files for text in (file.name, file.sha256)]
    for text in review.texts:
        wanted += [text.period_citation, text.deadline_citation, *text.gaps, *(one.where for one in text.sources)]
    wanted += [line for check in review.checks for line in (check.says, *grouped(check.cells))] + list(grouped(review.after_as_of))
    assert len(wanted) > 800 and missing(wanted, long_parts) == []


def test_the_year_before_stands_line_by_line_in_the_annex(review, tmp_path):
    before = review.model_copy(update={"year": review.year - 1})
    compared = with_year_before(before, review)
    (tmp_path / "a.xlsx").write_bytes(annex(review, before, "Dự thảo", lambda book: year_sheets(book, compared)))
    text = cells_of(tmp_path / "a.xlsx")
    lines = [line.label for line in compared.lines if line.group == "plan" or line.key.startswith("tt_124")]
    assert len(lines) > 50 and missing(lines, text) == []
    chapter = read(show_since_last_year(review, before)).text
    assert "trang “So với năm trước” của phu_luc.xlsx" in chapter


def test_the_annex_is_named_sheet_by_sheet_and_each_sheet_is_there(review, report_folder, page):
    sheets = openpyxl.load_workbook(report_folder / "phu_luc.xlsx").sheetnames
    shown = read(show.show_annex(review)).text
    named = [name for name in sheets if f" {name} " in shown]
    assert named == ["Biểu số liệu", "Danh mục minh chứng", "Nội bộ", "Kế hoạch", "Lỗi nhập liệu", "Nguồn gốc"]
    assert '<a href="phu_luc.xlsx">phu_luc.xlsx</a>' in page


# --- page one ------------------------------------------------------------------------------------------------------


def failing(review):
    """The Circular with one incident of school violence: part 4a is not met, and so criterion 4."""
    text = review.text("tt_124")
    found = []
    for one in text.findings:
        if one.id == "4":
            incident = Measurement(low=Decimal(1), high=Decimal(1), measure="m", unit="incident")
            first = one.parts[0].model_copy(update={
                "computed": Outcome(truth=Truth.NO), "settled": Outcome(truth=Truth.NO), "measurement": incident,
                "readings": (), "parts": (),
            })
            no = {"computed": Outcome(truth=Truth.NO), "settled": Outcome(truth=Truth.NO), "parts": (first, *one.parts[1:])}
            one = one.model_copy(update=no)
        found.append(one)
    return text.model_copy(update={"findings": tuple(found)})


def test_why_a_criterion_is_not_met_is_said_in_words_on_page_one(review):
    text = failing(review)
    part = next(one for one in text.findings if one.id == "4").parts[0]
    first, *others = page_one.why_lines(text)
    assert (first.id, first.truth) == ("4", Truth.NO) and first.says.startswith(f"{part.id}. {part.title} – thực tế: 1 vụ")
    assert all(one.truth is Truth.UNKNOWN and one.says for one in others)
    shown = read(show.show_page_one(review.model_copy(update={"texts": (text,)}))).text
    assert f"✗ Chưa đạt tiêu chí 4: {first.says}" in shown


def test_a_final_version_waits_for_nothing(final):
    shown = "".join(part.data for part in (
        show.show_page_one(final), show.show_draft_reasons(final), show.show_criteria(final, short=True),
        show.show_points(final, short=True), show.show_to_do(final, headed=True),
    ))
    text = Read(shown).text
    for said in ("Còn thiếu để có bản chính thức", "Chờ kết luận", "Chưa nộp biểu", "chưa kết luận", "? Chưa rõ", "Cần làm trước"):
        assert said not in text, said
    assert "– Theo cuộc họp" in text, "parts of criterion 2 are left to the meeting, which has concluded it"


@pytest.mark.parametrize(("kind", "number", "named"), [
    (Kind.FINAL, 2, "Bản chính thức lần 2"), (Kind.APPRAISED, 1, "Bản sau thẩm định lần 1"), (Kind.INTERIM, 0, "Bản sơ kết"),
    (Kind.DRAFT, 0, "Dự thảo"),
])
def test_page_one_names_the_version(kind, number, named, review, tmp_path):
    line = version_in_words(review, Version(tmp_path, kind, number))
    assert line == f"{named}, số liệu đến ngày 16/11/2026"
    assert line in read(show.show_page_one(review, version=line)).text


def test_the_annex_names_its_version_in_the_foot_of_every_sheet(report_folder):
    for sheet in openpyxl.load_workbook(report_folder / "phu_luc.xlsx"):
        assert sheet.firstFooter.center.text == sheet.oddFooter.center.text == "Dự thảo, số liệu đến ngày 16/11/2026"


@pytest.mark.parametrize(("low", "high", "unit", "said"), [
    ("0", "1", "rate", "chưa rõ"), ("0", None, "incident", "chưa rõ"), ("0.97", "0.98", "rate", "từ 97% đến 98%"),
    ("3", None, "activity", "từ 3 hoạt động trở lên"),
])
def test_a_range_that_excludes_nothing_is_said_to_be_unclear(low, high, unit, said):
    """Not “từ 0% đến 100% (945/945)”, not “từ 0 vụ trở lên”."""
    found = Measurement(
        low=Decimal(low), high=None if high is None else Decimal(high), measure="m", unit=unit, count=Decimal(945), base=Decimal(945)
    )
    assert phrases.measured(found) == said


def test_no_such_range_stands_in_the_report_or_the_annex(page, long_parts):
    for text in (Read(page).text, long_parts):
        assert not re.search(r"từ 0% đến 100%|từ 0 (?:\w+ )?trở lên", text)


# --- paper ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
@pytest.mark.usefixtures("warm_kernel")
def test_the_final_version_of_the_example_has_at_most_ten_pages_and_page_one_is_whole(final, tmp_path):
    write_report(final, tmp_path, version="Bản chính thức lần 1, số liệu đến ngày 16/11/2026")
    made = tmp_path / "bao_cao.pdf"
    subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={made}",
         str(tmp_path / "bao_cao.html")], check=True, capture_output=True, timeout=120,
    )
    assert 1 < int(pdf(made, "pdfinfo", r"Pages:\s+(\d+)")) <= MOST_PAGES
    first = subprocess.run(["pdftotext", "-f", "1", "-l", "1", str(made), "-"], check=True, capture_output=True, text=True).stdout
    assert "Kết quả phong trào" in first and "hỏi ngày" in words(first), "the last warning is the end of page one"
    second = subprocess.run(["pdftotext", "-f", "2", "-l", "2", str(made), "-"], check=True, capture_output=True, text=True).stdout
    assert words(second).startswith("Tiêu chí đạt hay chưa đạt")


def pdf(path, program: str, pattern: str) -> str:
    return re.search(pattern, subprocess.run([program, str(path)], check=True, capture_output=True, text=True).stdout)[1]
