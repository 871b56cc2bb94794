"""Three years beside the table worked out by hand, and each way in which two years may not be compared."""

import gzip
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from antq_review.errors import UsageError
from antq_review.history.change import same_length
from antq_review.history.compare import compare, in_order
from antq_review.history.directions import Direction, declared_measures, of_measure, of_row
from antq_review.history.model import Comparison, LineKind, Moved, Why
from antq_review.history.store import load
from antq_review.period import Period
from antq_review.rules import rulebook
from antq_review.scoring import review
from antq_review.scoring.measures import registry
from antq_review.scoring.model.outcome import Outcome, Truth
from antq_review.scoring.model.review import Review
from antq_review.scoring.numeric.tables import TABLES, line_of
from antq_review.scoring.pipeline import review_evidence
from antq_review.text import Message, literal
from tests.history.years import YEARS
from tests.scoring.build import evidence_of
from tests.scoring.strategies import PLAN, schools

pytestmark = pytest.mark.usefixtures("without_steps")

HAND = tomllib.loads(Path(__file__).with_name("three_years.toml").read_text(encoding="utf-8"))
LETTERS = {"I": "improved", "D": "declined", "U": "unchanged", "N": "not_comparable", "H": "higher", "L": "lower"}
SWAPPED = {Moved.IMPROVED: Moved.DECLINED, Moved.HIGHER: Moved.LOWER}
SWAPPED |= {new: old for old, new in SWAPPED.items()}


@pytest.fixture(scope="module")
def compared(three) -> Comparison:
    return compare(in_order(three))


def moved(compared: Comparison, key: str) -> list[str]:
    line = compared.line(key)
    assert line is not None, key
    return [change.moved.value for change in line.changes]


def by_hand(letters: str) -> list[str]:
    return [LETTERS[letter] for letter in letters]


def exact(value: str) -> Fraction | None:
    return None if value == "inf" else Fraction(value)


def ends(value: str) -> tuple[Decimal | None, Decimal | None]:
    """Lower and upper end of a row: “3”, “1+” without upper end, “2..3” between the two, "" not known."""
    if not value:
        return None, None
    low, _, high = value.rstrip("+").partition("..")
    return Decimal(low), None if value.endswith("+") else Decimal(high or low)


def near(found: Decimal | None, wanted: Fraction | None) -> bool:
    """Quotients are rounded at the 28th digit."""
    if found is None or wanted is None:
        return found is wanted
    return abs(Fraction(found) - wanted) < Fraction(1, 10**24)


# --- the table by hand ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", HAND["criteria"])
def test_criteria_and_points(key, compared):
    assert moved(compared, key) == by_hand(HAND["criteria"][key])


def test_every_criterion_of_both_texts_is_in_the_table(compared):
    assert {line.key for line in compared.of(LineKind.CRITERION, LineKind.TOTAL)} == set(HAND["criteria"])


def test_every_sentence_of_the_plan(compared):
    assert {line.id: [change.moved.value for change in line.changes] for line in compared.of(LineKind.GOAL)} == {
        name: by_hand(letters) for name, letters in HAND["goals"].items()
    }
    for pair in (0, 1):
        counts = Counter(line.changes[pair].moved.value for line in compared.of(LineKind.GOAL))
        assert {name: counts[name] for name in HAND["goal_counts"]} == {name: both[pair] for name, both in HAND["goal_counts"].items()}


@pytest.mark.parametrize("key", HAND["measures"])
def test_measures_with_their_values(key, compared):
    assert moved(compared, key) == by_hand(HAND["measures"][key]["changes"])
    for side, (low, high) in zip(compared.line(key).sides, HAND["measures"][key]["values"], strict=True):
        assert near(side.low, exact(low)) and near(side.high, exact(high)), (side.year, side.low, side.high)


@pytest.mark.parametrize("key", HAND["rows"])
def test_rows_of_the_numeric_tables(key, compared):
    wanted, line = HAND["rows"][key], compared.line(key)
    assert moved(compared, key) == by_hand(wanted["changes"])
    for side, value in zip(line.sides, wanted["values"], strict=True):
        assert (side.low, side.high) == ends(value), side.year
    for change, share in zip(line.changes, wanted.get("share", ()), strict=False):
        assert near(change.share, Fraction(share) if share else None)


