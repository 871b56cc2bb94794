"""A stored review is a received file: bounded in size, depth and numbers, and held against the manifest beside it."""

import json
import time
from datetime import date

import pytest

from antq_review.errors import CannotDo
from antq_review.history import load, store
from antq_review.places.manifest import sha256_of
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder


@pytest.fixture(scope="module")
def text() -> str:
    return review_evidence(read_folder(example_folder()), date(2026, 11, 16)).to_json()


def refused(path, words: str) -> None:
    began = time.process_time()
    with pytest.raises(CannotDo, match=words):
        load(path)
    assert time.process_time() - began < 3


@pytest.mark.parametrize("number", ["1E+300000", "1e999999", "-2.5E+1000", "0E-99999", "9E999"])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_number_without_bounds_is_refused_at_once(tmp_path, text, number, quoted):
    stored = json.loads(text)
    stored["texts"][1]["total"] = "@@"
    path = tmp_path / "review.json"
    path.write_text(json.dumps(stored).replace('"@@"', f'"{number}"' if quoted else number), encoding="utf-8")
    refused(path, "bị hỏng")


def test_a_file_nested_a_hundred_thousand_deep_is_refused(tmp_path):
    path = tmp_path / "review.json"
    path.write_text('{"schema_version": 4, "texts": ' + "[" * 100_000, encoding="utf-8")
    refused(path, "bị hỏng")


def test_a_giant_is_not_even_read(tmp_path, monkeypatch, text):
    path = tmp_path / "review.json"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(store, "MOST_BYTES", len(text.encode("utf-8")) - 1)
    refused(path, "lớn hơn")


def test_what_was_edited_since_is_not_believed_and_an_odd_manifest_is_no_proof(tmp_path, text):
    path, manifest = tmp_path / "review.json", tmp_path / "manifest.json"
    path.write_text(text, encoding="utf-8")
    manifest.write_text(json.dumps({"outputs": {"review.json": sha256_of(path)}}), encoding="utf-8")
    assert load(path).year == 2026
    path.write_text(text.replace("Trường TH&THCS Mẫu", "Trường TH&THCS Mậu"), encoding="utf-8")
    refused(path, "đã bị sửa sau khi lập")
    for odd in ("", "{", "[]", '{"outputs": []}', '{"outputs": {"review.json": null}}', "[" * 100_000):
        manifest.write_text(odd, encoding="utf-8")
        assert load(path).school.name == "Trường TH&THCS Mậu"
