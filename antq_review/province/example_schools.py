"""Fictional schools for the example province: their names, and summaries varied from those of the two example schools.

A varied summary keeps what a real one keeps: results follow from criteria, kinds of incidents add up to all, staff and pupils too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from antq_review.forms.choices.safety import IncidentKind
from antq_review.forms.choices.school import IN_SCOPE_LEVELS, LevelsTaught
from antq_review.package.model import (
    CriterionSummary,
    EvidenceHashes,
    GoalSummary,
    NumberSummary,
    OwnResult,
    Range,
    Summary,
    TextSummary,
)
from antq_review.package.sense import result_of
from antq_review.package.summarise import summary_of
from antq_review.places.versions import Kind, Version
from antq_review.province.roll_up import CIRCULAR
from antq_review.scoring.model.goals import GoalStatus
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import EXAMPLE_DAY, EXAMPLE_SCHOOLS, example_folder
from antq_review.text import say, words

#: Schools of each level among forty.
_LEVELS = (
    (LevelsTaught.KINDERGARTEN, 9), (LevelsTaught.PRIMARY, 11), (LevelsTaught.LOWER_SECONDARY, 8), (LevelsTaught.PRIMARY_LOWER, 4),
    (LevelsTaught.UPPER_SECONDARY, 5), (LevelsTaught.PRIMARY_LOWER_UPPER, 2), (LevelsTaught.CONTINUING, 1),
)
_PUPILS = {"primary_pupils": "primary", "lower_secondary_pupils": "lower", "upper_secondary_pupils": "upper"}
_TAUGHT: dict[LevelsTaught, tuple[str, ...]] = {
    LevelsTaught.PRIMARY: ("primary",), LevelsTaught.LOWER_SECONDARY: ("lower",), LevelsTaught.PRIMARY_LOWER: ("primary", "lower"),
    LevelsTaught.UPPER_SECONDARY: ("upper",), LevelsTaught.PRIMARY_LOWER_UPPER: ("primary", "lower", "upper"),
    LevelsTaught.CONTINUING: ("upper",),
}
#: Schools with a reason to look again: the same evidence file in two, a conclusion against the evidence.
_TWINS, _CONTRADICTS = ("90000006", "90000010"), "90000021"
_STAFF = ("people.managers", "people.teachers", "people.employees", "people.contract_staff", "people.guards")


@dataclass(frozen=True)
class ExampleSchool:
    """One fictional school."""

    code: str
    name: str
    levels: LevelsTaught
    commune: str


def example_schools(count: int) -> list[ExampleSchool]:
    """Fictional schools of all levels; of forty the same share as `_LEVELS` says. Each commune has about twelve."""
    spread = [levels for levels, share in _LEVELS for _ in range(share)]
    said = words("province")["example"]
    communes: list[str] = said["communes"]
    found = []
    for place in range(count):
        levels = spread[place * 7 % len(spread)]  # 7 and 40 have no common factor: every level appears, none in a row
        numbered = say("province.example.commune", number=place // 12 + 1)
        commune = numbered if count > 12 * len(communes) else communes[place % len(communes)]
        name = say("province.example.school", kind=said["kinds"][levels.value], number=place + 1)
        found.append(ExampleSchool(f"{90_000_000 + place + 1:08d}", name, levels, commune))
    return found


@cache
def example_summaries() -> dict[str, Summary]:
    """The summaries of the two example schools as a final version says them."""
    version = Version(Path(), Kind.FINAL, 1)
    return {
        name: summary_of(review_evidence(read_folder(example_folder(name)), date.fromisoformat(EXAMPLE_DAY)), version)
        for name in EXAMPLE_SCHOOLS
    }


def varied(bases: dict[str, Summary], school: ExampleSchool, random: Random) -> Summary:
    """The summary of a fictional school."""
    base = bases["thpt" if "upper" in _TAUGHT.get(school.levels, ()) else "th_thcs"]
    who = replace(
        base.school, code=school.code, name=school.name, levels=LevelsTaught.label_of(school.levels), commune=school.commune,
        province=say("province.example.province"), class_count=random.randint(6, 40),
    )
    kinds = random.choices((IncidentKind.THEFT, IncidentKind.TRAFFIC, IncidentKind.SCHOOL_VIOLENCE, IncidentKind.CYBER),
                           k=random.choice((0, 0, 0, 1, 1, 2, 3)))
    by_kind = {kind.value: kinds.count(kind) for kind in sorted(set(kinds))}
    declared = None if random.random() < 0.1 else base.incidents.declared_until
    incidents = replace(base.incidents, verified=len(kinds), by_kind=by_kind, declared_until=declared)
    tables = {name: tuple(_lines(rows, school.levels, random.uniform(0.4, 1.6), by_kind)) for name, rows in base.tables.items()}
    if declared is None:
        tables["PL7"] = tuple(_undeclared(tables["PL7"]))
    judged = [one for one in base.texts if one.id != CIRCULAR or school.levels in IN_SCOPE_LEVELS]
    texts = tuple(_text(text, random) for text in judged)
    if school.code == _CONTRADICTS:
        texts = tuple(_contradicting(text) for text in texts)
    update: dict[str, object] = {"school": who, "incidents": incidents, "tables": tables, "texts": texts, "draft": False}
    update["goals"] = tuple(_goal(goal, random) for goal in base.goals)
    update["evidence"] = _evidence(school.code)
    return base.model_copy(update=update)


def _evidence(code: str) -> EvidenceHashes:
    """Three files of the school's own; of the twins one is the same."""
    names = [f"{code}/{number}" for number in range(3)] + (["together"] if code in _TWINS else [])
    return EvidenceHashes(own=tuple(sorted(hashlib.sha256(name.encode()).hexdigest()[:32] for name in names)))


