"""The documents of the dossier: drawn, filled, laid out as the decree says, the same bytes every time."""

import io
import time
import zipfile

import pytest
from docx import Document

from antq_review.errors import CannotDo
from antq_review.publish.dossier import DOCUMENTS, DocumentFields, fields
from antq_review.publish.word.decree_30 import PAIR_13
from antq_review.publish.word.fill import fill
from antq_review.publish.word.forms import load_form, shipped_form
from antq_review.publish.word.layout_check.check import check_document, check_file
from antq_review.publish.word.layout_check.document import WordDocument as Seen
from antq_review.publish.word.layout_fields import with_marks
from antq_review.publish.word.open_docx import parts_of
from antq_review.publish.word.text_width import broken, width
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.scoring.sections.incident_record import incident_record
from antq_review.shipped import example_folder, shipped
from tests.publish.dossier.documents import changed, made
from tests.publish.word.seen import texts, written
from tools.word_forms.language import draw_form

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = "A & B <x> {{1+1}} {%p if a %} =cmd ]]> &lt; “y”"
LONG = "Trường Tiểu học và Trung học cơ sở Dân tộc bán trú Nam Ban Lâm Hà Cill Cus Đạ Đờn"


@pytest.fixture(scope="module")
def incident():
    return incident_record(read_folder(example_folder()), "VV-01")


@pytest.fixture(scope="module")
def values(review, incident):
    return {code: made(review, code, incident) for code in DOCUMENTS}


def filled(code: str, values: DocumentFields, draft: bool = True, form: bytes | None = None) -> bytes:
    landscape = DOCUMENTS[code].is_landscape
    return fill(form or load_form(code).content, with_marks(values, draft, landscape), code)


@pytest.fixture(scope="module")
def documents(values):
    return {code: filled(code, values[code]) for code in DOCUMENTS}


def with_each_text(document: DocumentFields, change) -> DocumentFields:
    """The document with every text changed."""
    return type(document).model_validate(each_text(document.model_dump(mode="json"), change))


def each_text(value, change):
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: each_text(inner, change) for key, inner in value.items()}
    return [each_text(inner, change) for inner in value] if isinstance(value, list) else value


# --- all documents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", DOCUMENTS)
def test_every_document_keeps_the_twelve_rules(documents, code, tmp_path):
    assert [departure.line() for departure in check_file(written(tmp_path, documents[code]))] == []


@pytest.mark.parametrize("code", DOCUMENTS)
def test_the_same_fields_give_the_same_bytes(documents, values, code):
    assert filled(code, values[code]) == documents[code]


