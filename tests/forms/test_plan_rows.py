"""The plan rows that the form carries: all goals, quotes letter by letter, codes of the closed lists."""

import re
import unicodedata
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from antq_review.forms import choices as lists
from antq_review.forms.carry_over import in_words
from antq_review.forms.measure_labels import Measure
from antq_review.forms.plan_rows import LISTS, OVER_CHECKS, coded_rows, lists_of, plan_rows
from antq_review.forms.rows.school import PlanRow
from tests.each import each

PLAN = Path(__file__).resolve().parents[1] / "data" / "ke_hoach_2026.txt"
IDS_IN_ORDER = """
    I.1-1 I.1-2 I.1-3 I.1-4 I.1-5 I.2-1 I.2-2 I.2-3 I.2-4
    II.1-1 II.1-2 II.1-3 II.1-4 II.1-5 II.1-6
    II.2-1 II.2-2 II.2-3 II.2-4 II.2-5 II.2-6
    II.3-1 II.3-2 II.3-3 II.3-4 II.3-5 II.3-6
    II.4-1 II.4-2 II.4-3 II.4-4
    II.5-1 II.5-2 II.5-3
    II.6-1 II.6-2 II.6-3 II.6-4
    II.7-1 II.7-2 II.7-3
    III.1-1 III.1-2 III.1-3 III.1-4 III.1-5 III.1-6 III.1-7
    III.2.1-1 III.2.1-2 III.2.2-1 III.2.2-2
"""
IDS = IDS_IN_ORDER.split()
#: The targets that stand in the plan itself: a share it demands, things it names, “không để”.
TARGETS_OF_THE_PLAN = """
    I.1-1 II.1-2 II.1-3a II.1-3b
    II.2-1 II.2-4a II.2-5 II.2-6c II.3-1 II.3-3a II.3-3b
    II.4-1 II.4-2b II.5-1a II.7-1a II.7-3a II.7-3b
    III.1-1a III.1-1b III.1-1c III.1-3a III.1-3b III.1-3c III.1-3d
    III.2.1-1 III.2.2-1a III.2.2-1b
"""
OF_THE_PLAN = set(TARGETS_OF_THE_PLAN.split())
#: Shown, never judged, until the school writes a number.
WITHOUT_NUMBER = {"II.5-2b", "III.1-2b"}
MANY = {"topic", "form", "channel", "partner", "purpose", "kind", "contents", "audience", "name"}
LAID_OUT = {"goal_id", "part", "quote", "corrected_quote", "measure", "operator", "number", "unit", "set_by"}
DOCUMENT_MEASURES = {
    "documents_signed",
    "documents_in_force",
    "documents_with_all_contents",
    "documents_reviewed",
    "duties_assigned",
    "report_on_time_rate",
}

ROWS = coded_rows()


def label(row):
    return row["goal_id"] + row.get("part", "")


