"""Errors come back in the clerk's own file: a copy drawn anew, its faulty cells marked, refused by the reader."""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from html import unescape

import openpyxl
import pytest

from antq_review.forms.save_workbook import CELL_LIMIT, workbook_bytes
from antq_review.ingest import read, reread
from antq_review.ingest.cell_values import shown
from antq_review.ingest.problems import problem
from antq_review.ingest.reader import Grid, read_books
from antq_review.ingest.reread import KeptBooks
from antq_review.publish.excel.marked_copy import copies as marked_copy
from antq_review.publish.excel.marked_copy.lines import CELLS_EACH, lines_of, marks_of, place_of
from antq_review.publish.excel.marked_copy.look import FAULTY
from antq_review.publish.excel.marked_copy.sheet import cut
from antq_review.publish.output.check_job import LIST, check_files
from antq_review.rules import span
from antq_review.text import say
from tests.ingest.corpus import FIRST, activities, clean, codes, draw, edit, head, told, write
from tests.publish.excel.marked_copy.faulty import FORM, HOSTILE, PLANTED, faulty

COPY = "3_hoat_dong_danh_dau.xlsx"
RED, OCHRE = (FAULTY[severity]["fill"].fgColor.rgb[-6:] for severity in ("error", "warning"))
SHEET, CELL = 3, 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("faulty") / "trường", faulty())


@pytest.fixture(scope="module")
def evidence(folder):
    return read(folder, span)


@pytest.fixture(scope="module")
def made(folder, evidence):
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    files = check_files(evidence, folder)
    assert before == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return files


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def listed(book):
    """(sheet, cell) → (row number, link) of every line of “Lỗi”."""
    page = book[say("marked.list_title")]
    lines = [row for row in page.iter_rows() if isinstance(row[0].value, str) and row[0].value.isdecimal()]
    return {(row[SHEET - 1].value, row[CELL - 1].value): row[CELL - 1].hyperlink for row in lines}, len(lines)


def marked(page):
    """Cells filled in red or ochre → colour."""
    fills = {cell.coordinate: str(cell.fill.fgColor.rgb)[-6:] for row in page.iter_rows() for cell in row}
    return {cell: colour for cell, colour in fills.items() if colour in (RED, OCHRE)}


def texts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: unescape(archive.read(name).decode("utf-8")) for name in archive.namelist()}


def formulas(part):
    return re.findall(r"<(?:\w+:)?f[ />]", part)


def copies(tmp_path, files):
    """The marked copies of a folder of such files."""
    folder = write(tmp_path / "trường", files)
    return marked_copy.marked_copies(read(folder, span), folder)


def test_twenty_faults_of_nineteen_causes_give_nineteen_lines_and_twenty_marked_cells(made, evidence):
    """Two rows that contradict each other are one cause; two cells of one column that are mended in two ways are two."""
    assert set(made) == {LIST, COPY}
    book = opened(made[COPY])
    assert book.sheetnames[0] == "Lỗi"
    lines, count = listed(book)
    one_line = {"B29:B30, 2 ô": "B29"}
    alone = {cell: cell for cell in PLANTED if cell not in ("B29", "B30")}
    assert count == 19 and set(lines) == {("Hoạt động", cells) for cells in alone | one_line}
    for (sheet, cells), link in lines.items():
        assert link.location == f"'{sheet}'!{(alone | one_line)[cells]}" and link.target is None
    severities = {entry.cells[0]: entry.severity for entry in evidence.problems if entry.file == FORM}
    found = marked(book["Hoạt động"])
    assert found == {cell: FAULTY[severities[cell]]["fill"].fgColor.rgb[-6:] for cell in PLANTED}
    assert list(found.values()).count(RED) == 18 and list(found.values()).count(OCHRE) == 2
    said = {entry.cells[0]: entry for entry in evidence.problems if entry.file == FORM}
    assert {cell: said[cell].code for cell in PLANTED} == PLANTED
    for cell in PLANTED:
        comment = book["Hoạt động"][cell].comment.text
        assert str(said[cell].says) in comment and str(said[cell].remedy) in comment


