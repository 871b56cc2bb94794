"""P11: the whole review, with the steps tried, of 1,000 activities and of 6,000; growth of judging and review with the rows."""

from __future__ import annotations

from collections.abc import Iterator

from figure import Line, growth, processor, seconds
from p6_judge import one_school
from school import DAY, school_of

from antq_review import rules
from antq_review.scoring.pipeline import review_evidence

TITLE = "the whole review of many activities"
SIZES, QUICK_SIZES = (500, 1_000, 5_000, 20_000), (500, 1_000)
SMALL, LARGE = 1_000, 6_000
GOAL, TIMES, EXPONENT = 0.7, 6.5, 1.1


def lines(quick: bool) -> Iterator[Line]:
    texts = tuple(rules.in_force(DAY.year))
    sizes = sorted({*(QUICK_SIZES if quick else (*SIZES, LARGE))})
    judged, reviewed = {}, {}
    for rows in sizes:
        evidence, rounds = school_of(rows), 1 if quick or rows > LARGE else 3
        judged[rows] = min(one_school(evidence, texts) for _ in range(rounds))
        reviewed[rows] = min(processor(lambda: review_evidence(evidence, DAY)) for _ in range(rounds))  # noqa: B023
    small = reviewed[SMALL]
    yield Line(f"{SMALL:,} activities, CPU", seconds(small), seconds(GOAL), small / GOAL, f"<= {seconds(GOAL)}", small <= GOAL)
    if not quick:
        times = reviewed[LARGE] / small
        what, floor = f"{LARGE:,} activities, CPU", f"{seconds(small)} {SMALL:,} activities"
        yield Line(what, seconds(reviewed[LARGE]), floor, times, f"<= {TIMES}x", times <= TIMES)
    for what, taken in (("judging", judged), ("the whole review", reviewed)):
        fitted = growth(sizes, [taken[rows] for rows in sizes])
        over = f"over {' / '.join(f'{rows:,}' for rows in sizes)} activities"
        yield Line(f"{what}: exponent of growth", f"{fitted:.2f}", over, fitted, f"<= {EXPONENT}", quick or fitted <= EXPONENT)
