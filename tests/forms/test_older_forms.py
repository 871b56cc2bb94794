"""Forms that were handed out before a column was added: they are read, nothing in them is refused or blocks.

`tests/data/older_forms`: the workbooks of the example school as an earlier edition drew them, byte for byte. Every
paper, activity and incident in them is that of today's example; the newer columns and plan sentences are not there.
"""

import shutil
from collections import Counter
from datetime import date, time
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from antq_review.forms import choices
from antq_review.forms.columns import CellKind, Choices, YesNo
from antq_review.forms.draw_workbook import Head, draw_workbook, sheets_of
from antq_review.forms.lists_sheet import LISTS_TITLE
from antq_review.forms.measure_labels import Measure
from antq_review.forms.plan_rows import coded_rows
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import SHEETS, table_named
from antq_review.ingest.model import Evidence
from antq_review.scoring import summary
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.once import no_steps

OLDER = Path(__file__).parents[1] / "data" / "older_forms"
#: Table → the columns that the forms of the earlier edition do not have.
ADDED = {
    "units": {"members"},
    "profile": {"hand_in_by", "previous_result", "youth_body", "former_codes"},
    "documents": {"recognised_year", "members_by_post"}, "activities": {"pledged"},
    "initiatives": {"operating_rules", "reviewed_on"}, "incidents": {"outcome", "place", "offender"},
    "discipline": {"committed_on", "by_party"}, "score_rows": {"superior_points", "agreed_points", "row_kind", "one_of"},
    "score_text": {"bonus_most", "never_over"},
    "score_deductions": {"superior_points", "agreed_points"}, "plan": {"told", "self_result", "file"},
}
NEWER = [
    pytest.param(sheet, table, id=table.name)
    for sheet in SHEETS for table in sheet.tables
    if not table.downwards and any(column.newer for column in table.row.columns())
]
_SAMPLE: dict[CellKind, Any] = {
    CellKind.DATE: date(2026, 5, 1), CellKind.COUNT: 3, CellKind.NUMBER: 3, CellKind.YES_NO: "Có", CellKind.TIME: time(8, 0),
}


def line(table: str, newer: bool) -> dict[str, Any]:
    """A row with every required cell, and with the newer cells where they are asked for."""
    found: dict[str, Any] = {}
    for column in table_named(table)[1].row.columns():
        if column.required or (newer and column.newer):
            first = next(iter(column.choices.labels().values())) if column.choices else None
            found[column.name] = first or _SAMPLE.get(column.kind, "VB-01" if column.kind is CellKind.CODE else "x")
    if table == "activities":
        found |= {"audience": "Giáo viên"}
    if table == "documents" and newer:
        found |= {"recognised_year": 2025}
    return found


def written(folder: Path, table: str, newer: bool) -> Path:
    """A folder with the table's workbook; an old one has the newer columns taken out, heading, help and cells."""
    sheet = table_named(table)[0]
    heads = {one.name: Head("00000001", 2026, "Tổ 1", date(2026, 11, 15), "A", "B") for one in sheets_of(sheet.workbook)}
    book = draw_workbook(sheets_of(sheet.workbook), heads, {table: [line(table, newer)]}, Measure.labels())
    if not newer:
        for page in book.worksheets:
            headings = {c.heading for s, t in ((s, t) for s in SHEETS for t in s.tables) if s.title == page.title
                        for c in t.row.columns() if c.newer}
            for row in page.iter_rows():
                for cell in row:
                    if cell.value in headings:
                        at = cell.column
                        for number in range(cell.row, cell.row + 3):
                            page.cell(number, at).value = None
    (folder / f"{sheet.workbook}.xlsx").write_bytes(workbook_bytes(book))
    return folder


@pytest.mark.parametrize(("sheet", "table"), NEWER)
def test_an_older_form_is_read(sheet: Any, table: Any, tmp_path: Path) -> None:
    evidence = read_folder(written(tmp_path, table.name, newer=False))
    (row,) = evidence.rows(table.name)
    newer = [column.name for column in table.row.columns() if column.newer]
    assert newer and [row.value_of(name) for name in newer] == [None] * len(newer)
    assert not evidence.refused(table.name)
    assert {one.severity.value for one in evidence.problems if one.code.startswith("heading")} == {"note"}


@pytest.mark.parametrize(("sheet", "table"), NEWER)
def test_a_new_form_gives_the_newer_cells(sheet: Any, table: Any, tmp_path: Path) -> None:
    evidence = read_folder(written(tmp_path, table.name, newer=True))
    (row,) = evidence.rows(table.name)
    newer = [column.name for column in table.row.columns() if column.newer]
    assert None not in [row.value_of(name) for name in newer]


def test_the_columns_of_this_edition_are_newer() -> None:
    """A column added to a table that schools already have must be optional."""
    for table, names in ADDED.items():
        columns = {column.name: column for column in table_named(table)[1].row.columns()}
        assert all(columns[name].newer and not columns[name].required for name in names), table


# --- the example in the forms of then -----------------------------------------------------------------------------------


class Year(NamedTuple):
    """A year of the example, in the older forms and in today's: the evidence and the review of each."""

    older: Evidence
    today: Evidence
    old_review: Review
    new_review: Review


