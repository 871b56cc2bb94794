"""PC01: a column in which American Excel has swapped day and month is an error at the column; its rows stay open."""

from datetime import date, datetime

import pytest

from antq_review.forms.rows.evidence import Activity, Document, Incident
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.ingest.swapped_days import doubtful_days
from tests.ingest.corpus import FIRST, activities, clean, draw, edit, head, read_files, school

DAYS = [date(2026, 2, 5), date(2026, 3, 27), date(2026, 9, 10), date(2026, 10, 16), date(2026, 11, 7), date(2026, 5, 5)]


def american(day):
    """What Excel with American dates keeps of dd/mm/yyyy typed by hand."""
    return datetime(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"


def activities_on(values):
    """Activities whose days stand in the cells as given."""
    rows = [{"held_on": date(2026, 3, 2), "name": f"Việc {number}", "form": "Chuyên đề"} for number, _ in enumerate(values)]

    def change(book):
        for number, value in enumerate(values):
            book["Hoạt động"][f"B{FIRST + number}"].value = value

    return edit(activities(rows), change)


def test_a_swapped_column_is_one_error_and_its_rows_are_open(tmp_path):
    evidence = read_files(tmp_path, clean() | {"3_hoat_dong.xlsx": activities_on([american(day) for day in DAYS])})
    (said,) = [entry for entry in evidence.problems if entry.code == "days_swapped"]
    assert said.severity == "error" and said.column == "Ngày" and "DMY" in str(said.remedy)
    assert said.cells == (f"B{FIRST}", f"B{FIRST + 2}", f"B{FIRST + 4}")
    assert [ref.cell for ref in evidence.refused("activities")] == list(said.cells)
    assert [row.values.held_on for row in evidence.of(Activity)] == [date(2026, 3, 27), date(2026, 10, 16), date(2026, 5, 5)]


def test_the_column_typed_on_a_vietnamese_computer_is_read_whole(tmp_path):
    evidence = read_files(tmp_path, clean() | {"3_hoat_dong.xlsx": activities_on(DAYS)})
    assert [row.values.held_on for row in evidence.of(Activity)] == DAYS


def test_the_declaration_of_such_a_page_is_not_believed(tmp_path):
    form = activities_on([american(day) for day in DAYS])

    def change(book):
        for row in book["Hoạt động"].iter_rows(max_row=11):
            for cell in row:
                if isinstance(cell.value, datetime):
                    cell.value = datetime(2026, 12, 11)

    evidence = read_files(tmp_path, clean() | {"3_hoat_dong.xlsx": edit(form, change)})
    assert [copy.declared_until for copy in evidence.copies if copy.sheet == "hoat_dong"] == [None]
    assert {entry.column for entry in evidence.problems if entry.code == "days_swapped"} == {"Ngày", "Đã kê khai đầy đủ đến hết ngày"}


def test_the_other_columns_of_days_of_such_a_table_are_open_too(tmp_path):
    """Neighbour: the column of days signed has no text, the column of days sent tells how the computer was set."""
    papers = [
        {"kind": "Báo cáo", "subject": f"Số {n}", "signed_on": date(2026, 5, 2 + n), "sent_on": "27/03/2026"} for n in range(3)
    ]
    made = workbook_bytes(draw({"documents": papers}, ["van_ban"], {"van_ban": head()}))
    evidence = read_files(tmp_path, {"1_nha_truong.xlsx": school(), "2_van_ban.xlsx": made})
    assert len(evidence.refused("documents")) == 3 and not evidence.of(Document)
    assert {entry.column for entry in evidence.problems if entry.code == "days_swapped"} == {"Ngày ký"}


def test_moments_and_private_tables(tmp_path):
    """Neighbour: a day with a time of day; the text of a private table is not repeated."""
    fields = {"kind": "Bạo lực học đường", "event_letter": "Không thuộc", "verified": "Đã xác minh", "happened_on": date(2026, 3, 3)}
    second = {"happened_on": date(2026, 4, 4), "detected_at": datetime(2026, 9, 4, 8)}
    rows = [{**fields, "detected_at": "27/03/2026 07:30"}, {**fields, **second}]
    made = workbook_bytes(draw({"incidents": rows}, ["vu_viec"], {"vu_viec": head()}))
    evidence = read_files(tmp_path, {"1_nha_truong.xlsx": school(), "4_an_toan.xlsx": made})
    (said,) = [entry for entry in evidence.problems if entry.code == "days_swapped"]
    assert said.column == "Phát hiện lúc" and said.found == ""
    assert len(evidence.of(Incident)) == 1 and len(evidence.refused("incidents")) == 1


COLUMN = next(column for column in Activity.columns() if column.name == "held_on")


def codes(*values):
    """The codes of the cells of one column; a date is a cell of Excel, a text is a text."""
    cells = [("s", value) if isinstance(value, str) else ("d", value.isoformat()) for value in values]
    return [doubtful_days({2: COLUMN}, [(n, {2: cell}) for n, cell in enumerate(cells)]).get((n, 2), "") for n, _ in enumerate(cells)]


EARLY, OTHER, SAME, LATE = date(2026, 3, 5), date(2026, 9, 4), date(2026, 6, 6), date(2026, 3, 25)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([EARLY, "27/03/2026"], ["days_swapped", ""]),
        ([SAME, "27/03/2026"], ["", ""]),  # day and month are one number: nothing to swap
        ([LATE, EARLY, "27/03/2026"], ["", "", ""]),  # one text among days typed rightly
        ([EARLY, "27/03/2026", "05/03/2026"], ["", "", ""]),  # a clerk who types days as texts, also up to the twelfth
        # pasted from such a computer into a column that was filled in rightly
        ([LATE, EARLY, "27/03/2026", OTHER, "28.3.2026", LATE], ["", "days_swapped", "", "days_swapped", "", ""]),
        (["9/25/2026", "9/5/2026", "5/5/2026"], ["", "days_month_first", ""]),  # a list of texts with the month first
        (["9/25/2026", EARLY, "9/26/2026"], ["", "days_month_first", ""]),  # such a list, opened on a Vietnamese computer
        (["10/16/2026", EARLY], ["", ""]),  # one slip of the pen is refused alone
        (["10/16/2026", "16/10/2026", "05/03/2026"], ["", "", ""]),
        (["31/02/2026", EARLY], ["", ""]),  # no day at all
        (["ngày 27 tháng 3 năm 2026", EARLY], ["", "days_swapped"]),
        (["dd/mm/yyyy", EARLY], ["", ""]),
    ],
)
def test_the_mark_of_a_swap(values, wanted):
    assert codes(*values) == wanted
