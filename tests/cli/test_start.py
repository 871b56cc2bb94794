"""`antq templates` of a new school: from options, asked on a terminal, and never asked where nobody can answer."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from antq_review import cli
from antq_review.cli import ask_school
from antq_review.cli.ask_school import completed
from antq_review.forms.new_school import NewSchool
from antq_review.forms.typed_school import school_from
from antq_review.scoring.pipeline import read_folder
from tests.cli.test_cli import files_below

OPTIONS = [
    "--school-code", "00700100", "--year", "2026", "--name", "Trường Mầm non Mẫu", "--levels", "Mầm non", "--commune", "xã Mẫu",
    "--superior", "UBND xã Mẫu", "--units", "Tổ Mẫu giáo; Tổ Nhà trẻ; Tổ Văn phòng", "--signer", "Trần Thị Bình",
    "--signer-post", "Hiệu trưởng",
]


def test_the_options_are_in_the_forms_and_what_it_means_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["templates", str(tmp_path / "mới"), *OPTIONS]) == 0
    said = capsys.readouterr().out
    assert "Cấp học Mầm non ngoài phạm vi" in said and "Tổ Mẫu giáo; Tổ Nhà trẻ; Tổ Văn phòng" in said and "dòng gợi ý" in said
    evidence = read_folder(tmp_path / "mới")
    assert evidence.profile is not None and evidence.profile.name == "Trường Mầm non Mẫu" and evidence.profile.youth_body == "none"
    assert len(evidence.rows("units")) == 3 and {one.severity.value for one in evidence.problems} <= {"warning", "note"}


@pytest.mark.parametrize(("option", "value", "sentence"), [
    ("--levels", "Đại học", "không có trong danh sách"), ("--youth", "Chi hội", "không rõ là Đội hay Đoàn"),
    ("--commune", "Mẫu", "chưa rõ là xã, phường hay đặc khu"), ("--units", "Tổ A; tổ a", "ghi hai lần"), ("--year", "1999", "1999"),
])
def test_a_wrong_option_is_one_sentence_and_nothing_is_written(
    option: str, value: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["templates", str(tmp_path / "mới"), option, value]) == 2
    assert sentence in capsys.readouterr().err and files_below(tmp_path) == {}


def answers(*given: str) -> Callable[[str], str]:
    left = iter(given)

    def answer(question: str) -> str:
        try:
            return next(left)
        except StopIteration as end:
            raise EOFError from end

    return answer


def test_what_is_missing_is_asked_and_a_wrong_answer_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    school = completed(
        NewSchool(school_code="00700100", name="Trường THPT Mẫu"),
        answers("hai nghìn", "2026", "cấp ba", "THPT", "Mẫu", "phường Mẫu", "", "Sở GDĐT tỉnh Mẫu", "Tổ Toán; Tổ Văn", "", "", ""),
    )
    assert (school.year, school.levels, school.commune, school.province) == (2026, "upper_secondary", "phường Mẫu", None)
    assert [unit.name for unit in school.units] == ["Tổ Toán", "Tổ Văn"] and school.youth_body is None and school.youth == "union"
    said = capsys.readouterr().out
    assert "không phải năm" in said and "không có trong danh sách" in said and "chưa rõ là xã" in said


def test_the_end_of_the_input_leaves_the_rest_open() -> None:
    assert completed(NewSchool(), answers("00700100")) == NewSchool(school_code="00700100")


def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_school.sys, "stdin", io.StringIO("00700100"))
    assert not ask_school.may_ask()


def test_a_blank_option_is_not_given() -> None:
    assert school_from({"name": " ", "levels": ""}) == NewSchool()


def test_next_year_keeps_the_school_and_takes_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["templates", str(tmp_path / "2026"), *OPTIONS]) == 0
    assert cli.run(["templates", str(tmp_path / "2027"), "--from", str(tmp_path / "2026"), "--signer", "Lê Văn Cường"]) == 0
    before, now = (read_folder(tmp_path / year) for year in ("2026", "2027"))
    assert before.profile is not None and now.profile is not None
    kept = before.profile.model_copy(update={"year": 2027, "signer": "Lê Văn Cường"})
    assert now.profile == kept
    for table in ("units", "plan"):
        assert [row.values for row in now.rows(table)] == [row.values for row in before.rows(table)]
    assert "chưa có các nội dung" not in capsys.readouterr().out


def test_a_renumbered_school_carries_its_year_to_the_new_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["templates", str(tmp_path / "2026"), *OPTIONS]) == 0
    carry = ["templates", str(tmp_path / "2027"), "--from", str(tmp_path / "2026"), "--school-code", "00999888"]
    assert cli.run(carry) == 2 and "ghi 00700100 ở «Mã trường trước đây»" in capsys.readouterr().err
    assert cli.run([*carry, "--former-codes", "00700100"]) == 0
    now = read_folder(tmp_path / "2027")
    assert now.profile is not None and (now.profile.school_code, now.profile.codes_before()) == ("00999888", ("00700100",))
    assert not [one for one in now.problems if one.code == "other_school"]