# --- every change shows both values and both sources ---------------------------------------------------------------


def test_what_changed_has_a_value_and_a_source_in_both_years(compared):
    changed = [
        (line, before, now)
        for line in compared.lines
        for before, now, change in zip(line.sides, line.sides[1:], line.changes, strict=False)
        if change and change.moved in (Moved.IMPROVED, Moved.DECLINED, Moved.HIGHER, Moved.LOWER)
    ]
    assert len(changed) > 200
    for line, *both in changed:
        for side in both:
            assert side.low is not None or side.rank is not None, line.key
            assert side.cells, (line.key, side.year)


def test_what_cannot_be_compared_says_why(compared):
    refused = [change for line in compared.lines for change in line.changes if change and change.moved is Moved.NOT_COMPARABLE]
    assert len(refused) > 60
    assert all(change.why and str(change.says).endswith(".") and change.gap_low is None for change in refused)
    assert not any(change.why for line in compared.lines for change in line.changes if change and change not in refused)


@pytest.mark.parametrize(
    ("key", "why", "says"),
    [
        ("tt_124/3", Why.UNKNOWN, "Năm 2024 chưa rõ: Biểu Vụ việc chưa kê khai"),
        ("tt_124/6", Why.UNKNOWN, "Năm 2026 chưa rõ: "),
        ("plan/II.6-1", Why.TARGET, "năm 2024 là a) ≥ 1 văn bản; b) ≥ 6 lần; năm 2025 là a) ≥ 1 văn bản; b) ≥ 5 lần."),
        ("plan/I.1-1", Why.NOT_DUE, "Năm 2024 và 2025 chưa đến hạn."),
        ("plan/II.5-3/a", Why.OVERLAP, "Hai khoảng còn giao nhau: năm 2024 và 2025 chưa rõ: Các đợt"),
        ("PL7/incidents.all", Why.OVERLAP, "năm 2024 chưa rõ: "),
        ("PL7/incidents.theft", Why.UNKNOWN, "Năm 2024 chưa rõ: "),
    ],
)
def test_reasons(key, why, says, compared):
    found = [change for change in compared.line(key).changes if change.why is why]
    assert found and any(says in str(change.says) for change in found), [str(change.says) for change in compared.line(key).changes]


# --- a year with a missing incident form ---------------------------------------------------------------------------


def without_incidents(found: Review, evidence, *, declared: bool) -> Review:
    """The year once more with the form of incidents undeclared, or with no row left as well."""
    from dataclasses import replace

    from antq_review.ingest.model import TableData

    copies = [replace(copy, declared_until=None) if copy.sheet == "vu_viec" else copy for copy in evidence.copies]
    tables = evidence.tables if declared else {**evidence.tables, "incidents": TableData()}
    changed = replace(evidence, copies=copies if declared else [one for one in copies if one.sheet != "vu_viec"], tables=tables)
    return review(changed, (rulebook("tt_124"), rulebook("qd_510")), found.as_of)


@pytest.mark.parametrize("declared", [True, False], ids=["undeclared", "missing"])
def test_a_year_without_the_incident_form_is_never_an_improvement(declared, three, evidence_of_years):
    """2025 had three incidents, one of violence; 2026 with nothing said about incidents must not look better."""
    later = without_incidents(three[2], evidence_of_years[2026], declared=declared)
    found = compare(in_order((three[1], later)))
    places = ("PL7/", "PL10/tt_124.4", "tt_124/3", "tt_124/4/4a", "plan/II.2-6", "plan/II.7-1/b")
    about = [line for line in found.lines if line.key.startswith(places) or line.key == "tt_124/4"]
    assert len(about) > 25
    assert not [line.key for line in about if line.last.moved is Moved.IMPROVED]
    assert found.line("tt_124/4").last.moved is Moved.NOT_COMPARABLE
    assert compare(in_order((three[1], three[2]))).line("tt_124/4").last.moved is Moved.IMPROVED


