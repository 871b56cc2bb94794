"""The vocabulary of the dossier: plain data, one shape for every school, what must still be written named by field."""

import unicodedata
from datetime import date

import pytest
from pydantic import ValidationError

from antq_review.errors import UsageError
from antq_review.forms.choices import RemarkSection
from antq_review.publish.dossier import (
    DOCUMENTS,
    PUBLIC_DOCUMENTS,
    TRUTH,
    DossierDocument,
    DossierFields,
    compulsory,
    fields,
    missing,
    missing_prefix,
    must_be_settled,
    shape,
)
from antq_review.publish.dossier.field_groups import Days, Remarks
from antq_review.publish.dossier.field_schema import shape_of
from antq_review.rules import in_force
from antq_review.scoring import review as judge
from antq_review.source import Frozen
from antq_review.text import tell
from tests.publish.dossier.documents import changed, differences, every, made, of, texts
from tests.publish.seen import HOSTILE
from tests.publish.seen import hostile as hostile_review
from tests.scoring.build import AS_OF, TABLES, YEAR, evidence_of

OF_A_DICT = {name for name in dir(dict) if not name.startswith("_")}
FORMS = ("van_ban", "hoat_dong", "mo_hinh", "phoi_hop", "vu_viec", "kiem_tra", "chuyen_doi_so", "ho_tro", "thi_dua")


@pytest.fixture(scope="module")
def nothing():
    """A school that has its code and its year, and nothing else."""
    blank = dict.fromkeys(("name", "commune", "province", "superior_body"), "")
    empty = {table: [] for table in TABLES if table != "profile"}
    return judge(evidence_of({"profile": blank, "declared": dict.fromkeys(FORMS, "chưa"), **empty}), in_force(YEAR), AS_OF)


# --- the shape -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", DOCUMENTS)
def test_a_document_has_the_shape_that_a_form_is_checked_against(code, dossier):
    assert list(differences(dossier[code], shape(code))) == []


def test_the_shape_is_the_same_for_a_school_that_has_nothing(nothing, incident):
    for code, found in every(nothing, incident).items():
        assert list(differences(found, shape(code))) == []


def test_no_name_hides_behind_a_method_of_a_dict():
    def names(told):
        for name, inside in told.items():
            yield name
            inside = inside[0] if isinstance(inside, list) else inside
            yield from names(inside if isinstance(inside, dict) else {})

    assert [name for code in DOCUMENTS for name in names(shape(code)) if name in OF_A_DICT] == []


@pytest.mark.parametrize("code", DOCUMENTS)
def test_what_a_form_must_use_exists_and_the_texts_needed_are_texts(code):
    assert set(compulsory(code)) <= set(shape(code)) and TRUTH not in [shape(code)[name] for name in compulsory(code)]
    assert set(must_be_settled(code)) <= {"tt_124", "qd_510"}


def test_no_name_is_in_two_groups():
    names = [name for group in shape_of(DOCUMENTS["D11"].fields).values() for name in group]
    assert len(names) == len(set(names)) == len(shape("D11"))


def test_every_section_that_people_write_has_its_field():
    assert list(Remarks.model_fields) == [one.value for one in RemarkSection]


@pytest.mark.parametrize("name", ["nowhere", "has_meeting", "incident_code"])
def test_a_document_cannot_ask_its_forms_for_what_they_cannot_print(name):
    with pytest.raises(ValueError, match=name):
        DossierDocument("D1", "x", compulsory=(name,))


def test_a_field_that_no_form_could_use_is_refused():
    class Odd(Frozen):
        count: int

    with pytest.raises(TypeError, match="int"):
        shape_of(Odd)


def test_a_message_is_rendered_and_a_number_is_no_text():
    blank = dict.fromkeys(Days.model_fields, "") | {"has_data_until_line": False}
    assert Days(**blank | {"data_until_line": tell("dossier.dash")}).data_until_line == str(tell("dossier.dash"))
    with pytest.raises(ValidationError):
        Days(**blank | {"year": 2026})
    with pytest.raises(ValidationError):
        Days(**blank).year = "2027"


def test_only_the_incident_report_knows_an_incident():
    assert {code for code in DOCUMENTS if any(name.startswith("incident_c") for name in shape(code))} == {"D11"}


def test_data_are_texts_bools_lists_and_rows_on_one_line_in_nfc(dossier):
    def odd(value):
        if isinstance(value, dict):
            return [found for name, one in value.items() for found in odd(one) if isinstance(name, str)]
        if isinstance(value, list):
            return [found for one in value for found in odd(one)]
        if isinstance(value, bool):
            return []
        sound = isinstance(value, str) and value == unicodedata.normalize("NFC", value) and value.isprintable() | ("\u00a0" in value)
        return [] if sound and not set("\n\r\t\v\f") & set(value) else [value]

    assert [found for fields_ in dossier.values() for found in odd(fields_)] == []


def test_the_same_review_gives_the_same_fields(review, previous, dossier):
    assert of(review, "D10", previous=previous) == dossier["D10"]


