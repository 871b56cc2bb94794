"""A school that no text concerns: one grey line for each text on every surface, and no paper about the text."""

import io
from datetime import date

import openpyxl
import pytest

from antq_review.cli.dossier import Asked, make_dossier
from antq_review.cli.review import print_review
from antq_review.errors import UsageError
from antq_review.publish.calendar import calendar_file
from antq_review.publish.dossier import DOCUMENTS, concerns, fields
from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.notebook import display as show
from antq_review.rules import in_force
from antq_review.scoring import review as judge
from tests.publish.seen import read
from tests.scoring.build import AS_OF, YEAR, evidence_of

GOAL = {
    "goal_id": "1", "quote": "tổ chức 1 hoạt động", "measure": "activity_count", "operator": "at_least", "number": 1,
    "set_by": "school", "due_on": date(2026, 11, 15),
}


@pytest.fixture(scope="module", params=["primary", "kindergarten", ""])
def found(request):
    return judge(evidence_of({"profile": {"levels": request.param}, "plan": [GOAL]}), in_force(YEAR), AS_OF)


def test_the_page_the_annex_and_the_terminal_have_the_line_and_nothing_else_of_the_text(found, capsys):
    print_review(found)
    page = read(show.show_page_one(found)).text
    sheets = openpyxl.load_workbook(io.BytesIO(annex(found)))
    internal = " ".join(str(cell) for row in sheets["Nội bộ"].iter_rows(values_only=True) for cell in row if cell)
    for said in (page, internal, capsys.readouterr().out):
        said = " ".join(said.replace("\u00a0", " ").split())
        for one in found.left_out:
            assert said.count(" ".join(str(one.says).split())) >= 1
        assert not any(word in said for word in ("điểm đã xét", "tự đánh giá: chưa đạt", "trước 20/11", "✗ 1", "đề nghị công nhận"))
    assert "Thông tư 124" not in sheets.sheetnames and "Bảng chấm điểm" not in sheets.sheetnames
    assert "class=\"card\"" not in show.show_page_one(found).data
    assert b"tt_124" not in calendar_file(found)


def test_only_papers_that_stand_alone_are_made(found):
    assert [code for code in DOCUMENTS if concerns(code, found)] == ["D9", "D10", "D11"]


def test_the_year_s_report_says_it_once_for_each_text(found):
    values = fields(found, "D10").values()
    said = values["result_124_paragraphs"] + values["result_510_paragraphs"]
    if all(one.level_known for one in found.left_out):
        assert said == [
            "Nhà trường không thuộc phạm vi của Thông tư 124 nên không tự đánh giá theo văn bản này.",
            "Nhà trường không thuộc phạm vi của Quyết định 510 nên không tự chấm điểm theo văn bản này.",
        ]
    else:
        assert said == ["[CẦN BỔ SUNG: cấp học ở biểu Thông tin trường]"] * 2
    assert not values["has_124"] and not values["has_510"]


def test_a_paper_about_the_text_is_refused_by_name_and_left_out_of_the_whole_set(found, tmp_path, monkeypatch):
    evidence = evidence_of({"profile": {"levels": (found.left_out[0].level_known and "primary") or ""}, "plan": [GOAL]})
    monkeypatch.setattr("antq_review.scoring.pipeline.read_folder", lambda *_: evidence)
    (tmp_path / "vao").mkdir()
    with pytest.raises(UsageError, match="D2 không lập được cho trường này"):
        make_dossier(tmp_path / "vao", tmp_path / "ra", Asked(only="D2,D10", as_of="16/11/2026"))
    make_dossier(tmp_path / "vao", tmp_path / "ra", Asked(as_of="16/11/2026"))
    assert sorted(path.name[:3] for path in (tmp_path / "ra").rglob("*.docx")) == ["D09", "D10"]
