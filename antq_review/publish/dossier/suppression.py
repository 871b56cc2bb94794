"""Which numbers a public copy does not print: in a small school, a count of few cases identifies a child.

A number of 1 or 2 among incidents or pupils in need is hidden, and with it every number from which it could be worked
out: a sum, the other parts of the sum, a difference. A 0 is printed: it concerns no child. Which lines belong together is
declared with the lines, in `scoring/numeric/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from antq_review.forms.sheets import PRIVATE_TABLES
from antq_review.scoring.measures import registry
from antq_review.scoring.model.numeric_tables import NumericRow
from antq_review.scoring.model.outcome import Measurement
from antq_review.scoring.numeric.tables import line_of
from antq_review.text import fold, words

Key = tuple[str, str]
#: The smallest number above 0 that may be printed.
FEW = 3


def is_few(value: Decimal | None) -> bool:
    """Must a public copy hide this number?"""
    return value is not None and 0 < value < FEW


def few_of(rows: Mapping[Key, NumericRow]) -> frozenset[Key]:
    """The cells that a public copy does not print: small numbers, and the numbers that reveal them."""
    private = {key: line.privacy for key in rows if rows[key].value and (line := line_of(*key)) is not None and line.privacy is not None}
    hidden = {own.group for key, own in private.items() if not own.follows and is_few(rows[key].value)}
    for (table, name), own in private.items():
        for other in own.less:
            less = private.get((table, other))
            if less is not None and _is_few_apart(rows[table, name], rows[table, other]):
                hidden |= {own.group, less.group}
    return frozenset(key for key, own in private.items() if own.group in hidden)


def _is_few_apart(row: NumericRow, less: NumericRow) -> bool:
    return row.value is not None and less.value is not None and is_few(row.value - less.value)


def is_private(measurement: Measurement | None) -> bool:
    """Does a measurement count incidents, discipline or pupils in need?"""
    if measurement is None or measurement.measure not in registry():
        return False
    return not PRIVATE_TABLES.isdisjoint(registry()[measurement.measure].tables)


def tells_few(text: str) -> bool:
    """Does a text that people wrote mention one or two cases, pupils or children?"""
    return re.search(words("dossier")["few_in_words"], fold(text)) is not None
