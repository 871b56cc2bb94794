"""Crooked but honest, continued: lines, single cells, far corners. Importing this adds them to `CROOKED`."""

from __future__ import annotations

from tests.ingest.corpus import FIRST, HEADINGS, HELP, INLINE, inline, set_cell
from tests.ingest.crooked import DATA, page, put, xml


@page("rows_hidden")
def rows_hidden(sheet):
    sheet.row_dimensions[FIRST].hidden = True


@page("columns_hidden")
def columns_hidden(sheet):
    sheet.column_dimensions["N"].hidden = True


@page("total_row")
def total_row(sheet):
    last = DATA[-1] + 1
    put(sheet[f"C{last}"], "TỔNG CỘNG:")
    sheet[f"N{last}"] = 1410


@page()
def help_row_deleted(sheet):
    sheet.delete_rows(HELP)


@page()
def help_row_moved_down(sheet):
    sheet.insert_rows(HELP)


@page()
def headings_again_on_the_next_page(sheet):
    sheet.insert_rows(FIRST + 2)
    for cell in sheet[HEADINGS]:
        sheet.cell(FIRST + 2, cell.column).value = cell.value


@page()
def blank_rows_between(sheet):
    sheet.insert_rows(FIRST + 1, 3)


@page()
def carriage_returns(sheet):
    put(sheet[f"S{FIRST + 2}"], "Dòng một_x000D_\nDòng hai")


@xml()
def formula_with_a_result(text):
    return set_cell(text, f"N{FIRST}", "<f>600+20</f><v>620</v>")


@xml()
def formula_that_says_nothing(text):
    return set_cell(text, f"S{FIRST}", '<f>IF(N14&gt;0,"","?")</f><v></v>', ' t="str"')


@xml()
def pieces_of_different_colour(text):
    runs = '<is><r><rPr><b/></rPr><t>Phổ biến </t></r><r><t xml:space="preserve">nội quy trường học</t></r></is>'
    return set_cell(text, f"C{FIRST}", runs, INLINE)


@xml("cells_far")
def stray_cell_far_away(text):
    return text.replace(
        "</sheetData>", f'<row r="1048576"><c r="XFD1048576"{INLINE}>{inline("x")}</c></row></sheetData>'
    )


@xml()
def million_rows_formatted(text):
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(1000, 1_048_577))
    return text.replace("</sheetData>", rows + "</sheetData>")


@xml()
def columns_16384(text):
    letters = [chr(65 + a) + chr(65 + b) for a in range(26) for b in range(26)]
    letters += [chr(65 + a) + pair for a in range(23) for pair in letters]
    cells = "".join(f'<c r="{name}1000" s="1"/>' for name in letters if len(name) < 3 or name <= "XFD")
    return text.replace("</sheetData>", f'<row r="1000">{cells}</row></sheetData>')
