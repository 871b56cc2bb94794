"""The guide's rows of every form: of the good ones nothing is said, each bad cell gives its problem, and the guide quotes the reader."""

from collections import Counter

import pytest

from antq_review.forms.sheets import SHEETS, table_named
from antq_review.ingest import Evidence
from tools.guide_examples import RENEW, kept, rows_said, school_of_rows
from tools.guide_rows import heading, table_rows

#: What is said of a score table besides, as soon as one of its cells is bad.
OF_THE_WHOLE_TABLE = {"score_table_not_used", "score_sum"}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return school_of_rows(tmp_path_factory.mktemp("bad"), bad=True)


def test_of_the_good_rows_nothing_is_said(tmp_path):
    found = school_of_rows(tmp_path, bad=False)
    assert found.problems == []
    for name, rows in table_rows().items():
        known = [found.profile_row] if name == "profile" else found.rows(name)
        assert len(known) >= len(rows.good), name


def test_each_bad_cell_gives_its_problem_and_no_other(faulty):
    expected = Counter(
        (table_named(name)[0].title, heading(name, cell.field), cell.code)
        for name, rows in table_rows().items() for row in rows.bad for cell in row
    )
    said = Counter((one.sheet, one.column, one.code) for one in faulty.problems if one.code not in OF_THE_WHOLE_TABLE)
    assert said == expected


def test_the_guide_quotes_what_is_said(faulty):
    assert kept()["rows"] == rows_said(faulty), RENEW


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_sheet_has_three_good_rows_and_three_bad_ones(sheet):
    """Of a table with one field for each line, a line counts."""
    rows = [(table_rows()[table.name], table.downwards) for table in sheet.tables]
    assert sum(len(one.good[0]) if lines else len(one.good) for one, lines in rows) >= 3
    assert sum(sum(map(len, one.bad)) for one, _ in rows) >= 3
