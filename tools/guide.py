"""Builds the guide: docs/huong_dan (MyST) to docs/html, by Sphinx, without network. `python3 run.py docs`.

A fingerprint of everything it was built from lies beside it; a test compares it with today's sources, so that the guide cannot
say what the program no longer does.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import guide_chapters, guide_search  # noqa: E402

SOURCES, BUILT = ROOT / "docs" / "huong_dan", ROOT / "docs" / "html"
FINGERPRINT = "nguon.txt"
#: What a reader never opens.
_UNUSED = (".doctrees", ".buildinfo", "_sources", "objects.inv", "jupyter_execute")
#: Scripts and looks written into a page: the program's own server allows files of its own alone.
_INLINE = re.compile(r"<script>.*?</script>|<style[^>]*>.*?</style>|(?<=\w) style=\"[^\"]*\"|(?<=\") style=\"[^\"]*\"", re.DOTALL)
#: The theme's words that Sphinx's catalogue for Vietnamese lacks.
_WORDS = {
    "On this page": "Trong chương này", "Made with ": "Dựng bằng ", "Back to top": "Lên đầu trang", "Skip to content": "Tới nội dung",
    "<span>Next</span>": "<span>Tiếp theo</span>", "<span>Previous</span>": "<span>Trước đó</span>",
    '<div class="title">Home</div>': '<div class="title">Trang đầu</div>', "Copyright &#169;": "©",
    'title="Link to this heading"': 'title="Đường dẫn tới mục này"', "Toggle Light / Dark / Auto color theme": "Nền sáng, tối, theo máy",
    "Toggle table of contents sidebar": "Mở, đóng mục lục của chương", "Toggle site navigation sidebar": "Mở, đóng danh sách chương",
    "Toggle navigation of ": "Mở, đóng ",
    "Please activate JavaScript to enable the search functionality.": "Trình duyệt đang tắt JavaScript nên chưa tìm được.",
}


def fingerprint() -> str:
    """sha256 of the sources, of the chapters that follow from the program, and of what puts the theme into Vietnamese."""
    written = [path for path in sorted(SOURCES.rglob("*")) if path.suffix in (".md", ".css", ".py", ".png")]
    written += [Path(__file__), Path(guide_search.__file__)]
    parts = {path.name: path.read_bytes() for path in written}
    parts |= {name: chapter().encode("utf-8") for name, chapter in guide_chapters.CHAPTERS.items()}
    found = hashlib.sha256()
    for name, content in sorted(parts.items()):
        found.update(f"{name}\n{len(content)}\n".encode() + content)
    return found.hexdigest()


def build() -> int:
    """Build into a new folder and put it in the place of the old one. A warning is a failure, and leaves the old one."""
    with tempfile.TemporaryDirectory(prefix="huong_dan_") as workshop:
        made = Path(workshop) / "html"
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(SOURCES), str(made)]
        if code := subprocess.run(command, cwd=ROOT).returncode:
            return code
        _trimmed(made)
        guide_search.in_vietnamese(made / "_static")
        guide_search.without_marks(made)
        (made / FINGERPRINT).write_text(fingerprint() + "\n", encoding="utf-8")
        shutil.rmtree(BUILT, ignore_errors=True)
        shutil.move(made, BUILT)
    return 0


def _trimmed(made: Path) -> None:
    """Without what nobody opens and what a strict browser would not run, and with the theme's words in Vietnamese."""
    for path in [made / name for name in _UNUSED] + sorted(made.rglob("*.map")):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for page in made.glob("*.html"):
        text = _INLINE.sub("", page.read_text(encoding="utf-8"))
        for theirs, ours in _WORDS.items():
            text = text.replace(theirs, ours)
        page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(build())
