"""Next year's blank workbooks from a folder of this year: the data that is carried, and a note on all that is not.

The old folder is as untrusted as any received file: the same reader reads it, and only accepted rows are carried.
Nothing in the folder is changed. Which cells are carried is decided in `forms/carry_over.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.forms import blank_files
from antq_review.forms.carry_over import (
    PLAN_FIELDS,
    PROFILE_FIELDS,
    Line,
    carried_initiatives,
    carried_plan,
    carried_profile,
    carried_scores,
    carried_units,
    changed_in_form,
    in_words,
    names_year,
)
from antq_review.forms.choices import InitiativeStatus, model_name
from antq_review.forms.columns import Row
from antq_review.forms.new_school import UNKNOWN, NewSchool, NewUnit, school_of
from antq_review.forms.rows.evidence import Initiative
from antq_review.forms.rows.school import PlanRow, Unit
from antq_review.forms.sheets import SCORE_TABLE
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.scoring.score_table.files import filled_files
from antq_review.scoring.score_table.table import blank_rows
from antq_review.source import grouped
from antq_review.text import act_of, fold, say, tell

#: Tables from which data is carried; faults in other tables of the old folder do not matter here.
_TABLES = ("profile", "units", "plan", "initiatives", *SCORE_TABLE)


@dataclass(frozen=True)
class CarryOver:
    """The files to write, sentences for the user about the carried data, and places that a person must check."""

    files: dict[Path, bytes]
    says: tuple[str, ...]
    look_again: tuple[str, ...]


def carry_over(evidence: Evidence, last: Path, given: NewSchool = UNKNOWN) -> CarryOver:
    """The workbooks of a later year (next year without a year) from `evidence`, which was read from the folder `last`.

    `given` by the user: code and year, needed only if the old folder does not contain them, and facts of the school that
    changed. Raises UsageError if code or year contradict the old folder, CannotDo if they are not known.
    """
    code, new = _whose(evidence, last, given.school_code, given.year)
    old = evidence.year or new - 1
    school = _school(evidence, given).model_copy(update={"school_code": code, "year": new})
    carried: dict[str, list[Line]] = {
        "units": given.unit_lines() or carried_units(row.values for row in evidence.of(Unit)),
        "initiatives": carried_initiatives([row.values for row in evidence.of(Initiative)]),
        "plan": carried_plan((row.values for row in evidence.of(PlanRow)), school),
    }
    if evidence.profile is not None:
        carried["profile"] = [{**carried_profile(evidence.profile, new), **_changed_facts(given), "year": new}]
    tables = filled_files(evidence, blank_rows())
    if len(tables) == 1:
        carried |= {
            name: carried_scores(row.values for row in evidence.rows(name) if row.file == tables[0]) for name in SCORE_TABLE
        }
    return CarryOver(
        files=blank_files(blank_rows(), carried=carried, school=school), says=tuple(_says(evidence, carried, new)),
        look_again=(*_unread(evidence), *_several(tables), *_dated(evidence, old), *_changed(evidence, school)),
    )


def _changed_facts(given: NewSchool) -> Line:
    """The facts that the user gave, in words. What the levels alone suggest is not given."""
    return {name: value for name, value in given.profile_line().items() if getattr(given, name) is not None}


def _school(evidence: Evidence, given: NewSchool) -> NewSchool:
    """The school of the old folder with the facts that the user gave."""
    new = {name: value for name in NewSchool.model_fields if (value := getattr(given, name)) not in (None, ())}
    units = [NewUnit(name=line["name"]) for line in carried_units(row.values for row in evidence.of(Unit))]
    if evidence.profile is None:
        return given if given.units else given.model_copy(update={"units": tuple(units)})
    return school_of(evidence.profile, units).model_copy(update=new)


def _whose(evidence: Evidence, last: Path, school_code: str | None, year: int | None) -> tuple[str, int]:
    profile = evidence.profile
    if profile is None or profile.year is None or profile.school_code is None:
        if not school_code or not year:
            raise CannotDo(tell("templates.no_year", path=last))
        return school_code, year
    if school_code and fold(school_code) != fold(profile.school_code):
        raise UsageError(tell("templates.other_code", path=last, last=profile.school_code, given=school_code))
    if year is not None and year <= profile.year:
        raise UsageError(tell("templates.not_later", last=profile.year, given=year, next=profile.year + 1))
    return profile.school_code, year or profile.year + 1


# --- sentences for the user ------------------------------------------------------------------------------------------


def _says(evidence: Evidence, carried: dict[str, list[Line]], year: int) -> Iterator[str]:
    counts = {
        "units": len(carried["units"]), "initiatives": len(carried["initiatives"]), "rows": len(carried["plan"]),
        "goals": len({line["goal_id"] for line in carried["plan"]}),
    }
    if evidence.profile is None:
        yield say("templates.without_profile", **counts)
    else:
        yield say("templates.carried", last=evidence.year, **counts)
    if carried.get("score_rows"):
        yield say("templates.score_table", rows=len(carried["score_rows"]))
    running = {model_name(line["name"]) for line in carried["initiatives"]}
    stopped = dict.fromkeys(
        row.values.name for row in evidence.of(Initiative) if model_name(row.values.name) not in running
    )
    if stopped:
        yield say("templates.stopped", names="; ".join(stopped))
    if not carried["plan"]:
        yield say("templates.no_plan")
    yield say("templates.decide_again", year=year)


def _several(tables: list[str]) -> Iterator[str]:
    """Two filled score tables: nobody said which is the school's."""
    if len(tables) > 1:
        yield say("templates.score_tables", files="; ".join(tables))


def _unread(evidence: Evidence) -> Iterator[str]:
    """Files and lines that the reader refused: they may contain data that should be carried."""
    for file in evidence.unread_files:
        yield say("templates.unread_file", file=file, act=act_of("check"))
    for line in grouped(cell for table in _TABLES for cell in evidence.refused(table)):
        yield say("templates.refused_lines", where=line, act=act_of("check"))


def _dated(evidence: Evidence, year: int) -> Iterator[str]:
    """Texts that contain the old year.

    The profile does not carry them. Goals and names are carried all the same, because they would be lost.
    """
    profile_row = evidence.profile_row
    if evidence.profile is not None and profile_row is not None:
        headings = {column.name: column.heading for column in profile_row.values.columns()}
        for name in _dated_fields(evidence.profile, PROFILE_FIELDS, year):
            if name != "school_code":
                yield say("templates.profile_dated", where=_place(profile_row, name), heading=headings[name])
    for table, fields in (("units", ("name",)), ("initiatives", ("name",)), ("plan", PLAN_FIELDS), ("score_text", ("source",))):
        for row in evidence.rows(table):
            if isinstance(row.values, Initiative) and row.values.status == InitiativeStatus.STOPPED:
                continue
            for name in _dated_fields(row.values, fields, year):
                yield say("templates.text_dated", where=_place(row, name))


def _changed(evidence: Evidence, school: NewSchool) -> Iterator[str]:
    """Sentences that the blank form has and the carried plan has not, or that the form now measures in another way."""
    lacking, other = changed_in_form([row.values for row in evidence.of(PlanRow)], school)
    if lacking:
        yield say("templates.plan_lacks", parts=", ".join(lacking))
    if other:
        yield say("templates.plan_measures", parts=", ".join(other))


def _dated_fields(row: Row, fields: tuple[str, ...], year: int) -> list[str]:
    return [name for name, value in in_words(row, fields).items() if names_year(value, year)]


def _place(row: EvidenceRow[Row], name: str) -> str:
    return "; ".join(grouped([row.cell(name)]))
