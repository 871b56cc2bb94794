"""From a folder to its review in one call, for the terminal and the notebooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review import ingest, rules
from antq_review.errors import CannotDo, NotFinal, UsageError
from antq_review.ingest.model import Evidence
from antq_review.ingest.problems import merged
from antq_review.period import Period
from antq_review.places.names import PLAN
from antq_review.rules import Rulebook
from antq_review.scoring.judging.self_score_checks import with_table_scores, without_faulty_scores
from antq_review.scoring.score_table.meeting import unknown_meeting
from antq_review.scoring.score_table.table import COMPLETES, ScoreTable, score_table
from antq_review.text import listing, tell

if TYPE_CHECKING:
    from antq_review.ingest.reader import Book
    from antq_review.scoring.model.review import Review


@dataclass
class ReadyEvidence(Evidence):
    """The evidence of a folder as it is judged: with the self-scores that count, and with the faults of all of them.

    `own_table`: the school's own score table, read from these rows. A copy with other rows of that table must be made
    ready again.
    """

    own_table: ScoreTable = field(kw_only=True)


def read_folder(
    folder: Path, progress: Callable[[int, int], None] | None = None, span: Callable[[int], Period] = rules.span,
    seen: Callable[[Book], None] = lambda _: None,
) -> Evidence:
    """The evidence of a folder, ready for judging.

    `span`: year → the days within which a row can count, by default from the texts in force. `seen`: is shown each workbook.

    >>> from antq_review.shipped import example_folder
    >>> antq.read_folder(example_folder()).profile.school_code
    '00123456'
    """
    evidence = ingest.read(folder, span, progress, seen)
    return evidence if evidence.year is None else ready(evidence, evidence.year)


def ready(evidence: Evidence, year: int) -> ReadyEvidence:
    """A copy of the evidence for judging; the evidence itself is not changed.

    The school's own score table is checked, and the self-scores beside its rows are copied; from a faulty table no score
    is copied. Self-scores that contradict the texts of the year do not count.
    """
    own = score_table(evidence)
    scored, differing = (evidence, []) if own.faulty else with_table_scores(evidence, COMPLETES)
    meeting = [] if own.several else unknown_meeting(evidence)
    kept, faulty = without_faulty_scores(scored, _texts_with(own, year))
    problems = merged([*evidence.problems, *own.problems, *meeting, *differing, *faulty])
    return ReadyEvidence(**{**vars(kept), "problems": problems, "own_table": own})


def texts_of(evidence: Evidence, year: int) -> tuple[Rulebook, ...]:
    """The texts in force in a year.

    The school's own score table, where there is one, replaces the text that it completes.
    """
    return _texts_with(evidence.own_table if isinstance(evidence, ReadyEvidence) else score_table(evidence), year)


def _texts_with(table: ScoreTable, year: int) -> tuple[Rulebook, ...]:
    own = table.rulebook
    return tuple(own if own is not None and own.id == text.id else text for text in rules.in_force(year))


def chosen(texts: str, evidence: Evidence, year: int) -> tuple[Rulebook, ...]:
    """The texts for the judgement: the named ones (`tt_124,qd_510`), otherwise all that are in force in the year.

    The plan is always judged; `ke_hoach` alone means the plan without any text. Raises UsageError for a text
    that is not known or not in force, CannotDo where no text is in force.
    """
    in_force = {text.id: text for text in texts_of(evidence, year)}
    if not in_force:
        raise CannotDo(tell("cli.no_text_in_force", year=year))
    names = [name.strip() for name in texts.split(",") if name.strip()] or list(in_force)
    names = [name for name in names if name != PLAN]
    strange = [name for name in names if name not in in_force]
    if strange:
        raise UsageError(tell("cli.unknown_text", given=listing(strange), known=listing([*in_force, PLAN]), year=year))
    return tuple(in_force[name] for name in dict.fromkeys(names))


def review_evidence(evidence: Evidence, as_of: date, texts: str = "", final: bool = False) -> Review:
    """Judge the evidence.

    Raises CannotDo where the folder has no profile, NotFinal where `final` is requested and the review has draft
    reasons.

    >>> from datetime import date
    >>> antq.review_evidence(evidence, date(2026, 11, 16)).draft
    True
    """
    from antq_review.scoring.summary import review  # who only reads a folder needs no judge

    if evidence.profile is None or evidence.year is None:
        raise CannotDo(tell("cli.no_profile"))
    found = review(evidence, chosen(texts, evidence, evidence.year), as_of)
    if not final:
        return found
    if found.draft_reasons:
        raise NotFinal(tell("cli.not_final", count=len(found.draft_reasons)), found.draft_reasons)
    return found.model_copy(update={"draft": False})


#: The days that belong to two years of assessment: from the first day of the next period to the end of the plan's year.
_TWICE = ((11, 16), (12, 31))


def asked_day(written: str) -> Callable[[int | None], date]:
    """Year of a folder → the day that was asked for; for one day of many folders. Raises UsageError for what is no day.

    A day without a year (30/06) is taken in the folder's year. A day of 16/11–31/12 lies in the periods of two years, so
    it is refused without a year.
    """
    parts = written.strip().split("/")
    if len(parts) != 2 or not all(part.isdecimal() and part.isascii() and len(part) <= 2 for part in parts):
        found = read_day(written)
        return lambda _: found
    number, month = (int(part) for part in parts)
    try:
        date(2024, month, number)  # a leap year: whether the folder's year has the day is seen below
    except ValueError:
        raise UsageError(tell("cli.not_a_day", given=written)) from None
    return lambda year: _in_year(written.strip(), month, number, year)


def _in_year(written: str, month: int, number: int, year: int | None) -> date:
    if year is None:
        raise UsageError(tell("cli.not_a_day", given=written))
    if _TWICE[0] <= (month, number) <= _TWICE[1]:
        raise UsageError(tell("cli.day_in_two_years", given=written, before=year - 1, year=year))
    try:
        return date(year, month, number)
    except ValueError:
        raise UsageError(tell("cli.not_a_day", given=f"{written}/{year}")) from None


def read_day(written: str) -> date:
    """A day given on the command line or in a notebook: dd/mm/yyyy or yyyy-mm-dd; empty: today. Raises UsageError."""
    if not written.strip():
        return date.today()
    for separator, order in (("/", (2, 1, 0)), ("-", (0, 1, 2))):
        parts = written.strip().split(separator)
        if len(parts) == 3 and all(part.isdecimal() and part.isascii() for part in parts) and len(parts[order[0]]) == 4:
            try:
                return date(*(int(parts[index]) for index in order))
            except ValueError:
                break
    raise UsageError(tell("cli.not_a_day", given=written))
