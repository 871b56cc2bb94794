"""The exceptions that a user can meet.

    AntqError
    ├── UsageError      exit 2: the call itself is wrong
    ├── CannotDo        exit 3: the job could not be done; nothing was written
    │   ├── NotFinal        `--final` refused
    │   └── FileBusy        a result file is open in another program
    ├── Stopped         exit 130: the user asked for the end; nothing was written
    └── RulebookError   the loader refuses a rulebook (the file of a developer or of a school is faulty)

An exception carries a message (`antq_review.text.Message`); `str(error)` is the Vietnamese sentence.
"""

from __future__ import annotations

from antq_review.text.message import Message


class AntqError(Exception):
    """Base of all errors that the user sees as one sentence, without a traceback."""

    exit_code = 3

    def __init__(self, message: Message) -> None:
        super().__init__(message)


class UsageError(AntqError):
    """A command, option or parameter is wrong."""

    exit_code = 2


class CannotDo(AntqError):
    """The job could not be done. No file was written under its final name."""


class Stopped(AntqError):
    """The user asked for the end of the job. Nothing was written; the old results are unchanged."""

    exit_code = 130


class NotFinal(CannotDo):
    """`--final` is refused. `reasons`: all reasons, one sentence each."""

    def __init__(self, message: Message, reasons: tuple[Message, ...]) -> None:
        super().__init__(message)
        self.reasons = reasons


class FileBusy(CannotDo):
    """A result file is open in another program. The old results are unchanged."""


class RulebookError(AntqError):
    """A rulebook is refused. The message contains the file and the faulty entry."""
