"""A reviewer who tries to count a school twice, to lose one, to read a person's words in a table, and to crash the receipt."""

import os
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from antq_review.forms.choices.safety import IncidentKind
from antq_review.package.check import check_code
from antq_review.package.model import NumberSummary, Summary
from antq_review.package.sense import contradictions
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province import work
from antq_review.province.arrival_register import read_register
from antq_review.province.choose import ReportState
from antq_review.province.frames import frames, public_frames
from antq_review.province.outputs import html
from antq_review.province.roll_up import Receipt
from antq_review.scoring.model.review import Review
from tests.province.many import DUE, listed, officer, package

TODAY = date(2026, 11, 18)
CODE = "00100001"


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


def look(folder: Path, on: date = TODAY) -> work.Looked:
    return work.look(folder, on, on)


# --- twice -------------------------------------------------------------------------------------------------------------


def with_first_again(base: Summary, what: str) -> Summary:
    """The summary in which one thing stands twice."""
    if what == "criterion":
        text = base.texts[0]
        doubled = replace(text, criteria=(*text.criteria, text.criteria[0]))
        return base.model_copy(update={"texts": (doubled, *base.texts[1:])})
    if what == "line":
        rows = base.tables["PL1"]
        return base.model_copy(update={"tables": base.tables | {"PL1": (*rows, rows[0])}})
    if what == "file":
        return base.model_copy(update={"evidence": type(base.evidence)(own=("a" * 32, "a" * 32))})
    listed_twice = getattr(base, what)
    return base.model_copy(update={what: (*listed_twice, listed_twice[0])})


@pytest.mark.parametrize("what", ["texts", "criterion", "goals", "line", "forms", "file"])
def test_what_stands_twice_in_a_package_is_refused_since_it_would_count_twice(base: Summary, what: str, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(CODE)])
    (folder / "den" / "a.zip").write_bytes(package(with_first_again(base, what), CODE))
    found = look(folder).found
    assert [one.state for one in found.standings] == [ReportState.NOT_SENT]
    assert ["có hai lần" in str(one.refused) for one in found.unreadable] == [True]


def test_figures_that_are_changed_and_changed_back_count_as_the_last_sending_under_any_file_name(base: Summary, tmp_path: Path) -> None:
    """Sendings 1 and 3 have one content; by the file's name either could have stood for it."""
    for names in (("a", "b", "c"), ("c", "b", "a")):
        folder = officer(tmp_path / names[0] / "nhan", [listed(CODE)])
        for number, name in enumerate(names, start=1):
            changes = {"incidents": {"theft": 2}} if number == 2 else {"incidents": {}}
            (folder / "den" / f"{name}.zip").write_bytes(package(base, CODE, number, **changes))
        (one,) = look(folder).found.standings
        assert one.arrival is not None and one.arrival.package.name.number == 3 and len(one.arrival.files) == 2
        assert len(read_register(folder / "so_den.jsonl").days) == 2


# --- lost --------------------------------------------------------------------------------------------------------------


def test_a_day_of_receipt_takes_the_whole_code_too_and_a_wrong_one_is_said_at_its_cell(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(CODE)])
    (folder / "den" / "a.zip").write_bytes(package(base, CODE))
    (arrival,) = [one.arrival for one in look(folder).found.standings]
    assert arrival is not None
    why = "dấu bưu điện"
    days = [
        {"package": arrival.package.content, "received_on": date(2026, 11, 2), "reason": why},
        {"package": "f" * 12, "received_on": TODAY, "reason": why},
    ]
    officer(folder, [listed(CODE)], received_days=days)
    looked = look(folder)
    assert [one.arrival.received_on for one in looked.found.standings if one.arrival] == [date(2026, 11, 2)]
    assert [fault.place for fault in looked.faults] == ["1_quyet_dinh.xlsx › Ngày nhận › A11"]
    officer(folder, [listed(CODE)], received_days=[days[0] | {"received_on": date(2062, 11, 2)}])
    looked = look(folder)  # a day that is to come would hide the school's package until then
    assert [one.state for one in looked.found.standings] == [ReportState.RECEIVED]
    assert [(fault.cell, "chưa tới" in str(fault.says)) for fault in looked.faults] == [("B10", True)]


def test_a_school_leaves_the_base_by_its_own_due_day_alone(base: Summary, tmp_path: Path) -> None:
    """A return that gives time until December does not close a school that ends in November; one that opens later is not expected."""
    schools = [listed(CODE, to_on=date(2026, 11, 25)), listed("00100002", from_on=date(2027, 1, 5)), listed("00100003", from_on=DUE)]
    folder = officer(tmp_path / "nhan", schools)
    (folder / "den" / "a.zip").write_bytes(package(base, CODE))
    (arrival, *_) = [one.arrival for one in look(folder).found.standings]
    assert arrival is not None
    officer(
        folder, schools, decisions=[{"code": CODE, "package": arrival.shown, "decision": "Trả lại", "decided_on": TODAY}],
        return_reasons=[{"package": arrival.shown, "text": "Chung", "reason": "Chưa kèm báo cáo đã ký tên", "due_on": date(2026, 12, 1)}],
    )
    found = look(folder).found
    assert [one.state for one in found.standings] == [ReportState.RETURNED, ReportState.CLOSED, ReportState.NOT_SENT]
    assert Receipt.of(found.standings).expected == 2


