"""Sums of incidents and numbers over the schools whose packages count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from antq_review.forms.choices.safety import IncidentKind
from antq_review.forms.choices.school import PUPILS
from antq_review.package.model import IncidentsSummary, Summary
from antq_review.province.choose import Standing
from antq_review.province.levels import may_have
from antq_review.province.totals import SaidNumber, Total, total_of


def incidents(schools: Sequence[tuple[Standing, Summary]], base: int, kind: str = "") -> Total:
    """Verified incidents of one kind, or of all. A school that has not declared its whole year gives a lower bound only."""
    return incidents_by_kind(schools, base, [kind])[0]


def incidents_by_kind(schools: Sequence[tuple[Standing, Summary]], base: int, kinds: Sequence[str]) -> list[Total]:
    """The same for each of several kinds; an empty one means all."""
    said = [(summary.incidents, declares_all(summary)) for _, summary in schools]
    return [total_of((_incidents(found, kind, is_whole) for found, is_whole in said), base) for kind in kinds]


def _incidents(found: IncidentsSummary, kind: str, is_whole: bool) -> SaidNumber:
    count = Decimal(_of_kind(found, kind) if kind else found.verified)
    return SaidNumber(count, count if is_whole else None)


def _of_kind(found: IncidentsSummary, kind: str) -> int:
    """Incidents of a kind; those of kinds that this tool does not know are *other*, so that the lines add up to the total."""
    count = found.by_kind.get(kind, 0)
    if kind == IncidentKind.OTHER:
        count += sum(number for name, number in found.by_kind.items() if name not in IncidentKind.labels())
    return count


def declares_all(summary: Summary) -> bool:
    """Did the school declare its incidents to the end of the period, and is no line of them refused or unverified?"""
    found = summary.incidents
    until = max((text.data_until for text in summary.texts), default=summary.as_of)
    return found.declared_until is not None and found.declared_until >= until and not found.refused and not found.unverified


def numbers(schools: Sequence[tuple[Standing, Summary]], standings: Sequence[Standing]) -> dict[tuple[str, str], Total]:
    """(table, key) → the sum over schools, for every key that a school sent. `standings`: the schools of the list."""
    found: dict[tuple[str, str], dict[str, SaidNumber]] = {}
    for one, summary in schools:
        for table, rows in summary.tables.items():
            for row in rows:
                high = row.at_most if row.at_least else row.value
                low = row.value if row.value is not None else Decimal(0)
                found.setdefault((table, row.key), {})[one.code] = SaidNumber(low, high)
    expected = [one for one in standings if one.state.is_expected]
    return {place: total_of(said.values(), _base(place[1], said, expected)) for place, said in found.items()}


def _base(key: str, said: Mapping[str, SaidNumber], expected: Sequence[Standing]) -> int:
    """The schools that a line is asked of: of a line about the pupils of one level only those that can have such pupils."""
    audience = key.rpartition(".")[2]
    return sum(audience not in PUPILS or one.code in said or may_have(one, audience) for one in expected)
