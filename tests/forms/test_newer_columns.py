"""The columns and entries that real papers have: each with its help, its drop-down list, its reader and its checks."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from antq_review.forms import choices
from antq_review.forms.columns import CellKind
from antq_review.forms.rows.evidence import Activity, Document, Incident, Initiative
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import SHEETS, table_named
from antq_review.ingest.check_rows import REFERENCES
from antq_review.ingest.model import Evidence
from antq_review.rules import provisions, rulebook
from antq_review.scoring.pipeline import read_folder
from tests.each import each
from tests.forms.test_older_forms import ADDED
from tests.ingest.corpus import HEADCOUNTS, PROFILE, UNITS, draw, head

NEWER = [(table, column) for table, names in ADDED.items() for column in table_named(table)[1].row.columns() if column.name in names]
DAY = date(2026, 3, 5)


def read_rows(folder: Path, rows: dict[str, list[dict[str, Any]]], **profile: Any) -> Evidence:
    """The evidence of a small school with the rows of some tables."""
    own = {"profile": [PROFILE | profile], "headcounts": rows.pop("headcounts", HEADCOUNTS), "units": UNITS}
    (folder / "1_nha_truong.xlsx").write_bytes(workbook_bytes(draw(own, ["thong_tin_truong"])))
    for number, (table, lines) in enumerate(rows.items()):
        sheet = table_named(table)[0].name
        (folder / f"{number}_{table}.xlsx").write_bytes(workbook_bytes(draw({table: lines}, [sheet], {sheet: head()})))
    return read_folder(folder)


def codes(evidence: Evidence) -> list[str]:
    """The faults of cells; the small school hands in some of its sheets only."""
    return [one.code for one in evidence.problems if one.severity.value != "note" and one.cells]


@each("table, column", NEWER, ids=lambda one: f"{one[0]} {one[1].name}")
def test_a_newer_column_says_how_it_is_filled_and_offers_its_list(table: str, column: Any) -> None:
    assert column.help and (column.choices is not None) == (column.kind in (CellKind.CHOICE, CellKind.YES_NO))


def test_every_code_of_a_paper_leads_to_a_paper() -> None:
    """A column for the code of a paper is checked: a code that no paper has is told."""
    asked = {
        (table.name, column.name) for sheet in SHEETS for table in sheet.tables for column in table.row.columns()
        if "(mã văn bản)" in column.heading or "Mã ở biểu Văn bản" in column.help
    }
    assert asked == {(table, name) for table, fields in REFERENCES.items() for name, to in fields.items() if to == "documents"} - {
        ("documents", "carries_out"),  # its heading is about papers of superiors
    }


def test_the_rules_of_a_model_are_a_paper_of_the_list(tmp_path: Path) -> None:
    model = {"name": "Trường học an toàn", "status": "Duy trì", "operating_rules": "VB-07", "reviewed_on": DAY}
    paper = {"id": "VB-07", "kind": "Quy chế", "signed_on": DAY, "subject": "Quy chế hoạt động của mô hình"}
    evidence = read_rows(tmp_path, {"initiatives": [model], "documents": [paper]})
    assert codes(evidence) == []
    (row,) = evidence.of(Initiative)
    assert (row.values.operating_rules, row.values.reviewed_on) == ("VB-07", DAY)


def test_rules_that_are_no_paper_of_the_list_are_told(tmp_path: Path) -> None:
    evidence = read_rows(tmp_path, {"initiatives": [{"name": "Trường học an toàn", "status": "Duy trì", "operating_rules": "VB-70"}]})
    (said,) = [one for one in evidence.problems if one.code == "code_unknown"]
    assert said.column == "Quy chế hoạt động (mã văn bản)"


@pytest.mark.parametrize("label", [
    "Phương án", "Công văn", "Thông báo", "Tờ trình", "Chương trình", "Quyết định ban hành nội quy, quy chế",
])
def test_a_kind_of_paper_as_people_use_it_is_read(label: str, tmp_path: Path) -> None:
    evidence = read_rows(tmp_path, {"documents": [{"kind": label, "signed_on": DAY, "subject": "x"}]})
    assert codes(evidence) == [] and [row.values.kind.label for row in evidence.of(Document)] == [label]


@pytest.mark.parametrize("label", ["Pháo", "Vũ khí, vật liệu nổ", "Thuốc lá điện tử", "Trò chơi điện tử", "Phản bác thông tin xấu độc"])
def test_a_topic_of_the_field_is_read(label: str, tmp_path: Path) -> None:
    line = {"held_on": DAY, "name": "x", "form": "Chuyên đề", "topic_1": label}
    evidence = read_rows(tmp_path, {"activities": [line]})
    assert [row.values.topic_1 and row.values.topic_1.label for row in evidence.of(Activity)] == [label]


@pytest.mark.parametrize(("written", "partner"), [
    ("Công an xã", "police"), ("công an (xã, phường, đặc khu, tỉnh)", "police"), ("UBND xã", "commune"),
    ("UBND (xã, phường, đặc khu)", "commune"),
])
def test_a_partner_is_read_in_the_words_of_every_edition(written: str, partner: str) -> None:
    assert choices.Partner.of_label(written) == partner


# --- pledges --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "topic", "present", "pledged", "reached"), [
    ("briefing", None, 30, 38, 38), ("briefing", None, 38, 30, 38), ("briefing", None, None, 38, 38),
    ("thematic", "rules_and_criteria", 30, 38, 38), ("thematic", "fireworks", 30, 38, 30), ("thematic", "fireworks", None, 38, None),
    ("briefing", None, 30, None, 30),
])
def test_who_signed_a_pledge_was_briefed(form: Any, topic: Any, present: Any, pledged: Any, reached: Any) -> None:
    row = Activity(held_on=DAY, name="x", form=form, topic_2=topic, audience="teachers", present=present, pledged=pledged)
    assert row.reached == reached


def test_no_more_people_sign_than_should_come(tmp_path: Path) -> None:
    line = {"held_on": DAY, "name": "x", "form": "Phổ biến, quán triệt", "audience": "Giáo viên", "present": 38, "expected": 38}
    evidence = read_rows(tmp_path, {"activities": [line | {"pledged": 39}, line | {"pledged": 38, "name": "y"}]})
    (said,) = [one for one in evidence.problems if one.code == "more_pledged_than_expected"]
    assert said.column == "Số người ký cam kết" and len(evidence.of(Activity)) == 1


# --- the year of a certificate ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "right"), [(2026, True), (2025, True), (2019, True), (2027, False), (26, False), (None, True)])
def test_a_certificate_recognises_the_year_of_its_signing_or_an_earlier_one(year: int | None, right: bool) -> None:
    paper = Document(kind="recognition", signed_on=DAY, subject="x", recognised_year=year)
    assert (paper.contradiction() is None) == right


# --- school violence ---------------------------------------------------------------------------------------------------------


def test_the_help_quotes_school_violence_as_the_rulebook_does() -> None:
    """Decree 80/2017/NĐ-CP, Art. 2(5), read through another source (SEEN-2ND): one wording in the form and at criterion 4a."""
    (column,) = (column for column in Incident.columns() if column.name == "kind")
    (note,) = (one.note for top in rulebook("tt_124").criteria for one in provisions(top) if one.id == "4a")
    (quote,) = re.findall("“Bạo lực học đường là[^”]+”", note)
    assert column.help.startswith(quote) and "SEEN-2ND" in note and "đọc qua nguồn khác" in column.help


# --- names of models --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [
    "Mô hình “Cổng trường an toàn giao thông”", "Công trường an toàn giao thông", "mô hình - Cổng trường, an toàn giao thông",
    "CỔNG TRƯỜNG – AN TOÀN GIAO THÔNG", "Mô hình: 'Cổng trường an toàn giao thông'",
])
def test_a_models_name_is_the_same_in_every_spelling(written: str, tmp_path: Path) -> None:
    assert choices.model_name(written) == choices.model_name("Cổng trường an toàn giao thông")
    line = {"status": "Duy trì", "assessed_on": DAY, "conclusion": "Hiệu quả"}
    own, other = line | {"name": "Cổng trường an toàn giao thông"}, line | {"name": written}
    evidence = read_rows(tmp_path, {"initiatives": [own, other]})
    assert len(evidence.of(Initiative)) == 1 and codes(evidence) == ["row_typed_twice"]


@pytest.mark.parametrize("written", ["Mô hình", "Đường đến trường an toàn giao thông", "Cổng trường an toan giao thông"])
def test_another_name_is_another_model(written: str) -> None:
    assert choices.model_name(written) != choices.model_name("Cổng trường an toàn giao thông") and choices.model_name(written)


# --- a kindergarten, a primary school -------------------------------------------------------------------------------------


def test_a_kindergarten_fills_its_forms_without_a_fault(tmp_path: Path) -> None:
    counted = [{"audience": "Trẻ mầm non", "count": 120, "counted_on": date(2026, 1, 5)}]
    line = {"held_on": DAY, "name": "x", "form": "Chuyên đề", "topic_1": "Bạo lực học đường", "level": "Mầm non", "audience": "Trẻ mầm non"}
    rows = {"headcounts": counted, "activities": [line | {"present": 118, "expected": 120}]}
    evidence = read_rows(tmp_path, rows, levels="Mầm non", name="Trường Mầm non Mẫu")
    assert codes(evidence) == [] and evidence.profile is not None and evidence.profile.levels == "kindergarten"
    (row,) = evidence.of(Activity)
    assert (row.values.level, row.values.audience) == ("kindergarten", "kindergarten_children")


@pytest.mark.parametrize("level", ["TH", "Mầm non"])
def test_a_level_outside_the_circular_is_known_all_the_same(level: str, tmp_path: Path) -> None:
    evidence = read_rows(tmp_path, {}, levels=level)
    assert evidence.profile is not None and evidence.profile.levels not in (None, *choices.IN_SCOPE_LEVELS) and codes(evidence) == []
