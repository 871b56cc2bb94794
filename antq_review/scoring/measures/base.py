"""The register of measures, and the ways of counting that all measures use (outcomes, part 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from antq_review.errors import RulebookError
from antq_review.forms.choices import UnitKind
from antq_review.forms.columns import CellKind, Row
from antq_review.forms.rows.school import Unit
from antq_review.forms.sheets import table_named
from antq_review.ingest.model import EvidenceRow
from antq_review.period import quarter
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.model.outcome import ONE, ZERO, Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import Message, listing, tell
from antq_review.text.message import Param

Function = Callable[[EvidenceWindow, Filter], Measurement]
#: Table → further tables that its measures read. Tables that are only read by a code (the activity of a joint action,
#: the paper of an incident) are not needed here: no row of the evidence contains the code of a row that a step adds.
_ALSO_READS = {"self_scores": ("meetings", "documents"), "documents": ("self_scores", "meetings")}
READ_BY_ALL = frozenset({"profile", "headcounts", "units"})


@dataclass(frozen=True)
class RegisteredMeasure:
    """One registered measure: the tables that it reads, the filters that it accepts, its unit.

    The unit `rate` is a fraction of 1.
    """

    name: str
    tables: tuple[str, ...]
    filters: frozenset[str]
    unit: str
    function: Function

    @cached_property
    def reads(self) -> frozenset[str]:
        """The tables on which its result may rest, beside those that every result may rest on (`READ_BY_ALL`)."""
        return frozenset(self.tables).union(*(_ALSO_READS.get(table, ()) for table in self.tables))

    @cached_property
    def rests_on(self) -> frozenset[str]:
        """All that a step must leave as it is, so that its result stays: tables, and forms as they are declared."""
        tables = self.reads | READ_BY_ALL
        return tables.union(table_named(table)[0].name for table in tables)


_REGISTRY: dict[str, RegisteredMeasure] = {}


def measure(*tables: str, unit: str, filters: Iterable[str] = ()) -> Callable[[Function], Function]:
    """Register a function under its own name, with the tables that it reads."""

    def register(function: Function) -> Function:
        _REGISTRY[function.__name__] = RegisteredMeasure(function.__name__, tables, frozenset(filters), unit, function)
        return function

    return register


def registry() -> Mapping[str, RegisteredMeasure]:
    """Every measure by name."""
    return MappingProxyType(_REGISTRY)


def evaluate(name: str, look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Run a measure. Raises RulebookError for an unknown measure, or for a filter that the measure does not accept."""
    entry = _REGISTRY.get(name)
    if entry is None:
        raise RulebookError(tell("scoring.unknown_measure", measure=name))
    if not wanted.keys() <= entry.filters:
        strange = sorted(wanted.keys() - entry.filters)
        raise RulebookError(tell("scoring.unknown_filter", measure=name, filter=listing(strange)))
    function, unit = entry.function, entry.unit
    return look.index.once(
        ("measure", name, look.period, look.as_of, look.year, tuple(wanted.items())),
        lambda: function(look, wanted).model_copy(update={"measure": name, "unit": unit}), *entry.rests_on,
    )


def _result(
    look: EvidenceWindow, tables: Sequence[str], low: Decimal, high: Decimal | None, cells: Iterable[CellRef], *,
    count: Decimal | None = None, base: Decimal | None = None, reasons: Iterable[Reason] = (), notes: Iterable[Message] = (),
) -> Measurement:
    """Build a measurement. An open interval gets the reasons of its forms; without cells it gets the declarations."""
    found = list(dict.fromkeys(reasons))
    if low != high:
        found += [why for table in tables for why in look.why_open(table) if why not in found]
    shown = tuple(dict.fromkeys(cells))
    if not shown:
        shown = tuple(cell for table in tables for cell in look.declaration(table))
    return Measurement(
        measure="", unit="", low=low, high=high, count=count, base=base, cells=shown, reasons=tuple(found),
        notes=tuple(notes),
    )


def all_closed(look: EvidenceWindow, tables: Iterable[str]) -> bool:
    """Is the form of every table declared complete up to the window's end?"""
    return all(map(look.closed, tables))


def all_refused(look: EvidenceWindow, tables: Iterable[str]) -> int:
    """The number of refused rows in all the tables."""
    return sum(map(look.refused, tables))


def counted(
    look: EvidenceWindow, tables: Sequence[str], number: int, cells: Iterable[CellRef], *, maybe: int = 0,
    reasons: Iterable[Reason] = (), notes: Iterable[Message] = (),
) -> Measurement:
    """A count of n rows, with r refused rows: `[n, n + maybe + r]` on closed forms, `[n, ∞)` on open ones.

    `maybe`: further rows that may match.
    """
    low = Decimal(number)
    refused = all_refused(look, tables)
    high = low + maybe + refused if all_closed(look, tables) else None
    return _result(look, tables, low, high, cells, count=low, reasons=reasons, notes=notes)


def summed(
    look: EvidenceWindow, tables: Sequence[str], number: Decimal | int, cells: Iterable[CellRef], *, maybe: Decimal | int | None = 0,
    reasons: Iterable[Reason] = (), notes: Iterable[Message] = (),
) -> Measurement:
    """A sum of numbers in rows: `[n, n + maybe]` on closed forms, `[n, ∞)` on open ones.

    A refused row may contain any number, so the sum has no upper end. `maybe` None: a number is blank, with the same
    effect.
    """
    low = Decimal(number)
    high = low + maybe if maybe is not None and certain(look, tables) else None
    return _result(look, tables, low, high, cells, count=low, reasons=reasons, notes=notes)


