"""A school's own form: used when it is plain, refused by name when it could do anything but print fields."""

import pytest

from antq_review.errors import CannotDo, UsageError
from antq_review.publish.dossier import DOCUMENTS, compulsory
from antq_review.publish.word.fill import MAX_TEXT, environment, fill, open_template
from antq_review.publish.word.forms import known_fields, load_form, own_forms, shipped_form
from antq_review.publish.word.layout_fields import with_marks
from antq_review.publish.word.open_docx import MAX_DEPTH, MAX_FORM_XML
from tests.publish.dossier.documents import differences, made
from tests.publish.word.seen import changed, parts, texts, written, zipped

END = "<w:sectPr>"
PLAIN = "word/settings.xml"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture(scope="module")
def shipped_d3() -> bytes:
    return shipped_form("D3").read_bytes()


def with_text(form: bytes, markup: str) -> bytes:
    """The form with something more at the end of its text."""
    return changed(form, lambda xml: xml.replace("</w:body>", f"{markup}</w:body>"))


def refusal(folder, form: bytes) -> str:
    with pytest.raises(CannotDo) as fault:
        load_form("D3", written(folder, form))
    return str(fault.value)


# --- a good one ------------------------------------------------------------------------------------------------------------


def test_a_schools_own_form_is_filled(shipped_d3, review, tmp_path):
    own = with_text(shipped_d3, paragraph("Mẫu riêng của trường: {{ school_name }}, {{ figure.pl1_people_staff }} người."))
    form = load_form("D3", written(tmp_path, own))
    document = fill(form.content, with_marks(made(review, "D3"), draft=True), form.name)
    assert "Mẫu riêng của trường: Trường TH&THCS Mẫu, 50 người." in texts(document)
    assert {"school_name", "figure", "issuing_body"} <= form.used


def test_a_tag_that_word_has_cut_into_runs_still_works(shipped_d3, review, tmp_path):
    runs = "".join(f"<w:r><w:t>{piece}</w:t></w:r><w:proofErr w:type='spellStart'/>" for piece in ("{", "{ school_", "name }}"))
    pieces = f"<w:p>{runs}</w:p>"
    form = load_form("D3", written(tmp_path, with_text(shipped_d3, pieces)))
    assert "Trường TH&THCS Mẫu" in texts(fill(form.content, with_marks(made(review, "D3"), draft=True), "D3"))


def test_page_numbers_and_page_counts_are_the_fields_allowed(shipped_d3, tmp_path):
    field = "<w:p><w:fldSimple w:instr=' NUMPAGES \\* MERGEFORMAT '><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p>"
    assert load_form("D3", written(tmp_path, with_text(shipped_d3, field))).used


