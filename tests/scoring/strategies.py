"""Schools that nobody thought of: small cases over all forms, with the days and codes at which something changes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from antq_review.forms.plan_rows import plan_rows
from antq_review.forms.rows.school import PlanRow
from antq_review.ingest.participation import people_problems
from tests.scoring.build import DECLARED, NOT_DECLARED, TABLES, evidence_of

DAYS = tuple(
    date(*parts)
    for parts in (
        (2025, 11, 15),
        (2025, 11, 16),
        (2026, 1, 1),
        (2026, 3, 31),
        (2026, 4, 1),
        (2026, 6, 1),
        (2026, 11, 15),
        (2026, 11, 16),
        (2026, 12, 31),
    )
)
#: Most often the day after the period, when most can be decided.
AS_OF = (date(2026, 11, 16), date(2026, 11, 16), date(2027, 1, 5), date(2026, 11, 10), date(2026, 3, 20))
UNITS = ("Tổ 1", "Tổ 2", "Tổ 3")
COUNTS = {"managers": 2, "teachers": 8, "primary_pupils": 20, "lower_secondary_pupils": 10}
#: Forms whose rows may come one by one; the rest (profile, plan, self-scores, meetings) are the school's own statements.
DECLARED_TO = (date(2026, 11, 15), date(2027, 1, 5), date(2027, 1, 5), NOT_DECLARED, date(2026, 10, 31))
GROWING = ("documents", "activities", "initiatives", "coordinations", "incidents", "ratings", "commendations", "discipline",
           "checks", "systems", "support")
FORM_OF = {
    "documents": "van_ban", "activities": "hoat_dong", "initiatives": "mo_hinh", "coordinations": "phoi_hop",
    "incidents": "vu_viec", "ratings": "thi_dua", "commendations": "thi_dua", "discipline": "thi_dua",
    "checks": "kiem_tra", "systems": "chuyen_doi_so", "support": "ho_tro",
}

days = st.sampled_from((*DAYS, date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 2)))


def one(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


yes_no = one(None, "yes", "no")

ROWS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "documents": st.fixed_dictionaries({
        "kind": one("resolution", "plan", "programme", "registration", "rules", "regulation", "procedure", "book",
                    "interim_review", "final_review", "periodic_report", "superior_document", "recognition", "minutes"),
        "number": one(None, "01"), "signed_on": days, "subject": st.just("x"),
        "contents_1": one(None, "security_plan", "movement", "school_guarding", "internal_politics"),
        "contents_2": one(None, "pupil_management", "movement", "school_year"), "contents_3": one(None, "fire_safety"),
        "partner": one(None, "police", "parents_board"), "in_force_to": one(None, date(2027, 1, 1)), "reviewed_on": one(None, *DAYS),
        "due_on": one(None, date(2026, 6, 5)), "sent_on": one(None, date(2026, 6, 5), date(2026, 6, 6)),
        "to_be_carried_out": one("yes", None, "no"), "carries_out": one("D1", None, "D1; D2"), "assigns_duties": yes_no,
        "confidential": one(None, "yes"), "file": one(None, "a.pdf"),
    }),
    "activities": st.fixed_dictionaries({
        "held_on": days, "name": one("Diễn đàn Trường học an toàn", "Học sinh với pháp luật"),
        "form": one("forum", "flag_ceremony", "training", "lesson"),
        "topic_1": one(None, "rules_and_criteria", "law", "festival", "committee_theme", "movement"),
        "topic_2": one(None, "drugs", "life_skills", "rules_and_criteria"), "campaign": one(None, "Q1", "Q2"),
        "channel": one(None, "website"), "organiser": one(None, *UNITS, "Đội"), "level": one(None, "primary", "all"),
        "led_by_pupils": yes_no, "launched_by": one(None, "D1"), "file": one(None, "a.pdf"),
    }).flatmap(lambda row: st.one_of(
        st.just(row),
        *(st.fixed_dictionaries({
            **{name: st.just(value) for name, value in row.items()}, "audience": st.just(audience),
            "present": one(count, count - 1, count // 2, 0), "expected": one(None, None, count),
        }) for audience, count in COUNTS.items()),
    )),
    "initiatives": st.fixed_dictionaries({
        "name": one("Trường học an toàn", "Tổ tự quản học sinh"), "status": one("kept", "new", "stopped"),
        "started_on": one(None, *DAYS), "assessed_on": one(None, *DAYS), "conclusion": one(None, "effective", "formal"),
        "handling": one(None, "x"), "replicated_on": one(None, *DAYS), "file": one(None, "a.pdf"),
    }),
    "coordinations": st.fixed_dictionaries({
        "held_on": one(None, *DAYS), "partner": one("police", "parents_board", "commune"),
        "purpose": one(None, "outreach", "gate_order"), "activity": one("H1", "H2"), "file": one(None, "a.pdf"),
    }),
    "incidents": st.fixed_dictionaries({
        "happened_on": days, "kind": one("school_violence", "fire", "environment", "crime", "drugs"),
        "event_letter": one("a", "dd", "g", "none"), "verified": one("yes", "no", "refuted"), "force_majeure": yes_no,
        "found_in_time": yes_no, "all_measures": one("yes", None), "reported_at_once": one("yes", None),
        "authority_document": one(None, "D1"), "detected_at": one(None, datetime(2026, 6, 1, 8)),
        "reported_at": one(None, datetime(2026, 6, 1, 9), datetime(2026, 6, 9, 9)), "closed_on": one(None, *DAYS),
        "repeats": one(None, "V9"), "hot_spot": yes_no, "complex": yes_no,
    }),
    "ratings": st.fixed_dictionaries({
        "unit": one(*UNITS, "Bảo vệ"), "year_considered": one(None, "2025-2026", "2024-2025"), "eligible": one("yes", "no"),
        "rating": one(None, "good", "completed"), "file": one(None, "a.pdf"),
    }),
    "commendations": st.fixed_dictionaries({
        "awarded_on": days, "level": st.just("school"), "recipient": one("collective", "person"), "count": one(1, 20),
        "file": one(None, "a.pdf"),
    }),
    "discipline": st.fixed_dictionaries({
        "group": one("teachers", "contract_staff", "guards", "pupils"), "unit": one(None, *UNITS, "Bảo vệ"),
        "cause": one("crime", "social_vice", "other"), "form": one("none", "reprimand", "warning", "other"),
        "decided_on": days, "count": one(1, 2),
    }),
    "checks": st.one_of(
        st.fixed_dictionaries({
            "kind": one("entry_log", "camera", "fire", "head_check", "surroundings"), "from_on": days,
            "result": one(None, "passed", "failed"), "mended_on": one(None, *DAYS), "file": one(None, "a.pdf"),
        }),
        st.fixed_dictionaries({
            "kind": one("guard_duty", "guard_duty", "entry_log"),
            "from_on": one(date(2025, 11, 16), date(2025, 12, 30), date(2026, 1, 1), date(2026, 6, 1)),
            "to_on": one(date(2026, 6, 30), date(2026, 11, 15), date(2026, 12, 31)), "shifts_due": one(None, 0, 9, 9),
            "shifts_signed": one(None, 0, 9, 9), "hours_uncovered": one(None, 0, 0, Decimal("0.5")), "file": st.just("a.pdf"),
        }).filter(lambda row: row["shifts_due"] is None or row["shifts_signed"] is None or row["shifts_signed"] <= row["shifts_due"]),
    ),
    "systems": st.fixed_dictionaries({
        "system": one("camera", "smart_camera", "vneid", "pupil_software"), "counted_on": days, "installed": one(None, 0, 9),
        "working": one(None, 0), "eligible": one(None, 0, 9), "users": one(None, 0), "reports_received": one(None, 0, 2),
        "file": one(None, "a.pdf"),
    }).flatmap(lambda row: one(row, {**row, "working": row["installed"], "users": row["eligible"]})),
    "support": st.fixed_dictionaries({
        "month_on": one(*(date(2026, month, 1) for month in (1, 3, 6, 11, 12))), "at_risk": one(None, 0, 4), "supported": one(None, 0),
        "counselling_sessions": one(None, 0, 3), "file": one(None, "a.pdf"),
    }).flatmap(lambda row: one(row, {**row, "supported": row["at_risk"]})),
}
IDS = {"documents": "D", "activities": "H", "incidents": "V", "checks": "KR", "systems": "CD", "support": "HT"}


@st.composite
def self_scores(draw: st.DrawFn) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for criterion in draw(st.sets(one("1", "2", "3", "4", "5", "6"), max_size=3)):
        result, meeting = draw(one("met", "not_met")), draw(one(None, "CH"))
        rows.append({"text": "tt_124", "criterion": criterion, "self_result": result, "meeting": meeting})
    for criterion in draw(st.sets(one("1", "2", "3", "4a"), max_size=2)):
        rows.append({"text": "qd_510", "criterion": criterion, "self_points": draw(one(0, 1, 2, 3)), "meeting": "CH"})
    return sorted(rows, key=lambda row: (row["text"], row["criterion"]))


def numbered(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """Rows with codes that differ, so that they can be pointed to."""
    letter = IDS.get(table)
    return [{"id": f"{letter}{number}", **row} for number, row in enumerate(rows, start=1)] if letter else rows


@st.composite
def schools(draw: st.DrawFn) -> dict[str, Any]:
    """A case for `evidence_of`: valid rows on every form, some forms declared, some rows refused, some self-scores."""
    case: dict[str, Any] = {
        "as_of": draw(one(*AS_OF)),
        "self_scores": draw(self_scores()),
        "meetings": [{"id": "CH", "held_on": draw(one(date(2026, 11, 10), date(2026, 11, 16))), "minutes": "D1"}],
        "profile": {
            "has_party_organisation": draw(one("yes", "no", "")),
            "guard_regime": draw(one("civil_servant", "contract")),
        },
        "headcounts": [
            {"audience": name, "count": count, "counted_on": date(2025, 11, 10)} for name, count in COUNTS.items()
        ]
        + draw(st.lists(st.just({"audience": "teachers", "count": 9, "counted_on": date(2026, 5, 5)}), max_size=1)),
        "units": [{"name": name, "kind": "subject_group", "is_subunit": "yes"} for name in UNITS]
        + [{"name": "Bảo vệ", "kind": "guard_force", "is_subunit": "no"}],
        "declared": {form: draw(one(*DECLARED_TO)) for form in DECLARED},
        "refused": {table: 1 for table in draw(st.one_of(st.just(()), st.sets(one(*GROWING), max_size=2)))},
    }
    for table in GROWING:
        rows = draw(st.lists(ROWS[table], min_size=1, max_size=6 if table in ("documents", "activities") else 3))
        case[table] = numbered(valid(table, rows), table)
    while people_problems(evidence_of(case)):
        case["activities"] = case["activities"][:-1]
    return case


def valid(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One rating for a unit, one model of a name, one count of a system on a day …: a second would contradict the first."""
    key = {
        "ratings": ("unit",), "initiatives": ("name",), "systems": ("system", "counted_on"), "support": ("month_on",),
        "checks": ("kind", "from_on", "to_on"),
    }.get(table)
    return list({tuple(row.get(name) for name in key): row for row in rows}.values()) if key else rows


