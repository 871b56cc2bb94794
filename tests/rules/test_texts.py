"""The shipped law: quoted word for word, no number guessed, the right text on the right day."""

from datetime import date
from decimal import Decimal

import pytest

from antq_review.rules import Award, in_force, provisions, register, rulebook, span
from antq_review.rules.loader import RULES, quoted
from antq_review.rules.model import Provision
from tests.each import each

SOURCE = quoted((RULES / "tt_124_2021" / "nguyen_van.md").read_text(encoding="utf-8"))
ALL_124 = [one for criterion in rulebook("tt_124").criteria for one in provisions(criterion)]


@each("provision", ALL_124, ids=lambda provision: provision.id)
def test_every_quote_of_circular_124_stands_in_its_source(provision: Provision) -> None:
    assert quoted(provision.text) in SOURCE, provision.id


def test_the_six_criteria_are_article_7_in_full() -> None:
    """What the criteria quote, put together, is the whole of Article 7: nothing is left out, nothing is added."""
    start = SOURCE.index("Cơ sở giáo dục được công nhận đạt tiêu chuẩn")
    article = SOURCE[start : SOURCE.index("## Điều 8.")]
    numbered = " ".join(f"{criterion.id}. {quoted(criterion.text)}" for criterion in rulebook("tt_124").criteria)
    assert article.strip().endswith(numbered)


def test_circular_124_has_six_criteria_and_no_points() -> None:
    text = rulebook("tt_124")
    assert [criterion.id for criterion in text.criteria] == ["1", "2", "3", "4", "5", "6"]
    assert text.total is None and all(one.points is None for one in ALL_124)


def test_the_six_events_are_a_b_c_dd_e_g() -> None:
    """Letters d and h of Article 6(3) are for agencies and enterprises only."""
    third = rulebook("tt_124").criteria[2]
    assert [part.id for part in third.parts] == ["3a", "3b", "3c", "3dd", "3e", "3g"]
    letters = {value for one in provisions(third) for value in one.filter.get("event_letter", ())}
    assert letters == {"a", "b", "c", "dd", "e", "g"}


def test_excuses_are_where_the_text_has_them() -> None:
    excused = {one.id: one.filter["excuse"] for one in ALL_124 if "excuse" in one.filter}
    assert excused == {"3dd": ("force_majeure", "mitigated"), "3g": ("force_majeure",)}


def test_thresholds_are_those_of_the_text() -> None:
    bounds = {one.id: one.bound.at_least for one in ALL_124 if one.bound is not None}
    assert bounds == {
        "1a": 1, "1b": 1, "1c": 1, "1d": 1, "1e": 1, "1f": 1, "2b1": 1, "2b2": 1, "5a": 1,
        "6a": Decimal("0.7"), "6ab": Decimal("0.7"),
    }
    # Each of the papers in both readings; the rules and the briefing only where quarter I binds them, too. A model must be
    # there in the quarter, but its assessment may come until the period's end.
    assert [one.id for one in ALL_124 if one.due_quarter == 1] == ["1a", "1a", "1b", "1b", "1c", "1c", "1d", "1e"]


def test_every_reading_says_what_it_rests_on() -> None:
    for text in ("tt_124", "qd_510"):
        for criterion in rulebook(text).criteria:
            for one in provisions(criterion):
                assert len(one.readings) != 1
                assert len({reading.says for reading in one.readings}) == len(one.readings)
                for reading in one.readings:
                    assert reading.basis == "INFERRED" and reading.says


def test_quarter_one_is_read_in_two_ways_in_both_texts() -> None:
    """Signed in the quarter, and in force in the quarter: the same papers, asked for in both ways."""
    criteria = [criterion for text in ("tt_124", "qd_510") for criterion in rulebook(text).criteria]
    found = {one.id: one for criterion in criteria for one in provisions(criterion) if one.readings}
    for name in ("1a", "1b", "1c", "1.1", "1.2"):
        signed, in_force = (reading.parts[0] for reading in found[name].readings)
        assert (signed.measure, in_force.measure) == ("documents_signed", "documents_in_force")
        assert signed.filter == in_force.filter and signed.filter["quarter"] == ("1",)


