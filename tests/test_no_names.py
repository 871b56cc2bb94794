"""A clerk types a pupil's name where a code belongs: no verb writes it anywhere, in no file, no file name, no message."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from antq_review import cli
from antq_review.forms.rows.evidence import Incident
from antq_review.scoring import pipeline as folder_module
from antq_review.shipped import EXAMPLE_DAY
from tests.example.edit import column_of, copy_example, edited, find_row

pytestmark = pytest.mark.usefixtures("warm_kernel")

#: (sheet, the row of which code or None for a new one, heading) → what is typed; each is looked for under the words that name.
PLANTED = {
    ("Vụ việc", "VV-01", "Mã vụ"): ("Đánh nhau 8A Nguyễn Văn Xoan", "Xoan"),
    ("Vụ việc", "VV-02", "Tái diễn của vụ (mã)"): ("Mận 7/2", "Mận"),
    ("Vụ việc", "VV-03", "Văn bản của cấp có thẩm quyền (mã)"): ("Ksor Thoong", "Thoong"),
    ("Vụ việc", "VV-04", "Mã vụ"): ("Khoem 8/2", "Khoem"),
    ("Hỗ trợ học sinh", "HT-03", "Mã hỗ trợ"): ("Trần Thị Đượm", "Đượm"),
}
#: A pupil in cells that ask for a number, a file, a note, a month.
PUPIL = "em Nguyễn Thị Hoa lớp 8Q"
SUPPORT = [
    ("HT-01", "Số học sinh được hỗ trợ"), ("HT-01", "Số lượt tư vấn"), ("HT-02", "Tệp minh chứng"), ("HT-02", "Ghi chú"),
    ("HT-04", "Tháng (ghi ngày đầu tháng)"),
]
WORDS = [*(word for _, word in PLANTED.values()), "Thị Hoa", "lớp 8Q"]


def _copy_row(page: object, code: str, other: str, heading: str) -> None:
    """One more row like that of a code, on another day, under another code."""
    (_, at), (_, day) = column_of(page, heading), column_of(page, "Ngày xảy ra")
    source = find_row(page, lambda values: code in values)
    target = next(row for row in range(source, source + 40) if page.cell(row, day).value is None)
    for column in range(1, 25):
        page.cell(target, column).value = page.cell(source, column).value
    page.cell(target, at).value = other
    page.cell(target, day).value = page.cell(source, day).value.replace(month=6, day=int(other[-1]))


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_example(tmp_path_factory.mktemp("school"))
    with edited(folder, "4_an_toan.xlsx", "Vụ việc") as page:
        for other in ("VV-03", "VV-04", "VV-05"):
            _copy_row(page, "VV-02", other, "Mã vụ")
    typed = [(*place, text) for place, (text, _) in PLANTED.items()]
    for sheet, code, heading, text in [*(("Hỗ trợ học sinh", *place, PUPIL) for place in SUPPORT), *typed]:
        with edited(folder, "4_an_toan.xlsx", sheet) as page:
            row = find_row(page, lambda values, code=code: code in values)
            page.cell(row, column_of(page, heading)[1]).value = text
    return folder


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    once = cache(folder_module.read_folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder_module, "read_folder", lambda folder, progress=None, **seen: once(folder))
        yield


def _texts(name: str, content: bytes) -> Iterator[str]:
    """Every text of a file, archives opened; escaped letters as they are read."""
    yield name
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield from _texts(part, archive.read(part))
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), unescape(content.decode("utf-8", "ignore")))
    yield unicodedata.normalize("NFC", text)


def _files(out: Path, said: str) -> dict[str, list[str]]:
    """Every file below a folder and what was said on the screen, as texts."""
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert files, "nothing was made"
    return {name: list(_texts(name, content)) for name, content in (files | {"said": said.encode("utf-8")}).items()}


def _leaks(files: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, word) for name, texts in files.items() for text in texts for word in WORDS if word in text]


def test_the_search_finds_what_is_there(school: Path) -> None:
    assert {word for _, word in _leaks(_files(school, ""))} == set(WORDS)


@pytest.mark.parametrize("words", [
    ["check", "{school}"], ["review", "{school}", "--as-of", EXAMPLE_DAY], ["dossier", "{school}", "--as-of", EXAMPLE_DAY],
    ["dossier", "{school}", "--as-of", EXAMPLE_DAY, "--incident", "VV-05"],
], ids=["check", "review", "dossier", "incident"])
def test_no_name_is_written_anywhere(school: Path, tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*(word.format(school=school) for word in words), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr()
    files = _files(tmp_path, said.out + said.err)
    assert _leaks(files) == []
    if words[0] == "review":
        made = {"review.json", "bao_cao.html", "bao_cao.ipynb", "phu_luc.xlsx", "loi_nhap_lieu.xlsx", "4_an_toan_danh_dau.xlsx"}
        assert made <= {name.rpartition("/")[2] for name in files}
        texts = [text for one in files.values() for text in one]
        assert any("(không in)" in text and "Hỗ trợ học sinh" in text for text in texts), "this is how a text would be found"


def test_the_refused_rows_are_said_and_open_their_forms(school: Path) -> None:
    evidence = folder_module.read_folder(school)
    faults = [problem for problem in evidence.problems if problem.code == "not_a_plain_code"]
    assert sum(len(problem.cells) for problem in faults) == len(PLANTED)
    assert {form for problem in faults for form in problem.forms} == {"vu_viec", "ho_tro"}
    assert [row.id for row in evidence.of(Incident)] == ["VV-05"] and len(evidence.refused("incidents")) == 4


def test_an_unknown_incident_is_answered_with_codes_alone(school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for asked, repeated in (("VV-01", True), ("Đánh nhau 8A Nguyễn Văn Xoan", False)):
        assert cli.run(["dossier", str(school), "--as-of", EXAMPLE_DAY, "--incident", asked, "--out", str(tmp_path)]) == 2
        said = capsys.readouterr().err
        assert "Các mã đang có: VV-05." in said and not [word for word in WORDS if word in said]
        assert (asked in said) is repeated


def test_the_codes_of_the_examples_are_codes() -> None:
    from antq_review.shipped import example_folder

    for year in (2024, 2025, 2026):
        evidence = folder_module.read_folder(example_folder().parent / str(year))
        assert "not_a_plain_code" not in {problem.code for problem in evidence.problems}
        assert evidence.of(Incident) and not evidence.refused("incidents") and not evidence.refused("support")
