"""`antq rulebook show`: everything in the data of a text that decides is told, in words, with its confidence."""

import re

import pytest

from antq_review.cli import run
from antq_review.cli.rulebook_show import filter_words, lines
from antq_review.forms.measure_labels import Measure
from antq_review.rules import provisions, register, rulebook
from antq_review.rules.model import Band, Deduction
from antq_review.text import literal

#: Filters with lines of their own.
TOLD_APART = ("other_kind", "other_contents", "excuse", "excusable_kind")
TEXTS = [entry.id for entry in register()]


def told(text_id: str) -> list[str]:
    return [line.strip() for line in lines(rulebook(text_id))]


def every(text_id: str):
    return [part for criterion in rulebook(text_id).criteria for part in provisions(criterion)]


@pytest.mark.parametrize("text_id", TEXTS)
def test_all_that_decides_is_told(text_id):
    said = told(text_id)
    whole = "\n".join(said)
    for one in every(text_id):
        assert any(f"“{one.text}”" in line for line in said), one.id
        assert not one.note or f"Ghi chú: {one.note}" in said
        assert not one.ground or f"Căn cứ về loại được tính: {one.ground}" in said
        assert one.applies is None or f"Chỉ áp dụng cho {one.applies.says}." in said
        assert one.measure is None or f"Phép đo: {Measure.label_of(one.measure)}. " in whole
        counted = filter_words({name: codes for name, codes in one.filter.items() if name not in TOLD_APART})
        assert not counted or f"Chỉ tính: {counted}." in said
        for reading in one.readings:
            assert any(line.startswith(f"Cách hiểu {reading.id} (") and reading.says in line for line in said)
    labels = sum(line.startswith("Cách hiểu ") and "INFERRED" in line for line in said)
    assert labels == sum(reading.basis == "INFERRED" for one in every(text_id) for reading in one.readings) > 0


@pytest.mark.parametrize("text_id", TEXTS)
def test_no_code_of_the_program_is_printed(text_id):
    whole = "\n".join(told(text_id)).replace("nguyen_van.md", "")
    assert re.findall(r"\b\w+_\w+\b|\b\d+[a-z]{2,}\b|\bNone\b|\b\d+[a-z]-", whole) == []


def test_thresholds_papers_and_excuses_in_words():
    circular, decision = "\n".join(told("tt_124")), "\n".join(told("qd_510"))
    assert "Ngưỡng: từ 70% trở lên." in circular and "Ngưỡng: từ 90% trở lên." in decision and "Ngưỡng: 100%." in circular
    assert "Chỉ tính: loại: Nghị quyết; nội dung: Bảo đảm an ninh, trật tự; thời gian: Quý I." in circular
    assert "3đ. Tội phạm nghiêm trọng trở lên" in circular
    assert "Loại trừ: bất khả kháng; kịp thời phát hiện" in circular
    assert "chỉ đối với vi phạm môi trường, an toàn vệ sinh thực phẩm" in circular
    assert "4b… Mục 4b và các mục còn lại" in decision and "GAP" in decision


@pytest.mark.parametrize(("text_id", "before", "sure"), [("tt_124", "20/11", "SEEN"), ("qd_510", "30/11", "SEEN-2ND")])
def test_scope_and_deadline_say_whose_they_are_and_how_sure(text_id, before, sure):
    said = told(text_id)
    (deadline,) = [line for line in said if line.startswith("Thời hạn của cấp có thẩm quyền: ")]
    assert f"quyết định trước {before} (" in deadline and f"{sure})" in deadline and "trường nộp theo hẹn của xã" in deadline
    (scope,) = [line for line in said if line.startswith("Phạm vi (cấp học): ")]
    assert "TH&THCS" in scope and "Yên Bái" not in scope and ("INFERRED" in scope) == (text_id == "qd_510")
    assert any(line.startswith("Xếp TH&THCS") and "suy luận" in line for line in said)


def test_the_amendment_is_told():
    assert any("48/2025/TT-BCA" in line and "SEEN-2ND" in line for line in told("tt_124"))


def test_classes_and_deductions_of_a_table():
    taken = Deduction(id="T1", text="Có người bị kỷ luật", citation=literal("mục T1"), each=2)
    bands = (Band(name="Tốt", at_least=90), Band(name="Yếu", at_least=0))
    text = rulebook("qd_510").model_copy(update={"bands": bands, "deductions": (taken,)})
    said = list(lines(text))
    assert "Xếp loại: Tốt: từ 90 điểm; Yếu: từ 0 điểm." in said
    assert "Điểm trừ T1: Có người bị kỷ luật, mỗi lần 2 điểm (mục T1)." in said


def test_a_filter_without_words_is_no_silent_code():
    with pytest.raises(KeyError):
        filter_words({"kind": ("no_such_kind",)})


def test_the_command_prints_the_lines(capsys):
    assert run(["rulebook", "show", "qd_510"]) == 0
    assert capsys.readouterr().out.splitlines() == list(lines(rulebook("qd_510")))