# --- what people typed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("public", [False, True])
def test_a_document_is_the_same_whatever_was_made_before_it(review, previous, incident, public):
    codes = PUBLIC_DOCUMENTS if public else DOCUMENTS
    alone = {code: fields(review, code, public, incident if code == "D11" else None, previous) for code in codes}
    for order in (list(codes), list(reversed(codes))):
        dossier = DossierFields(review, previous, public)
        assert {code: dossier.fields(code, incident if code == "D11" else None) for code in order} == alone


def test_hostile_text_stays_text_and_in_one_paragraph(review, incident):
    school = review.school.model_copy(
        update=dict.fromkeys(("name", "superior_body", "place_name", "document_symbol", "signer", "steering_committee"), HOSTILE)
    )
    meeting = review.meetings[0]
    opinion = meeting.opinions[0].model_copy(update={"opinion": f"{HOSTILE}\nhai\tba"})
    remark = review.remarks[0].model_copy(update={"text": f"{HOSTILE}\nDòng hai {{{{ year }}}}"})
    found = hostile_review(review).model_copy(
        update={
            "school": school, "remarks": (remark,), "meetings": (meeting.model_copy(update={"opinions": (opinion,)}),),
            "papers": tuple(paper.model_copy(update={"subject": HOSTILE, "issuer": HOSTILE}) for paper in review.papers),
        }
    )
    for code, values in every(found, incident).items():
        assert values["school_name"] == HOSTILE, code
        assert values["advantages"] == [f"{HOSTILE}.", "Dòng hai {{ year }}."]
        assert values["opinions"][0]["opinion"] == f"{HOSTILE} hai ba"
        assert not any(set("\n\t") & set(text) for text in texts(values))


def test_a_very_long_name_is_not_cut(review):
    name = "Trường Trung học cơ sở và Tiểu học " + "Nguyễn Thị Minh Khai " * 20
    found = of(review.model_copy(update={"school": review.school.model_copy(update={"name": name})}), "D3")
    assert found["school_name"] == name and found["issuing_body"] == name.upper()


# --- what must still be written ------------------------------------------------------------------------------------


def test_a_school_that_wrote_nothing_is_told_field_by_field_what_to_write(nothing):
    gaps = missing(made(nothing, "D4"))
    for name in (
        "school_name", "superior_body", "signer_name", "signature_lines", "number_line", "advantages", "proposals", "attendance_line",
        "meeting_chair", "secretary_name", "meeting_place", "opinion_note", "conclusion_paragraphs", "class_count",
    ):
        assert all(text.count(missing_prefix()) for text in gaps[name]), name


def test_only_the_fields_that_a_form_uses_count(review):
    assert (of(review, "D1")["class_count"], of(review, "D1")["school_address"]) == ("18", "Thôn Một, xã Mẫu, tỉnh Lâm Đồng")
    values = made(review.model_copy(update={"school": review.school.model_copy(update={"class_count": None})}), "D3")
    assert missing(values, ["class_count", "school_name"]) == {"class_count": ["[CẦN BỔ SUNG: số lớp]"]}
    assert missing(values, ["school_name", "criteria_124", "result_124_paragraphs"]) == {}


def test_a_gap_is_found_at_any_depth(review):
    document = made(review, "D3")
    third = next(row for row in document.circular.criteria_124 if row.events)
    events = [third.events[0].model_copy(update={"line": "x [CẦN BỔ SUNG: y]"})]
    odd = changed(document, criteria_124=[third.model_copy(update={"events": tuple(events)})])
    assert missing(odd, ["criteria_124", "year", "has_124"]) == {"criteria_124": ["x [CẦN BỔ SUNG: y]"]}
    nobody = review.model_copy(update={"goals": (), "school": review.school.model_copy(update={"signer_post": ""})})
    assert "[CẦN BỔ SUNG: người phụ trách]" in missing(made(nobody, "D8"))["criterion_sheets"]


def test_the_example_s_reports_lack_nothing_that_its_forms_ask_for(review, previous):
    """What is open in D2, D3, D10 would stop `--final` for good: only what no form asks for may be."""
    for code in ("D2", "D3", "D10"):
        assert set(missing(made(review, code, previous=previous))) <= {
            "school_address", "class_count", "criterion_sheets", "meeting_start_line", "meeting_end_line", "conclusion_paragraphs",
        }


# --- wrong use -----------------------------------------------------------------------------------------------------


def test_wrong_use_is_said_in_one_sentence(review, incident):
    with pytest.raises(UsageError, match=r"Không có văn bản “D12”\. Các mã dùng được: D1, D2"):
        fields(review, "D12")
    with pytest.raises(UsageError, match="cần mã vụ việc"):
        fields(review, "D11")
    with pytest.raises(UsageError, match="D3 không dùng mã vụ việc"):
        fields(review, "D3", incident=incident)


@pytest.mark.parametrize("code", [code for code in DOCUMENTS if code not in PUBLIC_DOCUMENTS])
def test_minutes_sheets_and_incident_reports_have_no_public_copy(code, review, incident):
    with pytest.raises(UsageError, match=f"Văn bản {code} là hồ sơ nội bộ"):
        of(review, code, incident, public=True)


def test_the_date_of_a_document_is_blank_and_of_the_year_of_the_data(review):
    late = review.model_copy(update={"as_of": date(2027, 1, 5)})
    assert of(late, "D10")["date_line"].replace("\u00a0", " ") == "Mẫu, ngày      tháng      năm 2027"
