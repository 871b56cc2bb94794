"""The guide's search as Vietnamese readers need it: it speaks Vietnamese, and finds what is typed without marks."""

from __future__ import annotations

import json
from pathlib import Path

from antq_review.text.folding import unmarked

#: Sphinx's catalogue for Vietnamese leaves these blank, and its script makes a function from text, which a strict browser refuses.
#: So the guide has a catalogue of its own. A pair: for one and for several.
_SAID: dict[str, str | list[str]] = {
    "Search": "Tìm kiếm", "Searching": "Đang tìm", "Preparing search...": "Đang chuẩn bị…", "Search Results": "Kết quả tìm",
    ", in ": ", ở ", "Hide Search Matches": "Thôi tô chữ tìm được",
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough "
    "categories.": "Không thấy trang nào có mọi chữ ấy. Hãy bớt chữ, hoặc dùng chữ khác.",
    "Search finished, found one page matching the search query.": ["Tìm thấy ${resultCount} trang."] * 2,
}
#: Sphinx's search wants the whole query inside a heading, letter by letter, and puts such a heading below the pages. Here a heading
#: that has every word typed, with marks or without, comes first: it leads to the answer's place. Theirs → ours, in searchtools.js.
_HEADINGS = (
    ("""\
        title.toLowerCase().trim().includes(queryLower)
        && queryLower.length >= title.length / 2
""", "        hasEveryWord(title, queryLower)\n"),
    ("(Scorer.title * queryLower.length) / title.length", "Scorer.title * (1 + queryLower.length / title.length)"),
    ("_ready(Search.init);", """\
const unmarked = (text) =>
  text.normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").replace(/\\u0111/g, "d");
const hasEveryWord = (title, queryLower) => {
  const inTitle = splitQuery(title.toLowerCase());
  const known = new Set([...inTitle, ...inTitle.map(unmarked)]);
  const typed = splitQuery(queryLower);
  return typed.length > 0 && typed.every((word) => known.has(word));
};

_ready(Search.init);"""),
)
_BEFORE, _AFTER = "Search.setIndex(", ")"


def in_vietnamese(static: Path) -> None:
    """Put the guide's own catalogue in the place of Sphinx's."""
    text = f"Object.assign(Documentation.TRANSLATIONS, {json.dumps(_SAID, ensure_ascii=False, indent=1)});\n"
    (static / "translations.js").write_text(text, encoding="utf-8", newline="\n")


def index_of(made: Path) -> dict[str, dict[str, int | list[int]]]:
    """The index that the search reads: `terms` and `titleterms` lead from a word to its page or pages."""
    text = (made / "searchindex.js").read_text(encoding="utf-8")
    found: dict[str, dict[str, int | list[int]]] = json.loads(text.removeprefix(_BEFORE).removesuffix(_AFTER))
    return found


def without_marks(made: Path) -> None:
    """Let the search find `khong` where `không` stands. A word typed with its marks finds itself alone, as before."""
    index = index_of(made)
    for part in ("terms", "titleterms"):
        pages: dict[str, set[int]] = {}
        for word, found in index[part].items():
            pages.setdefault(unmarked(word), set()).update([found] if isinstance(found, int) else found)
        index[part] |= {word: sorted(found) for word, found in pages.items()}
    text = _BEFORE + json.dumps(index, separators=(",", ":")) + _AFTER
    (made / "searchindex.js").write_text(text, encoding="utf-8", newline="\n")
    place = made / "_static" / "searchtools.js"
    script = place.read_text(encoding="utf-8")
    for theirs, ours in _HEADINGS:
        assert script.count(theirs) == 1, f"Sphinx's search has changed: {theirs}"
        script = script.replace(theirs, ours)
    place.write_text(script, encoding="utf-8", newline="\n")
