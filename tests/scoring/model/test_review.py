"""review.json: its schema, the way there and back, the same bytes on any machine; and what the review says over the findings."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

from antq_review.forms.columns import Row
from antq_review.rules import in_force, rulebook
from antq_review.rules.model import Band
from antq_review.scoring import review, summary
from antq_review.scoring.judging.self_scores import settle
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import SCHEMA_FILE, Review, TextResult, schema
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from antq_review.source import Frozen
from tests.once import no_steps
from tests.scoring.build import AS_OF, YEAR, cases, evidence_of, judged, look_at

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def example() -> Review:
    return review_evidence(read_folder(example_folder()), AS_OF)


def reviewed(case: Mapping[str, Any]) -> Review:
    return review(evidence_of(case), in_force(YEAR), case.get("as_of", AS_OF))


#: (what is pointed at, value) → kept. Reviews have most of their parts in common, and one look at a part is slow.
_KEPT: set[tuple[str, str]] = set()


def _each_part_once(validator: Any, to: str, value: Any, part: Any) -> Iterator[jsonschema.ValidationError]:
    """The keyword `$ref`, for which a part that kept the schema is not looked at again."""
    known = to, json.dumps(value, ensure_ascii=False)
    if known not in _KEPT:
        faults = list(jsonschema.Draft202012Validator.VALIDATORS["$ref"](validator, to, value, part))
        if not faults:
            _KEPT.add(known)
        yield from faults


def keeper() -> Any:
    """What checks a review.json against its schema. Any: jsonschema has no types."""
    return jsonschema.validators.extend(jsonschema.Draft202012Validator, {"$ref": _each_part_once})(schema())


# --- the schema ---------------------------------------------------------------------------------------------------------


def test_the_published_schema_is_in_step() -> None:
    """Write it anew with json.dumps(schema(), ensure_ascii=False, indent=1) and a line end when a field changes."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def test_a_model_is_the_same_wherever_its_first_object_is_made() -> None:
    """Models are built at their first use. Names that are still open then would be looked up among those of the caller, too."""

    def below(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
        for model in base.__subclasses__():
            yield from (model, *below(model))

    still_open = {
        (model.__name__, name) for base in (Row, Frozen) for model in below(base) if model.__module__.startswith("antq_review.")
        for name, field in model.__pydantic_fields__.items() if not field._complete
    }
    assert still_open <= {("Finding", "readings")}  # are findings: only its own name is open


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_example_keeps_the_schema(example: Review) -> None:
    keeper().validate(json.loads(example.to_json()))


def test_a_strange_key_breaks_the_schema(example: Review) -> None:
    data = json.loads(example.to_json())
    keeper().validate(data)
    assert not keeper().is_valid(data | {"pupil": "x"})
    data["texts"][0]["findings"][0]["pupil"] = "x"
    assert not keeper().is_valid(data), "what was seen of the whole part says nothing of the changed one"


def test_there_and_back(example: Review) -> None:
    back = Review.restored(json.loads(example.to_json()))
    assert back == example
    assert back.to_json() == example.to_json()


@pytest.mark.parametrize("folder", ["tt_124_2021", "qd_510_2022"])
def test_every_case_goes_there_and_back_and_keeps_the_schema(folder: str) -> None:
    check = keeper()
    for number, (_, case) in enumerate(cases(folder)[::9]):
        with pytest.MonkeyPatch.context() as patch:
            if number % 6:  # steps take most of a review, and are like those of the sixth before
                patch.setattr(summary, "to_do", no_steps)
            found = reviewed(case)
        check.validate(json.loads(found.to_json()))
        assert Review.restored(json.loads(found.to_json())) == found


# --- the same bytes -----------------------------------------------------------------------------------------------------

PROGRAM = """
import sys
from datetime import date
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.scoring.judging.self_scores import settle
from antq_review.shipped import example_folder
found = review_evidence(read_folder(example_folder()), date(2026, 11, 16))
sys.stdout.buffer.write(found.to_json().encode())
"""


def test_the_same_bytes_whatever_the_clock_the_hash_and_the_language() -> None:
    built = []
    for seed, zone, language in (("0", "Pacific/Kiritimati", "C"), ("1", "Pacific/Midway", "tr_TR.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, cwd=ROOT, capture_output=True, check=True)
        built.append(done.stdout)
    assert built[0] == built[1]
    assert json.loads(built[0])["as_of"] == "2026-11-16"


def test_judging_leaves_the_evidence_as_it_was() -> None:
    evidence = evidence_of(cases("tt_124_2021")[0][1])
    first = review(evidence, in_force(YEAR), AS_OF)
    assert review(evidence, in_force(YEAR), AS_OF) == first


def test_judging_looks_at_evidence_as_it_is_now() -> None:
    """Nothing is remembered from one judgement to the next."""
    evidence = evidence_of({})
    before = review(evidence, in_force(YEAR), AS_OF)
    with_papers = next(case for _, case in cases("tt_124_2021") if case.get("documents"))
    evidence.tables["documents"].rows += evidence_of(with_papers).rows("documents")
    assert review(evidence, in_force(YEAR), AS_OF) != before


# --- results, scope, classes --------------------------------------------------------------------------------------------


def test_one_no_is_not_met() -> None:
    assert reviewed({}).text("tt_124").result is TextResult.NOT_MET


def test_nothing_handed_in_is_insufficient_never_met() -> None:
    found = reviewed({"declared": dict.fromkeys(("van_ban", "hoat_dong", "mo_hinh", "phoi_hop", "vu_viec", "thi_dua"), "chưa")})
    standard, points = found.text("tt_124"), found.text("qd_510")
    assert standard.result is TextResult.INSUFFICIENT
    assert (points.range.low, points.range.high, points.considered, points.unread) == (0, 12, 12, 88)


def test_a_school_outside_the_scope_gets_no_result() -> None:
    found = reviewed({"profile": {"levels": "primary"}})
    assert found.text("tt_124") is None and "Điều 1 khoản 2" in str(found.left_out[0].says)
    assert Review.restored(json.loads(found.to_json())) == found


def test_a_local_document_brings_it_in() -> None:
    found = reviewed({"profile": {"levels": "primary", "local_scope_document": "12/KH-UBND"}}).text("tt_124")
    assert found.result is TextResult.NOT_MET
    assert "12/KH-UBND" in str(found.warnings[0])


def test_classes_are_those_that_the_whole_total_touches() -> None:
    """88 unread points keep every class that they could still reach."""
    bands = (Band(name="Tốt", at_least=95), Band(name="Khá", at_least=70), Band(name="Yếu", at_least=0))
    text = rulebook("qd_510").model_copy(update={"bands": bands})
    found = review(evidence_of({}), (text,), AS_OF).text("qd_510")
    assert found.bands == ("Khá", "Yếu")  # item 1 may still give 3, the unread 88: at most 91


def test_a_draft_or_illustrative_rulebook_is_never_final() -> None:
    text = rulebook("tt_124").model_copy(update={"draft": True})
    found = review(evidence_of({}), (text,), AS_OF)
    assert any("chưa được xác nhận" in str(why) for why in found.draft_reasons)
    settled = [one for one in found.text("tt_124").findings if one.computed.settled]
    assert settled and all(one.reasons[-1].code == "rule_unconfirmed" for one in settled)


@pytest.mark.parametrize(("criteria", "document", "count"), [("no", None, 0), (None, None, 1), ("yes", "5/QĐ-UBND", 1)])
def test_provincial_criteria_are_named_until_there_are_none(criteria: str | None, document: str | None, count: int) -> None:
    found = reviewed({"profile": {"provincial_criteria": criteria or "", "provincial_document": document or ""}})
    named = [warning for warning in map(str, found.warnings) if "tiêu chí bổ sung" in warning]
    assert len(named) == count
    assert document is None or document in named[0]


# --- what is in the way, what to do --------------------------------------------------------------------------------------


def case_named(folder: str, words: str) -> Mapping[str, Any]:
    return next(case for name, case in cases(folder) if words in name)


def test_reasons_are_joined_as_one_sentence() -> None:
    found = [str(why) for why in reviewed({"declared": {"vu_viec": "chưa", "thi_dua": "chưa"}}).draft_reasons]
    assert any("kê khai đầy đủ; " in why and why.endswith("đầy đủ.") for why in found)
    assert not any(".;" in why for why in found)


def test_a_conflict_stands_in_the_way_until_its_reason_stands_beside_it() -> None:
    case = case_named("tt_124_2021", "mâu thuẫn")
    assert any("Tự đánh giá" in str(why) for why in reviewed(case).draft_reasons)
    explained = [row | {"reason": "theo biên bản"} for row in case["self_scores"]]
    assert not any("Tự đánh giá" in str(why) for why in reviewed({**case, "self_scores": explained}).draft_reasons)


def test_computed_is_never_touched_by_the_meeting() -> None:
    case = case_named("qd_510_2022", "cuộc họp chấm 2 điểm")
    item = reviewed(case).text("qd_510").findings[0]
    assert (item.computed.low, item.computed.high, item.settled.low, item.settled.high) == (0, 3, 2, 2)
    assert (item.self_score.minutes, item.self_score.held_on) == ("01/BB", date(2026, 11, 16))


def test_a_meeting_settles_nothing_that_is_open_without_a_reason() -> None:
    case = case_named("tt_124_2021", "Cuộc họp đã kết luận thì tiêu chí 2")
    finding = judged(evidence_of(case), "tt_124")["2"]
    assert settle(finding, "tt_124", look_at(case)).settled.truth is Truth.YES
    assert settle(finding.model_copy(update={"reasons": ()}), "tt_124", look_at(case)).settled.truth is Truth.UNKNOWN


def test_advice_names_what_it_would_close_and_the_day() -> None:
    found = reviewed({"declared": {"vu_viec": "chưa"}, "profile": {"hand_in_by": date(2026, 11, 18)}})
    step = next(one for one in found.to_do if "Vụ việc" in str(one.says))
    assert {"Thông tư 124 – 3", "Thông tư 124 – 4"} <= {str(one) for one in step.closes}
    assert step.due_on == date(2026, 11, 18)  # the day that the commune told the school; the text gives none
    untold = next(one for one in reviewed({"declared": {"vu_viec": "chưa"}}).to_do if one.says == step.says)
    assert untold.due_on is None
    assert step.promised and "chốt tiêu chí 3, 4" in str(step.effect)
    considered = [text.considered for one in found.to_do for text in one.texts if text.considered]
    unread = [one.points for one in found.text("qd_510").findings if one.award.value == "unread"]
    assert considered == unread, "the rule brings its points under consideration and wins none"


def test_rows_after_the_day_are_listed_and_not_counted() -> None:
    case = {"as_of": date(2026, 6, 1), "activities": [{"held_on": date(2026, 6, 2), "name": "x", "form": "forum"}]}
    found = reviewed(case)
    assert [ref.shown for ref in found.after_as_of] == ["02/06/2026"]
    assert sum(month.activities for month in found.months) == 0


def test_incidents_are_counted_by_state() -> None:
    row = {"happened_on": date(2026, 5, 1), "kind": "theft", "event_letter": "none"}
    found = reviewed({
        "incidents": [row | {"verified": state} for state in ("yes", "yes", "no", "refuted")],
        "meetings": [{"id": "CH", "held_on": date(2026, 11, 16), "police_checked_on": date(2026, 11, 12), "police_incidents": 2}],
    }).incidents
    assert (found.verified, found.unverified, found.refuted, found.by_kind) == (2, 1, 1, {"theft": 2})
    assert (found.declared_until, found.police_checked_on, found.police_incidents) == (date(2026, 11, 15), date(2026, 11, 12), 2)


def test_forms_say_how_far_they_are_declared() -> None:
    found = reviewed({"declared": {"mo_hinh": [date(2026, 11, 15), date(2026, 11, 1)], "vu_viec": "chưa"}, "refused": {"incidents": 2}})
    forms = {form.form: form for form in found.forms}
    assert forms["mo_hinh"].until == date(2026, 11, 1)
    assert (forms["vu_viec"].until, forms["vu_viec"].refused, len(forms["vu_viec"].undeclared)) == (None, 2, 1)


def test_a_day_before_the_year_s_period_is_said() -> None:
    early = [str(one) for one in review(evidence_of({}), in_force(YEAR), date(2024, 11, 16)).warnings]
    assert any("Ngày chốt 16/11/2024 trước cả ngày đầu kỳ đánh giá năm 2026 (16/11/2025)" in one for one in early)
    assert not any("Ngày chốt" in str(one) for one in review(evidence_of({}), in_force(YEAR), date(2025, 11, 16)).warnings)
