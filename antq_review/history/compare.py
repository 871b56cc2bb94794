"""Compares two to ten years of one school: criteria, points, goals of the plan, measured values, numeric tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from antq_review.errors import UsageError
from antq_review.forms.measure_labels import Measure
from antq_review.history import values as sides
from antq_review.history.change import change
from antq_review.history.directions import Direction, of_measure, of_row
from antq_review.history.matching import Thread, texts_of_years, threads
from antq_review.history.model import (
    Comparison,
    ComparisonLine,
    LineKind,
    Moved,
    TextOfYear,
    Why,
    YearChange,
    YearHead,
    YearValue,
)
from antq_review.rules.model import Award
from antq_review.scoring.model.numeric_tables import NumericRow, NumericTable
from antq_review.scoring.model.review import Finding, Goal, GoalPart, GoalStatus, Review, TextReview, criterion_label
from antq_review.text import say

FEWEST, MOST = 2, 10
YearValues = dict[int, YearValue]


def in_order(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The reviews by year. Raises UsageError for fewer than 2, for more than 10, for two schools, for a year twice."""
    found = sorted(reviews, key=lambda review: review.year)
    if not FEWEST <= len(found) <= MOST:
        raise UsageError(say("compare.refused.number", count=len(found)))
    for before, now in pairwise(found):
        if before.school.code != now.school.code:
            raise UsageError(say("compare.refused.school", first=before.school.code, second=now.school.code))
        if before.year == now.year:
            raise UsageError(say("compare.refused.year", year=now.year))
    return tuple(found)


def compare(reviews: Sequence[Review]) -> Comparison:
    """The comparison of reviews, the earliest first; `in_order` refuses reviews that cannot be compared."""
    lines = (*_text_lines(reviews), *_plan_lines(reviews), *_table_lines(reviews))
    return Comparison(school=reviews[-1].school, years=tuple(_head(review) for review in reviews), lines=lines)


def _head(review: Review) -> YearHead:
    texts = tuple(
        TextOfYear(
            id=text.id, short=text.short, number=text.number, start=text.period_start, end=text.period_end,
            data_until=text.data_until, illustrative=text.illustrative, draft=text.draft,
        )
        for text in review.texts
    )
    return YearHead(
        year=review.year, as_of=review.as_of, draft=review.draft, rescored=review.rescored, tool_version=review.tool_version, texts=texts
    )


def _line(key: str, kind: LineKind, found: YearValues, reviews: Sequence[Review], direction: Direction, **words: str) -> ComparisonLine:
    """A line over all years, with the change from each year to the next."""
    every = tuple(found.get(index) for index in range(len(reviews)))
    years = pairwise(review.year for review in reviews)
    changes = tuple(
        change(before, now, direction, of_years) for (before, now), of_years in zip(pairwise(every), years, strict=True)
    )
    return ComparisonLine(key=key, kind=kind, direction=direction, sides=every, changes=changes, **words)


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
    line = _line(
        key, LineKind.CRITERION, found, reviews, Direction.MORE, group=newest.id, group_title=newest.short,
        id=criterion_label(thread.newest.id), label=thread.newest.title,
    )
    yield _with_split(line, thread, reviews)
    if len({one.asks for one in found.values()}) == 1 and len(found) > 1:
        yield from _measure_lines(thread, text, reviews, key)


def _with_split(line: ComparisonLine, thread: Thread, reviews: Sequence[Review]) -> ComparisonLine:
    """A criterion that was split off is not compared with the older criterion; the reason names the older one."""
    if thread.split_from is None or thread.born == 0:
        return line
    places = {"year": reviews[thread.born].year, "first": thread.split_from.citation, "second": thread.found[thread.born].citation}
    says = say("compare.why.split", id=criterion_label(thread.split_from.id), **places)
    changes = list(line.changes)
    changes[thread.born - 1] = YearChange(moved=Moved.NOT_COMPARABLE, why=Why.SPLIT, says=says)
    return line.model_copy(update={"changes": tuple(changes)})


def _measure_lines(thread: Thread, text: dict[int, TextReview], reviews: Sequence[Review], key: str) -> Iterator[ComparisonLine]:
    found: dict[str, YearValues] = {}
    parts: dict[str, Finding] = {}
    for index, finding in sorted(thread.found.items()):
        for path, part in sides.measured_parts(finding):
            found.setdefault(path, {})[index] = sides.measure(part, text[index], reviews[index].year)
            parts[path] = part
    newest = text[max(text)]
    for path, readings in _alike(found, parts).items():
        part = parts[path]
        measure = part.measurement.measure if part.measurement else ""
        label = _part_label(path, part, readings) if path else Measure.label_of(measure)
        yield _line(
            f"{key}{path or '/.'}", LineKind.MEASURE, found[path], reviews, of_measure(measure), group=newest.id,
            group_title=newest.short, under=key, id=criterion_label(part.id), label=label,
        )


def _alike(found: dict[str, YearValues], parts: dict[str, Finding]) -> dict[str, int]:
    """First path of each part → number of readings with the same values in every year; they share one line."""
    first: dict[str, int] = {}
    for path, part in parts.items():
        same = next((other for other in first if parts[other].id == part.id and found[other] == found[path]), path)
        first[same] = first.get(same, 0) + 1
    return first


