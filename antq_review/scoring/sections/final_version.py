"""The reasons why a review cannot be final yet: open criteria, conflicts without a reason, problems of the forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from antq_review.forms.sheets import SCORE_TABLE
from antq_review.ingest.model import Evidence, Problem
from antq_review.ingest.problem_groups import ProblemGroup, problem_groups
from antq_review.rules import Rulebook, provisions
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.overall import titles_of
from antq_review.scoring.model.outcome import Reason, Truth
from antq_review.scoring.model.review import DeductionFinding, Finding, Goal, Review, TextReview
from antq_review.text import Message, criterion_label, listing, shaped, tell, words
from antq_review.text.message import Param

#: Sheets that every text needs besides the sheets of its measures.
_ALWAYS = ("thong_tin_truong", "tu_cham", "cuoc_hop")
#: Sheets that the plan needs besides the sheets of its measures.
_OF_PLAN = ("thong_tin_truong", "ke_hoach")
#: Sheets of the school's own score table; they complete a text with points.
_OWN_TABLE = titles_of(SCORE_TABLE)
_PROBLEM = "scoring.final.problem"


class Blocks(StrEnum):
    """The reason why a problem stands in the way of a final version: `blocks` in text/ingest.toml, for each code.

    A problem stands in the way only of the texts that read one of its forms; without forms, of every text.
    """

    NEVER = "never"  # it is for information
    UNREAD = "unread"  # a file, a sheet or a table was not read: it counts as not declared
    REFUSED = "refused"  # a row, a column or a cell was not counted
    UNDECLARED = "undeclared"  # a form is not declared complete: absence does not count as zero
    UNLINKED = "unlinked"  # the row counts, but not for the row, unit or file that it names
    DOUBTFUL = "doubtful"  # everything counts as it is written; people must look at it again
    SCORE_TABLE = "score_table"  # the school's own score table is not used, not confirmed or not concluded


def blocks(code: str) -> Blocks:
    """The reason why problems with this code stand in the way of a final version."""
    return Blocks(words("ingest")["problems"][code]["blocks"])


def draft_reasons(
    evidence: Evidence, texts: Sequence[TextReview], rulebooks: Sequence[Rulebook], goals: Sequence[Goal]
) -> tuple[Message, ...]:
    """Everything that is open in the texts, then the problems of the forms on which they rest.

    Without a text: the problems of the forms on which the plan rests.
    """
    found = [why for text in texts for why in _of_text(text)]
    needed = frozenset[str]().union(*(forms_of(rulebook) for rulebook in rulebooks)) or _forms_of_plan(goals)
    in_the_way = problem_groups(one for one in evidence.problems if _stands_in_the_way(one, needed))
    return (*found, *(_of_problem(one) for one in in_the_way))


def problems_in_the_way(review: Review) -> int:
    """The number of `draft_reasons` that are causes of problems of the forms. Some problems touch none of the judged texts."""
    return sum(why.key == _PROBLEM for why in review.draft_reasons)


def forms_of(rulebook: Rulebook) -> frozenset[str]:
    """The sheets on which the judgement of a text rests."""
    names = set(_ALWAYS) | (set(_OWN_TABLE) if rulebook.total is not None else set())
    for criterion in rulebook.criteria:
        for provision in provisions(criterion):
            measures = [provision.measure, provision.applies.measure if provision.applies else None]
            for measure in measures:
                names.update(titles_of(registry()[measure].tables) if measure else ())
    beside = [one.measure for one in rulebook.deductions] + [one.measure for one in rulebook.caps]
    for measure in beside:
        names.update(titles_of(registry()[measure].tables) if measure else ())
    return frozenset(names)


def _forms_of_plan(goals: Sequence[Goal]) -> frozenset[str]:
    """The sheets on which the judgement of the plan rests."""
    known = registry()
    measures = {part.measure for goal in goals for part in goal.parts}
    found = {name for one in measures & known.keys() for name in titles_of(known[one].tables)}
    return frozenset({*_OF_PLAN, *found})


def open_points(review: Review) -> list[Message]:
    """The `draft_reasons` that are not problems of the forms: what is open in the texts."""
    return [why for why in review.draft_reasons if why.key != _PROBLEM]


# --- problems of the forms -------------------------------------------------------------------------------------------


def _stands_in_the_way(problem: Problem, needed: frozenset[str]) -> bool:
    return blocks(problem.code) is not Blocks.NEVER and (not problem.forms or bool(needed & set(problem.forms)))


def _of_problem(group: ProblemGroup) -> Message:
    return tell(_PROBLEM, place=group.place or "–", what=group.says)


# --- open points of a text -------------------------------------------------------------------------------------------


def _of_text(text: TextReview) -> Iterator[Message]:
    if text.draft or text.illustrative:
        yield tell("scoring.final.rulebook", text=text.short)
    for finding in text.findings:
        if not finding.settled.settled:
            if finding.is_unread:
                yield tell("scoring.final.unread", text=text.short, points=finding.points, title=finding.title)
            else:
                what = _why(finding.reasons)
                yield tell("scoring.final.open", text=text.short, id=finding.id, title=finding.title, what=what)
        if finding.conflict and not finding.explained:
            yield tell("scoring.final.conflict" if text.total is None else "scoring.final.conflict_item", **_places(text, finding))
    yield from _extras(text)


def _places(text: TextReview, one: Finding | DeductionFinding) -> dict[str, Param]:
    return {"text": text.short, "id": criterion_label(one.id), "what": one.conflict}


def _extras(text: TextReview) -> Iterator[Message]:
    """Deductions and caps that are not settled, and deductions that contradict the evidence without a reason."""
    for one in text.deductions:
        if not one.settled.settled:
            yield tell("scoring.final.deduction", text=text.short, id=one.id, what=_why(one.reasons))
        if one.conflict and not one.reason:
            yield tell("scoring.final.conflict_item", **_places(text, one))
    for cap in text.caps:
        if cap.truth is Truth.UNKNOWN:
            yield tell("scoring.final.cap", text=text.short, id=cap.id, what=_why(cap.reasons))


def _why(reasons: Sequence[Reason]) -> Message:
    """The reasons as one sentence, each once."""
    each = dict.fromkeys(shaped(why.says, "no_stop") for why in reasons)
    return tell("scoring.joined.reasons", reasons=listing(each, "; "))
