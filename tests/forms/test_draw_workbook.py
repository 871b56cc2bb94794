"""The blank workbooks: what a clerk sees, what Excel checks while typing, and that LibreOffice opens them."""

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import MultiCellRange

from antq_review.forms import SHEETS, WORKBOOKS, blank_files
from antq_review.forms.choices import INITIATIVE_NAMES, SetBy
from antq_review.forms.columns import CellKind, Offer
from antq_review.forms.lists_sheet import LISTS_TITLE, DropDownLists
from antq_review.forms.measure_labels import Measure
from antq_review.forms.save_workbook import CELL_LIMIT, put_text
from antq_review.forms.sheets import DECLARATION, DOWNWARDS, HEAD_LABELS, TABLE_TITLE, marker
from antq_review.rules import rulebook
from antq_review.scoring.score_table.lines import known_rows
from tests.each import each

KNOWN = known_rows(rulebook("qd_510"))
TABLES = [(sheet, table) for sheet in SHEETS for table in sheet.tables]

each_sheet = each("sheet", SHEETS, ids=lambda sheet: sheet.name)
each_table = each("sheet, table", TABLES, ids=lambda one: one[1].name)


@pytest.fixture(scope="module")
def blank():
    return blank_files(KNOWN, "00123456", 2026)


@pytest.fixture(scope="module")
def books(blank):
    return {name: load_workbook(io.BytesIO(blank[Path(f"{name}.xlsx")])) for name in WORKBOOKS}


@pytest.fixture(scope="module")
def page_of(books):
    return lambda sheet: books[sheet.workbook][sheet.title]


def values(page, last_row):
    return {cell.value for row in page.iter_rows(max_row=last_row) for cell in row if cell.value is not None}


def heading_row(page, sheet, table):
    """The row of the headings: below the table's title."""
    title = TABLE_TITLE.format(number=sheet.tables.index(table) + 1, title=table.title)
    return next(row[0].row for row in page.iter_rows() if row[0].value == title) + 1


def cells_of(page, sheet, table):
    """(column, its heading, its help, its first entry cell) for every column."""
    top = heading_row(page, sheet, table)
    for index, column in enumerate(table.row.columns(), start=1):
        if table.downwards:
            yield column, *(page.cell(top + index, at) for at in (1, 3, 2))
        else:
            yield column, *(page.cell(row, index) for row in (top, top + 1, top + 2))


def rule_at(page, cell):
    found = [rule for rule in page.data_validations.dataValidation if cell.coordinate in MultiCellRange(str(rule.sqref))]
    assert len(found) <= 1, cell.coordinate
    return found[0] if found else None


def test_every_workbook_and_the_guide_are_drawn(blank):
    assert {path.name for path in blank} == {*(f"{name}.xlsx" for name in WORKBOOKS), "HUONG_DAN.html"}


@each_sheet
def test_the_head_says_what_it_is_and_whose(sheet, page_of):
    page = page_of(sheet)
    head = {row[0].value: row for row in page.iter_rows(max_row=12)}
    filled = {label: [cell.value for cell in row[1:] if cell.value is not None] for label, row in head.items()}
    assert filled[HEAD_LABELS["marker"]] == [marker(sheet)]
    if not any(table.downwards for table in sheet.tables):
        assert filled[HEAD_LABELS["school_code"]] == ["00123456"]
        assert filled[HEAD_LABELS["year"]] == [2026]
    assert page.cell(1, 1).value.startswith(f"Biểu {sheet.title}")


@each_sheet
def test_the_declaration_is_asked_where_absence_matters(sheet, page_of):
    said = values(page_of(sheet), heading_row(page_of(sheet), sheet, sheet.tables[0]) - 1)
    labels = {HEAD_LABELS[name] for name in ("declared_until", "declared_by", "declared_post")}
    if sheet.declared:
        assert labels <= said and DECLARATION.format(declared=sheet.declared) in said
    else:
        assert not labels & said


