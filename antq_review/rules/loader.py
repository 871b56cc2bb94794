"""Reading rulebooks. A faulty rulebook is refused with a message that names the file and the entry."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from antq_review.errors import RulebookError
from antq_review.rules.mapping import mapping_faults
from antq_review.rules.model import Award, Cap, Deduction, Provision, Reading, Rulebook
from antq_review.source import Frozen
from antq_review.text import Message, listing, tell

RULES = Path(__file__).parent
#: No text of the law is near it.
MOST_BYTES = 4 << 20


class RegisterEntry(Frozen):
    """One text in the register. `completes`: id of the text that it completes, which is in force at the same time."""

    id: str
    folder: str
    kind: str
    scope: str
    effective_from: date
    effective_to: date | None = None
    completes: str | None = None


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file, with numbers as Decimal. Raises RulebookError with the file's name."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RulebookError(tell("rules.not_toml", file=path.name, why=f"> {MOST_BYTES} byte"))
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, RecursionError) as fault:  # a number of 5000 digits and a deep list are no error of TOML to tomllib
        raise RulebookError(tell("rules.not_toml", file=path.name, why=str(fault))) from fault


def load(folder: Path) -> Rulebook:
    """The rulebook of one folder (`text.toml`, `criteria.toml`, and `bands.toml` where the classes are known).

    Raises RulebookError for an unknown key, a missing citation or quote, points that do not sum to the declared total, a
    repeated id, bands that leave a gap or overlap.
    """
    data = read_toml(folder / "text.toml") | read_toml(folder / "criteria.toml")
    if (folder / "bands.toml").exists():
        data |= read_toml(folder / "bands.toml")
    try:
        rulebook = Rulebook.model_validate(data)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RulebookError(tell("rules.bad_entry", file=folder.name, entry=where, why=first["msg"])) from fault
    for why in (*faults(rulebook), *_mapping_faults(rulebook)):
        raise RulebookError(tell("rules.refused", file=folder.name, why=why))
    return rulebook


def _mapping_faults(found: Rulebook) -> Iterator[Message]:
    """Faults of the mapping, for each older text in it. The older text must be in the register."""
    for older in dict.fromkeys(mapping.older for mapping in found.mapping):
        yield from mapping_faults(found, rulebook(older))


def provisions(provision: Provision) -> Iterator[Provision]:
    """The provision and all provisions below it, also those in its readings."""
    yield provision
    for part in provision.parts:
        yield from provisions(part)
    for reading in provision.readings:
        for part in reading.parts:
            yield from provisions(part)


def faults(rulebook: Rulebook) -> Iterator[Message]:
    """All faults for which the loader refuses a rulebook, one sentence each."""
    yield from _repeated(rulebook.criteria)
    for criterion in rulebook.criteria:
        for provision in provisions(criterion):
            yield from _provision_faults(provision)
    yield from _point_faults(rulebook)
    yield from _band_faults(rulebook)
    yield from _extra_faults(rulebook)


def _repeated(siblings: Sequence[Provision | Reading]) -> Iterator[Message]:
    """Two criteria, two parts of one provision or two of its readings with the same id."""
    ids = [one.id for one in siblings]
    for repeated in sorted({name for name in ids if ids.count(name) > 1}):
        yield tell("rules.repeated", id=repeated)


def _provision_faults(provision: Provision) -> Iterator[Message]:
    if not str(provision.citation).strip() or not provision.text.strip():
        yield tell("rules.no_citation", id=provision.id)
    yield from _repeated(provision.parts)
    yield from _repeated(provision.readings)
    for reading in provision.readings:
        yield from _repeated(reading.parts)
    inner = bool(provision.parts) + bool(provision.readings)
    if provision.award in (Award.ALL_OF, Award.ANY_OF):
        if inner != 1:
            yield tell("rules.needs_parts", id=provision.id)
    elif inner:
        yield tell("rules.no_parts", id=provision.id)
    needs_measure = provision.award in (Award.THRESHOLD, Award.STEPS, Award.PER_UNIT, Award.NONE_OF)
    if needs_measure and not provision.measure:
        yield tell("rules.needs_measure", id=provision.id)
    if provision.award is Award.THRESHOLD and _bounds(provision) != 1:
        yield tell("rules.needs_bound", id=provision.id)
    if provision.award is Award.STEPS and not provision.steps:
        yield tell("rules.needs_steps", id=provision.id)
    if provision.award is Award.PER_UNIT and provision.points_per_unit is None:
        yield tell("rules.needs_steps", id=provision.id)
    if len(provision.readings) == 1:
        yield tell("rules.one_reading", id=provision.id)


def _bounds(provision: Provision) -> int:
    """Number of conditions in the provision's bound; exactly one is allowed."""
    bound = provision.bound
    return 0 if bound is None else sum(value is not None for value in (bound.at_least, bound.at_most, bound.equals))


