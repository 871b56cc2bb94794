"""T8 beside last year's sums: a change stands only between two exact ones."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from antq_review.package.model import NumberSummary, Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province import work
from antq_review.province.stored import load_stored
from antq_review.scoring.model.review import Review
from tests.province.many import listed, officer, package

TODAY = date(2026, 11, 18)
CODES = ["00100001", "00100002"]


def with_lines(base: Summary, pl1: dict[str, str | None]) -> Summary:
    rows = tuple(NumberSummary(key=key, value=Decimal(value)) for key, value in pl1.items() if value is not None)
    return base.model_copy(update={"tables": {"PL1": rows}})


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


def rolled(base: Summary, folder: Path, out: Path, values: list[dict[str, str | None]], previous: Path | None = None, public: bool = False):
    place = officer(folder, [listed(code) for code in CODES])
    for code, pl1 in zip(CODES, values, strict=False):
        (place / "den" / f"{code}.zip").write_bytes(package(with_lines(base, pl1), code))
    _, paths = work.roll_up(place, out, TODAY, TODAY, previous=[previous] if previous else [], public=public)
    return paths["tong_hop.json"]


def test_the_change_since_last_year_only_where_both_sums_are_exact(base: Summary, tmp_path: Path) -> None:
    """By hand: pupils 400 → 300, less a quarter; teachers 20 → 20; managers 0 → 3, no share of nothing; staff unknown at one school."""
    then = [
        {"people.pupils": "300", "people.teachers": "10", "people.managers": "0", "people.employees": "4"},
        {"people.pupils": "100", "people.teachers": "10", "people.managers": "0", "people.employees": None},
    ]
    now = [
        {"people.pupils": "200", "people.teachers": "12", "people.managers": "2", "people.employees": "4"},
        {"people.pupils": "100", "people.teachers": "8", "people.managers": "1", "people.employees": "2"},
    ]
    first = rolled(base, tmp_path / "2025", tmp_path / "a", then)
    before = tmp_path / "truoc.json"
    before.write_text(first.read_text(encoding="utf-8").replace('"year": 2026', '"year": 2025'), encoding="utf-8")
    assert load_stored(before).year == 2025
    for public in (False, True):
        table = load_stored(rolled(base, tmp_path / "2026", tmp_path / "b", now, before, public)).tables["T8"]
        assert table.columns[-2:] == ("Năm trước", "Tăng, giảm")
        rows = {row[2]: row[-2:] for row in table.rows}
        assert rows["Tổng số học sinh"] == ("400", "−100 (−25%)") and rows["Giáo viên"] == ("20", "0")
        assert rows["Cán bộ quản lý"] == ("0", "+3") and rows["Nhân viên"] == ("ít nhất 4 (1/2 trường)", None)
    alone = load_stored(first).tables["T8"]
    assert {row[-2:] for row in alone.rows} == {(None, None)} and any("Chưa có bản tổng hợp năm trước" in note for note in alone.notes)
