"""Which file of the folder holds the school's score table: an untouched blank beside it is none, two filled ones are one too many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from antq_review.forms.sheets import SCORE_TABLE, table_named
from antq_review.ingest.model import Evidence, EvidenceRow, Problem, TableData
from antq_review.ingest.problems import problem
from antq_review.text import fold

_ROWS = "score_rows"


def filled_files(evidence: Evidence, blank: Iterable[Mapping[str, object]]) -> list[str]:
    """The files with rows of a table in which anything is typed that the blank does not hold (`blank`: its rows)."""
    known = [_filled(row) for row in blank]
    return [file for file in _files(evidence, (_ROWS,)) if _typed(evidence, file, known)]


def _files(evidence: Evidence, tables: Iterable[str]) -> list[str]:
    """The files in which these tables have rows, refused ones too."""
    found: set[str] = set()
    for name in tables:
        found |= {row.file for row in evidence.rows(name)} | {cell.file for cell in evidence.refused(name)}
    return sorted(found)


def _typed(evidence: Evidence, file: str, known: Sequence[Mapping[str, object]]) -> bool:
    beside = file in _files(evidence, (name for name in SCORE_TABLE if name != _ROWS))
    refused = any(cell.file == file for cell in evidence.refused(_ROWS))
    return beside or refused or any(row.file == file and _of_row(row) not in known for row in evidence.rows(_ROWS))


def _of_row(row: EvidenceRow) -> dict[str, object]:
    return _filled({name: row.get(name) for name in type(row.values).model_fields})


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    """The filled fields, in spelling that does not decide."""
    return {name: fold(value) if isinstance(value, str) else value for name, value in values.items() if value is not None}


def of_files(evidence: Evidence, filled: Sequence[str]) -> Evidence:
    """The evidence without the rows of untouched tables, where a filled one stands beside them."""
    if not filled or _ROWS not in evidence.tables:
        return evidence
    data = evidence.tables[_ROWS]
    kept = TableData([row for row in data.rows if row.file in filled], data.refused)
    return replace(evidence, tables={**evidence.tables, _ROWS: kept})


def several_tables(files: Sequence[str]) -> Problem:
    """One fault for all of them: nobody knows which is meant."""
    sheet, _ = table_named(_ROWS)
    return problem(
        "score_tables_several", file=files[0], sheet=sheet.title, forms=(sheet.name,), found="; ".join(files), count=len(files),
    )
