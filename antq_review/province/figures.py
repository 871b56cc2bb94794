"""Sums of incidents and numbers over the schools whose packages count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from antq_review.forms.choices.safety import IncidentKind
from antq_review.forms.choices.school import PUPILS, LevelsTaught
from antq_review.package.model import IncidentsSummary, NumberSummary, Summary
from antq_review.province.choose import Standing
from antq_review.province.levels import may_have
from antq_review.province.totals import ZERO, SaidNumber, Total, alike, total_of


def incidents(schools: Sequence[tuple[Standing, Summary]], base: int, kind: str = "") -> Total:
    """Verified incidents of one kind, or of all. A school that has not declared its whole year gives a lower bound only."""
    return incidents_by_kind(schools, base, [kind])[0]


def incidents_by_kind(schools: Sequence[tuple[Standing, Summary]], base: int, kinds: Sequence[str]) -> list[Total]:
    """The same for each of several kinds; an empty one means all."""
    counted: Counter[str] = Counter()
    declared: Counter[str] = Counter()
    known = 0
    for _, summary in schools:
        found = _by_kind(summary.incidents)
        counted.update(found)
        if declares_all(summary):
            declared.update(found)
            known += 1
    highs = declared if known == base else None
    return [Total(Decimal(counted[kind]), Decimal(highs[kind]) if highs is not None else None, known, base) for kind in kinds]


def _by_kind(found: IncidentsSummary) -> dict[str, int]:
    """Incidents by kind, all under an empty one; those of kinds that this tool does not know are *other*, so that the lines add up."""
    counts = {"": found.verified}
    for kind, count in found.by_kind.items():
        known = kind if kind in IncidentKind.labels() else IncidentKind.OTHER
        counts[known] = counts.get(known, 0) + count
    return counts


def declares_all(summary: Summary) -> bool:
    """Did the school declare its incidents to the end of the period, and is no line of them refused or unverified?"""
    found = summary.incidents
    until = max((text.data_until for text in summary.texts), default=summary.as_of)
    return found.declared_until is not None and found.declared_until >= until and not found.refused and not found.unverified


def numbers(schools: Sequence[tuple[Standing, Summary]], standings: Sequence[Standing]) -> dict[tuple[str, str], Total]:
    """(table, key) → the sum over schools, for every key that a school sent. `standings`: the schools of the list."""
    by_levels: dict[LevelsTaught | None, list[Summary]] = {}
    for one, summary in schools:
        by_levels.setdefault(one.school.levels, []).append(summary)
    expected = Counter(one.school.levels for one in standings if one.state.is_expected)
    tables = dict.fromkeys(name for _, summary in schools for name in summary.tables)
    return {(table, key): total for table in tables for key, total in _of_table(table, schools, by_levels, expected)}


def _of_table(
    table: str, schools: Sequence[tuple[Standing, Summary]], by_levels: Mapping[LevelsTaught | None, Sequence[Summary]],
    expected: Mapping[LevelsTaught | None, int],
) -> Iterator[tuple[str, Total]]:
    """The lines of one table. A line about the pupils of one level is asked only of the schools that can have such pupils."""
    lines: dict[str, list[tuple[NumberSummary, int]]] = {}
    for row, count in alike(row for _, summary in schools for row in summary.tables.get(table, ())):
        lines.setdefault(row.key, []).append((row, count))
    said = {
        levels: Counter(row.key for summary in by_levels.get(levels, ()) for row in summary.tables.get(table, ())) for levels in expected
    }
    for key, rows in lines.items():
        audience = key.rpartition(".")[2]
        base = sum(
            count if audience not in PUPILS or may_have(levels, audience) else said[levels][key] for levels, count in expected.items()
        )
        yield key, total_of(((_said(row), count) for row, count in rows), base)


def _said(row: NumberSummary) -> SaidNumber:
    return SaidNumber(row.value if row.value is not None else ZERO, row.at_most if row.at_least else row.value)
