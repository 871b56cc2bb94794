"""Our reader against openpyxl, over all kinds of workbooks; and what Excel means where openpyxl says nothing, or something else."""

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from antq_review.ingest import excel
from antq_review.ingest.blank_rows import without_blank_rows
from antq_review.ingest.excel import read_workbook
from antq_review.ingest.number_formats import BUILT_IN, number_format
from antq_review.shipped import example_folder
from tests.ingest import crooked_folders, crooked_lines
from tests.ingest.by_openpyxl import by_openpyxl, by_us
from tests.ingest.corpus import MAIN, zipped
from tests.ingest.crooked import CROOKED

#: Importing them has added their forms.
assert crooked_folders and crooked_lines

TEMPLATES = example_folder().parents[1]
LONG = bool(os.environ.get("ANTQ_LONG"))
#: Every shipped workbook with `run.py test --long`, otherwise those of one year; each form is among them.
SHIPPED = sorted(TEMPLATES.rglob("*.xlsx") if LONG else example_folder().glob("*.xlsx"))
#: Crooked forms that openpyxl cannot load, or whose oddness it does not see as Excel does.
NOT_BY_OPENPYXL = {
    "a_colour_that_is_none", "a_fill_without_a_pattern", "properties_with_a_day_in_words", "a_font_of_no_size_and_an_odd_border",
    "a_defined_name_that_means_nothing", "nonsense_after_the_data", "a_theme_that_is_cut_off", "styles_of_another_program",
    "columns_16384", "million_rows_formatted", "stray_cell_far_away",  # openpyxl takes very long for these
}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_shipped_workbook_says_the_same(path):
    assert by_us(path) == by_openpyxl(path)


@pytest.mark.parametrize("name", sorted(CROOKED.keys() - NOT_BY_OPENPYXL))
def test_a_crooked_form_says_the_same(name, tmp_path):
    made = [content for file, content in CROOKED[name][0]().items() if file.casefold().endswith(".xlsx") and file[0] not in "~."]
    (tmp_path / "x.xlsx").write_bytes(made[-1])
    assert by_us(tmp_path / "x.xlsx") == by_openpyxl(tmp_path / "x.xlsx")


DAYS = st.datetimes(datetime(1975, 1, 1), datetime(2099, 12, 31)).map(lambda day: day.replace(second=0, microsecond=0))
VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8), st.integers(-(10**15), 10**15), st.booleans(), DAYS,
    st.floats(allow_nan=False, allow_infinity=False), DAYS.map(datetime.date), DAYS.map(datetime.time),
    st.timedeltas(timedelta(), timedelta(days=40)).map(lambda length: timedelta(seconds=length.seconds)),
    st.sampled_from(["#REF!", "#N/A", "=1+1", " x ", "dòng\nhai", "Tr\u00ad\u00ebng", "_x000D_", "'1"]),
)
CODES = st.sampled_from([
    "General", "0", "0000", "0.00%", "dd/mm/yyyy", "d/m/yy;@", "[h]:mm", '0 "ngày"', "[$-42A]dd mmmm yyyy", "@", "[Red]0", "#,##0",
    "mm:ss", "yyyy\\-mm", "_(* #,##0_)", "[ss]",
])
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 40), st.integers(1, 30)),
    st.tuples(VALUES, CODES, st.sampled_from([None, Font(strike=True), Font(name=".VnTime"), Font(name="VNI-Times")])), max_size=20,
)


@settings(max_examples=25, deadline=None)
@given(CELLS, st.booleans())
def test_any_workbook_says_the_same(tmp_path_factory, cells, from_1904):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904 if from_1904 else book.epoch
    for (row, column), (value, code, font) in cells.items():
        cell = book.active.cell(row, column)
        cell.value = value
        cell.number_format = code if not isinstance(value, (date, time, timedelta)) else cell.number_format
        if font is not None:
            cell.font = font
    path = tmp_path_factory.mktemp("any") / "x.xlsx"
    book.save(path)
    assert by_us(path) == by_openpyxl(path)


# --- by hand -------------------------------------------------------------------------------------------------------

TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def parts(cells: str, strings: str = "", styles: str | None = "", workbook: str = "", target: str = "/xl/worksheets/sheet1.xml"):
    """The smallest workbook: one row with these cells, shared texts, styles for `s="0"` and so on."""
    made = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPES}sharedStrings+xml"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook}'
        f'<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="{target}"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>',
    }
    if styles is not None:
        made["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return {name: text.encode() for name, text in made.items()}


def lines(made: dict[str, bytes], tmp_path: Path) -> list:
    (tmp_path / "x.xlsx").write_bytes(zipped(made))
    return [line for line in read_workbook(tmp_path / "x.xlsx") if isinstance(line, list)]


def one(cell: str, tmp_path: Path, **others) -> tuple[str, str] | None:
    found = lines(parts(cell, **others), tmp_path)
    return found[0][1][0][1:] if found else None


def styled(code: str) -> str:
    return f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'


RUNS = '<si><r><rPr><b/></rPr><t xml:space="preserve">Ma </t></r><r><t>túy</t></r><rPh sb="0" eb="1"><t>doc</t></rPh></si>'


@pytest.mark.parametrize(("cell", "shown"), [
    ('<c r="A1" t="s"><v>0</v></c>', ("s", "Ma túy")),
    ('<c t="inlineStr"><is><r><t>a</t></r><rPh sb="0" eb="1"><t>doc</t></rPh><r><t> b </t></r></is></c>', ("s", "a b ")),
    ('<c t="inlineStr"><is><t>a_x000D_b_x005F_x000D_</t></is></c>', ("s", "a\rb_x000D_")),
    ('<c t="str"><f>A2</f><v>#N/A</v></c>', ("e", "#N/A")),
    ('<c t="e"><v>#SPILL!</v></c>', ("e", "#SPILL!")),
    ('<c t="str"><f>A2&amp;"x"</f><v>kết quả</v></c>', ("s", "kết quả")),
    ('<c t="str"><f>A2</f><v></v></c>', None),
    ('<c t="str"><f>A2</f></c>', ("f", "=A2")),
    ('<c><f>SUM(A2)</f><v>3.0000000000000004</v></c>', ("n", "3")),
    ('<c t="b"><v>1</v></c>', ("b", "TRUE")),
    ('<c t="d"><v>2026-09-05T07:30:00Z</v></c>', ("t", "2026-09-05 07:30")),
    ('<c t="d"><v>2026-09-05</v></c>', ("d", "2026-09-05")),
    ('<c t="d"><v>PT8H30M</v></c>', ("h", "8:30:00")),
    ('<c><extLst><ext><v>5</v></ext></extLst></c>', None),
])
def test_a_cell(cell, shown, tmp_path):
    assert one(cell, tmp_path, strings=RUNS) == shown


@pytest.mark.parametrize("cell", [
    '<c t="s"><v>-1</v></c>', '<c t="s"><v>1</v></c>', '<c t="b"><v>2</v></c>', '<c t="x"><v>2</v></c>', '<c s="9"><v>2</v></c>',
    '<c t="d"><v>hôm qua</v></c>', '<c t="d"><v>2026-09-05 rồi</v></c>', '<c><v>1<x/>2</v></c>',
    '<c r="A2"><v>1</v></c>', '<c r="a1"><v>1</v></c>',
])
def test_what_excel_never_writes_is_refused(cell, tmp_path):
    with pytest.raises((ValueError, KeyError, IndexError)):
        one(cell, tmp_path, strings=RUNS)


@pytest.mark.parametrize(("code", "shown"), [
    ("dd/mm/yyyy", ("d", "2026-09-05")), ("[$-F800]dddd, mmmm dd, yyyy", ("d", "2026-09-05")), ("d/m;@", ("d", "2026-09-05")),
    ("0&quot; ngày; d&quot;", ("n", "46270")), ("0\\d", ("n", "46270")), ("_d0", ("n", "46270")), ("0*d", ("n", "46270")),
    ("[Red]0;d", ("n", "46270")), ("[h]:mm", ("h", "46270 days, 0:00:00")), ("[HH]", ("h", "46270 days, 0:00:00")),
    ("00000000", ("n", "00046270")), ("0%", ("p", "4627000%")), ("@", ("n", "46270")), ("General", ("n", "46270")),
])
def test_a_number_is_a_day_by_its_format(code, shown, tmp_path):
    assert one("<c><v>46270</v></c>", tmp_path, styles=styled(code)) == shown


def test_days_counted_from_1904(tmp_path):
    for word, shown in (("1", "2026-09-05"), ("true", "2026-09-05"), ("0", "2022-09-04")):
        workbook = f'<workbookPr date1904="{word}"/>'
        assert one("<c><v>44808</v></c>", tmp_path, styles=styled("d/m/yyyy"), workbook=workbook) == ("d", shown)


def test_formats_named_by_number_only():
    days = {number for number, code in BUILT_IN.items() if number_format(code).moment}
    assert {*range(14, 23), 45, 46, 47} <= days and not days & {*range(14), 37, 38, 39, 40, 48, 49}
    assert {*range(27, 32), *range(50, 59)} <= days  # of East Asian computers; others show them as days too


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"])
def test_a_sheet_is_found_by_its_relation(target, tmp_path):
    assert one("<c><v>1</v></c>", tmp_path, target=target) == ("n", "1")


def test_without_styles_numbers_are_plain(tmp_path):
    assert one("<c><v>46270</v></c>", tmp_path, styles=None) == ("n", "46270")


def rows(first: int, last: int, inner: str = '<c r="A{0}" s="0"/>', attributes: str = "") -> str:
    return "".join(f'<row r="{number}"{attributes}>{inner.format(number)}</row>' for number in range(first, last))


@pytest.mark.parametrize(("between", "found"), [
    (rows(2, 18_000), [1, 18_001]),
    (rows(2, 18_000, attributes=' ht="15" customHeight="1"'), [1, 18_001]),
    (rows(2, 9_000) + rows(9_000, 9_001, "<c><v>7</v></c>") + rows(9_001, 18_000), [1, 9_000, 18_001]),
    (rows(2, 9_000) + '<row r="9000"><c t="inlineStr"><is><t>x</t></is></c></row>' + rows(9_001, 18_000), [1, 9_000, 18_001]),
    (f"<!-- {rows(2, 9_000)} -->" + rows(2, 18_000), [1, 18_001]),
], ids=["blank", "with_a_height", "a_number_between", "a_text_between", "after_a_comment"])  # a megabyte of XML is no name
def test_blank_rows_left_out_change_nothing(between, found, tmp_path):
    made = parts("<c><v>1</v></c>")
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", between.encode() + b'<row r="18000"/><row><c><v>2</v></c></row></sheetData>'
    )
    assert [line[0] for line in lines(made, tmp_path)] == found


