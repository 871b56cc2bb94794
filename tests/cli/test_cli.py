"""The terminal as a user meets it: exit codes, one sentence for every slip, nothing half-written."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from antq_review import cli, text
from antq_review.cli.review import print_state
from antq_review.ingest.model import Problem, Severity
from antq_review.rules import in_force
from antq_review.scoring.summary import review
from antq_review.shipped import example_folder
from antq_review.text import say, words
from tests.example.edit import copy_example
from tests.example.mended import mend
from tests.scoring.build import AS_OF, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("warm_kernel")


def files_below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_demo_makes_every_output_and_says_that_something_is_open(demo: tuple[int, Path, str]) -> None:
    code, out, printed = demo
    year = out / "00123456" / "2026"
    # The example's faults are part of it: a demo that went well ends with 0 and says so (issue 15, 8).
    told = say("cli.demo_faults").encode("cp437", "backslashreplace").decode("cp437")  # the fixture's console has no such letters
    assert code == 0 and printed.strip().endswith(told)
    assert {path.name for path in year.iterdir()} == {"du_thao", "kiem_tra"}
    assert {path.name for path in (year / "du_thao").iterdir()} == {
        "review.json", "bao_cao.html", "bao_cao.ipynb", "phu_luc.xlsx", "lich.ics", "manifest.json"
    }
    assert {path.name for path in (year / "kiem_tra").iterdir()} >= {"loi_nhap_lieu.xlsx", "3_hoat_dong_Doi_danh_dau.xlsx"}
    assert printed.count("phu_luc.xlsx") == 1


def test_outputs_agree_and_bear_the_draft_mark(demo: tuple[int, Path, str]) -> None:
    year = demo[1] / "00123456" / "2026" / "du_thao"
    review = json.loads((year / "review.json").read_text(encoding="utf-8"))
    points = next(text for text in review["texts"] if text["id"] == "qd_510")
    html = (year / "bao_cao.html").read_text(encoding="utf-8")
    assert "DỰ THẢO" in html
    assert points["illustrative"] and "thang điểm minh họa, không phải thang điểm chính thức" in html
    sheet = openpyxl.load_workbook(year / "phu_luc.xlsx")["Bảng chấm điểm"]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "DỰ THẢO" in " ".join(str(value) for value in values if value)
    for finding in points["findings"]:
        assert any(isinstance(value, (int, float)) and float(value) == float(finding["points"]) for value in values)


def test_the_manifest_names_every_input_and_output(demo: tuple[int, Path, str]) -> None:
    year = demo[1] / "00123456" / "2026" / "du_thao"
    manifest = json.loads((year / "manifest.json").read_text(encoding="utf-8"))
    made = {name: digest for name, digest in files_below(year).items() if name != "manifest.json" and "/" not in name}
    assert manifest["outputs"] == made
    sources = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in example_folder().glob("*.xlsx")}
    assert manifest["inputs"] == sources


def test_no_output_holds_a_path_of_this_machine_or_a_clock(demo: tuple[int, Path, str]) -> None:
    year = demo[1] / "00123456" / "2026" / "du_thao"
    for name in ("review.json", "bao_cao.html", "bao_cao.ipynb"):
        text = (year / name).read_text(encoding="utf-8")
        assert str(Path.cwd()) not in text and str(demo[1]) not in text and "site-packages" not in text, name


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["revew"], "không có lệnh “revew”"),
        (["review"], "thiếu THƯ_MỤC"),
        (["review", "x", "--as_of", "1"], "không có tùy chọn --as_of"),
        (["review", "x", "--as-of"], "--as-of cần một giá trị."),
        (["review", "x", "--final=1"], "--final không nhận giá trị."),
        (["review", "khong-co"], "Không thấy thư mục"),
        (["check", str(next(example_folder().glob("*.xlsx")))], "là một tệp; hãy ghi thư mục chứa nó"),
        (["review", str(example_folder()), "--as-of", "31/02/2026"], "không phải ngày"),
        (["review", str(example_folder()), "--out", str(example_folder() / "ra")], "nằm trong thư mục biểu"),
        (["check", str(example_folder()), "--out", str(example_folder())], "nằm trong thư mục biểu"),
        (["templates", "x", "--year", "26"], "Năm 26 không đúng"),
        (["review", str(example_folder()), "--texts", "tt_999"], "Không có văn bản “tt_999”"),
        (["rulebook", "show", "tt_999"], "Không có văn bản “tt_999”"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(arguments) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.strip().splitlines()) == 1
    assert files_below(tmp_path) == {}


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], *([verb, "--help"] for verb in ("review", "rescore", "compare", "templates", "rulebook"))]
)
def test_help_is_vietnamese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(arguments)
    said = "".join(capsys.readouterr())
    assert "Cách dùng:" in said
    for english in ("Usage", "Options", "Commands", "Show this message", "required", "<"):
        assert english not in said


def test_messages_name_the_command_as_it_was_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.run(["revew"]) == 2
    assert capsys.readouterr().err.rstrip().endswith("Xem cách dùng: antq --help")
    monkeypatch.setenv("ANTQ_COMMAND", "py run.py")
    assert cli.run(["revew"]) == cli.run(["review"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("Xem cách dùng: py run.py --help") and second.endswith("Xem cách dùng: py run.py review --help")
    assert cli.run(["templates", str(tmp_path)]) == 0
    assert f"rồi chạy: py run.py check {tmp_path}" in capsys.readouterr().out


def test_no_sentence_names_a_command_that_its_reader_may_not_have() -> None:
    for path in Path(text.__file__).parent.glob("*.toml"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "antq " in line and not line.startswith("#")]
        assert not lines, path.name


def test_every_verb_has_its_help() -> None:
    known = {command.name for command in cli.app.app.registered_commands} | {"rulebook", "officer"}
    assert known <= set(words("cli")["help"])


def test_untouched_blanks_give_one_list_and_nothing_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "trường", tmp_path / "ra"
    assert cli.run(["templates", str(folder)]) == 0
    for verb in ("check", "review"):
        capsys.readouterr()
        assert cli.run([verb, str(folder), "--out", str(out)]) == 1
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert "Chưa ghi «Mã trường»" in said.out
        assert "4_an_toan.xlsx › Vụ việc" in said.out and "chưa kê khai đầy đủ" in said.out
    names = ("1_nha_truong", "2_van_ban", "3_hoat_dong", "4_an_toan", "5_thi_dua")
    copies = [f"{name}_danh_dau.xlsx" for name in names]
    assert list(files_below(out)) == [f"_chua_ro/kiem_tra/{name}" for name in (*copies, "loi_nhap_lieu.xlsx")]


def test_blanks_with_code_and_year_are_judged_and_count_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from antq_review.scoring.pipeline import read_folder

    folder = tmp_path / "trường"
    assert cli.run(["templates", str(folder), "--school-code", "00700001", "--year", "2026"]) == 0
    evidence = read_folder(folder)
    assert evidence.profile.school_code == "00700001"
    counted = {name: len(table.rows) for name, table in evidence.tables.items() if table.rows}
    assert set(counted) == {"profile", "plan", "score_rows"}
    assert counted["score_rows"] == 5  # what is known of the official table
    assert not any(table.refused for table in evidence.tables.values())


def test_of_the_faults_those_in_the_way_are_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    evidence = evidence_of({})
    kinds = [
        ("van_ban", "error_cell", Severity.ERROR), ("vu_viec", "row_repeated", Severity.WARNING),
        ("ho_tro", "row_repeated", Severity.WARNING), ("van_ban", "total_row", Severity.NOTE),
    ]
    evidence.problems = [
        Problem(code=code, severity=severity, file=f"{number}.xlsx", says="Sai.", forms=(form,))
        for number, (form, code, severity) in enumerate(kinds)
    ]
    found = review(evidence, in_force(YEAR), AS_OF)
    assert print_state(found, evidence.problems) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert f"còn {len(found.draft_reasons)} việc" in first and "trong đó 2 lỗi, cảnh báo" in first
    assert second == "Ngoài ra, biểu còn 1 lỗi, cảnh báo không cản bản chính thức."
    assert print_state(found.model_copy(update={"draft_reasons": ()}), evidence.problems) == 1
    assert "không còn việc" in capsys.readouterr().out
    assert print_state(found.model_copy(update={"draft_reasons": ()}), []) == 0
    assert capsys.readouterr().out == ""


def test_templates_never_overwrite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["templates", str(tmp_path)]) == 0
    before = files_below(tmp_path)
    assert cli.run(["templates", str(tmp_path)]) == 3
    assert files_below(tmp_path) == before


def test_final_refuses_the_illustration_names_88_points_without_it_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = copy_example(tmp_path), tmp_path / "kết quả"
    assert cli.run(["review", str(folder), "--out", str(out), "--as-of", "16/11/2026", "--final"]) == 3
    assert "thang điểm minh họa" in capsys.readouterr().err
    (folder / "thang_diem.xlsx").unlink()
    assert cli.run(["review", str(folder), "--out", str(out), "--as-of", "16/11/2026", "--final"]) == 3
    assert "88 điểm chưa có thang điểm" in capsys.readouterr().err
    assert files_below(out) == {}


def test_a_score_table_is_made_checked_and_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.scoring.score_table.tables import BANDS, CONFIRMED, PAPER, fill

    path = tmp_path / "thang_diem.xlsx"
    assert cli.run(["rulebook", "new", str(path)]) == 0
    assert cli.run(["rulebook", "new", str(path)]) == 3  # never overwritten
    assert cli.run(["rulebook", "check", str(path)]) == 1
    assert "chưa được chép thêm dòng nào" in capsys.readouterr().out
    fill(path, rows=PAPER[:2])
    assert cli.run(["rulebook", "check", str(path)]) == 1
    assert "cộng lại được 60 điểm, tổng điểm chuẩn là 100" in capsys.readouterr().out
    fill(path, head=CONFIRMED, bands=BANDS)
    assert cli.run(["rulebook", "check", str(path)]) == 0
    assert "Người nhập: Trần Thị B, Văn thư; người kiểm tra: Nguyễn Văn A, Hiệu trưởng." in capsys.readouterr().out
    assert cli.run(["rulebook", "check", str(tmp_path / "khong_co.xlsx")]) == 2
    assert cli.run(["rulebook", "new", str(tmp_path / "bang.docx")]) == 2


def test_a_workbook_without_a_score_table_is_said_to_have_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    other = openpyxl.Workbook()
    other.active.append(["Bảng tính khác", 1])
    other.save(tmp_path / "khac.xlsx")
    for path in (example_folder() / "2_van_ban.xlsx", tmp_path / "khac.xlsx"):
        assert cli.run(["rulebook", "check", str(path)]) == 1
        said = capsys.readouterr().out
        assert "không có bảng thang điểm (biểu «Thang điểm»)" in said and "antq rulebook new thang_diem.xlsx" in said
        assert "chưa được chép thêm dòng nào" not in said
    (tmp_path / "hong.xlsx").write_bytes(b"PK hong")
    assert cli.run(["rulebook", "check", str(tmp_path / "hong.xlsx")]) == 1
    assert "không có bảng thang điểm" not in capsys.readouterr().out  # nobody knows what it holds


def test_rulebook_check_asks_for_the_meeting_behind_the_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.scoring.score_table.tables import BANDS, CONFIRMED, PAPER, fill

    path = fill(tmp_path / "thang_diem.xlsx", rows=[{**row, "self_points": 8} for row in PAPER], head=CONFIRMED, bands=BANDS)
    assert cli.run(["rulebook", "check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "[Cảnh báo]" in said and "«Cuộc họp đã chấm»" in said and "3 mục (4b, 5, 6)" in said
    fill(path, rows=[{**row, "self_points": 8} for row in PAPER], head={**CONFIRMED, "meeting": "CH-99"}, bands=BANDS)
    assert cli.run(["rulebook", "check", str(path)]) == 0


def test_the_mended_example_is_final_for_circular_124(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_example(tmp_path)
    mend(folder)
    before = files_below(folder)
    out = tmp_path / "ra"
    arguments = ["review", str(folder), "--out", str(out), "--as-of", "16/11/2026", "--texts", "tt_124", "--final"]
    assert cli.run(arguments) == 0
    year = out / "00123456" / "2026" / "chinh_thuc_lan_1"
    assert "DỰ THẢO" not in (year / "bao_cao.html").read_text(encoding="utf-8")
    assert json.loads((year / "review.json").read_text(encoding="utf-8"))["draft"] is False
    # The evidence leaves criterion 2 to the meeting; “tự đánh giá” is the meeting's own word, and it concluded all six (issue 13, A1).
    line = "Thông tư 124: theo minh chứng và cuộc họp: đạt (đạt 6); tự đánh giá: đạt – đề nghị công nhận"
    assert line in capsys.readouterr().out
    final = files_below(year)
    draft = ["review", str(folder), "--out", str(out), "--as-of", "16/11/2026", "--texts", "tt_124"]
    assert cli.run(draft) == 0
    assert "Đã lập bản dự thảo." in capsys.readouterr().out
    assert files_below(year) == final, "a draft never touches an official version"
    assert cli.run(arguments) == 0
    assert "Nội dung không khác bản chính thức lần 1: không lập thêm bản mới." in capsys.readouterr().out
    assert files_below(year) == final and not year.with_name("chinh_thuc_lan_2").exists()
    assert files_below(folder) == before, "nothing is ever written into the evidence folder"


def test_check_lists_the_flaws_and_judges_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", str(example_folder()), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "video_cong_truong" in said and "ngoài kỳ" in said and "trùng với" in said
    assert said.strip().endswith("1 lỗi, 2 cảnh báo, 0 lưu ý.")
    names = ("3_hoat_dong_Doi_danh_dau.xlsx", "3_hoat_dong_To_Tu_nhien_danh_dau.xlsx", "loi_nhap_lieu.xlsx")
    assert list(files_below(tmp_path)) == [f"00123456/2026/kiem_tra/{name}" for name in names]


def test_rulebook_show_quotes_and_cites(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["rulebook", "show", "tt_124"]) == 0
    said = capsys.readouterr().out
    assert "có ít nhất 01 mô hình phong trào" in said and "Điều 7 khoản 1 Thông tư 124/2021/TT-BCA" in said
    assert cli.run(["rulebook", "list"]) == 0
    assert "đã biết 12/100 điểm" in capsys.readouterr().out


def test_no_verb_loads_what_another_needs(tmp_path: Path) -> None:
    """The terminal answers at once: libraries and rooms wait until a verb needs them."""
    program = (
        "import sys, antq_review.cli as cli\n"
        "def refuse(*names):\n"
        "    loaded = [name for name in names if name in sys.modules]\n"
        "    assert not loaded, loaded\n"
        "heavy = 'pandas', 'matplotlib', 'papermill', 'nbconvert', 'openpyxl', 'numpy', 'jinja2', 'jupyter_client', 'tornado'\n"
        "judge = 'antq_review.scoring.summary', 'antq_review.scoring.model.review', 'antq_review.history'\n"
        "cli.run(['--version']), cli.run(['--help'])\n"
        "refuse(*heavy, 'antq_review.forms', 'antq_review.ingest', 'antq_review.rules', 'antq_review.scoring', 'antq_review.publish')\n"
        "cli.run(['check', sys.argv[1], '--out', sys.argv[2]])\n"
        "refuse(*(name for name in heavy if name != 'openpyxl'), 'PIL', 'lxml', *judge, 'antq_review.publish.notebook')\n"
    )
    (tmp_path / "school").mkdir()
    folders = [str(tmp_path / name) for name in ("school", "out")]
    done = subprocess.run([sys.executable, "-c", program, *folders], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
