"""A roll-up in a notebook: opened, shown table by table, as DataFrames; and notebook 5 executed beside the other outputs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import UsageError
from antq_review.places.temporary import temporary_folder
from antq_review.province.frame import Frame
from antq_review.province.stored import StoredRollUp, StoredTable, compared_with, load_stored
from antq_review.publish.tables.dataframe import DAY, TEXT, WHOLE, of_headings
from antq_review.shipped import shipped
from antq_review.text import day, say, tell, words

if TYPE_CHECKING:
    from IPython.display import HTML

    from antq_review.publish.tables.dataframe import DataFrame

NOTEBOOK = "5_tong_hop.ipynb"


def open_roll_up(folder: str = "", as_of: str = "", previous: str = "", public: str = "", roll_up_file: str = "") -> StoredRollUp:
    """The roll-up for a notebook.

    `roll_up_file`: a stored tong_hop.json; nothing is read anew. Without it, the officer's `folder` is read as of a day
    (dd/mm/yyyy; empty: today). `previous`: stored roll-ups to compare with, separated by semicolons; `public`: any word: the
    tables of the public copy.

    >>> roll_up = antq.open_roll_up(folder=place, as_of="20/11/2099")
    >>> len(roll_up.tables)
    14
    """
    from antq_review.province.outputs import kept, tables_of
    from antq_review.province.work import look
    from antq_review.publish.notebook.progress import shown_progress
    from antq_review.scoring.pipeline import read_day

    if roll_up_file:
        return load_stored(Path(roll_up_file))
    if not folder:
        raise UsageError(tell("province.stored.no_folder"))
    earlier = [load_stored(Path(name.strip())) for name in previous.split(";") if name.strip()]
    with shown_progress() as files:
        looked = look(Path(folder), read_day(as_of), date.today(), files)
    is_public = bool(public.strip())
    tables = tables_of(looked.found, is_public, compared_with(earlier, looked.found.settings.year))
    return kept(looked.found, tables, is_public)


def show_roll_up(roll_up: StoredRollUp) -> HTML:
    """Page one: the sentences of the roll-up."""
    from antq_review.province.outputs import template  # the face loads no template engine

    title, as_of = say("province.roll_up.heading", year=roll_up.year), say("province.roll_up.on", day=day(roll_up.as_of))
    return _html(template("lines.html.j2").render(title=title, as_of=as_of, lines=roll_up.lines))


def show_roll_up_table(roll_up: StoredRollUp, key: str) -> HTML:
    """One table (T1 … T14), or that it is empty, or that the public copy has none."""
    from antq_review.province.outputs import template

    table = roll_up.tables.get(key, StoredTable(columns=(), rows=(), notes=(say("province.stored.not_public"),)))
    return _html(template("table.html.j2").render(frame=table, title=Frame(key, ()).title, empty=say("province.roll_up.empty")))


def roll_up_table(roll_up: StoredRollUp, key: str) -> DataFrame:
    """One table (T1 … T14) as a DataFrame.

    A column of whole numbers is Int64, one of days datetime64, every other one string; what is unknown is <NA>. A table that
    a public copy does not contain has neither columns nor rows. Raises UsageError for another key.
    """
    table = _table(roll_up, key)
    columns = {str(place): (heading, _kind(table, place)) for place, heading in enumerate(table.columns)}
    rows = [{str(place): _value(value, columns[str(place)][1]) for place, value in enumerate(row)} for row in table.rows]
    return of_headings(columns, rows)


def _table(roll_up: StoredRollUp, key: str) -> StoredTable:
    if key not in words("province")["tables"]:
        raise UsageError(tell("province.stored.no_table", key=key, known=", ".join(roll_up.tables)))
    return roll_up.tables.get(key, StoredTable(columns=(), rows=(), notes=()))


def _kind(table: StoredTable, place: int) -> str:
    values = [row[place] for row in table.rows if row[place] is not None]
    if values and all(isinstance(value, int) for value in values):
        return WHOLE
    return DAY if values and all(isinstance(value, date) for value in values) else TEXT


def _value(value: str | int | date | None, kind: str) -> str | int | date | None:
    return value if kind != TEXT or value is None else str(value)


def _html(text: str) -> HTML:
    from IPython.display import HTML

    return HTML(text)  # type: ignore[no-untyped-call]  # IPython does not type its constructors


def executed(roll_up: StoredRollUp) -> bytes:
    """Notebook 5 executed on a roll-up. Raises CannotDo where it stops."""
    from antq_review.publish.notebook.run import execute, written

    with temporary_folder() as workshop:
        path = workshop / "tong_hop.json"
        path.write_bytes(roll_up.to_json())
        return written(execute(shipped("notebooks") / NOTEBOOK, {"roll_up_file": str(path)}, shown={"roll_up_file": path.name}))