def test_what_counts_as_a_paper_has_its_ground() -> None:
    """A provision that names kinds of papers says why these count, and what happens to others."""
    for text in ("tt_124", "qd_510"):
        for criterion in rulebook(text).criteria:
            for one in provisions(criterion):
                if (one.measure or "").startswith(("document", "contents_")) and "kind" in one.filter:
                    assert one.ground, one.id
                    assert not set(one.filter["kind"]) & set(one.filter.get("other_kind", ()))


# --- Decision 510: what is known, and what stays a gap --------------------------------------------------------------------


def test_the_known_items_have_exactly_their_points() -> None:
    text = rulebook("qd_510")
    assert [(one.id, one.points) for one in text.criteria] == [("1", 3), ("2", 3), ("3", 5), ("4a", 1), ("4b-", 88)]
    assert text.total == 100


def test_the_unread_points_stay_unread() -> None:
    unread = rulebook("qd_510").criteria[-1]
    assert (unread.award, unread.confidence, unread.measure, unread.parts) == (Award.UNREAD, "GAP", None, ())
    assert [one.id for one in rulebook("qd_510").criteria if one.award is Award.UNREAD] == ["4b-"]


def test_no_part_of_an_item_has_points_of_its_own() -> None:
    """Whether points may be split is not known."""
    for criterion in rulebook("qd_510").criteria:
        assert all(one.points is None for one in list(provisions(criterion))[1:])
        assert criterion.steps == () and criterion.points_per_unit is None


def test_no_classes_and_the_gaps_are_said() -> None:
    text = rulebook("qd_510")
    assert text.bands == ()
    assert not (RULES / "qd_510_2022" / "bands.toml").exists()
    assert any("88 điểm" in str(gap) for gap in text.gaps) and any("mức xếp loại" in str(gap) for gap in text.gaps)


def test_words_read_in_for_schools_are_marked() -> None:
    text = rulebook("qd_510")
    assert "[, người học]" in text.criteria[1].text
    assert any("[ ]" in source.note for source in text.sources)


# --- periods, deadlines, which text when -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["tt_124", "qd_510"])
@pytest.mark.parametrize("year", [2024, 2026])
def test_the_period_is_16_november_to_15_november(text: str, year: int) -> None:
    assert rulebook(text).period.of(year) == (date(year - 1, 11, 16), date(year, 11, 15))


@pytest.mark.parametrize(("text", "day"), [("tt_124", 19), ("qd_510", 29)])
def test_the_deadline_is_the_day_before(text: str, day: int) -> None:
    """“trước ngày 20 tháng 11”, “trước ngày 30 tháng 11”."""
    deadline = rulebook(text).deadline
    assert deadline.of(2026) == date(2026, 11, day)
    assert f"trước ngày {day + 1} tháng 11" in deadline.citation


def test_what_is_inferred_is_said_so() -> None:
    assert (rulebook("tt_124").period.confidence, rulebook("qd_510").period.confidence) == ("SEEN", "INFERRED")


@pytest.mark.parametrize(
    ("year", "texts"),
    [(2021, []), *((year, ["tt_124", "qd_510"]) for year in range(2022, 2027))],
)
def test_the_texts_in_force(year: int, texts: list[str]) -> None:
    assert [text.id for text in in_force(year)] == texts


@pytest.mark.parametrize(
    ("year", "start", "end"),
    [(2021, date(2021, 1, 1), date(2021, 12, 31)), (2026, date(2025, 11, 16), date(2026, 12, 31))],
)
def test_the_span_holds_the_plan_and_every_period(year: int, start: date, end: date) -> None:
    assert span(year) == (start, end)


def test_the_register_and_the_texts_agree() -> None:
    for entry in register():
        text = rulebook(entry.id)
        assert (text.id, text.effective_from, text.effective_to) == (entry.id, entry.effective_from, entry.effective_to)
        assert text.sources and text.scope_citation
        assert not text.draft and not text.illustrative


def test_the_scope_leaves_out_primary_schools() -> None:
    for text in ("tt_124", "qd_510"):
        assert "primary" not in rulebook(text).levels
        assert {"lower_secondary", "upper_secondary", "primary_lower"} <= set(rulebook(text).levels)
