"""Loads stored reviews of every older version; refuses a review of a newer version than this program.

Version 1 had no numeric tables and no evidence register: they are empty after loading, which does not mean 0. Version 2
had no score tables of schools, no days ahead and no remarks, and it did not try its steps. Its `points` of a step were
the points that the step concerns, not the points that it wins, so they are set to 0. Up to version 3 every sentence was a
plain text; it is read as one, so rooms that compare sentences of two years compare them as words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from antq_review.errors import CannotDo
from antq_review.files import reason_of
from antq_review.places.lock import recover
from antq_review.places.manifest import read_manifest, sha256_of
from antq_review.places.versions import MOST_BYTES, REVIEW, newest
from antq_review.scoring.model.review import SCHEMA_VERSION, Review
from antq_review.source import CellRef, CellTable
from antq_review.text import Message, fold, listing, tell

Stored = dict[str, Any]
#: A number with an exponent of three digits or more (not a hash of 64): no count, rate or point has one, and a sum with it
#: would take minutes and all memory.
_HUGE = re.compile(rb'(?<=[":,\[\s])(?![0-9a-f]{64}")[-+]?[0-9]{1,60}(?:\.[0-9]*)?[eE][-+]?[0-9]{3,}(?=[",\]}\s])')
#: The keys of a cell in versions 1 to 3.
_CELL = CellRef._fields


def load(path: Path) -> Review:
    """The review stored in a file. Raises CannotDo, one sentence, for a file that is missing, damaged or of a newer version."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotDo(tell("history.too_large", path=path.name, most=MOST_BYTES // 10**6))
        content = path.read_bytes()
        stored = json.loads(content.decode("utf-8"))
    except OSError as fault:
        raise CannotDo(tell("history.unreadable", path=path.name, why=reason_of(fault))) from fault
    except (ValueError, RecursionError) as fault:
        raise CannotDo(tell("history.damaged", path=path.name)) from fault
    _refuse_edited(path, content)
    if _HUGE.search(content):
        raise CannotDo(tell("history.damaged", path=path.name))
    version = stored.get("schema_version") if isinstance(stored, dict) else None
    if type(version) is not int or version < 1:
        raise CannotDo(tell("history.damaged", path=path.name))
    if version > SCHEMA_VERSION:
        raise CannotDo(tell("history.newer", path=path.name, version=version, known=SCHEMA_VERSION))
    try:
        return Review.restored(stored if version == SCHEMA_VERSION else _upgraded(stored, version))
    except (ValueError, RecursionError) as fault:  # a ValidationError is a ValueError
        raise CannotDo(tell("history.damaged", path=path.name)) from fault


def _refuse_edited(path: Path, content: bytes) -> None:
    """Raises CannotDo where the manifest beside a review has another hash for it: what it says is not what was judged."""
    listed = read_manifest(path.parent).get("outputs")
    recorded = listed.get(path.name) if isinstance(listed, dict) else None
    if recorded is not None and recorded != sha256_of(content):
        raise CannotDo(tell("history.edited", path=path))


def review_file(path: Path) -> Path:
    """The stored review that a path means: the file itself, that of a version's folder, or of a year's newest version.

    A move that was cut off there is undone or finished first. Raises CannotDo where that cannot be done.
    """
    if not path.is_dir():
        return path
    recover(path)
    found = newest(path)
    return (found.path if found else path) / REVIEW


def load_any(path: Path) -> Review:
    """The review of a stored file, of a version's folder or of a year's newest version. Raises CannotDo as `load` does."""
    return load(review_file(path))


def previous_file(out: Path, code: str, year: int, codes_before: Sequence[str] = ()) -> Path | None:
    """The stored review of the newest version of the year before; None if there is none.

    `codes_before`: codes of the school before it was renumbered or merged. Under them it is looked for where its own code
    has none; where several of them have one, nobody can say which is meant (`several_before`), and it is None.
    """
    own = _newest_file(out, code, year - 1)
    if own is not None:
        return own
    found = [path for former in codes_before if (path := _newest_file(out, former, year - 1)) is not None]
    return found[0] if len(found) == 1 else None


def several_before(out: Path, code: str, year: int, codes_before: Sequence[str]) -> Message | None:
    """That several former codes have a review of the year before, so that none of them was taken; None otherwise."""
    codes = [former for former in codes_before if _newest_file(out, former, year - 1) is not None]
    if len(codes) < 2 or _newest_file(out, code, year - 1) is not None:
        return None
    return tell("history.several_before", year=year - 1, codes=listing(codes))


def _newest_file(out: Path, code: str, year: int) -> Path | None:
    if Path(code).name != code or not code.strip("."):  # no folder of results has such a name; it could lead out of `out`
        return None
    path = review_file(out / code / str(year))
    return path if path.is_file() else None


def previous(out: Path, code: str, year: int, codes_before: Sequence[str] = ()) -> Review | None:
    """The review of the year before in this school's outputs; None if there is none. Raises CannotDo as `load` does.

    A review of another school or year in that place is refused too: a wrong comparison is worse than none. A review under
    one of its former codes is the school's own.
    """
    path = previous_file(out, code, year, codes_before)
    if path is None:
        return None
    found = load(path)
    if found.year != year - 1 or fold(found.school.code) not in {fold(one) for one in (code, *codes_before)}:
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
    if isinstance(value, list) and value and all(isinstance(one, dict) and set(one) == {*_CELL} for one in value):
        return [cells.place_of(CellRef.stored(*(one[part] for part in _CELL))) for one in value]
    return [_in_table(one, cells) for one in value] if isinstance(value, list) else value


#: Version → function that makes the next version of it.
_STEPS: dict[int, Callable[[Stored], Stored]] = {1: _from_1, 2: _from_2, 3: _from_3}


def _upgraded(stored: Stored, version: int) -> Stored:
    while version < SCHEMA_VERSION:
        stored, version = _STEPS[version](stored), version + 1
    return stored
