"""Whatever a row model can hold, drawn into its form, is read back equal."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_review.forms.columns import CellKind
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import SHEETS, TOTAL_WORDS, table_named
from antq_review.ingest import reader
from antq_review.ingest.recognise import recognise
from antq_review.ingest.table_rows import read_table
from antq_review.ingest.vertical_table import read_downwards
from antq_review.text import fold, is_old_encoding, tidy, words
from tests.ingest.corpus import draw, without_measures

LETTERS = st.sampled_from(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyÁẾỘữỳ0123456789 \n=+-@'\"<>&;:,.%#/\\{}|~«»“”…–€²ắ́"
)
TABLES = [table.name for sheet in SHEETS for table in sheet.tables]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The kept worker (see tests/reading.py) reads one content after the other."""
    path = tmp_path_factory.mktemp("forms") / "form.xlsx"

    def one(content):
        path.write_bytes(content)
        (book,) = reader.read_books([path])
        return book

    return one


def is_plain(text):
    """Text that a form does not use itself, and that is no error value."""
    return bool(tidy(text)) and fold(text) not in {fold(word) for word in (*TOTAL_WORDS, *words("ingest")["ditto"])} and text[0] != "#"


TEXTS = st.text(LETTERS, min_size=1, max_size=40).filter(lambda text: is_plain(text) and not is_old_encoding(text))
#: What stands in the cell and what must be read, by kind of column.
CELLS = {
    CellKind.TEXT: TEXTS.map(lambda text: (text, tidy(text))),
    CellKind.CODE: st.text("0123456789ABCĐ-/. ", min_size=1, max_size=12).filter(is_plain).map(lambda text: (text, tidy(text))),
    CellKind.PLAIN_CODE: st.from_regex(r"((VV|vb|BLHĐ)[-/._ ]?)?[0-9]{1,4}([-/.][0-9]{1,4})?", fullmatch=True).map(
        lambda text: (text, text)
    ),
    CellKind.COUNT: st.integers(0, 10_000_000).map(lambda number: (number, number)),
    CellKind.NUMBER: st.integers(0, 10_000_00).map(lambda number: (Decimal(number) / 100,) * 2),
    CellKind.DATE: st.dates(date(1975, 1, 1), date(2099, 12, 31)).map(lambda day: (day, day)),
    CellKind.TIME: st.times().map(lambda moment: (moment.replace(second=0, microsecond=0),) * 2),
    CellKind.MOMENT: st.one_of(
        st.dates(date(1975, 1, 1), date(2099, 12, 31)),
        st.datetimes(datetime(1975, 1, 1), datetime(2099, 12, 31))
        .map(lambda moment: moment.replace(second=0, microsecond=0)).filter(lambda moment: moment.time() != time()),
    ).map(lambda moment: (moment, moment)),
}


@pytest.fixture(scope="module", autouse=True)
def small_workbooks():
    with without_measures():
        yield


def cell(column):
    if column.kind in CELLS:
        pair = CELLS[column.kind]
    elif column.kind is CellKind.CHOICES:
        codes = st.lists(st.sampled_from(sorted(column.choices.labels())), min_size=1, max_size=3, unique=True)
        pair = codes.map(lambda found: ("; ".join(column.choices.labels()[code] for code in found), ";".join(found)))
    else:
        pair = st.sampled_from(sorted(column.choices.labels().items())).map(lambda item: item[::-1])
    return pair if column.required else st.one_of(st.just((None, None)), pair)


def row(model):
    pairs = st.fixed_dictionaries({column.name: cell(column) for column in model.columns()})
    consistent = pairs.filter(lambda found: model(**{name: read for name, (_, read) in found.items()}).contradiction() is None)
    return consistent.map(
        lambda found: (
            {name: put for name, (put, _) in found.items() if put is not None},
            model(**{name: read for name, (_, read) in found.items()}),
        )
    )


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=4, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_drawn_is_read_back(name, read, data):
    sheet, table = table_named(name)
    rows = data.draw(st.lists(row(table.row), min_size=1, max_size=1 if table.downwards else 5))
    book = read(workbook_bytes(draw({name: [put for put, _ in rows]}, [sheet.name])))
    assert book.fault is None
    pages = [page for page in map(recognise, book.sheets) if page.sheet is not None]
    (page,) = pages
    located = next(found for found in page.tables if found.table.name == name)
    read = (read_downwards if table.downwards else read_table)(page, located, "form.xlsx")
    assert [problem.says for problem in read.problems] == []
    filled = [expected for put, expected in rows if put or not table.downwards]  # nothing filled in downwards is no row
    assert [found.values for found in read.rows] == filled
