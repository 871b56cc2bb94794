"""Evidence without Excel: rows as data, declared days, refused rows, as the reader would have yielded them.

A case is a mapping: `profile` (fields), a list of rows for any table (a list as value makes one row for each), `declared` (form →
day, or "chưa"), `refused` (table → how many), `unread` (names of workbooks that could not be read). What a case leaves out
it takes from the sound school of `tests/cases/base.toml`.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from antq_review.forms.rows.school import Profile
from antq_review.forms.sheets import SHEETS, table_named
from antq_review.ingest.model import Copy, Evidence, EvidenceRow, TableData
from antq_review.rules import provisions, rulebook
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.judging.criteria import judge
from antq_review.scoring.judging.plan import judge_plan
from antq_review.scoring.model.review import Finding, Goal
from antq_review.source import CellRef

CASES = Path(__file__).parents[1] / "cases"
TABLES = tuple(table.name for sheet in SHEETS for table in sheet.tables)
DECLARED = tuple(sheet.name for sheet in SHEETS if sheet.declared)
NOT_DECLARED = "chưa"
YEAR = 2026
AS_OF = date(2026, 11, 16)


@cache
def base() -> Mapping[str, Any]:
    """The sound school."""
    return tomllib.loads((CASES / "base.toml").read_text(encoding="utf-8"), parse_float=Decimal)


def _expanded(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One row for each entry of a value that is a list."""
    for name, value in row.items():
        if isinstance(value, list):
            for one in value:
                yield from _expanded({**row, name: one})
            return
    yield dict(row)


def _shown(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def row_of(table: str, values: Mapping[str, Any], number: int, file: str = "") -> EvidenceRow:
    """One read row at a made-up place. `file` may also stand in the values as `_file`."""
    sheet, entry = table_named(table)
    fields = {name: value for name, value in values.items() if not name.startswith("_")}
    typed = entry.row(**fields)
    return EvidenceRow(
        id=str(fields.get("id") or f"{entry.prefix or table}-{number:03d}"), table=table, values=typed,
        file=values.get("_file") or file or f"{sheet.workbook}.xlsx", sheet=sheet.title, number=number + 9,
        columns={name: index for index, name in enumerate(entry.row.model_fields, start=1)},
        shown={name: _shown(value) for name, value in fields.items() if value is not None},
    )


def evidence_of(case: Mapping[str, Any]) -> Evidence:
    """The evidence of a case, what it leaves out taken from the sound school."""
    sound = base()
    said = {**sound["profile"], **case.get("profile", {})}
    profile = row_of("profile", {name: value for name, value in said.items() if value != ""}, 1)
    found = Evidence(profile=profile.values, profile_row=profile, unread_files=list(case.get("unread", ())))
    assert isinstance(found.profile, Profile)
    for table in (name for name in TABLES if name != "profile"):
        rows = [one for row in case.get(table, sound.get(table, ())) for one in _expanded(row)]
        refused = case.get("refused", {}).get(table, 0)
        sheet = table_named(table)[0]
        found.tables[table] = TableData(
            [row_of(table, row, number) for number, row in enumerate(rows, start=1)],
            [CellRef(file=f"{sheet.workbook}.xlsx", sheet=sheet.title, cell=f"A{900 + number}") for number in range(refused)],
        )
    found.tables["profile"] = TableData([profile])
    found.copies = list(_copies({**sound["declared"], **case.get("declared", {})}))
    return found


def _copies(declared: Mapping[str, Any]) -> Iterator[Copy]:
    """One copy of each form; a list of days: one copy of each unit."""
    for name, days in declared.items():
        sheet = next(sheet for sheet in SHEETS if sheet.name == name)
        for number, day in enumerate(days if isinstance(days, list) else [days], start=1):
            until = None if day == NOT_DECLARED else day
            file = f"{sheet.workbook}_{number}.xlsx"
            cell = CellRef(file=file, sheet=sheet.title, cell="B5", shown=_shown(until)) if until else None
            yield Copy(sheet=name, file=file, title=sheet.title, unit=f"Tổ {number}", declared_until=until, cell=cell)


def look_at(case: Mapping[str, Any], text: str = "tt_124") -> EvidenceWindow:
    """The evidence of a case through a text's period."""
    evidence = evidence_of(case)
    return EvidenceWindow(evidence, rulebook(text).period.of(YEAR), case.get("as_of", AS_OF), YEAR, Index(evidence))


def judged(evidence: Evidence, text: str, as_of: date = AS_OF, year: int = YEAR) -> dict[str, Finding]:
    """Findings of a text and all that is inside them, by id; the outer one where two have the same id."""
    found: dict[str, Finding] = {}
    for finding in every(judge(rulebook(text), evidence, year, as_of)):
        found.setdefault(finding.id, finding)
    return found


def every(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings, their parts, the parts of their readings; each before what is inside it."""
    for finding in findings:
        yield finding
        yield from every(finding.parts)
        for reading in finding.readings:
            yield from every(reading.parts)


def goals_of(case: Mapping[str, Any]) -> dict[str, Goal]:
    """The plan goals of a case by id."""
    return {goal.id: goal for goal in judge_plan(evidence_of(case), YEAR, case.get("as_of", AS_OF))}


@cache
def cases(folder: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """(file and name, case) of every case of one text."""
    return tuple(
        (f"{path.stem}: {case['name']}", case)
        for path in sorted((CASES / folder).glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["case"]
    )


def ids_of(text: str) -> list[str]:
    """Ids of all provisions of a text, each once."""
    return list(dict.fromkeys(one.id for criterion in rulebook(text).criteria for one in provisions(criterion)))
