"""Packages of schools that do not exist, varied from one summary, and an officer's folder around them."""

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from antq_review.forms.sheets import Sheet
from antq_review.package import SUMMARY
from antq_review.package.model import Summary
from antq_review.places.versions import Kind
from antq_review.province.bag import PackageName
from antq_review.province.officer_folder import drawn
from antq_review.province.seal import sealed

DUE = date(2026, 11, 20)


def summary_of(base: Summary, code: str, **changes: Any) -> Summary:
    """The summary under another code. `changes`: `draft`, `as_of`, or `incidents`, `official` (result of Circular 124)."""
    found = base.model_copy(update={"school": replace(base.school, code=code, name=f"Trường {code}"), "draft": False})
    found = found.model_copy(update={"version": replace(found.version, kind=Kind.FINAL, number=1)})
    if "official" in changes:
        circular, *rest = found.texts
        found = found.model_copy(update={"texts": (replace(circular, official=changes.pop("official")), *rest)})
    if "incidents" in changes:
        given = {"verified": sum(changes["incidents"].values()), "by_kind": changes.pop("incidents")}
        found = found.model_copy(update={"incidents": replace(found.incidents, **given)})
    if "declared_until" in changes:
        given = {"declared_until": changes.pop("declared_until")}
        found = found.model_copy(update={"incidents": replace(found.incidents, **given)})
    if changes.get("draft"):
        changes["version"] = replace(found.version, kind=Kind.DRAFT, number=0)
    return found.model_copy(update=changes)


def package(base: Summary, code: str, number: int = 1, **changes: Any) -> bytes:
    """A sealed package."""
    found = summary_of(base, code, **changes)
    payload = {SUMMARY: found.to_json(), "DOC_TRUOC.txt": b"x"}
    return sealed(PackageName(code, found.year, number), payload, "antq_review 0.1.0")


def officer(folder: Path, schools: Iterable[Mapping[str, Any]], **tables: list[Mapping[str, Any]]) -> Path:
    """An officer's folder with a list of schools; other tables by name."""
    settings = {"year": 2026, "due_on": DUE, "body": "Sở Giáo dục và Đào tạo Mẫu"}
    rows = {"expected": [dict(one) for one in schools], "officer_settings": [settings], **tables}
    (folder / "den").mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_DRAW, "draw_workbook", _asked)
        patch.setattr(_SAVE, "workbook_bytes", _workbook)
        for name, content in drawn(rows):
            (folder / name).write_bytes(content)
    return folder


#: The modules, which have functions of the same names.
_DRAW, _SAVE = (import_module(f"antq_review.forms.{name}") for name in ("draw_workbook", "save_workbook"))
_DRAWN, _SAVED = _DRAW.draw_workbook, _SAVE.workbook_bytes


def _asked(sheets: list[Sheet], heads: Any, rows: Mapping[str, Any], measures: Any) -> bytes:
    """What a workbook is drawn from, without the rows of other workbooks."""
    here = {table.name for sheet in sheets for table in sheet.tables}
    return pickle.dumps((sheets, heads, {table: found for table, found in rows.items() if table in here}, measures))


@cache
def _workbook(asked: bytes) -> bytes:
    """The workbook, drawn once: most tests change one of the two, or take the same list again."""
    return _SAVED(_DRAWN(*pickle.loads(asked)))


def listed(code: str, commune: str = "xã A", levels: str = "THCS", **more: Any) -> dict[str, Any]:
    """One school of the list."""
    return {"code": code, "name": f"Trường {code}", "commune": commune, "levels": levels, **more}
