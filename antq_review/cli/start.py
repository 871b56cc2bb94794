"""Starts and ends `antq`. Exit codes: 0 done, 1 open or faulty, 2 wrong use, 3 refused.

No traceback for a user's mistake.
"""

from __future__ import annotations

import sys

import typer

from antq_review.cli.app import app
from antq_review.cli.help import logged, usage_sentence
from antq_review.errors import AntqError, NotFinal, Stopped
from antq_review.text import command, say


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit code."""
    try:
        code = app(args=arguments, prog_name=command(), standalone_mode=False)
        if code == Stopped.exit_code:  # the library's own answer to Ctrl+C
            _complain(say("cli.stopped"))
        return code if isinstance(code, int) else 0
    except NotFinal as refusal:
        _complain(str(refusal), *(f"  - {why}" for why in refusal.reasons))
        return refusal.exit_code
    except AntqError as fault:
        _complain(str(fault))
        return fault.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _complain(say("cli.stopped"))
        return 130
    except Exception as fault:
        sentence = usage_sentence(fault)
        if sentence is not None:
            _complain(sentence)
            return 2
        _complain(logged(fault))
        return 3


def _complain(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