def _plan() -> list[dict[str, Any]]:
    """A row of the shipped plan for each measure, confirmed by the school, due on different days; and every other operator."""
    due = (date(2026, 10, 31), date(2026, 11, 15), date(2026, 12, 31))
    rows = list({row.measure: as_read(row) for row in plan_rows()}.values())
    more = [
        {"measure": "incident_count", "operator": "at_most", "number": 1},
        {"measure": "activity_count", "operator": "equals", "number": 2},
        {"measure": "participation_rate", "audience": "teachers", "operator": "at_least", "number": 50},
        {"measure": "least_participation_rate", "operator": "at_least", "number": 50},
        {"measure": "commendation_count", "operator": "at_most", "number": 1},
        {"measure": "rows_with_file_rate", "operator": "at_least", "number": 50},
        {"measure": "unit_coverage", "organiser": "Tổ chuyên môn", "operator": "at_least", "number": 50},
        {"measure": "contents_coverage", "contents": "movement;fire_safety", "operator": "at_least", "number": 50},
        {"measure": "name_coverage", "name": "Trường học an toàn; pháp luật", "operator": "at_least", "number": 100},
        {"measure": "topic_coverage", "topic": "law;drugs;movement", "operator": "at_least", "number": 100},
        {"measure": "carried_out_rate", "operator": "at_least", "number": 100},
        {"measure": "documents_signed", "kind": "plan", "operator": "equals", "number": 0},
        {"measure": "working_rate", "operator": "at_least", "number": 50},
        {"measure": "system_coverage", "name": "Camera giám sát; VNeID", "operator": "at_least", "number": 50},
        {"measure": "check_pass_rate", "operator": "at_least", "number": 50},
        {"measure": "log_month_coverage", "kind": "guard_duty", "operator": "at_least", "number": 50},
        {"measure": "hours_uncovered", "operator": "equals", "number": 0},
        {"measure": "vneid_report_count", "operator": "at_most", "number": 2},
    ]
    rows += [{"goal_id": f"X-{number}", "quote": "x", **row} for number, row in enumerate(more)]
    return [row | {"set_by": "school", "due_on": due[number % 3]} for number, row in enumerate(rows)]


