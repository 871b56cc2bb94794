"""Consistency checks: scores that contradict each other or have no evidence, and rows without their file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from antq_review.forms.choices import StandardResult
from antq_review.rules.model import Award
from antq_review.scoring.model.finding import TRUTH_OF_RESULT
from antq_review.scoring.model.outcome import Outcome, Truth
from antq_review.scoring.model.review import Finding, SelfScore, TextReview
from antq_review.scoring.model.review_parts import ConsistencyCheck, FormState
from antq_review.text import criterion_label, shaped, tell
from antq_review.text.message import Param

ONE = Decimal(1)


def checks(texts: Sequence[TextReview], forms: Sequence[FormState]) -> tuple[ConsistencyCheck, ...]:
    """All contradictions, the largest first.

    The size is a number of points, of criteria (of a text without points) or of rows of a form. The order uses the
    share of the whole (the text's total, its criteria, the form's rows), so that the three units can be compared.
    Kinds: `outside` (self-score outside the computed range), `bare` (a self-score without evidence), `own_verified`
    and `computed_verified` (the superior's score differs), `no_file`.
    """
    found = [check for text in texts for finding in text.findings for check in _of_finding(text, finding)]
    found += [check for form in forms if (check := _of_form(form)) is not None]
    return tuple(sorted(found, key=lambda check: (-check.size / check.out_of, check.kind, check.text, check.id)))


@dataclass(frozen=True)
class _Given:
    """A score that people gave: as an outcome, and in words."""

    outcome: Outcome
    says: Param


def _of_finding(text: TextReview, finding: Finding) -> Iterator[ConsistencyCheck]:
    score = finding.self_score
    if score is None:
        return
    own, verified = _own(finding, score), _verified(finding, score)
    computed = _words(finding.computed)
    if own is not None:
        if (gap := _gap(own.outcome, finding.computed)) > 0:
            if not finding.explained:  # a reason stands with the difference, as its note
                yield _check("outside", text, finding, gap, score, computed=computed, own=own.says)
        elif _claims(own.outcome) and _nothing_behind(finding):
            size = own.outcome.low if own.outcome.low is not None else ONE
            yield _check("bare", text, finding, size, score, computed=computed, own=own.says)
    if verified is not None:
        if own is not None and (gap := _gap(verified.outcome, own.outcome)) > 0:
            yield _check("own_verified", text, finding, gap, score, own=own.says, verified=verified.says)
        if (gap := _gap(verified.outcome, finding.computed)) > 0:
            yield _check("computed_verified", text, finding, gap, score, computed=computed, verified=verified.says)


def _check(kind: str, text: TextReview, finding: Finding, size: Decimal, score: SelfScore, **places: Param) -> ConsistencyCheck:
    out_of = text.total if text.total is not None else Decimal(len(text.findings))
    what = tell("consistency.criterion" if text.total is None else "consistency.item")
    says = tell(f"consistency.{kind}", text=text.short, what=what, id=criterion_label(finding.id), **places)
    return ConsistencyCheck(kind=kind, text=text.id, id=finding.id, says=says, size=size, out_of=out_of, cells=score.cells)


def _own(finding: Finding, score: SelfScore) -> _Given | None:
    return _given(finding, score.points, score.result)


def _verified(finding: Finding, score: SelfScore) -> _Given | None:
    return _given(finding, score.verified_points, score.verified_result)


def _given(finding: Finding, points: Decimal | None, result: str | None) -> _Given | None:
    if finding.points is not None:
        return None if points is None else _Given(Outcome(truth=Truth.UNKNOWN, low=points, high=points), points)
    return _Given(Outcome(truth=TRUTH_OF_RESULT[result]), shaped(StandardResult.label_of(result), "lower")) if result else None


def _gap(given: Outcome, other: Outcome) -> Decimal:
    """The distance of a given score from another result, in points; 1 where two results without points contradict."""
    if given.low is not None and other.low is not None and other.high is not None:
        return max(other.low - given.low, given.low - other.high, Decimal(0))
    return Decimal(int(other.truth is not Truth.UNKNOWN and given.truth is not other.truth))


def _claims(own: Outcome) -> bool:
    return own.low > 0 if own.low is not None else own.truth is Truth.YES


def _nothing_behind(finding: Finding) -> bool:
    """Did every measurement of the finding find nothing? “None happened” on a declared form counts as evidence."""
    below = (place.finding for place in finding.walk())
    measured = [(one.measurement, one.award is Award.NONE_OF) for one in below if one.measurement and one.measurement.applies]
    return bool(measured) and all(found.low == 0 and not (none and found.high == 0) for found, none in measured)


def _of_form(form: FormState) -> ConsistencyCheck | None:
    lacking = form.file_rows - form.with_file
    if lacking <= 0:
        return None
    says = tell("consistency.no_file", form=form.title, lacking=lacking, rows=form.file_rows)
    return ConsistencyCheck(kind="no_file", text="", id=form.form, says=says, size=Decimal(lacking), out_of=Decimal(form.file_rows))


def _words(outcome: Outcome) -> Param:
    if outcome.low is None or outcome.high is None:
        return tell(f"scoring.truth.{outcome.truth.value}")
    return outcome.low if outcome.low == outcome.high else tell("consistency.between", low=outcome.low, high=outcome.high)