def test_a_choice_under_the_school_s_old_code_holds(base: Summary, tmp_path: Path) -> None:
    more: dict[str, Any] = {"other_codes": [{"code": CODE, "other": "OLD-1"}]}
    folder = officer(tmp_path / "nhan", [listed(CODE)], **more)
    for count in (1, 2):
        (folder / "den" / f"{count}.zip").write_bytes(package(base, "OLD-1", incidents={"theft": count}))
    wanted = look(folder).found.standings[0].waiting[0].shown
    officer(folder, [listed(CODE)], chosen_packages=[{"code": "OLD-1", "package": wanted}], **more)
    looked = look(folder)
    assert looked.faults == () and [one.arrival.shown for one in looked.found.standings if one.arrival] == [wanted]


# --- figures -----------------------------------------------------------------------------------------------------------


def test_numbers_below_nought_and_ranges_upside_down_are_refused(base: Summary) -> None:
    for row in (NumberSummary(key="x", value=Decimal(-5)), NumberSummary(key="x", value=Decimal(5), at_least=True, at_most=Decimal(3))):
        assert len(list(contradictions(base.model_copy(update={"tables": {"PL1": (row,)}})))) == 1


def test_equal_numbers_are_one_number_whatever_was_read_before(base: Summary, tmp_path: Path) -> None:
    """The check code of a school must not depend on how another school wrote its 3: `3.0`, `3`."""
    assert {str(NumberSummary(key="x", value=one).value) for one in map(Decimal, ("3.0", "3", "3E0", "3.00"))} == {"3"}
    assert {str(NumberSummary(key="x", value=one).value) for one in map(Decimal, ("100", "1E2"))} == {"100"}
    assert str(NumberSummary(key="x", value=Decimal("-0.0")).value) == "0"
    rows = [base.model_copy(update={"tables": {"PL1": (NumberSummary(key="people.all", value=Decimal(one)),)}}) for one in ("3.0", "3")]
    assert check_code(rows[0]) == check_code(rows[1])


def test_an_incident_of_a_kind_that_this_tool_does_not_know_is_in_the_lines_too(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(CODE)])
    (folder / "den" / "a.zip").write_bytes(package(base, CODE, incidents={"kind_of_2031": 2, "other": 1}))
    table = next(one for one in frames(look(folder).found) if one.key == "T7")
    assert {row[0]: row[-1] for row in table.rows}[IncidentKind.OTHER.label] == table.rows[-1][-1] == "3"


# --- words of a package ------------------------------------------------------------------------------------------------


def test_no_word_of_a_package_but_the_school_s_name_reaches_a_table(base: Summary, tmp_path: Path) -> None:
    """Titles, names of texts and of classes come from the school's side; whoever makes a package could write a name there."""
    planted = "em Trần Thị Bê 8A"
    texts = tuple(
        replace(
            one, short=planted, number=planted, bands=(planted,) if one.total is not None else (), illustrative=False,
            criteria=tuple(replace(row, title="" if one.own_table else planted, conflict=True) for row in one.criteria),
        )
        for one in base.texts
    )
    folder = officer(tmp_path / "nhan", [listed(CODE)])
    (folder / "den" / "a.zip").write_bytes(package(base.model_copy(update={"texts": texts}), CODE))
    (folder / "den" / "b.zip").write_bytes(package(base, CODE, 2))
    found = look(folder).found
    assert found.unreadable == ()
    for tables, mark in ((frames(found), "internal"), (public_frames(found), "public")):
        said = html(found, tables, mark)
        assert "Trần" not in said and "Thông tư 124" in said


@pytest.mark.parametrize("letter", ["\x07", "\x85", "\u2028", "\u202e", "\ufffe", "\uffff", "\\ud800"])
def test_a_school_s_name_that_no_workbook_can_hold_is_refused(base: Summary, letter: str) -> None:
    """Left in, the workbook of the roll-up could not be opened, or the line would be read backwards."""
    plain = base.to_json().decode("utf-8").replace(base.school.name, f"Trường {letter}Mẫu")
    with pytest.raises(ValueError):
        Summary.model_validate_json(plain)
    assert Summary.model_validate_json(plain.replace(letter, "<b>&")).school.name == "Trường <b>&Mẫu"


# --- crash -------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there a name is always text")
def test_a_file_name_that_is_no_text_is_one_line_and_stops_nothing(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(CODE)])
    den = os.fsencode(str(folder / "den"))
    for name in (b"b\xff\xfe.zip", b"b\xfe\xff.zip", "a\x01b\n‮.zip".encode()):
        with open(den + b"/" + name, "wb") as file:
            file.write(b"x")
    with open(den + b"/g\xf3i.zip", "wb") as file:  # a good package under a name of another code page
        file.write(package(base, CODE))
    os.mkfifo(folder / "den" / "ong.zip")
    looked, paths = work.roll_up(folder, tmp_path / "out", TODAY, TODAY)
    assert sorted(one.shown for one in looked.found.unreadable) == ["a�b��.zip", "b��.zip", "b��.zip", "ong.zip"]
    assert [one.state for one in looked.found.standings] == [ReportState.RECEIVED]
    assert set(paths) >= {"tong_hop.html", "tong_hop.xlsx", "tong_hop.json"}
    kept: dict = {}
    for _ in range(2):  # two files of one printed name are two files in a run that goes on
        assert len(work.look(folder, TODAY, TODAY, kept=kept).found.unreadable) == 4