# --- the texts ---------------------------------------------------------------------------------------------------------


def _text(text: TextSummary, random: Random) -> TextSummary:
    if text.total is None:
        criteria = tuple(_concluded(one, random.choices((Truth.YES, Truth.NO, Truth.UNKNOWN), (94, 3, 3))[0]) for one in text.criteria)
        changed = replace(text, criteria=criteria, draft=False)
        return replace(changed, result=result_of(changed), official=_official(criteria))
    criteria = tuple(_with_points(one, random) for one in text.criteria)
    lost = sum((old.low or Decimal(0)) - (new.low or Decimal(0)) for old, new in zip(text.criteria, criteria, strict=True))
    assert text.range is not None
    high = text.range.high if text.range.high is not None else text.range.low
    left = Range(low=text.range.low - lost, high=high - lost)
    return replace(text, criteria=criteria, range=left, draft=False, bands=() if lost else text.bands)


def _contradicting(text: TextSummary) -> TextSummary:
    """The meeting concluded the first criterion of the circular otherwise than the evidence says."""
    first, *rest = text.criteria
    return text if text.id != CIRCULAR else replace(text, criteria=(replace(first, computed=Truth.NO, conflict=True), *rest))


def _concluded(one: CriterionSummary, truth: Truth) -> CriterionSummary:
    """A criterion as a meeting concluded it. What the evidence says follows, unless the meeting left it open."""
    reasons = ("needs_judgement",) if truth is Truth.UNKNOWN else ()
    return replace(one, computed=truth, settled=truth, own=OwnResult(truth=truth), conflict=False, reasons=reasons)


def _official(criteria: tuple[CriterionSummary, ...]) -> TextResult:
    truths = {one.settled for one in criteria}
    return TextResult.NOT_MET if Truth.NO in truths else TextResult.INSUFFICIENT if Truth.UNKNOWN in truths else TextResult.MET


def _with_points(one: CriterionSummary, random: Random) -> CriterionSummary:
    """One criterion in six loses a point."""
    if one.low is None or one.low != one.high or one.low < 2 or random.random() > 1 / 6:
        return one
    left = one.low - 1
    own = replace(one.own, points=left) if one.own is not None and one.own.points is not None else one.own
    return replace(one, low=left, high=left, own=own)


def _goal(goal: GoalSummary, random: Random) -> GoalSummary:
    """One sentence of the plan in twelve is still open, one in twenty-five is not carried out."""
    drawn = random.random()
    if drawn > 1 / 12 + 1 / 25:
        return goal
    status = GoalStatus.OPEN if drawn < 1 / 12 else GoalStatus.NOT_MET
    reasons = ("undeclared",) if status is GoalStatus.OPEN else ()
    return replace(goal, status=status, parts=tuple(replace(one, status=status, reasons=reasons) for one in goal.parts))


# --- the numbers -------------------------------------------------------------------------------------------------------


def _lines(rows: tuple[NumberSummary, ...], levels: LevelsTaught, factor: float, by_kind: dict[str, int]) -> Iterator[NumberSummary]:
    """The lines of one table for a school of these levels, with more or fewer people, and with its own incidents."""
    kept = [one for one in rows if _PUPILS.get(one.key.split(".")[-1]) in (None, *_TAUGHT.get(levels, ()))]
    found = {one.key: _scaled(one, factor) for one in kept}
    pupils = [one for one in found.values() if one.key.startswith("people.") and one.key.split(".")[-1] in _PUPILS]
    for total, parts in (("people.staff", [found[key] for key in _STAFF if key in found]), ("people.pupils", pupils)):
        if total in found and parts:
            found[total] = replace(found[total], value=sum((one.value or Decimal(0) for one in parts), Decimal(0)))
    for one in found.values():
        if one.key.startswith("incidents."):
            yield replace(one, value=Decimal(_incidents(one.key.removeprefix("incidents."), by_kind)))
        else:
            yield one


def _undeclared(rows: tuple[NumberSummary, ...]) -> Iterator[NumberSummary]:
    """The lines of a form that is not closed: what is there is a lower bound, what is not there is not known and not sent."""
    for one in rows:
        if not one.key.startswith("incidents."):
            yield one
        elif one.value:
            yield replace(one, at_least=True)


def _scaled(one: NumberSummary, factor: float) -> NumberSummary:
    if one.value is None or one.value < 10 or not one.key.startswith(("people.", "attendances.")):
        return one
    return replace(one, value=Decimal(round(float(one.value) * factor)))


def _incidents(line: str, by_kind: dict[str, int]) -> int:
    """Each incident happened inside, by a pupil, and ended in a talk."""
    if line in ("all", "closed", "place.inside", "outcome.educated", "offender.pupils", "pupils"):
        return sum(by_kind.values())
    return by_kind.get(line, 0)
