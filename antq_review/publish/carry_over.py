"""Next year's blank workbooks from a folder of this year: what is carried, and a word about everything that was not.

The old folder is as untrusted as any received file: it is read by the same reader, and only what that reader took for sure is
carried. Nothing in it is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antq_review.errors import CannotDo, UsageError
from antq_review.forms import blank_files
from antq_review.forms.carry_over import (
    PLAN_FIELDS,
    PROFILE_FIELDS,
    Line,
    carried_initiatives,
    carried_plan,
    carried_profile,
    carried_units,
    in_words,
    names_year,
)
from antq_review.forms.columns import Row
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.scoring.score_table.table import blank_rows
from antq_review.source import grouped
from antq_review.text import fold, say

#: Tables of which something is carried; what is wrong elsewhere in the old folder does not matter here.
_TABLES = ("profile", "units", "plan", "initiatives")


@dataclass(frozen=True)
class CarryOver:
    """The files to write, what was carried (sentences for the user), and what a person must look at."""

    files: dict[Path, bytes]
    says: tuple[str, ...]
    look_again: tuple[str, ...]


def carry_over(evidence: Evidence, last: Path, school_code: str | None = None, year: int | None = None) -> CarryOver:
    """The workbooks of the year after `evidence`'s, read from the folder `last`.

    `school_code`, `year`: what the user asked for, needed only where the old folder does not say it. Raises UsageError where
    they contradict the old folder, CannotDo where nobody says whose the new forms are.
    """
    code, new = _whose(evidence, last, school_code, year)
    old = evidence.year or new - 1
    carried: dict[str, list[Line]] = {
        "units": carried_units(_values(evidence, "units")),
        "initiatives": carried_initiatives(_values(evidence, "initiatives")),
        "plan": carried_plan(_values(evidence, "plan")),
    }
    if evidence.profile is not None:
        carried["profile"] = [carried_profile(evidence.profile, new)]
    return CarryOver(
        files=blank_files(blank_rows(), code, new, carried), says=tuple(_says(evidence, carried, new)),
        look_again=(*_unread(evidence), *_dated(evidence, old)),
    )


def _whose(evidence: Evidence, last: Path, school_code: str | None, year: int | None) -> tuple[str, int]:
    profile = evidence.profile
    if profile is None or profile.year is None or profile.school_code is None:
        if not school_code or not year:
            raise CannotDo(say("templates.no_year", path=last))
        return school_code, year
    if school_code and fold(school_code) != fold(profile.school_code):
        raise UsageError(say("templates.other_code", path=last, last=profile.school_code, given=school_code))
    if year is not None and year <= profile.year:
        raise UsageError(say("templates.not_later", last=profile.year, given=year, next=profile.year + 1))
    return profile.school_code, year or profile.year + 1


def _values(evidence: Evidence, table: str) -> list[Any]:
    return [row.values for row in evidence.rows(table)]


# --- what is said ----------------------------------------------------------------------------------------------------


def _says(evidence: Evidence, carried: dict[str, list[Line]], year: int) -> Iterator[str]:
    counts = {
        "units": len(carried["units"]), "initiatives": len(carried["initiatives"]), "rows": len(carried["plan"]),
        "goals": len({line["goal_id"] for line in carried["plan"]}),
    }
    if evidence.profile is None:
        yield say("templates.without_profile", **counts)
    else:
        yield say("templates.carried", last=evidence.year, **counts)
    running = {fold(line["name"]) for line in carried["initiatives"]}
    stopped = dict.fromkeys(
        name for row in evidence.rows("initiatives") if fold(name := str(row.get("name"))) not in running
    )
    if stopped:
        yield say("templates.stopped", names="; ".join(stopped))
    if not carried["plan"]:
        yield say("templates.no_plan")
    yield say("templates.decide_again", year=year)


def _unread(evidence: Evidence) -> Iterator[str]:
    """Files and lines that the reader refused: nobody knows what of them should have been carried."""
    for file in evidence.unread_files:
        yield say("templates.unread_file", file=file)
    for line in grouped(cell for table in _TABLES for cell in evidence.refused(table)):
        yield say("templates.refused_lines", where=line)


def _dated(evidence: Evidence, year: int) -> Iterator[str]:
    """Texts with the old year in them: left out of the profile, kept where a goal or a name would be lost."""
    row = evidence.profile_row
    if evidence.profile is not None and row is not None:
        headings = {column.name: column.heading for column in row.values.columns()}
        for name in _dated_fields(evidence.profile, PROFILE_FIELDS, year):
            if name != "school_code":
                yield say("templates.profile_dated", where=_place(row, name), heading=headings[name])
    for table, fields in (("units", ("name",)), ("initiatives", ("name",)), ("plan", PLAN_FIELDS)):
        for row in evidence.rows(table):
            if table == "initiatives" and row.get("status") == "stopped":
                continue
            for name in _dated_fields(row.values, fields, year):
                yield say("templates.text_dated", where=_place(row, name))


def _dated_fields(row: Row, fields: tuple[str, ...], year: int) -> list[str]:
    return [name for name, value in in_words(row, fields).items() if names_year(value, year)]


def _place(row: EvidenceRow, name: str) -> str:
    return "; ".join(grouped([row.cell(name)]))