def as_read(row: PlanRow) -> dict[str, Any]:
    """A plan row as the reader yields it, without its blank cells."""
    return row.model_dump(exclude_none=True)


PLAN = _plan()


def with_row(case: Mapping[str, Any], table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The case with one more row at the end of a table."""
    letter = IDS.get(table)
    added = {"id": f"{letter}{len(case[table]) + 1}", **row} if letter else dict(row)
    return {**case, table: [*case[table], added]}


def declared(case: Mapping[str, Any], form: str) -> dict[str, Any]:
    """The case with one form declared past every period."""
    return {**case, "declared": {**case["declared"], form: date(2027, 1, 5)}}


def ready(case: Mapping[str, Any]) -> dict[str, Any]:
    """The case with every form declared and no row refused: where most is decided, most could be turned."""
    return {**case, "declared": dict.fromkeys(DECLARED, date(2027, 1, 5)), "refused": {}}


def without_row(case: Mapping[str, Any], table: str, number: int) -> dict[str, Any]:
    """The case with one row refused: it is no longer counted, and might have been anything."""
    rows = [row for index, row in enumerate(case[table]) if index != number]
    refused = {**case["refused"], table: case["refused"].get(table, 0) + 1}
    return {**case, table: rows, "refused": refused}


assert set(GROWING) <= set(TABLES)
