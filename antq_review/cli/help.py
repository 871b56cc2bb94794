"""The terminal library's own texts, in Vietnamese."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption

from antq_review.text import command, say

_TYPE, _RANGE = re.compile(r" <[^<>]+>"), re.compile(r" +\[x[<>=0-9]+\]")
#: Headings of the help, by the library's name. (Its boxes and colours would take as long to load as all other modules.)
_HEADINGS = {"Arguments": "cli.arguments", "Options": "cli.options", "Commands": "cli.commands"}
#: The options that typer adds, by name.
_COMPLETION = ("install_completion", "show_completion")


class _Vietnamese:
    """Help of a command: headings, the usage line and the help option in Vietnamese.

    The ignored types: the called methods come from the class beside this one, in Command and Group. `ctx` and
    `formatter` are Any because their classes belong to typer's private copy of click.
    """

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"{say('cli.usage')} ")

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("cli.show_help")
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        section, table = formatter.section, formatter.write_dl
        formatter.section = lambda heading: section(say(_HEADINGS[heading]))
        formatter.write_dl = lambda rows: table([_row(*row) for row in rows])
        super().format_help(ctx, formatter)  # type: ignore[misc]


def _row(name: str, text: str) -> tuple[str, str]:
    """One line of a table of the help without the library's words: type and range of a value, the mark of a required one."""
    return _TYPE.sub("", name), _RANGE.sub("", text).replace("[required]", say("cli.required"))


class Command(_Vietnamese, TyperCommand):
    """One verb."""


class Group(_Vietnamese, TyperGroup):
    """The verbs."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, those that typer adds for the shell's completion with a help in Vietnamese."""
        found = super().get_params(ctx)
        for one in found:
            if one.name in _COMPLETION and isinstance(one, TyperOption):
                one.help = say(f"cli.help.{one.name}")
        return found


def usage_sentence(fault: Exception) -> str | None:
    """The sentence about a wrong call; None for a fault of any other kind."""
    kinds = [kind.__name__ for kind in type(fault).__mro__]
    if "UsageError" not in kinds and "ClickException" not in kinds:
        return None
    known = ("NoSuchOption", "NoSuchCommand", "MissingParameter", "BadParameter")
    kind = next((name for name in known if name in kinds), "UsageError")
    name = str(getattr(fault, "option_name", "") or "")
    parameter = getattr(fault, "param", None)
    if not name and parameter is not None:
        name = str(parameter.metavar or parameter.name)
    context = getattr(fault, "ctx", None)
    typed = context.command_path if context is not None else command()
    message = str(getattr(fault, "message", ""))
    if kind == "UsageError" and message.startswith("No such command"):
        kind, name = "NoSuchCommand", message.split("'")[1] if "'" in message else ""
    if "BadOptionUsage" in kinds:
        kind = "NoValue" if "require" in message else "NoValueWanted"
    if type(fault).__name__ == "NoArgsIsHelpError":
        return message
    return say("cli.wrong_use", what=say(f"cli.usage_errors.{kind}", name=name), command=typed)


def logged(fault: Exception) -> str:
    """Write the traceback of a fault of this tool to a file. Returns the sentence for the user."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="antq-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(fault, file=log)
    return say("cli.unexpected", kind=type(fault).__name__, log=log.name)
