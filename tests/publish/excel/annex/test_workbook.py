"""The annex workbook: the official columns, what is blank while nothing is concluded, text that stays text, and paper."""

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from itertools import cycle

import openpyxl
import pytest

from antq_review.ingest.problem_groups import problem_groups
from antq_review.publish.excel import values as state
from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.excel.row_height import line_count, row_height
from antq_review.rules.model import Award
from antq_review.scoring.model.outcome import Measurement, Outcome, Truth
from antq_review.scoring.model.review import Review, SelfScore
from antq_review.source import CellRef
from antq_review.text import literal

SCORE, CIRCULAR, INTERNAL, PLAN, PROBLEMS = "Bảng chấm điểm", "Thông tư 124", "Nội bộ", "Kế hoạch", "Lỗi nhập liệu"
SOURCES = "Nguồn gốc"
NUMBERS, REGISTER = "Biểu số liệu", "Danh mục minh chứng"
HOSTILE = ["=cmd|' /C calc'!A0", "A & B <x> {{1+1}}", "+1", "-1", "@SUM(A1)", "x\x01y"]


@pytest.fixture(scope="module")
def content(review) -> bytes:
    return annex(review)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book_without_table(without_table):
    return opened(alone(without_table, "qd_510"))


def opened(review: Review):
    return openpyxl.load_workbook(io.BytesIO(annex(review)))


def formulas(workbook: bytes) -> list[str]:
    """Parts of the workbook that hold a formula."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return [name for name in parts.namelist() if name.startswith("xl/worksheets/") and re.search(rb"<f[ >/]", parts.read(name))]


def rows_below(sheet, first_heading: str) -> list[list]:
    """The heading row and what follows it, as values."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    start = next(index for index, row in enumerate(rows) if row[0] == first_heading)
    return rows[start:]


def score_rows(book) -> list[list]:
    return rows_below(book[SCORE], "TT")


def alone(review: Review, *texts: str) -> Review:
    """The review with these texts and nothing beside them, for a test that looks at their sheets alone: the rest takes most of the time."""
    nothing = dict.fromkeys(("goals", "problems", "tables", "evidence_register", "to_do", "checks", "progress"), ())
    return review.model_copy(update={**nothing, "texts": tuple(review.text(text) for text in texts)})


def with_findings(review: Review, text_id: str, change) -> Review:
    texts = tuple(
        text.model_copy(update={"findings": tuple(change(finding) for finding in text.findings)})
        if text.id == text_id else text
        for text in review.texts
    )
    return review.model_copy(update={"texts": texts})


def concluded(finding, points=None, holds=True):
    own = finding.self_score or SelfScore()
    return finding.model_copy(update={"self_score": own.model_copy(update={"points": points, "concluded": holds})})


def fully_read(finding):
    """The finding as if its text were known and the meeting had given it all its points."""
    return concluded(finding.model_copy(update={"award": Award.JUDGEMENT}), finding.points)


# --- sheets and columns --------------------------------------------------------------------------------------------


def test_the_sheets_stand_in_order(book):
    assert book.sheetnames == [SCORE, CIRCULAR, NUMBERS, REGISTER, INTERNAL, PLAN, PROBLEMS, SOURCES]


def test_the_score_table_has_exactly_the_four_official_columns(book):
    assert score_rows(book)[0] == ["TT", "Nội dung chấm điểm", "Điểm chuẩn (100 điểm)", "Điểm tự chấm"]
    assert book[SCORE].max_column == 4


def test_the_score_table_quotes_every_criterion_in_full(review, book):
    shown = [row[1] for row in score_rows(book)[1:]]
    for finding in review.text("qd_510").findings:
        assert (finding.title if finding.award is Award.UNREAD else finding.text) in shown


def test_the_unread_block_has_its_points_and_no_score(book_without_table):
    (row,) = [row for row in score_rows(book_without_table) if "chưa có thang điểm" in str(row[1])]
    assert row[2:] == [88, None]


