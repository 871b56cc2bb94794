"""`antq compare`, `antq rescore` and `review --previous` as a user meets them: what is written, what is refused, what stays."""

import hashlib
import json
import re
from pathlib import Path

import nbformat
import openpyxl
import pytest

from antq_review import cli
from antq_review.errors import UsageError
from antq_review.history import load
from antq_review.publish.output.review_job import _before
from antq_review.scoring.model.review import SCHEMA_VERSION, Review
from antq_review.shipped import example_folder
from tests.history.altered import NEW_SENTENCE, OLD_SENTENCE, altered
from tests.history.years import three_years
from tests.publish.seen import Read

CODE = "00123456"


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def stored(review: Review, out: Path) -> Path:
    path = out / review.school.code / str(review.year) / "review.json"
    path.parent.mkdir(parents=True)
    path.write_text(review.to_json(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def years(tmp_path_factory) -> Path:
    """Results of three years, as three runs of `review` would have left their review.json."""
    out = tmp_path_factory.mktemp("kết quả")
    for review in three_years():
        stored(review, out)
    return out


@pytest.fixture(scope="module")
def compared(years, kept_kernel) -> tuple[int, Path, dict[str, str]]:
    """One comparison, the newest year first, once a file and twice a folder of results."""
    before = hashes(years)
    names = [str(years / CODE / "2026"), str(years / CODE / "2024" / "review.json"), str(years / CODE / "2025")]
    with kept_kernel.in_use():
        return cli.run(["compare", *names, "--out", str(years)]), years / CODE / "so_sanh" / "2024_2025_2026", before


# --- compare -------------------------------------------------------------------------------------------------------


def test_a_comparison_writes_its_own_folder_and_touches_no_year(compared, years):
    code, folder, before = compared
    assert code == 1  # some lines are open
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "so_sanh.html", "so_sanh.ipynb", "so_sanh.xlsx"]
    after = hashes(years)
    assert {name: after[name] for name in before} == before
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    made = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name != "manifest.json"}
    assert manifest["outputs"] == made and manifest["years"] == [2024, 2025, 2026]
    assert manifest["inputs"]["2025/review.json"] == before[f"{CODE}/2025/review.json"]


