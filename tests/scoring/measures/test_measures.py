"""Every measure on both sides (cases as data), and the register in step with the forms and the rulebooks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from antq_review.errors import RulebookError
from antq_review.forms import choices as lists
from antq_review.forms.measure_labels import Measure
from antq_review.forms.plan_rows import OVER_CHECKS
from antq_review.forms.rows.evidence import Activity, Document
from antq_review.forms.sheets import SHEETS
from antq_review.ingest.check_rows import find_row
from antq_review.ingest.participation import campaigns, first_day, headcount, reach, unit_sizes
from antq_review.rules import provisions, register, rulebook
from antq_review.scoring.evidence.index import Index, by_activity, folded
from antq_review.scoring.measures import evaluate, registry
from antq_review.source import CellRef, column_letters
from antq_review.text import fold
from tests.each import each
from tests.scoring.build import cases, evidence_of, look_at

ALL = [pytest.param(case, id=f"{case['measure']}: {name}") for name, case in cases("phep_do")]


def number(text: str) -> Decimal | None:
    fraction = None if text == "inf" else Fraction(text)
    return None if fraction is None else Decimal(fraction.numerator) / fraction.denominator


@pytest.mark.parametrize("case", ALL)
def test_measure(case: Mapping[str, Any]) -> None:
    wanted = {name: tuple(values) for name, values in case.get("filter", {}).items()}
    found = evaluate(case["measure"], look_at(case), wanted)
    assert (found.low, found.high) == tuple(number(end) for end in case["is"])
    assert (found.measure, found.unit) == (case["measure"], registry()[case["measure"]].unit)
    if "reasons" in case:
        assert sorted({reason.code for reason in found.reasons}) == case["reasons"]
    elif found.settled:
        assert found.reasons == ()


@each("case", [case for _, case in cases("phep_do")], ids=lambda case: f"{case['measure']}: {case['name']}")
def test_every_settled_measure_walks_back_to_cells(case: Mapping[str, Any]) -> None:
    """To the rows that decide, or, where there is none, to the declaration: the form says that there is no other."""
    wanted = {name: tuple(values) for name, values in case.get("filter", {}).items()}
    found = evaluate(case["measure"], look_at(case), wanted)
    school_only = case["measure"] == "self_assessment" and found.low == 0
    assert found.cells or not found.settled or school_only


def test_every_measure_has_a_case_on_both_sides() -> None:
    results: dict[str, set[tuple[str, ...]]] = {}
    for _, case in cases("phep_do"):
        results.setdefault(case["measure"], set()).add(tuple(case["is"]))
    assert sorted(results) == sorted(registry())
    assert [name for name, found in results.items() if len(found) < 2] == []


def test_the_register_is_in_step_with_the_plan_sheet() -> None:
    """The drop-down offers every measure of the register, and the one that is counted over the other goals."""
    assert set(Measure.labels()) == set(registry()) | {"goals_met_rate", "goals_carried_out_rate"}
    labels = [fold(label) for label in Measure.labels().values()]
    assert len(labels) == len(set(labels))


def test_the_kinds_of_checks_are_asked_of_the_measures_that_the_plan_knows() -> None:
    """`forms.plan.OVER_CHECKS` stands below the register and must say the same."""
    assert {name for name, entry in registry().items() if "checks" in entry.tables and "kind" in entry.filters} == OVER_CHECKS


@each("name", sorted(registry()))
def test_every_measure_says_what_it_counts(name: str) -> None:
    entry = registry()[name]
    assert entry.name == name
    words = entry.function.__doc__ or ""
    assert "Unit:" in words or "Base:" in words or "Base as for" in words or entry.unit == "rate", name
    assert len(words.split()) >= 5
    assert set(entry.tables) <= {table.name for sheet in SHEETS for table in sheet.tables}


def test_units_of_a_kind_are_asked_for_by_their_kind() -> None:
    """A profile with units, none of them guards: to ask for “units” would send the clerk to a table that is filled."""
    names = {"units": [{"name": "Tổ 1", "kind": "subject_group"}]}
    found = evaluate(Measure.RATED_RATE, look_at(names), {"unit_kind": ("guard_force",)})
    assert ["đơn vị loại «Lực lượng bảo vệ» ở bảng Tổ và đơn vị" in str(one.says) for one in found.reasons] == [True]
    known = evaluate(Measure.RATED_RATE, look_at(names), {"unit_kind": ("subject_group",)})
    assert "base_unknown" not in {one.code for one in known.reasons}


def test_a_filter_that_a_measure_does_not_understand_is_refused() -> None:
    with pytest.raises(RulebookError, match="partner"):
        evaluate("activity_count", look_at({}), {"partner": ("police",)})


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(RulebookError, match="khong_co"):
        evaluate("khong_co", look_at({}), {})


#: Filter of a rulebook → the lists whose codes it may hold. Others hold words of their own.
CODES = {
    "kind": (lists.DocumentKind, lists.IncidentKind, lists.CheckKind), "contents": (lists.Content,), "partner": (lists.Partner,),
    "other_kind": (lists.DocumentKind,), "other_contents": (lists.Content,),
    "topic": (lists.Topic,), "event_letter": (lists.EventLetter,), "excusable_kind": (lists.IncidentKind,),
    "group": (lists.DisciplineGroup,), "cause": (lists.DisciplineCause,),
}
WORDS = {
    "audience": {"everyone", *lists.Audience.labels()},
    "quarter": {"1", "2", "3", "4"},
    "excuse": {"force_majeure", "mitigated"},
    "unit_kind": {"subunit", *lists.UnitKind.labels()},
    "without_discipline": {"yes"},
    "base": {"eligible", "all"},
    "party": {"left_out", "counts"},
    "dated_by": {"act"},
}


@pytest.mark.parametrize("text", [entry.id for entry in register()])
def test_rulebooks_ask_only_for_what_measures_understand(text: str) -> None:
    for criterion in rulebook(text).criteria:
        for provision in provisions(criterion):
            asked = [(provision.measure, provision.filter)]
            if provision.applies and provision.applies.measure:
                asked.append((provision.applies.measure, provision.applies.filter))
            for measure, wanted in asked:
                if measure is None:
                    assert not wanted
                    continue
                assert set(wanted) <= registry()[measure].filters, provision.id
                for name, values in wanted.items():
                    known = WORDS.get(name) or {code for choices in CODES[name] for code in choices.labels()}
                    assert set(values) <= known, (provision.id, name)


# --- what is remembered is what would have been looked up ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Tổ  1", " tổ\u00a01 ", "tổ 1\u200b", "TỔ 1", "to\u0302\u0309 1", "a\x00b", "", "İ", "ß\n x", "\u202eabc"]
)
def test_folded_is_fold(text: str) -> None:
    assert folded(text) == fold(text)


def test_a_code_is_found_as_the_reader_finds_it() -> None:
    evidence = evidence_of(
        {
            "documents": [
                {"id": "VB-1", "kind": "plan", "signed_on": "2026-01-01", "subject": "x", "_file": "a.xlsx"},
                {"id": "vb-1", "kind": "plan", "signed_on": "2026-01-01", "subject": "x", "_file": "b.xlsx"},
                {"id": "VB-2", "kind": "plan", "signed_on": "2026-01-01", "subject": "x", "_file": "b.xlsx"},
            ]
        }
    )
    index = Index(evidence)
    rows = evidence.of(Document)
    for code in ("VB-1", "vb-1 ", "VB-2", "VB-3"):
        for near in (None, *rows):
            assert index.find(Document, code, near) is find_row(evidence, "documents", code, near)
    assert index.find(Document, "VB-1") is None  # two units each have one: nobody knows which is meant
    assert index.find(Document, "VB-1", rows[0]) is rows[0]


def test_a_cell_is_the_row_s_own() -> None:
    row = evidence_of({"documents": [{"kind": "plan", "signed_on": "2026-01-01", "subject": "x"}]}).rows("documents")[0]
    for name in ("kind", "number", "subject", "note"):
        letters = column_letters(row.columns[name]) if name in row.columns else ""
        assert row.cell(name) == CellRef(row.file, row.sheet, f"{letters}{row.number}", row.shown.get(name, ""))
        assert row.cell(name) is row.cell(name)
    assert replace(row, number=row.number + 1).cell("kind").row == row.cell("kind").row + 1


def test_as_many_activities_are_counted_as_are_grouped() -> None:
    """Of one name and day: rows of two units and of none; then a row without a unit alone, and one of another campaign."""
    shared = {"held_on": "2026-06-01", "form": "forum"}
    rows = [
        shared | {"name": name, "organiser": unit, "campaign": campaign}
        for name, unit, campaign in (
            ("Ma túy", None, None), ("ma tuý", "Tổ Toán", None), ("Ma túy", "Tổ Văn", None), ("Ma túy", "tổ toán", None),
            ("Bạo lực", None, None), ("Bạo lực", None, "Q"), ("Bạo lực", "Tổ Toán", "q"),
        )
    ]
    evidence = evidence_of({"activities": [{key: value for key, value in row.items() if value} for row in rows]})
    index, every = Index(evidence), evidence.of(Activity)
    assert index.distinct(every) == 4
    for chosen in range(2 ** len(every)):
        some = [row for place, row in enumerate(every) if chosen >> place & 1]
        assert index.distinct(some) == len(by_activity(some))


def people(audience: str, grades: dict[int | None, int], day: str) -> list[dict[str, Any]]:
    return [{"audience": audience, "grade": grade, "count": count, "counted_on": day} for grade, count in grades.items()]


CAMPAIGNS = [
    {"campaign": "Q", "audience": "primary_pupils", "grade": 1, "present": 5, "expected": 6},
    {"campaign": " q ", "audience": "primary_pupils", "grade": 2, "present": 7, "expected": 9},
    {"campaign": "Q", "audience": "primary_pupils", "grade": 2, "present": 1, "held_on": "2025-12-01"},
    {"campaign": "R", "audience": "primary_pupils", "grade": 1, "present": 5, "expected": 5},
    {"audience": "primary_pupils", "present": 3, "expected": 30}, {"audience": "primary_pupils", "present": 3},
    {"audience": "teachers", "present": 2, "expected": 2}, {"audience": "teachers", "present": 2, "held_on": "2025-11-01"},
    {"audience": "guards", "present": 1}, {"audience": "guards", "present": 1, "expected": 4}, {"audience": "teachers"}, {},
]


@pytest.mark.parametrize("refused", [0, 1])
@pytest.mark.parametrize("whole", [True, False])
def test_campaigns_are_those_that_the_reader_checks(whole: bool, refused: int) -> None:
    """Looked up for judging, and worked out for the reader's warnings: one meaning."""
    rows = [{"held_on": "2026-06-01", "name": "x", "form": "forum"} | row for row in CAMPAIGNS]
    counts = people("primary_pupils", {1: 6, 2: 8}, "2025-11-10") + people("primary_pupils", {1: 7, 2: 8}, "2026-05-01")
    counts += people("teachers", {None: 3}, "2025-11-10")
    evidence = evidence_of({"activities": rows, "headcounts": counts, "refused": {"headcounts": refused}})
    index = Index(evidence)
    for audience in lists.Audience.labels():
        groups = campaigns(evidence.of(Activity), audience)
        found = index.reaches(evidence.of(Activity), audience, whole)
        sizes = unit_sizes(evidence)
        assert found == [reach(group, audience, headcount(evidence, audience, first_day(group)), sizes, whole) for group in groups]
        for day in (date(2025, 11, 9), date(2025, 11, 10), date(2026, 6, 1)):
            assert index.headcount(audience, day) == headcount(evidence, audience, day)


@pytest.mark.parametrize(
    ("second", "base"), [({"expected": 8}, 14), ({}, 15), ({"grade": 1}, 15)], ids=["each grade", "one blank", "one grade only"]
)
def test_expected_people_stand_for_all_only_where_each_grade_has_its_number(second: dict[str, int], base: int) -> None:
    """Half of the expected people must not pass for all of them: then the headcount is the base."""
    row = {"held_on": "2026-06-01", "name": "x", "form": "forum", "campaign": "Q", "audience": "primary_pupils", "present": 6}
    rows = [row | {"grade": 1, "expected": 6}, row | {"grade": 2} | second]
    evidence = evidence_of({"activities": rows, "headcounts": people("primary_pupils", {1: 7, 2: 8}, "2026-05-01")})
    (found,) = Index(evidence).reaches(evidence.of(Activity), "primary_pupils", True)
    assert (found.present, found.base) == (12, base)
