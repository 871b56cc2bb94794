"""The guide: built from today's sources, whole without a network, its links and commands real."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import typer.main

from antq_review.cli.app import app
from antq_review.forms.officer_sheets import OFFICER_SHEETS
from antq_review.forms.rows.return_slip import SlipReason
from antq_review.forms.sheets import HEAD_LABELS, SHEETS
from antq_review.shipped import shipped
from antq_review.text import words
from tools import guide, guide_chapters, guide_pictures, guide_search

BUILT = shipped("docs/html")
PAGES = sorted(BUILT.glob("*.html"))
#: What `run.py` does itself.
OWN_VERBS = {"pack", "test", "bench", "docs", "shortcut"}
#: `python3 run.py …` or `antq …` in the sources, to the end of the code span or line.
CALL = re.compile(r"(?:python3 run\.py|`antq) ([a-z][^`\n]*)")


class Seen(HTMLParser):
    """Every address that a page names: `loaded` what the browser fetches, `links` what a reader clicks; and its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if name := given.get("id"):
            self.anchors.add(name)
        self.loaded += [value for key in ("src", "action") if (value := given.get(key))]
        address = given.get("href") or ""
        if tag == "a":
            self.links.append(address)
        elif tag == "link" and address:
            self.loaded.append(address)


def seen(page: Path) -> Seen:
    found = Seen()
    found.feed(page.read_text(encoding="utf-8"))
    return found


SEEN = {page.name: seen(page) for page in PAGES}


def test_it_is_built_from_todays_sources() -> None:
    built = (BUILT / guide.FINGERPRINT).read_text(encoding="utf-8").strip()
    assert built == guide.fingerprint(), "the guide is older than what it tells: python3 run.py docs"


@pytest.mark.parametrize("name", SEEN)
def test_a_page_asks_the_network_for_nothing_and_its_links_lead_somewhere(name: str) -> None:
    found = SEEN[name]
    assert found.language == "vi" and found.loaded
    for address in (*found.loaded, *found.links):
        parts = urlsplit(address)
        if address in found.links and parts.netloc:
            assert parts.netloc == "github.com", "the theme's own address is the only one outside"
            continue
        assert not parts.scheme and not parts.netloc, address
        target = BUILT / unquote(parts.path) if parts.path else BUILT / name
        assert target.is_file(), address
        if parts.fragment and address in found.links:
            assert unquote(parts.fragment) in SEEN[target.name].anchors, address


@pytest.mark.parametrize("name", SEEN)
def test_nothing_runs_that_is_written_into_a_page(name: str) -> None:
    """The page's own server allows scripts and looks from files alone."""
    text = (BUILT / name).read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]* src=)|<style|<[^>]+\s(?:style|on[a-z]+)=", text)


def calls() -> list[str]:
    sources = sorted(guide.SOURCES.glob("*.md"))
    texts = [path.read_text(encoding="utf-8") for path in sources if path.name not in guide_chapters.CHAPTERS]
    return sorted({call.strip() for text in texts for call in CALL.findall(text)})


@pytest.mark.parametrize("call", calls())
def test_every_command_is_one(call: str) -> None:
    """Its verb exists, and each of its options; test_guide_commands.py runs what can be run as it is printed."""
    verb, *rest = shlex.split(call)
    if verb in OWN_VERBS:
        return
    command: Any = typer.main.get_command(app)
    command = command.commands[verb]
    if hasattr(command, "commands"):
        command, rest = command.commands[rest[0]], rest[1:]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {one for one in rest if one.startswith("--")} <= options


def test_every_problem_and_every_public_function_has_its_place() -> None:
    codes = set(words("ingest")["problems"])
    told = set(re.findall(r"^\(loi-([a-z_0-9]+)\)=$", guide_chapters.problems(), re.M))
    assert told == codes
    assert {f"loi-{code}".replace("_", "-") for code in codes} <= SEEN["khi_co_loi.html"].anchors
    names = guide_chapters.names()
    assert "`open_review`" in names and "`tables.criteria`" in names
    assert " at 0x" not in names, "an address in memory: the guide would be older than its sources at every start"


