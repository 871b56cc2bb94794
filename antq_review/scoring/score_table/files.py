"""Finds the file with the school's score table. Untouched blank tables are ignored; two filled tables are a fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from antq_review.forms.columns import Row
from antq_review.forms.sheets import SCORE_TABLE, table_named
from antq_review.ingest.model import Evidence, EvidenceRow, Problem, TableData
from antq_review.ingest.problems import problem
from antq_review.text import fold

_ROWS = "score_rows"


def filled_files(evidence: Evidence, blank: Iterable[Mapping[str, object]]) -> list[str]:
    """The files with a score table that contains more than the blank one. `blank`: the rows of the blank table."""
    known = [_filled(row) for row in blank]
    return [file for file in _files(evidence, (_ROWS,)) if _typed(evidence, file, known)]


def _files(evidence: Evidence, tables: Iterable[str]) -> list[str]:
    """The files in which these tables have rows, including refused rows."""
    found: set[str] = set()
    for name in tables:
        found |= {row.file for row in evidence.rows(name)} | {cell.file for cell in evidence.refused(name)}
    return sorted(found)


def _typed(evidence: Evidence, file: str, known: Sequence[Mapping[str, object]]) -> bool:
    beside = file in _files(evidence, (name for name in SCORE_TABLE if name != _ROWS))
    refused = any(cell.file == file for cell in evidence.refused(_ROWS))
    return beside or refused or any(row.file == file and _of_row(row) not in known for row in evidence.rows(_ROWS))


def _of_row(row: EvidenceRow[Row]) -> dict[str, object]:
    return _filled({name: row.value_of(name) for name in type(row.values).model_fields})


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    """The filled fields; text is folded, so that spelling does not matter."""
    return {name: fold(value) if isinstance(value, str) else value for name, value in values.items() if value is not None}


def of_files(evidence: Evidence, filled: Sequence[str]) -> Evidence:
    """The evidence without the rows of untouched tables, where there is a filled table as well."""
    if not filled or _ROWS not in evidence.tables:
        return evidence
    data = evidence.tables[_ROWS]
    kept = TableData([row for row in data.rows if row.file in filled], data.refused)
    return replace(evidence, tables={**evidence.tables, _ROWS: kept})


def several_tables(files: Sequence[str]) -> Problem:
    """One fault for all files, because it is not clear which table is the school's own."""
    sheet, _ = table_named(_ROWS)
    return problem(
        "score_tables_several", file=files[0], sheet=sheet.title, forms=(sheet.name,), found="; ".join(files), count=len(files),
    )
