"""How the verbs declare their options and arguments: the words stand in text/cli.toml under the same key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from antq_review.cli.help import Command
from antq_review.text import say

#: The function of a verb.
Verb = TypeVar("Verb", bound=Callable[..., None])


def option(key: str, *names: str, least: int | None = None) -> object:
    """An option with a value. `least`: the smallest number it takes."""
    return typer.Option(*names, help=say(f"cli.help.{key}"), show_default=False, metavar=say(f"cli.metavars.{key}"), min=least)


def switch(key: str, name: str) -> object:
    """An option that is on or off."""
    return typer.Option(name, help=say(f"cli.help.{key}"), show_default=False)


def argument(key: str) -> object:
    """What stands without a name."""
    return typer.Argument(help=say(f"cli.help.{key}"), show_default=False, metavar=say(f"cli.metavars.{key}"))


def verbs(app: typer.Typer, prefix: str = "") -> Callable[[str], Callable[[Verb], Verb]]:
    """A decorator that gives a function to an app as a verb; its help is the text `prefix` + name, `-` as `_`."""

    def verb(name: str) -> Callable[[Verb], Verb]:
        key = prefix + name.replace("-", "_")
        return app.command(name, cls=Command, help=say(f"cli.help.{key}"), options_metavar=say("cli.metavars.options"))

    return verb


Out = Annotated[Path, option("out", "--out")]
AsOf = Annotated[str, option("as_of", "--as-of")]
AsJson = Annotated[bool, switch("as_json", "--json")]
Workers = Annotated[int | None, option("workers", "--workers", least=1)]
#: Where results go without `--out`.
OUTPUTS = Path("outputs")