# --- template code -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("{{ school_name|safe }}", "Filter safe"),
        ("{{ school_name|upper }}", "Filter upper"),
        ("{{ 'A' * 300000000 }}", "Mul"),
        ("{{ year + year }}", "Add"),
        ("{{ year ~ year }}", "Concat"),
        ("{{ 'x' }}", "Const"),
        ("{{ school_name.upper() }}", "Call"),
        ("{{ school_name['x'] }}", "Getitem"),
        ("{{ [year] }}", "List"),
        ("{{ {'a': year} }}", "Dict"),
        ("{{ year if year else year }}", "CondExpr"),
        ("{{ year is defined }}", "Test"),
        ("{% if year == year %}x{% endif %}", "Compare"),
        ("{% autoescape false %}{{ school_name }}{% endautoescape %}", "Scope"),
        ("{% set a = year %}", "Assign"),
        ("{% include 'x' %}", "Include"),
        ("{% import 'x' as y %}", "Import"),
        ("{% extends 'x' %}", "Extends"),
        ("{% macro m() %}{% endmacro %}", "Macro"),
        ("{% block b %}{% endblock %}", "Block"),
        ("{% filter upper %}{% endfilter %}", "FilterBlock"),
        ("{% with a = year %}{% endwith %}", "With"),
        ("{% raw %}{{ x }}{% endraw %}", "raw"),
        ("{% for a in papers if a %}{% endfor %}", "for … if"),
        ("{% for a, b in papers %}{% endfor %}", "for … if"),
        ("{% for a in papers recursive %}{% endfor %}", "for … if"),
        ("{% for a in papers %}{% for b in papers %}x{% endfor %}{% endfor %}", "papers"),
        ("{{ year or year }}", "Or"),
        ("{{ not has_124 }}", "Not"),
        ("{{ nowhere }}", "nowhere"),
        ("{{ incident_code }}", "incident_code"),
        ("{{ school_name.__class__ }}", "__class__"),
        ("{% for a in papers %}{{ a.secret }}{% endfor %}", "secret"),
        ("{% for a in papers %}{{ loop.cycle }}{% endfor %}", "cycle"),
        ("{% colspan year %}", "ngoài chữ"),
        ("{% cellbg year %}", "ngoài chữ"),
        ("{% if year %}", "Thẻ"),
        ("{% wat %}", "wat"),
    ],
)
def test_code_beyond_names_loops_and_conditions_is_refused_by_name(shipped_d3, tmp_path, code, named):
    inside = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{paragraph(code)}</w:tc></w:tr></w:tbl>"
    assert named in refusal(tmp_path, with_text(shipped_d3, inside))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("{{ addressees }}", "“addressees” là danh sách, không in thẳng được. Hãy dùng for: {%p for one in addressees %} … {{ one }} …"),
        ("{{ addressee_lines }}", "“addressee_lines” là danh sách"),
        ("{{ criteria_124 }}", "{%p for one in criteria_124 %} … {{ one.number }} … {%p endfor %}"),
        ("{% for a in criteria_124 %}{{ a.results }}{% endfor %}", "“a.results” là danh sách"),
        ("{% for a in criteria_124 %}{{ a }}{% endfor %}", "“a” gồm nhiều ô, không in thẳng được. Hãy ghi tên ô, ví dụ {{ a.number }}."),
        ("{% for a in criteria_124 %}{{ a.is_met }}{% endfor %}", "{%p if a.is_met %} … {%p endif %}"),
        ("{% for a in papers %}{{ loop.first }}{% endfor %}", "“loop.first” là điều kiện"),
        ("{{ has_124 }}", "“has_124” là điều kiện, không in được. Hãy dùng if: {%p if has_124 %} … {%p endif %}."),
        ("{{ figure }}", "ví dụ {{ figure.pl1_people_staff }}."),
        ("{% for a in school_name %}{{ a }}{% endfor %}", "“school_name” không phải danh sách"),
        ("{% for a in has_124 %}x{% endfor %}", "“has_124” không phải danh sách"),
        ("{% for a in annex_pl1 %}x{% endfor %}", "“annex_pl1” không phải danh sách"),
    ],
)
def test_only_a_text_is_printed_and_only_a_list_is_run_over(shipped_d3, tmp_path, code, said):
    assert said in refusal(tmp_path, with_text(shipped_d3, paragraph(code)))


def test_texts_of_rows_numbers_of_loops_and_conditions_are_used_freely(shipped_d3, tmp_path):
    code = (
        "{% for a in criteria_124 %}{{ loop.index }}{% if not loop.last and a.is_met or papers %}{{ a.title }}{% endif %}"
        "{% for b in a.results %}{{ b }}{% else %}{{ year }}{% endfor %}{% endfor %}{% if has_124 %}{{ annex_pl1.name }}"
        "{% elif figure %}{% for c in annex_pl1.lines %}{{ c.label }}{% endfor %}{% endif %}"
    )
    used = load_form("D3", written(tmp_path, with_text(shipped_d3, paragraph(code)))).used
    assert {"criteria_124", "year", "annex_pl1"} <= used and not {"papers", "has_124", "figure"} & used