def test_years_and_files_for_a_script(years, compared, warm_kernel, capsys):
    code = cli.run(["compare", *(str(years / CODE / year) for year in ("2024", "2026")), "--out", str(years), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["years"] == [2024, 2026] and code == 1 and found["still_open"] > 0
    assert {Path(one).name for one in found["written"]} >= {"so_sanh.html", "so_sanh.xlsx"}
    assert all(Path(one).is_file() for one in found["written"])


def test_the_page_opens_without_a_network_and_says_every_figure_in_words(compared):
    page = (compared[1] / "so_sanh.html").read_text(encoding="utf-8")
    seen = Read(page)
    pictures = [attributes for tag, attributes in seen.tags if tag == "img"]
    assert len(pictures) == 3 and all(len(picture["alt"]) > 200 for picture in pictures)
    assert not re.search(r'(src|href)="http|<script|@import', page) and 'lang="vi"' in page
    assert "DỰ THẢO" in page and "So với năm 2025, 2 tiêu chí tốt hơn" in seen.text
    for heading in ("Tiêu chí qua các năm", "Độ dốc theo nhóm", "Kế hoạch", "Các số chính", "Biểu số liệu", "Nguồn gốc"):
        assert heading in seen.text


def test_the_notebook_names_the_years_and_no_place_of_this_computer(compared, years):
    text = (compared[1] / "so_sanh.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    injected = [cell.source for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ())]
    assert injected == [
        '# Tham số của lần chạy này.\nreviews = "2024/review.json; 2025/review.json; 2026/review.json"\nversions = "'
        + "\\n".join(f"Dự thảo, số liệu đến ngày 16/11/{year}" for year in (2024, 2025, 2026)) + '"'
    ]
    assert str(years) not in text and "/tmp" not in re.sub(r"data:image/svg.xml;base64,[\w+/=]*", "", text)


def test_the_workbook_opens(compared):
    book = openpyxl.load_workbook(compared[1] / "so_sanh.xlsx")
    assert book.sheetnames[0] == "Tóm tắt" and book["Tiêu chí"].freeze_panes is not None


def refused(arguments: list[str], capsys) -> tuple[int, str]:
    code = cli.run(arguments)
    said = capsys.readouterr().err.strip()
    assert "\n" not in said and "Traceback" not in said
    return code, said


def test_what_cannot_stand_side_by_side_is_refused_in_one_sentence_and_nothing_is_written(years, tmp_path, capsys):
    review = three_years()[1]
    other = stored(review.model_copy(update={"school": review.school.model_copy(update={"code": "00999999"})}), tmp_path / "khác")
    now, before = str(years / CODE / "2026"), str(years / CODE / "2025")
    newer = tmp_path / "mới.json"
    newer.write_text(json.dumps(json.loads(review.to_json()) | {"schema_version": SCHEMA_VERSION + 1}), encoding="utf-8")
    out = ["--out", str(tmp_path / "ra")]
    for given, code, words in (
        ([now, str(other)], 2, "Không so sánh trường này với trường khác"),
        ([now, before, before], 2, "Có hai bản tính của cùng năm 2025"),
        ([now], 2, "Cần từ hai đến mười năm để so sánh; lần này có 1."),
        ([now] * 11, 2, "lần này có 11"),
        ([now, str(tmp_path / "không có.json")], 3, "Không đọc được bản tính đã lưu không có.json"),
        ([now, str(newer)], 3, f"thuộc phiên bản {SCHEMA_VERSION + 1}, mới hơn phiên bản {SCHEMA_VERSION}"),
        ([], 2, "thiếu"),
    ):
        found, said = refused(["compare", *given, *out], capsys)
        assert (found, words in said) == (code, True), said
    assert not (tmp_path / "ra").exists()


# --- review --previous ---------------------------------------------------------------------------------------------


def test_the_year_before_is_taken_from_the_file_named_else_from_the_results(years, tmp_path):
    _, before, now = three_years()
    assert _before(now, years, None) == (before, years / CODE / "2025" / "review.json")
    assert _before(now, tmp_path, years / CODE / "2025") == (before, years / CODE / "2025" / "review.json")
    assert _before(now, tmp_path, years / CODE / "2025" / "review.json")[0] == before
    assert _before(now, tmp_path, None) == (None, None)


def test_another_year_or_school_is_no_year_before(years, tmp_path):
    _, before, now = three_years()
    with pytest.raises(UsageError, match="là của năm 2024; cần bản của năm 2025"):
        _before(now, tmp_path, years / CODE / "2024")
    other = stored(before.model_copy(update={"school": before.school.model_copy(update={"code": "00999999"})}), tmp_path)
    with pytest.raises(UsageError, match=f"là của trường 00999999, không phải trường {CODE}"):
        _before(now, tmp_path, other)


# --- rescore -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rescored(years, compared, kept_kernel, tmp_path_factory) -> tuple[int, Path, dict[str, str], Path]:
    folder = altered(tmp_path_factory.mktemp("văn bản"), changes={OLD_SENTENCE: NEW_SENTENCE})
    before = hashes(years)
    arguments = ["rescore", str(example_folder().with_name("2025")), "--rulebook", str(folder), "--out", str(years)]
    with kept_kernel.in_use():
        return cli.run(arguments), years / CODE / "cham_lai" / "2025_tt_124_sua", before, folder


def test_a_rescored_year_is_marked_in_every_output_and_the_old_result_keeps_its_bytes(rescored, years):
    code, folder, before, _ = rescored
    mark = "Chấm lại theo Thông tư 124 sửa đổi"
    assert code == 1
    after = hashes(years)
    assert {name: after[name] for name in before} == before
    review = load(folder / "review.json")
    assert (str(review.rescored), review.as_of.isoformat(), review.draft) == (mark, "2025-11-16", True)  # the day of the stored result
    assert mark in Read((folder / "bao_cao.html").read_text(encoding="utf-8")).text
    assert mark in (folder / "bao_cao.ipynb").read_text(encoding="utf-8")
    for sheet in openpyxl.load_workbook(folder / "phu_luc.xlsx"):
        assert mark in str(sheet["A1"].value) and sheet.oddFooter.center.text == mark, sheet.title
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["previous"] is None


def test_an_unknown_text_or_results_among_the_evidence_are_refused(years, tmp_path, capsys):
    folder = str(example_folder().with_name("2025"))
    code, said = refused(["rescore", folder, "--rulebook", "tt_9", "--out", str(tmp_path)], capsys)
    assert code == 2 and "tt_9" in said and "tt_124, qd_510" in said
    code, said = refused(["rescore", folder, "--rulebook", "tt_124", "--out", folder], capsys)
    assert code == 2 and "chỉ được dùng đúng tên KET_QUA" in said
    code, said = refused(["rescore", folder, "--out", str(tmp_path)], capsys)
    assert code == 2
    assert not any(tmp_path.iterdir())


def test_a_notebook_opens_files_and_folders_in_any_order(years):
    import antq_review as antq

    found = antq.open_comparison(f"{years / CODE / '2026'}; {years / CODE / '2025' / 'review.json'}")
    assert [year.year for year in found.years] == [2025, 2026]
