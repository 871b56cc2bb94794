"""Stored reviews: there and back, older ones upgraded, newer and damaged ones refused in one sentence."""

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from antq_review.errors import CannotDo
from antq_review.history import load, previous, previous_file, several_before
from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.review import SCHEMA_VERSION, Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import EXAMPLE_DAY, example_folder
from tests.plain import plain
from tests.scoring.build import AS_OF, YEAR, evidence_of

CODE = "00000001"
STORED = Path(__file__).with_name("stored")


@pytest.fixture(scope="module")
def made() -> Review:
    rows = [{"held_on": date(2026, 3, 2), "name": "Ngoại khóa", "form": "thematic", "file": "a.pdf"}]
    return review(evidence_of({"activities": rows}), in_force(YEAR), AS_OF)


def stored(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def as_version_1(made: Review) -> dict:
    """What the first version wrote: none of the fields that came later."""
    content = plain(made) | {"schema_version": 1}
    del content["tables"], content["evidence_register"], content["incidents"]["by_month"]
    del content["progress"], content["checks"], content["to_do_untried"]
    content["to_do"] = [{name: step[name] for name in ("says", "closes", "points", "due_on")} for step in content["to_do"]]
    del content["rescored"]
    for text in content["texts"]:
        del text["mapping"]
    for form in content["forms"]:
        del form["file_rows"], form["with_file"]
    return content


def test_there_and_back(made, tmp_path):
    assert load(stored(tmp_path / "review.json", made.to_json())) == made


def as_version_2(made: Review) -> dict:
    """What the second version wrote: no mapping to an older text, nothing about rescoring."""
    content = plain(made) | {"schema_version": 2}
    del content["rescored"]
    for text in content["texts"]:
        del text["mapping"]
    return content


def test_version_2_knew_no_mapping_and_no_rescoring(made, tmp_path):
    found = load(stored(tmp_path / "review.json", as_version_2(made)))
    assert plain(found) == plain(made.model_copy(update={"to_do": found.to_do}))
    assert (str(found.rescored), found.texts[0].mapping) == ("", ())


def test_version_1_has_no_tables_and_no_register(made, tmp_path):
    found = load(stored(tmp_path / "review.json", as_version_1(made)))
    assert (found.schema_version, found.tables, found.evidence_register, found.table("PL1")) == (SCHEMA_VERSION, (), (), None)
    assert (plain(found)["texts"], plain(found)["goals"]) == (plain(made)["texts"], plain(made)["goals"])
    assert load(stored(tmp_path / "again.json", found.to_json())) == found


def test_version_2_promises_nothing(made, tmp_path):
    """What stood there as points was what a step touches; nobody had tried it."""
    content = plain(made) | {"schema_version": 2}
    del content["progress"], content["checks"], content["to_do_untried"]
    content["to_do"] = [{"says": "Ghi", "closes": ["Quyết định 510 – 3"], "points": "5", "due_on": "2026-11-29"}]
    (step,) = load(stored(tmp_path / "review.json", content)).to_do
    assert (str(step.says), step.points, step.promised, str(step.effect), step.texts) == ("Ghi", 0, False, "", ())


def test_version_2_has_no_days_ahead(made, tmp_path):
    content = plain(made) | {"schema_version": 2}
    assert content.pop("days_ahead")
    found = load(stored(tmp_path / "review.json", content))
    assert (found.schema_version, found.days_ahead) == (SCHEMA_VERSION, ())
    assert plain(found) == plain(made.model_copy(update={"days_ahead": (), "to_do": found.to_do}))


def test_version_2_has_nothing_that_the_school_wrote(made, tmp_path):
    old = plain(made) | {"schema_version": 2}
    for name in ("remarks", "meetings", "papers"):
        del old[name]
    for name in ("place_name", "document_symbol", "signer", "signer_post", "recipients", "steering_committee"):
        del old["school"][name]
    found = load(stored(tmp_path / "review.json", old))
    assert (found.schema_version, found.remarks, found.meetings, found.papers, found.school.signer) == (SCHEMA_VERSION, (), (), (), "")
    assert (plain(found)["texts"], plain(found)["tables"]) == (plain(made)["texts"], plain(made)["tables"])


def test_a_newer_version_is_refused_with_both_numbers(made, tmp_path):
    newer = json.loads(made.to_json()) | {"schema_version": SCHEMA_VERSION + 1}
    with pytest.raises(CannotDo, match=f"phiên bản {SCHEMA_VERSION + 1}, mới hơn phiên bản {SCHEMA_VERSION}"):
        load(stored(tmp_path / "review.json", newer))


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "null", "{}", "[" * 100_000, f'{{"schema_version": {SCHEMA_VERSION}, "a": {"[" * 900}{"]" * 900}}}',
        *(f'{{"schema_version": {version}}}' for version in ('"2"', "true", "0", "2")),
    ],
    ids=lambda content: content[:40],
)
def test_what_is_no_review_is_refused_in_one_sentence(content, tmp_path):
    with pytest.raises(CannotDo) as caught:
        load(stored(tmp_path / "review.json", content))
    assert str(caught.value).startswith("Bản tính đã lưu review.json bị hỏng") and "\n" not in str(caught.value)