def flat(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


each_row = each("row", ROWS, ids=label)


def test_every_goal_appears_in_the_plans_order():
    assert len(IDS) == 52
    assert list(dict.fromkeys(row["goal_id"] for row in ROWS)) == IDS


def test_parts_have_no_gaps():
    parts = defaultdict(list)
    for row in ROWS:
        parts[row["goal_id"]].append(row.get("part"))
    for goal, found in parts.items():
        expected = [None] if len(found) == 1 else list("abcdefghij"[: len(found)])
        assert found == expected, goal


@each_row
def test_the_quote_is_the_plans(row):
    plan, quote, start = flat(PLAN.read_text(encoding="utf-8")), row["quote"], 0
    assert quote == flat(quote)
    for piece in quote.split(" … "):
        found = plan.find(piece, start)
        assert found >= 0, piece
        start = found + len(piece)


def test_the_plans_text_stops_before_recipients_and_signature():
    assert flat(PLAN.read_text(encoding="utf-8")).endswith("thực hiện tốt kế hoạch đề ra./.")


@each_row
def test_keys_are_columns_and_values_are_codes(row):
    assert row.keys() <= {column.name for column in PlanRow.columns()}
    assert row.keys() - LAID_OUT <= MANY | {"level", "organiser", "led_by_pupils"}
    assert row["measure"] in Measure.labels()
    for field, value in row.items():
        assert isinstance(value, list) == (field in MANY), field
        assert value != [] and value != "", field
        if field in LISTS:
            codes = value if isinstance(value, list) else [value]
            assert len(set(codes)) == len(codes)
            assert all(any(code in found.labels() for found in LISTS[field]) for code in codes), (field, value)


@each_row
def test_kinds_and_names_suit_the_measure(row):
    others = lists.CheckKind if row["measure"] in OVER_CHECKS else lists.IncidentKind
    kinds = lists.DocumentKind if row["measure"] in DOCUMENT_MEASURES else others
    assert set(row.get("kind", [])) <= kinds.labels().keys()
    assert not any(";" in name for name in row.get("name", []))
    if row["measure"] == "initiative_coverage":
        assert set(row["name"]) <= set(lists.INITIATIVE_NAMES)
    if row["measure"] in ("working_rate", "system_coverage"):
        assert set(row["name"]) <= set(lists.SystemKind.labels().values())


def test_the_seven_models_are_all_asked_for():
    asked = {row["goal_id"]: row["name"] for row in ROWS if row["measure"] == "initiative_coverage"}
    assert asked["II.3-1"] + asked["II.4-1"] == list(lists.INITIATIVE_NAMES)


@each_row
def test_the_target_says_whose_it_is(row):
    assert row["set_by"] == ("plan" if label(row) in OF_THE_PLAN else "proposed")
    assert ("number" not in row) == (label(row) in WITHOUT_NUMBER)
    assert "unit" in row
    assert ("operator" in row) == ("number" in row), "a target has both; a figure that is only shown has neither"
    if "operator" not in row:
        return
    if row["measure"].endswith(("_rate", "_coverage")):
        assert row["unit"] == "%" and row["operator"] == "at_least" and 0 < row["number"] <= 100
    else:
        assert row["unit"] != "%"
    if row.get("number") == 0:
        assert row["operator"] == "at_most"


@each_row
def test_the_sheet_shows_words_that_lead_back_to_the_codes(row):
    shown = plan_rows()[ROWS.index(row)]
    assert isinstance(shown, PlanRow)
    for column in PlanRow.columns():
        value, cell = row.get(column.name), getattr(shown, column.name)
        if column.name == "number":
            assert cell == (None if value is None else Decimal(value))
        elif column.name in LISTS and value is not None:
            words = in_words(shown, [column.name])[column.name].split("; ")
            known = lists_of(column.name, row["measure"])
            codes = [next(code for found in known if (code := found.of_label(word))) for word in words]
            assert codes == (value if isinstance(value, list) else [value])
        else:
            assert cell == ("; ".join(value) if isinstance(value, list) else value)


def test_a_code_of_two_lists_is_shown_in_the_words_of_its_sheet():
    shown = {label(row): line.kind for row, line in zip(ROWS, plan_rows(), strict=True)}
    assert shown["II.3-5b"] == "Camera; Phòng cháy, chữa cháy"  # not “Cháy, nổ”, the incident of the same code
    assert shown["II.3-4"] == shown["III.1-3e"] == "Sổ ra vào"


@pytest.mark.parametrize("place", ["docs/huong_dan/bang_lenh.md", "docs/huong_dan/bieu.md",
                                   "data_templates/vi_du/nguon/truong_mau/2024/LOI_CO_Y.md",
                                   "data_templates/vi_du/nguon/truong_mau/2025/LOI_CO_Y.md"])
def test_what_is_said_of_the_number_of_sentences_is_true(place):
    said = (Path(__file__).resolve().parents[2] / place).read_text(encoding="utf-8")
    numbers = {int(found) for found in re.findall(r"(\d+) (?:nội dung của kế hoạch|câu, cùng chỉ tiêu)", said)}
    assert numbers == {len({row["goal_id"] for row in ROWS})}


#: What the plan says and no row quotes, in the plan's order; “ [...] ” marks what is skipped. Nothing in it is a duty of its own.
ASKS_FOR_NOTHING = (
    # title, grounds, first headings
    "KẾ HOẠCH Thực hiện phong trào [...] cụ thể như sau: I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích",
    # what the duty of I.1-4 is good for
    "góp phần giữ vững an ninh chính trị, trật tự an toàn xã hội trong trường học",
    # what the whole plan is good for
    "Góp phần giữ vững ổn định chính trị, trật tự an toàn xã hội, phục vụ nhiệm vụ phát triển giáo dục và kinh tế – xã hội của tỉnh. "
    "2. Yêu cầu",
    "II. NỘI DUNG TRỌNG TÂM 1. Đẩy mạnh tuyên truyền, giáo dục pháp luật và xây dựng ý thức chấp hành pháp luật trong trường học",
    # the object of II.1-1b
    "trọng tâm là các quy định pháp luật, nội dung",
    # what II.1-1 leads to; the duty to raise awareness is I.1-2
    "trong các cơ sở giáo dục¹. Qua đó, nâng cao nhận thức [...] góp phần xây dựng môi trường giáo dục an toàn, lành mạnh",
    "2. Nâng cao hiệu lực quản lý và trách nhiệm người đứng đầu",
    # the footnote: papers of superiors
    "¹ Nghị quyết số 51-NQ/TW ngày 05/9/2019 [...] Phong trào thi đua “Toàn dân bảo vệ an ninh Tổ quốc”",
    "3. Xây dựng môi trường giáo dục an toàn",
    "4. Xây dựng và nhân rộng các mô hình hiệu quả",
    "5. Đẩy mạnh chuyển đổi số trong bảo đảm an ninh trường học",
    "6. Tăng cường phối hợp liên ngành",
    "7. Phòng ngừa, xử lý các vấn đề trọng điểm trong trường học",
    "III. TỔ CHỨC THỰC HIỆN 1. Ban Giám hiệu",
    # the title of Decision 510
    "ban hành “Quy định tiêu chí đánh giá, phân loại Phong trào Toàn dân bảo vệ an ninh Tổ quốc”",
    "2. Trách nhiệm của các Tổ chuyên môn, Đoàn thể và Bộ phận liên quan 2.1. Tổ chuyên môn",
    "2.2. Đội Thiếu niên Tiền phong Hồ Chí Minh",
    # the close asks for all of it at once: III.1-1c
    "Trên đây là Kế hoạch thực hiện phong trào [...] đề nghị CB-GV-NV-HS thực hiện tốt kế hoạch đề ra",
)


def unquoted(rows):
    """The pieces of the plan's text that no quote of the rows covers, without the marks at their ends."""
    plan = flat(PLAN.read_text(encoding="utf-8"))
    covered = bytearray(len(plan))
    for row in rows:
        start = 0
        for piece in row["quote"].split(" … "):
            found = plan.find(piece, start)
            start = found + len(piece)
            covered[found:start] = b"x" * len(piece)
    left = "".join("\n" if one else letter for letter, one in zip(plan, covered, strict=True))
    return [piece for line in left.split("\n") if (piece := line.strip(" ;.,:/-"))]


def test_no_clause_of_the_plan_that_asks_for_something_is_left_out():
    """Every letter of the plan is in a quote or in the list above."""
    left = unquoted(ROWS)
    assert len(left) == len(ASKS_FOR_NOTHING)
    for piece, known in zip(left, ASKS_FOR_NOTHING, strict=True):
        start, *end = known.split(" [...] ")
        assert (piece.startswith(start) and piece.endswith(end[0])) if end else piece == known


@pytest.mark.parametrize(("goal_id", "clause"), [
    ("I.1-4", "Tăng cường vai trò, trách nhiệm của cấp ủy, lãnh đạo nhà trường trong xây dựng phong trào"),
    ("I.1-5", "ứng dụng công nghệ số trong bảo đảm an ninh trường học"),
    ("I.2-4", "chú trọng tính giáo dục, phòng ngừa từ sớm, từ xa"),
    ("III.1-7", "kịp thời báo cáo vụ việc bất thường"),
])
def test_a_sentence_without_its_row_would_be_missed(goal_id, clause):
    assert any(clause in piece for piece in unquoted([row for row in ROWS if row["goal_id"] != goal_id]))
