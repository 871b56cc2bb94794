"""The officer's acts: a new folder, a check of what arrived, a roll-up. What arrived is never touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from antq_review.collector import without_collector
from antq_review.errors import CannotDo, UsageError
from antq_review.files import no_folder, reason_of, write_whole
from antq_review.places.move import move_set, settle
from antq_review.places.staging import staging
from antq_review.province.arrival import arrivals_of
from antq_review.province.arrival_register import entered
from antq_review.province.choose import choose
from antq_review.province.officer_folder import ARRIVALS, REGISTER, Fault, blank_folder, read_officer
from antq_review.province.outputs import STORED, write_roll_up
from antq_review.province.receive import Kept, received
from antq_review.province.returns import with_officer_days
from antq_review.province.roll_up import RollUp, rolled_up
from antq_review.province.slips import write_slips
from antq_review.province.stored import StoredRollUp, compared_with, load_stored
from antq_review.text import tell

#: Where the outputs of a roll-up lie below OUT.
FOLDER, PUBLIC = "tong_hop", "_cong_khai"


def new_folder(folder: Path, year: int, last: Path | None = None) -> list[Path]:
    """Make the officer's folder of a year, with the list and codes of `last`, last year's folder.

    Raises UsageError for a year that none is, CannotDo where a file of it exists or it cannot be written.
    """
    if not 2022 <= year <= 2099:
        raise UsageError(tell("cli.bad_year", year=year))
    files = dict(blank_folder(year, read_officer(last) if last is not None else None))
    settle(folder)
    for name in (*files, REGISTER):
        if (folder / name).exists():
            raise CannotDo(tell("province.folder.exists", folder=folder, name=name))
    try:
        (folder / ARRIVALS).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=folder, why=reason_of(fault))) from fault
    with staging(folder) as workshop:
        for name, content in files.items():
            write_whole(workshop / name, content)
        return list(move_set(workshop, folder).values())


@dataclass(frozen=True)
class Looked:
    """The roll-up of what lies in the folder, and the faults of the officer's own workbooks and register."""

    found: RollUp
    faults: tuple[Fault, ...]
    files: int
    packages: int


def look(
    folder: Path, as_of: date, today: date, told: Callable[[int, int], None] = lambda _done, _all: None, kept: Kept | None = None
) -> Looked:
    """Read everything in the officer's folder and roll it up as of a day. `kept`: as `received` takes it.

    A content that is new gets the day `today` in the register. Raises UsageError where the folder is none, CannotDo as
    `read_officer` does.
    """
    if not folder.is_dir():
        raise no_folder(folder)
    officer = read_officer(folder)
    with without_collector():
        arrived = list(received(folder / ARRIVALS, told, kept=kept))
    seed = officer.settings.seed
    register = entered(folder / REGISTER, [one.package for one in arrived if one.package is not None], today, seed)
    faults = [*officer.faults, *(Fault(REGISTER, "", "", says) for says in register.faults)]
    arrivals = arrivals_of(arrived, register.days)
    arrivals, wrong_days = with_officer_days(officer, arrivals, today)
    faults += wrong_days
    choice = choose(officer, arrivals, as_of)
    found = rolled_up(officer.settings, choice, arrived, as_of, register.seeds.get(seed))
    return Looked(found, (*faults, *choice.faults), len(arrived), len(arrivals))


def give_slips(
    folder: Path, out: Path, today: date, told: Callable[[int, int], None] = lambda _done, _all: None
) -> tuple[Looked, list[Path]]:
    """Look, and write the slips of decisions that have none yet to `OUT/tong_hop/<year>/phieu/`.

    Raises UsageError for an OUT inside the officer's folder.
    """
    looked = look(_apart(folder, out), today, today, told)
    return looked, write_slips(looked.found, out / FOLDER / str(looked.found.settings.year))


def _notebook(roll_up: StoredRollUp) -> dict[str, bytes]:
    from antq_review.province.notebook import executed

    return {"tong_hop.ipynb": executed(roll_up)}


def _nothing(_: StoredRollUp) -> dict[str, bytes]:
    return {}


def _apart(folder: Path, out: Path) -> Path:
    if out.resolve().is_relative_to(folder.resolve()):
        raise UsageError(tell("province.folder.out_inside", out=out, folder=folder))
    return folder


def roll_up(
    folder: Path, out: Path, as_of: date, today: date, told: Callable[[int, int], None] = lambda _done, _all: None,
    public: bool = False, previous: Sequence[Path] = (), notebook: bool = False,
) -> tuple[Looked, dict[str, Path]]:
    """Look, and write the roll-up as `write_tables` does. Raises UsageError for an OUT inside the officer's folder."""
    earlier = [load_stored(path) for path in previous]
    looked = look(_apart(folder, out), as_of, today, told)
    return looked, write_tables(looked, out, public, earlier, notebook)


def write_tables(
    looked: Looked, out: Path, public: bool = False, earlier: Sequence[StoredRollUp] = (), notebook: bool = False
) -> dict[str, Path]:
    """Write the roll-up to `OUT/tong_hop/<year>/`, its public copy to `OUT/tong_hop/<year>_cong_khai/`.

    `notebook`: notebook 5 too, executed. `earlier`: roll-ups of the year before or of an earlier day of this year, to compare
    with. What an earlier public copy in OUT hid, this year's or last year's, a new one hides too. Raises UsageError for a roll-up
    of another year.
    """
    year = looked.found.settings.year
    copies = (place_of(out, one, True) / STORED for one in (year - 1, year))
    hiding = [load_stored(path) for path in copies if public and path.is_file()]
    compared = compared_with([*earlier, *hiding], year)
    with without_collector():
        return write_roll_up(looked.found, place_of(out, year, public), public, compared, _notebook if notebook else _nothing)


def place_of(out: Path, year: int, public: bool) -> Path:
    """The folder of a year's roll-up, or of its public copy."""
    return out / FOLDER / f"{year}{PUBLIC if public else ''}"