def test_the_standard_total_is_the_rulebooks_and_the_sum_of_the_rows(review, book):
    *items, total = score_rows(book)[1:]
    headings = {heading.id for heading in review.text("qd_510").headings}
    points = [row[2] for row in items if row[0] not in headings and row[2] is not None]
    assert total[2] == review.text("qd_510").total == sum(points) == 100
    assert total[3] == sum(row[3] for row in items if row[3] is not None) == 91


def test_headings_and_deductions_of_the_paper_stand_in_the_official_table(review, book):
    shown = {row[0]: row for row in score_rows(book)[1:]}
    assert shown["4"][1].startswith("Phối hợp chặt chẽ") and shown["4"][2:] == [None, None]
    assert shown["5"][2:] == [20, None]
    assert "trừ 2 điểm mỗi lần, nhiều nhất 10 điểm" in shown["T1"][1] and shown["T1"][3] == 0


def test_one_to_three_columns_of_points(review):
    text = review.text("qd_510").model_copy(update={"score_columns": ("own", "superior", "agreed")})
    head = score_rows(opened(alone(review).model_copy(update={"texts": (text,)})))[0]
    assert head[3:] == ["Điểm tự chấm", "Cấp trên chấm", "Điểm thống nhất"]


def test_scores_concluded_by_the_meeting_are_printed(review, book):
    shown = {row[0]: row[3] for row in score_rows(book)[1:]}
    for finding in review.text("qd_510").findings:
        if finding.self_score and finding.self_score.concluded:
            assert shown[finding.id] == finding.self_score.points


def test_a_total_of_own_points_is_not_printed_while_one_item_is_open(book_without_table):
    assert score_rows(book_without_table)[-1][3] == "chưa đủ điểm"


def test_scores_without_a_conclusion_are_blank(without_table):
    open_review = with_findings(alone(without_table, "qd_510"), "qd_510", lambda finding: concluded(finding, Decimal(1), holds=False))
    rows = score_rows(opened(open_review))
    assert {row[3] for row in rows[1:-1]} == {None}
    assert rows[-1][3] == "chưa đủ điểm"


def test_the_own_total_is_printed_once_every_item_is_concluded(review):
    rows = score_rows(opened(with_findings(alone(review, "qd_510"), "qd_510", fully_read)))
    assert rows[-1][3] == 100


def test_half_points_stay_numbers(review):
    half = with_findings(alone(review, "qd_510"), "qd_510", lambda finding: concluded(finding, Decimal("0.5")))
    assert 0.5 in [row[3] for row in score_rows(opened(half))]


def test_an_illustrative_table_says_so(review):
    text = review.text("qd_510").model_copy(update={"illustrative": True})
    sheet = opened(alone(review).model_copy(update={"texts": (text,)}))[SCORE]
    assert any("MINH HỌA" in str(cell.value) for (cell, *_) in sheet.iter_rows(max_row=12))


# --- Circular 124 --------------------------------------------------------------------------------------------------


def test_the_circular_shows_every_criterion_with_what_stands(review, book):
    rows = rows_below(book[CIRCULAR], "TT")
    shown = {row[1]: row[2] for row in rows}
    words = {Truth.YES: "✓ Đạt", Truth.NO: "✗ Chưa đạt", Truth.UNKNOWN: "Chưa kết luận", Truth.NOT_APPLICABLE: "– Không áp dụng"}
    for finding in review.text("tt_124").findings:
        assert shown[finding.text] == words[finding.official_truth]


def test_the_circular_prints_period_and_day(book):
    assert any("16/11/2025 – 15/11/2026" in str(row[0]) for row in book[CIRCULAR].iter_rows(max_row=9, values_only=True))


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("met", "Tự đánh giá: đạt – đề nghị công nhận"), ("not_met", "Tự đánh giá: chưa đạt"), ("", "Tự đánh giá: chưa họp"),
    ],
)
def test_the_result_is_that_of_the_meeting_and_never_a_bare_word(review, result, words):
    score = SelfScore(result=result, concluded=True) if result else None
    changed = with_findings(alone(review, "tt_124"), "tt_124", lambda finding: finding.model_copy(update={"self_score": score}))
    sheet = opened(changed)[CIRCULAR]
    assert words in [row[0] for row in sheet.iter_rows(values_only=True)]


