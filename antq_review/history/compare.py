"""Compares two to ten years of one school: criteria, points, goals of the plan, measured values, numeric tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from antq_review.errors import UsageError
from antq_review.history import values as sides
from antq_review.history.change import line_of_years
from antq_review.history.directions import Direction, of_measure
from antq_review.history.matching import Thread, goals_of_years, texts_of_years, threads
from antq_review.history.measured import measure_lines
from antq_review.history.model import Comparison, ComparisonLine, LineKind, Moved, TextOfYear, Why, YearChange, YearHead
from antq_review.history.table_lines import table_lines
from antq_review.history.wording import asked
from antq_review.scoring.model.review import Goal, GoalPart, GoalStatus, Review, School, TextReview
from antq_review.text import SILENT, Message, criterion_label, fold, listing, literal, tell

FEWEST, MOST = 2, 10


def in_order(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The reviews by year. Raises UsageError for fewer than 2, for more than 10, for two schools, for a year twice.

    A code that the profile of the year itself or of a later year names as a former one is the same school's.
    """
    found = sorted(reviews, key=lambda review: review.year)
    if not FEWEST <= len(found) <= MOST:
        raise UsageError(tell("compare.refused.number", count=len(found)))
    own = {fold(code) for review in found for code in review.school.codes_before} | {fold(found[-1].school.code)}
    for before, now in pairwise(found):
        if fold(before.school.code) != fold(now.school.code) and not {fold(before.school.code), fold(now.school.code)} <= own:
            raise UsageError(tell("compare.refused.school", first=before.school.code, second=now.school.code))
        if before.year == now.year:
            raise UsageError(tell("compare.refused.year", year=now.year))
    return tuple(found)


def compare(reviews: Sequence[Review]) -> Comparison:
    """The comparison of reviews, the earliest first; `in_order` refuses reviews that cannot be compared."""
    lines = (*_text_lines(reviews), *_plan_lines(reviews), *table_lines(reviews))
    own = reviews[-1].school
    return Comparison(school=own, years=tuple(_head(review, former_code(review, own)) for review in reviews), lines=lines)


def former_code(review: Review, own: School) -> Message:
    """That the review is stored under a former code of the school; silent under its own."""
    same = fold(review.school.code) == fold(own.code)
    return SILENT if same else tell("compare.former", code=review.school.code, name=review.school.name or review.school.code)


def _head(review: Review, former: Message) -> YearHead:
    texts = tuple(
        TextOfYear(
            id=text.id, short=text.short, number=text.number, start=text.period_start, end=text.period_end,
            data_until=text.data_until, illustrative=text.illustrative, draft=text.draft,
        )
        for text in review.texts
    )
    return YearHead(
        year=review.year, as_of=review.as_of, draft=review.draft, rescored=review.rescored, former=former,
        tool_version=review.tool_version, texts=texts,
    )


# --- texts ---------------------------------------------------------------------------------------------------------


def _text_lines(reviews: Sequence[Review]) -> Iterator[ComparisonLine]:
    for text in texts_of_years([review.texts for review in reviews]):
        found = threads(text)
        for thread in found:
            yield from _criterion_lines(thread, text, reviews)
        if text[max(text)].total is not None:
            yield from _total_line(found, text, reviews)


def _criterion_lines(thread: Thread, text: dict[int, TextReview], reviews: Sequence[Review]) -> Iterator[ComparisonLine]:
    """The line of a criterion; also the lines of its measures, if its wording is the same in all its years."""
    newest, key = text[max(text)], f"{text[max(text)].id}/{thread.newest.id}"
    found = {index: sides.criterion(one, text[index], reviews[index].year) for index, one in thread.found.items()}
    line = line_of_years(
        key, LineKind.CRITERION, found, reviews, Direction.MORE, group=newest.id, group_title=newest.short,
        id=criterion_label(thread.newest.id), label=literal(thread.newest.title),
    )
    yield _with_split(line, thread, reviews)
    if len({one.asks for one in found.values()}) == 1 and len(found) > 1:
        yield from measure_lines(thread, text, reviews, key)


def _with_split(line: ComparisonLine, thread: Thread, reviews: Sequence[Review]) -> ComparisonLine:
    """A criterion that was split off is not compared with the older criterion; the reason names the older one."""
    if thread.split_from is None or thread.born == 0:
        return line
    places = {"year": reviews[thread.born].year, "first": thread.split_from.citation, "second": thread.found[thread.born].citation}
    says = tell("compare.why.split", id=criterion_label(thread.split_from.id), **places)
    changes = list(line.changes)
    changes[thread.born - 1] = YearChange(moved=Moved.NOT_COMPARABLE, why=Why.SPLIT, says=says)
    return line.model_copy(update={"changes": tuple(changes)})


def _total_line(found: Sequence[Thread], text: dict[int, TextReview], reviews: Sequence[Review]) -> Iterator[ComparisonLine]:
    """The points of all criteria with known text and the same wording in every year; no line if there are none."""
    kept = [
        thread for thread in found
        if thread.found.keys() == text.keys() and len({asked(one) for one in thread.found.values()}) == 1
        and not thread.newest.is_unread
    ]
    if not kept:
        return
    newest = text[max(text)]
    every = {
        index: sides.total([thread.found[index] for thread in kept], text[index], reviews[index].year) for index in text
    }
    ids = listing(criterion_label(thread.newest.id) for thread in kept)
    yield line_of_years(
        f"{newest.id}/total", LineKind.TOTAL, every, reviews, Direction.MORE, group=newest.id, group_title=newest.short,
        label=tell("compare.total", ids=ids),
    )


# --- the plan ------------------------------------------------------------------------------------------------------


def _plan_lines(reviews: Sequence[Review]) -> Iterator[ComparisonLine]:
    for name, found in goals_of_years([(review.year, review.goals) for review in reviews]).items():
        every = {index: sides.goal(goal, reviews[index].year) for index, goal in found.items()}
        section = name.rpartition("-")[0] or name
        title = tell("compare.section", name=section)
        key, newest = f"plan/{name}", found[max(found)]
        quote = " / ".join(dict.fromkeys(part.quote for part in newest.parts))
        yield line_of_years(
            key, LineKind.GOAL, every, reviews, Direction.MORE, group="plan", group_title=title, id=name, label=literal(quote)
        )
        if len({one.asks for one in every.values()}) == 1 and len(every) > 1:
            yield from _goal_measures(found, reviews, key, title)


def _goal_measures(found: dict[int, Goal], reviews: Sequence[Review], key: str, title: Message) -> Iterator[ComparisonLine]:
    parts: dict[str, dict[int, GoalPart]] = {}
    for index in sorted(found):
        for part in found[index].parts:
            if part.measurement is not None:
                parts.setdefault(part.part or "a", {})[index] = part
    for name, of_years in parts.items():
        if all(part.status is GoalStatus.NOT_DUE for part in of_years.values()):
            continue  # the line of the goal already shows this
        every = {index: sides.goal_measure(part, reviews[index]) for index, part in of_years.items()}
        newest = of_years[max(of_years)]
        several = len(found[max(found)].parts) > 1
        yield line_of_years(
            f"{key}/{name}", LineKind.MEASURE, every, reviews, of_measure(newest.measure), group="plan", group_title=title,
            under=literal(key), id=name if several else "", label=literal(newest.measure_label),
        )