@pytest.fixture(scope="module", params=(2024, 2025, 2026))
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    today = example_folder().parent / str(request.param)
    folder = tmp_path_factory.mktemp("bieu_cu")
    shutil.copytree(today / "minh_chung", folder / "minh_chung")
    for book in sorted((OLDER / str(request.param)).glob("*.xlsx")):
        shutil.copy(book, folder)
    older, newer = read_folder(folder), read_folder(today)
    day = date(request.param, 11, 16)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "to_do", no_steps)
        return Year(older, newer, review_evidence(older, day), review_evidence(newer, day))


def faults(evidence: Evidence) -> Counter[Any]:
    return Counter(
        (one.severity.value, one.code, one.file, one.sheet, one.cells, one.found)
        for one in evidence.problems if one.severity.value != "note"
    )


def test_the_older_forms_have_no_fault_that_todays_have_not(year: Year) -> None:
    assert faults(year.older) == faults(year.today)
    assert not any(year.older.refused(table) for table in year.older.tables) and not year.older.unread_files


def test_all_that_is_said_of_the_older_forms_is_a_note_on_each_newer_column(year: Year) -> None:
    noted = {(one.sheet, one.column) for one in year.older.problems if one.code == "heading_newer"}
    columns = {table: {column.name: column.heading for column in table_named(table)[1].row.columns()} for table in ADDED}
    assert noted == {
        (table_named(table)[0].title, columns[table][name]) for table, names in ADDED.items()
        if not table_named(table)[1].downwards for name in names
    }
    others = [one for one in year.older.problems if one.severity.value == "note" and one.code != "heading_newer"]
    assert others == [one for one in year.today.problems if one.severity.value == "note"]


def test_every_row_of_the_older_forms_is_todays_without_the_newer_cells(year: Year) -> None:
    """The decision on the core team says what it is in a newer entry of a list: in the older form that cell is blank."""
    assert year.older.tables.keys() == year.today.tables.keys()
    for table in year.today.tables.keys() - {"plan"}:
        old, new = year.older.rows(table), year.today.rows(table)
        assert len(old) == len(new), table
        for one, other in zip(old, new, strict=True):
            differ = {name for name in type(one.values).model_fields if one.value_of(name) != other.value_of(name)}
            if table == "documents" and other.value_of("contents_2") == choices.Content.CORE_TEAM:
                assert one.value_of("contents_2") is None
                differ -= {"contents_2"}
            assert differ <= ADDED.get(table, set()), (table, one.id)
            assert all(one.value_of(name) is None for name in ADDED.get(table, ()))


def test_the_older_plan_is_judged_as_it_stands(year: Year) -> None:
    """Every row is read and measured. The sentences are today's, but for the four clauses that the older form had not."""
    assert len(year.older.rows("plan")) == 79
    parts = [part for goal in year.old_review.goals for part in goal.parts]
    assert len(parts) == 79 and all(part.measurement is not None for part in parts)
    assert not {reason.code for part in parts for reason in part.reasons} & {"goal_unclear", "filter_unclear", "no_measure"}
    missing = {row["goal_id"] for row in coded_rows()} - {goal.id for goal in year.old_review.goals}
    assert missing == {"I.1-4", "I.1-5", "I.2-4", "III.1-7"}
    mended = {"I.2-3", "II.2-1", "II.2-4", "III.1-1", "III.2.2-1"}
    before = {goal.id: goal.status for goal in year.old_review.goals if goal.id not in mended}
    assert before == {goal.id: goal.status for goal in year.new_review.goals if goal.id in before}


def test_the_older_forms_give_the_same_counts(year: Year) -> None:
    """Results of both texts and every number. Lines of the newer columns are left out, where nothing is known of them."""
    outcomes = [
        {(text.id, one.id): (one.computed, one.settled) for text in review.texts for one in text.findings}
        for review in (year.old_review, year.new_review)
    ]
    assert outcomes[0] == outcomes[1] and len(outcomes[0]) > 6
    old, new = (
        {(table.id, row.key): (row.value, row.at_least, row.note) for table in review.tables for row in table.rows}
        for review in (year.old_review, year.new_review)
    )
    assert old.keys() <= new.keys() and {key: new[key] for key in old} == old
    more = ("incidents.outcome.", "incidents.place.", "incidents.offender.", "pledges.")
    assert all(key.startswith(more) for _, key in new.keys() - old.keys())


def test_every_entry_of_the_older_drop_down_lists_is_still_an_entry() -> None:
    lists = [one for one in (*vars(choices).values(), Measure, YesNo) if isinstance(one, type) and issubclass(one, Choices)]
    for path in sorted(OLDER.glob("2026/*.xlsx")):
        page = openpyxl.load_workbook(path)[LISTS_TITLE]
        offered = [[str(cell.value) for cell in column[1:] if cell.value is not None] for column in page.iter_cols()]
        assert offered and all(
            any(all(found.of_label(label) for label in labels) for found in lists) or set(labels) <= set(choices.INITIATIVE_NAMES)
            for labels in offered
        ), path.name
