"""Packages of schools that do not exist, varied from one summary, and an officer's folder around them."""

import pickle
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from antq_review.forms.officer_sheets import DECISIONS, LIST, OFFICER_SHEETS
from antq_review.package import SUMMARY
from antq_review.package.model import Summary
from antq_review.places.versions import Kind
from antq_review.province.bag import PackageName
from antq_review.province.officer_folder import drawn_workbook
from antq_review.province.seal import sealed

DUE = date(2026, 11, 20)


def summary_of(base: Summary, code: str, **changes: Any) -> Summary:
    """The summary under another code. `changes`: `draft`, `as_of`, or `incidents`, `official` (result of Circular 124)."""
    found = base.model_copy(update={"school": base.school.model_copy(update={"code": code, "name": f"Trường {code}"}), "draft": False})
    found = found.model_copy(update={"version": found.version.model_copy(update={"kind": Kind.FINAL, "number": 1})})
    if "official" in changes:
        circular, *rest = found.texts
        found = found.model_copy(update={"texts": (circular.model_copy(update={"official": changes.pop("official")}), *rest)})
    if "incidents" in changes:
        given = {"verified": sum(changes["incidents"].values()), "by_kind": changes.pop("incidents")}
        found = found.model_copy(update={"incidents": found.incidents.model_copy(update=given)})
    if "declared_until" in changes:
        given = {"declared_until": changes.pop("declared_until")}
        found = found.model_copy(update={"incidents": found.incidents.model_copy(update=given)})
    if changes.get("draft"):
        changes["version"] = found.version.model_copy(update={"kind": Kind.DRAFT, "number": 0})
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
    for name in (LIST, DECISIONS):
        here = [table.name for sheet in OFFICER_SHEETS if sheet.workbook == name for table in sheet.tables]
        (folder / f"{name}.xlsx").write_bytes(_workbook(name, pickle.dumps({table: rows.get(table, []) for table in here})))
    return folder


@cache
def _workbook(name: str, rows: bytes) -> bytes:
    """The workbook with these rows (pickled), drawn once: most tests change one of the two, or take the same list again."""
    return drawn_workbook(name, pickle.loads(rows))


def listed(code: str, commune: str = "xã A", levels: str = "THCS", **more: Any) -> dict[str, Any]:
    """One school of the list."""
    return {"code": code, "name": f"Trường {code}", "commune": commune, "levels": levels, **more}
