"""Builds the guide: docs/huong_dan (MyST) to docs/html, by Sphinx, without network. `python3 run.py docs`.

A fingerprint of everything it was built from lies beside it; a test compares it with today's sources, so that the guide cannot
say what the program no longer does.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import guide_chapters  # noqa: E402

SOURCES, BUILT = ROOT / "docs" / "huong_dan", ROOT / "docs" / "html"
FINGERPRINT = "nguon.txt"
#: What a reader never opens.
_UNUSED = (".doctrees", ".buildinfo", "_sources", "objects.inv", "jupyter_execute")
#: Scripts and looks written into a page: the program's own server allows files of its own alone.
_INLINE = re.compile(r"<script>.*?</script>|<style[^>]*>.*?</style>|(?<=\w) style=\"[^\"]*\"|(?<=\") style=\"[^\"]*\"", re.DOTALL)
#: The theme's words that Sphinx's catalogue for Vietnamese lacks.
_WORDS = {"On this page": "Trong chương này", "Made with ": "Dựng bằng ", "Back to top": "Lên đầu trang", "Skip to content": "Tới nội dung"}
#: Sphinx's search compares letters with their marks; a reader may type without. Theirs → ours, in searchtools.js.
_SEARCH = (
    (
        "title.toLowerCase().trim().includes(queryLower)",
        "(title.toLowerCase().includes(queryLower) || unmarked(title).includes(queryLower))",
    ),
    ("_ready(Search.init);", """const unmarked = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").replace(/\\u0111/g, "d");

_ready(Search.init);"""),
)


def fingerprint() -> str:
    """sha256 of the sources and of the chapters that follow from the program."""
    written = [path for path in sorted(SOURCES.rglob("*")) if path.suffix in (".md", ".css", ".py", ".png")]
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
        _searched_without_marks(made)
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


def unmarked(word: str) -> str:
    """As it is typed on a keyboard without Vietnamese letters: `không` → `khong`, `đủ` → `du`."""
    return "".join(one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one)).replace("đ", "d")


def _searched_without_marks(made: Path) -> None:
    """Let the search find `khong` where `không` stands. A word typed with its marks finds itself alone, as before."""
    before, after = "Search.setIndex(", ")"
    place = made / "searchindex.js"
    index = json.loads(place.read_text(encoding="utf-8").removeprefix(before).removesuffix(after))
    for part in ("terms", "titleterms"):
        pages: dict[str, set[int]] = {}
        for word, found in index[part].items():
            for name in (word, unmarked(word)):
                pages.setdefault(name, set()).update([found] if isinstance(found, int) else found)
        index[part] |= {name: sorted(found) for name, found in pages.items() if name not in index[part] or unmarked(name) == name}
    place.write_text(before + json.dumps(index, separators=(",", ":")) + after, encoding="utf-8", newline="\n")
    place = made / "_static" / "searchtools.js"
    script = place.read_text(encoding="utf-8")
    for theirs, ours in _SEARCH:
        assert script.count(theirs) == 1, f"Sphinx's search has changed: {theirs}"
        script = script.replace(theirs, ours)
    place.write_text(script, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(build())
