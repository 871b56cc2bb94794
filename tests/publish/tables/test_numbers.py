"""The numeric tables: the same number in report, annex and review.json; the year before beside this one; no 0 for what is unknown."""

import io
import json
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from antq_review.publish.comparison.workbook import year_sheets
from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.notebook import display as show
from antq_review.publish.output.review_job import publish
from antq_review.publish.report_dates import version_in_words
from antq_review.publish.tables import numbers
from antq_review.publish.tables.year_before import with_year_before
from antq_review.scoring.model.numeric_tables import How, NumericRow, NumericTable
from antq_review.scoring.model.review import Review
from tests.publish.seen import read

DASH = "-"


def line(value, *, unit="vụ", key="k", group="", **more) -> NumericRow:
    known = None if value is None else Decimal(value)
    return NumericRow(key=key, group=group, label="Dòng", unit=unit, value=known, how=How.COUNTED, **more)


@pytest.fixture(scope="module")
def before(review):
    """A year before: half of every number, one line less, one line more."""

    def halved(row):
        return row.model_copy(update={"value": row.value / 2 if row.value is not None and str(row.unit) != "%" else row.value})

    tables = tuple(table.model_copy(update={"rows": tuple(halved(row) for row in table.rows)}) for table in review.tables)
    return review.model_copy(update={"year": review.year - 1, "tables": tables})


