"""The verbs of `antq` and their options. A verb loads its own module when it is used, so that the help starts fast."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from antq_review.cli.help import Group
from antq_review.cli.options import OUTPUTS, AsJson, AsOf, Out, Workers, argument, option, switch, verbs
from antq_review.cli.province_app import province_app
from antq_review.cli.rulebook_app import rulebook_app
from antq_review.errors import UsageError
from antq_review.text import say, tell

app = typer.Typer(
    cls=Group,
    help=say("cli.help.app"),
    epilog=say("cli.help.exit_codes"),
    no_args_is_help=True,
    rich_markup_mode=None,
    subcommand_metavar=say("cli.metavars.command"),
    options_metavar=say("cli.metavars.options"),
    pretty_exceptions_enable=False,
)
app.add_typer(rulebook_app, name="rulebook")
app.add_typer(province_app, name="province")
_verb = verbs(app)

Folder = Annotated[Path, argument("folder")]
Folders = Annotated[list[Path], argument("folders")]
Texts = Annotated[str, option("texts", "--texts")]
Final = Annotated[bool, switch("final", "--final")]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", help=say("compare.cli.previous"), show_default=False, metavar=say("compare.cli.previous_metavar")),
]
Interim = Annotated[bool, switch("interim", "--so-ket")]
Appraised = Annotated[bool, switch("appraised", "--sau-tham-dinh")]
NoBrowser = Annotated[bool, switch("no_browser", "--no-browser")]


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, switch("version", "--version")] = False,
) -> None:
    if version:
        from antq_review.version import VERSION

        print(f"antq_review {VERSION}")
        raise typer.Exit()


@_verb("templates")
def templates(
    folder: Annotated[Path, argument("new_folder")],
    school_code: Annotated[str, option("school_code", "--school-code")] = "",
    year: Annotated[int, option("year", "--year")] = 0,
    name: Annotated[str, option("school_name", "--name")] = "",
    levels: Annotated[str, option("levels", "--levels")] = "",
    commune: Annotated[str, option("commune", "--commune")] = "",
    province: Annotated[str, option("province", "--province")] = "",
    superior: Annotated[str, option("superior", "--superior")] = "",
    youth: Annotated[str, option("youth", "--youth")] = "",
    units: Annotated[str, option("units", "--units")] = "",
    signer: Annotated[str, option("signer", "--signer")] = "",
    signer_post: Annotated[str, option("signer_post", "--signer-post")] = "",
    former: Annotated[str, option("former_codes", "--former-codes")] = "",
    last: Annotated[Path | None, option("last", "--from")] = None,
    word: Annotated[bool, switch("word", "--word")] = False,
) -> None:
    from antq_review.cli.ask_school import may_ask
    from antq_review.cli.templates import make_templates, word_forms
    from antq_review.forms.typed_school import school_from

    typed = {
        "school_code": school_code, "year": str(year or ""), "name": name, "levels": levels, "commune": commune, "province": province,
        "superior_body": superior, "youth_body": youth, "units": units, "signer": signer, "signer_post": signer_post,
        "former_codes": former,
    }
    if word and (any(typed.values()) or last):
        raise UsageError(tell("cli.templates.word_alone"))
    if word:
        raise typer.Exit(word_forms(folder))
    raise typer.Exit(make_templates(folder, school_from(typed), last, ask=last is None and may_ask()))


@_verb("check")
def check(folder: Folder, out: Out = OUTPUTS, as_json: AsJson = False) -> None:
    from antq_review.cli.early import early_reader

    with early_reader():
        from antq_review.cli.check import check_folder

        raise typer.Exit(check_folder(folder, out, as_json))


@_verb("review")
def review(
    folders: Folders, out: Out = OUTPUTS, as_of: AsOf = "", texts: Texts = "", final: Final = False, interim: Interim = False,
    appraised: Appraised = False, previous: Previous = None,
    moved: Annotated[bool, switch("moved", "--thu-muc-moi")] = False,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    from antq_review.cli.early import early_kernel
    from antq_review.places.versions import Kind

    if interim and (final or appraised):
        raise UsageError(tell("places.interim_alone"))
    kind = Kind.INTERIM if interim else Kind.APPRAISED if appraised else Kind.FINAL if final else Kind.DRAFT
    with early_kernel(folders) as kernel:
        from antq_review.cli.batch import review_folders

        raise typer.Exit(review_folders(folders, out, as_of, texts, kind, kernel, previous, moved, workers, as_json))


@_verb("archive")
def archive(
    folder: Folder, out: Out = OUTPUTS, as_of: Annotated[str, option("bagged_on", "--as-of")] = "",
    of: Annotated[str, option("of_version", "--of")] = "",
) -> None:
    from antq_review.cli.archive import archive_folder

    raise typer.Exit(archive_folder(folder, out, as_of, of))


@_verb("verify")
def verify(bag: Annotated[Path, argument("bag")]) -> None:
    from antq_review.cli.archive import verify_bag

    raise typer.Exit(verify_bag(bag))


@_verb("compare")
def compare(
    reviews: Annotated[
        list[Path], typer.Argument(help=say("compare.cli.reviews"), show_default=False, metavar=say("compare.cli.reviews_metavar"))
    ],
    out: Out = OUTPUTS,
    as_json: AsJson = False,
) -> None:
    from antq_review.cli.compare import compare_years

    raise typer.Exit(compare_years(reviews, out, as_json))


@_verb("rescore")
def rescore(
    folder: Folder,
    rulebook: Annotated[
        str, typer.Option("--rulebook", help=say("compare.cli.rulebook"), metavar=say("compare.cli.rulebook_metavar"))
    ],
    out: Out = OUTPUTS,
    as_of: Annotated[
        str, typer.Option("--as-of", help=say("compare.cli.same_day"), show_default=False, metavar=say("cli.metavars.as_of"))
    ] = "",
) -> None:
    from antq_review.cli.rescore import rescore_folder

    raise typer.Exit(rescore_folder(folder, rulebook, out, as_of))


@_verb("dossier")
def dossier(
    folder: Annotated[Path | None, argument("folder_optional")] = None,
    check: Annotated[Path | None, option("check_file", "--check")] = None,
    only: Annotated[str, option("only", "--only")] = "",
    final: Final = False,
    public: Annotated[bool, switch("public", "--public")] = False,
    forms: Annotated[Path | None, option("forms", "--forms")] = None,
    pdf: Annotated[bool, switch("pdf", "--pdf")] = False,
    out: Out = OUTPUTS,
    as_of: AsOf = "",
    incident: Annotated[str, option("incident", "--incident")] = "",
) -> None:
    from antq_review.cli.dossier import Asked
    from antq_review.cli.dossier import dossier as run_dossier

    raise typer.Exit(run_dossier(folder, check, out, Asked(only, final, public, forms, pdf, as_of, incident)))


@_verb("demo")
def demo(
    out: Out = OUTPUTS, as_of: AsOf = "", school: Annotated[str, option("example_school", "--school")] = "",
    province: Annotated[bool, switch("demo_province", "--province")] = False,
    no_browser: NoBrowser = False,
) -> None:
    from antq_review.cli.demo import run_demo, run_province_demo

    if province and (school or as_of):
        raise UsageError(tell("cli.demo.province_alone"))
    raise typer.Exit(run_province_demo(out, not no_browser) if province else run_demo(school, out, as_of))


@_verb("lab")
def lab(
    folder: Annotated[Path | None, argument("lab_folder")] = None,
    out: Out = OUTPUTS,
    no_browser: NoBrowser = False,
) -> None:
    from antq_review.cli.lab import open_lab

    raise typer.Exit(open_lab(out, folder, not no_browser))


@_verb("doctor")
def doctor(out: Out = OUTPUTS) -> None:
    from antq_review.cli.doctor import doctor as examine

    raise typer.Exit(examine(out))


@_verb("page")
def page(
    out: Annotated[Path | None, option("page_out", "--out")] = None,
    no_browser: NoBrowser = False,
) -> None:
    from antq_review.page import open_page

    raise typer.Exit(open_page(out, not no_browser))


@_verb("send")
def send(
    folder: Folder, out: Out = OUTPUTS,
    minutes: Annotated[bool, switch("minutes", "--dossier")] = False,
    of: Annotated[str, option("of_version", "--of")] = "",
) -> None:
    from antq_review.cli.send import send_results

    raise typer.Exit(send_results(folder, out, minutes, of))