def test_every_text_keeps_its_address(made, folder, tmp_path):
    write(tmp_path, {COPY: made[COPY]})
    (original,) = read_books([folder / FORM])
    (copy,) = read_books([tmp_path / COPY])
    before, after = original.sheets[0], copy.sheets[1]
    assert before.title == after.title
    texts_before = {(row, at): shown(value) for row, cells in before.rows.items() for at, value in cells.items()}
    texts_after = {(row, at): shown(value) for row, cells in after.rows.items() for at, value in cells.items()}
    differing = {place for place in texts_before | texts_after if texts_before.get(place) != texts_after.get(place)}
    assert {texts_before[place] for place in differing} == {"antq/hoat_dong/1"}, "only the form code is another"
    kinds = {shown(value): value[0] for cells in after.rows.values() for value in cells.values()}
    assert kinds.pop("#REF!") == "e" and set(kinds.values()) == {"s"}, "texts only (the reader takes this one for an error again)"


def test_nothing_of_the_received_file_is_carried_over_but_text(made):
    parts = texts(made[COPY])
    for name, part in parts.items():
        assert not formulas(part), name
        assert not any(word in name for word in ("externalLink", "vba", "customXml", "connections")), name
        if name.endswith(".rels"):
            assert 'TargetMode="External"' not in part, name
    page = opened(made[COPY])["Hoạt động"]
    assert page["S37"].value == HOSTILE and page["S37"].data_type == "s" and page["S37"].quotePrefix
    assert page["S14"].value == "0", "a live DDE formula leaves its stored value alone"
    assert page["N25"].value.startswith("=SUM") and page["N25"].data_type == "s"
    assert not page.data_validations.dataValidation and page.protection.sheet is False


def test_the_copy_is_refused_and_counts_nothing_twice(made, folder, evidence, tmp_path):
    school = tmp_path / "trường"
    shutil.copytree(folder, school)
    (school / COPY).write_bytes(made[COPY])
    again = read(school, span)
    assert told(again) == told(evidence)
    assert [entry.code for entry in again.problems if entry.file == COPY] == ["marked_copy"]
    assert set(marked_copy.marked_copies(again, school)) == {FORM}, "no copy of a copy"
    alone = edit(made[COPY], lambda book: book.remove(book["Lỗi"]))
    (school / COPY).write_bytes(alone)
    assert told(read(school, span)) == told(evidence), "also when only the form's sheet is left"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy_and_a_copy_saved_there_is_refused_too(made, evidence, folder, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / COPY).write_bytes(made[COPY])
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "in" / COPY)], check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(tmp_path / COPY)
    assert listed(book)[1] == 19 and set(marked(book["Hoạt động"])) == set(PLANTED)
    assert book["Hoạt động"]["S37"].value == HOSTILE and book["Hoạt động"]["B14"].comment is not None
    assert not any(formulas(part) for part in texts((tmp_path / COPY).read_bytes()).values())
    school = tmp_path / "trường"
    shutil.copytree(folder, school)
    shutil.copy(tmp_path / COPY, school)
    assert told(read(school, span)) == told(evidence)


def test_the_same_evidence_gives_the_same_bytes(made, folder, evidence):
    assert check_files(evidence, folder) == made


def test_the_list_leads_to_the_copy_and_the_cell(made):
    page = opened(made[LIST]).active
    rows = {row[1].value: row[-1] for row in page.iter_rows(min_row=2)}
    cell = rows[f"{FORM} › Hoạt động › B14, «Ngày»"]
    assert cell.value == COPY and cell.hyperlink.target == COPY and cell.hyperlink.location == "'Hoạt động'!B14"
    assert rows["Vụ việc"].value is None, "a form that nobody handed in has no copy"