@each_table
def test_headings_carry_their_star_and_their_help(sheet, table, page_of):
    for column, heading, help_cell, _ in cells_of(page_of(sheet), sheet, table):
        assert heading.value == column.heading + (" *" if column.required else "")
        assert (help_cell.value or "") == column.help
    if table.downwards:
        page = page_of(sheet)
        top = heading_row(page, sheet, table)
        assert [page.cell(top, index).value for index in (1, 2, 3)] == list(DOWNWARDS.values())


def offered(rule, book):
    """The entries of a drop-down list."""
    letter, first, again, last = re.fullmatch(rf"'{LISTS_TITLE}'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", rule.formula1).groups()
    assert letter == again and book[LISTS_TITLE].sheet_state == "hidden"
    return [book[LISTS_TITLE][f"{letter}{row}"].value for row in range(int(first), int(last) + 1)]


@each_table
def test_lists_are_offered_and_hold_exactly_the_labels(sheet, table, page_of, books):
    page = page_of(sheet)
    for column, _, _, entry in cells_of(page, sheet, table):
        if column.choices is None or column.kind is CellKind.CHOICES:
            continue
        rule = rule_at(page, entry)
        assert rule.type == "list" and rule.showErrorMessage and rule.error
        assert offered(rule, books[sheet.workbook]) == list(column.choices.labels().values())


@each_table
def test_a_column_without_a_closed_list_may_offer_one(sheet, table, page_of, books):
    page = page_of(sheet)
    for column, _, _, entry in cells_of(page, sheet, table):
        assert (column.offer is Offer.MEASURES) == (column.name == "measure")
        assert (column.offer is Offer.INITIATIVES) == (table.name == "initiatives" and column.name == "name")
        if column.offer in (Offer.UNITS, Offer.GRADES):
            rule = rule_at(page, entry)
            assert rule is None or rule.type != "list", "units and grades are those of a school that is known"
        elif column.offer is not None:
            rule = rule_at(page, entry)
            entries = list(Measure.labels().values()) if column.offer is Offer.MEASURES else list(INITIATIVE_NAMES)
            assert rule.type == "list" and offered(rule, books[sheet.workbook]) == entries
            assert bool(rule.showErrorMessage) is (column.offer is Offer.MEASURES), "a model may have another name"


@each("column", [column for _, table in TABLES for column in table.row.columns()], ids=lambda column: column.name)
def test_a_renamed_heading_keeps_its_list(column):
    """A heading is for the clerk: it is no key."""
    measures = {"count": "Số"}
    assert DropDownLists(measures).reference(column) == DropDownLists(measures).reference(replace(column, heading="Tên khác"))
    assert DropDownLists(measures).reference(replace(column, offer=None, choices=None)) is None


@each_table
def test_numbers_and_days_are_checked_while_typing(sheet, table, page_of):
    kinds = {CellKind.COUNT: "whole", CellKind.NUMBER: "decimal", CellKind.DATE: "date", CellKind.TIME: "time", CellKind.MOMENT: "date"}
    page = page_of(sheet)
    for column, _, _, entry in cells_of(page, sheet, table):
        rule = rule_at(page, entry)
        if column.kind in kinds:
            assert rule.type == kinds[column.kind] and rule.showErrorMessage and rule.error
        elif column.kind in (CellKind.CODE, CellKind.PLAIN_CODE):
            assert entry.number_format == "@"
        if column.kind is CellKind.DATE:
            assert entry.number_format == "dd/mm/yyyy"


@each_table
def test_every_blank_line_has_the_rule_of_the_first(sheet, table, page_of):
    page = page_of(sheet)
    for column, _, _, entry in cells_of(page, sheet, table):
        if table.downwards or rule_at(page, entry) is None:
            continue
        last = page.cell(entry.row + table.blank_rows - 1, entry.column)
        assert rule_at(page, last) == rule_at(page, entry), column.name


