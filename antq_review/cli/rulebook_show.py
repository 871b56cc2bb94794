"""A text of law in lines: everything that decides, with the ground and the confidence of each statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from antq_review.forms import choices as lists
from antq_review.forms.columns import Choices
from antq_review.forms.measure_labels import Measure
from antq_review.period import QUARTER_NAMES
from antq_review.rules import Provision, Rulebook
from antq_review.rules.model import Award, Bound
from antq_review.text import criterion_label, day, fold, number, percent, say, words

#: Filter → the drop-down list of its values; the kind of a paper, of an incident or of a check depends on the measure.
_LISTS: Mapping[str, type[Choices]] = {
    "kind": lists.DocumentKind, "other_kind": lists.DocumentKind, "contents": lists.Content, "other_contents": lists.Content,
    "partner": lists.Partner, "audience": lists.Audience, "topic": lists.Topic, "unit_kind": lists.UnitKind,
    "group": lists.DisciplineGroup, "cause": lists.DisciplineCause, "event_letter": lists.EventLetter,
}
#: Filters that open a question for the meeting, and those about excuses: they have lines of their own.
_PERHAPS = ("other_kind", "other_contents")
_EXCUSES = ("excuse", "excusable_kind")
_STEP = "   "
Filter = Mapping[str, Sequence[str]]


def lines(text: Rulebook) -> Iterator[str]:
    """The head of the text, its criteria with their parts and readings, and what is not known of it."""
    yield str(text.title)
    yield from _head(text)
    for criterion in text.criteria:
        yield ""
        yield from _provision(criterion, "", text.total is not None)
    yield ""
    for one in text.deductions:
        yield _say("deduction", id=one.id, text=one.text, each=number(one.each), citation=one.citation)
    for cap in text.caps:
        yield _say("cap", id=cap.id, text=cap.text, highest=cap.highest, citation=cap.citation)
    for what in (*text.gaps, *text.standing_gaps):
        yield _say("gap", what=what)


def _say(key: str, /, **places: object) -> str:
    return say(f"rules.show.{key}", **places)


def _sure(confidence: str) -> str:
    return _say(f"confidence.{confidence}")


def _head(text: Rulebook) -> Iterator[str]:
    for later in text.amendments:
        yield _say("amended", number=later.number, note=later.note).strip()
    for source in text.sources:
        yield _say("source", where=source.where, day=day(source.read_on), note=f" {source.note}" if source.note else "")
    yield _say("scope", levels=_levels(text.levels), citation=text.scope_citation, basis=_sure(text.scope_confidence))
    if text.inferred_levels:
        yield _say("inferred_levels", levels=_levels(text.inferred_levels))
    period, deadline = text.period, text.deadline
    start = f"{period.start_day}/{period.start_month}"
    yield _say(
        "period", start=_say("from_last_year", day=start) if period.start_year_offset else start,
        end=f"{period.end_day}/{period.end_month}", citation=period.citation, basis=_sure(period.confidence),
    )
    before = f"{deadline.day + 1}/{deadline.month}"
    yield _say("deadline", before=before, citation=deadline.citation, basis=_sure(deadline.confidence))
    if text.total is not None:
        bands = "; ".join(_say("band", name=band.name, points=number(band.at_least)) for band in text.bands)
        yield _say("bands", list=bands) if bands else _say("no_bands")


def _levels(codes: Sequence[str]) -> str:
    return ", ".join(lists.LevelsTaught.label_of(code) for code in codes)


# --- one provision -------------------------------------------------------------------------------------------------


def _provision(provision: Provision, indent: str, scored: bool, above: str = "") -> Iterator[str]:
    """The provision, its parts below it, and its readings with their parts. `above`: the words quoted already."""
    key = "heading" if provision.points is None else "with_points"
    points = number(provision.points) if provision.points is not None else ""
    label = criterion_label(provision.id)
    yield indent + _say(key, id=label if label.endswith("…") else f"{label}.", title=provision.title, points=points)
    inner = indent + _STEP
    if provision.text != above:
        yield inner + _say("quote", text=provision.text, citation=provision.citation)
    yield from (inner + line for line in _rule(provision, scored))
    for part in provision.parts:
        yield from _provision(part, inner, scored)
    if provision.readings:
        yield inner + _say("readings")
    for reading in provision.readings:
        yield inner + _say("reading", id=reading.id, basis=_sure(reading.basis), says=reading.says)
        for part in reading.parts:
            yield from _provision(part, inner + _STEP, scored, provision.text)


def _rule(provision: Provision, scored: bool) -> Iterator[str]:
    """Everything that decides the provision, beside its words."""
    if provision.confidence != "SEEN":
        yield _say("basis", basis=_sure(provision.confidence))
    if provision.applies is not None:
        yield _say("applies", who=provision.applies.says)
        yield from _filters(provision.applies.filter)
    if provision.measure is not None:
        yield _say("measure", measure=Measure.label_of(provision.measure), counts=_say(f"counts.{provision.measure}"))
        yield from _filters(provision.filter)
    yield from _award(provision)
    if scored and provision.points is not None and provision.award in (Award.THRESHOLD, Award.ALL_OF):
        below = provision.else_points
        yield _say("no_below") if below is None else _say("below", points=number(below))
    if provision.due_quarter is not None:
        yield _say("quarter", quarter=QUARTER_NAMES[provision.due_quarter - 1])
    if provision.evidence_required:
        yield _say("evidence")
    if provision.zero_if_nothing:
        yield _say("nothing")
    if provision.ground:
        yield _say("ground", ground=provision.ground)
    if provision.note:
        yield _say("note", note=provision.note)


def _filters(wanted: Filter) -> Iterator[str]:
    """What counts, what may count by a conclusion of the meeting, and what is excused."""
    kept = {name: values for name, values in wanted.items() if name not in (*_PERHAPS, *_EXCUSES)}
    perhaps = {name: values for name, values in wanted.items() if name in _PERHAPS}
    if kept:
        yield _say("filter", filter=filter_words(kept))
    if perhaps:
        yield _say("perhaps", filter=filter_words(perhaps))
    if excuses := wanted.get("excuse", ()):
        named = "; ".join(say(f"scoring.excuses.{one}") for one in excuses)
        kinds = ", ".join(fold(lists.IncidentKind.label_of(one)) for one in wanted.get("excusable_kind", ()))
        yield _say("excuses_of_kinds", list=named, kinds=kinds) if kinds else _say("excuses", list=named)


def filter_words(wanted: Filter) -> str:
    """`loại: Nghị quyết; nội dung: …`. Raises KeyError for a filter or a value that has no words."""
    return "; ".join(_say("and_filter", name=_say(f"filters.{name}"), values=", ".join(_value(name, one) for one in values))
                     for name, values in wanted.items())


def _value(name: str, code: str) -> str:
    known = words("rules")["show"]["values"].get(name, {})
    return str(known[code]) if code in known else _LISTS[name].labels()[code]


def _award(provision: Provision) -> Iterator[str]:
    """How the provision is awarded; a provision with readings is awarded by those."""
    award, rate = provision.award, _is_rate(provision.measure)
    if provision.readings:
        return
    if award is Award.THRESHOLD and provision.bound is not None:
        yield _say("awards.threshold", bound=_bound(provision.bound, rate))
    elif award is Award.STEPS:
        steps = (_say("awards.step", bound=_amount(one.at_least, rate), points=number(one.points)) for one in provision.steps)
        yield _say("awards.steps", list="; ".join(steps))
    elif award is Award.PER_UNIT:
        yield _say("awards.per_unit", points=number(provision.points_per_unit or 0))
    elif award is not Award.THRESHOLD:
        yield _say(f"awards.{award.value}")


def _is_rate(measure: str | None) -> bool:
    from antq_review.scoring.measures import registry

    return measure is not None and registry()[measure].unit == "rate"


def _bound(bound: Bound, rate: bool) -> str:
    """The one condition of a bound."""
    known = [(name, value) for name in ("at_least", "at_most", "equals") if (value := getattr(bound, name)) is not None]
    name, value = known[0]
    if rate and value == 1 and name == "at_least":
        return _amount(value, rate)
    return _say(f"bounds.{name}", value=_amount(value, rate))


def _amount(value: Decimal, rate: bool) -> str:
    return percent(value) if rate else number(value)