def test_the_letters_of_the_law_are_vietnamese(book):
    ids = [row[0] for row in book[CIRCULAR].iter_rows(values_only=True)]
    assert "3đ" in ids and "3dd" not in ids


def test_a_part_has_no_self_assessment_but_what_the_evidence_says(book):
    rows = {row[0]: row for row in rows_below(book[CIRCULAR], "TT")}
    assert rows["2a1"][2] is None and str(rows["2a1"][3]).startswith("Theo minh chứng: ? Chưa rõ.")


def test_only_the_texts_asked_for_have_a_sheet(review):
    assert opened(alone(review, "tt_124")).sheetnames == [CIRCULAR, NUMBERS, REGISTER, INTERNAL, PLAN, PROBLEMS, SOURCES]


# --- numbers, register -----------------------------------------------------------------------------------------------


def test_the_numeric_tables_have_a_year_before_only_where_one_is_known(book, review):
    def headings(sheet):
        return [str(value).replace("\u00a0", " ") for value in rows_below(sheet, "TT")[0]]

    assert headings(book[NUMBERS]) == ["TT", "Nội dung", "Đơn vị tính", "Năm 2026", "Ghi chú"] and book[NUMBERS].max_column == 5
    now = alone(review).model_copy(update={"tables": review.tables})
    compared = openpyxl.load_workbook(io.BytesIO(annex(now, now.model_copy(update={"year": 2025}))))[NUMBERS]
    assert headings(compared) == ["TT", "Nội dung", "Đơn vị tính", "Năm 2025", "Năm 2026", "Tăng, giảm (số; %)", "Ghi chú"]
    assert compared.max_column == 7


def test_the_register_has_exactly_its_five_official_columns_and_every_piece(review, book):
    rows = rows_below(book[REGISTER], "TT")
    assert rows[0] == ["TT", "Mã minh chứng", "Tên minh chứng", "Định dạng, vị trí lưu trữ hoặc đường dẫn điện tử", "Ghi chú"]
    assert book[REGISTER].max_column == 5
    assert [tuple(row[:4]) for row in rows[1:]] == [
        (place, item.code, str(item.title), str(item.where)) for place, item in enumerate(review.evidence_register, start=1)
    ]


def test_an_empty_register_is_said_in_words(review):
    sheet = opened(alone(review))[REGISTER]
    assert "Chưa có minh chứng nào." in [row[0] for row in sheet.iter_rows(values_only=True)]


# --- the school's own sheets ---------------------------------------------------------------------------------------


def every_finding(findings):
    for finding in findings:
        yield finding
        yield from every_finding(finding.parts)
        for reading in finding.readings:
            yield from every_finding(reading.parts)


def test_the_internal_sheet_is_marked_and_holds_every_finding(review, book):
    sheet = book[INTERNAL]
    values = [row for row in sheet.iter_rows(values_only=True)]
    assert any(row[0] == "Dùng trong nội bộ nhà trường" for row in values)
    shown = [row[1] for row in values]
    for text in review.texts:
        for finding in every_finding(text.findings):
            assert f"{finding.title}\n“{finding.text}”" in shown


def test_the_internal_sheet_never_gives_one_total_while_something_is_open(book_without_table):
    bands = [str(row[0]) for row in book_without_table[INTERNAL].iter_rows(values_only=True)]
    assert any("đã xét 12/100 điểm" in band and "88 điểm chưa có thang điểm" in band for band in bands)


def test_the_internal_sheet_says_why_it_is_a_draft(review, book):
    lines = "\n".join(str(row[0]) for row in book[INTERNAL].iter_rows(values_only=True))
    assert all(str(reason) in lines for reason in review.draft_reasons)


def test_the_internal_sheet_says_what_does_not_fit_and_what_would_help(review, book):
    lines = "\n".join(str(row[0].value or "") for row in book[INTERNAL].iter_rows())
    assert all(str(check.says) in lines for check in review.checks)
    assert all(str(one.says) in lines for one in review.progress if one.of != "plan")
    places = [lines.index(f"{advice.says} → {advice.effect}") for advice in review.to_do]
    assert places and places == sorted(places)


