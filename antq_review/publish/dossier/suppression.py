"""Which numbers a public copy does not print: in a small school, a count of few cases identifies a child.

A number of 1 or 2 among incidents or pupils in need is hidden, and with it every number from which it could be worked
out: a sum, the other parts of the sum, a difference. A 0 is printed: it concerns no child.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from antq_review.forms.sheets import PRIVATE_TABLES
from antq_review.scoring.measures import registry
from antq_review.scoring.model.numeric_tables import NumericRow
from antq_review.scoring.model.outcome import Measurement
from antq_review.text import fold, words

Key = tuple[str, str]
#: The smallest number above 0 that may be printed.
FEW = 3
#: Lines of PL7 that are not part of its sum of incidents; each is judged by itself.
_APART = ("incidents.unverified", "incidents.pupils", "incidents.staff", "incidents.outsiders")


def is_few(value: Decimal | None) -> bool:
    """Must a public copy hide this number?"""
    return value is not None and 0 < value < FEW


def few_of(rows: Mapping[Key, NumericRow]) -> frozenset[Key]:
    """The cells that a public copy does not print: small numbers, and the numbers that reveal them."""
    found = _without_support(rows)
    for group in _groups(rows):
        there = [key for key in group if rows[key].value]
        if any(is_few(rows[key].value) for key in there) or _is_few_apart(there, rows):
            found.update(there)
    return frozenset(found)


def _groups(rows: Mapping[Key, NumericRow]) -> list[list[Key]]:
    """Groups of cells that add up, or from which one another can be worked out."""
    pl7 = [key for key in rows if key[0] == "PL7"]
    linked = [[key for key in pl7 if key[1] not in _APART], *([key] for key in pl7 if key[1] in _APART)]
    for name in ("at_risk", "supported"):
        linked.append([key for key in rows if key[0] == "PL8" and key[1].startswith(f"support.{name}_")])
    linked.append([key for key in rows if key == ("PL8", "support.counselled")])
    reports = [key for key in rows if key == ("PL2", "documents.incident_report")]
    linked.append([*reports, *(key for key in rows if reports and key == ("PL2", "documents.all"))])
    return [_with_total_only_if_part_is_few(group, rows) for group in linked]


def _is_few_apart(group: list[Key], rows: Mapping[Key, NumericRow]) -> bool:
    """Is the sum of all months only 1 or 2 larger than the largest month? Then some other month has only 1 or 2."""
    values = {key[1].rpartition("_")[2]: rows[key].value for key in group if key[0] == "PL8"}
    total, most = values.get("sum"), values.get("most")
    return total is not None and most is not None and is_few(total - most)


def _without_support(rows: Mapping[Key, NumericRow]) -> set[Key]:
    """The cells of pupils at risk and pupils supported, where their difference is one or two pupils without support."""
    values = {key[1]: row.value for key, row in rows.items() if key[0] == "PL8" and row.value}
    names = ("most", "sum")
    pairs = [(values.get(f"support.at_risk_{name}"), values.get(f"support.supported_{name}")) for name in names]
    if not any(risk is not None and helped is not None and is_few(risk - helped) for risk, helped in pairs):
        return set()
    return {("PL8", key) for key in values if key.startswith(("support.at_risk_", "support.supported_"))}


def _with_total_only_if_part_is_few(group: list[Key], rows: Mapping[Key, NumericRow]) -> list[Key]:
    """The sum of all papers is no private number: it is hidden only together with the reports of incidents."""
    if group and group[0][0] == "PL2" and not is_few(rows[group[0]].value):
        return []
    return group


def is_private(measurement: Measurement | None) -> bool:
    """Does a measurement count incidents, discipline or pupils in need?"""
    if measurement is None or measurement.measure not in registry():
        return False
    return not PRIVATE_TABLES.isdisjoint(registry()[measurement.measure].tables)


def tells_few(text: str) -> bool:
    """Does a text that people wrote mention one or two cases, pupils or children?"""
    return re.search(words("dossier")["few_in_words"], fold(text)) is not None
