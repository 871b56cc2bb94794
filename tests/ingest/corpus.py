"""Workbooks made by code: clean forms of a small school, and the tools to make them crooked or hostile."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from antq_review.forms.draw_workbook import Head, draw_workbook
from antq_review.forms.measure_labels import Measure
from antq_review.forms.rows.evidence import Activity
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import Sheet, sheet_named
from antq_review.ingest import Evidence, read

CODE, YEAR = "00123456", 2026
#: Where the drawn sheet “Hoạt động” has its headings, its help line and its first row.
HEADINGS, HELP, FIRST = 12, 13, 14
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Parts = dict[str, bytes]
Files = dict[str, bytes]

PROFILE = {
    "school_code": CODE, "name": "Trường THCS Mẫu", "year": YEAR, "levels": "THCS", "commune": "xã Mẫu",
    "has_guard_force": "Có", "report_within_hours": 24,
}
HEADCOUNTS = [
    {"audience": "Học sinh THCS", "count": 640, "counted_on": date(2026, 1, 5)},
    {"audience": "Giáo viên", "count": 38, "counted_on": date(2026, 1, 5)},
]
UNITS = [
    {"name": "Đội TNTP", "kind": "Đội TNTP, Đoàn thanh niên", "is_subunit": "Có"},
    {"name": "Tổ Tự nhiên", "kind": "Tổ chuyên môn", "is_subunit": "Có"},
]
ACTIVITIES = [
    {"id": "HD-01", "held_on": date(2026, 3, 5), "name": "Phổ biến nội quy trường học", "form": "Phổ biến, quán triệt",
     "topic_1": "Nội quy và tiêu chí ANTT", "campaign": "001", "organiser": "Đội TNTP", "audience": "Học sinh THCS",
     "present": 620, "expected": 640},
    {"id": "HD-02", "held_on": date(2026, 4, 6), "name": "Đất nước và đội viên: nói «không» với ma túy",
     "form": "Sinh hoạt dưới cờ", "topic_1": "Ma túy", "organiser": "Đội TNTP", "audience": "Học sinh THCS",
     "present": 640, "expected": 640, "led_by_pupils": "Có"},
    {"id": "HD-03", "held_on": date(2026, 10, 16), "name": "=Chuyên đề \"lừa đảo\" <& 'mạng'>", "form": "Chuyên đề",
     "topic_1": "Lừa đảo trên mạng", "topic_2": "Mạng xã hội an toàn", "organiser": "Tổ Tự nhiên", "level": "THCS",
     "grade": 9, "audience": "Học sinh THCS", "present": 150, "expected": 160, "note": "Dòng một\nDòng hai"},
    {"held_on": date(2026, 12, 1), "name": "Bảng tin điện tử", "form": "Truyền thông trực tuyến", "channel": "Fanpage",
     "organiser": "Đội TNTP"},
]


def small(name: str) -> Sheet:
    """The sheet with few blank lines, so that it is drawn quickly."""
    sheet = sheet_named(name)
    return dataclasses.replace(sheet, tables=tuple(dataclasses.replace(table, blank_rows=1) for table in sheet.tables))


def head(unit: str | None = "Đội TNTP") -> Head:
    return Head(CODE, YEAR, unit, date(2026, 12, 20), "Nguyễn Văn Bình", "Tổng phụ trách Đội")


@contextmanager
def without_measures() -> Iterator[None]:
    """Workbooks are drawn without the sheet that explains the measures: it is most of a small form that offers them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("antq_review.forms.draw_workbook"), "names_measures", lambda sheet: False)
        yield


def draw(rows: Mapping[str, list[Mapping[str, Any]]], names: Iterable[str], heads: Mapping[str, Head] = {}) -> Workbook:
    return draw_workbook([small(name) for name in names], heads, rows, Measure.labels())


def school(**profile: Any) -> bytes:
    rows = {"profile": [PROFILE | profile], "headcounts": HEADCOUNTS, "units": UNITS}
    return workbook_bytes(draw(rows, ["thong_tin_truong"]))


def activities(rows: Iterable[Mapping[str, Any]] = tuple(ACTIVITIES), who: Head | None = None) -> bytes:
    return workbook_bytes(draw({"activities": list(rows)}, ["hoat_dong"], {"hoat_dong": who or head()}))


@cache
def _clean() -> tuple[bytes, bytes]:
    return school(), activities()


def clean() -> Files:
    """The small school: two workbooks without a fault of their own."""
    return dict(zip(("1_nha_truong.xlsx", "3_hoat_dong.xlsx"), _clean(), strict=True))


def edit(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The workbook after a change made through openpyxl."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of the parts; of pairs a name may come twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def change_part(content: bytes, name: str, change: Callable[[str], str | bytes]) -> bytes:
    """The workbook after a change in the text of one part, which must change."""
    parts = parts_of(content)
    before = parts[name]
    after = change(before.decode("utf-8"))
    parts[name] = after if isinstance(after, bytes) else after.encode("utf-8", "surrogatepass")
    assert parts[name] != before
    return zipped(parts)


def change_sheet(content: bytes, change: Callable[[str], str | bytes]) -> bytes:
    return change_part(content, SHEET, change)


def set_cell(xml: str, reference: str, inner: str, attributes: str = "") -> str:
    """The sheet's XML with other content in one cell; its style stays."""
    pattern = rf'<c r="{reference}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'
    changed, count = re.subn(
        pattern, lambda found: f'<c r="{reference}"{found[1] or ""}{attributes}>{inner}</c>', xml, count=1
    )
    assert count == 1, reference
    return changed


def with_shared_strings(content: bytes) -> bytes:
    """The workbook with its texts in a table of their own, as Excel writes it (openpyxl writes them into the cells)."""
    parts = parts_of(content)
    strings: dict[bytes, int] = {}

    def share(found: re.Match[bytes]) -> bytes:
        number = strings.setdefault(found[2], len(strings))
        return b'<c %s t="s"><v>%d</v></c>' % (found[1], number)

    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(rb'<c ([^>]*) t="inlineStr"><is>(.*?)</is></c>', share, parts[name], flags=re.DOTALL)
    table = b"".join(b"<si>%s</si>" % text for text in strings)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">'.encode() + table + b"</sst>"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    return zipped(parts)


def inline(text: str) -> str:
    return f'<is><t xml:space="preserve">{text}</t></is>'


INLINE = ' t="inlineStr"'


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def told(evidence: Evidence) -> dict[str, Any]:
    """What the evidence says, wherever it stands: typed values, copies with their declared day."""
    tables = {
        name: sorted(repr(row.values.model_copy(update={"id": None}) if name == "activities" else row.values) for row in data.rows)
        for name, data in evidence.tables.items() if data.rows
    }
    return {
        "profile": evidence.profile,
        "tables": tables,
        "ids": sorted(row.values.id or "" for row in evidence.of(Activity)),
        "refused": sorted(name for name, data in evidence.tables.items() if data.refused),
        "declared": sorted({(copy.sheet, copy.declared_until) for copy in evidence.copies}),
    }


def codes(evidence: Evidence) -> set[str]:
    return {entry.code for entry in evidence.problems}


def read_files(folder: Path, files: Mapping[str, bytes]) -> Evidence:
    return read(write(folder, files))