def annex_rows(review, previous=None):
    """(table id, label) → [unit, last year, this year, change, note], from the workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(annex(review, previous)))["Biểu số liệu"]
    found, table, at = {}, "", 0
    for row in sheet.iter_rows(values_only=True):
        title = re.match(r"Biểu (PL\d+)\.", str(row[0]))
        if title:
            table, at = title.group(1), 0
        elif isinstance(row[0], int):
            at += 1
            assert row[0] == at  # numbered from 1 in every table
            found[table, at] = row[1:]
    return found


def as_number(row: NumericRow):
    return float(row.value / 100) if str(row.unit) == "%" else float(row.value)


# --- one number everywhere -----------------------------------------------------------------------------------------


def test_the_annex_and_the_stored_review_hold_the_same_numbers(review):
    stored = Review.restored(json.loads(review.to_json())).tables
    rows = annex_rows(review)
    assert sum(len(table.rows) for table in stored) == len(rows)
    for table, kept in zip(review.tables, stored, strict=True):
        for place, (row, again) in enumerate(zip(table.rows, kept.rows, strict=True), start=1):
            label, unit, now, _ = rows[table.id, place]
            assert (label, unit) == (str(row.label), str(row.unit)) == (str(again.label), str(again.unit))
            assert again.value == row.value
            if row.value is None:
                assert now == (str(row.words) or DASH)
            elif not row.at_least:
                assert now == pytest.approx(as_number(row), abs=1e-9)


def test_the_tables_for_a_notebook_show_the_same_numbers(review):
    text = read(show.show_numbers(review)).text
    rows = annex_rows(review)
    for table in numbers.number_tables(review, None):
        kept, zeros = table.gathered()
        assert table.title in text
        for one in kept:
            shown = f" {one.place} {one.row.label} {one.row.unit} {numbers.shown(one.now)} "
            assert re.sub(r"\s+", " ", shown) in text
        for one in zeros:
            assert rows[table.table.id, one.place][2] == 0
        if zeros:
            assert "Bằng 0: " + "; ".join(str(one.row.label) for one in zeros) + "." in text


def test_numbers_of_the_tables_are_those_of_the_measures(review):
    """What a criterion or a goal measured over the same days stands in the annex with the same number."""
    incidents = review.table("PL7")
    assert incidents.row("incidents.all").value == review.incidents.verified
    violence = next(part for finding in review.text("tt_124").findings for part in finding.parts if part.id == "4a")
    assert incidents.row("incidents.school_violence").value == violence.measurement.low
    police = review.text("qd_510")
    own = sum(finding.self_score.points for finding in police.findings if finding.self_score and finding.self_score.points is not None)
    items = [row for row in review.table("PL10").rows if row.key.startswith("qd_510.") and row.key != "qd_510.total"]
    given = [row.value for row in items if row.value is not None]
    assert sum(given) == own == review.table("PL10").row("qd_510.total").value


# --- beside the year before ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "change"),
    [
        (line(8), line(9), "+1; +12,5%"), (line(9), line(8), "-1; -11,1%"), (line(2), line(2), "0"), (line(0), line(0), "0"),
        (line(0), line(3), "+3; -"), (line(None), line(3), DASH), (line(3), line(None), DASH), (None, line(3), DASH),
        (line(3, at_least=True), line(4), DASH), (line(3), line(4, at_least=True), DASH),
        (line("97.5", unit="%"), line(99, unit="%"), "+1,5 điểm %"), (line(1000), line(3000), "+2.000; +200%"),
    ],
)
def test_change_in_number_and_percent(was, now, change):
    assert numbers.NumberLine(1, now, was).change == change


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (None, DASH), (line(None), DASH), (line(0), "0"), (line(1250), "1.250"), (line(3, at_least=True), "từ 3 trở lên"),
        (line(3, at_least=True, at_most=Decimal(5)), "từ 3 đến 5"), (line("89.96", unit="%"), "89,96%"),
        (line(40, unit="%", at_least=True, at_most=Decimal(100)), "từ 40% đến 100%"), (line(None, words="Đạt"), "Đạt"),
    ],
)
def test_a_number_in_words_is_never_0_where_it_is_not_known(row, shown):
    assert numbers.shown(row) == shown


def test_last_year_s_numbers_stand_in_annex_and_report(review, before):
    rows = annex_rows(review, before)
    teachers = next(place for place, row in enumerate(review.tables[0].rows, start=1) if row.key == "people.teachers")
    _, _, last, this, change, _ = rows["PL1", teachers]
    assert (last, this) == (19, 38) and change == "+19; +100%"
    shown = read(show.show_numbers(review, before)).text
    assert "Giáo viên người 19 38 +19; +100%" in shown
    assert "Số năm 2025: kỳ 16/11/2025 – 15/11/2026." in shown


def test_a_line_of_last_year_alone_stands_at_the_end_of_its_group(review):
    def table(*rows):
        return NumericTable(
            id="PL4", title="Mô hình", period_start=date(2026, 1, 1), period_end=date(2026, 12, 31), rows=rows
        )

    now = review.model_copy(update={"tables": (table(line(1, key="a", group="A"), line(2, key="b", group="B")),)})
    was = review.model_copy(update={"tables": (table(line(1, key="a", group="A"), line(5, key="gone", group="A")),), "year": 2025})
    (found,) = numbers.number_tables(now, was)
    assert [one.row.key for one in found.lines] == ["a", "gone", "b"]
    assert (numbers.shown(found.lines[1].now), found.lines[1].note, found.lines[1].change) == (DASH, "năm nay không ghi", DASH)


def test_scores_under_another_text_are_not_called_comparable(review, before):
    text = before.text("qd_510").model_copy(update={"number": "999/QĐ"})
    other = before.model_copy(update={"texts": (before.text("tt_124"), text)})
    shown = read(show.show_numbers(review, other)).text
    assert f"{text.short}: năm trước chấm theo văn bản hoặc thang điểm khác" in shown
    assert f"{text.short}: năm trước" not in read(show.show_numbers(review, before)).text


def test_a_year_stored_before_there_were_tables_has_no_columns(review, before):
    old = before.model_copy(update={"tables": (), "evidence_register": ()})
    assert annex_rows(review, old) == annex_rows(review) and "Năm 2025" not in read(show.show_numbers(review, old)).text
    shown = read(show.show_numbers(review, before)).text.replace("\u00a0", " ")
    assert "Năm 2025 Năm 2026 Tăng, giảm (số; %)" in shown


def test_a_table_without_a_number_of_last_year_leaves_its_columns_out_of_the_report(review, before):
    tables = tuple(table if table.id == "PL2" else table.model_copy(update={"rows": ()}) for table in before.tables)
    shown = read(show.show_numbers(review, before.model_copy(update={"tables": tables}))).text.replace("\u00a0", " ")
    assert shown.count("Năm 2025 Năm 2026") == 1


# --- the job -------------------------------------------------------------------------------------------------------


def test_the_job_takes_the_year_before_from_its_place_and_names_it_in_the_manifest(review, before, tmp_path, monkeypatch):
    monkeypatch.setattr("antq_review.publish.notebook.year_report.write_report", lambda *given, **_: told.append(given[2]))
    told: list = []
    place = tmp_path / review.school.code / str(before.year)
    place.mkdir(parents=True)
    (place / "review.json").write_bytes(before.to_json().encode())
    made = publish(review, tmp_path).paths
    assert told == [before]
    assert json.loads(made["manifest.json"].read_text())["previous"]
    named = version_in_words(review)
    since = annex(review, before, named, lambda book: year_sheets(book, with_year_before(before, review)))
    assert made["phu_luc.xlsx"].read_bytes() == since != annex(review, version=named)


def test_without_a_year_before_the_manifest_says_so(review, tmp_path, monkeypatch):
    monkeypatch.setattr("antq_review.publish.notebook.year_report.write_report", lambda *given, **_: None)
    assert json.loads(publish(review, tmp_path).paths["manifest.json"].read_text())["previous"] is None
