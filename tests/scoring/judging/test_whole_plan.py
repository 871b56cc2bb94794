"""Every duty of the plan is measured: each of the 52 sentences has its measures, columns, labels and cases."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from antq_review.forms.choices import SystemKind
from antq_review.forms.measure_labels import Measure
from antq_review.forms.plan_rows import coded_rows, plan_rows
from antq_review.forms.sheets import SHEETS, table_named
from antq_review.scoring.evidence.window import EvidenceWindow, deciding_fields
from antq_review.scoring.measures import evaluate, registry
from antq_review.scoring.model.outcome import Measurement
from tests.each import each
from tests.scoring.build import cases, goals_of, look_at
from tests.scoring.strategies import as_read

OVER_GOALS = {"goals_met_rate", "goals_carried_out_rate"}
PARTS: Mapping[str, list[dict[str, Any]]] = defaultdict(list)
for _row in coded_rows():
    PARTS[_row["goal_id"]].append(_row)
FILTERS = {
    "topic", "form", "channel", "level", "partner", "purpose", "kind", "contents", "audience", "organiser", "led_by_pupils", "name",
}
#: Filters of a plan row that do not look at a column of their own name.
READ_AS = {("systems", "name"): ("system",), ("activities", "level"): ("level", "audience")}


@pytest.fixture(scope="module")
def by_measure() -> dict[str, list[tuple[EvidenceWindow, Measurement]]]:
    """The cases of each measure, evaluated."""
    found: dict[str, list[tuple[EvidenceWindow, Measurement]]] = defaultdict(list)
    for _, case in cases("phep_do"):
        wanted = {name: tuple(values) for name, values in case.get("filter", {}).items()}
        look = look_at(case)
        found[case["measure"]].append((look, evaluate(case["measure"], look, wanted)))
    return found


def test_there_are_52() -> None:
    assert len(PARTS) == 52


@each("goal_id", PARTS)
def test_each_part_has_a_measure_a_label_and_columns(goal_id: str) -> None:
    for row in PARTS[goal_id]:
        assert row["measure"] in Measure.labels()
        if row["measure"] in OVER_GOALS:
            continue
        entry = registry()[row["measure"]]
        fields = table_named(entry.tables[0])[1].row.model_fields
        for name in row.keys() & FILTERS:
            assert name in entry.filters, (goal_id, name)
            assert set(READ_AS.get((entry.tables[0], name), deciding_fields({name: ()}))) <= fields.keys(), (goal_id, name)


@each("goal_id", PARTS)
def test_each_part_has_cases_that_end_differently_and_read_a_column(goal_id: str, by_measure: Any) -> None:
    """Both sides stand in tests/cases/phep_do, and some case walks back to the cells of a row, not to a declaration alone."""
    for row in PARTS[goal_id]:
        if row["measure"] in OVER_GOALS:
            continue  # its cases: test_plan.py, “the goal over all others”
        found = by_measure[row["measure"]]
        assert len({(one.low, one.high) for _, one in found}) >= 2, row["measure"]
        tables = registry()[row["measure"]].tables
        sheets = {table_named(table)[0].title for table in tables}
        assert any(
            cell.sheet in sheets and cell not in {ref for table in tables for ref in look.declaration(table)}
            for look, one in found for cell in one.cells
        ), row["measure"]


def confirmed(goal_id: str) -> list[dict[str, Any]]:
    """The shipped rows of a sentence, confirmed by the school, due on 15/11."""
    rows = [as_read(row) for row in plan_rows() if row.goal_id == goal_id]
    return [row | {"set_by": "school", "due_on": date(2026, 11, 15)} for row in rows]


@each("goal_id", PARTS)
def test_each_sentence_is_measured(goal_id: str) -> None:
    """No part is without a measure or asks for something that its measure does not understand."""
    goal = goals_of({"plan": confirmed(goal_id)})[goal_id]
    for part in goal.parts:
        assert part.status != "no_measure" and part.measurement is not None
        assert not {reason.code for reason in part.reasons} & {"goal_unclear", "filter_unclear"}


GOAL_CASES = [pytest.param(case, id=f"{case['of']}: {name}") for name, case in cases("ke_hoach")]


@pytest.mark.parametrize("case", GOAL_CASES)
def test_goal_case(case: Mapping[str, Any]) -> None:
    goal = goals_of({**case, "plan": confirmed(case["of"])})[case["of"]]
    assert {part.part: part.status.value for part in goal.parts} == case["parts"]


def test_sentences_of_the_new_sheets_have_cases_on_both_sides() -> None:
    new = {"checks", "systems", "support"}
    asked = {
        goal_id for goal_id, rows in PARTS.items()
        if any(row["measure"] not in OVER_GOALS and new & set(registry()[row["measure"]].tables[:1]) for row in rows)
    }
    ends: dict[str, set[str]] = defaultdict(set)
    for _, case in cases("ke_hoach"):
        for part, status in case["parts"].items():
            ends[case["of"] + part].add(status)
    parts = {row["goal_id"] + row.get("part", "") for goal_id in asked for row in PARTS[goal_id] if "operator" in row}
    assert [part for part in sorted(parts) if not {"met"} < ends[part]] == []


def test_the_systems_that_the_plan_names_can_be_chosen() -> None:
    rows = [row for parts in PARTS.values() for row in parts if row["measure"] in ("working_rate", "system_coverage")]
    names = {name for row in rows for name in row["name"]}
    assert names <= set(SystemKind.labels().values())


def test_every_table_of_evidence_is_read_by_some_measure() -> None:
    """A sheet that asks for a declaration is asked for a reason."""
    read = {table for entry in registry().values() for table in entry.tables}
    assert {table.name for sheet in SHEETS if sheet.declared for table in sheet.tables} <= read
