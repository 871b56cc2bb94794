"""P6: judging one school (measures, criteria, plan) without reading it, and 2,000 schools one after the other.

Every school is a copy with rows of its own, so that nothing is remembered of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from figure import Line, processor, seconds
from school import DAY

from antq_review import rules
from antq_review.collector import without_collector
from antq_review.ingest.model import Evidence, TableData
from antq_review.scoring import judge, judge_plan
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder

TITLE = "judging one school"
SCHOOLS, QUICK_SCHOOLS = 2_000, 60
GOAL = 0.010


def another(evidence: Evidence) -> Evidence:
    """The same school, with rows of which no cell was asked for yet."""
    tables = {
        name: TableData([replace(row) for row in data.rows], data.refused, data.refused_codes) for name, data in evidence.tables.items()
    }
    return replace(evidence, tables=tables)


@without_collector()
def judged(evidence: Evidence, texts: tuple[rules.Rulebook, ...]) -> None:
    """Judge the texts and the plan, as `review` does."""
    index = Index(evidence)
    for text in texts:
        judge(text, evidence, DAY.year, DAY, index)
    judge_plan(evidence, DAY.year, DAY, index)


def one_school(evidence: Evidence, texts: tuple[rules.Rulebook, ...]) -> float:
    """Processor seconds of judging a copy of the school."""
    copy = another(evidence)
    return processor(lambda: judged(copy, texts))


def lines(quick: bool) -> Iterator[Line]:
    evidence, texts = read_folder(example_folder()), tuple(rules.in_force(DAY.year))
    rows = sum(len(table.rows) for table in evidence.tables.values())
    one_school(evidence, texts)
    count = QUICK_SCHOOLS if quick else SCHOOLS
    times = [one_school(evidence, texts) for _ in range(count)]
    one = median(times)
    what = f"{TITLE}: texts and plan, {rows} rows, CPU"
    yield Line(what, f"{seconds(one)} (max {seconds(max(times))})", seconds(GOAL), one / GOAL, f"<= {seconds(GOAL)}", one <= GOAL)
    tenth = count // 10
    flat = median(times[-tenth:]) / median(times[:tenth])
    last, first = seconds(median(times[-tenth:])), seconds(median(times[:tenth]))
    yield Line(f"the last of {count:,} schools one after the other", last, f"{first} the first", flat, "<= 1.15x", flat <= 1.15)
