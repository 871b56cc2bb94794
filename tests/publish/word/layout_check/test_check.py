"""The twelve checks: each finds its own departure, names rule and place, and nothing else is found in a sound document."""

import re
import time
import unicodedata

import pytest
from docx import Document
from docx.shared import Pt

from antq_review.errors import CannotDo
from antq_review.publish.word.fill import fill
from antq_review.publish.word.forms import load_form
from antq_review.publish.word.layout_check.check import CHECKS, check_file
from antq_review.publish.word.layout_fields import with_marks
from tests.publish.dossier import documents
from tests.publish.word.seen import changed, written

STYLES = "word/styles.xml"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def made(review, code: str, draft: bool = True, **values) -> bytes:
    form = load_form(code)
    return fill(form.content, with_marks(documents.changed(documents.made(review, code), **values), draft), form.name)


@pytest.fixture(scope="module")
def report(review) -> bytes:
    return made(review, "D3")


@pytest.fixture(scope="module")
def minutes(review) -> bytes:
    return made(review, "D4")


def found(folder, document: bytes) -> list[tuple[int, str]]:
    return [(departure.rule, departure.line()) for departure in check_file(written(folder, document))]


def styled(style: str, change):
    """A change to one style of the document."""

    def work(xml: str) -> str:
        block = re.search(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', xml)[0]
        return xml.replace(block, change(block))

    return work


def swap(old: str, new: str, count: int = -1):
    return lambda xml: xml.replace(old, new, count)


def can_split(xml: str, text: str) -> str:
    """The table row that holds the text, without what keeps it whole."""
    return re.sub(rf"(<w:tr><w:trPr>)<w:cantSplit/>(?=(?:(?!<w:tr>).)*{text})", r"\1", xml)


def size(style: str, half_points: int):
    return styled(style, lambda block: re.sub(r'(<w:sz(?:Cs)? w:val=")\d+', rf"\g<1>{half_points}", block))


DEPARTURES = [
    (1, "A4", "word/document.xml", swap('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', 1)),
    (1, "lề trái", "word/document.xml", swap('w:left="1701"', 'w:left="1134"', 1)),
    (2, "Arial", "word/document.xml", swap("<w:t ", '<w:rPr><w:rFonts w:ascii="Arial"/></w:rPr><w:t ', 1)),
    (2, "minorHAnsi", STYLES, styled("Body", swap("<w:rPr>", '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/>'))),
    (2, "màu đen", STYLES, styled("Section", swap("<w:rPr>", '<w:rPr><w:color w:val="2F5496"/>'))),
    (3, "cần 13", STYLES, size("Nation", 24)),
    (3, "cần 14", STYLES, size("Motto", 26)),
    (3, "cỡ chữ 15", STYLES, size("Clause", 30)),
    (3, "cỡ chữ 18", STYLES, size("TableText", 36)),
    (4, "in đậm", STYLES, styled("Nation", swap("<w:b/>", ""))),
    (4, "không nằm trên một dòng", "word/document.xml", swap('<w:tcW w:w="5613"', '<w:tcW w:w="4800"', 1)),
    (4, "Quốc hiệu", "word/document.xml", swap(NATION, "CỘNG HÒA XHCN VIỆT NAM", 1)),
    (4, "Tiêu ngữ", "word/document.xml", swap("Độc lập - Tự do - Hạnh phúc", "Độc lập-Tự do-Hạnh phúc", 1)),
    (5, "không có số trang", "word/header1.xml", swap(" PAGE ", " DATE ")),
    (5, "trang đầu", "word/document.xml", swap("<w:titlePg/>", "", 1)),
    (5, "từ 1", "word/document.xml", lambda xml: "".join(xml.rsplit('<w:pgNumType w:start="1"/>', 1))),
    (6, "Kính gửi", "word/document.xml", swap("Kính gửi: ", "Gửi ", 1)),
    (6, "Như trên", "word/document.xml", swap("- Như trên;", "- UBND xã;", 1)),
    (7, "Lưu: VT", "word/document.xml", swap("- Lưu: VT", "- Lưu VP", 1)),
    (8, "./.", "word/document.xml", swap("./.", ".", 1)),
    (8, "./.", "word/document.xml", lambda xml: ".".join(xml.rsplit("./.", 1))),
    (9, "Phụ lục II", "word/document.xml", swap("tại Phụ lục II kèm theo", "kèm theo", 1)),
    (10, "đoạn trống", "word/document.xml", swap("TÌNH HÌNH</w:t></w:r></w:p>", "TÌNH HÌNH</w:t></w:r></w:p><w:p/>", 1)),
    (10, "NFD", "word/document.xml", lambda xml: xml.replace("Thuận lợi", unicodedata.normalize("NFD", "Thuận lợi"))),
    (12, "hàng chữ ký", "word/document.xml", lambda xml: can_split(xml, "Nơi nhận:")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "says", "part", "change"), DEPARTURES)
def test_each_departure_is_found_by_its_rule(report, tmp_path, rule, says, part, change):
    departures = found(tmp_path, changed(report, change, part))
    assert {number for number, _ in departures} == {rule}
    assert says in " ".join(line for _, line in departures)


def test_every_rule_is_tried():
    assert {rule for rule, *_ in DEPARTURES} | {11} == set(CHECKS)


@pytest.mark.parametrize(
    ("written_date", "sound"),
    [
        ("ngày 05 tháng 9 năm 2026", True), ("ngày 29 tháng 6 năm 2026", True), ("ngày 05 tháng 01 năm 2026", True),
        ("ngày 05 tháng 12 năm 2026", True), ("ngày     tháng     năm 2026", True), ("ngày … tháng … năm 2026", True),
        ("ngày     tháng 11 năm 2026", True), ("ngày 5 tháng 9 năm 2026", False), ("ngày 05 tháng 09 năm 2026", False),
        ("ngày 15 tháng 1 năm 2026", False), ("ngày\u00a005 tháng\u00a009 năm 2026", False),
    ],
)  # fmt: skip
def test_dates_are_written_as_the_decree_says(review, tmp_path, written_date, sound):
    departures = found(tmp_path, made(review, "D3", date_line=f"Mẫu, {written_date}"))
    assert [number for number, _ in departures] == ([] if sound else [11])


def test_a_document_without_its_recipients_is_told_so(report, tmp_path):
    departures = found(tmp_path, changed(report, swap("Nơi nhận:", "Gửi:", 1)))
    assert {7, 12} <= {number for number, _ in departures}


def test_what_is_left_to_fill_is_no_departure_in_a_draft_and_one_in_a_final_copy(review, tmp_path):
    gap = {"request_124": "[CẦN BỔ SUNG: đề nghị]"}
    assert found(tmp_path, made(review, "D3", **gap)) == []
    assert [number for number, _ in found(tmp_path, made(review, "D3", draft=False, **gap))] == [10]


def test_the_minutes_signatures_are_a_row_that_cannot_split(minutes, tmp_path):
    assert found(tmp_path, minutes) == []
    cut = changed(minutes, lambda xml: can_split(xml, "THƯ KÝ"))
    assert [number for number, _ in found(tmp_path, cut)] == [12]


def test_the_same_departure_in_many_places_is_one_line(report, tmp_path):
    (departure,) = check_file(written(tmp_path, changed(report, size("Body", 31), STYLES)))[:1]
    assert departure.rule == 3
    spread = changed(report, styled("Clause", swap("<w:rPr>", '<w:rPr><w:color w:val="FF0000"/>')), STYLES)
    (departure,) = check_file(written(tmp_path, spread))
    assert len(departure.places) > 3 and "và" in departure.line()


def test_a_document_typed_in_word_is_told_what_is_wrong(tmp_path):
    """What Word's own blank page gives: theme fonts, letter paper, a blue heading, blank lines for spacing."""
    typed = Document()
    typed.add_heading("BÁO CÁO", 1)
    typed.add_paragraph("Kết quả ngày 5 tháng 09 năm 2026").runs[0].font.size = Pt(12)
    typed.add_paragraph("")
    typed.add_paragraph("Nơi nhận:")
    typed.add_paragraph("- Lưu")
    typed.save(tmp_path / "go.docx")
    assert {departure.rule for departure in check_file(tmp_path / "go.docx")} == set(CHECKS) - {9}


def test_a_file_that_is_none_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(CannotDo):
        check_file(tmp_path / "khong_co.docx")


def test_tables_inside_tables_and_content_controls_are_looked_into(report, tmp_path):
    nested = "<w:p><w:r><w:t>ngày 5 tháng 9 năm 2026</w:t></w:r></w:p>"
    for _ in range(2):
        nested = f"<w:tbl><w:tr><w:tc>{nested}<w:p/></w:tc></w:tr></w:tbl>"
    inside = f"<w:sdt><w:sdtContent>{nested}</w:sdtContent></w:sdt>"
    document = changed(report, lambda xml: xml.replace("<w:tbl>", f"{inside}<w:tbl>", 1))
    assert 11 in {number for number, _ in found(tmp_path, document)}


@pytest.mark.parametrize("written_length", ["nan", "inf", "1e400", "9" * 5000, "x", "-1", "²", "210mm"])
def test_lengths_that_are_none_are_a_departure_and_no_crash(report, tmp_path, written_length):
    document = changed(report, lambda xml: re.sub(r'(w:w|w:left|w:start|w:val)="\d+"', rf'\1="{written_length}"', xml))
    assert 1 in {number for number, _ in found(tmp_path, document)}
    sized = changed(report, lambda xml: re.sub(r'(<w:sz w:val)="\d+"', rf'\1="{written_length}"', xml), STYLES)
    assert found(tmp_path, sized)


def test_a_file_made_to_be_slow_is_looked_through_in_seconds(report, tmp_path):
    """Tables forty deep with many paragraphs in one cell: time must not grow with a square."""
    inner = "<w:p/>" * 20_000
    for _ in range(40):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    start = time.perf_counter()
    found(tmp_path, changed(report, lambda xml: xml.replace("<w:tbl>", f"{inner}<w:tbl>", 1)))
    assert time.perf_counter() - start < 20
