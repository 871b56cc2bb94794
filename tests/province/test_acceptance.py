"""Checks of the Department's side as a whole: nobody's name, any road and any machine, honest ranges, words, a missing library.

Which test is each check of the design (the paper on the Department's side, part 11). By file of tests/province the beginning of
each test's name; L: in full only by `run.py test --long`.

A1   test_send: the_package_is_small_and_valid_for_another_validator, unchanged_results_give_the_same_package
A2   here: no_person_of_a_school_is_in_its_package; test_send: nobody_but_the_signer_is_named, a_name_that_was_written_into_a_paper
A3   test_unseal: every_file_with_one_byte_changed_is_named
A4   test_bad_zips: each_bad_file_is_one_line, no_bad_file_takes_a_second_or_much_memory
A5   test_unseal: added_doubled_encrypted_linked_and_strange_members
A6   here: five_corrupt_files_among_many (L); its seconds and memory: benchmarks/p15_province.py
A7   here: schools_copied_three_times (L); test_roll_up: every_school_once_under_any_name_and_by_two_roads
A8   here: another_language_hash_seed_and_time_zone; test_roll_up: the_order_of_files_and_a_second_run
A9   test_roll_up: first_sight_decides_what_is_on_time
A10  test_roll_up: one_number_with_two_contents_counts_when_the_officer_chooses
A11  test_changes: a_package_after_acceptance_changes_no_number_and_is_one_line
A12  test_returns: four_returns_that_cannot_be, the_command_refuses_the_same_four
A13  here: a_final_version_is_refused_with_three; test_returns: a_slip_in_the_schools_folder, an_answered_slip, a_slip_of_another_school
A14  test_roll_up: codes_that_do_not_fit_are_listed; test_attacks: a_school_leaves_the_base_by_its_own_due_day_alone
A15  here: schools_copied_three_times (L); test_roll_up: totals_say_at_least_until_everyone_has_declared
A16  test_properties: counts_keep_their_order, the_package_of_a_further_school; test_roll_up: a_further_school_never_narrows_a_range_falsely
A17  test_hide: every_hidden_cell_has_two_possible_values; here: last_year_s_copy_and_this_year_s_hide_the_same_cells
A18  test_changes: twelve_score_tables_are_twelve_groups
A19  test_changes: twins_are_files_of_two_to_four_schools; here: a_file_of_a_private_table
A20  test_changes: the_sample_is_the_same_in_any_order
A21  test_commune: the_department_adds_up_the_forwarded_packages_and_refuses_the_table; test_roll_up: a_roll_up_is_no_package
A22  test_rerun: six_schools_on_two_lanes (L), a_school_that_ends_its_lane; test_cluster: bad_jobs_cost_themselves_alone_on_two_workers
A23  test_rerun: six_schools_on_two_lanes_cut_off_at_three (L), unchanged_forms_give_the_package_s_figures
A24  here: every_command_works_without_the_cluster_s_library; test_cluster: the_province_loads_no_engine
A25  here: the_words_that_judge; test_roll_up: a_roll_up_is_no_package_and_the_page_judges_nobody
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from antq_review import cli
from antq_review.forms.return_slip import slip_bytes
from antq_review.ingest.model import Evidence
from antq_review.package import SUMMARY
from antq_review.package.model import Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province import work
from antq_review.province.bag import ANNEX, PackageName
from antq_review.province.frames import frames, public_frames
from antq_review.province.hashes import evidence_hashes
from antq_review.province.hide import hidden
from antq_review.province.receive import Kept
from antq_review.province.roll_up import Receipt
from antq_review.province.seal import sealed
from antq_review.publish.excel.annex.workbook import annex
from antq_review.scoring.model.review import Review, TextResult
from antq_review.shipped import example_folder
from tests.province.many import listed, officer, package
from tests.province.many import summary_of as varied
from tests.province.test_returns import HEAD, REASONS, WHY, school_with

TODAY = date(2026, 11, 18)


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


# --- A2: nobody's name ---------------------------------------------------------------------------------------------------


def seeded(review: Review) -> tuple[Review, list[str]]:
    """The review with a word of its own in place of every name, post, opinion, reason of absence; and these words."""
    stored, seeds = json.loads(review.to_json()), []

    def seed() -> str:
        seeds.append(f"Đặng Hạt{len(seeds):02d} Giống")
        return seeds[-1]

    stored["school"]["signer"] = seed()
    for text in stored["texts"]:
        text["confirmed_by"] = [f"{seed()}, Hiệu trưởng" for _ in text.get("confirmed_by", ())]
    for meeting in stored["meetings"]:
        meeting |= {"chair": seed(), "secretary": seed()}
        for one in meeting["attendees"]:
            one |= {"name": seed(), "absence_reason": seed()}
        for one in meeting.get("opinions", ()):
            one |= {"speaker": seed(), "opinion": seed()}
    for one in stored.get("remarks", ()):
        one["text"] = seed()
    return Review.restored(stored), seeds


def text_in(name: str, content: bytes) -> str:
    """All text of a file, of each file in a zip."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(text_in(one, archive.read(one)) for one in archive.namelist())


