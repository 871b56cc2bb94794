"""Trường THPT Mẫu, the second example: it agrees with the hand, its year has its versions, its papers say what its meeting said."""

import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from antq_review import cli
from antq_review.ingest.model import Evidence
from antq_review.places.versions import Kind
from antq_review.publish.dossier import fields, missing
from antq_review.publish.notebook import year_report
from antq_review.publish.output.review_job import publish
from antq_review.scoring import summary
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import EXAMPLE_SCHOOLS, example_folder
from tests.example.edit import cell_beside, column_of, edited, find_row
from tests.example.test_hand_scored import assert_interval, flat
from tests.once import no_steps

HAND = tomllib.loads(Path(__file__).with_name("hand_scored_thpt_2026.toml").read_text(encoding="utf-8"))
DAY = HAND["as_of"]


@pytest.fixture(scope="module", autouse=True)
def without_steps() -> Iterator[None]:
    """Steps are tried elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "to_do", no_steps)
        yield


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_folder(example_folder("thpt"))


@pytest.fixture(scope="module")
def review(evidence: Evidence) -> Review:
    return review_evidence(evidence, DAY)


@pytest.fixture(scope="module")
def half(evidence: Evidence) -> Review:
    return review_evidence(evidence, HAND["half_year"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy whose score table is the school's own, no longer an illustration: the only thing between it and a final version."""
    place = Path(shutil.copytree(example_folder("thpt"), tmp_path_factory.mktemp("thpt") / "2026"))
    with edited(place, "thang_diem.xlsx", "Thông tin thang điểm") as page:
        cell_beside(page, "Thang điểm minh họa?").value = "Không"
    return place


@pytest.fixture(scope="module")
def final(folder: Path) -> Review:
    return review_evidence(read_folder(folder), DAY, final=True)


def test_ordinary_work_of_three_units_is_no_problem(evidence: Evidence) -> None:
    """Three tổ hold the same talk on one afternoon, twice with equal numbers; 621 pupils in one count, 620 in the next."""
    assert evidence.problems == []


def test_circular_124(review: Review) -> None:
    hand, text = HAND["tt_124"], review.text("tt_124")
    assert (text.result.value, text.official_result.value) == (hand["result"], hand["official"])
    found = flat(text.findings)
    for finding in text.findings:
        expected = hand[finding.id]
        assert finding.computed.truth.value == expected["computed"], finding.id
        assert finding.official_truth.value == expected["official"], finding.id
        for name, limb in expected.get("limbs", {}).items():
            assert found[name].computed.truth.value == limb["truth"], name
            if "low" in limb:
                assert_interval(found[name].measurement, limb["low"], limb["high"])
    against = [finding.id for finding in text.findings if finding.conflict]
    assert against == ["4"] and found["4"].explained


def test_the_schools_own_table(review: Review) -> None:
    text = review.text("qd_510")
    assert [finding.id for finding in text.findings] == list(HAND["points"])
    for finding in text.findings:
        low, high, own = (Fraction(number) for number in HAND["points"][finding.id])
        assert (finding.computed.low, finding.computed.high) == (low, high), finding.id
        assert finding.self_score.points == own, finding.id
    assert text.own_total() == Fraction(HAND["own_total"]["total"])


def test_the_schools_own_plan(review: Review) -> None:
    assert [goal.id for goal in review.goals] == list(HAND["goals"]) and len(review.goals) == 30
    for goal in review.goals:
        expected, (part,) = HAND["goals"][goal.id], goal.parts
        assert goal.status.value == expected["status"], goal.id
        if "low" in expected:
            assert_interval(part.measurement, expected["low"], expected["high"])
    states = Counter(goal.status.value for goal in review.goals)
    assert {name: states[name] for name in HAND["goals_by_status"]} == HAND["goals_by_status"]


def test_a_sentence_that_a_measure_judges_needs_no_file(review: Review) -> None:
    plan = next(form for form in review.forms if form.form == "ke_hoach")
    assert (plan.with_file, plan.file_rows) == (5, 5) and review.checks == ()


def test_half_year(half: Review) -> None:
    """The meeting of November is still to come: nobody has concluded anything, and nothing is in conflict with it."""
    states = {goal.id: goal.status.value for goal in half.goals}
    assert {name: states[name] for name in HAND["half_year_goals"]} == HAND["half_year_goals"]
    assert not any(finding.self_score or finding.conflict for text in half.texts for finding in text.findings)


def test_the_year_has_its_half_and_two_final_versions(
    half: Review, folder: Path, final: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page itself is looked at elsewhere; here it only has to be a file."""
    monkeypatch.setattr(
        year_report, "write_report", lambda review, out, *_, **__: (out / "bao_cao.html").write_text(str(review.as_of), encoding="utf-8")
    )
    publish(half, tmp_path, kind=Kind.INTERIM)
    first = publish(final, tmp_path, kind=Kind.FINAL)
    kept = first.paths["review.json"].read_bytes()
    later = Path(shutil.copytree(folder, tmp_path / "later"))
    with edited(later, "5_thi_dua.xlsx", "Thi đua") as page:
        _, column = column_of(page, "Số lượng khen")
        page.cell(find_row(page, lambda values: "KT-02" in values), column).value = 16
    second = publish(review_evidence(read_folder(later), DAY, final=True), tmp_path, kind=Kind.FINAL)
    names = sorted(path.name for path in first.version.path.parent.iterdir())
    assert names == ["chinh_thuc_lan_1", "chinh_thuc_lan_2", "so_ket_2026-06-30"]
    assert first.paths["review.json"].read_bytes() == kept
    assert any("5_thi_dua.xlsx" in str(change) for change in second.changes)


def test_the_report_has_no_place_that_a_person_must_still_fill(final: Review) -> None:
    report = fields(final, "D10")
    shown = report.values()
    used = [name for name in shown if name.endswith("_paragraphs") or name.startswith("annex_") or name == "goal_rows"]
    assert used and missing(report, used) == {}
    words = str({name: shown[name] for name in used})
    doubtful = ("ít nhất 30", "chưa có phép đo", " …", "chưa đạt: tiêu chí 4", "Sinh hoạt Đội", "biểu chưa đủ")
    told = ("Tự đánh giá: đạt", "620/620 học sinh ký cam kết", "Sinh hoạt Đoàn", "mỗi mô hình 5 điểm", "(số lần): Công an 06; UBND 01;")
    assert [part for part in doubtful if part in words] == []
    assert [part for part in told if part not in words] == []


def test_the_name_of_an_example_school(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["demo", "--school", "thcs"]) == 2
    told = capsys.readouterr().err
    assert "“thcs”" in told and all(name in told for name in EXAMPLE_SCHOOLS)
    assert all(example_folder(name).is_dir() for name in EXAMPLE_SCHOOLS)
