"""The tables as DataFrames: the documented columns and types, the results of review.json, and no 0 for what is unknown."""

from decimal import Decimal

import pandas
import pytest

from antq_review import tables
from antq_review.errors import UsageError
from antq_review.forms.sheets import PRIVATE_TABLES, SHEETS
from antq_review.history.compare import compare
from antq_review.publish.figures.review import month_counts
from antq_review.publish.tables import numbers as number_lines
from antq_review.publish.tables.dataframe import of_headings
from antq_review.publish.tables.evidence_frames import evidence_frame
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder
from antq_review.source import CellRef
from tests.plain import plain

S, I, F, D, B = "string", "Int64", "Float64", "datetime64[s]", "boolean"  # noqa: E741
#: The documented columns and types.
COLUMNS = {
    "criteria": [
        ("Văn bản", S), ("Khóa", S), ("Mục", S), ("Bậc", I), ("Cách hiểu", S), ("Nội dung", S), ("Theo minh chứng", S), ("Điểm từ", F),
        ("Điểm đến", F), ("Kết luận", S), ("Tự chấm", S), ("Thẩm định", S), ("Đo được", S), ("Giá trị từ", F), ("Giá trị đến", F),
        ("Tử số", F), ("Mẫu số", F), ("Lý do", S), ("Để rõ cần", S), ("Căn cứ", S), ("Mã minh chứng", S), ("Ô", S),
    ],
    "points": [
        ("Văn bản", S), ("Khóa", S), ("Mục", S), ("Loại", S), ("Nội dung", S), ("Điểm chuẩn", F), ("Minh chứng từ", F),
        ("Minh chứng đến", F), ("Tự chấm", F), ("Đã kết luận", B), ("Thẩm định", F), ("Ghi nhận từ", F), ("Ghi nhận đến", F),
        ("Lý do", S), ("Căn cứ", S), ("Ô", S),
    ],
    "scores": [
        ("Văn bản", S), ("Khóa", S), ("Số hiệu", S), ("Kết quả", S), ("Số tiêu chí", I), ("Đạt", I), ("Chưa đạt", I), ("Chưa rõ", I),
        ("Không áp dụng", I), ("Tổng điểm", F), ("Điểm đã xét", F), ("Điểm chưa có thang", F), ("Điểm từ", F), ("Điểm đến", F),
        ("Tự chấm", F), ("Thẩm định", F), ("Xếp loại còn có thể", S), ("Khống chế", S), ("Kỳ từ", D), ("Kỳ đến", D),
        ("Số liệu đến hết", D), ("Hạn của cấp có thẩm quyền", D), ("Dự thảo", B), ("Căn cứ", S), ("Ô", S),
    ],
    "plan": [
        ("Mục", S), ("Mã", S), ("Ý", S), ("Nội dung kế hoạch", S), ("Phép đo", S), ("Chỉ tiêu", S), ("So sánh", S), ("Số chỉ tiêu", F),
        ("Thực hiện", S), ("Giá trị từ", F), ("Giá trị đến", F), ("Đơn vị", S), ("Là tỷ lệ", B), ("Trạng thái", S), ("Cả nội dung", S),
        ("Hạn", D), ("Phụ trách", S), ("Chỉ tiêu đề xuất", B), ("Lý do", S), ("Để rõ cần", S), ("Mã minh chứng", S), ("Ô", S),
    ],
    "numbers": [
        ("Biểu", S), ("Tên biểu", S), ("Khóa", S), ("TT", I), ("Nhóm", S), ("Nội dung", S), ("Đơn vị", S), ("Năm trước", F),
        ("Năm nay", F), ("Từ", F), ("Đến", F), ("Bằng chữ", S), ("Tăng giảm", S), ("Cách tính", S), ("Kỳ từ", D), ("Kỳ đến", D),
        ("Ghi chú", S), ("Ô", S),
    ],
    "evidence": [
        ("Biểu", S), ("Khóa", S), ("Kê khai đến hết", D), ("Dòng đã đọc", I), ("Dòng chưa tính", I), ("Đơn vị chưa nộp", S),
        ("Tệp chưa kê khai", S), ("Dòng cần tệp", I), ("Dòng có tệp", I), ("Ô", S),
    ],
    "register": [
        ("TT", I), ("Mã minh chứng", S), ("Tên minh chứng", S), ("Loại", S), ("Nơi lưu", S), ("Dùng cho", S), ("Khóa", S),
        ("Ghi chú", S), ("Ô", S),
    ],
    "problems": [
        ("Mức", S), ("Mã lỗi", S), ("Tệp", S), ("Trang", S), ("Vị trí", S), ("Cột", S), ("Đã ghi", S), ("Lỗi", S), ("Cần", S),
        ("Cách sửa", S), ("Hậu quả", S), ("Ô", S),
    ],
    "days": [
        ("Ngày", D), ("Còn lại", I), ("Việc đến hạn", S), ("Mã nội dung", S), ("Đã có", B), ("Suy luận", B), ("Căn cứ", S),
    ],
    "months": [("Tháng", S), ("Chủ đề", S), ("Số hoạt động", I), ("Cả tháng", I)],
    "checks": [("Văn bản", S), ("Mục", S), ("Chỗ chưa khớp", S), ("Độ lớn", F), ("Trên", F), ("Ô", S)],
    "after": [("Tệp", S), ("Trang", S), ("Vị trí", S), ("Ô", S)],
    "comparison": [
        ("Khóa", S), ("Loại", S), ("Nhóm", S), ("Mục", S), ("Nội dung", S), ("Năm", I), ("Giá trị", S), ("Từ", F), ("Đến", F),
        ("Đơn vị", S), ("Là tỷ lệ", B), ("Tử số", F), ("Mẫu số", F), ("So với năm trước", S), ("Tăng giảm", S), ("Tăng từ", F),
        ("Tăng đến", F), ("Vì sao chưa so sánh", S), ("Căn cứ", S), ("Ô", S),
    ],
}
WORDS = {"yes": "Đạt", "no": "Chưa đạt", "unknown": "Chưa rõ", "not_applicable": "Không áp dụng"}