# --- privacy -------------------------------------------------------------------------------------------------------

NAME = "Nguyễn Thị Học Sinh"
_INCIDENT = {"id": "VV-1", "happened_on": date(2026, 3, 3), "kind": "Bạo lực học đường", "handling": NAME, "note": NAME, "file": NAME}


def _safety(rows, change=lambda page: None):
    book = draw({"incidents": rows}, ["vu_viec", "kiem_tra"], {"vu_viec": head()})
    change(book["Vụ việc"])
    return {"4_an_toan.xlsx": workbook_bytes(book)}


def _name_everywhere(page):
    """A name in every cell of the first line, in a line above the table, and under a heading nobody knows."""
    row = next(cell.row for line in page.iter_rows() for cell in line if str(cell.value).startswith("Mã vụ")) + 2
    for column in range(1, 25):
        page.cell(row, column, NAME)
    page.cell(1, 10, NAME)
    page.cell(row - 2, 26, "Em nào")
    page.cell(row, 26, NAME)
    page.cell(row + 1, 5, NAME)


def _headings_lost(page):
    """Too few headings are left for the table to be found."""
    _name_everywhere(page)
    row = next(cell.row for line in page.iter_rows() for cell in line if str(cell.value).startswith("Mã vụ"))
    for cell in page[row][:20]:
        cell.value = "?"


def _strange(page):
    """No form code, no title, and only the last headings: a page that is no form."""
    _headings_lost(page)
    page.title = "Trang1"
    page.delete_rows(1, 11)


def _named(page):
    """A clerk's own page, without the form's words."""
    page.delete_rows(1, page.max_row)
    page["A1"], page["B3"] = "Danh sách học sinh bị KỶ LUẬT", NAME
    page.title = "Trang1"


def _too_new(page):
    _name_everywhere(page)
    _form_code(page, "antq/vu_viec/99")


def _form_code(page, code):
    for line in page.iter_rows(max_row=4):
        for cell in line:
            if str(cell.value).startswith("antq/"):
                cell.value = code


@pytest.mark.parametrize(
    ("change", "code"),
    [(_name_everywhere, "heading_unknown"), (_headings_lost, "no_headings"), (_too_new, "form_too_new"), (_strange, "sheet_not_a_form"),
     (_named, "sheet_not_a_form")],
)
def test_what_is_typed_about_pupils_is_not_repeated_whatever_the_page_looks_like(change, code, tmp_path):
    folder = write(tmp_path / "trường", clean() | _safety([_INCIDENT], change))
    evidence = read(folder, span)
    assert code in codes(evidence)
    copy = marked_copy.marked_copies(evidence, folder)["4_an_toan.xlsx"]
    parts = texts(copy.content)
    assert any("Trang1" in part or say("marked.masked") in part for part in parts.values()), "this is how a text would be found"
    assert not [name for name, part in parts.items() if NAME in part]
    book = opened(copy.content)
    if code == "sheet_not_a_form":
        assert book.sheetnames == ["Lỗi", "Kiểm tra"] and "không phải biểu: «Trang1»" in book["Lỗi"]["A4"].value
        return
    assert any(cell.value == say("marked.masked") for line in book.worksheets[1].iter_rows() for cell in line)
    assert say("marked.masks") in book["Lỗi"]["A4"].value


def test_a_masked_cell_keeps_its_mark_and_what_was_read_is_shown(tmp_path):
    bad = [_INCIDENT | {"kind": NAME}, _INCIDENT]
    page = opened(copies(tmp_path, clean() | _safety(bad))["4_an_toan.xlsx"].content)["Vụ việc"]
    row = next(cell.row for line in page.iter_rows() for cell in line if str(cell.value).startswith("Mã vụ")) + 2
    line = [cell for cell in page[row] if cell.value]
    assert line[1].value == "03/03/2026", "a day that was read is shown"
    masked = [cell for cell in line if cell.value == say("marked.masked")]
    assert any(cell.coordinate in marked(page) and cell.comment for cell in masked)


