"""Whose folder is it? The heads of the sheets, and whether they agree with the school."""

from dataclasses import replace
from datetime import date

from antq_review.forms.rows.evidence import Activity
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.ingest import read
from antq_review.rules import span
from tests.ingest.corpus import ACTIVITIES, activities, clean, codes, draw, head, write

STRANGER = [ACTIVITIES[0] | {"name": "Của ai?"}]


def said(evidence, *wanted):
    return [(entry.code, entry.file, len(entry.cells)) for entry in evidence.problems if entry.code in wanted]


def test_another_school_and_another_year_are_said_at_once(tmp_path):
    other = activities(STRANGER, replace(head("Đội TNTP"), school_code="00999999", year=2025))
    evidence = read(write(tmp_path, clean() | {"khac.xlsx": other}))
    assert sorted(said(evidence, "other_school", "other_year")) == [("other_school", "khac.xlsx", 1), ("other_year", "khac.xlsx", 1)]
    assert len({entry.cells for entry in evidence.problems if entry.file == "khac.xlsx"}) == 2, "each at its own cell"
    assert not evidence.refused("activities") and len(evidence.of(Activity)) == len(ACTIVITIES)


def test_a_unit_that_the_profile_does_not_name_is_said_and_counted(tmp_path):
    unknown = activities(STRANGER, head("Tổ Lạ"))
    evidence = read(write(tmp_path, clean() | {"to.xlsx": unknown}))
    (entry,) = [entry for entry in evidence.problems if entry.code == "unit_of_head_unknown"]
    assert entry.severity == "warning" and entry.found == "Tổ Lạ" and entry.column == "Đơn vị nộp" and entry.file == "to.xlsx"
    assert "Đội TNTP; Tổ Tự nhiên" in str(entry.expected)
    assert "Của ai?" in {row.values.name for row in evidence.of(Activity)}


def test_a_unit_spelled_otherwise_or_not_named_and_a_school_without_units_are_not(tmp_path):
    files = clean() | {"1.xlsx": activities(STRANGER, head("đội  tntp")), "2.xlsx": activities(STRANGER, head(None))}
    assert "unit_of_head_unknown" not in codes(read(write(tmp_path / "a", files)))
    alone = {"2.xlsx": activities(STRANGER, head("Tổ Lạ"))}
    assert "unit_of_head_unknown" not in codes(read(write(tmp_path / "b", alone)))


def test_a_declaration_past_the_last_day_of_the_year_is_said(tmp_path):
    for day, past in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
        until = replace(head(), declared_until=day)
        made = workbook_bytes(draw({}, ["hoat_dong"], {"hoat_dong": until}))
        found = read(write(tmp_path / str(past), clean() | {"3_hoat_dong.xlsx": made}), span)
        assert said(found, "declared_past_year") == ([("declared_past_year", "3_hoat_dong.xlsx", 1)] if past else [])
