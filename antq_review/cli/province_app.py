"""The verbs of `antq province` and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from antq_review.cli.help import Group
from antq_review.cli.options import OUTPUTS, AsJson, AsOf, Out, argument, option, switch, verbs
from antq_review.text import say

province_app = typer.Typer(
    cls=Group, help=say("cli.help.officer"), no_args_is_help=True, rich_markup_mode=None,
    subcommand_metavar=say("cli.metavars.command"), options_metavar=say("cli.metavars.options"),
)
_verb = verbs(province_app, "province_")
OfficerFolder = Annotated[Path, argument("officer_folder")]


@_verb("new")
def new(
    folder: OfficerFolder,
    year: Annotated[int, option("year", "--year")],
    last: Annotated[Path | None, option("province_last", "--from")] = None,
) -> None:
    from antq_review.cli.province import make_folder

    raise typer.Exit(make_folder(folder, year, last))


@_verb("check")
def check(folder: OfficerFolder, as_json: AsJson = False) -> None:
    from antq_review.cli.province import check_arrivals

    raise typer.Exit(check_arrivals(folder, as_json))


@_verb("return")
def give_slips(
    folder: OfficerFolder,
    out: Out = OUTPUTS,
) -> None:
    from antq_review.cli.province import make_slips

    raise typer.Exit(make_slips(folder, out))


@_verb("roll-up")
def roll_up(
    folder: OfficerFolder,
    out: Out = OUTPUTS,
    public: Annotated[bool, switch("province_public", "--public")] = False,
    as_of: AsOf = "",
    previous: Annotated[list[Path] | None, option("province_previous", "--previous")] = None,
    as_json: AsJson = False,
) -> None:
    from antq_review.cli.province import make_roll_up

    raise typer.Exit(make_roll_up(folder, out, as_of, public, previous or (), as_json))


@_verb("rerun")
def rerun(
    folder: OfficerFolder,
    forms: Annotated[Path, option("rerun_forms", "--forms")],
    out: Out = OUTPUTS,
    workers: Annotated[int | None, option("rerun_workers", "--workers", least=1)] = None,
    cluster: Annotated[str, option("cluster", "--cluster")] = "",
    tls: Annotated[Path | None, option("tls", "--tls")] = None,
) -> None:
    from antq_review.cli.rerun import rerun_schools

    raise typer.Exit(rerun_schools(folder, forms, out, workers, cluster, tls))