def test_a_code_is_shown_and_a_name_in_its_place_is_masked(tmp_path):
    book = draw(
        {"incidents": [_INCIDENT | {"event_letter": "Không thuộc", "verified": "Chưa xác minh", "repeats": NAME}, _INCIDENT | {"id": NAME}],
         "support": [{"id": NAME, "month_on": date(2026, 3, 1)}, {"id": "HT-7", "month_on": date(2026, 4, 1)}]},
        ["vu_viec", "ho_tro"], {"vu_viec": head(), "ho_tro": head()},
    )
    copy = copies(tmp_path, clean() | {"4.xlsx": workbook_bytes(book)})["4.xlsx"]
    assert not [name for name, part in texts(copy.content).items() if NAME in part]
    for title, code in (("Vụ việc", "VV-1"), ("Hỗ trợ học sinh", "HT-7")):
        page = opened(copy.content)[title]
        assert any(cell.value == code for line in page.iter_rows() for cell in line)
        assert any(page[cell].value == say("marked.masked") and "như VV-01" in page[cell].comment.text for cell in marked(page))


def test_support_of_pupils_is_masked_but_for_what_was_read(tmp_path):
    lines = [{"month_on": date(2026, 3, 1), "at_risk": NAME, "note": NAME}, {"month_on": date(2026, 4, 1), "file": NAME, "at_risk": 2}]
    book = draw({"support": lines}, ["ho_tro", "kiem_tra"], {"ho_tro": head()})
    copy = copies(tmp_path, clean() | {"4.xlsx": workbook_bytes(book)})["4.xlsx"]
    assert not [name for name, part in texts(copy.content).items() if NAME in part]
    values = {str(cell.value) for line in opened(copy.content)["Hỗ trợ học sinh"].iter_rows() for cell in line}
    assert {"01/03/2026", "01/04/2026", "2", say("marked.masked")} <= values


@pytest.mark.parametrize("lost", [False, True])
def test_discipline_is_masked_and_its_neighbours_are_not_unless_its_headings_are_lost(lost, tmp_path):
    book = draw(
        {"commendations": [{"awarded_on": date(2026, 5, 5), "content": "Phong trào tốt"}],
         "discipline": [{"unit": NAME, "note": NAME, "count": 1, "decided_on": date(2026, 6, 6)}]},
        ["thi_dua"], {"thi_dua": head()},
    )
    if lost:
        row = next(cell.row for line in book["Thi đua"].iter_rows() for cell in line if str(cell.value).startswith("Nhóm người"))
        book["Thi đua"].delete_rows(row)
    page = opened(copies(tmp_path, clean() | {"5.xlsx": workbook_bytes(book)})["5.xlsx"].content)["Thi đua"]
    values = [cell.value for line in page.iter_rows() for cell in line if cell.value]
    assert NAME not in values
    assert ("Phong trào tốt" in values) is ("06/06/2026" in values) is not lost


# --- crooked files -------------------------------------------------------------------------------------------------


def _crooked(book):
    page = book["Hoạt động"]
    page.insert_rows(1, 3)
    page.insert_cols(3)
    page.cell(15, 3, "Cột thêm")
    page.cell(FIRST + 3, 3, "=1+1")
    page.cell(FIRST + 3, 3).data_type = "s"
    page.cell(FIRST + 3, 2, "hôm nọ")
    page.row_dimensions[FIRST + 4].hidden = True
    page.cell(FIRST + 3, 90, "xa")
    page["XFD1048576"] = "rất xa"
    page["A1"].hyperlink = "http://example.org/"
    page.merge_cells("A40:C41")
    own = book.create_sheet("Lỗi")
    own["C3"] = "Trang của trường: d'Ước & <b>"
    own["D4"] = 1.5
    book.create_sheet("It's").cell(2, 2, "x")