@pytest.mark.parametrize("pieces", [
    ["<s><!", f"-- {rows(1, 9)} -->{rows(9, 20)}</s>"], ["<s><", f"!-- {rows(1, 9)} -->{rows(9, 20)}</s>"],
    [f"<s><v><![CDATA[{rows(1, 9)}]]></v>{rows(9, 20)}</s>"], ["<s><v><![CDATA[", f"{rows(1, 9)}]]></v>{rows(9, 20)}</s>"],
    [f"<?x {rows(1, 9)}?>{rows(9, 20)}"], ["<?x ", f"{rows(1, 9)}?>{rows(9, 20)}"],
    [f'{rows(1, 9)}</sheetData><sheetData xmlns="other">{rows(9, 20)}</sheetData>'],
    [f"{rows(1, 9)}<row r='9'/><row r='10'/>"], [f"{rows(1, 9)}<row a='>' r='9'/>"], [rows(1, 9).encode("utf-16").decode("latin-1")],
])
def test_xml_in_which_a_row_may_be_none_stays_whole(pieces):
    written = [piece.encode("latin-1") for piece in pieces]
    assert list(without_blank_rows(written)) == written


def test_a_sheet_too_large_to_be_kept_is_unpacked_again(tmp_path, monkeypatch):
    made = parts("<c><v>1</v></c>")
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", rows(2, 9_000).encode() + b"</sheetData>")
    kept = lines(made, tmp_path)
    monkeypatch.setattr(excel, "_KEPT", 300)
    assert lines(made, tmp_path) == kept == [[1, [(1, "n", "1")]]]
