"""Years side by side as people see them: words, tables, figures, the workbook; hostile text stays text."""

import io
import json
import re
from decimal import Decimal

import openpyxl
import pytest

from antq_review.history.compare import compare, in_order
from antq_review.history.model import LineKind, Moved, YearChange, YearValue
from antq_review.publish.comparison import lines
from antq_review.publish.comparison.blocks import counts
from antq_review.publish.comparison.sentences import sentences
from antq_review.publish.comparison.workbook import comparison_workbook
from antq_review.publish.figures.comparison import MAIN, counts_figure, heat_figure
from antq_review.publish.figures.slopes import slopes_figure
from antq_review.publish.notebook import compare_display as show
from antq_review.publish.notebook.svg_net import forbidden_svg
from antq_review.publish.tables.numbers import number_tables
from antq_review.scoring.model.review import Review
from antq_review.text import literal, words
from tests.history.years import three_years
from tests.publish.seen import HOSTILE, hostile, read

TABLES = (
    show.show_comparison, show.show_compared_texts, show.show_compared_plan, show.show_compared_numbers, show.show_compared_years,
)
FIGURES = (heat_figure, slopes_figure, counts_figure)


@pytest.fixture(scope="module")
def compared():
    return compare(in_order(three_years()))


@pytest.fixture(scope="module")
def last_two():
    return compare(in_order(three_years()[1:]))


@pytest.fixture(scope="module")
def ten():
    """Ten years made of the three, one after the other."""
    found = three_years()
    return compare([found[index % 3].model_copy(update={"year": 2017 + index}) for index in range(10)])


# --- what a principal says -----------------------------------------------------------------------------------------


def test_three_sentences_from_the_data(compared):
    assert sentences(compared) == [
        "So với năm 2025, 2 tiêu chí tốt hơn (Thông tư 124: 4; Quyết định 510: 3), không có tiêu chí nào kém hơn, 7 tiêu chí không đổi, "
        "2 tiêu chí chưa so sánh được (Thông tư 124: 6; Quyết định 510: 4b…); điểm các mục so sánh được của Quyết định 510 tăng từ 9 "
        "lên 10.",
        "Về kế hoạch, 20 nội dung tốt hơn (I.1-5, II.1-6, II.2-3, II.2-6, II.3-4, II.3-5 và 14 mục khác), 2 nội dung kém hơn (III.1-4, "
        "III.1-5), "
        "26 nội dung không đổi, 4 nội dung chưa so sánh được (I.1-1, II.2-4, II.6-1, II.7-3).",
        "Số vụ việc đã xác minh giảm từ 3 xuống 2 (-33,3%); số hoạt động tuyên truyền tăng từ 45 lên 49 (+8,9%); số mô hình được đánh giá "
        "hiệu quả tăng từ 5 lên 6 (+20%).",
    ]


def test_a_year_without_the_incident_form_is_said_and_not_counted():
    third = sentences(compare(in_order(three_years()[:2])))[2]
    assert third.startswith("Chưa so sánh được số vụ việc đã xác minh (hai khoảng còn giao nhau: năm 2024 chưa rõ: Biểu Vụ việc chưa kê")


def test_nothing_changed_is_one_short_sentence_each():
    """A year whose every line is settled, one year on: nothing is listed, nothing is “0”."""
    year = three_years()[1]
    only = year.model_copy(update={"texts": year.texts[:1], "goals": tuple(goal for goal in year.goals if goal.status != "not_due")})
    first, second, third = sentences(compare([only, only.model_copy(update={"year": 2026})]))
    assert first == "So với năm 2025, cả 6 tiêu chí đều không đổi."
    assert second == "Về kế hoạch, cả 49 nội dung đều không đổi."  # 52 sentences, three of them not due
    assert third.startswith("Số vụ việc đã xác minh không đổi (3); ") and "%" not in third