def test_the_plan_sheet_holds_the_whole_plan(books):
    assert len({row[0].value for row in books["1_nha_truong"]["Kế hoạch"].iter_rows(min_row=8) if row[0].value}) >= 52


def test_the_guide_mentions_every_sheet_and_heading(blank):
    guide = blank[Path("HUONG_DAN.html")].decode("utf-8")
    for sheet, table in TABLES:
        assert f">Trang {escape(sheet.title)}</h3>" in guide and f"<h4>{escape(table.title)}</h4>" in guide
        for column in table.row.columns():
            assert f"<tr><td>{escape(column.heading)}" in guide
            assert table.downwards or re.search(f'<td class="head">{re.escape(escape(column.heading))}', guide), "the drawn sheet"


def test_the_guide_opens_alone_and_prints_each_list_once(blank):
    """Not Markdown that Notepad shows raw; the 20 topics stood in it five times (issue 15, 8)."""
    guide = blank[Path("HUONG_DAN.html")].decode("utf-8")
    assert guide.startswith("<!DOCTYPE html>") and "<main>" in guide and "@media print" in guide and "size: A4" in guide
    assert not re.search(r"<script|<link|<img|https?:|url\(|src=", guide)
    targets = re.findall(r'href="#([^"]+)"', guide)
    assert targets and all(guide.count(f'id="{one}"') == 1 for one in targets)
    long = {column.choices for _, table in TABLES for column in table.row.columns() if column.choices and len(column.choices.labels()) > 4}
    for choices in long:
        entries = "".join(f"<li>{escape(label)}</li>" for label in choices.labels().values())
        assert guide.count(entries) == 1, choices


def test_the_bytes_are_the_same_every_time(blank):
    assert blank_files(KNOWN, "00123456", 2026) == blank
    for path, content in blank.items():
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
                assert b"2026-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_nothing_in_a_blank_workbook_is_live(blank):
    for path, content in blank.items():
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
                rows = [text.partition(b"<sheetData>")[2].partition(b"</sheetData>")[0] for text in sheets]
                assert not any(re.search(rb"<f[ >]|http", text) for text in rows)
                assert not any("external" in name or "vba" in name for name in archive.namelist())


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "thường"])
def test_text_stays_text(text):
    cell = Workbook().active["A1"]
    put_text(cell, text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@")


def test_text_that_is_too_long_ends_visibly():
    cell = Workbook().active["A1"]
    put_text(cell, "x" * 40_000)
    assert len(cell.value) == CELL_LIMIT and cell.value.endswith("…")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_libreoffice_prints_every_sheet_with_its_title(blank, tmp_path):
    names = [path for path in blank if path.suffix == ".xlsx"]
    for path in names:
        (tmp_path / path).write_bytes(blank[path])
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "pdf", "--outdir", "."]
    subprocess.run([*command, *map(str, names)], cwd=tmp_path, check=True, capture_output=True, timeout=180)
    for path in names:
        pdf = tmp_path / path.with_suffix(".pdf")
        printed = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout
        text = " ".join(unicodedata.normalize("NFC", printed.decode("utf-8")).split())
        for sheet in SHEETS:
            if sheet.workbook == path.stem:
                assert f"Biểu {sheet.title}" in text


def test_the_plan_sheet_says_at_its_top_that_proposals_wait(page_of):
    """Before the table: a first run leaves most proposed targets open, and the clerk must know why."""
    (sheet,) = (sheet for sheet in SHEETS if sheet.note)
    page = page_of(sheet)
    said = values(page, heading_row(page, sheet, sheet.tables[0]) - 1)
    assert sheet.name == "ke_hoach" and {sheet.note, sheet.offers} <= said and "danh mục gợi ý" in sheet.offers
    assert SetBy.PROPOSED.label in sheet.note and SetBy.SCHOOL.label in sheet.note
