"""Loads stored reviews of every older version; refuses a review of a newer version than this program.

Version 1 had no numeric tables and no evidence register: they are empty after loading, which does not mean 0. Version 2
had no score tables of schools, no days ahead and no remarks, and it did not try its steps. Its `points` of a step were
the points that the step concerns, not the points that it wins, so they are set to 0. Up to version 3 every sentence was a
plain text; it is read as one, so rooms that compare sentences of two years compare them as words.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from antq_review.errors import CannotDo
from antq_review.files import reason_of
from antq_review.scoring.model.review import SCHEMA_VERSION, Review
from antq_review.source import CellRef, CellTable
from antq_review.text import tell

Stored = dict[str, Any]
#: The keys of a cell in versions 1 to 3.
_CELL = {"file", "sheet", "cell", "shown"}


def load(path: Path) -> Review:
    """The review stored in a file. Raises CannotDo, one sentence, for a file that is missing, damaged or of a newer version."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise CannotDo(tell("history.unreadable", path=path.name, why=reason_of(fault))) from fault
    except (ValueError, RecursionError) as fault:
        raise CannotDo(tell("history.damaged", path=path.name)) from fault
    version = stored.get("schema_version") if isinstance(stored, dict) else None
    if type(version) is not int or version < 1:
        raise CannotDo(tell("history.damaged", path=path.name))
    if version > SCHEMA_VERSION:
        raise CannotDo(tell("history.newer", path=path.name, version=version, known=SCHEMA_VERSION))
    try:
        return Review.restored(stored if version == SCHEMA_VERSION else _upgraded(stored, version))
    except (ValueError, RecursionError) as fault:  # a ValidationError is a ValueError
        raise CannotDo(tell("history.damaged", path=path.name)) from fault


def load_any(path: Path) -> Review:
    """The review of a stored file or of a folder of results. Raises CannotDo as `load` does."""
    return load(path / "review.json" if path.is_dir() else path)


def previous(out: Path, code: str, year: int) -> Review | None:
    """The review of the year before in this school's outputs; None if there is none. Raises CannotDo as `load` does.

    A review of another school or year in that place is refused too: a wrong comparison is worse than none.
    """
    path = out / code / str(year - 1) / "review.json"
    if not path.is_file():
        return None
    found = load(path)
    if (found.school.code, found.year) != (code, year - 1):
        raise CannotDo(tell("history.strange", path=path.name, code=found.school.code, year=found.year, wanted=code, before=year - 1))
    return found


# --- versions ------------------------------------------------------------------------------------------------------


def _from_1(stored: Stored) -> Stored:
    """Adds the tables and the register of version 2, both empty."""
    return {**stored, "schema_version": 2, "tables": [], "evidence_register": []}


def _from_2(stored: Stored) -> Stored:
    """The steps of version 2 were not tried, so they win 0 points. Damaged content stays: the model refuses it."""
    steps = stored.get("to_do")
    if isinstance(steps, list):
        steps = [{**step, "points": "0"} if isinstance(step, dict) else step for step in steps]
    return {**stored, "schema_version": 3, "to_do": steps}


def _from_3(stored: Stored) -> Stored:
    """Version 4 stores sentences as messages (a plain text stays valid) and every cell once, in a table."""
    cells = CellTable()
    moved = _in_table(stored, cells)
    return {**moved, "schema_version": 4, "cells": cells.stored()}


def _in_table(value: Any, cells: CellTable) -> Any:
    """The value with every list of cells replaced by their places in the table."""
    if isinstance(value, dict):
        return {name: _in_table(one, cells) for name, one in value.items()}
    if isinstance(value, list) and value and all(isinstance(one, dict) and set(one) == _CELL for one in value):
        return [cells.place_of(CellRef.model_validate(one)) for one in value]
    return [_in_table(one, cells) for one in value] if isinstance(value, list) else value


#: Version → function that makes the next version of it.
_STEPS: dict[int, Callable[[Stored], Stored]] = {1: _from_1, 2: _from_2, 3: _from_3}


def _upgraded(stored: Stored, version: int) -> Stored:
    while version < SCHEMA_VERSION:
        stored, version = _STEPS[version](stored), version + 1
    return stored
