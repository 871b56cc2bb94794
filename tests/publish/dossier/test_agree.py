"""One number everywhere: report, submission, minutes, score sheet, annex workbook and review.json say the same."""

import io

import openpyxl
import pytest

from antq_review.publish.dossier.number_names import figure_names
from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.tables import numbers
from antq_review.text import number
from tests.plain import plain
from tests.publish.dossier.documents import of


@pytest.fixture(scope="module")
def workbook(review, previous):
    return openpyxl.load_workbook(io.BytesIO(annex(review, previous)))


@pytest.fixture(scope="module")
def stored(review):
    return plain(review)


def test_the_annex_tables_of_the_report_are_those_of_the_workbook(dossier, workbook, review):
    rows = [[cell for cell in row if cell is not None] for row in workbook["Biểu số liệu"].iter_rows(values_only=True)]
    labels = {str(row[1]) for row in rows if row and isinstance(row[0], int)}
    tables = dossier["D10"]["annex_tables"]
    assert [table["id"] for table in tables] == [table.id for table in review.tables]
    lines = [line for table in tables for line in table["lines"] if not line["is_group"]]
    assert len(lines) == sum(bool(row) and isinstance(row[0], int) for row in rows)
    assert {line["label"] for line in lines} <= labels


def test_every_cell_of_the_report_s_annex_is_that_of_review_json(dossier, stored, review, previous):
    for table, told in zip(stored["tables"], dossier["D10"]["annex_tables"], strict=True):
        lines = {line["label"]: line for line in told["lines"] if not line["is_group"]}
        before = {row.key: row for row in previous.table(table["id"]).rows}
        for row, cell in zip(table["rows"], review.table(table["id"]).rows, strict=True):
            if sum(other["label"] == row["label"] for other in table["rows"]) == 1:
                line = lines[str(cell.label)]
                assert line["now"] == numbers.shown(cell) and line["before"] == numbers.shown(before.get(row["key"])), row["key"]
                if row["value"] is not None and not row["at_least"] and str(cell.unit) != "%":
                    assert line["now"] == number(cell.value)


def test_single_figures_are_the_cells(dossier, review):
    for name, (table, key) in figure_names().items():
        row = review.table(table).row(key)
        assert dossier["D3"]["figure"][name] == numbers.shown(row), name


def test_the_same_incidents_in_report_submission_minutes_annex_and_review(dossier, stored, workbook):
    count = next(row["value"] for table in stored["tables"] for row in table["rows"] if row["key"] == "incidents.all")
    assert (count, stored["incidents"]["verified"], stored["incidents"]["police_incidents"]) == ("2", 2, 2)
    assert "có 02 vụ việc đã xác minh" in dossier["D10"]["incident_paragraphs"][0]
    for code in ("D2", "D3", "D4", "D10"):
        assert dossier[code]["police_check_line"] == "Số vụ việc đã đối chiếu với Công an xã ngày 13/11/2026: 02 vụ."
    assert dossier["D2"]["process_paragraphs"][-1] == dossier["D3"]["police_check_line"]
    row = next(row for row in workbook["Biểu số liệu"].iter_rows(values_only=True) if row[1] == "Tổng số vụ")
    assert 2 in row


def test_results_of_the_criteria_are_one_in_submission_report_minutes_and_workbook(dossier, workbook, stored):
    given = {
        finding["id"]: finding["self_score"]["result"] if finding["self_score"] else None for finding in stored["texts"][0]["findings"]
    }
    shown = {"met": "Đạt", "not_met": "Chưa đạt", None: "Chưa kết luận"}
    for code in ("D2", "D3", "D4"):
        rows = {row["number"]: row["self_result"] for row in dossier[code]["criteria_124"]}
        assert rows == {name: shown[result] for name, result in given.items()}, code
    assert "tiêu chí 1, 2, 3, 4, 5" in dossier["D2"]["result_124_paragraphs"][0]
    assert dossier["D4"]["conclusion_paragraphs"][0] == "Đã kết luận đạt: tiêu chí 1, 2, 3, 4, 5."
    cells = [cell for row in workbook["Thông tư 124"].iter_rows(values_only=True) for cell in row if cell]
    assert any(dossier["D3"]["result_124"] in str(cell) for cell in cells)


def test_points_are_one_in_score_sheet_submission_minutes_list_and_workbook(dossier, workbook, review):
    scores = {finding.id: finding.self_score for finding in review.text("qd_510").findings}
    own = {name: score.points for name, score in scores.items() if score and score.concluded and score.points is not None}
    rows = {row["number"]: row["self_points"] for row in dossier["D5"]["score_rows"]}
    assert {name: rows[name] for name in own} == {name: number(points) for name, points in own.items()}
    sheet = {str(row[0]): row[3] for row in workbook["Bảng chấm điểm"].iter_rows(values_only=True) if row[0] is not None}
    assert {name: sheet[name] for name in own} == {name: float(points) for name, points in own.items()}
    for code, name in (("D6", "result_510_paragraphs"), ("D4", "conclusion_paragraphs")):
        told = " ".join(dossier[code][name])
        assert all(f"mục {finding}: {number(points)}/" in told for finding, points in own.items()), code
    assert dossier["D5"]["total_510"] == dossier["D7"]["score_list_rows"][0]["total"]


def test_every_document_says_the_same_of_what_they_share(dossier):
    shared = ("result_124", "band_510", "total_510", "data_until", "figure", "criteria_124", "votes", "conclusion_paragraphs")
    for name in shared:
        assert all(values[name] == dossier["D3"][name] for values in dossier.values()), name


def test_without_a_year_before_nothing_is_compared(review):
    values = of(review, "D10")
    assert values["change_paragraphs"] == ["Nhà trường chưa có số liệu năm 2025 để so sánh."]
    assert {line["before"] for table in values["annex_tables"] for line in table["lines"] if not line["is_group"]} == {"-"}
    assert of(review, "D1")["previous_result_paragraphs"] == [
        "Năm 2025, nhà trường chưa được công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự”."  # the cell of the profile
    ]
