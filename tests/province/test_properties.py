"""Whatever arrives: the counts of a roll-up keep their order, and a further school never makes a total less sure."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_review.forms.choices.school import Audience, LevelsTaught
from antq_review.forms.rows.officer import ExpectedSchool
from antq_review.package.model import NumberSummary, Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province import figures
from antq_review.province.arrival import Arrival
from antq_review.province.bag import PackageName
from antq_review.province.choose import choose
from antq_review.province.frames import progress, schools
from antq_review.province.officer_folder import OfficerFolder, Settings
from antq_review.province.roll_up import Receipt, RollUp
from antq_review.province.summaries import Package
from antq_review.province.totals import Total
from antq_review.scoring.model.review import Review
from tests.province.many import DUE, summary_of

CODES = [f"0010000{number}" for number in range(4)]
#: School (the last two are in no list), number of the sending, days after the due day, draft, incidents, declared.
SENT = st.tuples(
    st.sampled_from([*CODES, "00999998", "00999999"]), st.integers(1, 3), st.integers(-3, 3), st.booleans(), st.integers(0, 4),
    st.booleans(),
)


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


def rolled(base: Summary, sent: list[tuple]) -> RollUp:
    listed = {code: ExpectedSchool(code=code, name=f"Trường {code}", commune=f"xã {code[-1]}") for code in CODES}
    officer = OfficerFolder(Settings(2026, DUE), listed)
    arrivals = {}
    for code, number, days, draft, incidents, declared in sent:
        changes = {"draft": draft, "incidents": {"theft": incidents}, **({} if declared else {"declared_until": None})}
        found = summary_of(base, code, **changes)
        content = f"{CODES.index(code) if code in CODES else 9}{number}{int(draft)}{incidents}{int(declared)}".ljust(64, "0")
        name = PackageName(code, 2026, number)
        arrivals.setdefault(content, Arrival(Package(name, content, found, ()), ("x",), DUE + timedelta(days)))
    as_of = date(2026, 12, 31)
    return RollUp(officer.settings, as_of, choose(officer, list(arrivals.values()), as_of), ())


@given(st.lists(SENT, max_size=7))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_keep_their_order_and_their_sums(base: Summary, sent: list[tuple]) -> None:
    found = rolled(base, sent)
    p = Receipt.of(found.standings)
    assert p.counted <= p.received <= p.expected == len(CODES) and p.received + p.not_sent == p.expected
    assert p.on_time + p.late + p.drafts + p.undecided == p.received
    table = progress(found)
    for place in range(2, 11):
        assert sum(row[place] for row in table.rows if row[0] == "Xã, phường") == table.rows[-1][place]
    assert len(schools(found).rows) == len(CODES)
    outside = {arrival.package.content for arrival in found.choice.strangers}
    assert len(outside) == len(found.choice.strangers)


@given(st.lists(SENT, max_size=6), st.integers(0, 4), st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_package_of_a_further_school_never_widens_a_total(base: Summary, sent: list[tuple], incidents: int, declared: bool) -> None:
    others = [one for one in sent if one[0] != CODES[0]]
    fewer, more = rolled(base, others), rolled(base, [*others, (CODES[0], 1, 0, False, incidents, declared)])
    before, after = (figures.incidents(one.counted, len(CODES)) for one in (fewer, more))
    assert after.low >= before.low and before.high is None
    assert after.high is None or after.low <= after.high


def test_a_line_of_one_level_s_pupils_is_totalled_though_a_whole_kind_of_school_is_silent(base: Summary) -> None:
    """Nobody of the primary schools has sent: the line about pupils of upper secondary schools is not asked of them."""
    upper, primary = LevelsTaught.UPPER_SECONDARY, LevelsTaught.PRIMARY
    key = f"people.{Audience.UPPER_SECONDARY_PUPILS.value}"
    found = summary_of(base, CODES[0], tables={"PL1": (NumberSummary(key=key, value=Decimal(7)),)})
    listed = {
        code: ExpectedSchool(code=code, name="Trường", commune="xã", levels=levels)
        for code, levels in zip(CODES, (upper, upper, primary, primary), strict=True)
    }
    sent = Arrival(Package(PackageName(CODES[0], 2026, 1), "1" * 64, found, ()), ("x",), DUE)
    standings = choose(OfficerFolder(Settings(2026, DUE), listed), [sent], date(2026, 12, 31)).standings
    assert figures.numbers([(standings[0], found)], standings) == {("PL1", key): Total(Decimal(7), None, 1, 2)}
