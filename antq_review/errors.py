"""What can go wrong for a user, as exceptions.

    AntqError
    ├── UsageError      exit 2: the call itself is wrong
    ├── CannotDo        exit 3: the job could not be done; nothing was written
    │   ├── NotFinal        `--final` refused
    │   └── FileBusy        a result file is open in another program
    └── RulebookError   a rulebook file is refused by the loader (a developer's or a school's text is faulty)

Every message is a whole Vietnamese sentence made by `antq_review.text.say`.
"""

from __future__ import annotations


class AntqError(Exception):
    """Base of all errors that are said to a user in one sentence, without a traceback."""

    exit_code = 3


class UsageError(AntqError):
    """The command, an option or a parameter is not one that exists."""

    exit_code = 2


class CannotDo(AntqError):
    """The job could not be done; nothing was written under a final name."""


class NotFinal(CannotDo):
    """`--final` refused; `reasons` lists every ground, one sentence each."""

    def __init__(self, message: str, reasons: tuple[str, ...]) -> None:
        super().__init__(message)
        self.reasons = reasons


class FileBusy(CannotDo):
    """A result file is open in another program; the old results are intact."""


class RulebookError(AntqError):
    """A rulebook is refused; the message names the file and the faulty entry."""