def test_no_person_of_a_school_is_in_its_package_or_in_any_output_of_the_department(review: Review, tmp_path: Path) -> None:
    named, seeds = seeded(review)
    summary = varied(summarise(named, Version(Path("du_thao"), Kind.DRAFT)), "00100001")
    files = {SUMMARY: summary.to_json(), ANNEX: annex(named, official=True), "DOC_TRUOC.txt": b"x"}
    assert len(seeds) >= 40
    assert not [seed for seed in seeds for name, content in files.items() if seed in text_in(name, content)]
    folder = officer(tmp_path / "nhan", [listed("00100001"), listed("00100002")])
    for number in (1, 2):
        (folder / "den" / f"{number}.zip").write_bytes(sealed(PackageName("00100001", 2026, number), files | {
            "DOC_TRUOC.txt": str(number).encode(), "D04_bien_ban.docx": text_bytes(seeds), "tra_loi.json": json.dumps(seeds).encode(),
        }, "x"))
    (one,) = [one for one in work.look(folder, TODAY, TODAY).found.standings if one.arrival]
    assert one.arrival is not None
    decision = {"code": "00100001", "package": one.arrival.shown, "decision": "Trả lại", "decided_on": TODAY, "post": "Chuyên viên"}
    reason = {"package": one.arrival.shown, "text": "Thông tư 124", "item": "4", "reason": WHY}
    officer(folder, [listed("00100001"), listed("00100002")], decisions=[decision], return_reasons=[reason])
    out = tmp_path / "ra"
    for public in (False, True):
        work.roll_up(folder, out, TODAY, TODAY, public=public)
    assert len(work.give_slips(folder, out, TODAY)[1]) == 1
    written = [path for path in [*out.rglob("*"), folder / "so_den.jsonl"] if path.is_file()]
    assert {path.name for path in written} >= {"tong_hop.html", "tong_hop.xlsx", "tong_hop.json", "so_den.jsonl"} and len(written) > 8
    for path in written:
        said = path.name + text_in(path.name, path.read_bytes())
        assert not [seed for seed in seeds if seed in said], path.name
        assert path.suffix not in (".html", ".jsonl") or not re.search(r"\d{1,2}:\d{2}", said), path.name  # the minute of an incident


def text_bytes(words: list[str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", " ".join(words))
    return packed.getvalue()


# --- A7, A15: many schools, copied, some undeclared ----------------------------------------------------------------------


@pytest.mark.parametrize(("schools", "silent"), [
    (20, 3), pytest.param(200, 18, marks=pytest.mark.skipif(not os.environ.get("ANTQ_LONG"), reason="run.py test --long")),
])
def test_schools_copied_three_times_and_some_undeclared(base: Summary, tmp_path: Path, schools: int, silent: int) -> None:
    """By hand: one theft in each of 200 schools, 18 undeclared: at least 200, of 182; declared with none: exactly 182."""
    codes = [f"002{number:05d}" for number in range(schools)]
    folder = officer(tmp_path / "nhan", [listed(code, f"xã {code[-1]}") for code in codes])
    kept: Kept = {}
    for place, code in enumerate(codes):
        undeclared: dict[str, Any] = {"declared_until": None} if place < silent else {}
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code, incidents={"theft": 1}, **undeclared))
    before = frames(work.look(folder, TODAY, TODAY, kept=kept).found)
    for copy in ("goi (1)", "zalo/tuan 2"):
        (folder / "den" / copy).mkdir(parents=True)
        for place, code in enumerate(reversed(codes)):
            shutil.copy(folder / "den" / f"{code}.zip", folder / "den" / copy / f"{place}.zip")
    looked = work.look(folder, TODAY, TODAY, kept=kept)
    assert (looked.files, looked.packages, Receipt.of(looked.found.standings).received) == (3 * schools, schools, schools)
    assert [one.rows for one in frames(looked.found)] == [one.rows for one in before]
    assert {one.key: one for one in before}["T7"].rows[-1][-1] == f"ít nhất {schools} ({schools - silent}/{schools} trường)"
    for copy in ("goi (1)", "zalo"):
        shutil.rmtree(folder / "den" / copy)
    for code in codes[:silent]:
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code, 2, incidents={"theft": 0}))
    table = next(one for one in frames(work.look(folder, TODAY, TODAY, kept=kept).found) if one.key == "T7")
    assert table.rows[-1][-1] == str(schools - silent)


