"""T9, T10, T12, T13: what changed, what to look at again, whom to visit."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from antq_review.errors import CannotDo, UsageError
from antq_review.package.model import EvidenceHashes, GoalSummary, Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province import work
from antq_review.province.frame import Frame
from antq_review.province.frames import frames, plan
from antq_review.province.look_again import sample, shared_files, twins
from antq_review.province.roll_up import RollUp
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Review, TextResult
from tests.province.many import DUE, listed, officer, package

TODAY = date(2026, 11, 18)
CODES = [f"0010000{number}" for number in range(6)]


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


def table(found: RollUp, key: str, **compared: object) -> Frame:
    return next(one for one in frames(found, **compared) if one.key == key)  # type: ignore[arg-type]


def stated(base: Summary, criterion: str, truth: Truth, **changes: object) -> Summary:
    """The summary with one criterion of the circular as a meeting concluded it."""
    circular, *rest = base.texts
    criteria = tuple(
        replace(one, settled=truth, own=None) if one.id == criterion else one for one in circular.criteria
    )
    return base.model_copy(update={"texts": (replace(circular, **{"criteria": criteria, "result": None, **changes}), *rest)})


def test_since_last_year_counts_only_schools_that_say_it_in_both_years(base: Summary, tmp_path: Path) -> None:
    then = officer(tmp_path / "2025", [listed(code) for code in CODES[:5]])
    now = officer(tmp_path / "2026", [listed(code) for code in CODES[1:]])
    old = [Truth.NO, Truth.NO, Truth.YES, Truth.YES, Truth.UNKNOWN]
    new = [None, Truth.YES, Truth.NO, Truth.YES, Truth.YES, Truth.YES]
    for code, truth in zip(CODES, old, strict=False):
        (then / "den" / f"{code}.zip").write_bytes(package(stated(base, "1", truth), code, incidents={"theft": 2}))
    for code, truth in zip(CODES, new, strict=True):
        if truth is not None:
            changed = stated(base, "1", truth)
            (now / "den" / f"{code}.zip").write_bytes(package(changed, code, incidents={"theft": 1}))
    _, paths = work.roll_up(then, tmp_path / "out", TODAY, TODAY)
    before = json.loads(paths["tong_hop.json"].read_text(encoding="utf-8")) | {"year": 2025}
    (tmp_path / "truoc.json").write_text(json.dumps(before), encoding="utf-8")
    _, paths = work.roll_up(now, tmp_path / "out", TODAY, TODAY, previous=[tmp_path / "truoc.json"])
    rows = {row[0]: row[3:] for row in json.loads(paths["tong_hop.json"].read_text(encoding="utf-8"))["tables"]["T9"]["rows"]}
    # Schools 1–4 are in both years: better (no → yes), worse (yes → no), the same, and one that was unknown.
    assert rows["Thông tư 124, tiêu chí 1: tự đánh giá đạt"] == [4, 1, 1, 1, 1]
    assert next(row for name, row in rows.items() if name.startswith("Vụ việc"))[:2] == [4, 4]
    page = paths["tong_hop.html"].read_text(encoding="utf-8")
    assert "Trường mới trong danh sách: 1. Trường không còn trong danh sách (thôi, sáp nhập): 1." in page


def test_a_package_after_acceptance_changes_no_number_and_is_one_line(base: Summary, tmp_path: Path) -> None:
    schools = [listed(CODES[0])]
    folder = officer(tmp_path / "nhan", schools)
    (folder / "den" / "a.zip").write_bytes(package(base, CODES[0], 1, incidents={"theft": 1}))
    (arrival,) = [one.arrival for one in work.look(folder, TODAY, TODAY).found.standings]
    assert arrival is not None
    officer(folder, schools, decisions=[{"code": CODES[0], "package": arrival.shown, "decision": "Tiếp nhận", "decided_on": TODAY}])
    before = {one.key: one.rows for one in frames(work.look(folder, TODAY, TODAY).found)}
    (folder / "den" / "b.zip").write_bytes(package(stated(base, "2", Truth.NO), CODES[0], 2, incidents={"theft": 5}))
    found = work.look(folder, TODAY, TODAY).found
    after = {one.key: one.rows for one in frames(found)}
    assert [key for key in before if before[key] != after[key]] == ["T2", "T10"]  # T2: the state, and which package waits
    ((code, _, numbers, what, decide),) = after["T10"]
    assert (code, numbers) == (CODES[0], "1 → 2") and "mục 2" in str(what) and "vụ việc" in str(what) and "5" not in str(what)
    assert "chờ quyết định" in str(decide)


def test_what_changed_since_a_cut_off(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(code) for code in CODES[:3]])
    (folder / "den" / "a.zip").write_bytes(package(base, CODES[0]))
    (folder / "den" / "b.zip").write_bytes(package(base, CODES[1]))
    _, paths = work.roll_up(folder, tmp_path / "out", TODAY, TODAY)
    cut_off = tmp_path / "chot.json"
    cut_off.write_bytes(paths["tong_hop.json"].read_bytes())
    later = date(2026, 11, 25)
    (folder / "den" / "b2.zip").write_bytes(package(stated(base, "1", Truth.NO), CODES[1], 2))
    (folder / "den" / "c.zip").write_bytes(package(base, CODES[2]))
    _, paths = work.roll_up(folder, tmp_path / "out", later, later, previous=[cut_off])
    rows = json.loads(paths["tong_hop.json"].read_text(encoding="utf-8"))["tables"]["T10"]["rows"]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        (CODES[1], "1 → 2", "Đã nhận → Đã nhận"), (CODES[2], "– → 1", "Chưa nộp → Đã nhận"),
    ]
    assert "tiêu chí 1" in rows[0][3]
    cut_off.write_text("{}", encoding="utf-8")
    with pytest.raises(CannotDo):
        work.roll_up(folder, tmp_path / "out", later, later, previous=[cut_off])
    cut_off.write_text(json.dumps(json.loads(paths["tong_hop.json"].read_text(encoding="utf-8")) | {"year": 2020}), encoding="utf-8")
    with pytest.raises(UsageError):
        work.roll_up(folder, tmp_path / "out", later, later, previous=[cut_off])


def holding(base: Summary, *digests: str) -> Summary:
    return base.model_copy(update={"evidence": EvidenceHashes(own=tuple(sorted(digests)))})


def test_twins_are_files_of_two_to_four_schools_and_a_shared_file_is_one() -> None:
    everywhere, twin, four = "a" * 32, "b" * 32, "c" * 32

    class Held:
        """The part of a summary that is looked at."""

        def __init__(self, *digests: str) -> None:
            self.evidence = EvidenceHashes(own=digests)

    schools = [(f"{number:08d}", Held(everywhere, *([twin] if number in (7, 90) else []), *([four] if number < 4 else [])))
               for number in range(200)]
    found = list(twins(schools))  # type: ignore[arg-type]
    assert [one.codes for one in found] == [tuple(f"{number:08d}" for number in range(4)), ("00000007", "00000090")]
    assert shared_files(schools) == 1  # type: ignore[arg-type]


def test_reasons_to_look_are_said_as_such(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(code) for code in CODES[:4]])
    for code in CODES[:2]:
        (folder / "den" / f"{code}.zip").write_bytes(package(holding(base, "b" * 32), code))
    police = replace(base.incidents, police_checked_on=DUE, police_incidents=3, police_own=2)
    (folder / "den" / "p.zip").write_bytes(package(base.model_copy(update={"incidents": police}), CODES[2]))
    met = tuple(replace(one, settled=Truth.YES, own=None) for one in base.texts[0].criteria)
    texts = (replace(base.texts[0], criteria=met, result=TextResult.MET), *base.texts[1:])
    forms = tuple(replace(one, file_rows=10, with_file=1) for one in base.forms)
    (folder / "den" / "q.zip").write_bytes(package(base.model_copy(update={"texts": texts, "forms": forms}), CODES[3]))
    frame = table(work.look(folder, TODAY, TODAY).found, "T12")
    kinds = {str(row[0]): str(row[1]) for row in frame.rows}
    both = f"{CODES[0]} Trường {CODES[0]}; {CODES[1]} Trường {CODES[1]}"
    assert kinds["Tệp minh chứng trùng"] == kinds["Kết quả trùng hoàn toàn"] == both
    assert kinds["Số vụ khác số của Công an"].startswith(CODES[2]) and kinds["Tự đánh giá đạt cả, ít tệp"].startswith(CODES[3])
    assert frame.notes[0] == "Đây là lý do để xem, không phải kết luận."


def test_the_sample_is_the_same_in_any_order_and_a_further_school_replaces_one_at_most() -> None:
    codes = [f"{number:08d}" for number in range(2000)]
    drawn = sample(codes, "hat giong", 20)
    assert sample(reversed(codes), "hat giong", 20) == drawn != sample(codes, "khac", 20)
    assert len(set(drawn) & set(sample([*codes, "99999999"], "hat giong", 20))) >= 19


def test_the_sample_is_drawn_by_level_and_reason_and_a_late_seed_is_said(base: Summary, tmp_path: Path) -> None:
    schools = [listed(code, levels=level) for code, level in zip(CODES, ("TH", "TH", "TH", "THCS", "THCS", "THCS"), strict=True)]
    settings = {"year": 2026, "due_on": DUE, "sample": 1, "seed": "hạt 1"}
    folder = officer(tmp_path / "nhan", schools, officer_settings=[settings])
    for place, code in enumerate(CODES):
        own = holding(base, "b" * 32 if place < 2 else f"{place:032x}")
        (folder / "den" / f"{code}.zip").write_bytes(package(own, code, incidents={"theft": place}))
    found = work.look(folder, TODAY, TODAY).found
    frame = table(found, "T13")
    assert sorted((str(row[4]), str(row[5])) for row in frame.rows) == [
        ("TH", "có lý do để xem"), ("TH", "ngẫu nhiên"), ("THCS", "ngẫu nhiên"),
    ]
    assert "18/11/2026" in frame.notes[1]
    officer(folder, schools, officer_settings=[settings | {"seed": "hạt 2"}])
    late = date(2026, 12, 1)
    assert "sau khi nhận" in table(work.look(folder, late, late).found, "T13").notes[1]
    officer(folder, schools, officer_settings=[settings])
    assert "18/11/2026" in table(work.look(folder, late, late).found, "T13").notes[1]  # the first day stays


def test_twelve_score_tables_are_twelve_groups_and_an_illustrative_one_gives_no_class(base: Summary, tmp_path: Path) -> None:
    own = next(text for text in base.texts if text.total is not None)
    codes = [f"002000{number:02d}" for number in range(12)]
    folder = officer(tmp_path / "nhan", [listed(code) for code in codes])
    for place, code in enumerate(codes):
        text = replace(own, asks=f"{place:064x}", illustrative=place < 3, bands=("Tốt",))
        texts = tuple(text if one.id == own.id else one for one in base.texts)
        (folder / "den" / f"{code}.zip").write_bytes(package(base.model_copy(update={"texts": texts}), code))
    rows = table(work.look(folder, TODAY, TODAY).found, "T6").rows
    assert [row[1] for row in rows] == [1] * 12  # no joint group, so no joint class and no mean
    assert sorted(str(row[5]) for row in rows) == [""] * 3 + ["Tốt: 1"] * 9


def test_the_departments_room_loads_no_engine_and_the_command_openpyxl_alone() -> None:
    code = (
        "import sys; from antq_review.province import work; from antq_review.cli.province import make_roll_up\n"
        "def heavy(*_, **__): print(*sorted({'dask', 'distributed', 'pandas', 'openpyxl', 'numpy', 'PIL', 'lxml'} & set(sys.modules)))\n"
        "heavy(); work.roll_up = lambda *_, **__: sys.exit(heavy())\n"
        "make_roll_up(None, None, '', False)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert shown.stdout == "\nopenpyxl\n"


def test_only_unchanged_sentences_of_the_catalogue_are_counted(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(code) for code in CODES[:2]])
    first, *others = base.goals
    own = GoalSummary(id="T-01", asks=first.asks, status=first.status, parts=first.parts)  # the school changed the sentence
    (folder / "den" / "a.zip").write_bytes(package(base, CODES[0]))
    (folder / "den" / "b.zip").write_bytes(package(base.model_copy(update={"goals": (own, *others)}), CODES[1]))
    rows = {row[0]: row[2] for row in plan(work.look(folder, TODAY, TODAY).found).rows}
    assert rows[first.id] == 1 and "T-01" not in rows and set(rows.values()) == {1, 2}
