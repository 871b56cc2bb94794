"""PL1–PL10: 0 only where it was counted, people apart from attendances, numbers of the measures, nothing of an incident's words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.numeric_tables import How, NumericRow, NumericTable
from antq_review.scoring.model.review import Review
from tests.scoring.build import AS_OF, NOT_DECLARED, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")

CLOSED = dict.fromkeys(
    ("van_ban", "hoat_dong", "mo_hinh", "phoi_hop", "vu_viec", "thi_dua", "kiem_tra", "chuyen_doi_so", "ho_tro"), date(2026, 11, 15)
)
OPEN = dict.fromkeys(CLOSED, NOT_DECLARED)


def reviewed(case: Mapping[str, Any]) -> Review:
    declared = {**CLOSED, **case.get("declared", {})}
    return review(evidence_of({**case, "declared": declared}), in_force(YEAR), case.get("as_of", AS_OF))


def table(name: str, **case: Any) -> NumericTable:
    found = reviewed(case).table(name)
    assert found is not None
    return found


def row(name: str, key: str, **case: Any) -> NumericRow:
    found = table(name, **case).row(key)
    assert found is not None, key
    return found


def activity(**more: Any) -> dict[str, Any]:
    return {"held_on": date(2026, 3, 2), "name": "Ngoại khóa", "form": "thematic", **more}


# --- shape ---------------------------------------------------------------------------------------------------------


def test_the_ten_tables_stand_in_order_with_their_periods() -> None:
    tables = reviewed({}).tables
    assert [one.id for one in tables] == [f"PL{number}" for number in range(1, 11)]
    periods = {one.id: (one.period_start, one.period_end) for one in tables}
    assert periods["PL1"] == (date(2025, 11, 10), date(2025, 11, 10))  # the day of the headcount
    assert {periods[f"PL{number}"] for number in range(2, 11)} == {(date(2025, 11, 16), date(2026, 11, 15))}


def test_before_the_period_ends_the_tables_speak_of_the_days_up_to_the_review() -> None:
    assert table("PL7", as_of=date(2026, 6, 30)).period_end == date(2026, 6, 30)


def test_keys_are_those_of_one_line_each() -> None:
    for one in reviewed({"initiatives": [{"name": "A", "status": "kept"}]}).tables:
        keys = [line.key for line in one.rows]
        assert len(set(keys)) == len(keys)


# --- 0, blank, lower end -------------------------------------------------------------------------------------------

COUNTED = [
    ("PL2", "documents.plan"), ("PL3", "activities.all"), ("PL3", "attendances.all"), ("PL4", "models.kept"), ("PL5", "checks.camera"),
    ("PL5", "guard.shifts_due"), ("PL6", "coordination.all"), ("PL7", "incidents.all"), ("PL7", "incidents.pupils"),
    ("PL8", "support.counselled"), ("PL8", "support.at_risk_most"), ("PL9", "awards.person"),
]


@pytest.mark.parametrize(("name", "key"), COUNTED)
def test_nothing_on_a_declared_form_is_0_and_walks_back_to_the_declaration(name: str, key: str) -> None:
    found = row(name, key)
    assert (found.value, found.at_least) == (Decimal(0), False)
    if key != "support.at_risk_most":
        assert found.cells


@pytest.mark.parametrize(("name", "key"), COUNTED)
def test_nothing_on_an_undeclared_form_is_no_number_and_says_why(name: str, key: str) -> None:
    found = row(name, key, declared=OPEN)
    assert found.value is None and not found.at_least
    assert found.note
    assert any("chưa kê khai" in str(note) for note in table(name, declared=OPEN).notes)


@pytest.mark.parametrize(
    ("name", "key", "of"),
    [("PL2", "documents.plan", "documents"), ("PL7", "incidents.theft", "incidents"), ("PL9", "awards.person", "commendations")],
)
def test_a_refused_row_leaves_no_0(name: str, key: str, of: str) -> None:
    assert row(name, key, refused={of: 1}).value is None


def test_a_count_on_an_open_form_is_a_lower_end() -> None:
    found = row("PL3", "activities.all", activities=[activity()], declared={"hoat_dong": NOT_DECLARED})
    assert (found.value, found.at_least, found.at_most) == (1, True, None)


def test_a_blank_cell_keeps_a_sum_from_being_exact() -> None:
    rows = [activity(audience="teachers", present=5), activity(name="B", audience="teachers")]
    found = row("PL3", "attendances.teachers", activities=rows)
    assert (found.value, found.at_least, found.how) == (5, True, How.SUMMED)
    assert "1 dòng chưa ghi số" in str(found.note)


# --- PL1 -----------------------------------------------------------------------------------------------------------


def test_people_come_from_the_latest_count_and_an_uncounted_group_leaves_no_total() -> None:
    heads = [
        {"audience": "managers", "count": 2, "counted_on": date(2025, 11, 10)},
        {"audience": "teachers", "count": 8, "counted_on": date(2025, 11, 10)},
        {"audience": "teachers", "count": 9, "counted_on": date(2026, 9, 5)},
        {"audience": "primary_pupils", "grade": [1, 2], "count": 50, "counted_on": date(2025, 11, 10)},
    ]
    found = table("PL1", headcounts=heads)
    values = {line.key: line.value for line in found.rows}
    assert (values["people.teachers"], values["people.staff"], values["people.primary_pupils"]) == (9, 11, 100)
    assert values["people.lower_secondary_pupils"] is None and values["people.pupils"] is None
    assert (found.period_start, found.period_end) == (date(2025, 11, 10), date(2026, 9, 5))
    assert "đếm ngày 05/9/2026" in str(next(line.note for line in found.rows if line.key == "people.teachers"))


def test_classes_are_typed_and_a_blank_is_no_number() -> None:
    found = row("PL1", "classes", profile={"class_count": 12})
    assert (found.value, found.how, [cell.shown for cell in found.cells]) == (12, How.ENTERED, ["12"])
    assert (row("PL1", "classes").value, str(row("PL1", "classes").note)) == (None, "chưa ghi ở biểu Thông tin trường")
    assert row("PL1", "classes", profile={"class_count": 0}).value is None


# --- PL2 -----------------------------------------------------------------------------------------------------------


def paper(**more: Any) -> dict[str, Any]:
    return {"kind": "plan", "signed_on": date(2026, 1, 20), "subject": "Kế hoạch", "number": "05/KH", **more}


def test_papers_by_kind_with_number_and_day_and_the_first_quarter_apart() -> None:
    papers = [paper(), paper(number="06/KH", signed_on=date(2026, 5, 4)), paper(number="07/QC", kind="regulation")]
    assert row("PL2", "documents.plan", documents=papers).value == 2
    assert str(row("PL2", "documents.plan", documents=papers).note) == "05/KH (20/01/2026); 06/KH (04/5/2026)"
    assert row("PL2", "documents.rules", documents=papers).value == 1
    assert row("PL2", "documents.quarter_1", documents=papers).value == 1


def test_a_confidential_paper_is_counted_and_not_named() -> None:
    found = row("PL2", "documents.plan", documents=[paper(confidential="yes")])
    assert (found.value, str(found.note)) == (1, "")


# --- PL3 -----------------------------------------------------------------------------------------------------------


def test_attendances_add_up_and_people_do_not() -> None:
    rows = [
        activity(audience="teachers", present=8),
        activity(name="B", held_on=date(2026, 4, 2), audience="teachers", present=6),
    ]
    assert row("PL3", "attendances.teachers", activities=rows).value == 14
    people = row("PL3", "people.teachers", activities=rows)
    assert (people.value, people.at_least, str(people.note)) == (8, False, "trong tổng số 8 người")
    assert row("PL3", "rate.teachers", activities=rows).value == 100


def test_people_of_two_campaigns_who_may_be_the_same_are_a_lower_end() -> None:
    rows = [
        activity(audience="teachers", present=3),
        activity(name="B", held_on=date(2026, 4, 2), audience="teachers", present=3),
    ]
    people, rate = row("PL3", "people.teachers", activities=rows), row("PL3", "rate.teachers", activities=rows)
    assert (people.value, people.at_least) == (3, True)
    assert (rate.value, rate.at_least, rate.at_most) == (Decimal("37.5"), True, 75)
    assert row("PL3", "attendances.teachers", activities=rows).value == 6


def test_an_activity_of_two_audiences_is_one_activity() -> None:
    rows = [activity(audience="teachers", present=8, topic_1="drugs"), activity(audience="primary_pupils", present=40, topic_1="drugs")]
    assert row("PL3", "activities.topic.drugs", activities=rows).value == 1


# --- PL4, PL5, PL6 -------------------------------------------------------------------------------------------------


def test_every_model_has_its_line() -> None:
    models = [
        {"name": "Cổng trường", "status": "kept", "members": 24, "assessed_on": date(2026, 11, 5), "conclusion": "effective"},
        {"name": "Tổ tự quản", "status": "new"},
    ]
    found = table("PL4", initiatives=models)
    assert found.row("model.Cổng trường") is not None
    first, second = (line for line in found.rows if line.key.startswith("model."))
    assert (first.value, first.how, str(first.note)) == (24, How.ENTERED, "Duy trì; Hiệu quả")
    assert second.value is None and "chưa đánh giá" in str(second.note)


def test_devices_are_those_of_the_latest_count_in_the_period() -> None:
    systems = [
        {"system": "camera", "counted_on": date(2026, 1, 5), "installed": 10, "working": 10},
        {"system": "camera", "counted_on": date(2026, 9, 5), "installed": 12, "working": 11},
        {"system": "camera", "counted_on": date(2026, 12, 5), "installed": 99, "working": 99},
        {"system": "vneid", "counted_on": date(2026, 5, 5), "eligible": 50, "users": 40, "reports_received": 2},
        {"system": "vneid", "counted_on": date(2026, 9, 5), "eligible": 60, "users": 45, "reports_received": 1},
    ]
    values = {line.key: line.value for line in table("PL5", systems=systems).rows}
    assert (values["system.camera.installed"], values["system.camera.working"]) == (12, 11)
    assert (values["system.vneid.users"], values["system.vneid.reports"]) == (45, 3)
    assert values["system.fire_system.installed"] is None  # nobody wrote a row: not 0


def test_checks_passed_or_mended_and_those_without_a_result() -> None:
    def check(day: int, **more: Any) -> dict[str, Any]:
        return {"kind": "fire", "from_on": date(2026, 3, day), **more}

    checks = [check(1, result="passed"), check(2, result="failed", mended_on=date(2026, 3, 9)), check(3, result="failed")]
    assert row("PL5", "checks.fire", checks=checks).value == 3
    assert row("PL5", "checks.fire.passed", checks=checks).value == 2
    blank = row("PL5", "checks.fire.passed", checks=[*checks, check(4)])
    assert (blank.value, blank.at_least) == (2, True)


def test_guard_duty_is_summed() -> None:
    duty = {"kind": "guard_duty", "shifts_due": 21, "shifts_signed": 20, "hours_uncovered": Decimal("1.5")}
    rows = [{**duty, "from_on": date(2026, 1, 5)}, {**duty, "from_on": date(2026, 1, 12)}]
    values = {line.key: line.value for line in table("PL5", checks=rows).rows}
    assert (values["guard.shifts_due"], values["guard.shifts_signed"], values["guard.hours_uncovered"]) == (42, 40, 3)


def test_joint_actions_by_partner() -> None:
    rows = [{"held_on": date(2026, 2, day), "partner": "police", "purpose": "training"} for day in (1, 2)]
    values = {line.key: line.value for line in table("PL6", coordinations=rows).rows}
    assert (values["coordination.partner.police"], values["coordination.purpose.training"]) == (2, 2)
    assert values["coordination.partner.commune"] == 0


# --- PL7, PL8, PL9 -------------------------------------------------------------------------------------------------


def incident(**more: Any) -> dict[str, Any]:
    return {
        "happened_on": date(2026, 5, 1), "kind": "theft", "event_letter": "none", "verified": "yes", "pupils": 1, "staff": 0,
        "outsiders": 2, "handling": "BÍ MẬT MỘT", "note": "BÍ MẬT HAI", "judged_by": "BÍ MẬT BA", "file": "BI_MAT/bon.pdf", **more,
    }


def test_incidents_are_counted_and_their_words_are_nowhere_in_the_review() -> None:
    rows = [incident(), incident(kind="fire", closed_on=date(2026, 5, 9)), incident(verified="no"), incident(verified="refuted")]
    found = reviewed({"incidents": rows})
    pl7 = found.table("PL7")
    assert pl7 is not None
    values = {line.key.removeprefix("incidents."): line.value for line in pl7.rows}
    assert (values["all"], values["theft"], values["fire"], values["unverified"]) == (2, 1, 1, 1)
    assert (values["closed"], values["pending"], values["pupils"], values["outsiders"]) == (1, 1, 2, 4)
    stored = found.to_json()
    assert "BÍ MẬT" not in stored and "BI_MAT" not in stored


def test_incidents_by_month_and_kind() -> None:
    found = reviewed({"incidents": [incident(), incident(happened_on=date(2026, 5, 9)), incident(kind="fire")]}).incidents
    assert [(one.year, one.month, one.by_kind) for one in found.by_month if one.by_kind] == [(2026, 5, {"theft": 2, "fire": 1})]
    assert len(found.by_month) == 13  # from November to November


def test_a_pupil_followed_for_two_months_is_one_pupil_of_the_busiest_month_and_two_turns() -> None:
    month = {"supported": 1, "counselling_sessions": 3}
    rows = [{**month, "month_on": date(2026, 2, 1), "at_risk": 2}, {**month, "month_on": date(2026, 3, 1), "at_risk": 4}]
    values = {line.key: line.value for line in table("PL8", support=rows).rows}
    assert (values["support.at_risk_most"], values["support.at_risk_sum"], values["support.counselled"]) == (4, 6, 6)
    assert str(row("PL8", "support.at_risk_most", support=rows).note) == "tháng 3/2026"
    assert row("PL8", "support.at_risk_most", support=rows, declared={"ho_tro": NOT_DECLARED}).at_least


def test_commendations_count_what_the_rows_say_with_their_decisions() -> None:
    case = {
        "documents": [paper(id="VB-1", kind="decision", number="38/QĐ")],
        "commendations": [
            {"awarded_on": date(2026, 5, 28), "level": "school", "recipient": "person", "count": 18, "decision": "VB-1"},
            {"awarded_on": date(2026, 8, 19), "level": "commune", "recipient": "person", "count": 2},
        ],
    }
    found = row("PL9", "awards.person", **case)
    assert (found.value, found.how, str(found.note)) == (20, How.SUMMED, "38/QĐ (20/01/2026)")
    assert row("PL9", "awards.commune.person", **case).value == 2


# --- PL10 ----------------------------------------------------------------------------------------------------------

MEETING = {"id": "CH", "held_on": date(2026, 11, 16), "minutes": "BB-1"}
MINUTES = {"id": "BB-1", "kind": "minutes", "number": "81/BB", "signed_on": date(2026, 11, 16), "subject": "Biên bản"}


def test_self_scores_stand_only_when_a_meeting_concluded_them() -> None:
    scores = [
        {"text": "tt_124", "criterion": "1", "self_result": "met", "meeting": "CH"},
        {"text": "tt_124", "criterion": "2", "self_result": "met"},
        {"text": "qd_510", "criterion": "1", "self_points": Decimal(2), "meeting": "CH"},
    ]
    found = table("PL10", self_scores=scores, meetings=[MEETING], documents=[MINUTES])
    lines = {line.key: line for line in found.rows}
    assert (str(lines["tt_124.1"].words), lines["tt_124.1"].value) == ("Đạt", None)
    assert (str(lines["tt_124.2"].words), str(lines["tt_124.2"].note)) == ("", "chưa có cuộc họp kết luận")
    assert (lines["qd_510.1"].value, str(lines["qd_510.1"].unit)) == (2, "điểm (chuẩn\u00a03)")
    assert lines["qd_510.total"].value is None and str(lines["qd_510.4b-"].note) == "chưa có thang điểm"


# --- files ---------------------------------------------------------------------------------------------------------


def test_files_are_counted_where_they_are_asked_for() -> None:
    case = {
        "documents": [paper(file="a.pdf"), paper(number="2"), paper(number="3", confidential="yes")],
        "incidents": [incident()],
    }
    forms = {form.form: (form.with_file, form.file_rows) for form in reviewed(case).forms}
    assert forms["van_ban"] == (1, 2)
    assert forms["vu_viec"] == (0, 0) and forms["ke_hoach"] == (0, 0)


# --- what real papers have -----------------------------------------------------------------------------------------


def test_pledges_are_added_where_any_was_signed() -> None:
    signed = [activity(audience="teachers", present=7, pledged=8), activity(name="Khác", audience="managers", present=2)]
    assert row("PL3", "pledges.all", activities=signed).value == 8
    assert table("PL3", activities=[activity(audience="teachers", present=7)]).row("pledges.all") is None


def test_incidents_are_counted_by_outcome_place_and_offender() -> None:
    rows = [
        incident(outcome="fined", place="outside", offender="outsiders"), incident(kind="fire", outcome="fined", place="inside"),
        incident(kind="drugs", verified="no", outcome="fined", place="inside", offender="pupils"),
    ]
    found = table("PL7", incidents=rows)
    assert found.row("incidents.outcome.fined").value == 2 and found.row("incidents.outcome.educated").value == 0
    assert (found.row("incidents.place.inside").value, found.row("incidents.place.online").value) == (1, 0)
    # One offender is not told: the number is a lower bound, and 0 is not said.
    assert found.row("incidents.offender.outsiders").at_least and found.row("incidents.offender.pupils").value is None


def test_a_form_without_these_columns_has_no_lines_for_them() -> None:
    lines = [line.key for line in table("PL7", incidents=[incident()]).rows]
    assert not any(key.startswith(("incidents.outcome.", "incidents.place.", "incidents.offender.")) for key in lines)


def test_a_model_tells_its_rules_and_its_interim_review() -> None:
    rules = paper(id="QC-1", kind="regulation", number="12/QC")
    model = {"name": "Trường học an toàn", "status": "kept", "operating_rules": "QC-1", "reviewed_on": date(2026, 6, 1)}
    said = str(row("PL4", "model.Trường học an toàn", initiatives=[model], documents=[rules]).note)
    assert "quy chế hoạt động 12/QC" in said and "sơ kết ngày 01/6/2026" in said
