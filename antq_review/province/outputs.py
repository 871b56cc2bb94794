"""What a roll-up writes: `tong_hop.html` and `tong_hop.xlsx` from the same frames, `tong_hop.json`, and the manifest last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from antq_review.errors import CannotDo
from antq_review.files import reason_of, write_whole
from antq_review.places.lock import locked
from antq_review.places.manifest import MANIFEST, hashes_of, manifest_bytes
from antq_review.places.move import move_set
from antq_review.places.staging import staging
from antq_review.province import figures
from antq_review.province import roll_up as sums
from antq_review.province.choose import ReportState
from antq_review.province.frame import Cell, Frame
from antq_review.province.frames import frames, public_frames
from antq_review.province.roll_up import Receipt, RollUp
from antq_review.province.stored import Compared, StoredRollUp, StoredTable, numbers_of, schools_of
from antq_review.province.totals import share
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult
from antq_review.text import day, number, say, tell

STORED = "tong_hop.json"
#: So many criteria stand on page one.
_MOST_NAMED = 5


def write_roll_up(
    found: RollUp, place: Path, public: bool = False, compared: Compared = Compared(),  # noqa: B008 (immutable)
    beside: Callable[[StoredRollUp], dict[str, bytes]] = lambda _: {},
) -> dict[str, Path]:
    """Write a roll-up into its folder, whole or not at all. Returns name → path. Raises CannotDo where it cannot be written.

    `public`: the copy that may leave the office. `beside`: further files made from the roll-up, by name.
    """
    tables, mark = tables_of(found, public, compared), "public" if public else "internal"
    files = {"tong_hop.html": html(found, tables, mark).encode("utf-8"), "tong_hop.xlsx": workbook(found, tables, mark)}
    roll_up = kept(found, tables, public)
    files |= {STORED: roll_up.to_json()} | beside(roll_up)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    with locked(place), staging(place) as workshop:
        for name, content in files.items():
            write_whole(workshop / name, content)
        about = {"year": found.settings.year, "as_of": found.as_of.isoformat(), "outputs": hashes_of(workshop)}
        write_whole(workshop / MANIFEST, manifest_bytes("", about))
        return move_set(workshop, place, last=MANIFEST)


def head_lines(found: RollUp, public: bool = False) -> list[str]:
    """The sentences of page one, in the words that an office copies into its own report. `public`: none about its own work."""
    p = Receipt.of(found.standings)
    result = sums.results_124(found.counted)
    waiting = sum(one.state is not ReportState.UNDECIDED and bool(one.waiting) for one in found.standings)
    undated = p.received - p.on_time - p.late
    lines = [
        say(
            "province.roll_up.received", share=share(p.received, p.expected), on_time=number(p.on_time), late=number(p.late),
            undated=say("province.roll_up.undated", count=number(undated)) if undated else "", not_sent=number(p.not_sent),
        ),
        say("province.roll_up.counted", counted=number(p.counted), **{one.value: number(result[one]) for one in TextResult}),
    ]
    if public:  # the total of incidents stands in its table, hidden where it must be
        return lines
    return [
        *lines,
        say("province.roll_up.incidents", total=figures.incidents(found.counted, p.expected)),
        say(
            "province.roll_up.to_do", not_sent=number(p.not_sent), waiting=number(waiting), undecided=number(p.undecided),
            unreadable=number(len(found.unreadable)), unmatched=number(len(found.choice.strangers) + len(found.choice.other_years)),
        ),
    ]


def _under(found: RollUp) -> list[str]:
    as_of = say("province.roll_up.as_of", day=day(found.as_of), due=day(found.settings.due_on))
    return [*([found.settings.body] if found.settings.body else []), as_of]


def workbook(found: RollUp, tables: Sequence[Frame], mark: str) -> bytes:
    """One sheet a table. `mark`: internal or public."""
    from antq_review.publish.excel.table_book import TablePage, table_book  # with openpyxl, for a command that writes

    pages = [TablePage(one.sheet, one.title, _under(found), one.columns, one.rows, one.notes, one.sums) for one in tables]
    return table_book(pages, say(f"province.roll_up.{mark}"))


def template(name: str) -> Template:
    """A template of this room; it escapes every text."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )
    environment.filters["cell"] = shown
    return environment.get_template(name)


def html(found: RollUp, tables: Sequence[Frame], mark: str) -> str:
    """One self-contained page without scripts and without a link that leads out."""
    p = Receipt.of(found.standings)
    labels = [heading for heading, _ in tables[0].columns]
    results = sums.results_124(found.counted)
    bar = [(one.value, say(f"province.result.{one}"), results[one]) for one in TextResult if results[one]]
    return template("page.html.j2").render(
        bar=bar, first_label=say("province.roll_up.first"), first=_missed_most(found),
        title=say("province.roll_up.heading", year=found.settings.year), body=found.settings.body, as_of=_under(found)[-1],
        mark=say(f"province.roll_up.{mark}"), disclaimer=say("province.roll_up.disclaimer"), empty=say("province.roll_up.empty"),
        figures=[
            (labels[3], f"{number(p.received)}/{number(p.expected)}", share(p.received, p.expected)),
            (labels[4], number(p.on_time), share(p.on_time, p.expected)), (labels[10], number(p.counted), share(p.counted, p.expected)),
        ],
        lines=head_lines(found, public=mark == "public"), frames=tables,
    )


def _missed_most(found: RollUp) -> list[str]:
    """The criteria that most schools do not meet, five at most."""
    missed = sorted((one for one in sums.criteria(found.counted) if one.truths[Truth.NO]), key=lambda one: -one.truths[Truth.NO])
    return [
        say("province.roll_up.missed", text=one.text, id=one.id, title=one.title, share=share(one.truths[Truth.NO], one.base))
        for one in missed[:_MOST_NAMED]
    ]


def shown(value: Cell) -> str:
    """A cell as the page prints it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else value


def tables_of(found: RollUp, public: bool, compared: Compared) -> list[Frame]:
    """The tables of the internal roll-up, or of the copy that may leave the office."""
    return public_frames(found, compared) if public else frames(found, compared)


def kept(found: RollUp, tables: Sequence[Frame], public: bool) -> StoredRollUp:
    """The roll-up as it is stored and shown in a notebook; of the public copy without the schools."""
    return StoredRollUp(
        year=found.settings.year, as_of=found.as_of, schools={} if public else schools_of(found),
        numbers={} if public else numbers_of(found),
        lines=tuple(head_lines(found, public)), tables={one.key: StoredTable.of(one) for one in tables},
    )
