"""Two folders with one code and year in two calls: the second is told whose results these are."""

import json

import pytest

from antq_review.errors import CannotDo
from antq_review.places.origin import KEY, origin_of, refuse_other_folder

INPUTS = {"1_nha_truong.xlsx": "aa"}


@pytest.fixture
def year(tmp_path):
    """Results of the folder `hồ sơ`."""
    folder = tmp_path / "ra" / "00123456" / "2026"
    (folder / "du_thao").mkdir(parents=True)
    (folder / "du_thao" / "review.json").write_text("{}")
    (tmp_path / "hồ sơ").mkdir()
    put(folder, {KEY: origin_of(tmp_path / "hồ sơ"), "inputs": INPUTS})
    return folder


def put(year, manifest):
    (year / "du_thao" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_another_folder_is_refused_and_the_first_one_named(year, tmp_path):
    with pytest.raises(CannotDo) as caught:
        refuse_other_folder(year, tmp_path / "hồ sơ khác", {"1_nha_truong.xlsx": "bb"})
    said = str(caught.value)
    assert "của thư mục biểu “hồ sơ”, không phải" in said and "--out" in said and "--thu-muc-moi" in said


def test_the_same_folder_and_the_same_forms_elsewhere_go_on(year, tmp_path, monkeypatch):
    refuse_other_folder(year, tmp_path / "hồ sơ", {"1_nha_truong.xlsx": "bb"})
    refuse_other_folder(year, tmp_path / "chuyển đi" / "hồ sơ", INPUTS)
    monkeypatch.chdir(tmp_path / "hồ sơ")
    refuse_other_folder(year, tmp_path / "hồ sơ" / ".." / "hồ sơ", {})


@pytest.mark.parametrize("manifest", [{}, {KEY: "x"}, {KEY: {}}, {KEY: {"path_sha256": 5}}])
def test_results_that_do_not_say_whose_they_are_belong_to_whoever_runs(manifest, year, tmp_path):
    put(year, manifest)
    refuse_other_folder(year, tmp_path / "hồ sơ khác", {})


def test_no_path_of_the_computer_stands_in_a_manifest(tmp_path):
    assert str(tmp_path) not in json.dumps(origin_of(tmp_path / "hồ sơ"), ensure_ascii=False)
