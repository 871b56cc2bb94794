"""PC08: a copy of a form is known by its content, whatever the file or the sheet is called; nothing of it counts twice."""

from datetime import date, timedelta

import pytest

from antq_review.forms.rows.evidence import Activity
from tests.ingest.corpus import FIRST, activities, clean, edit, head, read_files, school

FORM = "3_hoat_dong.xlsx"
ROWS = [
    {"held_on": date(2026, 3, 2) + timedelta(days=n), "name": f"Buổi {n}", "form": "Chuyên đề", "note": f"Lần {n}"} for n in range(8)
]


def files(**others):
    return {"1_nha_truong.xlsx": school(), FORM: activities(ROWS)} | others


def corrected(*numbers, unit="Đội TNTP", more=0):
    rows = [row | {"held_on": date(2026, 5, 28)} if n in numbers else row for n, row in enumerate(ROWS)]
    rows += [{"held_on": date(2026, 6, 1 + n), "name": f"Buổi mới {n}", "form": "Chuyên đề"} for n in range(more)]
    return activities(rows, head(unit))


def said(evidence, code="copy_of_form"):
    return [entry for entry in evidence.problems if entry.code == code]


@pytest.mark.parametrize(
    "name",
    [
        "3_hoat_dong(1).xlsx", "Bản sao của 3_hoat_dong.xlsx", "3_hoat_dong_đã sửa.xlsx", "3_hoat_dong - Sao chép.xlsx", "nop lai.xlsx",
        "3_hoat_dong (Conflicted copy 2026-05-01).xlsx",
    ],
)
def test_a_corrected_copy_is_one_message_and_its_differing_rows_count_nowhere(tmp_path, name):
    evidence = read_files(tmp_path, files(**{name: corrected(2, 5)}))
    (problem,) = said(evidence)
    assert problem.severity == "error" and problem.forms == ("hoat_dong",) and len(problem.cells) == 2
    assert {row.values.name for row in evidence.of(Activity)} == {f"Buổi {n}" for n in range(8) if n not in (2, 5)}
    assert {ref.cell for ref in evidence.refused("activities")} == {f"A{FIRST + n}" for n in (2, 5)}
    assert not said(evidence, "row_repeated") and not said(evidence, "rows_disagree")


def test_the_same_sheet_twice_in_one_file(tmp_path):
    """Neighbour: the copy is another sheet of the same workbook."""

    def change(book):
        copy = book.copy_worksheet(book["Hoạt động"])
        copy.title, copy[f"C{FIRST}"].value = "Tháng 3", "Buổi khác"

    evidence = read_files(tmp_path, files(**{FORM: edit(activities(ROWS), change)}))
    assert len(said(evidence)) == 1 and len(evidence.of(Activity)) == 7


def test_a_longer_copy(tmp_path):
    """Neighbour: a later state of the form, with rows that the old one does not have."""
    evidence = read_files(tmp_path, files(**{"quy 2.xlsx": corrected(more=4)}))
    assert len(said(evidence)) == 1 and len(evidence.of(Activity)) == 8 and len(evidence.refused("activities")) == 4


def test_three_copies(tmp_path):
    evidence = read_files(tmp_path, files(**{"4.xlsx": corrected(1), "5.xlsx": corrected(1, 6)}))
    assert len(said(evidence)) == 2
    assert {row.values.name for row in evidence.of(Activity)} == {f"Buổi {n}" for n in range(8) if n not in (1, 6)}


def test_a_copy_to_which_the_unit_was_added(tmp_path):
    """Neighbour: one copy names its unit, the other does not yet."""
    evidence = read_files(tmp_path, files(**{FORM: activities(ROWS, head(None)), "4.xlsx": corrected(2)}))
    assert len(said(evidence)) == 1 and [copy.unit for copy in evidence.copies if copy.sheet == "hoat_dong"] == ["Đội TNTP"]


def test_the_form_is_complete_only_as_far_as_every_copy_says(tmp_path):
    def undeclare(book):
        for row in book["Hoạt động"].iter_rows(max_row=11):
            for cell in row:
                if cell.value == head().declared_by:
                    cell.value = None

    evidence = read_files(tmp_path, files(**{"4.xlsx": edit(corrected(2), undeclare)}))
    assert [copy.declared_until for copy in evidence.copies if copy.sheet == "hoat_dong"] == [None]


def test_two_units_with_the_same_events_are_no_copies(tmp_path):
    evidence = read_files(tmp_path, files(**{"4.xlsx": corrected(2, unit="Tổ Tự nhiên")}))
    assert not said(evidence) and len(said(evidence, "row_repeated")) == 7 and len(evidence.of(Activity)) == 9


def test_two_parts_of_one_unit_that_share_a_name_are_no_copies(tmp_path):
    """Neighbour: the mail program has numbered a second file of the same unit; its rows are others."""
    second = activities([row | {"name": f"Khác {n}"} for n, row in enumerate(ROWS)])
    evidence = read_files(tmp_path, files(**{"3_hoat_dong (1).xlsx": second}))
    assert not said(evidence) and len(evidence.of(Activity)) == 16


def test_a_copy_of_the_school_form_counts_no_headcount_twice(tmp_path):
    changed = school(commune="xã Khác")
    evidence = read_files(tmp_path, clean() | {"1_nha_truong_moi.xlsx": changed})
    assert len(said(evidence)) == 1 and len(said(evidence, "profile_differs")) == 1
    assert evidence.profile.commune is None and len(evidence.rows("headcounts")) == 2


def test_a_code_of_a_row_that_does_not_count_is_not_called_unknown(tmp_path):
    rows = [row | {"id": f"HD-{n}"} for n, row in enumerate(ROWS)]
    rows[3] |= {"form": "Không có hình thức này"}
    from antq_review.forms.save_workbook import workbook_bytes
    from tests.ingest.corpus import draw

    joint = [{"partner": "Đoàn thể", "activity": "HD-3"}, {"partner": "Đoàn thể", "activity": "HD-99"}]
    made = workbook_bytes(draw({"activities": rows, "coordinations": joint}, ["hoat_dong", "phoi_hop"],
        {"hoat_dong": head(), "phoi_hop": head()}))
    evidence = read_files(tmp_path, files(**{FORM: made}))
    assert [str(entry.says).split("”")[0][-4:] for entry in said(evidence, "code_of_refused")] == ["HD-3"]
    assert [entry.found for entry in said(evidence, "code_unknown")] == ["HD-99"]
