"""Packages of schools that do not exist, varied from one summary, and an officer's folder around them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

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
    for name, content in drawn(rows):
        (folder / name).write_bytes(content)
    return folder


def listed(code: str, commune: str = "xã A", levels: str = "THCS", **more: Any) -> dict[str, Any]:
    """One school of the list."""
    return {"code": code, "name": f"Trường {code}", "commune": commune, "levels": levels, **more}