@pytest.mark.parametrize("code", DOCUMENTS)
def test_a_document_holds_no_clock_and_no_tag(documents, code):
    with zipfile.ZipFile(io.BytesIO(documents[code])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-01-01T00:00:00Z" in archive.read("docProps/core.xml")
    assert not [text for text in texts(documents[code]) if "{{" in text or "{%" in text]


@pytest.mark.parametrize("code", DOCUMENTS)
def test_a_hostile_text_prints_as_text_in_every_field(values, documents, code, tmp_path):
    document = filled(code, with_each_text(values[code], lambda text: HOSTILE if text else text))
    printed = texts(document)
    assert any(HOSTILE in text for text in printed)
    assert len(printed) == len(texts(documents[code]))
    assert not any("2 =cmd" in text for text in printed)
    parts = parts_of(written(tmp_path, document))
    elements = [element.tag for element in parts["word/document.xml"].iter()]
    assert not [tag for tag in elements if tag.endswith(("fldSimple", "instrText", "}x"))]


@pytest.mark.parametrize("code", DOCUMENTS)
def test_control_characters_make_no_line_and_no_page(values, documents, code):
    document = filled(code, with_each_text(values[code], lambda text: text and f"{text}\x0b\x0c\x07\ufffe\r\ny"))
    assert len(texts(document)) == len(texts(documents[code]))


def test_the_draft_mark_stands_in_every_page_header_until_the_copy_is_final(values, documents):
    final = filled("D3", values["D3"], draft=False)
    assert all("DỰ THẢO" in section.header.paragraphs[0].text for section in Document(io.BytesIO(documents["D3"])).sections)
    assert not any("DỰ THẢO" in text for text in texts(final))


def test_number_and_date_stay_blank_until_the_document_is_signed(documents):
    printed = texts(documents["D3"])
    assert any(text.replace("\u00a0", " ").split() == ["Số:", "/BC-TH&THCS"] for text in printed)
    assert any("ngày" in text and "tháng" in text and not any(letter.isdecimal() for letter in text.split("năm")[0]) for text in printed)


def test_what_a_person_must_write_is_marked_yellow(documents):
    marked = [
        run.text for paragraph in Document(io.BytesIO(documents["D11"])).paragraphs for run in paragraph.runs
        if run.font.highlight_color is not None
    ]
    assert marked and all(text.startswith("[CẦN BỔ SUNG") and text.endswith("]") for text in marked)


@pytest.fixture(scope="module")
def report_with_last_year(review):
    before = review_evidence(read_folder(example_folder().with_name("2025")), review.as_of.replace(year=2025))
    return filled("D10", fields(review, "D10", previous=before))


def test_the_report_and_its_annexes_are_upright_and_each_counts_from_page_one(documents, report_with_last_year, tmp_path):
    """The annexes flow one after another, so that no page holds a handful of rows (issue 15, 7); they were twelve sections."""
    for document in (documents["D10"], report_with_last_year):
        sections = Document(io.BytesIO(document)).sections
        assert [section.page_width > section.page_height for section in sections] == [False, False]
        assert [section._sectPr.find("{*}pgNumType").values() for section in sections] == [["1"]] * 2
        assert check_file(written(tmp_path, document)) == []


def test_a_table_is_as_wide_as_its_page(documents, report_with_last_year):
    for document in (documents["D10"], report_with_last_year):
        body, tables = Document(io.BytesIO(document)).element.body, []
        for block in body:
            tables += [block] if block.tag.endswith("}tbl") else []
            section = block if block.tag.endswith("}sectPr") else next(block.iter("{*}sectPr"), None)
            if section is not None:
                room = (section.page_width - section.left_margin - section.right_margin) / 635
                assert all(abs(sum(column.w for column in table.tblGrid.gridCol_lst) / 635 - room) < 10 for table in tables)
                tables = []


def test_the_end_mark_and_the_remarks_of_an_annex_stay_with_the_last_row_of_its_table(documents, report_with_last_year):
    for document in (documents["D10"], report_with_last_year):
        body = Document(io.BytesIO(document)).element.body
        tables = [block for block in body if block.tag.endswith("}tbl")][-11:]
        *below, last = [table.getnext().style for table in tables]
        assert last == "Remark"  # the check code stands on the last page, before the end mark
        assert set(below) == {"Remark" if document is report_with_last_year else "End"}
        for table in tables:
            kept = [all(paragraph.pPr.keepNext is not None for paragraph in row.iter(W + "p")) for row in table.tr_lst]
            styles = [next(row.iter(W + "p")).style for row in table.tr_lst]
            groups = [style in ("TableHead", "TableStrong") for style in styles[:-1]]
            assert kept[-1] and not any(one and not group for one, group in zip(kept[:-1], groups, strict=True))


def test_the_heading_of_a_column_breaks_between_words_that_belong_together(documents):
    heads = {cell.text for code in ("D1", "D3", "D4") for table in Document(io.BytesIO(documents[code])).tables
             for cell in table.rows[0].cells}
    assert {"Chỉ\u00a0tiêu đăng\u00a0ký", "Tự đánh\u00a0giá", "Tình\u00a0trạng", "Số thành\u00a0viên", "Lý\u00a0do vắng"} <= heads


def test_tables_repeat_their_heading_and_no_row_is_cut(documents):
    body = Document(io.BytesIO(documents["D9"])).element.body
    rows = list(body.iter("{*}tr"))
    assert all(row.find("{*}trPr/{*}cantSplit") is not None for row in rows)
    assert [row.find("{*}trPr/{*}tblHeader") is not None for row in rows[:3]] == [True, False, False]


def test_a_register_of_five_hundred_rows_takes_seconds(values):
    first = values["D9"].lists.evidence_rows
    rows = [first[place % len(first)].model_copy(update={"place": str(place)}) for place in range(500)]
    start = time.perf_counter()
    document = filled("D9", changed(values["D9"], evidence_rows=rows))
    assert time.perf_counter() - start < 15
    assert len(Document(io.BytesIO(document)).tables[0].rows) == 501


# --- numbers are the same everywhere ------------------------------------------------------------------------------------


def test_results_are_the_same_in_report_submission_minutes_and_review(review, documents):
    own = {finding.id: finding.self_score for finding in review.text("tt_124").findings}
    met = {criterion for criterion, score in own.items() if score and score.concluded and score.result == "met"}
    assert met
    for code in ("D2", "D3", "D4"):
        tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(documents[code])).tables]
        tables = [[[text.replace("\u00a0", " ") for text in row] for row in table] for table in tables]
        (head, *rows) = next(table for table in tables if "Tiêu chí" in table[0] and "Tự đánh giá" in table[0])
        results = {row[0]: row[head.index("Tự đánh giá")] for row in rows}
        assert results.keys() == own.keys()
        assert {criterion for criterion, result in results.items() if result.startswith("Đạt")} == met


