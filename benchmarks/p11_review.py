"""P11: the whole review, with the steps tried, of 1,000 activities and of 6,000; growth of judging, review and publishing.

P5 has the growth of reading. Publishing is a report on a kernel of its own, with its annex and its review.json; the kernel
and its start count too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from figure import Line, cpu_seconds, growth, processor, seconds
from p6_judge import one_school
from school import DAY, example, school_of

from antq_review import rules
from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.notebook.kernel import own_kernel
from antq_review.publish.notebook.year_report import write_report
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import review_evidence

TITLE = "the whole review of many activities"
SIZES, QUICK_SIZES = (500, 1_000, 5_000, 20_000), (500, 1_000)
SMALL, LARGE = 1_000, 6_000
GOAL, TIMES, EXPONENT = 0.7, 6.5, 1.1


def published(review: Review) -> float:
    """Processor seconds of publishing a review, those of the kernel too."""

    def publish() -> None:
        with tempfile.TemporaryDirectory(prefix="antq-") as place, own_kernel() as kernel:
            write_report(review, Path(place), kernel=kernel)
            annex(review, None)
            review.to_json()

    ended = cpu_seconds()
    return processor(publish) + cpu_seconds() - ended


def lines(quick: bool) -> Iterator[Line]:
    texts = tuple(rules.in_force(DAY.year))
    sizes = sorted({*(QUICK_SIZES if quick else (*SIZES, LARGE))})
    judged, reviewed, printed = {}, {}, {}
    published(example())  # what a process loads at its first report is no part of the growth
    for rows in sizes:
        evidence, rounds = school_of(rows), 1 if quick or rows > LARGE else 3
        judged[rows] = min(one_school(evidence, texts) for _ in range(rounds))
        made: list[Review] = []
        reviewed[rows] = min(processor(lambda: made.append(review_evidence(evidence, DAY))) for _ in range(rounds))  # noqa: B023
        printed[rows] = published(made[-1])
    small = reviewed[SMALL]
    yield Line(f"{SMALL:,} activities, CPU", seconds(small), seconds(GOAL), small / GOAL, f"<= {seconds(GOAL)}", small <= GOAL)
    if not quick:
        times = reviewed[LARGE] / small
        what, floor = f"{LARGE:,} activities, CPU", f"{seconds(small)} {SMALL:,} activities"
        yield Line(what, seconds(reviewed[LARGE]), floor, times, f"<= {TIMES}x", times <= TIMES)
    for what, taken in (("judging", judged), ("the whole review", reviewed), ("publishing", printed)):
        fitted = growth(sizes, [taken[rows] for rows in sizes])
        over = f"over {' / '.join(f'{rows:,}' for rows in sizes)} activities"
        yield Line(f"{what}: exponent of growth", f"{fitted:.2f}", over, fitted, f"<= {EXPONENT}", quick or fitted <= EXPONENT)