# --- periods, units, tables that are not there ---------------------------------------------------------------------


def test_a_score_that_the_evidence_leaves_open_and_its_total_are_shown_and_not_compared(evidence_of_years):
    """By the schools' own tables: the meeting of 2024 gave 20 points for an item whose form nobody had declared in full."""
    years = [review_evidence(evidence_of_years[year], date(year, 11, 16)) for year in YEARS]
    found = compare(in_order(years))
    # Item 6, 6 to 9 points: MH-04 has neither day nor conclusion. Item 7: incidents undeclared. The total is open for both, and says both.
    for key, said, moved, why in (
        ("PL10/qd_510.6", ["6", "", ""], Moved.UNCHANGED, ["MH-04"]),
        ("PL10/qd_510.7", ["20", "", ""], Moved.IMPROVED, ["Vụ việc"]),
        ("PL10/qd_510.total", ["70", "", ""], Moved.IMPROVED, ["MH-04", "Vụ việc"]),
    ):
        line = found.line(key)
        assert [str(side.said) for side in line.sides] == said
        assert [change.moved for change in line.changes] == [Moved.NOT_COMPARABLE, moved]
        assert [word for word in ("MH-04", "Vụ việc") if word in str(line.changes[0].says)] == why


def test_half_a_year_is_not_compared_with_a_whole_one(three, evidence_of_years):
    half = review(evidence_of_years[2026], (rulebook("tt_124"),), date(2026, 6, 30))
    found = compare(in_order((three[1], half)))
    assert found.line("PL3/activities.all").last.why is Why.PERIOD
    assert str(found.line("tt_124/1").last.says) == "Hai kỳ dài ngắn khác nhau: 16/11/2024 – 15/11/2025; 16/11/2025 – 30/6/2026."
    assert found.line("plan/II.1-6/a").last.why is Why.PERIOD
    assert found.line("PL1/people.teachers").last.why is None  # a count on a day has no length


def test_a_leap_day_does_not_make_another_period():
    assert same_length(Period(date(2023, 11, 16), date(2024, 11, 15)), Period(date(2024, 11, 16), date(2025, 11, 15)))
    assert same_length(Period(date(2024, 1, 1), date(2024, 2, 29)), Period(date(2025, 1, 1), date(2025, 2, 28)))
    assert not same_length(Period(date(2024, 1, 1), date(2024, 6, 30)), Period(date(2025, 1, 1), date(2025, 6, 29)))
    assert not same_length(Period(date(2023, 11, 16), date(2024, 11, 15)), Period(date(2024, 1, 1), date(2024, 11, 15)))


def test_another_unit_is_not_compared(three):
    table = three[2].table("PL3")
    row = table.row("activities.all").model_copy(update={"unit": "buổi"})
    tables = tuple(
        one.model_copy(update={"rows": tuple(row if old.key == row.key else old for old in one.rows)}) if one.id == "PL3" else one
        for one in three[2].tables
    )
    found = compare(in_order((three[1], three[2].model_copy(update={"tables": tables}))))
    assert str(found.line("PL3/activities.all").last.says) == "Đơn vị tính khác nhau: năm 2025 «hoạt động»; năm 2026 «buổi»."


def test_rounding_never_decides(three):
    """41/42 and 976/1000 both print as 97,6 %: the exact values differ, and that is what counts."""
    goal = next(goal for goal in three[1].goals if goal.id == "II.3-5")
    almost = goal.parts[0].measurement.model_copy(update={"low": Decimal("0.976"), "high": Decimal("0.976")})
    parts = (goal.parts[0].model_copy(update={"measurement": almost}), *goal.parts[1:])
    goals = tuple(one.model_copy(update={"parts": parts}) if one is goal else one for one in three[1].goals)
    found = compare(in_order((three[1].model_copy(update={"goals": goals}), three[2]))).line("plan/II.3-5/a").last
    assert found.moved is Moved.IMPROVED and Decimal(0) < found.gap_low < Decimal("0.0005")