# --- A6: many packages and five that are none ----------------------------------------------------------------------------


@pytest.mark.parametrize("schools", [
    12, pytest.param(2000, marks=pytest.mark.skipif(not os.environ.get("ANTQ_LONG"), reason="run.py test --long")),
])
def test_five_corrupt_files_among_many_are_listed_and_all_others_counted(base: Summary, tmp_path: Path, schools: int) -> None:
    """The bar moves with every file. Time and memory of 2,000: `run.py bench P15`."""
    codes = [f"003{number:05d}" for number in range(schools)]
    folder = officer(tmp_path / "nhan", [listed(code) for code in codes])
    for code in codes:
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code, incidents={"theft": 1}))
    good = (folder / "den" / f"{codes[0]}.zip").read_bytes()
    bad = {"cut": good[:-99], "empty": b"", "page": b"<!DOCTYPE html>", "flipped": good[:200] + bytes([good[200] ^ 255]) + good[201:],
           "other": b"%PDF-1.7"}
    for name, content in bad.items():
        (folder / "den" / f"{name}.zip").write_bytes(content)
    told: list[tuple[int, int]] = []
    looked = work.look(folder, TODAY, TODAY, lambda done, of: told.append((done, of)))
    p = Receipt.of(looked.found.standings)
    assert (p.counted, p.received, len(looked.found.unreadable)) == (schools, schools, 5)
    assert {one.shown.partition(".")[0] for one in looked.found.unreadable} == set(bad)
    assert told == [(place, schools + 5) for place in range(1, schools + 6)]


# --- A8: any machine -----------------------------------------------------------------------------------------------------


def test_another_language_hash_seed_and_time_zone_change_no_byte(base: Summary, tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path; from antq_review.province.work import roll_up\n"
        "day = date(2026, 11, 18)\nfor public in (False, True): roll_up(Path(sys.argv[1]), Path(sys.argv[2]), day, day, public=public)\n"
    )
    made = []
    for place, (language, seed, zone) in enumerate((("C", "1", "UTC"), ("tr_TR.UTF-8", "77", "Pacific/Kiritimati"))):
        folder = officer(tmp_path / str(place) / "nhan", [listed(code, f"xã {code[-1]}") for code in ("00100001", "00100002", "00100003")])
        for code in ("00100001", "00100002"):
            name = f"{code}.zip" if place else f"z{code[::-1]}.zip"
            (folder / "den" / name).write_bytes(package(base, code, incidents={"theft": 3, "drugs": 1}))
        settings = os.environ | {"LC_ALL": language, "LANG": language, "PYTHONHASHSEED": seed, "TZ": zone}
        out = tmp_path / str(place) / "ra"
        subprocess.run([sys.executable, "-c", program, str(folder), str(out)], env=settings, check=True, cwd=Path(__file__).parents[2])
        made.append({path.relative_to(out): path.read_bytes() for path in out.rglob("tong_hop.*")})
    assert len(made[0]) == 6 and made[0] == made[1]


# --- A13: the slip through the command -----------------------------------------------------------------------------------


def test_a_final_version_is_refused_with_three_while_a_return_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = school_with(tmp_path, slip_bytes(HEAD, REASONS))
    arguments = ["review", str(folder), "--out", str(tmp_path / "ra"), "--as-of", "16/11/2026", "--texts", "tt_124", "--final"]
    assert cli.run(arguments) == 3
    said = capsys.readouterr().err
    assert WHY in said and not (tmp_path / "ra").exists()


# --- A17: last year's copy -----------------------------------------------------------------------------------------------


