"""One folder a version; the newest final version counts, else the newest draft; the old layout is one more version."""

import json
from datetime import date
from pathlib import Path

import pytest

from antq_review.errors import CannotDo, UsageError
from antq_review.places.versions import (
    Kind,
    newest,
    newest_official,
    one_version,
    version_folder,
    versions,
    year_folder,
)


def put(folder: Path, made_at: str, draft: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "review.json").write_text(json.dumps({"draft": draft}), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"made_at": made_at}), encoding="utf-8")


def names(year: Path) -> list[str]:
    return [one.path.name for one in versions(year)]


def test_the_newest_final_version_counts_before_any_draft(tmp_path):
    year = tmp_path / "2026"
    assert newest(year) is None and versions(year) == []
    put(year / "so_ket_2026-06-30", "2026-07-01T08:00:00+07:00", True)
    assert newest(year).path.name == "so_ket_2026-06-30"
    put(year / "du_thao", "2026-11-01T08:00:00+07:00", True)
    assert newest(year).path.name == "du_thao" and newest_official(year) is None
    put(year / "chinh_thuc_lan_1", "2026-11-17T08:00:00+07:00", False)
    put(year / "du_thao", "2026-11-18T08:00:00+07:00", True)
    assert newest(year).path.name == "chinh_thuc_lan_1"
    put(year / "sau_tham_dinh_lan_1", "2026-12-05T08:00:00+07:00", False)
    assert names(year) == ["so_ket_2026-06-30", "du_thao", "chinh_thuc_lan_1", "sau_tham_dinh_lan_1"]
    put(year / "chinh_thuc_lan_2", "2026-12-07T08:00:00+07:00", False)
    assert newest_official(year).path.name == "chinh_thuc_lan_2"


def test_only_a_final_version_says_of_which_texts_its_documents_speak(tmp_path):
    for name, draft in (("du_thao", True), ("chinh_thuc_lan_1", False)):
        put(tmp_path / name, "2026-11-01T08:00:00+07:00", draft)
        assert newest(tmp_path).own_texts == ""
        (tmp_path / name / "manifest.json").write_text(json.dumps({"texts": ["tt_124"]}), encoding="utf-8")
    assert [one.own_texts for one in versions(tmp_path)] == ["", "tt_124"]
    (tmp_path / "chinh_thuc_lan_1" / "manifest.json").write_text(json.dumps({"texts": []}), encoding="utf-8")
    assert newest(tmp_path).own_texts == "ke_hoach", "a version of the plan alone is of no text"


def test_between_final_versions_of_one_kind_the_number_decides_whatever_the_clock_says(tmp_path):
    for number in (1, 2, 10):
        put(tmp_path / f"chinh_thuc_lan_{number}", f"20{40 - number}-01-01T00:00:00+07:00", False)
    assert names(tmp_path) == ["chinh_thuc_lan_1", "chinh_thuc_lan_2", "chinh_thuc_lan_10"]


def test_a_new_version_never_takes_a_place_that_is_taken(tmp_path):
    assert version_folder(tmp_path, Kind.FINAL).name == "chinh_thuc_lan_1"
    (tmp_path / "chinh_thuc_lan_1").mkdir()  # without results: somebody emptied it, or a copy is under way
    (tmp_path / "chinh_thuc_lan_7").mkdir()
    assert version_folder(tmp_path, Kind.FINAL).name == "chinh_thuc_lan_8"
    assert version_folder(tmp_path, Kind.APPRAISED).name == "sau_tham_dinh_lan_1"
    assert version_folder(tmp_path, Kind.DRAFT).name == "du_thao"
    assert version_folder(tmp_path, Kind.INTERIM, date(2026, 6, 30)).name == "so_ket_2026-06-30"


@pytest.mark.parametrize(
    "name", ["chinh_thuc_lan_0", "chinh_thuc_lan_01", "chinh_thuc", "so_ket_2026-02-30", "so_ket_30-6", "du_thao_2", "DU_THAO", "ho_so"]
)
def test_other_names_are_no_versions(tmp_path, name):
    put(tmp_path / name, "2026-11-01T08:00:00+07:00", False)
    assert versions(tmp_path) == []


@pytest.mark.parametrize(("text", "official"), [('{"draft": false}', True), ('{"draft": true}', False), ("{", True), ("[]", False)])
def test_results_in_the_years_own_folder_are_a_version_known_by_themselves(tmp_path, text, official):
    """Without a manifest too. What cannot be read may be a final version, so it is treated as one."""
    (tmp_path / "review.json").write_text(text, encoding="utf-8")
    put(tmp_path / "du_thao", "2099-11-01T08:00:00+07:00", True)
    assert (newest(tmp_path).path == tmp_path) is official
    assert str(versions(tmp_path)[0].named) in ("bản dự thảo", "bản chính thức (xếp theo cách cũ)")


def test_a_version_is_named_in_words_and_asked_for_by_its_folder(tmp_path):
    for name, words in {
        "du_thao": "bản dự thảo", "so_ket_2026-06-30": "bản sơ kết ngày 30/6/2026", "chinh_thuc_lan_2": "bản chính thức lần 2",
        "sau_tham_dinh_lan_1": "bản sau thẩm định lần 1",
    }.items():
        put(tmp_path / name, "2026-11-01T08:00:00+07:00", "lan" not in name)
        assert str(one_version(tmp_path, name).named) == words
    with pytest.raises(UsageError, match="du_thao"):
        one_version(tmp_path, "chinh_thuc_lan_3")


@pytest.mark.parametrize("code", ["", "..", "a/b", "C:\\x", "a b"])
def test_a_code_leads_nowhere_else(tmp_path, code):
    with pytest.raises(CannotDo):
        year_folder(tmp_path, code, 2026)
