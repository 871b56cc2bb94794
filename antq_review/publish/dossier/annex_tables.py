"""The annex tables PL1–PL10 as rows of text: this year beside last year, groups, notes, periods."""

from __future__ import annotations

from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.field_schema import Fields
from antq_review.publish.dossier.number_names import figure_names
from antq_review.publish.dossier.papers import names_itself
from antq_review.publish.dossier.sentences import raised
from antq_review.publish.tables.numbers import NumberLine, NumberTable, number_tables, period
from antq_review.scoring.model.numeric_tables import NumericTable
from antq_review.text import say, words

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
TABLES = tuple(f"PL{number}" for number in range(1, 11))


def annex_tables(case: Case) -> list[Fields]:
    """Every table of the review, with last year's numbers."""
    return [_table(case, table) for table in number_tables(case.review, case.previous)]


def annex_fields(case: Case) -> Fields:
    """`annex_tables`, and each table by its own name. A table that an older review does not have is empty."""
    tables = annex_tables(case)
    by_id = {table["id"]: table for table in tables}
    return {"annex_tables": tables, **{f"annex_{name.lower()}": by_id.get(name) or _empty(name) for name in TABLES}}


def _roman(name: str) -> str:
    return _ROMAN[int(name.removeprefix("PL")) - 1]


def _table(case: Case, table: NumberTable) -> Fields:
    one, lines, group, notes = table.table, list[Fields](), "", _notes(table)
    for line in table.lines:
        if line.row.group and str(line.row.group) != group:
            group = str(line.row.group)
            lines.append({**_blank(), "is_group": True, "group": group, "label": group})
        lines.append(_line(case, one.id, line, group))
    return {
        "id": one.id, "roman": _roman(one.id), "name": str(one.title).upper(), "pointer": say("dossier.on_page", roman=_roman(one.id)),
        "period": _period(one), "has_before": table.has_before, "before_heading": say("dossier.year_heading", year=case.review.year - 1),
        "now_heading": say("dossier.year_heading", year=case.review.year), "notes": notes,
        "has_notes": bool(notes), "lines": lines,
    }


def _period(table: NumericTable) -> str:
    """The period of a table: its two days with a hyphen between them, as in the rest of the document."""
    return raised(period(table)).replace("\u2013", "-")


def _notes(table: NumberTable) -> list[str]:
    """The notes of a table, without the one about numbers that no form asks for: it is for the school alone."""
    unasked = words("numeric")["not_asked"].get(table.table.id, "")
    own = say("numeric.notes.not_asked", what=unasked)
    return [note for note in table.notes if not unasked or note != own]


def _line(case: Case, table: str, line: NumberLine, group: str) -> Fields:
    key = (table, line.row.key)
    hidden = key in case.cells.hidden, key in case.before.hidden
    fields = {
        **_blank(), "place": str(line.place), "group": group, "label": str(line.row.label), "unit": str(line.row.unit),
        "change": say("dossier.dash"),
    }
    if table == "PL10" and line.row.key in case.hidden_points | case.hidden_points_before:
        shown = say("dossier.hidden")
        return {**fields, "before": shown, "now": shown}
    return {
        **fields, "before": case.before.shown(*key), "now": case.cells.shown(*key),
        "change": fields["change"] if any(hidden) else line.change,
        "note": "" if hidden[0] or names_itself(case, *key) else line.note,
    }


def _blank() -> Fields:
    return {"is_group": False, "group": "", "place": "", "label": "", "unit": "", "before": "", "now": "", "change": "", "note": ""}


def _empty(name: str) -> Fields:
    return {
        "id": name, "roman": _roman(name), "name": say(f"numeric.titles.{name}").upper(), "period": "", "has_before": False,
        "before_heading": "", "pointer": say("dossier.on_page", roman=_roman(name)), "now_heading": "", "notes": [],
        "has_notes": False, "lines": [],
    }


def figure_fields(case: Case) -> Fields:
    """Every cell of both years under its name (`pl7_incidents_all`), for a form that needs single numbers."""
    names = figure_names()
    return {
        "figure": {name: case.cells.shown(*cell) for name, cell in names.items()},
        "figure_before": {name: case.before.shown(*cell) for name, cell in names.items()},
    }
