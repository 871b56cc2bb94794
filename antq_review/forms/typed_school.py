"""What a person typed of a new school, on a terminal or in the page, as a `NewSchool`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from antq_review.errors import UsageError
from antq_review.forms.new_school import NewSchool, faults, levels_named, units_named, youth_named
from antq_review.text import tell

#: Field → how the typed words become its value.
_READ: dict[str, Callable[[str], Any]] = {"levels": levels_named, "youth_body": youth_named, "units": units_named}


def school_from(options: Mapping[str, str]) -> NewSchool:
    """The school of the options: field → what was typed; blank: not given. Raises UsageError for the first fault."""
    school = NewSchool(**{name: value_of(name, written) for name, written in options.items() if written.strip()})
    for fault in faults(school).values():
        raise UsageError(fault)
    return school


def value_of(name: str, written: str) -> Any:
    """The value of one field. Raises UsageError for words that mean none. Any: by the field."""
    if name == "year":
        if not (written.strip().isascii() and written.strip().isdecimal()):
            raise UsageError(tell("templates.start.year_not", given=written))
        return int(written)
    return _READ.get(name, str.strip)(written)
