"""The lines of a criterion's measured parts, for years in which its wording is the same.

Readings with the same values in every year share one line. A year that was judged before the rules held a reading, or
that measured a part in another way, is shown and not compared: the text did not change, but the number means something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from antq_review.forms.measure_labels import Measure
from antq_review.history import values as sides
from antq_review.history.change import YearValues, line_of_years
from antq_review.history.directions import of_measure
from antq_review.history.matching import Thread
from antq_review.history.model import ComparisonLine, LineKind, Moved, Why, YearChange
from antq_review.scoring.model.finding import FindingPlace
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Finding, Review, TextReview
from antq_review.text import Message, criterion_label, literal, tell

_Path = tuple[str, ...]


class _Part(NamedTuple):
    """A measured part: its values by the index of the year, and the finding of the newest year that has it."""

    values: YearValues
    newest: Finding


def measure_lines(thread: Thread, text: dict[int, TextReview], reviews: Sequence[Review], key: str) -> Iterator[ComparisonLine]:
    """A line for each measured part of a criterion; `key` is the key of the criterion's own line."""
    places = {index: {place.path: place for place in finding.walk()} for index, finding in thread.found.items()}
    found = _parts(places, text, reviews)
    every = {path: place for index in sorted(places) for path, place in places[index].items()}
    group = text[max(text)]
    for path, alike in _alike(found).items():
        values, part = found[path]
        measure = part.measurement.measure if part.measurement else ""
        shared = _shared(alike, every)
        letters = ", ".join(_letters(shared, alike, every))
        title = every[shared].finding.title if path else Measure.label_of(measure)
        label = tell("compare.reading", title=title, reading=letters) if letters else literal(title)
        name = "".join(f"/{step}" for step in path) or "/."
        line = line_of_years(
            f"{key}{name}", LineKind.MEASURE, values, reviews, of_measure(measure), group=group.id,
            group_title=group.short, under=literal(key), id=criterion_label(part.id), label=label,
        )
        yield _same_text(line.model_copy(update={"reading": letters}), path, places, reviews)


def _parts(
    places: dict[int, dict[_Path, FindingPlace]], text: dict[int, TextReview], reviews: Sequence[Review]
) -> dict[_Path, _Part]:
    """Path → part, in the order of the newest year."""
    found: dict[_Path, _Part] = {}
    for index in sorted(places, reverse=True):
        for path, place in places[index].items():
            if place.finding.measurement is not None:
                part = found.setdefault(path, _Part({}, place.finding))
                part.values[index] = sides.measure(place.finding, text[index], reviews[index].year)
    return found


def _alike(found: dict[_Path, _Part]) -> dict[_Path, list[_Path]]:
    """First path of each line → all its paths: the readings of a part that have the same values in every year."""
    first: dict[_Path, list[_Path]] = {}
    for path, part in found.items():
        same = (other for other in first if found[other].newest.id == part.newest.id and found[other].values == part.values)
        first.setdefault(next(same, path), []).append(path)
    for path in list(first):
        _join_finer(path, first, found)
    return first


def _join_finer(path: _Path, first: dict[_Path, list[_Path]], found: dict[_Path, _Part]) -> None:
    """Puts a part of the years before its readings on the line of all its readings, if they share one: both years are seen.

    What such a year asked is marked with the path, so it is never compared with a year that has the readings.
    """
    older = found[path]
    finer = {other for other in found if other != path and other[: len(path)] == path and found[other].newest.id == older.newest.id}
    line = next((one for one, paths in first.items() if finer and finer <= set(paths)), None)
    if line is None or not older.values.keys().isdisjoint(found[line].values):
        return
    marked = {index: value.model_copy(update={"asks": f"{value.asks} {path}"}) for index, value in older.values.items()}
    found[line].values.update(marked)
    del first[path]


# --- labels --------------------------------------------------------------------------------------------------------


def _shared(paths: Sequence[_Path], places: dict[_Path, FindingPlace]) -> _Path:
    """The longest path of a finding that all the paths begin with."""
    starts = (paths[0][:length] for length in range(len(paths[0]), -1, -1))
    return next(start for start in starts if start in places and all(path[: len(start)] == start for path in paths))


def _letters(shared: _Path, paths: Sequence[_Path], places: dict[_Path, FindingPlace]) -> Iterator[str]:
    """The letters of the readings down to what the paths share; then, as `A/C`, those of its readings that they are for."""
    for length in range(1, len(shared) + 1):
        place = places.get(shared[:length])
        if place is not None and place.reading is not None:
            yield place.reading.id
    below = dict.fromkeys(path[len(shared)] for path in paths if path != shared)
    if 0 < len(below) < len(places[shared].finding.readings):
        yield "/".join(below)


# --- years that measured otherwise ---------------------------------------------------------------------------------


def _same_text(
    line: ComparisonLine, path: _Path, places: dict[int, dict[_Path, FindingPlace]], reviews: Sequence[Review]
) -> ComparisonLine:
    """The line with the right reasons: the text of its criterion is the same, so what differs is how it was measured."""
    changes = tuple(
        change if change is None else _right(change, place, line, path, places, reviews) for place, change in enumerate(line.changes)
    )
    return line.model_copy(update={"changes": changes})


def _right(
    change: YearChange, place: int, line: ComparisonLine, path: _Path, places: dict[int, dict[_Path, FindingPlace]],
    reviews: Sequence[Review],
) -> YearChange:
    both = (place, place + 1)
    if change.why is Why.TEXT:
        before, now = (reviews[index].year for index in both)
        return _refused(Why.METHOD, tell("compare.why.measured_otherwise", before=before, now=now))
    lacking = next(index for index in both if line.sides[index] is None) if change.why is Why.ABSENT else None
    if lacking is None or lacking not in places:
        return change
    year = reviews[lacking].year
    if _not_applicable(path, places[lacking].values()):
        return _refused(Why.NOT_APPLICABLE, tell("compare.why.not_applicable", year=year))
    return _refused(Why.METHOD, tell("compare.why.not_measured", year=year))


def _refused(why: Why, says: Message) -> YearChange:
    return YearChange(moved=Moved.NOT_COMPARABLE, why=why, says=says)


def _not_applicable(path: _Path, places: Iterable[FindingPlace]) -> bool:
    """Did something above the part not apply in that year, so that the part was not measured?"""
    return any(
        place.finding.computed.truth is Truth.NOT_APPLICABLE and path[: len(place.path)] == place.path for place in places
    )