def test_a_conflict_stands_beside_its_criterion(review):
    clash = "Tự chấm 3 nằm ngoài khoảng 0–2 theo minh chứng."
    changed = with_findings(alone(review, "qd_510"), "qd_510", lambda finding: finding.model_copy(update={"conflict": literal(clash)}))
    assert any(clash in str(cell.value) for row in opened(changed)[INTERNAL].iter_rows() for cell in row)


def test_every_part_of_the_plan_has_a_row(review, book):
    rows = rows_below(book[PLAN], "Mã")[1:]
    assert [(row[0], row[1] or "") for row in rows] == [(goal.id, part.part) for goal in review.goals for part in goal.parts]


def test_every_problem_has_a_row(review, book):
    rows = rows_below(book[PROBLEMS], "Mức")[1:]
    assert [row[1] for row in rows] == [problem.place for problem in problem_groups(review.problems)]


def test_no_problem_is_said_in_words(review):
    sheet = opened(alone(review))[PROBLEMS]
    assert "Không có lỗi nhập liệu." in [row[0] for row in sheet.iter_rows(values_only=True)]


# --- cells ---------------------------------------------------------------------------------------------------------


def test_what_a_school_wrote_never_becomes_a_formula(review):
    """Every hostile text in every kind of place: in turns down the lists, and each in the school's name."""
    texts = cycle(HOSTILE)

    def typed(rows, *fields):
        return tuple(row.model_copy(update=dict.fromkeys(fields, literal(next(texts)))) for row in rows)

    problems = tuple(
        problem.model_copy(update={"found": name, "says": literal(name)})
        for problem, name in zip(review.problems * len(HOSTILE), HOSTILE, strict=False)
    )
    goals = tuple(
        goal.model_copy(update={"parts": tuple(part.model_copy(update={"quote": name, "unit": name}) for part in goal.parts)})
        for goal, name in zip(review.goals, texts, strict=False)
    )
    tables = tuple(table.model_copy(update={"rows": typed(table.rows, "label", "note")}) for table in review.tables)
    register = typed(review.evidence_register, "title", "where")
    hostile = {"problems": problems, "goals": goals, "tables": tables, "evidence_register": register}
    for name, changed in (("", hostile), *((name, {}) for name in HOSTILE)):
        named = {"school": review.school.model_copy(update={"name": name})} if name else {}
        content = annex(alone(review, "qd_510").model_copy(update={**changed, **named}))
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert not formulas(content)
        assert not name or book[SCORE]["A3"].value == name.replace("\x01", "").upper()


def test_the_bytes_are_the_same_every_time(content, review):
    assert annex(review) == content


def test_open_cells_are_hatched_and_marked(book):
    open_cells = [
        cell for name in (CIRCULAR, INTERNAL, PLAN) for row in book[name].iter_rows() for cell in row
        if cell.value == "? Chưa rõ"
    ]
    assert open_cells and {cell.fill.patternType for cell in open_cells} == {"lightUp"}


def test_an_open_range_is_written_as_a_range():
    put = state.outcome(Outcome(truth=Truth.UNKNOWN, low=Decimal(0), high=Decimal("2.5")))
    assert put.value == "từ 0 đến 2,5" and put.fill is state.HATCHED


@pytest.mark.parametrize(
    ("value", "threshold", "shown", "pattern"),
    [
        ("0.9", None, 0.9, "0%"),
        ("0.9705", "0.95", 0.9705, "0.0%"),
        ("0.8996", "0.9", 0.8996, "0.00%"),
        ("0.8996", None, 0.8996, "0.00%"),
        ("0.89999999", "0.9", 0.899999, "0.0000%"),
        ("1", "1", 1, "0%"),
        ("0", None, 0, "0%"),
    ],
)
def test_a_rate_is_a_number_that_never_shows_what_it_does_not_reach(value, threshold, shown, pattern):
    put = state.rate(Decimal(value), Decimal(threshold) if threshold else None)
    assert (put.value, put.number_format) == (pytest.approx(shown, abs=1e-12), pattern)


