"""`antq doctor`: what of the toolkit's surroundings is there on this machine, what is missing, and what it is needed for."""

from __future__ import annotations

import os
import struct
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

from packaging.requirements import Requirement

from antq_review.errors import CannotDo
from antq_review.text import day, say
from antq_review.version import VERSION

_PACKAGE = "antq-review"


class Presence(Enum):
    THERE = "there"
    OPTIONAL = "optional"  # missing, and only some work needs it
    MISSING = "missing"  # nothing can be trusted to work without it


@dataclass(frozen=True)
class Part:
    """One thing looked for: `name` a key of cli.doctor.things (the name, and what it is needed for), `found` what is there."""

    name: str
    state: Presence
    found: str


def doctor(out: Path) -> int:
    """Print what is there and what is missing. Returns 0 where all is there, 1 where only some work lacks something, else 3."""
    lines = list(examine(out))
    print(say("cli.doctor.head", version=VERSION, day=day(date.today())))
    for line in lines:
        print(f"[{say(f'cli.doctor.states.{line.state.value}')}] {say(f'cli.doctor.things.{line.name}')}: {line.found}")
        if line.state is not Presence.THERE:
            print("    " + say(f"cli.doctor.needed.{line.name}"))
    states = {line.state for line in lines}
    worst = Presence.MISSING if Presence.MISSING in states else Presence.OPTIONAL if Presence.OPTIONAL in states else Presence.THERE
    print(say(f"cli.doctor.sum.{worst.value}"))
    return {Presence.THERE: 0, Presence.OPTIONAL: 1, Presence.MISSING: 3}[worst]


def examine(out: Path) -> Iterator[Part]:
    """Every line of the table, in the order of the work: run, write, show, then what only some work needs."""
    yield _python()
    yield _packages("packages", lambda one: one.marker is None, Presence.MISSING)
    yield _writable(out)
    yield _letters()
    yield _browser()
    yield _packages("lab", _of_extra("lab"), Presence.OPTIONAL)
    yield _office()
    yield _serif()


def _python() -> Part:
    found = f"{'.'.join(map(str, sys.version_info[:3]))}, {struct.calcsize('P') * 8} bit, {sys.executable}"
    wanted = Requirement(f"python{metadata(_PACKAGE)['Requires-Python']}").specifier
    fits = wanted.contains(".".join(map(str, sys.version_info[:3])))
    return Part("python", Presence.THERE if fits else Presence.MISSING, found)


def _of_extra(name: str) -> Callable[[Requirement], bool]:
    return lambda one: one.marker is not None and one.marker.evaluate({"extra": name}) and not one.marker.evaluate({"extra": ""})


def _packages(name: str, wanted: Callable[[Requirement], bool], otherwise: Presence) -> Part:
    """The packages that this one requires, each by its version."""
    asked = [one for one in map(Requirement, metadata(_PACKAGE).get_all("Requires-Dist", [])) if wanted(one)]
    faulty = [text for text in map(_unfit, asked) if text]
    if faulty:
        return Part(name, otherwise, ", ".join(faulty))
    return Part(name, Presence.THERE, say("cli.doctor.all_there", count=len(asked)))


def _unfit(wanted: Requirement) -> str:
    """Empty where the installed version is one that is wanted."""
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return say("cli.doctor.absent", name=wanted.name)
    fits = wanted.specifier.contains(found, prereleases=True)
    return "" if fits else say("cli.doctor.other_version", name=wanted.name, found=found, wanted=wanted.specifier)


def _writable(out: Path) -> Part:
    """Can a file be made where results go, or in the nearest folder above that exists?"""
    place = next(one for one in (out.absolute(), *out.absolute().parents) if one.is_dir())
    try:
        handle, name = tempfile.mkstemp(prefix="antq-", dir=place)
    except OSError as fault:
        return Part("writable", Presence.MISSING, f"{place} ({fault.strerror})")
    os.close(handle)
    Path(name).unlink()
    return Part("writable", Presence.THERE, str(place))


def _letters() -> Part:
    """Can the console show the letters of our own sentences?"""
    code = sys.stdout.encoding or "ascii"
    try:
        say("cli.doctor.things.letters").encode(code)
    except UnicodeEncodeError:
        return Part("letters", Presence.OPTIONAL, code)
    return Part("letters", Presence.THERE, code)


def _browser() -> Part:
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return Part("browser", Presence.OPTIONAL, say("cli.doctor.none"))
    return Part("browser", Presence.THERE, getattr(found, "name", type(found).__name__))


def _office() -> Part:
    from antq_review.publish.word.pdf import office

    try:
        return Part("office", Presence.THERE, office())
    except CannotDo:
        return Part("office", Presence.OPTIONAL, say("cli.doctor.none"))


def _serif() -> Part:
    from antq_review.publish.word.pdf import serif_font

    found = serif_font()
    return Part("serif", Presence.THERE if found else Presence.OPTIONAL, found or say("cli.doctor.none"))