def test_sheets_that_are_not_ours_shifted_headings_and_extra_columns_keep_their_addresses(tmp_path):
    copy = copies(tmp_path, clean() | {FORM: edit(activities(), _crooked)})[FORM]
    book = opened(copy.content)
    assert book.sheetnames == ["Lỗi", "Hoạt động"], "what is no form is named, not copied"
    assert "không phải biểu: «Lỗi»; «It's»." in book["Lỗi"]["A4"].value
    page = book["Hoạt động"]
    assert page["C15"].value == "Cột thêm" and page["C17"].value == page["CL17"].value == say("marked.masked")
    assert page["B17"].value == "hôm nọ" and page["B17"].data_type == "s" and page.max_row < 50, "what is too far away is listed, not drawn"
    assert page.row_dimensions[FIRST + 4].hidden and not any(cell.value for cell in page[FIRST + 4]) and not page.merged_cells.ranges
    lines, _ = listed(book)
    assert lines["Hoạt động", "B17"].location == "'Hoạt động'!B17"
    assert lines["Hoạt động", "XFD1048576"] is None
    assert lines["It's", "cả trang"] is None and lines["Lỗi", "cả trang"] is None


def _hiding(book):
    """Names wherever a workbook can hide something, and beside the table; a fault, so that there is a copy."""
    page = book["Hoạt động"]
    page.cell(FIRST, 2, "hôm nọ")
    page.cell(FIRST + 1, 3, NAME)
    page.row_dimensions[FIRST + 1].hidden = True
    page.cell(FIRST, 5, NAME)
    page.column_dimensions["E"].hidden = True
    page.cell(FIRST, 60, NAME)
    page.cell(FIRST + 30, 60, NAME)
    page.cell(2, 40, NAME)
    for state in ("hidden", "veryHidden"):
        own = book.create_sheet(f"{state} {NAME}")
        own["A1"], own["A2"], own.sheet_state = NAME, "068201000001", state
    copy = book.copy_worksheet(page)
    copy.title, copy.sheet_state = "Hoạt động 2", "veryHidden"
    copy.cell(FIRST + 2, 3, NAME)


def test_what_a_workbook_hides_comes_out_nowhere(tmp_path):
    copy = copies(tmp_path, clean() | {FORM: edit(activities(), _hiding)})[FORM]
    assert not [name for name, part in texts(copy.content).items() if NAME in part or "068201000001" in part]
    book = opened(copy.content)
    assert book.sheetnames == ["Lỗi", "Hoạt động", "Hoạt động 2"] and book["Hoạt động 2"].sheet_state == "hidden"
    assert not any(cell.value for line in book["Hoạt động 2"].iter_rows() for cell in line)
    assert book["Hoạt động"].column_dimensions["E"].hidden and book["Hoạt động"].row_dimensions[FIRST + 1].hidden
    assert "Không chép 2 trang ẩn không phải biểu." in book["Lỗi"]["A4"].value


def test_a_sheet_that_is_not_declared_shows_where_to_write(tmp_path):
    found = copies(tmp_path, clean() | {FORM: activities(who=head()), "to.xlsx": activities((), None)})
    assert set(found) <= {FORM, "to.xlsx"}
    blank = workbook_bytes(draw({}, ["mo_hinh"]))
    page = opened(copies(tmp_path / "b", clean() | {"mo_hinh.xlsx": blank})["mo_hinh.xlsx"].content)["Mô hình"]
    label = next(cell for line in page.iter_rows() for cell in line if cell.value == "Đã kê khai đầy đủ đến hết ngày")
    assert marked(page) == {label.coordinate: OCHRE}