#: What someone asks who has never seen the project → the words they would search for, the page with the answer, its place there.
QUESTIONS = {
    "how to declare that there was no incident": ("không có vụ việc", "bieu.html", "khong-co"),
    "why criterion 6 is open": ("tiêu chí 6 còn mở", "con_so.html", "con-mo-tieu-chi-6"),
    "what a school does with a return slip": ("phiếu trả lại", "nop_va_nhan.html", "phieu-tra-lai"),
    "what to do with letters in an old encoding": ("chữ theo bảng mã cũ", "khi_co_loi.html", "loi-sheet-old-encoding"),
    "how the officer returns a package": ("trả lại một gói", "nop_va_nhan.html", "tra-lai"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_start_page_leads_to_the_answer_in_two_clicks(question: str) -> None:
    _, page, anchor = QUESTIONS[question]
    assert anchor in SEEN[page].anchors
    pages = {urlsplit(address).path for address in SEEN["index.html"].links}
    reached = {f"{page}#{anchor}"} & {link for one in pages if one in SEEN for link in SEEN[one].links} | {
        f"{page}#{anchor}"
    } & set(SEEN["index.html"].links)
    assert reached, question


def found_by(words_typed: str) -> set[str]:
    """The pages that Sphinx's search finds: a page has every word of more than two letters."""
    index = guide_search.index_of(BUILT)
    found = [set(as_list(index["terms"].get(word, []))) | set(as_list(index["titleterms"].get(word, [])))
             for word in words_typed.lower().split() if len(word) > 2]
    return {f"{index['docnames'][number]}.html" for number in set.intersection(*found)}


def as_list(pages: int | list[int]) -> list[int]:
    return [pages] if isinstance(pages, int) else pages


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("typed", [str, guide_search.unmarked], ids=["with marks", "without"])
def test_the_search_finds_the_answer(question: str, typed: Callable[[str], str]) -> None:
    asked, page, _ = QUESTIONS[question]
    assert {page, "hoi_dap.html"} <= found_by(typed(asked))


def test_theme_and_search_speak_vietnamese() -> None:
    """And no script makes a function from text: a strict browser refuses it, and the search would say nothing."""
    english = re.compile("Toggle|>Previous<|>Next<|>Home<|Copyright|>Search|Please|Link to")
    for name in SEEN:
        text = (BUILT / name).read_text(encoding="utf-8")
        shown = re.sub(r"<script.*?</script>|<(?:link|meta)[^>]*>|<pre.*?</pre>", "", text, flags=re.DOTALL)
        if name not in ("api.html", "so_tinh.html"):  # names of functions; words of JupyterLab
            assert not english.findall(shown), name
    translations = (BUILT / "_static/translations.js").read_text(encoding="utf-8")
    assert "Kết quả tìm" in translations and "Function" not in translations


def test_the_search_puts_a_heading_with_every_word_typed_first() -> None:
    script = (BUILT / "_static/searchtools.js").read_text(encoding="utf-8")
    assert script.count("hasEveryWord(title, queryLower)") == 1 and "Scorer.title * (1 + " in script
    assert guide_search.unmarked("Đã ĐỦ, vụ việc") == "da du, vu viec"


def test_the_search_takes_no_word_for_english() -> None:
    """An English stemmer makes `giấi` of `giấy`, and then nobody finds `giay`."""
    terms = guide_search.index_of(BUILT)["terms"]
    assert {"giấy", "giay", "máy", "may", "an"} <= terms.keys() and "giấi" not in terms
    assert "EnglishStemmer" not in (BUILT / "_static/language_data.js").read_text(encoding="utf-8")


# --- its pictures --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sheets", "screens"])
def test_the_pictures_show_todays_program(kind: str) -> None:
    kept = json.loads(guide_pictures.KEPT.read_text(encoding="utf-8"))
    assert kept[kind] == guide_pictures.sources(kind), f"redraw: python tools/guide_pictures.py --{kind}, then python3 run.py docs"


def test_every_picture_is_shown_and_small() -> None:
    pictures = {path.name: path.stat().st_size for path in guide_pictures.PLACE.glob("*.png")}
    wanted = {f"{sheet.name}.png" for sheet in SHEETS} | {f"man_hinh_{name}.png" for name in guide_pictures.SCREENS}
    assert pictures.keys() == wanted
    assert max(pictures.values()) < 60_000 and sum(pictures.values()) < 1_500_000
    shown = {Path(unquote(address)).name for found in SEEN.values() for address in found.loaded if "_images/" in address}
    assert shown == wanted


# --- what it names -------------------------------------------------------------------------------------------------


def texts_of(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from texts_of(one)


def test_a_form_a_column_or_a_screen_that_is_named_is_there() -> None:
    """`*…*` and «…» are kept for the names of forms, columns, screens and buttons, as they are written there."""
    tables = [table for sheet in (*SHEETS, *OFFICER_SHEETS) for table in sheet.tables]
    columns = [column for row in (*(table.row for table in tables), SlipReason) for column in row.columns()]
    known = {*texts_of(words("page")), *HEAD_LABELS.values(), *(column.heading for column in columns)}
    known |= {one.title for one in (*SHEETS, *OFFICER_SHEETS, *tables)}
    for path in sorted(guide.SOURCES.glob("*.md")):
        if path.name not in guide_chapters.CHAPTERS:
            text = " ".join(path.read_text(encoding="utf-8").split())
            named = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)|«([^»]+)»", text)
            assert [name for pair in named if (name := re.sub(r"^\d\. ", "", "".join(pair))) not in known] == [], path.name