def test_years_without_texts_plan_or_tables_say_so():
    year = three_years()[1].model_copy(update={"texts": (), "goals": (), "tables": ()})
    found = compare([year, year.model_copy(update={"year": 2026})])
    assert sentences(found) == [
        "Chưa có tiêu chí nào để so sánh với năm 2025.", "Chưa có nội dung kế hoạch nào để so sánh.", "Chưa có biểu số liệu để so sánh.",
    ]
    assert [figure(found) for figure in FIGURES] == [None, None, None]
    assert all("Không có gì để so sánh" in read(table(found)).text for table in TABLES[1:4])


# --- values and changes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "values", "changes"),
    [
        ("tt_124/4", "? Chưa rõ → ✗ Chưa đạt → ✓ Đạt", ["", ""]),
        ("qd_510/1", "1/3 → 2/3 → 2/3", ["+1", "0"]),
        ("qd_510/4b-", "chưa có thang điểm → chưa có thang điểm → chưa có thang điểm", ["", ""]),
        ("plan/II.3-3/b", "từ 44 trở lên → 20 → 8", ["giảm ít nhất 24", "-12; -60%"]),
        ("plan/II.5-3/a", "từ 89,7% đến 93,6% → từ 91,7% đến 94,3% → từ 97% đến 97,7%", ["", "từ +2,7 đến +6 điểm %"]),
        ("plan/III.1-5/a", "98,5% → 100% → 99,6%", ["+1,5 điểm %", "-0,4 điểm %"]),
        ("PL7/incidents.theft", "- → 0 → 1", ["", "+1; -"]),
        ("PL7/incidents.all", "từ 1 trở lên → 3 → 2", ["", "-1; -33,3%"]),
        ("PL10/tt_124.4", "Đạt → Chưa đạt → Đạt", ["", ""]),
    ],
)
def test_values_and_changes_in_words(key, values, changes, compared):
    line = compared.line(key)
    assert lines.values_in_a_row(line) == values
    assert [lines.difference(change, side) for change, side in zip(line.changes, line.sides[1:], strict=True)] == changes


def test_what_no_evidence_can_mend_is_called_otherwise_than_what_is_open(compared):
    marks = {key: lines.mark(compared.line(key).changes[0]) for key in ("tt_124/4", "plan/II.6-1", "plan/I.1-1")}
    assert marks == {
        "tt_124/4": "? chưa so sánh được", "plan/II.6-1": "– không so sánh được", "plan/I.1-1": "? chưa so sánh được",
    }
    assert lines.mark_state(compared.line("plan/II.6-1").changes[0]) == "none"


def test_a_small_gap_is_never_shown_as_none():
    change = YearChange(moved=Moved.IMPROVED, gap_low=Decimal("0.0001"), gap_high=Decimal("0.0001"))
    assert lines.difference(change, YearValue(year=2026, low=Decimal("0.9"), high=Decimal("0.9"), is_rate=True)) == "+0,01 điểm %"


# --- tables --------------------------------------------------------------------------------------------------------


def test_every_line_that_moved_stands_in_a_table_with_both_values_and_both_sources(last_two):
    text = " ".join(read(table(last_two)).text for table in TABLES[1:4])
    for line in last_two.lines:
        if line.last.moved not in (Moved.UNCHANGED, Moved.NOT_COMPARABLE):
            assert lines.title(line) in text, line.key
            assert all(lines.value(line, side) in text for side in line.sides), line.key
            assert len(lines.sources(line)) == 2 and all(source in text for source in lines.sources(line)), line.key


def test_every_reason_is_said_and_what_did_not_change_is_gathered(compared):
    text = " ".join(read(table(compared)).text for table in TABLES[1:4])
    for line in compared.lines:
        assert all(re.sub(r"\s+", " ", why) in text for why in lines.reasons(line)), line.key
    assert "Không đổi: 1a; 1b; 1c; 1d; 1e; 2a1; 2b1; 2b2; 4b; 4c; 5a; 5b; 6b." in text


