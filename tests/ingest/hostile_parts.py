"""Hostile files, continued: XML that attacks, and too much of everything. Importing this adds them to `FILES`."""

from __future__ import annotations

from tests.ingest.corpus import FIRST, INLINE, SHEET, inline, set_cell
from tests.ingest.hostile import MEGABYTE, STRINGS, below, parts, xml

# --- XML that attacks ----------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "billion_laughs": f'<!DOCTYPE sst [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic_blowup": f'<!DOCTYPE sst [<!ENTITY l9 "{"x" * 50_000}">]>',
    "external_file": '<!DOCTYPE sst [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "external_http": '<!DOCTYPE sst [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
}


def _doctype_in_strings(name: str, doctype: str) -> None:
    @parts(name)
    def _change(found):
        text = found[STRINGS].decode()
        found[STRINGS] = (doctype + text.replace("</sst>", f"<si><t>{'&l9;' * 50}</t></si></sst>")).encode()


for _name, _doctype in DOCTYPES.items():
    _doctype_in_strings(_name, _doctype)


@xml("doctype_in_sheet")
def _doctype_in_sheet(text):
    return DOCTYPES["external_file"].replace("sst", "worksheet") + text


@parts("doctype_in_workbook")
def _doctype_in_workbook(found):
    found["xl/workbook.xml"] = DOCTYPES["billion_laughs"].encode() + found["xl/workbook.xml"]


@xml("deep_nesting", None)
def _deep_nesting(text):
    return text.replace("</worksheet>", "<ext>" * 20_000 + "</ext>" * 20_000 + "</worksheet>")


# --- too much ------------------------------------------------------------------------------------------------------


@xml("bomb_cells", "file_too_big")
def _bomb_cells(text):
    rows = (f'<row r="{row}">' + "<c><v>1</v></c>" * 90 + "</row>" for row in range(1000, 4500))
    return below(text, "".join(rows))


@xml("bomb_cells_below", "file_too_big")
def _bomb_cells_below(text):
    return below(text, "".join(f'<row r="{row}"><c r="C{row}"><v>1</v></c></row>' for row in range(19_000, 60_000)))


@xml("bomb_merges", "file_too_big")
def _bomb_merges(text):
    ranges = "".join(f'<mergeCell ref="A{row}:S{row}"/>' for row in range(100, 50_000))
    return text.replace("</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")


@parts("bomb_one_string", "file_too_big")
def _bomb_one_string(found):
    text = found[STRINGS].replace(b"bomb_one_string", b"x" * (55 * MEGABYTE))
    found[STRINGS] = text


@xml("bomb_one_string_in_its_cell", "file_too_big")
def _bomb_one_string_in_its_cell(text):
    return set_cell(text, f"S{FIRST}", inline("x" * (55 * MEGABYTE)), INLINE)


@parts("bomb_of_styles", "file_too_big")
def _bomb_of_styles(found):
    found["xl/styles.xml"] = found["xl/styles.xml"].replace(b"</cellXfs>", b"<xf/>" * 3_000_000 + b"</cellXfs>")


@parts("bomb_one_string_in_many_cells", "file_too_big")
def _bomb_in_many_cells(found):
    text = found[STRINGS].decode()
    found[STRINGS] = text.replace("</sst>", f"<si><t>{'ắ' * 32_000}</t></si></sst>").encode()
    number = text.count("<si>")
    rows = "".join(f'<row r="{row}"><c r="S{row}" t="s"><v>{number}</v></c></row>' for row in range(100, 5000))
    found[SHEET] = below(found[SHEET].decode(), rows).encode()


@parts("bomb_many_strings", "file_too_big")
def _bomb_many_strings(found):
    found[STRINGS] = found[STRINGS].replace(b"</sst>", b"<si><t/></si>" * 4_000_000 + b"</sst>")


@xml("far_cell", None)
def _far_cell(text):
    return below(text, f'<row r="1048576"><c r="XFD1048576"{INLINE}>{inline("x")}</c></row>')


@xml("columns_all_filled", None)
def _columns_all_filled(text):
    letters = [chr(65 + a) + chr(65 + b) for a in range(26) for b in range(26)][:900]
    return below(text, '<row r="1000">' + "".join(f'<c r="{name}1000"><v>1</v></c>' for name in letters) + "</row>")