@pytest.fixture(scope="module")
def compared(review):
    return compare((review.model_copy(update={"year": review.year - 1}), review))


def same(shown, known) -> bool:
    """Is the number of a frame the stored one? <NA> for None."""
    return shown is pandas.NA if known is None else float(shown) == float(known)


def records(frame) -> list:
    """The rows one by one; in a row an unknown value is still <NA>."""
    return [row for _, row in frame.iterrows()]


# --- columns and types ---------------------------------------------------------------------------------------------


def test_every_public_table_is_tried():
    assert set(COLUMNS) == set(tables.__all__) - {"roll_up"}  # fourteen tables by key: tests/province/test_notebook.py


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_the_documented_columns_and_types(name, review, compared):
    make = getattr(tables, name)
    late = review.model_copy(update={"after_as_of": (CellRef("3_hoat_dong.xlsx", "Hoạt động", "B20"),)})
    frame = make({"comparison": compared, "after": late}.get(name, review))
    assert isinstance(frame, pandas.DataFrame)
    assert len(frame) > 0
    assert [(heading, str(kind)) for heading, kind in frame.dtypes.items()] == COLUMNS[name]
    documented = " ".join(make.__doc__.split())
    assert [heading for heading, _ in COLUMNS[name] if heading not in documented] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_an_empty_table_keeps_its_columns_and_types(name, review, compared):
    nothing = {"texts": (), "goals": (), "tables": (), "forms": (), "evidence_register": (), "problems": (), "days_ahead": (),
               "months": (), "checks": (), "after_as_of": ()}
    source = compared.model_copy(update={"lines": ()}) if name == "comparison" else review.model_copy(update=nothing)
    frame = getattr(tables, name)(source)
    assert [(heading, str(kind)) for heading, kind in frame.dtypes.items()] == COLUMNS[name]
    assert len(frame) == 0


def test_a_value_of_another_type_is_refused():
    for value, kind in (("12", I), (True, F), (Decimal(1), S), (1, B), ("2026-01-01", D)):
        with pytest.raises(TypeError):
            of_headings({"x": ("X", kind)}, [{"x": value}])


# --- the same results as review.json -------------------------------------------------------------------------------


def stored_findings(found, text, depth=0, reading=None):
    """(key, depth, reading, finding) for every finding of review.json, in the order of the report."""
    for finding in found:
        yield f"{text['id']}/{finding['id']}", depth, reading, finding
        yield from stored_findings(finding["parts"], text, depth + 1, reading)
        for one in finding["readings"]:
            yield from stored_findings(one["parts"], text, depth + 2, f"{reading} › {one['id']}" if reading else one["id"])


