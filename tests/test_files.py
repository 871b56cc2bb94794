"""Writing files whole: what the system refuses is said in Vietnamese, and what is not a folder as what it is."""

import errno
import os
import re
from pathlib import Path

import pytest

from antq_review.errors import CannotDo
from antq_review.files import no_folder, reason_of, write_whole
from antq_review.text import words


@pytest.mark.parametrize("name", ["ENOENT", "EACCES", "EPERM", "ENOTDIR", "ENOSPC", "ENAMETOOLONG", "EROFS", "EIO"])
def test_a_reason_is_vietnamese(name: str) -> None:
    number = getattr(errno, name)
    fault = OSError(number, os.strerror(number), "x")
    assert str(reason_of(fault)) == words("cli")["os_errors"][name] and os.strerror(number) not in str(reason_of(fault))


def test_a_reason_that_nobody_foresaw_is_its_number() -> None:
    assert str(reason_of(OSError(errno.EPIPE, "Broken pipe"))) == f"lỗi hệ thống số {errno.EPIPE}"
    assert str(reason_of(OSError("strange"))) == "lỗi hệ thống số ?"


def test_every_reason_is_an_error_of_some_system() -> None:
    """A name that this system does not have is not a slip of the pen."""
    elsewhere = {"EDQUOT", "ESTALE", "EHOSTDOWN", "ETXTBSY"}
    assert set(words("cli")["os_errors"]) - {"other"} - elsewhere <= set(errno.errorcode.values())


def test_what_stands_in_the_way_of_a_file_is_said_without_english(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("x", encoding="utf-8")
    for path in (tmp_path / "tệp" / "y.txt", tmp_path / ("dài" * 200)):
        with pytest.raises(CannotDo) as refused:
            write_whole(path, b"x")
        reason = re.search(r" \((.+?)\)\. Hãy kiểm tra", str(refused.value))
        assert reason and reason.group(1) in words("cli")["os_errors"].values()


def test_a_file_in_the_place_of_a_folder_is_called_a_file(tmp_path: Path) -> None:
    path = tmp_path / "2_van_ban.xlsx"
    assert str(no_folder(path)).startswith("Không thấy thư mục")
    path.write_bytes(b"")
    assert str(no_folder(path)) == f"“{path}” là một tệp; hãy ghi thư mục chứa nó: “{tmp_path}”."
