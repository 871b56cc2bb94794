"""PC02: a target, a threshold or a step is held against its measure: 0.9 is not 90 %, half an activity is none."""

from decimal import Decimal

import pytest

from antq_review.forms.measure_labels import Measure
from antq_review.forms.rows.school import PlanRow
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.ingest.check_targets import measure_of, target_fault
from antq_review.scoring.measures import registry
from tests.ingest.corpus import HEADCOUNTS, PROFILE, UNITS, draw, read_files


def test_what_a_label_calls_a_rate_is_one():
    for measure in Measure:
        if entry := registry().get(measure.value):
            assert measure.is_rate == (entry.unit == "rate"), measure


RATE, COUNT = Measure.PARTICIPATION_RATE, Measure.ACTIVITY_COUNT


@pytest.mark.parametrize(
    ("measure", "figure", "unit", "code"),
    [
        (RATE, "0.9", "%", "target_is_fraction"), (RATE, "1", None, "target_is_fraction"), (RATE, "0", "%", None), (RATE, "90", "%", None),
        (RATE, "1.5", "%", None), (RATE, "100", "%", None), (RATE, "900", "%", "target_over_hundred"), (COUNT, "0.9",
        "hoạt động", "target_not_whole"),
        (COUNT, "1", "hoạt động", None), (COUNT, "90", "%", "target_in_percent"), (COUNT, "90", "Phần trăm", "target_in_percent"),
        (Measure.HOURS_UNCOVERED, "0.5", "giờ", None), (None, "0.9", "%", "target_is_fraction"), (None, "0.9", "bài", None),
        (Measure.GOALS_MET_RATE, "0.8", "%", "target_is_fraction"), (RATE, "2.0", None, None),
    ],
)
def test_a_number_beside_its_measure(measure, figure, unit, code):
    assert target_fault(measure, Decimal(figure), unit) == code


def test_a_measure_by_its_label_or_code():
    assert measure_of("tỷ lệ người tham gia") is measure_of("participation_rate") is RATE
    assert measure_of("Tỉ lệ người tham gia") is None


def test_the_target_is_open_and_said_at_its_cell(tmp_path):
    plan = [
        {"goal_id": f"T{n}", "quote": "Câu", "measure": RATE.label, "operator": "≥", "number": number, "unit": "%"}
        for n, number in enumerate([Decimal("0.9"), 90])
    ]
    tables = {"profile": [PROFILE], "headcounts": HEADCOUNTS, "units": UNITS, "plan": plan}
    evidence = read_files(tmp_path, {"1.xlsx": workbook_bytes(draw(tables, ["thong_tin_truong", "ke_hoach"]))})
    (said,) = [entry for entry in evidence.problems if entry.code == "target_is_fraction"]
    assert said.column == "Chỉ tiêu" and "ghi 90 cho 90%" in str(said.remedy) and len(said.cells) == 1
    assert [row.values.number for row in evidence.of(PlanRow)] == [None, 90]