def test_last_year_s_copy_and_this_year_s_hide_the_same_cells(base: Summary, tmp_path: Path) -> None:
    """Also on the page, which writes through the same function; and no hidden cell is left alone in its row or column."""
    codes = [f"0010000{number}" for number in range(9)]
    schools = [listed(code, levels=level) for code, level in zip(codes, ["TH"] * 3 + ["THCS"] * 3 + ["THPT"] * 3, strict=True)]
    folder, out = officer(tmp_path / "nhan", schools), tmp_path / "ra"
    for code in codes:
        few = {"theft": 1} if code == codes[0] else {"drugs": 4}
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code, incidents=few))
    looked, paths = work.roll_up(folder, out, TODAY, TODAY, public=True)
    stored = paths["tong_hop.json"].read_text(encoding="utf-8")
    last = out / "tong_hop" / "2025_cong_khai"
    shutil.move(paths["tong_hop.json"].parent, last)
    (last / "tong_hop.json").write_text(stored.replace('"year": 2026', '"year": 2025'), encoding="utf-8")
    for code in codes:
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code, 2, incidents={"drugs": 4, "theft": 5}))
    now = work.write_tables(work.look(folder, TODAY, TODAY), out, True)
    before, after = (closed_cells(text) for text in (stored, now["tong_hop.json"].read_text(encoding="utf-8")))
    assert before and before <= after
    table = {one.key: one for one in public_frames(looked.found)}["T7"]
    for line in (*table.rows, *zip(*(row[1:] for row in table.rows), strict=True)):
        assert list(line).count("…") != 1
    assert hidden([[1, 4], [5, 6]], 3)


def closed_cells(stored: str) -> set[tuple[int, int]]:
    rows = json.loads(stored)["tables"]["T7"]["rows"]
    return {(place, at) for place, row in enumerate(rows) for at, cell in enumerate(row) if cell == "…"}


def test_no_group_of_one_or_two_schools_is_in_the_public_copy(base: Summary, tmp_path: Path) -> None:
    """One THPT among six schools: its column would be the school; nor may it be the total less the others."""
    schools = [listed("00000001", "xã X", "THPT"), *[listed(f"0000001{at}", "xã A", "THCS") for at in range(5)]]
    schools += [listed(f"0000002{at}", "xã B", "TH") for at in range(3)]
    folder = officer(tmp_path / "nhan", schools)
    for one in schools:
        few = {"theft": 7} if one["levels"] == "THPT" else {"theft": 9}
        (folder / "den" / f"{one['code']}.zip").write_bytes(package(base, one["code"], official=TextResult.NOT_MET, incidents=few))
    found = work.look(folder, TODAY, TODAY).found
    tables = {one.key: one for one in public_frames(found)}
    assert [heading for heading, _ in tables["T7"].columns[1:]] == ["THCS", "cấp khác", "Tất cả"]
    for key in ("T1", "T3"):
        assert {row[1]: row[2] for row in tables[key].rows if row[1]} == {"xã A": 5, "xã khác": 4, "THCS": 5, "cấp khác": 4}
    assert [row[4] for row in {one.key: one for one in frames(found)}["T3"].rows] and len(frames(found)[0].rows) == 7


# --- A19: a private file -------------------------------------------------------------------------------------------------


def test_a_file_of_a_private_table_or_a_confidential_paper_has_no_hash(evidence: Evidence, tmp_path: Path) -> None:
    """The same file named by an activity too: it stays private."""
    from dataclasses import replace

    from antq_review.forms.columns import YesNo

    named = {}
    for table in ("incidents", "support", "activities", "documents"):
        row = next((row for row in evidence.tables[table].rows if hasattr(row.values, "file")), None)
        named[table] = row
    tables = dict(evidence.tables)
    folder = tmp_path / "truong"
    folder.mkdir()
    (folder / "rieng.jpg").write_bytes(b"x" * 2000)
    (folder / "chung.jpg").write_bytes(b"y" * 2000)

    def with_file(table: str, file: str, **more: object) -> None:
        row = named[table]
        assert row is not None
        changed = replace(row, values=row.values.model_copy(update={"file": file, **more}), shown={**row.shown, "file": file})
        tables[table] = replace(tables[table], rows=[changed])

    private = [table for table in ("incidents", "support") if named[table] is not None]
    for table in private:
        with_file(table, "rieng.jpg")
    with_file("activities", "chung.jpg; rieng.jpg")
    with_file("documents", "rieng.jpg", confidential=YesNo.YES)
    found = evidence_hashes(folder, replace(evidence, tables=tables))
    assert len(found.own) == 1 and found.received == ()


