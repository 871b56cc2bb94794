"""The words of the page and its templates: every word is a key of text/page.toml, nothing is trusted to be HTML."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from antq_review.text import day, number, say
from antq_review.version import VERSION

HERE = Path(__file__).parent


def words_of(key: str, /, **places: object) -> str:
    """A sentence of the page."""
    return say(f"page.{key}", **places)


def at(moment: datetime) -> str:
    """`14:05 ngày 16/11/2026`."""
    return words_of("at", time=f"{moment:%H:%M}", day=day(moment.date()))


def on(value: date | None) -> str:
    """A day; a dash for none."""
    return day(value) if value else "–"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(t=words_of, version=VERSION)
    made.filters.update(at=at, day=on, number=number)
    return made


def page(template: str, **values: object) -> str:
    """A template filled in."""
    return _environment().get_template(template).render(values)
