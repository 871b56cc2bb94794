"""Every finding walks back to cells: the stated value stands in the stated cell of the source workbook."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import openpyxl
import pytest

from antq_review.scoring.model.review import Review
from antq_review.shipped import example_folder
from antq_review.text import tidy
from tests.plain import plain


@cache
def workbook(name: str) -> Any:
    return openpyxl.load_workbook(example_folder() / name, data_only=True)


def shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if (value.hour, value.minute) == (0, 0) else f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else tidy(str(value))


def cell_refs(node: object) -> Iterator[dict[str, str]]:
    if isinstance(node, dict):
        if set(node) == {"file", "sheet", "cell", "shown"}:
            yield node
        for inner in node.values():
            yield from cell_refs(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from cell_refs(inner)


def test_every_cell_of_the_review_holds_what_the_review_says(review: Review) -> None:
    refs = list(cell_refs(plain(review)))
    assert len(refs) > 1000
    for ref in refs:
        value = workbook(ref["file"])[ref["sheet"]][ref["cell"]].value
        assert shown("" if value is None else value) == ref["shown"], ref


@pytest.mark.parametrize("text", ["tt_124", "qd_510"])
def test_every_finding_rests_on_cells(review: Review, text: str) -> None:
    """All but what nobody has read: a provision without its text has no evidence to point to."""
    for finding in json.loads(review.text(text).model_dump_json())["findings"]:
        if finding["award"] != "unread":
            assert list(cell_refs(finding)), finding["id"]


def test_every_measured_goal_rests_on_cells(review: Review) -> None:
    for goal in review.goals:
        for part in goal.parts:
            assert part.cells, goal.id
            if part.measurement is not None and part.measure not in ("goals_met_rate", "goals_carried_out_rate"):
                assert part.measurement.cells, (goal.id, part.part)


def test_absence_walks_back_to_the_declaration(review: Review) -> None:
    no_event = next(part for finding in review.text("tt_124").findings for part in finding.parts if part.id == "3a")
    assert [ref.shown for ref in no_event.measurement.cells] == ["15/11/2026"]
    assert no_event.measurement.cells[0].sheet == "Vụ việc"