@pytest.mark.parametrize("code", [code for code in DOCUMENTS if code != "D11"])
def test_what_forms_are_checked_against_is_what_they_are_filled_with(review, code):
    assert list(differences(with_marks(made(review, code), draft=True), known_fields(code))) == []


@pytest.mark.parametrize("part", ["word/header1.xml", "word/header4.xml"])
def test_code_in_a_page_header_is_read_too(shipped_d3, tmp_path, part):
    form = changed(shipped_d3, lambda xml: xml.replace("{{ draft_mark }}", "{{ draft_mark|safe }}"), part)
    assert "Filter safe" in refusal(tmp_path, form)


def test_code_in_the_documents_properties_is_read_too(shipped_d3, tmp_path):
    form = changed(shipped_d3, lambda xml: xml.replace(">antq_review<", ">{{ year|safe }}<"), "docProps/core.xml")
    assert "Filter safe" in refusal(tmp_path, form)


@pytest.mark.parametrize("name", compulsory("D3"))
def test_a_form_that_leaves_out_a_compulsory_field_is_refused_by_name(shipped_d3, tmp_path, name):
    lines = {"addressees": ("one_addressee", "addressee_lines"), "distribution": ("distribution_lines",)}
    shown = {"superior_body": ("superior_lines",), "issuing_body": ("issuing_lines",), "document_subject": ("subject_lines",)}

    def without(xml: str) -> str:
        for field in (lines | shown).get(name, (name,)):
            xml = xml.replace(f"{{{{ {field} }}}}", "").replace(f" in {field} ", " in advantages ").replace(f"if {field} ", "if year ")
            xml = xml.replace(f"if has_{field} ", "if year ")
        return xml.replace("criterion.", "year.") if name == "criteria_124" else xml

    content = {part: without(data.decode("utf-8")).encode("utf-8") for part, data in parts(shipped_d3).items()}
    assert content != parts(shipped_d3)
    assert f"“{name}”" in refusal(tmp_path, zipped(content))


def test_a_compulsory_field_that_is_only_tested_is_not_there(shipped_d3, tmp_path):
    form = changed(shipped_d3, lambda xml: xml.replace("{{ police_check_line }}", "{% if police_check_line %}x{% endif %}"))
    assert "Thiếu trường dữ liệu bắt buộc “police_check_line”: phải in ra" in refusal(tmp_path, form)


@pytest.mark.parametrize("code", DOCUMENTS)
def test_every_form_prints_the_mark_of_a_draft(code, tmp_path):
    form = shipped_form(code).read_bytes()
    assert "draft_mark" in load_form(code).used
    bare = zipped({part: data.replace(b"{{ draft_mark }}", b"") for part, data in parts(form).items()})
    with pytest.raises(CannotDo, match="“draft_mark”"):
        load_form(code, written(tmp_path, bare))


# --- tags where no text is -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        "<w:p><w:pPr><w:jc w:val='{{ year }}'/></w:pPr></w:p>",
        paragraph("{{ year"),
        paragraph("}}"),
        paragraph("{{ {{ year }} }}"),
        paragraph("{{ year") + paragraph("}}"),
        paragraph("{") + paragraph("{ year }}"),
        paragraph("{% if year %}") + paragraph("x {% endif"),
    ],
)
def test_a_tag_outside_text_or_not_closed_is_refused(shipped_d3, tmp_path, markup):
    assert "thẻ" in refusal(tmp_path, with_text(shipped_d3, markup))


@pytest.mark.parametrize("code", ["{{r school_name }}", "{{p school_name }}"])
def test_text_that_would_fall_out_of_its_paragraph_is_refused(shipped_d3, review, code):
    with pytest.raises(CannotDo, match="rơi ra ngoài"):
        fill(with_text(shipped_d3, paragraph(code)), with_marks(made(review, "D3"), draft=True), "D3")


