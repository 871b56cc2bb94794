"""The tables of incidents and numbers, T7 and T8; in a public copy without any number from which a case could be found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from antq_review.forms.choices.safety import IncidentKind
from antq_review.package.model import Summary
from antq_review.province import figures
from antq_review.province.choose import Standing
from antq_review.province.frame import Frame, Row
from antq_review.province.hide import hidden
from antq_review.province.levels import level_order
from antq_review.province.roll_up import RollUp, level_of
from antq_review.province.stored import Compared, StoredNumber, StoredRollUp
from antq_review.province.totals import Total, share
from antq_review.scoring.numeric.tables import group_of, line_of
from antq_review.text import number, percent, say


def incident_table(found: RollUp, public: bool = False, compared: Compared = Compared()) -> Frame:  # noqa: B008 (immutable)
    """T7: verified incidents by kind and level. `public`: small numbers, and those that give them away, are not printed.

    What an earlier public copy hid is hidden here too. Where it joined the levels otherwise, only the sum over all levels is
    printed: from two ways of joining, hidden cells could be worked out.
    """
    level = found.joined(level_of, say("province.by.other_level")) if public else level_of
    levels = sorted((name for name, _ in found.groups(level)), key=level_order)
    if public and compared.heads - {_heads(levels)}:
        levels = []
    kinds = list(IncidentKind.labels().items())
    columns = [_of_level(found, level, name) for name in (*levels, None)]
    asked = [*(kind for kind, _ in kinds), ""]
    by_level = [figures.incidents_by_kind(counted, base, asked) for counted, base in columns]
    totals = [list(row) for row in zip(*by_level, strict=True)]
    labels = [*(label for _, label in kinds), say("province.by.all")]
    heads = _heads(levels)
    before = frozenset(
        (at, place) for at, label in enumerate(labels) for place, head in enumerate(heads) if (label, head) in compared.hidden
    )
    cells = [[int(one.low) for one in row[:-1] or row] for row in totals[:-1]]
    closed = hidden(cells, found.settings.threshold, before) if public else frozenset()
    if not levels:  # the one column is its own total
        closed |= frozenset((at, 0) for at, _ in closed)
    rows: list[Row] = [
        (label, *(say("province.tables.T7.hidden") if (at, place) in closed else _shown(total, public) for place, total in enumerate(row)))
        for at, (label, row) in enumerate(zip(labels, totals, strict=True))
    ]
    headings = (say("province.tables.T7.kind"), *heads)
    widths = (30.0, *(21.0 for _ in headings[1:]))
    return Frame("T7", tuple(rows), frozenset({len(rows) - 1}), _notes(found, public), tuple(zip(headings, widths, strict=True)))


def _heads(levels: Sequence[str]) -> tuple[str, ...]:
    return (*(name or say("province.by.unnamed") for name in levels), say("province.by.all"))


def _shown(total: Total, public: bool) -> str:
    """A number of incidents. To the public a 0 is printed where every school of the cell has declared, else nothing is known."""
    return say("province.tables.T7.unknown") if public and not total.low and not total.is_closed else str(total)


def _notes(found: RollUp, public: bool) -> tuple[str, ...]:
    base = len(found.counted)
    declared = sum(figures.declares_all(summary) for _, summary in found.counted)
    checked = sum(summary.incidents.police_checked_on is not None for _, summary in found.counted)
    notes = [say("province.tables.T7.declared", share=share(declared, base)), say("province.tables.T7.checked", share=share(checked, base))]
    return (*notes, say("province.tables.T7.few", few=found.settings.threshold)) if public else tuple(notes)


def _of_level(found: RollUp, level: Callable[[Standing], str], name: str | None) -> tuple[list[tuple[Standing, Summary]], int]:
    """The schools of a level whose figures count, and how many must report. `name` None: of all levels."""
    own = [one for one in found.standings if one.state.is_expected and (name is None or level(one) == name)]
    return [(one, one.counted.summary) for one in own if one.counted is not None], len(own)


def number_table(found: RollUp, public: bool = False, last_year: StoredRollUp | None = None) -> Frame:
    """T8: every number of PL1–PL9 that can be added up, beside last year's.

    `public`: no line about incidents, discipline or pupils in need.
    """
    then = last_year.numbers if last_year is not None else {}
    rows: list[Row] = []
    for (table, key), total in sorted(found.numbers.items(), key=lambda one: one[0][0]):
        line = line_of(table, key)
        if line is None or line.unit == "percent" or (public and line.privacy is not None):
            continue
        form = say("province.tables.T8.table", id=table, title=say(f"numeric.titles.{table}"))
        named = (str(group_of(table, key)), str(line.title(found.settings.year)), say(f"numeric.units.{line.unit}"))
        rows.append((form, *named, str(total), total.known, *_beside(total, then.get(f"{table}.{key}"))))
    notes = [say(f"province.tables.T8.{name}") for name in ("note", "beside" if then else "alone", *(() if public else ("largest",)))]
    return Frame("T8", tuple(rows), notes=tuple(notes))


def _beside(now: Total, stored: StoredNumber | None) -> tuple[str | None, str | None]:
    """Last year's sum, and the change: only between two sums that are exact."""
    if stored is None:
        return None, None
    then = stored.total
    if not (now.is_closed and then.is_closed):
        return str(then), None
    change = now.low - then.low
    said = {"sign": "+" if change > 0 else "−" if change < 0 else "", "change": number(abs(change))}
    if then.low <= 0 or not change:
        return str(then), say("province.tables.T8.change", **said)
    return str(then), say("province.tables.T8.change_share", percent=percent(abs(change) / then.low), **said)
