"""The verbs of `antq rulebook` and their arguments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from antq_review.cli.help import Command, Group
from antq_review.text import say

#: The function of a verb.
Verb = TypeVar("Verb", bound=Callable[..., None])

rulebook_app = typer.Typer(
    cls=Group, help=say("cli.help.rulebook"), no_args_is_help=True, rich_markup_mode=None,
    subcommand_metavar=say("cli.metavars.command"), options_metavar=say("cli.metavars.options"),
)


def _verb(name: str) -> Callable[[Verb], Verb]:
    return rulebook_app.command(name, cls=Command, help=say(f"cli.help.rulebook_{name}"), options_metavar=say("cli.metavars.options"))


def _argument(key: str) -> object:
    return typer.Argument(help=say(f"cli.help.{key}"), show_default=False, metavar=say(f"cli.metavars.{key}"))


@_verb("list")
def list_all() -> None:
    from antq_review.cli.rulebook import list_rulebooks

    list_rulebooks()


@_verb("show")
def show(text_id: Annotated[str, _argument("text_id")]) -> None:
    from antq_review.cli.rulebook import show_rulebook

    show_rulebook(text_id)


@_verb("new")
def new(file: Annotated[Path, _argument("score_table")]) -> None:
    from antq_review.cli.rulebook import new_score_table

    new_score_table(file)


@_verb("check")
def check(file: Annotated[Path, _argument("score_table")]) -> None:
    from antq_review.cli.rulebook import check_score_table

    raise typer.Exit(check_score_table(file))