def test_a_text_that_one_year_was_not_judged_by(three):
    only = three[1].model_copy(update={"texts": three[1].texts[:1]})
    found = compare(in_order((only, three[2]))).line("qd_510/1").last
    assert (found.why, str(found.says)) == (Why.ABSENT, "Năm 2025 không có mục này.")


def test_a_review_of_the_first_version_without_tables_compares_the_rest(three):
    old = three[1].model_copy(update={"tables": ()})
    found = compare(in_order((old, three[2])))
    assert found.line("PL3/activities.all").last.why is Why.ABSENT
    assert found.line("tt_124/4").last.moved is Moved.IMPROVED


# --- a review that was stored with plain sentences -----------------------------------------------------------------


def rendered(found: Comparison) -> list[object]:
    """What a reader sees of a comparison."""
    return [
        (
            line.key, str(line.group_title), str(line.under), str(line.label), line.direction,
            [side and (str(side.unit), str(side.said), str(side.target), str(side.citation), side.low, side.high) for side in line.sides],
            [change and (change.moved, change.gap_low, change.gap_high, change.why, str(change.says)) for change in line.changes],
        )
        for line in found.lines
    ]


def plain(value: Any) -> Any:
    """A review as an earlier version stored it: every sentence a plain text."""
    if isinstance(value, Message):
        return literal(str(value))
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: plain(getattr(value, name)) for name in type(value).model_fields})
    return tuple(plain(one) for one in value) if type(value) is tuple else value


def test_reviews_with_plain_sentences_compare_as_those_with_messages(three):
    old = [plain(found) for found in three]
    assert old[0].tables != three[0].tables
    wanted = rendered(compare(in_order(three)))
    for mixed in (old, [*old[:2], three[2]], [old[0], three[1], old[2]]):
        assert rendered(compare(in_order(mixed))) == wanted


# --- the same text, measured otherwise -----------------------------------------------------------------------------


def test_a_year_stored_before_the_rules_held_the_readings_is_compared_by_its_words(three, tmp_path):
    """2025 as version 3 really stored it. No word of the two texts changed since, so nothing may say so."""
    packed = Path(__file__).with_name("stored") / "version_3_2025.json.gz"
    (tmp_path / "review.json").write_bytes(gzip.decompress(packed.read_bytes()))
    old = load(tmp_path / "review.json")
    found, plainly = compare(in_order((old, three[2]))), compare(in_order((three[1], three[2])))
    texts = [line for line in found.of(LineKind.CRITERION, LineKind.MEASURE, LineKind.TOTAL) if line.group in ("tt_124", "qd_510")]
    assert not [line.key for line in texts if line.last.why is Why.TEXT or "Văn bản đã đổi" in str(line.last.says)]
    for key in (*(f"tt_124/{name}" for name in "123456"), *(f"qd_510/{name}" for name in ("1", "2", "3", "4a"))):
        assert (found.line(key).last.moved, found.line(key).last.why) == (plainly.line(key).last.moved, plainly.line(key).last.why), key
    # 1f was one number, 5: without the readings of quarter I it is neither the one nor the other.
    models = [line for line in texts if line.key.startswith("tt_124/1/1f")]
    assert [(line.key, [side and side.low for side in line.sides]) for line in models] == [
        ("tt_124/1/1f/A/1f", [None, 6]), ("tt_124/1/1f/B/1f", [None, 6]), ("tt_124/1/1f", [5, None]),
    ]
    assert {line.last.why for line in models} == {Why.METHOD}
    assert str(models[0].last.says) == "Văn bản không đổi, nhưng bản tính năm 2025 không đo ý này theo cách như vậy."
    # The share of the eligible and of all is the same number in 2026: one line, with the number of 2025 beside it.
    assert [side.low for side in found.line("tt_124/6/A/6a/C/6a").sides] == [Decimal("0.8"), Decimal("0.6")]
    assert found.line("tt_124/6/A/6a") is None and found.line("tt_124/6/A/6a/C/6a").last.why is Why.METHOD
    # The plan's sheet itself asks something else there.
    assert str(found.line("plan/II.2-1").last.says) == "Câu của kế hoạch hoặc phép đo đã đổi giữa năm 2025 và năm 2026."


