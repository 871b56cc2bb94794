"""A received bag is hostile until read: refused in one sentence, nothing outside of it opened, nothing unbounded read."""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_review.errors import CannotDo, UsageError
from antq_review.publish.archive import manifests as bag_lists
from antq_review.publish.archive.verify import check_bag

DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
EMPTY = hashlib.sha256(b"").hexdigest()


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A small sound bag beside a secret file."""
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "túi"
    (folder / "data").mkdir(parents=True)
    (folder / "bagit.txt").write_text(DECLARED)
    (folder / "data" / "a.txt").write_bytes(b"")
    (folder / "manifest-sha256.txt").write_text(f"{EMPTY}  data/a.txt\n")
    return folder


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Everything that is opened while a test runs lies in the bag."""
    real, paths = os.open, []

    def watched(path, *rest, **named):
        if isinstance(path, str | Path):
            paths.append(os.path.realpath(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", watched)
    yield paths
    assert [path for path in paths if not Path(path).is_relative_to(tmp_path / "túi")] == []


def refusal(bag: Path) -> str:
    with pytest.raises(CannotDo) as caught:
        check_bag(bag)
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_the_small_bag_is_whole(bag, opened):
    assert check_bag(bag).faults == ()
    assert len(opened) == 3, "its declaration, its list, its file"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt", "data/../../secret.txt", "/etc/passwd", "C:/Windows/x", "C:x", "..\\secret.txt",
        "data\\..\\..\\secret.txt", "\\\\?\\C:\\x", "~/secret.txt", "~root/x", "./../secret.txt", "data/%2e%2e/../../secret.txt",
        "secret.txt",
        "data/a\0b", "%0A/../x", ".",
    ],
)
def test_a_path_that_leads_outside_refuses_the_whole_bag(bag, path):
    (bag / "manifest-sha256.txt").write_text(f"{EMPTY}  data/a.txt\n{EMPTY}  {path}\n", newline="\n")
    assert "chỉ ra ngoài túi" in refusal(bag)


def test_a_list_of_tag_files_leads_neither_outside_nor_into_the_payload(bag):
    for path in ("../secret.txt", "data/a.txt", "/etc/passwd"):
        (bag / "tagmanifest-sha256.txt").write_text(f"{EMPTY}  {path}\n")
        assert "tagmanifest-sha256.txt" in refusal(bag)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_named_and_never_followed(bag, tmp_path, opened):
    (bag / "data" / "a.txt").unlink()
    (bag / "data" / "a.txt").symlink_to(tmp_path / "secret.txt")
    (bag / "data" / "nối").symlink_to(tmp_path, target_is_directory=True)
    assert check_bag(bag).faults == (
        "Không phải tệp thường, không đọc: data/a.txt", "Không phải tệp thường, không đọc: data/nối"
    )
    (bag / "manifest-sha256.txt").unlink()
    (bag / "manifest-sha256.txt").symlink_to(tmp_path / "secret.txt")
    assert "“manifest-sha256.txt” của túi là liên kết" in refusal(bag)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_a_pipe_is_never_waited_for(bag):
    (bag / "data" / "a.txt").unlink()
    os.mkfifo(bag / "data" / "a.txt")
    assert check_bag(bag).faults == ("Không phải tệp thường, không đọc: data/a.txt",)
    (bag / "bagit.txt").unlink()
    os.mkfifo(bag / "bagit.txt")
    assert "“bagit.txt” của túi là liên kết hoặc không phải tệp thường" in refusal(bag)


def test_a_huge_list_is_not_read(bag):
    for name in ("manifest-sha256.txt", "bagit.txt"):
        with open(bag / name, "r+b") as file:
            file.truncate(20 * 1024**3)  # sparse: takes no room
        start = time.perf_counter()
        assert f"“{name}” lớn bất thường" in refusal(bag)
        assert time.perf_counter() - start < 5


def test_a_long_list_of_files_that_are_not_there(bag, monkeypatch):
    lines = "".join(f"{EMPTY}  data/{number}\n" for number in range(20_000))
    (bag / "manifest-sha256.txt").write_text(lines)
    assert len(check_bag(bag).faults) == 20_001, "one that was added, the others missing"
    monkeypatch.setattr(bag_lists, "MAX_LIST_BYTES", 1024 * 1024)
    assert "giới hạn 1 MB" in refusal(bag)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bagit.txt", None, "không có tệp bagit.txt"),
        ("bagit.txt", b"", "phiên bản “”"),
        ("bagit.txt", b"BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n", "phiên bản “2.0”"),
        ("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n", "bảng mã “UTF-16”"),
        ("bagit.txt", b"no label\n", "“bagit.txt” không đọc được"),
        ("bag-info.txt", b"\xff\xfe", "“bag-info.txt” không đọc được"),
        ("manifest-sha256.txt", None, "không có danh sách mã băm nào"),
        ("manifest-sha256.txt", b"\x80", "“manifest-sha256.txt” không đọc được"),
        ("fetch.txt", b"http://x 1 data/b\n", "Công cụ không tải"),
    ],
)
def test_what_is_no_bag_or_not_a_whole_one_is_refused_in_one_sentence(bag, name, content, words):
    if content is None:
        (bag / name).unlink()
    else:
        (bag / name).write_bytes(content)
    assert words in refusal(bag)


def test_lines_that_are_no_entries_are_named_by_number(bag):
    (bag / "manifest-sha256.txt").write_text(f"{EMPTY}  data/a.txt\n{EMPTY[:40]}  data/a.txt\nxyz\n{EMPTY}  data/a.txt\n")
    assert [fault for fault in check_bag(bag).faults if fault.startswith("Dòng hỏng")] == [
        f"Dòng hỏng: manifest-sha256.txt (dòng {number})" for number in (2, 3, 4)
    ]


def test_names_that_would_forge_a_line_are_made_visible(bag):
    (bag / "data" / "x\u202etxt.\x1b[31m\nTúi nguyên vẹn").write_bytes(b"")
    assert check_bag(bag).faults == ("Thừa: data/x[U+202E]txt.[U+001B][31m[U+000A]Túi nguyên vẹn (không có trong danh sách nào của túi)",)


def test_escapes_of_the_standard_and_older_lists(bag):
    for name in ("50%.txt", "hai\ndòng.txt"):
        (bag / "data" / name).write_bytes(b"")
    escaped = f"{EMPTY}  data/a.txt\n{EMPTY} *data/50%25.txt\n{EMPTY}\tdata/hai%0adòng.txt\n"
    (bag / "manifest-sha256.txt").write_text(escaped, encoding="utf-8")
    assert check_bag(bag).faults == ()
    (bag / "bagit.txt").write_text(DECLARED.replace("1.0", "0.97"))
    (bag / "manifest-sha256.txt").write_text(escaped.replace("%25", "%"), encoding="utf-8")
    assert check_bag(bag).faults == ()


def test_a_size_that_does_not_agree_is_said(bag):
    (bag / "bag-info.txt").write_text("Payload-Oxum: 5.1\n")
    assert check_bag(bag).faults == ("Số tệp, số byte không khớp bag-info.txt: ghi 1 tệp, 5 byte; thực có 1 tệp, 0 byte.",)
    (bag / "bag-info.txt").write_text("Payload-Oxum: 2785198.77\n")
    assert "ghi 77 tệp, 2.785.198 byte; thực có" in check_bag(bag).faults[0]
    (bag / "bag-info.txt").write_text("Payload-Oxum: 5,1\n")
    assert "ghi 5,1; thực có" in check_bag(bag).faults[0]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="Không thấy thư mục"):
        check_bag(tmp_path / "không có")
