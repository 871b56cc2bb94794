"""What the receiving office sent back, with the school's answers."""

from __future__ import annotations

from datetime import date

from antq_review.source import Cells, Frozen
from antq_review.text import Message


class ReturnedReason(Frozen):
    """One reason of a return slip. `number`: the sending that came back; `text`, `item`: a criterion, a sentence of the
    plan, or the whole package (`item` empty). `says`: the reason and its answer in words; `step`: what to do, while
    nothing is answered.
    """

    number: int
    package: str
    text: str
    item: str
    due_on: date | None = None
    is_answered: bool
    says: Message
    step: Message
    cells: Cells = ()
