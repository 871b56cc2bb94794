"""Starts and ends `antq`. Exit codes: 0 done, 1 open or faulty, 2 wrong use, 3 refused.

No traceback for a user's mistake.
"""

from __future__ import annotations

import sys

from antq_review.errors import AntqError, NotFinal, Stopped
from antq_review.text import command, say

#: How the page's icon asks for the page, and whether a browser opens. There is nothing to parse, and the parser would take as
#: long to load as all that the first page needs.
_PAGE = {("page",): True, ("page", "--no-browser"): False}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit code."""
    try:
        code = _done(sys.argv[1:] if arguments is None else arguments)
        if code == Stopped.exit_code:  # the library's own answer to Ctrl+C
            _complain(say("cli.stopped"))
        return code if isinstance(code, int) else 0
    except NotFinal as refusal:
        _complain(str(refusal), *(f"  - {why}" for why in refusal.reasons))
        return refusal.exit_code
    except AntqError as fault:
        _complain(str(fault))
        return fault.exit_code
    except KeyboardInterrupt:
        _complain(say("cli.stopped"))
        return 130
    except Exception as fault:
        from antq_review.cli.help import logged, usage_sentence

        sentence = usage_sentence(fault)
        if sentence is not None:
            _complain(sentence)
            return 2
        _complain(logged(fault))
        return 3


def _done(arguments: list[str]) -> object:
    """Do what was asked. Returns what its verb returns."""
    browser = _PAGE.get(tuple(arguments))
    if browser is not None:
        from antq_review.page import open_page

        return open_page(None, browser)
    import typer

    from antq_review.cli.app import app

    try:
        return app(args=arguments, prog_name=command(), standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None


def _complain(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
