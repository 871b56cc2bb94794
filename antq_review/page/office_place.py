"""Is a folder that of somebody who receives packages? The begin screen asks this, and loads nothing else of the officer's work."""

from __future__ import annotations

from pathlib import Path

from antq_review.page.folders import Known


def is_office(path: Path) -> bool:
    """The list of schools and the folder of arrivals lie in it."""
    return (path / "0_danh_sach.xlsx").is_file() and (path / "den").is_dir()


def address_of(known: Known) -> str:
    """Where a folder's work begins: a school's forms, or what an office receives."""
    return f"/s/{known.id}/nhan" if is_office(known.path) else f"/h/{known.id}/bieu"