def test_a_part_that_did_not_apply_in_one_year_says_so(three, compared):
    """2024 had no paper with the police; a school without a Party organisation has no resolution, in any reading."""
    assert str(compared.line("tt_124/2/2a2").changes[0].says) == "Năm 2024 không áp dụng."
    whole = three[1].text("tt_124").findings[0]
    none = Outcome(truth=Truth.NOT_APPLICABLE)
    first = whole.parts[0].model_copy(update={"computed": none, "settled": none, "readings": (), "fact_cells": ()})
    findings = (whole.model_copy(update={"parts": (first, *whole.parts[1:])}), *three[1].text("tt_124").findings[1:])
    texts = tuple(text.model_copy(update={"findings": findings}) if text.id == "tt_124" else text for text in three[1].texts)
    found = compare(in_order((three[1].model_copy(update={"texts": texts}), three[2])))
    for reading in "AB":
        last = found.line(f"tt_124/1/1a/{reading}/1a").last
        assert (last.why, str(last.says)) == (Why.NOT_APPLICABLE, "Năm 2025 không áp dụng.")
    assert found.line("tt_124/1/1b/A/1b").last.moved is Moved.UNCHANGED


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("1/1f/B/1f", "Mô hình có từ Quý I, hiệu quả trong kỳ (cách hiểu B)"),
        ("3/3g/A/3g", "Cháy, nổ, tai nạn, sự cố, môi trường, an toàn thực phẩm"),  # for both readings, so by neither's title
        ("4/4b/A/4b", "Phạm tội (cách hiểu A/C)"),  # two of three readings
        ("4/4b/B/4b/E/4b", "Có bản án và bị kỷ luật từ cảnh cáo (cách hiểu B)"),  # with and without Party discipline
        ("6/A/6a/C/6a", "Từ 70% đầu mối được xếp loại (cách hiểu A)"),  # of the eligible and of all
        ("6/B/6ab/C/6ab/E/6ab", "Từ 70% đầu mối được xếp loại và không có cá nhân bị kỷ luật (cách hiểu B)"),
    ],
)
def test_a_line_of_several_readings_is_named_by_what_they_have_in_common(key, label, compared):
    assert str(compared.line(f"tt_124/{key}").label) == label


def test_measured_lines_stand_in_the_order_of_the_text(compared):
    """2a2 did not apply in 2024; it still stands before 2b."""
    second = [line.key for line in compared.of(LineKind.MEASURE) if line.key.startswith("tt_124/2/")]
    assert second == ["tt_124/2/2a1", "tt_124/2/2a2", "tt_124/2/2b/2b1", "tt_124/2/2b/2b2"]


# --- what is refused -----------------------------------------------------------------------------------------------


def test_the_order_given_does_not_matter(three):
    assert compare(in_order(three)) == compare(in_order(reversed(three)))


def test_another_school_one_year_twice_one_year_alone_eleven_years(three):
    other = three[1].model_copy(update={"school": three[1].school.model_copy(update={"code": "00999999"})})
    with pytest.raises(UsageError, match="có mã trường 00999999 và 00123456"):
        in_order((other, three[2]))
    with pytest.raises(UsageError, match="Có hai bản tính của cùng năm 2026"):
        in_order((three[2], three[1], three[2]))
    with pytest.raises(UsageError, match="lần này có 1"):
        in_order(three[:1])
    many = [three[0].model_copy(update={"year": year}) for year in range(2022, 2033)]
    with pytest.raises(UsageError, match="lần này có 11"):
        in_order(many)
    assert len(compare(in_order(many[:10])).years) == 10


def coded(review, code, *before):
    return review.model_copy(update={"school": review.school.model_copy(update={"code": code, "codes_before": before})})


