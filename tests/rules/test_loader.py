"""The loader refuses a faulty rulebook and says which entry; the register refuses two texts at once."""

from datetime import date
from pathlib import Path

import pytest

from antq_review.errors import RulebookError
from antq_review.rules.loader import RegisterEntry, check_register, load, rulebook

TEXT = """
id = "t"
number = "1/QĐ"
title = "Thử"
short = "Thử"
issuer = "x"
signed_on = 2026-01-01
effective_from = 2026-01-01
total = 10
levels = ["lower_secondary"]
scope_citation = "Điều 1"
[period]
start_month = 11
start_day = 16
start_year_offset = -1
end_month = 11
end_day = 15
citation = "Điều 8"
confidence = "SEEN"
[deadline]
month = 11
day = 19
citation = "Điều 9"
confidence = "SEEN"
[[sources]]
where = "x"
read_by = "y"
read_on = 2026-01-01
"""
CRITERION = """
[[criteria]]
id = "{id}"
title = "Một"
citation = "Điều 7"
text = "Có kế hoạch"
award = "threshold"
points = {points}
measure = "documents_signed"
bound = {{ at_least = 1 }}
"""
ONE = CRITERION.format(id="1", points=10)
PART = """
[[criteria.{where}]]
id = "{id}"
title = "Ý"
citation = "Điều 7"
text = "kế hoạch"
award = "threshold"
measure = "documents_signed"
bound = {{ at_least = 1 }}
"""
READING = '\n[[criteria.readings]]\nid = "{id}"\nsays = "x"\nbasis = "INFERRED"\n' + PART.replace("{where}", "readings.parts")
ALL_OF = ONE.replace('award = "threshold"', 'award = "all_of"').replace('measure = "documents_signed"\nbound = { at_least = 1 }\n', "")


def folder(path: Path, criteria: str, text: str = TEXT, bands: str = "") -> Path:
    """A rulebook's folder with these files."""
    (path / "text.toml").write_text(text, encoding="utf-8")
    (path / "criteria.toml").write_text(criteria, encoding="utf-8")
    if bands:
        (path / "bands.toml").write_text(bands, encoding="utf-8")
    return path


def bands(*bounds: int) -> str:
    return "".join(f'[[bands]]\nname = "{number}"\nat_least = {bound}\n' for number, bound in enumerate(bounds))


def test_a_sound_rulebook_loads(tmp_path: Path) -> None:
    found = load(folder(tmp_path, ONE, bands=bands(9, 7, 0)))
    assert (found.total, len(found.criteria), [band.at_least for band in found.bands]) == (10, 1, [9, 7, 0])


def test_parts_and_readings_load(tmp_path: Path) -> None:
    parts = ALL_OF + PART.format(where="parts", id="1a") + PART.format(where="parts", id="1b")
    assert [part.id for part in load(folder(tmp_path, parts)).criteria[0].parts] == ["1a", "1b"]
    readings = ALL_OF + READING.format(id="A").replace('id = "A"\ntitle', 'id = "1"\ntitle') + READING.format(id="B")
    assert [one.id for one in load(folder(tmp_path, readings)).criteria[0].readings] == ["A", "B"]