def test_a_part_whose_readings_moved_apart_is_named_with_its_reading():
    """Five models in both years, in quarter I only in the second: unchanged by reading A, better by B. Not “không đổi: 1f”."""
    _, year, now = three_years()
    model = now.text("tt_124").findings[0].parts[5]

    def counted(a: int, b: int) -> Review:
        readings = tuple(
            reading.model_copy(update={"parts": tuple(
                part.model_copy(update={"measurement": part.measurement.model_copy(update={"low": Decimal(count), "high": Decimal(count)})})
                for part in reading.parts
            )})
            for reading, count in zip(model.readings, (a, b), strict=True)
        )
        first = now.text("tt_124").findings[0]
        parts = tuple(model.model_copy(update={"readings": readings}) if part.id == "1f" else part for part in first.parts)
        text = now.texts[0].model_copy(update={"findings": (first.model_copy(update={"parts": parts}), *now.texts[0].findings[1:])})
        return now.model_copy(update={"texts": (text,)})

    found = compare([counted(5, 0).model_copy(update={"year": year.year}), counted(5, 5)])
    page = read(show.show_compared_texts(found)).text
    assert "Mô hình có từ Quý I, hiệu quả trong kỳ (cách hiểu B)" in page and "1e; 1f (cách hiểu A); 2a1" in page
    same = compare([counted(5, 0).model_copy(update={"year": year.year}), counted(5, 0)])
    assert "1e; 1f; 2a1" in read(show.show_compared_texts(same)).text


def test_of_many_years_a_page_shows_the_newest_and_says_where_the_others_are(ten):
    page = read(show.show_compared_texts(ten)).text
    assert "Bảng này ghi 4 năm gần nhất; các năm trước đó có ở hình vẽ và ở tệp so_sanh.xlsx." in page
    assert "Năm 2023" in page and "Năm 2022" not in page


def test_hostile_text_stays_text():
    bad = hostile(three_years()[2])
    found = compare([bad.model_copy(update={"year": 2025}), bad])
    page = "".join(table(found).data for table in TABLES) + show.show_since_last_year(bad, bad.model_copy(update={"year": 2025})).data
    assert "<x>" not in page and "<script" not in page and "{{" in page
    assert HOSTILE in read(show.show_comparison(found)).text
    book = openpyxl.load_workbook(io.BytesIO(comparison_workbook(found)))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_report_has_its_chapter_and_says_when_there_is_no_year_before():
    _, before, now = three_years()
    page = read(show.show_since_last_year(now, before)).text
    assert "So với năm 2025, 2 tiêu chí tốt hơn" in page and "trang “So với năm trước” của phu_luc.xlsx" in page
    assert "Chưa có bản tính của năm trước" in read(show.show_since_last_year(now)).text


# --- the annex's columns -------------------------------------------------------------------------------------------


def test_the_annex_never_holds_an_altered_criterion_or_half_a_year_against_last_year():
    _, before, now = three_years()
    text = now.text("qd_510")
    first = text.findings[2].model_copy(update={"points": Decimal(6)})
    altered = text.model_copy(update={"findings": (*text.findings[:2], first, *text.findings[3:])})
    changed = now.model_copy(update={"texts": (now.texts[0], altered)})
    pl10 = {table.table.id: table for table in number_tables(changed, before)}["PL10"]
    assert {line.row.key: line.change for line in pl10.lines}["qd_510.3"] == "-"
    assert {line.row.key: line.change for line in number_tables(now, before)[9].lines}["qd_510.3"] == "+1; +33,3%"
    half = tuple(
        table.model_copy(update={"period_end": table.period_end.replace(month=6)}) if table.id == "PL3" else table for table in now.tables
    )
    pl3 = number_tables(now.model_copy(update={"tables": half}), before)[2]
    assert {line.change for line in pl3.lines} == {"-"}
    assert any(note.startswith("Hai kỳ dài ngắn khác nhau") for note in pl3.notes)


# --- figures -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawn(compared):
    """Each figure of the three years."""
    return {figure: figure(compared) for figure in FIGURES}


@pytest.mark.parametrize("figure", FIGURES)
def test_figures_are_pictures_with_a_sentence_and_the_same_bytes(figure, drawn, compared, ten):
    for found, years in ((drawn[figure], compared), (figure(ten), ten)):
        assert forbidden_svg(found.svg()) == [] and found.says.endswith(".")
        assert all(str(year.year) in found.says for year in years.years)
    assert figure(compared).svg() == drawn[figure].svg()


