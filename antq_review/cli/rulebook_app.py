"""The verbs of `antq rulebook` and their arguments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from antq_review.cli.help import Group
from antq_review.cli.options import argument, verbs
from antq_review.text import say

rulebook_app = typer.Typer(
    cls=Group, help=say("cli.help.rulebook"), no_args_is_help=True, rich_markup_mode=None,
    subcommand_metavar=say("cli.metavars.command"), options_metavar=say("cli.metavars.options"),
)
_verb = verbs(rulebook_app, "rulebook_")


@_verb("list")
def list_all() -> None:
    from antq_review.cli.rulebook import list_rulebooks

    list_rulebooks()


@_verb("show")
def show(text_id: Annotated[str, argument("text_id")]) -> None:
    from antq_review.cli.rulebook import show_rulebook

    show_rulebook(text_id)


@_verb("new")
def new(file: Annotated[Path, argument("score_table")]) -> None:
    from antq_review.cli.rulebook import new_score_table

    new_score_table(file)


@_verb("check")
def check(file: Annotated[Path, argument("score_table")]) -> None:
    from antq_review.cli.rulebook import check_score_table

    raise typer.Exit(check_score_table(file))
