"""The declarations of the lines of PL1–PL10: each is complete, and small numbers of private tables cannot be forgotten."""

import pytest

from antq_review.forms.choices import IncidentKind, Topic
from antq_review.scoring.model.numeric_tables import How
from antq_review.scoring.numeric.lines import Direction, Line, Section, TableLines
from antq_review.scoring.numeric.rows import NumericLines, filled_table
from antq_review.scoring.numeric.tables import TABLES, line_of
from antq_review.text import tell
from tests.each import each
from tests.scoring.build import YEAR, look_at

EVERY = [(table, line) for table in TABLES for line in table]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_every_line_has_a_key_of_its_own(table: TableLines) -> None:
    keys = [line.key for line in table]
    assert len(set(keys)) == len(keys)


@each("table, line", EVERY, ids=lambda one: f"{one[0].id}/{one[1].key}")
def test_label_and_unit_are_words_of_the_program(table: TableLines, line: Line) -> None:
    assert str(tell(f"numeric.units.{line.unit}"))
    if not line.free:
        assert str(line.title(YEAR)) and "{" not in line.key
        assert line_of(table.id, line.key) == line


def test_headings_are_words_of_the_program() -> None:
    for table in TABLES:
        for section in table.sections:
            assert not section.group or str(tell(f"numeric.groups.{section.group}"))


# --- what a public copy hides --------------------------------------------------------------------------------------


def test_every_line_of_incidents_and_pupils_in_need_is_private() -> None:
    assert [line.key for table, line in EVERY if table.id in ("PL7", "PL8") and line.privacy is None] == []


def test_a_private_difference_is_between_private_lines_of_one_table() -> None:
    for table, line in EVERY:
        for other in line.privacy.less if line.privacy is not None else ():
            found = line_of(table.id, other)
            assert found is not None and found.privacy is not None, (line.key, other)


def test_a_group_of_one_table_is_no_group_of_another() -> None:
    places: dict[str, set[str]] = {}
    for table, line in EVERY:
        if line.privacy is not None:
            places.setdefault(line.privacy.group, set()).add(table.id)
    assert {group: tables for group, tables in places.items() if len(tables) > 1} == {}


# --- families ------------------------------------------------------------------------------------------------------


def test_an_entry_that_the_list_no_longer_has_keeps_its_family() -> None:
    """A review of an earlier year may have its line: its number is still private, and fewer are still better."""
    now, gone = line_of("PL7", f"incidents.{IncidentKind.THEFT}"), line_of("PL7", "incidents.no_longer_listed")
    assert now is not None and gone is not None
    assert (gone.privacy, gone.direction) == (now.privacy, now.direction) == (now.privacy, Direction.LESS)


def test_a_key_that_fits_nothing_has_no_line() -> None:
    assert line_of("PL3", "activities.topic.a.b") is None and line_of("PL3", "activities") is None and line_of("PL99", "x") is None


def test_a_model_s_name_may_contain_a_full_stop() -> None:
    found = line_of("PL4", "model.Cổng trường số 1. An toàn")
    assert found is not None and found.free


def test_families_in_one_tuple_take_turns() -> None:
    def nothing(lines: NumericLines, line: Line) -> None:
        pass

    each = {"topic": (Topic.LAW, Topic.DRUGS)}
    first, second = (Line(f"{name}.{{topic}}", "time", Direction.MORE, nothing, each=each) for name in ("a", "b"))
    assert [line.key for line in Section("", ((first, second),))] == ["a.law", "b.law", "a.drugs", "b.drugs"]
    assert [line.key for line in Section("", (first, second))] == ["a.law", "a.drugs", "b.law", "b.drugs"]


def test_a_line_that_the_school_does_not_have_is_left_out() -> None:
    def one(lines: NumericLines, line: Line) -> None:
        lines.put(line, 1, How.COUNTED)

    lines = (
        Line("a", "time", Direction.MORE, one, "all_actions", shown=lambda look, line: False),
        Line("b", "time", Direction.MORE, one, "all_actions"),
    )
    assert [row.key for row in filled_table(TableLines("PL6", (Section("", lines),)), look_at({})).rows] == ["b"]
