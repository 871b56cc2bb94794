"""The reasons why a result is open, with their sentences from text/scoring.toml."""

from __future__ import annotations

from collections.abc import Mapping

from antq_review.scoring.model.outcome import Reason
from antq_review.text import SILENT, Message, tell, words
from antq_review.text.message import Param, rendered


def reason(code: str, subject: Param = "", kind: str = "", **places: Param) -> Reason:
    """A reason with its two sentences, `says` and `settles`.

    `subject`: a day, a code, a name. `kind`: the variant of a reason that has several, with the sentences `<kind>` and
    `settles_<kind>`.
    """
    says, settles = (kind, f"settles_{kind}") if kind else ("says", "settles")
    params = {"subject": subject, **places}
    return Reason(code=code, subject=rendered(subject), says=_told(code, says, params), settles=_told(code, settles, params))


def _told(code: str, part: str, params: Mapping[str, Param]) -> Message:
    """One sentence of a reason, with the parameters that it prints. Two reasons that print the same are equal."""
    if not words("scoring")["reasons"][code][part]:
        return SILENT
    return tell(f"scoring.reasons.{code}.{part}", **params)
