"""The verbs of `antq province` and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from antq_review.cli.help import Command, Group
from antq_review.text import say

province_app = typer.Typer(
    cls=Group, help=say("cli.help.officer"), no_args_is_help=True, rich_markup_mode=None,
    subcommand_metavar=say("cli.metavars.command"), options_metavar=say("cli.metavars.options"),
)

OfficerFolder = Annotated[Path, typer.Argument(help=say("cli.help.officer_folder"), metavar=say("cli.metavars.officer_folder"))]

AsJson = Annotated[bool, typer.Option("--json", help=say("cli.help.as_json"), show_default=False)]


@province_app.command("new", cls=Command, help=say("cli.help.province_new"), options_metavar=say("cli.metavars.options"))
def new(
    folder: OfficerFolder,
    year: Annotated[int, typer.Option("--year", help=say("cli.help.year"), metavar=say("cli.metavars.year"))],
    last: Annotated[
        Path | None, typer.Option("--from", help=say("cli.help.province_last"), show_default=False, metavar=say("cli.metavars.last"))
    ] = None,
) -> None:
    from antq_review.cli.province import make_folder

    raise typer.Exit(make_folder(folder, year, last))


@province_app.command("check", cls=Command, help=say("cli.help.province_check"), options_metavar=say("cli.metavars.options"))
def check(folder: OfficerFolder, as_json: AsJson = False) -> None:
    from antq_review.cli.province import check_arrivals

    raise typer.Exit(check_arrivals(folder, as_json))


@province_app.command("return", cls=Command, help=say("cli.help.province_return"), options_metavar=say("cli.metavars.options"))
def give_slips(
    folder: OfficerFolder,
    out: Annotated[
        Path, typer.Option("--out", help=say("cli.help.out"), show_default=False, metavar=say("cli.metavars.out"))
    ] = Path("outputs"),
) -> None:
    from antq_review.cli.province import make_slips

    raise typer.Exit(make_slips(folder, out))


@province_app.command("roll-up", cls=Command, help=say("cli.help.province_roll_up"), options_metavar=say("cli.metavars.options"))
def roll_up(
    folder: OfficerFolder,
    out: Annotated[
        Path, typer.Option("--out", help=say("cli.help.out"), show_default=False, metavar=say("cli.metavars.out"))
    ] = Path("outputs"),
    public: Annotated[bool, typer.Option("--public", help=say("cli.help.province_public"), show_default=False)] = False,
    as_of: Annotated[str, typer.Option("--as-of", help=say("cli.help.as_of"), show_default=False, metavar=say("cli.metavars.as_of"))] = "",
    previous: Annotated[
        list[Path] | None,
        typer.Option("--previous", help=say("cli.help.province_previous"), show_default=False, metavar=say("cli.metavars.roll_up")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    from antq_review.cli.province import make_roll_up

    raise typer.Exit(make_roll_up(folder, out, as_of, public, previous or (), as_json))


@province_app.command("rerun", cls=Command, help=say("cli.help.province_rerun"), options_metavar=say("cli.metavars.options"))
def rerun(
    folder: OfficerFolder,
    forms: Annotated[Path, typer.Option("--forms", help=say("cli.help.rerun_forms"), metavar=say("cli.metavars.forms"))],
    out: Annotated[
        Path, typer.Option("--out", help=say("cli.help.out"), show_default=False, metavar=say("cli.metavars.out"))
    ] = Path("outputs"),
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help=say("cli.help.rerun_workers"), show_default=False, metavar="N")
    ] = None,
    cluster: Annotated[
        str, typer.Option("--cluster", help=say("cli.help.cluster"), show_default=False, metavar=say("cli.metavars.cluster"))
    ] = "",
    tls: Annotated[
        Path | None, typer.Option("--tls", help=say("cli.help.tls"), show_default=False, metavar=say("cli.metavars.folder"))
    ] = None,
) -> None:
    from antq_review.cli.rerun import rerun_schools

    raise typer.Exit(rerun_schools(folder, forms, out, workers, cluster, tls))