def covered(
    look: EvidenceWindow, tables: Sequence[str], number: int, base: int, cells: Iterable[CellRef], notes: Iterable[Message] = (),
    *, maybe: int = 0, reasons: Iterable[Reason] = (),
) -> Measurement:
    """k different values of a fixed list of B: `[k/B, min(1, (k + maybe + r)/B)]` closed, `[k/B, 1]` open.

    r: refused rows. `maybe`: further values that may be reached. B = 0: unknown.
    """
    if base == 0:
        return unknown_rate(look, tables, [base_unknown("list")], notes)
    low = Decimal(number) / base
    possible = number + maybe + all_refused(look, tables)
    high = min(ONE, Decimal(possible) / base) if all_closed(look, tables) else ONE
    return _result(look, tables, low, high, cells, count=Decimal(number), base=Decimal(base), reasons=reasons, notes=notes)


def shared(
    look: EvidenceWindow, tables: Sequence[str], good: int, every: int, cells: Iterable[CellRef], *, maybe: int = 0,
    vacuous: bool = False, reasons: Iterable[Reason] = (), notes: Iterable[Message] = (),
) -> Measurement:
    """Share of rows that meet a condition: `[k/(n + r), (k + maybe + r)/(n + r)]` closed, `[0, 1]` open.

    k is `good`, n is `every`: the rows that belong to the base. r: refused rows. `maybe`: rows of the base whose result
    is not known. An empty base on closed forms gives 1 when `vacuous` (nothing to report), else unknown.
    """
    if not all_closed(look, tables):
        return _result(look, tables, ZERO, ONE, cells, count=Decimal(good), base=Decimal(every), reasons=reasons, notes=notes)
    refused = all_refused(look, tables)
    if every + refused == 0:
        if vacuous:
            return _result(look, tables, ONE, ONE, (), count=ZERO, base=ZERO, notes=notes)
        return unknown_rate(look, tables, [base_unknown(tables[0])], notes)
    low, high = Decimal(good) / (every + refused), Decimal(good + maybe + refused) / (every + refused)
    return _result(look, tables, low, high, cells, count=Decimal(good), base=Decimal(every), reasons=reasons, notes=notes)


def certain(look: EvidenceWindow, tables: Sequence[str]) -> bool:
    """Is every form closed and no row refused? If not, a rate that one more row can raise or lower is from 0 to 1."""
    return all_closed(look, tables) and not all_refused(look, tables)


def unknown_rate(
    look: EvidenceWindow, tables: Sequence[str], reasons: Iterable[Reason], notes: Iterable[Message] = ()
) -> Measurement:
    """A rate that is not known: `[0, 1]` with the reasons."""
    return _result(look, tables, ZERO, ONE, (), reasons=reasons, notes=notes)


def interval_rate(
    look: EvidenceWindow, tables: Sequence[str], low: Decimal, high: Decimal, cells: Iterable[CellRef], *,
    count: Decimal | None = None, base: Decimal | None = None, reasons: Iterable[Reason] = (), notes: Iterable[Message] = (),
) -> Measurement:
    """A rate whose two ends the measure has computed itself."""
    return _result(look, tables, low, high, cells, count=count, base=base, reasons=reasons, notes=notes)


def in_quarter(look: EvidenceWindow, wanted: Filter) -> tuple[EvidenceWindow, Filter]:
    """The window of the quarter that the filter `quarter` names, and the other filters; without it: both as they are."""
    if "quarter" not in wanted:
        return look, wanted
    rest = {name: values for name, values in wanted.items() if name != "quarter"}
    return look.within(quarter(look.year, int(wanted["quarter"][0]))), rest


def base_unknown(table: str) -> Reason:
    """The reason that the base of a rate, or a limit, is not given."""
    return reason("base_unknown", table, what=tell(f"scoring.bases.{table}"))


def no_units(look: EvidenceWindow, kinds: Iterable[str]) -> Reason:
    """The reason that there is no unit to look at: the profile names none at all, or none of these kinds."""
    labels = [UnitKind.label_of(kind) for kind in kinds if kind in UnitKind.labels()]
    if not labels or not look.evidence.of(Unit) or look.refused("units"):
        return base_unknown("units")
    return reason("base_unknown", "units", what=tell("scoring.bases.units_of_kind", kinds=listing(f"«{label}»" for label in labels)))


def cells_blank(rows: Sequence[EvidenceRow[Row]], name: str) -> list[Reason]:
    """The reason that a cell which the measure needs is blank in these rows; no rows: no reason.

    Its step never asks for the day of something that was not done.
    """
    if not rows:
        return []
    sheet, table = table_named(rows[0].table)
    column = next(column for column in table.row.columns() if column.name == name)
    kind = "day" if column.kind in (CellKind.DATE, CellKind.MOMENT) else ""
    return [reason("cell_blank", some_of(row.id for row in rows), kind, form=sheet.title, column=rows[0].heading(name))]


def some_of(words: Iterable[str]) -> Param:
    """The words, sorted: the first five of them, then “…”."""
    return first_of(sorted(words), 5)


def first_of(items: Sequence[Param], limit: int, separator: str = ", ") -> Param:
    """The first `limit` items as one parameter of a message, with “…” if there are more."""
    first = listing(items[:limit], separator)
    return tell("scoring.and_more", first=first) if len(items) > limit else first
