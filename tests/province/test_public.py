"""The whole public copy: no printed number, of this copy or of an earlier one, lets a hidden cell of T7 be worked out."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_review.forms.choices.safety import IncidentKind
from antq_review.forms.choices.school import LevelsTaught
from antq_review.forms.rows.officer import ExpectedSchool
from antq_review.package.model import Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province.arrival import Arrival
from antq_review.province.bag import PackageName
from antq_review.province.choose import Choice, ReportState, Standing
from antq_review.province.counted_frames import incident_table, number_table
from antq_review.province.frame import Frame
from antq_review.province.frames import criteria, public_frames, results
from antq_review.province.officer_folder import Settings
from antq_review.province.roll_up import RollUp
from antq_review.province.stored import Compared, StoredRollUp, StoredTable, compared_with
from antq_review.province.summaries import Package
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Review
from antq_review.scoring.numeric.safety import PL7
from tests.province.many import DUE, summary_of
from tests.province.test_hide import possible

TODAY = date(2026, 11, 18)
KINDS = list(IncidentKind.labels().items())
LEVELS = ("TH", "THCS", "THPT", "GDTX")


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


def province(base: Summary, schools: list[tuple[str, dict[str, int]]]) -> RollUp:
    """Every school declared: its level, its incidents by kind."""
    codes = {label: code for code, label in LevelsTaught.labels().items()}
    found = []
    for place, (level, incidents) in enumerate(schools):
        code = f"{place:08d}"
        summary = summary_of(base, code, incidents=incidents)
        arrival = Arrival(Package(PackageName(code, 2026, 1), f"{place:064x}", summary, ()), (), TODAY)
        listed = ExpectedSchool(code=code, name=f"Trường {place}", levels=codes[level])
        found.append(Standing(code, listed, ReportState.RECEIVED, arrival, (), DUE, True))
    return RollUp(Settings(2026, DUE), TODAY, Choice(found), ())


def hidden_places(table: Frame) -> frozenset[tuple[int, int]]:
    return frozenset((at, place) for at, row in enumerate(table.rows) for place, value in enumerate(row[1:]) if value == "…")


def printed(table: Frame) -> dict[tuple[str, str], str]:
    heads = [heading for heading, _ in table.columns][1:]
    return {(str(row[0]), head): str(value) for row in table.rows for head, value in zip(heads, row[1:], strict=True) if value != "…"}


counts = st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), min_size=6, max_size=6)


def test_every_hidden_cell_of_the_copy_has_two_possible_values(base: Summary) -> None:
    """Six schools of two levels, two kinds of incidents: all tables that fit what the page prints are tried."""
    first, second = KINDS[0][0], KINDS[3][0]

    @given(counts)
    @settings(max_examples=10, deadline=None)
    def holds(counts: list[list[int]]) -> None:
        found = province(base, [(LEVELS[place // 3], {first: one, second: other}) for place, (one, other) in enumerate(counts)])
        whole, table = incident_table(found), next(one for one in public_frames(found) if one.key == "T7")
        places = hidden_places(table)
        small = {(at, place) for at, row in enumerate(whole.rows) for place, value in enumerate(row[1:]) if 0 < int(str(value)) < 3}
        assert small <= places
        told = sorted({at for at, _ in places} | {at for at, row in enumerate(whole.rows) if any(str(one) != "0" for one in row[1:])})
        cells = [[int(str(value)) for value in whole.rows[at][1:-1]] for at in told if at < len(KINDS)]  # all others are printed as 0
        places = frozenset((told.index(at), place) for at, place in places)
        assert cells or not places
        assert not cells or all(len(values) >= 2 for values in possible(cells, places, 7).values()), (cells, places)

    holds()


def test_levels_that_are_joined_otherwise_than_before_print_no_new_equation(base: Summary) -> None:
    """TH 5, THCS 1, THPT 4, GDTX 3 thefts: the first copy hides THCS and THPT. With fewer THPT the second would print THPT and
    GDTX together, 7, so that 4 and 1 could be told; it prints the sum over all levels alone, as the first did."""
    theft = IncidentKind.THEFT.value
    at_first = {"TH": [5, 0, 0], "THCS": [1, 0, 0], "THPT": [4, 0, 0], "GDTX": [3, 0, 0]}
    schools = [(level, {theft: one}) for level, every in at_first.items() for one in every]
    before = incident_table(province(base, schools), public=True)
    label = IncidentKind.THEFT.label
    assert (label, "THCS") not in printed(before) and printed(before)[label, "Tất cả"] == "13"
    stored = StoredRollUp(year=2026, as_of=TODAY, schools={}, tables={"T7": StoredTable.of(before)})
    fewer = [*schools[:7], *schools[9:]]  # two of the three THPT no longer report
    alone = printed(incident_table(province(base, fewer), public=True))
    assert "cấp khác" in {head for _, head in alone}
    now = incident_table(province(base, fewer), public=True, compared=compared_with([stored], 2026))
    assert [heading for heading, _ in now.columns] == ["Loại", "Tất cả"]
    assert printed(now).items() <= printed(before).items()
    again = StoredRollUp(year=2026, as_of=TODAY, schools={}, tables={"T7": StoredTable.of(now)})
    last = incident_table(province(base, schools), public=True, compared=compared_with([again], 2026))
    assert last.columns == now.columns  # the next copy knows this one alone


def test_one_column_hides_small_numbers_and_what_gives_them_away(base: Summary) -> None:
    first, second, third = (KINDS[place][0] for place in (0, 3, 5))
    found = province(base, [("TH", {first: 1, second: 9}), *[("TH", {third: 4})] * 5])
    now = incident_table(found, public=True, compared=Compared(heads=frozenset({("khác",)})))
    hidden_rows = {str(row[0]) for row in now.rows if row[1] == "…"}
    assert dict(KINDS)[first] in hidden_rows and len(hidden_rows) >= 2  # else the sum less the others would tell it


def test_no_other_table_of_the_copy_speaks_of_incidents(base: Summary) -> None:
    """T8 has no line of PL7, PL8, reports of incidents; T4 no reason of one or two schools; T3 no group of one or two that are judged."""
    assert all(line.privacy is not None for line in PL7)
    found = province(base, [("TH", {}), ("TH", {}), ("THCS", {}), ("THCS", {}), ("THCS", {}), ("THPT", {})])
    said = "\n".join(str(cell) for row in number_table(found, public=True).rows for cell in row)
    assert not re.search(r"PL7|PL8|đột xuất|vụ việc", said, re.IGNORECASE)
    circular = found.counted[0][1].texts[0]
    open_ = replace(circular.criteria[3], own=None, settled=Truth.UNKNOWN, reasons=("unverified",))
    one = found.standings[0]
    assert one.arrival is not None
    changed = one.arrival.package.summary.model_copy(update={"texts": (replace(circular, criteria=(open_,)),)})
    package = Package(one.arrival.package.name, "f" * 64, changed, ())
    told = replace(found, choice=Choice([replace(one, arrival=Arrival(package, (), TODAY)), *found.standings[1:]]))
    assert "vụ việc chưa xác minh (1)" in str(criteria(told).rows) and "chưa xác minh" not in str(criteria(told, public=True).rows)
    groups = [row for row in results(found, public=True).rows if row[0] == "Cấp học"]
    assert [row[1] for row in groups] == ["THCS", "cấp khác"]
