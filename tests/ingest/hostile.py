"""Files that must not be read, and files that must be read with care: `FILES` maps a name to its bytes and what is said."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable
from functools import cache

from openpyxl import Workbook

from tests.ingest.corpus import (
    ACTIVITIES,
    SHEET,
    activities,
    change_sheet,
    edit,
    head,
    parts_of,
    with_shared_strings,
    zipped,
)

STRINGS = "xl/sharedStrings.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEGABYTE = 1 << 20

#: File name → (maker, problem that must be said of the file; None: its rows are read as they stand)
FILES: dict[str, tuple[Callable[[], bytes], str | None]] = {}


@cache
def _template() -> bytes:
    return activities([ACTIVITIES[0] | {"id": None, "name": "@NAME@"}], head("Đơn vị @NAME@"))


def base(name: str) -> bytes:
    """A form with one good row that bears the file's name."""
    return change_sheet(_template(), lambda text: text.replace("@NAME@", name))


def file(name: str, says: str | None = "file_damaged", suffix: str = ".xlsx"):
    def keep(make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        FILES[name + suffix] = (lambda: make(base(name)), says)
        return make

    return keep


def parts(name: str, says: str | None = "file_damaged"):
    """The zip made anew from changed parts."""

    def keep(change: Callable[[dict[str, bytes]], object]) -> Callable[[dict[str, bytes]], object]:
        def make() -> bytes:
            found = parts_of(with_shared_strings(base(name)))
            changed = change(found)
            return zipped(changed if changed is not None else found)

        FILES[f"{name}.xlsx"] = (make, says)
        return change

    return keep


def xml(name: str, says: str | None = "file_damaged"):
    """The sheet's XML changed."""

    def keep(change: Callable[[str], str | bytes]) -> Callable[[str], str | bytes]:
        FILES[f"{name}.xlsx"] = (lambda: change_sheet(base(name), change), says)
        return change

    return keep


def below(text: str, rows: str) -> str:
    return text.replace("</sheetData>", rows + "</sheetData>")


def page(name: str, says: str):
    def keep(change):
        FILES[f"{name}.xlsx"] = (lambda: edit(base(name), lambda book: change(book["Hoạt động"])), says)
        return change

    return keep


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- not a workbook at all -----------------------------------------------------------------------------------------


@file("empty", "file_empty")
def _empty(content):
    return b""


@file("zeros", "file_empty")
def _zeros(content):
    return bytes(len(content))


@file("noise", "file_not_excel")
def _noise(content):
    return random.Random(1).randbytes(5000)


@file("half_copied")
def _half_copied(content):
    return content[:3000] + bytes(len(content) - 3000)


@file("truncated")
def _truncated(content):
    return content[: len(content) // 2]


@file("no_directory")
def _no_directory(content):
    return content[: content.rindex(b"PK\1\2")]


@file("bit_rot")
def _bit_rot(content):
    at = content.index(SHEET.encode()) + 200
    return content[:at] + bytes([content[at] ^ 0xFF, content[at + 1] ^ 0x55]) + content[at + 2 :]


@file("encrypted", "file_encrypted")
def _encrypted(content):
    return OLE + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + content


@file("xls_renamed", "file_old_excel")
def _xls_renamed(content):
    return OLE + bytes(1016) + "Workbook".encode("utf-16-le") + bytes(4096)


@file("html_renamed", "file_not_excel")
def _html_renamed(content):
    return "<html><table><tr><td>Tên hoạt động</td></tr></table></html>".encode()


@file("csv_renamed", "file_not_excel")
def _csv_renamed(content):
    return "\ufeffTên hoạt động,Có mặt\r\nChuyên đề,300\r\n".encode()


@file("docx_renamed", "file_not_excel")
def _docx_renamed(content):
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


@file("ods_renamed", "file_not_excel")
def _ods_renamed(content):
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"})


@file("old_excel", "file_other_format", ".xls")
def _old_excel(content):
    return OLE + bytes(4096)


@file("with_macros", "file_other_format", ".xlsm")
def _with_macros(content):
    return content


# --- the zip -------------------------------------------------------------------------------------------------------


@parts("macro", "file_macro")
def _macro(found):
    found["xl/vbaProject.bin"] = OLE


@parts("macro_of_excel_4", "file_macro")
def _macro_of_excel_4(found):
    found["xl/macrosheets/sheet1.xml"] = b"<xm/>"


@parts("path_traversal")
def _path_traversal(found):
    found["../../evil.py"] = b"print(1)"


@parts("path_absolute")
def _path_absolute(found):
    found["/etc/evil"] = b""


@parts("path_backslash")
def _path_backslash(found):
    found["xl\\..\\evil"] = b""


@parts("part_twice")
def _part_twice(found):
    return [*found.items(), (SHEET.upper(), found[SHEET])]


@parts("many_parts", "file_too_big")
def _many_parts(found):
    found.update((f"xl/media/{number}.png", b"") for number in range(2001))


@parts("bomb_unused_part", "file_too_big")
def _bomb_unused_part(found):
    found["xl/media/image.bin"] = bytes(61 * MEGABYTE)


@file("size_lies")
def _size_lies(content):
    marks = (content.rindex(SHEET.encode()) - 46 + 24, content.index(SHEET.encode()) - 30 + 22)
    for at in marks:
        content = content[:at] + struct.pack("<I", 1000) + content[at + 4 :]
    return content


@parts("password_of_the_zip", "file_encrypted")
def _password(found):
    return found


def _set_password_flag(make: Callable[[], bytes]) -> Callable[[], bytes]:
    def flagged() -> bytes:
        content = bytearray(make())
        at = content.index(b"PK\1\2")
        content[at + 8] |= 1
        return bytes(content)

    return flagged


FILES["password_of_the_zip.xlsx"] = (_set_password_flag(FILES["password_of_the_zip.xlsx"][0]), "file_encrypted")