def test_a_loop_that_is_cut_by_a_table_is_refused(shipped_d3, review):
    cut = paragraph("{%p for one in papers %}") + "<w:tbl><w:tblGrid/><w:tr><w:tc>" + paragraph("{%p endfor %}x") + "</w:tc></w:tr></w:tbl>"
    cut = cut.replace("{%p endfor %}x", "a {% endfor %}")
    with pytest.raises(CannotDo):
        fill(with_text(shipped_d3, cut), with_marks(made(review, "D3"), draft=True), "D3")


@pytest.mark.parametrize(
    "markup", [paragraph("{% for one in has_votes %}x{% endfor %}"), "<w:tbl><w:tr><w:tc>" + paragraph("x") + "</w:tc></w:tr></w:tbl>"]
)
def test_what_the_libraries_stumble_over_is_one_sentence(shipped_d3, review, markup):
    with pytest.raises(CannotDo, match="không tạo thành văn bản"):
        fill(with_text(shipped_d3, markup), with_marks(made(review, "D3"), draft=True), "D3")


def test_who_made_the_form_is_not_in_the_document(shipped_d3, review):
    form = changed(shipped_d3, lambda xml: xml.replace(">antq_review<", ">Trần Văn B<"), "docProps/core.xml")
    document = fill(form, with_marks(made(review, "D3"), draft=True), "D3")
    assert "Trần" not in parts(document)["docProps/core.xml"].decode("utf-8")


def test_a_part_with_control_characters_in_its_name_does_not_reach_the_terminal(shipped_d3, tmp_path):
    said = refusal(tmp_path, zipped(parts(shipped_d3) | {"word/\x1b[31mx.xml": b"<a"}))
    assert "\x1b" not in said and "U+001B" in said


def test_a_result_beyond_all_measure_is_cut_off(monkeypatch, shipped_d3, review):
    monkeypatch.setattr("antq_review.publish.word.fill.MAX_TEXT", 10_000)
    assert MAX_TEXT > 10_000
    with pytest.raises(CannotDo, match="quá dài"):
        fill(shipped_d3, with_marks(made(review, "D3"), draft=True), "D3")


def test_an_unknown_field_is_an_error_when_filling_too(shipped_d3):
    template = open_template(with_text(shipped_d3, paragraph("x")))
    with pytest.raises(Exception, match="nowhere"):
        template.render_xml_part("{{ nowhere }}", None, {}, environment())


# --- what could act when the document is opened ------------------------------------------------------------------------------------

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BEGIN, SEPARATE, FINISH = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end"))


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


@pytest.mark.parametrize(
    "markup",
    [
        "<w:p><w:fldSimple w:instr='INCLUDETEXT \"c:/x\"'/></w:p>",
        f"<w:p>{BEGIN}{instruction('DDEAUTO c:/x')}{SEPARATE}{FINISH}</w:p>",
        f"<w:p>{BEGIN}{instruction('INC')}{instruction('LUDEPICTURE x')}{SEPARATE}{FINISH}</w:p>",
        f"<w:p>{BEGIN}{instruction('PAGE ')}{BEGIN}{instruction('DDE x')}{FINISH}{FINISH}</w:p>",
        f"<w:p>{BEGIN}{instruction('{{ school_name }}')}{SEPARATE}{FINISH}</w:p>",
        f"<w:p>{instruction('HYPERLINK x')}</w:p>",
        f"<w:p>{BEGIN}{instruction('FILLIN x')}</w:p>",
        "<w:p><w:r><w:object/></w:r></w:p>",
        "<w:altChunk xmlns:r='" + OFFICE + "' r:id='rId9'/>",
        "<w:p><w:sdt><w:sdtPr><w:dataBinding w:xpath='/a'/></w:sdtPr></w:sdt></w:p>",
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' href='http://x.example'/></w:pict></w:r></w:p>",
    ],
)
def test_fields_and_embedded_things_are_refused(shipped_d3, tmp_path, markup):
    assert "Phần word/document.xml" in refusal(tmp_path, with_text(shipped_d3, markup))


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("hyperlink", "http://x.example", " TargetMode='External'"),
        ("image", "file:///c:/x.png", " TargetMode='external'"),
        ("image", "http://x.example/a.png", ""),
        ("oleObject", "embeddings/a.bin", ""),
        ("attachedTemplate", "x.dotm", ""),
        ("aFChunk", "a.html", ""),
        ("vbaProject", "x.bin", ""),
    ],
)
def test_relations_that_lead_out_or_embed_are_refused(shipped_d3, tmp_path, kind, target, mode):
    relation = f"<Relationship Id='rId99' Type='{OFFICE}/{kind}' Target='{target}'{mode}/>"
    form = changed(
        shipped_d3, lambda xml: xml.replace("</Relationships>", f"{relation}</Relationships>"), "word/_rels/document.xml.rels"
    )
    assert "word/_rels/document.xml.rels" in refusal(tmp_path, form)


