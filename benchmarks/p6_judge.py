"""P6: judging one school (measures, criteria, plan) without reading it, and 2,000 schools one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from figure import Line, seconds, timed
from school import DAY

from antq_review import rules
from antq_review.ingest.model import Evidence
from antq_review.scoring import judge, judge_plan
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder

TITLE = "judging one school"
SCHOOLS, QUICK_SCHOOLS = 2_000, 60


def _judge(evidence: Evidence, texts: tuple[rules.Rulebook, ...]) -> None:
    index = Index(evidence)
    for text in texts:
        judge(text, evidence, DAY.year, DAY, index)
    judge_plan(evidence, DAY.year, DAY, index)


def lines(quick: bool) -> Iterator[Line]:
    evidence, texts = read_folder(example_folder()), tuple(rules.in_force(DAY.year))
    rows = sum(len(table.rows) for table in evidence.tables.values())
    _judge(evidence, texts)
    count = QUICK_SCHOOLS if quick else SCHOOLS
    times = [timed(lambda: _judge(evidence, texts)) for _ in range(count)]
    one = median(times)
    what = f"{TITLE}: texts and plan, {rows} rows"
    yield Line(what, f"{seconds(one)} (max {seconds(max(times))})", "5 ms", one / 0.005, "<= 5 ms", one <= 0.005)
    whole = sum(times)
    goal = 0.005 * count
    yield Line(f"{count:,} schools one after the other", seconds(whole), seconds(goal), whole / goal, f"<= {goal:g} s", whole <= goal)
    tenth = count // 10
    flat = median(times[-tenth:]) / median(times[:tenth])
    last, first = seconds(median(times[-tenth:])), seconds(median(times[:tenth]))
    yield Line("a school at the end of them", last, f"{first} at the beginning", flat, "<= 1.15x", flat <= 1.15)
    review = median(timed(lambda: review_evidence(evidence, DAY)) for _ in range(10))
    yield Line("the whole review.json of it, for information", seconds(review), "judging alone", review / one, "-", True)
