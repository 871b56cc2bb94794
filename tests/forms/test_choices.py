"""The closed lists: a label leads back to one code, and several labels can stand in one cell."""

import pytest

from antq_review.forms import choices as lists
from antq_review.forms.columns import CellKind, Choices, YesNo
from antq_review.forms.measure_labels import Measure
from antq_review.forms.sheets import SHEETS
from antq_review.text import fold, tidy
from tests.each import each

LISTS = {name: found for name, found in vars(lists).items() if isinstance(found, type) and issubclass(found, Choices)}
LISTS |= {"MEASURES": Measure, "YES_NO": YesNo}
TABLES = [table for sheet in SHEETS for table in sheet.tables]

each_list = each("found", LISTS.values())
each_table = each("table", TABLES, ids=lambda table: table.name)


@each_list
def test_labels_are_unique_however_they_are_spelled(found):
    assert len({fold(label) for label in found.labels().values()}) == len(found.labels())


@each_list
def test_a_label_leads_back_to_its_code(found):
    for code, label in found.labels().items():
        assert found.of_label(f" {label.upper()}\u00a0") == found.of_label(label) == code
        assert found.label_of(code) == found(code).label == label


@each_list
def test_labels_can_stand_in_one_cell(found):
    for label in found.labels().values():
        assert ";" not in label and label == tidy(label) != ""


def test_what_is_no_label_has_no_code():
    assert lists.StandardResult.of_label("Đat") is None
    assert lists.StandardResult.label_of("khac") == "khac"


@pytest.mark.parametrize("subset", [
    (lists.STAFF, lists.Audience), (lists.PUPILS, lists.Audience), (lists.IN_SCOPE_LEVELS, lists.LevelsTaught),
    (lists.GOOD_RATINGS, lists.SubjectRating), (lists.WARNING_OR_WORSE, lists.DisciplineForm),
])
def test_groups_name_codes_of_their_list(subset):
    codes, found = subset
    assert set(codes) <= found.labels().keys()


@each_table
def test_headings_of_a_table_are_unique(table):
    headings = [fold(column.heading) for column in table.row.columns()]
    assert len(set(headings)) == len(headings)
    assert all("*" not in heading for heading in headings)


@each_table
def test_columns_have_what_their_kind_needs(table):
    for column in table.row.columns():
        assert (column.choices is not None) == (column.kind in (CellKind.CHOICE, CellKind.CHOICES, CellKind.YES_NO)), column.name


@each_table
def test_keys_and_days_are_fields(table):
    fields = table.row.model_fields.keys()
    assert set(table.key) <= fields
    assert {table.day, table.last_day} - {None} <= fields
    assert not table.prefix or "id" in fields or table.name == "ratings" or table.name == "discipline"