def test_the_criteria_agree_with_review_json_finding_by_finding(review):
    stored = plain(review)
    frame = tables.criteria(review)
    readings = [one for text in stored["texts"] for *_, finding in stored_findings(text["findings"], text) for one in finding["readings"]]
    rows = iter(records(frame[~frame["Nội dung"].isin([one["says"] for one in readings])]))
    for text in stored["texts"]:
        for key, depth, reading, finding in stored_findings(text["findings"], text):
            row = next(rows)
            assert (row["Khóa"], row["Bậc"], row["Nội dung"]) == (key, depth, finding["title"])
            assert row["Cách hiểu"] is pandas.NA if reading is None else row["Cách hiểu"] == reading
            computed = finding["computed"]
            if computed["low"] is None or computed["truth"] == "not_applicable":
                assert row["Theo minh chứng"] == WORDS[computed["truth"]]
            else:
                assert row["Theo minh chứng"] is pandas.NA
            assert same(row["Điểm từ"], computed["low"])
            assert same(row["Điểm đến"], computed["high"])
            measured = finding["measurement"]
            assert same(row["Giá trị từ"], measured["low"] if measured and measured["applies"] else None)
            own = finding["self_score"]
            assert row["Tự chấm"] == WORDS[{"met": "yes", "not_met": "no"}[own["result"]]] if own and own["result"] else row[
                "Tự chấm"] is pandas.NA
            if depth == 0 and finding["settled"]["low"] is None:
                assert row["Kết luận"] == WORDS[finding["settled"]["truth"]]
    assert next(rows, None) is None
    assert len(readings) == len(frame) - sum(1 for text in stored["texts"] for _ in stored_findings(text["findings"], text))


def test_the_points_and_their_totals_agree_with_review_json(review):
    stored = [text for text in plain(review)["texts"] if text["total"] is not None]
    frame = tables.points(review).set_index("Khóa")
    for text in stored:
        for finding in text["findings"]:
            row = frame.loc[f"{text['id']}/{finding['id']}"]
            assert same(row["Minh chứng từ"], finding["computed"]["low"]) and same(row["Minh chứng đến"], finding["computed"]["high"])
            assert same(row["Ghi nhận từ"], finding["settled"]["low"]) and same(row["Điểm chuẩn"], finding["points"])
            assert same(row["Tự chấm"], finding["self_score"] and finding["self_score"]["points"])
        totals = tables.scores(review).set_index("Khóa").loc[text["id"]]
        assert same(totals["Điểm từ"], text["range"]["low"]) and same(totals["Điểm đến"], text["range"]["high"])
        own = frame[frame["Văn bản"] == str(review.text(text["id"]).short)]
        assert own["Ghi nhận từ"].sum() == totals["Điểm từ"] and own["Tự chấm"].sum() == totals["Tự chấm"]


def test_the_plan_has_one_row_for_each_part(review):
    frame = tables.plan(review)
    parts = [(goal, part) for goal in review.goals for part in goal.parts]
    assert list(frame["Mã"]) == [goal.id for goal, _ in parts]
    for row, (_, part) in zip(records(frame), parts, strict=True):
        assert same(row["Số chỉ tiêu"], part.target) and row["Hạn"].date() == part.due_on and row["Nội dung kế hoạch"] == part.quote
        assert same(row["Giá trị từ"], part.measurement.low if part.measurement and part.measurement.applies else None)


def test_a_fault_has_a_row_for_each_cell(review):
    (fault, *_) = review.problems
    faults = tuple(fault.model_copy(update={"cells": cells}) for cells in (("B14", "B15"), ()))
    two = review.model_copy(update={"problems": faults})
    assert list(tables.problems(two)["Ô"]) == [
        f"{fault.file} › {fault.sheet} › B14", f"{fault.file} › {fault.sheet} › B15", f"{fault.file} › {fault.sheet}",
    ]


def test_months_checks_and_later_cells_are_those_of_the_review(review):
    frame = tables.months(review)
    drawn = month_counts(review.months)
    assert frame.groupby("Chủ đề")["Số hoạt động"].sum().to_dict() == {label: sum(row) for label, row in drawn.rows.items()}
    totals = frame.drop_duplicates("Tháng")
    assert list(totals["Cả tháng"]) == list(drawn.totals) and totals["Chủ đề"].isna().sum() == drawn.totals.count(0)
    shown = tables.checks(review)
    assert [(row["Chỗ chưa khớp"], row["Độ lớn"]) for row in records(shown)] == [(str(one.says), float(one.size)) for one in review.checks]
    late = CellRef("3_hoat_dong.xlsx", "Hoạt động", "B20")
    (row,) = records(tables.after(review.model_copy(update={"after_as_of": (late,)})))
    assert (row["Vị trí"], row["Ô"]) == ("B20", "3_hoat_dong.xlsx › Hoạt động › B20")


def test_the_sources_are_cells_and_clauses(review):
    frame = tables.criteria(review)
    part = frame[(frame["Khóa"] == "tt_124/1d") & frame["Cách hiểu"].isna()].iloc[0]
    assert part["Ô"].startswith("2_van_ban.xlsx › Văn bản › ")
    assert part["Căn cứ"].startswith("Điều 7 khoản 1")
    assert set(part["Mã minh chứng"].split("; ")) <= set(tables.register(review)["Mã minh chứng"])


