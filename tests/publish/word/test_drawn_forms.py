"""Forms drawn from their text: repeated sections, year columns only where a year is known, the class on the score sheet."""

import io

import pytest
from docx import Document

from antq_review.publish.word.fill import fill
from antq_review.publish.word.layout_check.check import check_file
from antq_review.publish.word.layout_fields import with_marks
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder, shipped
from tests.publish.dossier.documents import made
from tests.publish.word.seen import texts, written
from tools.word_forms.language import draw_form


@pytest.fixture(scope="module")
def previous(review):
    evidence = read_folder(example_folder().with_name("2025"))
    return review_evidence(evidence, review.as_of.replace(year=2025))


def document(review, code: str, form: str, previous=None) -> bytes:
    text = (shipped("data_templates") / "bieu_word" / "nguon" / f"{form}.txt").read_text(encoding="utf-8")
    return fill(draw_form(text), with_marks(made(review, code, previous=previous), draft=True), code)


def heads(made: bytes) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in table.rows[0].cells] for table in Document(io.BytesIO(made)).tables]


def test_the_lines_of_a_repetition_are_drawn_once_for_each_name():
    made = draw_form("@for school_name year\nBody: {{ $ }} và {{ $ }}\n@next\nBody: hết")
    assert [text for text in texts(made) if text] == [
        "{{ school_name }} và {{ school_name }}", "{{ year }} và {{ year }}", "hết", *[text for text in texts(draw_form("")) if text]
    ]


def test_the_report_has_year_columns_only_where_last_year_is_known(review, previous, tmp_path):
    alone, both = (document(review, "D10", "D10_bao_cao_tong_ket", before) for before in (None, previous))
    numbers = [head for head in heads(alone) if "Đơn vị tính" in head]
    assert numbers == [["TT", "Nội dung", "Đơn vị tính", "Năm 2026", "Ghi chú"]] * 10
    compared = [head for head in heads(both) if "Đơn vị tính" in head]
    assert ["TT", "Nội dung", "Đơn vị tính", "Năm 2025", "Năm 2026", "Tăng, giảm", "Ghi chú"] in compared
    assert check_file(written(tmp_path, alone)) == [] == check_file(written(tmp_path, both))
    assert "Năm đánh giá 2026: 16/11/2025 - 15/11/2026; năm học 2025 - 2026, 2026 - 2027." in [
        text.replace("\u00a0", " ") for text in texts(alone)
    ]
    assert any(head[:2] == ["Mã", "Nội dung của kế hoạch"] for head in heads(alone)), "the plan's results, row by row"


def test_the_score_sheet_carries_the_class(review, tmp_path):
    made = document(review, "D5", "D05_bang_cham_diem")
    said = [text for text in texts(made) if text]
    assert any(text.startswith("Theo thang điểm minh họa, số điểm thuộc mức Loại A") for text in said)
    assert [text for text in said if text.endswith("./.")] == ["Thang điểm minh họa, không phải thang điểm chính thức./."]
    assert check_file(written(tmp_path, made)) == []
    official = review.text("qd_510").model_copy(update={"illustrative": False})
    real = review.model_copy(update={"texts": tuple(official if text.id == "qd_510" else text for text in review.texts)})
    # the class has the name that the table of points gives it: here the example's own, “Loại A (minh họa)”
    assert "Mức đề xuất: Loại A (minh họa)./." in texts(document(real, "D5", "D05_bang_cham_diem"))


def test_the_register_of_a_school_without_the_circular_names_its_year(review):
    text = [text for text in texts(document(review.model_copy(update={"texts": ()}), "D9", "D09_danh_muc_minh_chung")) if text]
    assert "Kỳ: 01/01/2026 - 31/12/2026" in text and not any(line.startswith("Kỳ đánh giá:") for line in text)


def test_the_report_lists_every_part_of_the_plan_in_its_own_row(review):
    made = Document(io.BytesIO(document(review, "D10", "D10_bao_cao_tong_ket")))
    table = next(table for table in made.tables if table.rows[0].cells[0].text == "Mã")
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    wanted = [f"{goal.id}{part.part}" if len(goal.parts) > 1 else goal.id for goal in review.goals for part in goal.parts]
    assert [row[0] for row in rows] == wanted and len(wanted) > len(review.goals)
    shown = {row[0]: row for row in rows}
    assert shown["II.3-3a"][3:5] == ["99,9% (956/957)", "Chưa đạt"] and shown["I.1-4a"][4] == "Đạt"


def test_the_annexes_of_the_report_follow_one_another_on_upright_pages(review, previous):
    """34 pages before, 29 now with last year's columns: the main text is one section, the eleven annexes are the other (issue 15, 7)."""
    for before in (None, previous):
        made = Document(io.BytesIO(document(review, "D10", "D10_bao_cao_tong_ket", before)))
        assert len(made.sections) == 2
        assert all(section.page_width < section.page_height for section in made.sections)
        numbers = [paragraph for paragraph in made.paragraphs if paragraph.style.style_id == "AnnexNumber"]
        assert len(numbers) == 11
        assert all(paragraph.paragraph_format.space_before.pt == 24 for paragraph in numbers[1:])
        styles = {paragraph.style.style_id: paragraph.style for paragraph in made.paragraphs}
        together = ("AnnexNumber", "AnnexName", "AnnexTo", "ShortLine", "Period")
        assert all(styles[name].paragraph_format.keep_with_next for name in together), "a title never stands below its table's page"
