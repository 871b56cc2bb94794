"""Why nothing can be added any more to a part that is not met: its quarter or its period is over, or something happened.

On the last day of a quarter or a period it can still be done.
"""

from __future__ import annotations

from collections.abc import Iterator

from antq_review.period import QUARTER_NAMES, quarter
from antq_review.rules.model import Award, Provision
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.model.outcome import Outcome, Truth
from antq_review.text import SILENT, Message, tell

#: The measure that counts papers by their day of signing.
_SIGNED = "documents_signed"


def too_late(provision: Provision, outcome: Outcome, look: EvidenceWindow) -> Message:
    """The sentence, for a part that is not met; silent where something can still be done honestly.

    What was done in time and is only missing in the forms is no addition: it is entered with its own day.
    """
    if outcome.truth is not Truth.NO:
        return SILENT
    every = list(_below(provision))
    for one in every:
        number = one.due_quarter
        if number and look.as_of > quarter(look.year, number).end:
            kind = "signed" if one.measure == _SIGNED else "quarter"
            return tell(f"scoring.too_late.{kind}", quarter=QUARTER_NAMES[number - 1])
    if any(_limits(one) for one in every):
        return tell("scoring.too_late.happened")
    return tell("scoring.too_late.period") if look.as_of > look.period.end else SILENT


def _limits(provision: Provision) -> bool:
    """Is it missed because of what happened, and not because something was left undone?"""
    bound = provision.bound
    return provision.award is Award.NONE_OF or (bound is not None and bound.at_least is None)


def _below(provision: Provision) -> Iterator[Provision]:
    """A provision without parts, or the only part of each of its readings."""
    yield provision
    for reading in provision.readings:
        if len(reading.parts) == 1:
            yield from _below(reading.parts[0])
