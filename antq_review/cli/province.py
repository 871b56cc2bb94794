"""`antq province`: the officer's folder, what arrived in it, and the roll-up of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.text import number, say

if TYPE_CHECKING:
    from antq_review.province.work import Looked


def make_folder(folder: Path, year: int, last: Path | None) -> int:
    """Make the officer's folder. Returns 0."""
    from antq_review.province.work import new_folder

    for path in new_folder(folder, year, last):
        print(f"  {path}")
    print(say("province.folder.made", folder=folder))
    return 0


def check_arrivals(folder: Path, as_json: bool = False) -> int:
    """Read everything and decide nothing. Returns 1 where the officer must look at something, else 0."""
    from antq_review.cli.as_json import of_roll_up, print_json
    from antq_review.cli.progress import progress
    from antq_review.province.work import look

    with progress() as (files, _):
        looked = look(folder, date.today(), date.today(), files)
    if as_json:
        print_json(of_roll_up(looked, {}))
        return exit_code(looked)
    for one in looked.found.unreadable:
        print(f"{one.shown}: {one.refused}" + (f" ({one.hint})" if one.hint else ""))
    return _told(looked)


def make_roll_up(folder: Path, out: Path, as_of: str, public: bool, previous: Sequence[Path] = (), as_json: bool = False) -> int:
    """Write the roll-up. Returns 1 where the officer must look at something, else 0."""
    from antq_review.cli.as_json import of_roll_up, print_json
    from antq_review.cli.progress import progress
    from antq_review.province.outputs import head_lines
    from antq_review.province.work import roll_up
    from antq_review.publish.excel.load_alone import load_openpyxl_alone
    from antq_review.scoring.pipeline import read_day

    load_openpyxl_alone()
    with progress() as (files, _):
        looked, paths = roll_up(folder, out, read_day(as_of), date.today(), files, public, previous, notebook=True)
    if as_json:
        print_json(of_roll_up(looked, paths))
        return exit_code(looked)
    for line in head_lines(looked.found, public):
        print(line)
    for name, path in paths.items():
        if name.endswith((".html", ".xlsx")):
            print(say("province.roll_up.made", path=path))
    return _told(looked)


def make_slips(folder: Path, out: Path) -> int:
    """Write the slips of new decisions. Returns 1 where the officer must look at something, else 0."""
    from antq_review.cli.progress import progress
    from antq_review.province.work import give_slips

    with progress() as (files, _):
        looked, paths = give_slips(folder, out, date.today(), files)
    for path in paths:
        print(f"  {path}")
    print(say("province.slips.made", count=number(len(paths))))
    return _told(looked)


def _told(looked: Looked) -> int:
    found = looked.found
    unmatched = len(found.choice.strangers) + len(found.choice.other_years)
    schools = sum(one.has_arrived for one in found.standings)
    print(
        say(
            "province.roll_up.checking", files=number(looked.files), packages=number(looked.packages), schools=number(schools),
            unreadable=number(len(found.unreadable)), unmatched=number(unmatched),
        )
    )
    if looked.faults:
        print(say("province.roll_up.faults", count=number(len(looked.faults))))
        for fault in looked.faults:
            print(f"  {fault.place}: {fault.says}")
    return exit_code(looked)


def exit_code(looked: Looked) -> int:
    """1 where the officer must look at something, else 0."""
    choice = looked.found.choice
    return 1 if looked.found.unreadable or choice.strangers or choice.other_years or looked.faults else 0