def _point_faults(rulebook: Rulebook) -> Iterator[Message]:
    points = [criterion.points for criterion in rulebook.criteria]
    if rulebook.total is None:
        if any(value is not None for value in points):
            yield tell("rules.points_without_total")
        return
    if any(value is None for value in points):
        yield tell("rules.points_missing")
    elif sum((value for value in points if value is not None), Decimal(0)) != rulebook.total:
        yield tell("rules.sum_differs", total=str(rulebook.total))


def _band_faults(rulebook: Rulebook) -> Iterator[Message]:
    bounds = [band.at_least for band in rulebook.bands]
    if not bounds:
        return
    if bounds != sorted(set(bounds), reverse=True):
        yield tell("rules.bands_overlap")
    if bounds[-1] != 0:
        yield tell("rules.bands_gap")
    if rulebook.total is None or bounds[0] > rulebook.total:
        yield tell("rules.bands_total")


def _extra_faults(rulebook: Rulebook) -> Iterator[Message]:
    """Headings before an unknown criterion; caps with an unknown class or no bound; missing citations and texts."""
    criteria, classes = {criterion.id for criterion in rulebook.criteria}, {band.name for band in rulebook.bands}
    for heading in rulebook.headings:
        if heading.before not in criteria:
            yield tell("rules.heading_astray", id=heading.id)
    for cap in rulebook.caps:
        if cap.highest not in classes:
            yield tell("rules.cap_unknown_class", id=cap.id, name=cap.highest)
        if cap.measure and cap.bound is None:
            yield tell("rules.needs_bound", id=cap.id)
    extras: list[Deduction | Cap] = [*rulebook.deductions, *rulebook.caps]
    for extra in extras:
        if not str(extra.citation).strip() or not extra.text.strip():
            yield tell("rules.no_citation", id=extra.id)


@cache
def register() -> tuple[RegisterEntry, ...]:
    """The entries of the register, in its order. Raises RulebookError as `check_register` does."""
    entries = tuple(RegisterEntry.model_validate(entry) for entry in read_toml(RULES / "REGISTER.toml")["text"])
    check_register(entries)
    return entries


def check_register(entries: tuple[RegisterEntry, ...]) -> None:
    """Raise RulebookError where two texts of one kind and scope are in force on one day.

    A text and the text that it completes are allowed together.
    """
    for index, first in enumerate(entries):
        for second in entries[index + 1 :]:
            completes = first.id == second.completes or second.id == first.completes
            same = (first.kind, first.scope) == (second.kind, second.scope)
            if same and not completes and _meet(first, second):
                raise RulebookError(tell("rules.two_in_force", first=first.id, second=second.id))


def _meet(first: RegisterEntry, second: RegisterEntry) -> bool:
    """Are both texts in force on some day?"""
    return first.effective_from <= (second.effective_to or date.max) and second.effective_from <= (
        first.effective_to or date.max
    )


@cache
def rulebook(text_id: str) -> Rulebook:
    """The rulebook with that id in the register. Raises RulebookError for an unknown id or a faulty rulebook."""
    for entry in register():
        if entry.id == text_id:
            return load(RULES / entry.folder)
    raise RulebookError(tell("rules.unknown", id=text_id, known=listing(entry.id for entry in register())))


def quoted(text: str) -> str:
    """The form of a quote for comparison with its source: without emphasis marks, with single spaces."""
    return re.sub(r"\s+", " ", text.replace("*", "")).strip()
