"""PC09, PC05a: twins are counted where they can be told apart, and open where they cannot; never one in silence."""

from datetime import date

import pytest

from antq_review.forms.rows.evidence import Activity, Incident
from antq_review.forms.rows.safety import System
from antq_review.forms.save_workbook import workbook_bytes
from tests.ingest.corpus import activities, draw, head, read_files, school

GROUP = {
    "held_on": date(2026, 10, 7), "name": "Sinh hoạt chuyên môn lồng ghép ma túy", "form": "Chuyên đề", "audience": "Giáo viên",
    "present": 9,
}
LESSON = {
    "held_on": date(2026, 10, 8), "name": "Sinh hoạt lớp", "form": "Chuyên đề", "grade": 6, "audience": "Học sinh THCS",
    "present": 33, "expected": 33,
}


def read_rows(tmp_path, *forms):
    """Each form: its unit and its activities."""
    made = {f"3_{n}.xlsx": activities(rows, head(unit)) for n, (unit, rows) in enumerate(forms)}
    return read_files(tmp_path, {"1_nha_truong.xlsx": school(), **made})


def result(evidence):
    """Number of rows counted, number of rows open, the codes said of them."""
    codes = {"row_twin", "row_maybe_twice", "row_repeated", "rows_disagree", "row_typed_twice"}
    said = sorted(entry.code for entry in evidence.problems for _ in entry.cells if entry.code in codes)
    return len(evidence.of(Activity)), len(evidence.refused("activities")), said


OWN = "Đội TNTP"
TWO = "Tổ Tự nhiên"


@pytest.mark.parametrize(
    ("forms", "wanted"),
    [
        # two groups meet on one day: told apart by who held it
        ([(OWN, [GROUP | {"organiser": TWO}, GROUP | {"organiser": "Tổ Xã hội"}])], (2, 0, [])),
        ([(OWN, [GROUP, GROUP])], (1, 1, ["row_twin"])),
        ([(OWN, [GROUP, GROUP, GROUP])], (1, 2, ["row_twin", "row_twin"])),
        ([(OWN, [GROUP | {"organiser": TWO}, GROUP])], (1, 1, ["row_twin"])),  # one of them does not say who
        ([(OWN, [LESSON, LESSON | {"present": 31}])], (0, 2, ["rows_disagree"] * 2)),
        ([(OWN, [LESSON, LESSON | {"name": "Sinh hoạt lớp 6B"}])], (2, 0, [])),  # the way out that the message names
        # classes of one campaign, each with its own number, and classes with one number
        ([(OWN, [LESSON | {"campaign": "1"}, LESSON | {"campaign": "1", "present": 30, "expected": 30}])], (2, 0, [])),
        ([(OWN, [LESSON | {"campaign": "1"}, LESSON | {"campaign": "1"}])], (1, 1, ["row_twin"])),
        ([(OWN, [LESSON | {"campaign": "1"}, LESSON | {"campaign": "2"}])], (2, 0, [])),
        ([(OWN, [LESSON | {"campaign": "1"}, LESSON | {"campaign": "1", "topic_1": "Ma túy"}])], (0, 2, ["rows_disagree"] * 2)),
        # two units: one event in two spellings; an event of which each says that it held it; two events
        ([(OWN, [GROUP]), (TWO, [GROUP | {"name": GROUP["name"].replace("túy", "tuý")}])], (1, 0, ["row_repeated"])),
        # issue 15, 3: the organising unit is part of what an activity is; a name that is no unit may be a spelling of one
        ([(OWN, [GROUP | {"organiser": OWN}]), (TWO, [GROUP | {"organiser": TWO}])], (2, 0, [])),
        ([(OWN, [GROUP | {"organiser": OWN}]), (TWO, [GROUP | {"organiser": "Liên đội"}])], (1, 1, ["row_maybe_twice"])),
        ([(OWN, [GROUP | {"organiser": OWN}]), (TWO, [GROUP | {"organiser": TWO, "present": 12}])], (2, 0, [])),
        ([(OWN, [GROUP]), (TWO, [GROUP | {"present": 12}])], (0, 2, ["rows_disagree"] * 2)),
        ([(OWN, [GROUP, GROUP]), (TWO, [GROUP])], (1, 1, ["row_repeated", "row_twin"])),
    ],
)
def test_twins(tmp_path, forms, wanted):
    assert result(read_rows(tmp_path, *forms)) == wanted


def test_the_way_out_is_named(tmp_path):
    evidence = read_rows(tmp_path, (OWN, [LESSON, LESSON]))
    (said,) = [entry for entry in evidence.problems if entry.code == "row_twin"]
    assert "«Tên hoạt động», ví dụ thêm tên lớp, giờ" in str(said.remedy)


def safety(**rows):
    made = workbook_bytes(draw(rows, ["vu_viec", "chuyen_doi_so"], {"vu_viec": head(), "chuyen_doi_so": head()}))
    return {"1_nha_truong.xlsx": school(), "4_an_toan.xlsx": made}


@pytest.mark.parametrize(("second", "code", "counted"), [(6, "rows_disagree", 0), (10, "row_twin", 1)])
def test_cameras_counted_at_two_sites_are_asked_to_be_added(tmp_path, second, code, counted):
    rows = [{"system": "Camera giám sát", "counted_on": date(2026, 10, 5), "installed": n, "working": n} for n in (10, second)]
    evidence = read_files(tmp_path, safety(systems=rows))
    said = [entry for entry in evidence.problems if entry.code == code]
    assert said and all("cộng các số vào một dòng" in str(entry.remedy) for entry in said)
    assert len(evidence.of(System)) == counted and len(evidence.refused("systems")) == 2 - counted


def test_two_incidents_of_one_day_are_two_where_they_have_their_own_codes(tmp_path):
    row = {"happened_on": date(2026, 3, 3), "kind": "Bạo lực học đường", "event_letter": "Không thuộc", "verified": "Đã xác minh"}
    evidence = read_files(tmp_path / "a", safety(incidents=[row, row]))
    (said,) = [entry for entry in evidence.problems if entry.code == "row_twin"]
    assert "«Mã vụ»" in str(said.remedy) and (len(evidence.of(Incident)), len(evidence.refused("incidents"))) == (1, 1)
    evidence = read_files(tmp_path / "b", safety(incidents=[row | {"id": "VV-01"}, row | {"id": "VV-02"}]))
    assert (len(evidence.of(Incident)), len(evidence.refused("incidents"))) == (2, 0)
