"""The cases of the law: evidence in, finding out. They stand as data in tests/cases, one sentence for each."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from antq_review.rules import Award, provisions, rulebook
from antq_review.scoring.judging.criteria import judge
from antq_review.scoring.model.outcome import Measurement, Outcome, Reason
from antq_review.scoring.model.review import Finding
from tests.each import each
from tests.scoring.build import AS_OF, TABLES, YEAR, base, cases, every, evidence_of, ids_of, judged

TEXTS = {"tt_124": "tt_124_2021", "qd_510": "qd_510_2022"}
ALL = [pytest.param(text, case, id=f"{text} {name}") for text, folder in TEXTS.items() for name, case in cases(folder)]
#: What each case may expect; a mistyped key would test nothing.
KEYS = {"truth", "low", "high", "reasons", "measured", "measured_by", "readings", "settled", "conflict", "fact", "notes"}
#: Provisions with one possible outcome: nobody has read them, or only people can say.
SINGLE = {"4b-", "2a1"}


_JUDGED: dict[tuple[str, int], dict[str, Finding]] = {}


def findings_of(text: str, case: Mapping[str, Any]) -> dict[str, Finding]:
    """The findings of one of the cases, judged once for all tests of it."""
    key = text, id(case)  # `cases` gives the same object every time
    if key not in _JUDGED:
        _JUDGED[key] = judged(evidence_of(case), text, case.get("as_of", AS_OF), case.get("year", YEAR))
    return _JUDGED[key]


def outcome_of(text: str, case: Mapping[str, Any]) -> Finding:
    return findings_of(text, case)[case["of"]]


def number(text: str) -> Decimal | None:
    fraction = None if text == "inf" else Fraction(text)
    return None if fraction is None else Decimal(fraction.numerator) / fraction.denominator


def measurements(found: Finding) -> Iterator[Measurement]:
    """What was measured for a finding: its own measurement, or those of its readings."""
    if found.measurement is not None:
        yield found.measurement
    for reading in found.readings:
        for part in reading.parts:
            yield from measurements(part)


def said(outcome: Outcome) -> str:
    """`2`, `0-3`, or the truth where the text gives no points."""
    if outcome.low is None:
        return outcome.truth.value
    return f"{outcome.low}" if outcome.low == outcome.high else f"{outcome.low}-{outcome.high}"


@pytest.mark.parametrize(("text", "case"), ALL)
def test_case(text: str, case: Mapping[str, Any]) -> None:
    expect = case["expect"]
    assert expect.keys() <= KEYS
    found = outcome_of(text, case)
    assert found.computed.truth.value == expect["truth"]
    for end in ("low", "high"):
        if end in expect:
            assert getattr(found.computed, end) == expect[end]
    if "reasons" in expect:
        assert sorted({reason.code for reason in found.reasons}) == expect["reasons"]
    measured = list(measurements(found))
    if "measured" in expect:  # in every reading
        assert measured and {(one.low, one.high) for one in measured} == {tuple(number(end) for end in expect["measured"])}
    for name, ends in expect.get("measured_by", {}).items():
        reading = next(one for one in found.readings if one.id == name)
        inner = [one for part in reading.parts for one in measurements(part)]
        assert inner and {(one.low, one.high) for one in inner} == {tuple(number(end) for end in ends)}, name
    assert {one.id: one.outcome.truth.value for one in found.readings} == expect.get("readings", ANY_READINGS)
    if "settled" in expect:
        assert said(found.settled) == expect["settled"]
    if "conflict" in expect:
        assert bool(found.conflict) is expect["conflict"]
    if expect.get("fact"):
        assert found.fact_cells
        assert bool(found.not_applicable) is (expect["truth"] == "not_applicable")
    if "notes" in expect:
        said_notes = [str(note) for one in measured for note in one.notes]
        assert measured and len(set(said_notes)) == expect["notes"], said_notes


class _Any:
    """Equal to everything: a case that expects nothing of the readings."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


ANY_READINGS = _Any()


@each("text, case", [one.values for one in ALL], ids=lambda one: f"{one[0]} {one[1]['name']}")
def test_open_says_why(text: str, case: Mapping[str, Any]) -> None:
    """Whatever is open carries a reason, at every depth; whatever is settled carries none."""
    for finding in findings_of(text, case).values():
        assert finding.computed.settled is not bool(finding.reasons), finding.id
        measured = finding.measurement
        if measured is not None and measured.applies:
            assert measured.high is None or measured.low <= measured.high
            assert measured.settled or measured.reasons, finding.id
        for why in finding.reasons:
            stored = Reason.model_validate_json(why.model_dump_json())
            assert stored == why and str(stored.says) == str(why.says) and str(stored.settles) == str(why.settles)