def test_a_form_with_macros_is_refused(shipped_d3, tmp_path):
    assert "macro" in refusal(tmp_path, zipped(parts(shipped_d3) | {"word/vbaProject.bin": b"x"}))
    renamed = changed(shipped_d3, lambda xml: xml.replace("document.main+xml", "document.macroEnabled.main+xml"), "[Content_Types].xml")
    assert "macro" in refusal(tmp_path, renamed)


# --- the file itself ------------------------------------------------------------------------------------------------------------------


def entity(xml: str) -> str:
    return xml.replace("?>", "?><!DOCTYPE a [<!ENTITY b 'c'>]>", 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda form: b"",
        lambda form: b"not a zip at all",
        lambda form: form[:-200],
        lambda form: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        lambda form: zipped({name: data for name, data in parts(form).items() if name != "[Content_Types].xml"}),
        lambda form: zipped({name: data for name, data in parts(form).items() if name != "word/styles.xml"}),
        lambda form: zipped({"xl/workbook.xml": b"<a/>"}),
        lambda form: zipped(parts(form) | {"../out.xml": b"<a/>"}),
        lambda form: zipped(parts(form) | {"word/big.xml": b" " * (MAX_FORM_XML + 1)}),
        lambda form: changed(form, entity),
        lambda form: changed(form, lambda xml: xml.replace("</w:body>", "")),
        lambda form: changed(form, lambda xml: xml.replace("</w:body>", "<w:p>" * MAX_DEPTH + "</w:p>" * MAX_DEPTH + "</w:body>")),
        lambda form: zipped(parts(form) | {"word/settings.xml": b"<?xml version='1.0' encoding='utf-7'?><a/>"}),
    ],
)
def test_a_file_that_is_no_sound_document_is_refused(shipped_d3, tmp_path, spoil):
    assert "D3.docx" in refusal(tmp_path, spoil(shipped_d3))


# --- the folder of forms --------------------------------------------------------------------------------------------------------------


def test_forms_are_found_by_the_code_in_their_name(tmp_path):
    for name in ("D3.docx", "d10 báo cáo.docx", "D02_to_trinh.docx", "D6.DOCX", "~$D3.docx", "~$D6.DOCX", "đọc.txt"):
        (tmp_path / name).write_bytes(b"x")
    found = own_forms(tmp_path, tmp_path / "elsewhere")
    assert {code: path.name for code, path in found.items()} == {
        "D3": "D3.docx", "D10": "d10 báo cáo.docx", "D2": "D02_to_trinh.docx", "D6": "D6.DOCX",
    }


@pytest.mark.parametrize("names", [("báo cáo.docx",), ("D99.docx",), ("D3.docx", "D03_a.docx"), ()])
def test_a_folder_of_forms_that_says_nothing_clear_is_refused(tmp_path, names):
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UsageError):
        own_forms(tmp_path, tmp_path / "elsewhere")


def test_forms_never_come_from_the_evidence_folder(tmp_path):
    (tmp_path / "bieu").mkdir()
    (tmp_path / "bieu" / "D3.docx").write_bytes(b"x")
    with pytest.raises(UsageError, match="minh chứng"):
        own_forms(tmp_path / "bieu", tmp_path)
