"""The texts that concern the school: a level outside a text, or an unknown one, gets no verdict by that text."""

from __future__ import annotations

from collections.abc import Sequence

from antq_review.forms.choices import LevelsTaught
from antq_review.ingest.model import Evidence
from antq_review.rules import Rulebook
from antq_review.scoring.model.review_parts import LeftOut
from antq_review.text import Message, tell


def in_scope(evidence: Evidence, rulebooks: Sequence[Rulebook]) -> tuple[tuple[Rulebook, ...], tuple[LeftOut, ...]]:
    """The texts by which the school is judged, and the others with the reason.

    A local document that asks for the judgement brings a known level into every text.
    """
    found = [(rulebook, _left_out(evidence, rulebook)) for rulebook in rulebooks]
    return tuple(rulebook for rulebook, out in found if out is None), tuple(out for _, out in found if out is not None)


def _left_out(evidence: Evidence, rulebook: Rulebook) -> LeftOut | None:
    """The text as one that is left out; None where the school is judged by it."""
    profile = evidence.profile
    level = profile.levels if profile is not None else None
    if level is None:
        says, known = tell("scoring.scope.unknown", text=rulebook.short), False
    elif level in rulebook.levels or (profile is not None and profile.local_scope_document):
        return None
    else:
        shown = LevelsTaught.label_of(level)
        says, known = tell("scoring.scope.outside", text=rulebook.short, level=shown, citation=rulebook.scope_citation), True
    return LeftOut(id=rulebook.id, short=rulebook.short, level_known=known, says=says)


def local_warnings(rulebook: Rulebook, evidence: Evidence) -> tuple[Message, ...]:
    """A warning for a school that is judged only because a local document asks for it."""
    profile = evidence.profile
    if profile is None or profile.levels is None or profile.levels in rulebook.levels or not profile.local_scope_document:
        return ()
    level = LevelsTaught.label_of(profile.levels)
    return (tell("scoring.scope.local", level=level, document=profile.local_scope_document),)