def test_bytes_that_are_no_text_and_a_missing_file(tmp_path):
    (tmp_path / "review.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CannotDo, match="bị hỏng"):
        load(tmp_path / "review.json")
    with pytest.raises(CannotDo, match="Không đọc được bản tính đã lưu khong_co"):
        load(tmp_path / "khong_co.json")


def test_the_year_before_stands_beside_this_one(made, tmp_path):
    stored(tmp_path / CODE / str(YEAR) / "review.json", made.to_json())
    assert previous(tmp_path, CODE, YEAR + 1) == made
    assert previous(tmp_path, CODE, YEAR) is None
    assert previous(tmp_path, "00000002", YEAR + 1) is None


def test_a_review_of_another_school_or_year_in_that_place_is_refused(made, tmp_path):
    for code, year in (("00000002", YEAR), (CODE, YEAR - 1)):
        stored(tmp_path / code / str(year) / "review.json", made.to_json())
        with pytest.raises(CannotDo, match=f"không phải trường {code}, năm {year}"):
            previous(tmp_path, code, year + 1)


def test_the_year_before_of_a_renumbered_school_stands_under_its_former_code(made, tmp_path):
    """PC18: the code is new, the profile names the old one."""
    file = stored(tmp_path / CODE / str(YEAR) / "review.json", made.to_json())
    assert previous(tmp_path, "00999888", YEAR + 1) is None
    assert previous(tmp_path, "00999888", YEAR + 1, ("00000009", CODE)) == made
    assert previous_file(tmp_path, "00999888", YEAR + 1, (CODE,)) == file
    assert several_before(tmp_path, "00999888", YEAR + 1, (CODE,)) is None


def test_of_two_merged_schools_none_is_guessed(made, tmp_path):
    other = made.model_copy(update={"school": made.school.model_copy(update={"code": "00000002"})})
    for one in (made, other):
        stored(tmp_path / one.school.code / str(YEAR) / "review.json", one.to_json())
    codes = (CODE, "00000002")
    assert previous(tmp_path, "00999888", YEAR + 1, codes) is None
    said = several_before(tmp_path, "00999888", YEAR + 1, codes)
    assert said is not None and f"({CODE}, 00000002)" in str(said) and "chỉ rõ kết quả năm trước" in str(said)
    own = made.model_copy(update={"school": made.school.model_copy(update={"code": "00999888"})})
    stored(tmp_path / "00999888" / str(YEAR) / "review.json", own.to_json())
    assert previous(tmp_path, "00999888", YEAR + 1, codes) == own and several_before(tmp_path, "00999888", YEAR + 1, codes) is None


@pytest.mark.parametrize("code", ["..", ".", "../x", ""])
def test_a_former_code_leads_nowhere_else(code, made, tmp_path):
    stored(tmp_path / str(YEAR) / "review.json", made.to_json())
    assert previous_file(tmp_path / "x", "00999888", YEAR + 1, (code,)) is None


# --- files that version 3 really wrote --------------------------------------------------------------------------------


def cut_to(old: Any, found: Any) -> Any:
    """What was read, cut to the fields that the old file has; a field that is gone stands as “gone”."""
    if isinstance(old, dict) and isinstance(found, dict):
        return {name: cut_to(one, found[name]) if name in found else "gone" for name, one in old.items()}
    if isinstance(old, list) and isinstance(found, list) and len(old) == len(found):
        return [cut_to(*pair) for pair in zip(old, found, strict=True)]
    return found


def came_later(old: Any, found: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The fields that the old file does not have, with what stands in them after reading."""
    if isinstance(old, dict) and isinstance(found, dict):
        for key, one in found.items():
            yield from came_later(old[key], one, f"{name}.{key}") if key in old else [(f"{name}.{key}", one)]
    elif isinstance(old, list) and isinstance(found, list):
        for pair in zip(old, found, strict=True):
            yield from came_later(*pair, name)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_file_of_version_3_is_read_whole(year, tmp_path):
    """The example's reviews as version 3 stored them: every field, every sentence, every cell; what came later is empty."""
    old = json.loads(gzip.decompress((STORED / f"version_3_{year}.json.gz").read_bytes()))
    found = load(stored(tmp_path / "review.json", old))
    assert cut_to(old, plain(found)) == old | {"schema_version": SCHEMA_VERSION}
    assert {name: value for name, value in came_later(old, plain(found)) if value not in ("", None, [], False)} == {}
    assert load(stored(tmp_path / "again.json", found.to_json())) == found


def test_a_field_an_entry_or_a_word_that_is_lost_would_be_seen():
    old = {"a": [{"b": "x", "c": None}], "d": "y"}
    for of_a in ([], [{"b": "x"}], [{"b": "z", "c": None}]):
        assert cut_to(old, {**old, "a": of_a}) != old
    assert cut_to(old, {"a": old["a"]}) != old
    assert cut_to(old, {**old, "e": "new"}) == old and list(came_later(old, {**old, "e": "new"})) == [(".e", "new")]


def test_the_stored_example_is_less_than_500_kb(tmp_path):
    made = review_evidence(read_folder(example_folder()), date.fromisoformat(EXAMPLE_DAY))
    assert len(made.to_json().encode()) <= 500_000
    assert load(stored(tmp_path / "review.json", made.to_json())) == made


@pytest.mark.parametrize("cells", [None, 1, [1], [["a"]], [["a", "b", 1]], [["a", "b", ["A1"]]], [["a", "b", [1, 2]]], []])
def test_a_damaged_table_of_cells_is_refused(cells, made, tmp_path):
    content = json.loads(made.to_json()) | {"cells": cells}
    with pytest.raises(CannotDo, match="bị hỏng"):
        load(stored(tmp_path / "review.json", content))