def test_what_was_measured_is_a_number_with_its_unit():
    found = Measurement(measure="documents_signed", unit="document", low=Decimal(3), high=Decimal(3))
    assert state.measured(found) == state.Put(3, number_format='General" văn bản"')
    assert state.measured(found.model_copy(update={"high": None})).value == "từ 3 văn bản trở lên"
    assert state.measured(None).value == "–"


def test_a_very_long_list_of_cells_is_cut_with_its_count():
    """The report leaves the cells to the annex, so a list is cut only where Excel's cell is full (issue 15, 7)."""
    cells = [CellRef(file="a.xlsx", sheet="Hoạt động", cell=f"B{2 * number}") for number in range(1, 10_001)]
    assert state.places(cells[:1000]).value.endswith("B1998, B2000")
    assert state.places(cells).value.endswith("(tất cả 10.000 ô; review.json ghi đủ)")
    assert len(state.places(cells).value) < 32_767
    assert state.places(cells[:2]).value == "a.xlsx › Hoạt động › B2, B4"


# --- paper ---------------------------------------------------------------------------------------------------------


def test_every_sheet_prints_on_a4_with_its_heading_repeated(book):
    for sheet in book:
        assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.orientation == ("portrait" if sheet.title in (SCORE, CIRCULAR) else "landscape")
        assert sheet.print_title_rows and sheet.freeze_panes and not sheet.sheet_view.showGridLines


def test_official_sheets_have_the_margins_and_letters_of_decree_30(book):
    for name in (SCORE, CIRCULAR, NUMBERS, REGISTER):
        margins = book[name].page_margins
        sides = [round(side * 25.4) for side in (margins.top, margins.bottom, margins.left, margins.right)]
        assert sides == [20, 20, 30, 15]
        assert {cell.font.name for row in book[name].iter_rows() for cell in row if cell.value is not None} == {"Times New Roman"}


def test_a_draft_says_so_on_every_sheet_and_a_final_one_nowhere(review, book):
    final = opened(review.model_copy(update={"draft": False, "draft_reasons": ()}))
    for sheet in book:
        assert "DỰ THẢO" in [row[0].value for row in sheet.iter_rows(max_row=9)]
        assert "DỰ THẢO" in (sheet.oddHeader.right.text, sheet.oddFooter.left.text)
    for sheet in final:
        assert "DỰ THẢO" not in [cell.value for row in sheet.iter_rows() for cell in row]
        assert "DỰ THẢO" not in (sheet.oddHeader.right.text, sheet.firstHeader.right.text, sheet.oddFooter.left.text)


def test_lines_are_counted_as_words_wrap():
    assert line_count("", 10, 12) == 1
    assert line_count("một\nhai", 40, 12) == 2
    assert line_count("chữ " * 30, 20, 12) > line_count("chữ " * 30, 60, 12) > 1
    assert line_count("x" * 400, 20, 12) > 10
    assert row_height(1000, 12) == 409


def test_nothing_waits_for_a_meeting_that_has_concluded(review, book):
    def waiting(opened_book) -> list[str]:
        cells = [str(cell.value) for row in opened_book[INTERNAL].iter_rows() for cell in row if cell.value]
        return [cell for cell in cells if "Chờ kết luận của cuộc họp" in cell]

    unmet = with_findings(alone(review, "tt_124"), "tt_124", lambda finding: finding.model_copy(update={"self_score": None}))
    assert not waiting(book) and waiting(opened(unmet))



@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or pdftotext is not here")
def test_libreoffice_prints_it(content, tmp_path):
    (tmp_path / "phu_luc.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "phu_luc.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = subprocess.run(["pdftotext", str(tmp_path / "phu_luc.pdf"), "-"], check=True, capture_output=True).stdout.decode()
    assert "BẢNG CHẤM ĐIỂM" in text and "DỰ THẢO" in text and "Tự đánh giá: chưa kết luận hết các tiêu chí" in text