FAULTS = {
    "unknown key": (ONE + 'diem = 3\n', "diem"),
    "mistyped award": (ONE.replace('"threshold"', '"treshold"'), "award"),
    "missing citation": (ONE.replace('citation = "Điều 7"\n', ""), "citation"),
    "empty citation": (ONE.replace('"Điều 7"', '" "'), "1"),
    "missing text": (ONE.replace('text = "Có kế hoạch"\n', ""), "text"),
    "empty text": (ONE.replace('"Có kế hoạch"', '""'), "1"),
    "sum below the total": (CRITERION.format(id="1", points=9), "10"),
    "sum above the total": (ONE + CRITERION.format(id="2", points=1), "10"),
    "points missing": (ONE + CRITERION.format(id="2", points=0).replace("points = 0\n", ""), "điểm"),
    "repeated criterion": (CRITERION.format(id="1", points=5) * 2, "1"),
    "repeated part": (ALL_OF + PART.format(where="parts", id="1a") * 2, "1a"),
    "repeated reading": (ALL_OF + READING.format(id="A") * 2, "A"),
    "threshold without bound": (ONE.replace("bound = { at_least = 1 }\n", ""), "1"),
    "bound without a number": (ONE.replace("{ at_least = 1 }", "{}"), "1"),
    "two bounds": (ONE.replace("{ at_least = 1 }", "{ at_least = 1, at_most = 2 }"), "1"),
    "threshold without measure": (ONE.replace('measure = "documents_signed"\n', ""), "1"),
    "steps without steps": (ONE.replace('"threshold"', '"steps"'), "1"),
    "per unit without points for one": (ONE.replace('"threshold"', '"per_unit"'), "1"),
    "none_of without measure": (ONE.replace('"threshold"', '"none_of"').replace('measure = "documents_signed"\n', ""), "1"),
    "all_of without parts": (ALL_OF, "1"),
    "parts below a threshold": (ONE + PART.format(where="parts", id="1a"), "1"),
    "parts and readings": (ALL_OF + PART.format(where="parts", id="1a") + READING.format(id="A") + READING.format(id="B"), "1"),
    "one reading": (ALL_OF + READING.format(id="A"), "1"),
    "a faulty part deep inside": (ALL_OF + PART.format(where="parts", id="1a").replace("bound = { at_least = 1 }\n", ""), "1a"),
    "not TOML": ("[[criteria", "criteria.toml"),
}


@pytest.mark.parametrize(("criteria", "named"), FAULTS.values(), ids=FAULTS)
def test_faulty_criteria_are_refused_by_entry(tmp_path: Path, criteria: str, named: str) -> None:
    with pytest.raises(RulebookError) as refusal:
        load(folder(tmp_path, criteria))
    assert named in str(refusal.value)


@pytest.mark.parametrize(
    ("bounds", "word"),
    [((9, 7), "không phủ"), ((9, 9, 0), "chồng"), ((7, 9, 0), "chồng"), ((11, 7, 0), "vượt")],
)
def test_bands_that_leave_a_gap_or_overlap_are_refused(tmp_path: Path, bounds: tuple[int, ...], word: str) -> None:
    with pytest.raises(RulebookError, match=word):
        load(folder(tmp_path, ONE, bands=bands(*bounds)))


def test_points_without_a_total_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="tổng điểm"):
        load(folder(tmp_path, ONE, text=TEXT.replace("total = 10\n", "")))


def test_bands_without_a_total_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="tổng điểm"):
        load(folder(tmp_path, ONE.replace("points = 10\n", ""), text=TEXT.replace("total = 10\n", ""), bands=bands(9, 0)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.toml").write_text(TEXT, encoding="utf-8")
    with pytest.raises(RulebookError, match=r"criteria\.toml"):
        load(tmp_path)


def test_an_unknown_text_is_named_with_the_known_ones() -> None:
    with pytest.raises(RulebookError, match="tt_124, qd_510"):
        rulebook("khong_co")


# --- the register -------------------------------------------------------------------------------------------------------


def entry(name: str, start: date, end: date | None = None, **fields: str) -> RegisterEntry:
    return RegisterEntry(**{"id": name, "folder": name, "kind": "k", "scope": "s", "effective_from": start, "effective_to": end, **fields})


OLD_END, NEW_START = date(2026, 6, 30), date(2026, 7, 1)


def test_two_texts_in_force_on_one_day_are_refused() -> None:
    with pytest.raises(RulebookError, match="cũ và mới"):
        check_register((entry("cũ", date(2020, 1, 1), NEW_START), entry("mới", NEW_START)))
    with pytest.raises(RulebookError):
        check_register((entry("mới", NEW_START), entry("cũ", date(2020, 1, 1))))


@pytest.mark.parametrize(
    "second",
    [
        entry("mới", NEW_START),
        entry("mới", date(2021, 1, 1), kind="khác"),
        entry("mới", date(2021, 1, 1), scope="khác"),
        entry("mới", date(2021, 1, 1), completes="cũ"),
    ],
    ids=["one after the other", "another kind", "another scope", "one completes the other"],
)
def test_two_texts_that_may_stand_together(second: RegisterEntry) -> None:
    check_register((entry("cũ", date(2020, 1, 1), OLD_END), second))
    check_register((second, entry("cũ", date(2020, 1, 1), OLD_END)))
