"""The rows of the numeric tables in a comparison of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from antq_review.history import values as sides
from antq_review.history.change import line_of_years
from antq_review.history.directions import of_row
from antq_review.history.model import ComparisonLine, LineKind
from antq_review.history.wording import asked
from antq_review.scoring.model.numeric_tables import NumericRow, NumericTable
from antq_review.scoring.model.review import Review
from antq_review.text import tell


def table_lines(reviews: Sequence[Review]) -> Iterator[ComparisonLine]:
    """The rows of PL1–PL10 over all years."""
    tables: dict[str, dict[int, NumericTable]] = {}
    for index in reversed(range(len(reviews))):
        for table in reviews[index].tables:
            tables.setdefault(table.id, {})[index] = table
    for table_id in sorted(tables, key=lambda name: int(name.removeprefix("PL"))):
        found = tables[table_id]
        for key in _keys(found, reviews):
            yield _row_line(table_id, key, found, reviews)


def _keys(found: dict[int, NumericTable], reviews: Sequence[Review]) -> list[str]:
    """Keys of the rows, each older row after the last row of its group. In PL10 only rows of unchanged criteria.

    Groups are compared as words: a review that an earlier version stored has them as plain text.
    """
    newest, *others = (found[index] for index in sorted(found, reverse=True))
    rows = list(newest.rows)
    for table in others:
        for row in table.rows:
            if not any(row.key == one.key for one in rows):
                places = [place for place, one in enumerate(rows, start=1) if str(one.group) == str(row.group)]
                rows.insert(places[-1] if places else len(rows), row)
    if newest.id != "PL10":
        return [row.key for row in rows]
    kept = _unchanged(reviews)
    return [row.key for row in rows if row.key in kept and all(table.row(row.key) for table in found.values())]


def _unchanged(reviews: Sequence[Review]) -> set[str]:
    """Keys of self-scores of unchanged criteria. For the others, the line of the criterion already gives the reason."""
    of_years = []
    for review in reviews:
        items = {f"{text.id}.{finding.id}": asked(finding) for text in review.texts for finding in text.findings}
        totals = {f"{text.id}.total": ",".join(asked(one) for one in text.findings) for text in review.texts}
        of_years.append(items | totals)
    return {key for key, asks in of_years[0].items() if all(year.get(key) == asks for year in of_years)}


def _row_line(table_id: str, key: str, found: dict[int, NumericTable], reviews: Sequence[Review]) -> ComparisonLine:
    rows: dict[int, NumericRow] = {index: row for index, table in found.items() if (row := table.row(key)) is not None}
    every = {index: sides.row(row, found[index], reviews[index]) for index, row in rows.items()}
    newest = rows[max(rows)]
    return line_of_years(
        f"{table_id}/{key}", LineKind.ROW, every, reviews, of_row(table_id, key), group=table_id,
        group_title=tell("publish.numbers.title", id=table_id, title=found[max(found)].title), under=newest.group, label=newest.label,
    )