def test_the_sentences_of_figures_hold_the_numbers(drawn, compared):
    assert "Thông tư 124 4: năm 2024 ? Chưa rõ, năm 2025 ✗ Chưa đạt, năm 2026 ✓ Đạt" in drawn[heat_figure].says
    assert "Vụ việc đã xác minh: năm 2024 từ 1 trở lên, năm 2025 3, năm 2026 2" in drawn[counts_figure].says
    assert "II.3: năm 2024 16,7%, năm 2025 50%, năm 2026 83,3%" in drawn[slopes_figure].says
    assert {key.partition("/")[2].replace(".", "_") for key in MAIN} == set(words("compare")["counts"])
    assert all(compared.line(key) is not None for key in MAIN)


# --- the workbook --------------------------------------------------------------------------------------------------


def test_the_workbook_holds_every_line_and_every_reason(compared):
    book = openpyxl.load_workbook(io.BytesIO(comparison_workbook(compared)))
    assert book.sheetnames == ["Tóm tắt", "Tiêu chí", "Kế hoạch", "Biểu số liệu", "Nguồn"]
    cells = {name: [[cell.value for cell in row] for row in book[name].iter_rows()] for name in book.sheetnames}
    headings = next(row for row in cells["Biểu số liệu"] if row[0] == "Mục")
    assert headings[3:] == [
        "Năm 2024", "Năm 2025", "Tăng, giảm 2025 so với 2024 (số; %)", "Đánh giá", "Năm 2026", "Tăng, giảm 2026 so với 2025 (số; %)",
        "Đánh giá", "Vì sao chưa so sánh được",
    ]
    by_label = {row[1]: row for row in cells["Biểu số liệu"]}
    theft = by_label[str(compared.line("PL7/incidents.theft").label)]
    assert theft[3:10] == ["-", 0, "-", "? chưa so sánh được", 1, "+1; -", "▼ kém hơn"]
    assert theft[10].startswith("Năm 2024 chưa rõ: Biểu Vụ việc chưa kê khai")
    found = sum(len(rows) for rows in cells.values())
    assert found > 2 * len(compared.lines)
    sources = {row[1]: row for row in cells["Nguồn"]}
    assert "4_an_toan.xlsx › Vụ việc" in sources[str(compared.line("tt_124/4").label)][3]
    assert "DỰ THẢO" in {value for row in cells["Tóm tắt"] for value in row}


def test_ten_years_fit_and_a_year_judged_again_says_so(ten):
    again = three_years()[1].model_copy(update={"rescored": literal("Chấm lại theo Thông tư 124 sửa đổi")})
    found = compare(in_order((again, three_years()[2])))
    assert "Chấm lại theo Thông tư 124 sửa đổi" in read(show.show_comparison(found)).text
    book = openpyxl.load_workbook(io.BytesIO(comparison_workbook(found.model_copy(update={"lines": found.lines[:9]}))))
    shown = {
        name: json.dumps([[cell.value for cell in row] for row in book[name].iter_rows()], ensure_ascii=False)
        for name in book.sheetnames
    }
    assert all("Năm 2025: Chấm lại theo Thông tư 124 sửa đổi" in text for text in shown.values())
    assert "Năm 2025 (chấm lại)" in shown["Tiêu chí"]
    few = ten.model_copy(update={"lines": (*ten.lines[:9], *ten.of(LineKind.ROW)[:9])})
    content = comparison_workbook(few)
    assert content == comparison_workbook(few)
    wide = openpyxl.load_workbook(io.BytesIO(content))
    assert wide["Biểu số liệu"].max_column == 3 + 10 + 2 * 9 + 1


def test_counts_add_up(compared):
    for _, pairs in counts(compared):
        assert len(pairs) == 2
    criteria = dict(counts(compared))["Tiêu chí, mục điểm"]
    assert sum(criteria[1][2].values()) == len(compared.of(LineKind.CRITERION))