# --- A24: without the cluster's library ----------------------------------------------------------------------------------


def test_every_command_works_without_the_cluster_s_library(
    base: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("distributed", "dask"):
        monkeypatch.setitem(sys.modules, name, None)
    folder = officer(tmp_path / "nhan", [listed("00100001")])
    (folder / "den" / "a.zip").write_bytes(package(base, "00100001"))
    (tmp_path / "bieu" / "00100002").mkdir(parents=True)
    out = ["--out", str(tmp_path / "ra")]
    assert cli.run(["province", "new", str(tmp_path / "2027"), "--year", "2027"]) == 0
    assert cli.run(["province", "check", str(folder)]) == 0
    assert cli.run(["province", "check", str(folder), "--json"]) == 0
    monkeypatch.setattr(work, "_notebook", lambda _: {})  # needs a kernel, a process of its own
    for more in ([], ["--public"]):
        assert cli.run(["province", "roll-up", str(folder), *out, *more]) == 0
    assert cli.run(["province", "return", str(folder), *out]) == 0
    assert cli.run(["province", "rerun", str(folder), "--forms", str(tmp_path / "bieu"), *out]) == 1  # that folder's school sent nothing
    assert cli.run(["check", str(example_folder()), *out]) in (0, 1)
    capsys.readouterr()
    tls = tmp_path / "tls"
    tls.mkdir()
    for name in ("ca.pem", "cert.pem", "key.pem"):
        (tls / name).write_text("x", encoding="utf-8")
    cluster = ["--cluster", "tls://127.0.0.1:1", "--tls", str(tls)]
    (folder / "den" / "b.zip").write_bytes(package(base, "00100001", 2))
    (tmp_path / "bieu" / "00100001").mkdir()
    assert cli.run(["province", "rerun", str(folder), "--forms", str(tmp_path / "bieu"), *out, *cluster]) in (2, 3)
    assert "Traceback" not in capsys.readouterr().err


# --- A25: words ----------------------------------------------------------------------------------------------------------


def test_the_words_that_judge_are_the_law_s_and_the_shipped_plan_s_alone(base: Summary, tmp_path: Path) -> None:
    """T4, T5, T8: a cell with “đạt” or “công nhận” is a title of the law, a sentence of the shipped plan, a line of the annex."""
    from antq_review.forms.plan_rows import plan_rows
    from antq_review.rules import register, rulebook
    from antq_review.text import words

    folder = officer(tmp_path / "nhan", [listed("00100001")])
    (folder / "den" / "a.zip").write_bytes(package(base, "00100001", official=TextResult.MET))
    tables = {one.key: one for one in frames(work.look(folder, TODAY, TODAY).found)}
    law = {one.title for entry in register() for one in rulebook(entry.id).criteria} | {row.quote for row in plan_rows()}
    lines = json.dumps(words("numeric"), ensure_ascii=False).casefold()
    judging = re.compile(r"\bđạt\b|công nhận", re.IGNORECASE)
    for key in ("T4", "T5", "T8"):
        table = tables[key]
        for heading in (*(heading for heading, _ in table.columns), *table.notes, table.title):
            assert not judging.search(re.sub(r"(tự đánh giá|chưa) (chưa )?đạt", "", heading, flags=re.IGNORECASE)), heading
        for cell in (str(cell) for row in table.rows for cell in row):
            if judging.search(cell) and cell not in law:
                last = cell.rpartition(": ")[2].casefold()
                assert key == "T8" and last in lines, cell


# --- the list above ------------------------------------------------------------------------------------------------------


def test_every_check_of_the_design_is_a_test_that_is_there() -> None:
    assert __doc__ is not None
    checks = dict(re.findall(r"^(A\d+) +(.*)$", __doc__, re.MULTILINE))
    assert list(checks) == [f"A{number}" for number in range(1, 26)]
    for check, line in checks.items():
        named = re.findall(r"(here|test_\w+): ((?:\w+(?: \(L\))?(?:, )?)+)", line)
        assert named, check
        for file, names in named:
            source = Path(__file__) if file == "here" else Path(__file__).with_name(f"{file}.py")
            written = source.read_text(encoding="utf-8")
            for name in re.findall(r"[a-z_]{2,}", names):
                assert f"def test_{name}" in written, (check, name)