def test_every_number_of_the_annex_tables_is_printed_in_the_report(values, documents):
    printed = set(texts(documents["D10"]))
    for table in values["D10"].annexes.annex_tables:
        for line in table.lines:
            assert not line.now or line.now in printed


# --- layout ------------------------------------------------------------------------------------------------------------


def test_the_nation_line_is_as_wide_as_it_was_measured():
    assert 95 < width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True) < 97
    assert width("đ", 10) == pytest.approx(10 * 0.5 * 25.4 / 72)


def test_a_long_school_name_breaks_into_lines_of_like_width(values, tmp_path):
    document = filled("D3", changed(values["D3"], issuing_body=LONG.upper()))
    assert check_file(written(tmp_path, document)) == []
    lines = broken(LONG.upper(), 13, True, 64)
    assert " ".join(lines) == LONG.upper()
    assert len(lines) == 4 and max(width(line, 13, True) for line in lines) <= 64
    assert max(map(len, lines)) <= 1.6 * min(map(len, lines))


def test_drawn_lines_follow_the_text_above_them(documents, values):
    def indent(document: bytes) -> int:
        line = next(one for one in Document(io.BytesIO(document)).paragraphs if one.style.style_id == "ShortLine")
        return line.paragraph_format.left_indent

    short = filled("D3", changed(values["D3"], document_subject="Năm 2026"))
    assert indent(short) > indent(documents["D3"])


def test_the_other_preset_of_sizes_keeps_the_rules_too(values, tmp_path):
    text = (shipped("data_templates") / "bieu_word" / "nguon" / f"{DOCUMENTS['D3'].slug}.txt").read_text(encoding="utf-8")
    form = draw_form(text, PAIR_13)
    document = fill(form, with_marks(values["D3"], draft=True, sizes=PAIR_13), "D3")
    assert check_file(written(tmp_path, document)) == []
    assert Document(io.BytesIO(document)).styles["Nội dung"].font.size.pt == 13


def test_two_full_stops_become_one(values):
    document = filled("D3", changed(values["D3"], closing="Nhà trường kính báo cáo."))
    assert "Nhà trường kính báo cáo./." in texts(document)


@pytest.mark.parametrize("line", ["Nowhere: text", "@table 10x", "@table 10l 20l\na | b | c\n@end"])
def test_a_form_text_that_means_nothing_is_refused(line):
    with pytest.raises(CannotDo):
        draw_form(line)


def test_every_document_has_its_shipped_form():
    assert all(shipped_form(code).is_file() for code in DOCUMENTS)


def test_a_shipped_form_opens_in_the_checks_without_falling_over():
    assert check_document(Seen(parts_of(shipped_form("D3"))))
