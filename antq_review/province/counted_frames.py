"""The tables of incidents and numbers, T7 and T8; in a public copy without any number from which a case could be found."""

from __future__ import annotations

from antq_review.forms.choices.safety import IncidentKind
from antq_review.package.model import Summary
from antq_review.province import figures
from antq_review.province.choose import Standing
from antq_review.province.frame import Frame, Row
from antq_review.province.hide import hidden
from antq_review.province.roll_up import Receipt, RollUp, level_of
from antq_review.province.totals import Total, share
from antq_review.scoring.numeric.tables import line_of
from antq_review.text import say


def incident_table(found: RollUp, public: bool = False, also: frozenset[tuple[str, str]] = frozenset()) -> Frame:
    """T7: verified incidents by kind and level. `public`: small numbers, and those that give them away, are not printed.

    `also`: row and column of the cells that an earlier public copy hid.
    """
    levels = [name for name, _ in found.groups(level_of)]
    kinds = list(IncidentKind.labels().items())
    columns = [_of_level(found, level) for level in (*levels, None)]
    totals = [[figures.incidents(counted, base, kind) for counted, base in columns] for kind, _ in (*kinds, ("", ""))]
    labels = [*(label for _, label in kinds), say("province.by.all")]
    heads = [*(level or say("province.by.unnamed") for level in levels), say("province.by.all")]
    before = frozenset((at, place) for at, label in enumerate(labels) for place, head in enumerate(heads) if (label, head) in also)
    cells = [[int(one.low) for one in row[:-1]] for row in totals[:-1]]
    closed = hidden(cells, found.settings.threshold, before) if public else frozenset()
    rows: list[Row] = [
        (label, *(say("province.tables.T7.hidden") if (at, place) in closed else _shown(total, public) for place, total in enumerate(row)))
        for at, (label, row) in enumerate(zip(labels, totals, strict=True))
    ]
    headings = (say("province.tables.T7.kind"), *heads)
    widths = (34.0, *(24.0 for _ in headings[1:]))
    return Frame("T7", tuple(rows), frozenset({len(rows) - 1}), _notes(found, public), tuple(zip(headings, widths, strict=True)))


def _shown(total: Total, public: bool) -> str:
    """A number of incidents. To the public a 0 is printed where every school of the cell has declared, else nothing is known."""
    return say("province.tables.T7.unknown") if public and not total.low and not total.is_closed else str(total)


def _notes(found: RollUp, public: bool) -> tuple[str, ...]:
    base = len(found.counted)
    declared = sum(figures.declares_all(summary) for _, summary in found.counted)
    checked = sum(summary.incidents.police_checked_on is not None for _, summary in found.counted)
    notes = [say("province.tables.T7.declared", share=share(declared, base)), say("province.tables.T7.checked", share=share(checked, base))]
    return (*notes, say("province.tables.T7.few", few=found.settings.threshold)) if public else tuple(notes)


def _of_level(found: RollUp, level: str | None) -> tuple[list[tuple[Standing, Summary]], int]:
    """The schools of a level whose figures count, and how many must report. None: of all levels."""
    own = [one for one in found.standings if one.state.is_expected and (level is None or level_of(one) == level)]
    return [(one, one.counted.summary) for one in own if one.counted is not None], len(own)


def number_table(found: RollUp, public: bool = False) -> Frame:
    """T8: every number of PL1–PL9 that can be added up. `public`: no line about incidents, discipline or pupils in need."""
    base = Receipt.of(found.standings).expected
    rows: list[Row] = []
    for (table, key), total in sorted(figures.numbers(found.counted, base).items(), key=lambda one: one[0][0]):
        line = line_of(table, key)
        if line is None or line.unit == "percent" or (public and line.privacy is not None):
            continue
        rows.append((table, str(line.title(found.settings.year)), say(f"numeric.units.{line.unit}"), str(total), total.known))
    return Frame("T8", tuple(rows), notes=(say("province.tables.T8.note"),))
