"""The pictures of the guide, and docs/trang.png: `python tools/guide_pictures.py [--sheets | --screens] [FOLDER]`.

The form sheets are drawn by LibreOffice and pdftoppm; the screens are those that tests/page/test_browser.py comes by (Chromium and
its driver). FOLDER: pictures of that test that are there already (ANTQ_PICTURES). A hash of what the pictures show is kept beside
them; tests/test_guide.py compares it with today's sources.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PLACE = ROOT / "docs" / "huong_dan" / "hinh"
KEPT = PLACE / "nguon.json"
#: Screens of the browser test that the guide shows.
SCREENS = (
    "bat_dau", "bieu", "loi", "ket_qua", "hop", "chinh_thuc_xong", "van_ban", "cac_ban", "luu", "so_nhan", "so_bang", "so_truong",
)
#: Kind of picture → what it follows from.
_SOURCES = {
    "sheets": ("antq_review/forms/rows/*.py", "antq_review/forms/sheets.py", "antq_review/forms/draw_workbook.py",
               "antq_review/forms/cell_styles.py", "tools/guide_rows.toml"),
    "screens": ("antq_review/page/templates/*", "antq_review/page/static/*", "antq_review/text/page.toml"),
}
_WIDTH, _COLOURS = 960, 32
#: The tests of one file that come by every screen.
_WALK = "not byte_for_byte and not stopped_in_the_notebook and not lost_program"


def sources(kind: str) -> str:
    """sha256 of the files that pictures of this kind show."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES[kind] for path in ROOT.glob(pattern)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        found.update(f"{path.name}\n{len(content)}\n".encode() + content)
    return found.hexdigest()


def _screens(folder: Path) -> Iterator[tuple[str, bytes]]:
    from PIL import Image

    from tools.guide_sheets import small_png

    if not list(folder.glob("*.png")):
        tests = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/page/test_browser.py", "-k", _WALK]
        subprocess.run(tests, cwd=ROOT, check=True, env={**os.environ, "ANTQ_PICTURES": str(folder)})
    for name in SCREENS:
        (path,) = folder.glob(f"[0-9][0-9]_{name}.png")
        yield f"man_hinh_{name}.png", small_png(Image.open(path), _WIDTH, _COLOURS)
    strip = Image.open(folder / "trang.png")
    (ROOT / "docs" / "trang.png").write_bytes(small_png(strip, strip.width, 64))


def main(arguments: list[str]) -> None:
    """Draw what is asked for (nothing named: both kinds)."""
    from tools.guide_sheets import sheet_pictures

    kinds = [one.removeprefix("--") for one in arguments if one.startswith("--")] or list(_SOURCES)
    PLACE.mkdir(exist_ok=True)
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    with tempfile.TemporaryDirectory() as workshop:
        folder = Path(next((one for one in arguments if not one.startswith("--")), workshop))
        for kind in kinds:
            for name, picture in sheet_pictures() if kind == "sheets" else _screens(folder):
                (PLACE / name).write_bytes(picture)
            kept[kind] = sources(kind)
    KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
