"""Is a folder that of somebody who receives packages? The begin screen asks this, and loads nothing else of the officer's work."""

from __future__ import annotations

from pathlib import Path


def is_office(path: Path) -> bool:
    """The list of schools and the folder of arrivals lie in it."""
    return (path / "0_danh_sach.xlsx").is_file() and (path / "den").is_dir()