def test_an_unreadable_file_has_no_copy_and_is_named_in_the_list(tmp_path):
    folder = write(tmp_path, clean() | {"hong.xlsx": b"PK\x03\x04 hong", FORM: activities(), "ban.xlsx": activities()})
    evidence = read(folder, span)
    assert {"file_damaged", "file_twice"} <= codes(evidence)
    made = check_files(evidence, folder)
    assert not any(name.startswith(("hong", "ban")) for name in made)
    assert "hong.xlsx" in [row[1].value for row in opened(made[LIST]).active.iter_rows()]
    assert marked_copy.wants_copy(evidence, "hong.xlsx") and not marked_copy.wants_copy(evidence, FORM)


def test_a_file_that_changed_since_has_no_copy(tmp_path):
    folder, kept = write(tmp_path, faulty()), KeptBooks()
    evidence = read(folder, span, seen=kept.keep)
    write(tmp_path, {FORM: activities()})
    assert marked_copy.marked_copies(evidence, folder) == marked_copy.marked_copies(evidence, folder, kept) == {}


def test_a_kept_workbook_is_not_read_again_and_gives_the_same_copy(tmp_path, monkeypatch):
    folder, kept = write(tmp_path, faulty()), KeptBooks()
    evidence = read(folder, span, seen=kept.keep)
    again = marked_copy.marked_copies(evidence, folder)
    asked = []
    monkeypatch.setattr(reread, "read_books", lambda paths: iter(asked.extend(paths) or read_books(paths)))
    assert marked_copy.marked_copies(evidence, folder, kept) == again and not asked
    assert marked_copy.marked_copies(evidence, folder, KeptBooks()) == again and asked


# --- bounds --------------------------------------------------------------------------------------------------------


def test_a_fault_in_very_many_cells_has_one_line_so_many_comments_and_all_its_marks():
    cells = [f"{column}{row}" for row in range(1, 500) for column in "AB"]
    entry = problem("column_without_heading", file="a.xlsx", sheet="Trang", cells=[*cells, "XFD1048576", ""])
    lines = lines_of([entry], [])
    assert [line.shown for line in lines] == ["A1:A499, B1:B499, XFD1048576, 999 ô"]
    marks = marks_of(lines)["Trang"]
    assert set(marks) == {place_of(cell) for cell in cells}
    assert sum(bool(mark.notes) for mark in marks.values()) == CELLS_EACH


def test_one_cell_with_two_faults_is_marked_by_the_worse_and_says_both():
    codes = ("unit_unknown", "error_cell")
    faults = [problem(code, file="a.xlsx", sheet="T", cells=["B2"], found="x", column="c", how="y") for code in codes]
    mark = marks_of(lines_of(faults, []))["T"][2, 2]
    assert mark.severity == "error" and len(mark.notes) == 2


@pytest.mark.parametrize("text", ["a" * 40_000, "😀" * 20_000, "a" + "😀" * 20_000, "x" * CELL_LIMIT])
def test_a_text_is_cut_where_excels_cell_ends(text):
    units = len(cut(text).encode("utf-16-le")) // 2
    assert CELL_LIMIT - 1 <= units <= CELL_LIMIT
    assert (cut(text) == text) == (len(text) == CELL_LIMIT)


def test_names_of_copies_differ_and_are_names_everywhere():
    names = marked_copy.copy_names(["A.xlsx", "a.XLSX", "x:y?.xlsx", "ô" * 120 + ".xlsx"])
    assert names["A.xlsx"] == "A_danh_dau.xlsx" and names["a.XLSX"] == "a_danh_dau_2.xlsx"
    assert names["x:y?.xlsx"] == "x_y__danh_dau.xlsx"
    assert all(len(name.encode("utf-8")) <= 255 for name in names.values())


def test_titles_of_sheets_differ_and_are_titles_in_excel():
    titles = marked_copy._sheet_titles(
        Grid(title) for title in ("Lỗi", "LỖI", "a/b", "a_b", "'x'", "", "rất dài " * 9, "rất dài " * 9)
    )
    assert len({title.casefold() for title in titles} | {"lỗi"}) == 9
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") and title.strip("'") == title for title in titles)