# --- what is unknown -------------------------------------------------------------------------------------------------


def test_unknown_stays_na_and_is_never_0(without_table):
    """Without the school's own score table 88 points have no text: neither 0 nor the whole range is said of them."""
    frame = tables.points(without_table)
    unread = [finding.id for text in without_table.texts for finding in text.findings if finding.award == "unread"]
    assert unread
    rows = frame[frame["Khóa"].isin([f"qd_510/{one}" for one in unread])]
    assert len(rows) == len(unread)
    assert rows[["Minh chứng từ", "Minh chứng đến", "Ghi nhận từ", "Ghi nhận đến"]].isna().all(axis=None)
    found = tables.criteria(without_table)
    assert found[found["Khóa"].isin(rows["Khóa"])][["Điểm từ", "Điểm đến", "Theo minh chứng", "Kết luận"]].isna().all(axis=None)
    totals = tables.scores(without_table).set_index("Khóa").loc["qd_510"]
    assert totals["Điểm chưa có thang"] == 88
    assert totals["Tự chấm"] is pandas.NA


def test_numbers_are_those_of_the_tables(review):
    rows = [row for table in number_lines.number_tables(review, None) for row in table.table.rows]
    frame = tables.numbers(review)
    assert list(frame["Khóa"]) == [f"{table.id}/{row.key}" for table in review.tables for row in table.rows]
    for shown, row in zip(records(frame), rows, strict=True):
        assert same(shown["Năm nay"], None if row.at_least else row.value) and same(shown["Từ"], row.value)
        assert same(shown["Đến"], row.at_most if row.at_least else row.value) and shown["Năm trước"] is pandas.NA
    known = [row for row in rows if row.value == 0 and not row.at_least]
    unknown = [row for row in rows if row.value is None or row.at_least]
    assert known and unknown
    assert (frame["Năm nay"] == 0).sum() == len(known)
    assert frame["Năm nay"].isna().sum() == len(unknown)


def test_numbers_with_the_year_before(review):
    before = review.model_copy(update={"year": review.year - 1})
    frame = tables.numbers(review, before)
    assert frame["Năm trước"].equals(frame["Năm nay"].rename("Năm trước"))


def test_a_year_without_a_line_is_na(review):
    short = review.model_copy(update={"year": review.year - 1, "goals": review.goals[1:]})
    frame = tables.comparison(compare((short, review)))
    first = frame[frame["Khóa"] == f"plan/{review.goals[0].id}"].set_index("Năm")
    assert first.loc[review.year - 1, "Giá trị"] is pandas.NA
    assert first.loc[review.year, "Giá trị"] is not pandas.NA
    assert len(frame) == 2 * frame["Khóa"].nunique()


# --- the rows of a form ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def read():
    return read_folder(example_folder())


def test_the_rows_of_a_form(read):
    frame = evidence_frame(read, "hoạt động")
    rows = read.rows("activities")
    assert list(frame["Mã dòng"]) == [row.id for row in rows]
    assert list(frame["Ngày"].dt.date) == [row.values.held_on for row in rows]
    assert frame["Có mặt"].dtype == "Int64" and frame["Học sinh chủ trì?"].dtype == "boolean"
    assert frame["Có mặt"].isna().sum() == sum(row.values.present is None for row in rows)
    assert frame["Ô"].iloc[0] == f"{rows[0].file} › {rows[0].sheet} › A{rows[0].number}"
    assert set(frame["Chủ đề 1"].dropna()) <= set(type(rows[0].values).columns()[4].choices.labels().values())


@pytest.mark.parametrize("table", [table.name for sheet in SHEETS for table in sheet.tables])
def test_every_form_is_a_frame(table, read):
    frame = evidence_frame(read, table)
    assert len(frame) == len(read.rows(table))
    assert frame.columns.is_unique


def test_free_text_about_people_is_left_out(read):
    for table in PRIVATE_TABLES:
        columns = next(one.row.columns() for sheet in SHEETS for one in sheet.tables if one.name == table)
        hidden = {column.heading for column in columns if column.private or column.kind in ("text", "code")}
        assert hidden and not hidden & set(evidence_frame(read, table).columns)


def test_an_unknown_form_is_refused_with_the_known_ones(read):
    with pytest.raises(UsageError) as fault:
        evidence_frame(read, "Vụ việc khác")
    assert "Không có biểu “Vụ việc khác”" in str(fault.value) and "Khen thưởng" in str(fault.value)
    with pytest.raises(UsageError):
        evidence_frame(read, "Thi đua")  # a sheet of several tables: which of them is not said