def _part_label(path: str, part: Finding, readings: int) -> str:
    """The part's title; with the letter of the reading, if the line is for one reading only."""
    reading = next((step for step in path.split("/") if step.isupper()), "")
    return say("compare.reading", title=part.title, reading=reading) if reading and readings == 1 else part.title


def _total_line(found: Sequence[Thread], text: dict[int, TextReview], reviews: Sequence[Review]) -> Iterator[ComparisonLine]:
    """The points of all criteria with known text and the same wording in every year; no line if there are none."""
    kept = [
        thread for thread in found
        if thread.found.keys() == text.keys() and len({sides.asked(one) for one in thread.found.values()}) == 1
        and thread.newest.award is not Award.UNREAD
    ]
    if not kept:
        return
    newest = text[max(text)]
    every = {
        index: sides.total([thread.found[index] for thread in kept], text[index], reviews[index].year) for index in text
    }
    ids = ", ".join(criterion_label(thread.newest.id) for thread in kept)
    yield _line(
        f"{newest.id}/total", LineKind.TOTAL, every, reviews, Direction.MORE, group=newest.id, group_title=newest.short,
        label=say("compare.total", ids=ids),
    )


# --- the plan ------------------------------------------------------------------------------------------------------


def _plan_lines(reviews: Sequence[Review]) -> Iterator[ComparisonLine]:
    goals: dict[str, dict[int, Goal]] = {}
    for index in reversed(range(len(reviews))):  # the newest year gives the order
        for goal in reviews[index].goals:
            goals.setdefault(goal.id, {})[index] = goal
    for name, found in goals.items():
        every = {index: sides.goal(goal, reviews[index].year) for index, goal in found.items()}
        section = name.rpartition("-")[0] or name
        words = {"group": "plan", "group_title": say("compare.section", name=section)}
        key, newest = f"plan/{name}", found[max(found)]
        quote = " / ".join(dict.fromkeys(part.quote for part in newest.parts))
        yield _line(key, LineKind.GOAL, every, reviews, Direction.MORE, id=name, label=quote, **words)
        if len({one.asks for one in every.values()}) == 1 and len(every) > 1:
            yield from _goal_measures(found, reviews, key, words)


def _goal_measures(found: dict[int, Goal], reviews: Sequence[Review], key: str, words: dict[str, str]) -> Iterator[ComparisonLine]:
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
        yield _line(
            f"{key}/{name}", LineKind.MEASURE, every, reviews, of_measure(newest.measure), under=key, id=name if several else "",
            label=newest.measure_label, **words,
        )


# --- tables --------------------------------------------------------------------------------------------------------


def _table_lines(reviews: Sequence[Review]) -> Iterator[ComparisonLine]:
    tables: dict[str, dict[int, NumericTable]] = {}
    for index in reversed(range(len(reviews))):
        for table in reviews[index].tables:
            tables.setdefault(table.id, {})[index] = table
    for table_id in sorted(tables, key=lambda name: int(name.removeprefix("PL"))):
        found = tables[table_id]
        for key in _keys(found, reviews):
            yield _row_line(table_id, key, found, reviews)


def _keys(found: dict[int, NumericTable], reviews: Sequence[Review]) -> list[str]:
    """Keys of the rows, each older row after the last row of its group. In PL10 only rows of unchanged criteria."""
    newest, *others = (found[index] for index in sorted(found, reverse=True))
    rows = list(newest.rows)
    for table in others:
        for row in table.rows:
            if not any(row.key == one.key for one in rows):
                places = [place for place, one in enumerate(rows, start=1) if one.group == row.group]
                rows.insert(places[-1] if places else len(rows), row)
    if newest.id != "PL10":
        return [row.key for row in rows]
    kept = _unchanged(reviews)
    return [row.key for row in rows if row.key in kept and all(table.row(row.key) for table in found.values())]


def _unchanged(reviews: Sequence[Review]) -> set[str]:
    """Keys of self-scores of unchanged criteria. For the others, the line of the criterion already gives the reason."""
    of_years = []
    for review in reviews:
        asked = {f"{text.id}.{finding.id}": sides.asked(finding) for text in review.texts for finding in text.findings}
        totals = {f"{text.id}.total": ",".join(sides.asked(one) for one in text.findings) for text in review.texts}
        of_years.append(asked | totals)
    return {key for key, asks in of_years[0].items() if all(year.get(key) == asks for year in of_years)}


def _row_line(table_id: str, key: str, found: dict[int, NumericTable], reviews: Sequence[Review]) -> ComparisonLine:
    rows: dict[int, NumericRow] = {index: row for index, table in found.items() if (row := table.row(key)) is not None}
    every = {index: sides.row(row, found[index], reviews[index]) for index, row in rows.items()}
    newest = rows[max(rows)]
    return _line(
        f"{table_id}/{key}", LineKind.ROW, every, reviews, of_row(table_id, key), group=table_id,
        group_title=say("publish.numbers.title", id=table_id, title=found[max(found)].title), under=newest.group, label=newest.label,
    )