@pytest.mark.parametrize("text", TEXTS)
def test_every_provision_has_cases_on_both_sides(text: str) -> None:
    outcomes: dict[str, set[Outcome]] = {}
    number_of: dict[str, int] = {}
    for _, case in cases(TEXTS[text]):
        outcomes.setdefault(case["of"], set()).add(outcome_of(text, case).computed)
        number_of[case["of"]] = number_of.get(case["of"], 0) + 1
    lacking = [name for name in ids_of(text) if number_of.get(name, 0) < 2]
    assert lacking == []
    assert [name for name in ids_of(text) if len(outcomes[name]) < 2 and name not in SINGLE] == []
    assert set(number_of) <= set(ids_of(text))


@pytest.mark.parametrize("text", TEXTS)
def test_names_are_sentences_and_differ(text: str) -> None:
    names = [case["name"] for _, case in cases(TEXTS[text])]
    assert len(set((case["of"], case["name"]) for _, case in cases(TEXTS[text]))) == len(names)
    assert all(len(name.split()) >= 4 for name in names)


def test_single_outcomes_are_single() -> None:
    """The exceptions of the coverage rule are the unread provision and the judgement that needs no evidence."""
    found = {one.id: one for text in TEXTS for criterion in rulebook(text).criteria for one in provisions(criterion)}
    assert found["4b-"].award is Award.UNREAD
    assert found["2a1"].award is Award.JUDGEMENT and not found["2a1"].evidence_required


# --- the same school in another year, and at another level ----------------------------------------------------------------


def told(found: Finding) -> tuple[object, ...]:
    """What a case can expect of a finding."""
    readings = tuple((one.id, one.outcome) for one in found.readings)
    return found.computed, found.settled, sorted({why.code for why in found.reasons}), readings, bool(found.conflict)


def alone(text: str, case: Mapping[str, Any], year: int = YEAR) -> tuple[object, ...]:
    """What the case's provision is told, judged without the other criteria."""
    rules = rulebook(text)
    wanted = [one for one in rules.criteria if case["of"] in {part.id for part in provisions(one)}]
    findings = judge(rules.model_copy(update={"criteria": tuple(wanted)}), evidence_of(case), year, case.get("as_of", AS_OF))
    return told(next(one for one in every(findings) if one.id == case["of"]))


@cache
def as_written(text: str) -> dict[str, tuple[object, ...]]:
    return {name: alone(text, case, case.get("year", YEAR)) for name, case in cases(TEXTS[text])}


def whole(case: Mapping[str, Any]) -> dict[str, Any]:
    """The case with all that it leaves to the sound school."""
    tables = {name: case.get(name, base().get(name, [])) for name in TABLES if name != "profile"}
    places = {name: {**base().get(name, {}), **case.get(name, {})} for name in ("profile", "declared")}
    return {**case, **tables, **places, "as_of": case.get("as_of", AS_OF)}


def later(value: Any, years: int) -> Any:
    """Every day in the value so many years later; also the years in “2025-2026”."""
    if isinstance(value, date):
        return value.replace(year=value.year + years)
    if isinstance(value, Mapping):
        return {
            name: re.sub(r"\d{4}", lambda found: str(int(found.group()) + years), one) if name == "year_considered" else later(one, years)
            for name, one in value.items()
        }
    return [later(one, years) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("text", TEXTS)
def test_every_year_is_judged_alike(text: str) -> None:
    """Nothing rests on the year 2026. The cases of another year are about a form of discipline that ended in 2025."""
    years = 2  # 2028 has a 29 February
    for name, case in cases(TEXTS[text]):
        if "year" in case:
            continue
        moved = later(whole(case), years)
        moved["profile"]["year"] = YEAR + years
        assert alone(text, moved, YEAR + years) == as_written(text)[name], name


#: Provisions that count people by group: which groups of pupils there are depends on the level.
BY_GROUP = {"tt_124": {"1", "1e"}, "qd_510": {"2", "2.2"}}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("level", ["lower_secondary", "upper_secondary", "lower_upper"])
def test_every_level_in_scope_is_judged_alike(text: str, level: str) -> None:
    assert level in rulebook(text).levels
    for name, case in cases(TEXTS[text]):
        if case["of"] in BY_GROUP[text] or "levels" in case.get("profile", {}):
            continue
        moved = {**case, "profile": {**case.get("profile", {}), "levels": level}}
        assert alone(text, moved, case.get("year", YEAR)) == as_written(text)[name], name