def test_a_renumbered_school_is_compared_with_itself_and_says_so(three):
    """PC18: twice renumbered; the newest year names one code, the year before the other."""
    years = [coded(three[0], "00999777"), coded(three[1], "00999888", "00999777"), coded(three[2], "00123456", "00999888")]
    found = compare(in_order(years))
    assert [str(year.former) for year in found.years] == [
        f"Lưu theo mã trường trước đây {code} (Trường TH&THCS Mẫu)" for code in ("00999777", "00999888")
    ] + [""]
    assert found.lines == compare(in_order(three)).lines
    assert [str(year.former) for year in compare(in_order(three)).years] == ["", "", ""]


@pytest.mark.parametrize("codes", [("00999888", ()), ("00999888", ("00999777",))])
def test_a_code_that_no_profile_names_is_another_school(codes, three):
    with pytest.raises(UsageError, match="Mã trường trước đây"):
        in_order((three[1], coded(three[2], codes[0], *codes[1])))


# --- directions ----------------------------------------------------------------------------------------------------


def test_every_measure_and_every_row_has_its_direction(three):
    shown = {part.measure for found in three for goal in found.goals for part in goal.parts if part.measure}
    assert set(registry()) | shown <= declared_measures()
    tables = [table for found in three for table in found.tables]
    assert [(table.id, row.key) for table in tables for row in table.rows if line_of(table.id, row.key) is None] == []
    assert [table.id for table in TABLES] == [f"PL{number}" for number in range(1, 11)]


@pytest.mark.parametrize(
    ("table", "key", "direction"),
    [
        ("PL7", "incidents.drugs", Direction.LESS), ("PL7", "incidents.closed", Direction.NEITHER),
        ("PL1", "people.teachers", Direction.NEITHER),
        ("PL3", "people.teachers", Direction.NEITHER), ("PL3", "rate.teachers", Direction.MORE),
        ("PL4", "models.kept", Direction.MORE), ("PL4", "models.new", Direction.NEITHER), ("PL4", "model.A. B", Direction.NEITHER),
        ("PL6", "coordination.papers.police", Direction.NEITHER), ("PL7", "incidents.not_listed_now", Direction.LESS),
        ("PL10", "qd_510.4b-", Direction.MORE), ("PL8", "x", Direction.NEITHER),
        ("PL5", "guard.hours_uncovered", Direction.LESS), ("PL5", "system.camera.installed", Direction.NEITHER),
        ("PL11", "x", Direction.NEITHER),
    ],
)
def test_directions_of_rows(table, key, direction):
    assert of_row(table, key) is direction


def test_less_is_better_for_incidents_and_hours():
    assert {of_measure(name) for name in ("incident_count", "violence_count", "hours_uncovered")} == {Direction.LESS}


# --- for every school ----------------------------------------------------------------------------------------------

few = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def made(case) -> Review:
    return review(evidence_of({**case, "plan": PLAN}), (rulebook("tt_124"), rulebook("qd_510")), case["as_of"])


@few
@given(schools())
def test_a_review_beside_itself_is_unchanged(case):
    found = made(case)
    changes = {line.key: line.last.moved for line in compare((found, found)).lines}
    assert set(changes.values()) == {Moved.UNCHANGED} and len(changes) > 150


@few
@given(schools(), schools(), st.booleans())
def test_swapping_the_years_swaps_improved_and_declined(first, second, same_day):
    """Whatever two schools' years are: forwards and backwards say the same, and an open value is never equal to another year's."""
    earlier = made(first)
    later = made({**second, "as_of": first["as_of"]} if same_day else second).model_copy(update={"year": earlier.year + 1})
    forwards = {line.key: line for line in compare((earlier, later)).lines}
    backwards = {line.key: line.last for line in compare((later, earlier)).lines}
    assert forwards.keys() == backwards.keys()
    for key, line in forwards.items():
        assert backwards[key].moved is SWAPPED.get(line.last.moved, line.last.moved), key
        assert backwards[key].why is line.last.why
        open_sides = [side for side in line.sides if side is not None and side.low != side.high]
        assert line.last.moved is not Moved.UNCHANGED or not open_sides, key
