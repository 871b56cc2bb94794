"""The school of `antq templates`: from the options, and asked on a terminal where they leave something out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from antq_review.errors import AntqError
from antq_review.forms import choices as lists
from antq_review.forms.new_school import NewSchool, faults
from antq_review.forms.typed_school import value_of
from antq_review.text import say

#: What is asked, in this order.
_ASKED = (
    "school_code", "year", "name", "levels", "commune", "province", "superior_body", "units", "youth_body", "signer", "signer_post",
)


def may_ask() -> bool:
    """Is a person there who can answer?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


def completed(school: NewSchool, answer: Callable[[str], str] = input) -> NewSchool:
    """The school with the answers to what is not known yet. A blank answer leaves it open; the end of the input, all that follows."""
    print(say("templates.start.intro"))
    for name in (name for name in _ASKED if getattr(school, name) in (None, ())):
        try:
            school = _asked(school, name, answer)
        except EOFError:
            print()
            break
    return school


def _asked(school: NewSchool, name: str, answer: Callable[[str], str]) -> NewSchool:
    """The school with one answer; asked again while it cannot be used."""
    usual = school.youth.label if school.youth is not None else ""
    places = {"known": "; ".join(one.label for one in lists.LevelsTaught), "usual": usual}
    question = say(f"templates.start.ask.{name}", **places)
    while written := answer(f"{question}: ").strip():
        try:
            found = school.model_copy(update={name: value_of(name, written)})
        except AntqError as fault:
            print(f"  {fault}")
            continue
        if name not in (wrong := faults(found)):
            return found
        print(f"  {wrong[name]}")
    return school


def said_of(school: NewSchool, duties: int) -> Iterator[str]:
    """What a person must know about the workbooks of a new school. `duties`: rows of the catalogue in its plan sheet."""
    yield say("templates.start.plan_offered", count=duties)
    if school.units:
        yield say("templates.start.units_made", names="; ".join(unit.name for unit in school.units))
    if school.in_scope is False and school.levels is not None:
        yield say("templates.start.out_of_scope", levels=school.levels.label)
