"""Versions of a year: a draft never touches a final one, a final one is made once, and what changed is said."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from antq_review.errors import CannotDo
from antq_review.history import load_any
from antq_review.places.versions import Kind
from antq_review.publish.excel.annex import workbook
from antq_review.publish.notebook import year_report
from antq_review.publish.output.review_job import publish
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from antq_review.text import literal


@pytest.fixture(scope="module")
def draft() -> Review:
    return review_evidence(read_folder(example_folder()), date(2026, 11, 16))


@pytest.fixture(scope="module")
def last_year() -> Review:
    return review_evidence(read_folder(example_folder().with_name("2025")), date(2025, 11, 16))


@pytest.fixture(autouse=True)
def no_page(monkeypatch):
    """The page and the annex themselves are tested elsewhere; here they only have to be files."""

    def write(review, out, before=None, kernel=None, **_):
        (out / "bao_cao.html").write_text(f"{review.year} {before and before.year}", encoding="utf-8")

    monkeypatch.setattr(year_report, "write_report", write)
    monkeypatch.setattr(workbook, "annex", lambda review, before, *_, **__: f"{review.year} {before and before.year}".encode())


def final(review: Review, **changes) -> Review:
    return review.model_copy(update={"draft": False, **changes})


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_draft_never_touches_a_final_version(tmp_path, draft):
    made = publish(final(draft), tmp_path)
    place = tmp_path / draft.school.code / "2026" / "chinh_thuc_lan_1"
    assert set(made.paths.values()) == set(place.iterdir())
    before = hashes(place)
    again = publish(draft, tmp_path)
    assert again.version.kind is Kind.DRAFT and again.before is None
    assert hashes(place) == before
    assert load_any(place.parent).draft is False


def test_the_same_final_version_is_made_once(tmp_path, draft):
    publish(final(draft), tmp_path)
    before = hashes(tmp_path)
    again = publish(final(draft, tool_version="9.9.9"), tmp_path)
    assert again.same and str(again.version.named) == "bản chính thức lần 1" and hashes(tmp_path) == before
    assert "review.json" in again.paths and "manifest.json" in again.paths


def test_other_content_is_the_next_one_and_says_what_changed(tmp_path, draft):
    publish(final(draft), tmp_path)
    before = hashes(tmp_path)
    files = (draft.files[0].model_copy(update={"sha256": "0" * 64}), *draft.files[1:])
    goals = (draft.goals[0].model_copy(update={"parts": ()}), *draft.goals[1:])
    made = publish(final(draft, files=files, goals=goals), tmp_path)
    assert str(made.version.named) == "bản chính thức lần 2" and str(made.before.named) == "bản chính thức lần 1"
    assert [str(one) for one in made.changes] == [f"tệp “{draft.files[0].name}” đã sửa", f"kế hoạch: khác ở {draft.goals[0].id}"]
    assert before.items() <= hashes(tmp_path).items()


def test_after_the_appraisal_there_is_a_version_of_its_own(tmp_path, draft):
    publish(final(draft), tmp_path)
    made = publish(final(draft), tmp_path, kind=Kind.APPRAISED)
    assert made.version.path.name == "sau_tham_dinh_lan_1" and not made.same and made.changes == ()
    assert publish(final(draft), tmp_path, kind=Kind.APPRAISED).same


def test_the_half_years_report_stays_beside_the_years(tmp_path, draft):
    half = draft.model_copy(update={"as_of": date(2026, 6, 30)})
    publish(half, tmp_path, kind=Kind.INTERIM)
    publish(draft, tmp_path)
    year = tmp_path / draft.school.code / "2026"
    assert sorted(path.name for path in year.iterdir()) == ["du_thao", "so_ket_2026-06-30"]
    assert load_any(year / "so_ket_2026-06-30").as_of == date(2026, 6, 30)


def test_numbers_are_compared_with_last_years_newest_final_version(tmp_path, draft, last_year):
    publish(final(last_year), tmp_path)
    publish(last_year.model_copy(update={"as_of": date(2025, 6, 30)}), tmp_path)
    made = publish(draft, tmp_path)
    assert made.earlier.parent.name == "chinh_thuc_lan_1"
    assert json.loads(made.paths["manifest.json"].read_text())["previous"] == hashlib.sha256(made.earlier.read_bytes()).hexdigest()


def test_another_earlier_year_is_other_content(tmp_path, draft, last_year):
    publish(final(draft), tmp_path)
    publish(last_year, tmp_path)
    made = publish(final(draft), tmp_path)
    assert made.version.number == 2 and [str(one) for one in made.changes] == ["năm trước dùng để so sánh"]


def test_an_edited_review_of_last_year_is_not_believed(tmp_path, draft, last_year):
    stored = publish(last_year, tmp_path).paths["review.json"]
    stored.write_text(stored.read_text(encoding="utf-8").replace('"points":', '"points": ', 1), encoding="utf-8")
    with pytest.raises(CannotDo, match="đã bị sửa sau khi lập"):
        publish(draft, tmp_path)


def test_the_old_layout_is_read_and_left_where_it_is(tmp_path, draft, last_year):
    for review in (final(last_year), final(draft)):
        place = tmp_path / review.school.code / str(review.year)
        place.mkdir(parents=True)
        (place / "review.json").write_text(review.to_json(), encoding="utf-8")
    before = hashes(tmp_path)
    made = publish(draft, tmp_path)
    assert made.version.path.name == "du_thao" and made.earlier == tmp_path / draft.school.code / "2025" / "review.json"
    assert before.items() <= hashes(tmp_path).items()
    assert load_any(place).draft is False
    assert publish(final(draft), tmp_path).version.path.name == "chinh_thuc_lan_1"


@pytest.mark.parametrize("fault", [CannotDo(literal("Ổ đĩa đầy.")), MemoryError()], ids=["refusal", "crash"])
def test_where_the_annex_beside_the_notebook_fails_the_old_version_stays_whole(tmp_path, draft, monkeypatch, fault):
    publish(draft, tmp_path)
    before = hashes(tmp_path)

    def broken(*_):
        raise fault

    monkeypatch.setattr(workbook, "annex", broken)
    with pytest.raises(type(fault)):
        publish(draft.model_copy(update={"tool_version": "9.9.9"}), tmp_path)
    assert hashes(tmp_path) == before
