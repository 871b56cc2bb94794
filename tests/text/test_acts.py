"""Acts: each surface has its own words for what a person does next."""

import contextvars
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import antq_review.text
from antq_review.text import SURFACE, act, act_of, listing, tell, words

ACTS = words("acts")
TEXTS = Path(antq_review.text.__file__).parent


def _places(part: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(part) if name}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_a_command_and_a_button(name: str) -> None:
    assert ACTS[name].keys() == {"terminal", "page"}
    assert "{antq} " in ACTS[name]["terminal"] and re.fullmatch("«[^«»{}\\[\\]]+»", ACTS[name]["page"])
    whole = {place: place for place in _places(ACTS[name]["terminal"]) - {"antq"}}
    assert "[" not in act(name, "terminal", **whole) and act(name, "page", **whole) == act(name, "page") == ACTS[name]["page"]


@pytest.mark.parametrize("name", [name for name in ACTS if not name.startswith("rulebook")])
def test_a_button_that_a_sentence_names_is_on_the_page(name: str) -> None:
    """The score table as a rulebook is written with the terminal alone."""
    assert ACTS[name]["page"].strip("«»") in {text for _, text in sentences("page", words("page"))}


def test_every_command_in_a_sentence_is_an_act() -> None:
    """A command typed into a sentence could not be shown on the page."""
    assert [path.name for path in sorted(TEXTS.glob("*.toml")) if "{antq}" in path.read_text(encoding="utf-8")] == ["acts.toml"]


#: Sentences that only the terminal prints: they may name its commands and options. The page keeps results in their own folder.
TERMINAL = re.compile(r"(batch|cli|lab)\.|places\.(interim_alone|other_folder)$|word\.cli\.(folder_or_check|incident)$")


def sentences(key: str, found: object) -> Iterator[tuple[str, str]]:
    if isinstance(found, str):
        yield key, found
    elif isinstance(found, dict):
        for name, inside in found.items():
            yield from sentences(f"{key}.{name}", inside)


def test_no_sentence_that_the_page_or_a_file_may_show_names_a_command_or_an_option() -> None:
    every = [one for path in TEXTS.glob("*.toml") if path.stem != "acts" for one in sentences(path.stem, words(path.stem))]
    assert len(every) > 2_000
    named = [key for key, text in every if re.search(r"--[a-z]|\bantq\b(?!_|/)|\blệnh\b", text) and not TERMINAL.match(key)]
    assert named == []


def test_an_optional_place_is_left_out_with_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTQ_COMMAND", raising=False)
    assert act("check", "terminal") == "antq check" and act("check", "terminal", path="a [b] {c}") == "antq check a [b] {c}"
    assert act("dossier", "terminal", path="x") == "antq dossier x"
    assert act("dossier", "terminal", path="x", forms="y z") == "antq dossier x --forms y z"
    monkeypatch.setenv("ANTQ_COMMAND", "python3 run.py")
    assert act("check", "terminal") == "python3 run.py check"


@pytest.mark.parametrize(("name", "surface"), [("fly", "terminal"), ("check", "radio"), ("verify", "terminal")])
def test_an_unknown_act_or_surface_and_a_missing_place_are_key_errors(name: str, surface: str) -> None:
    with pytest.raises(KeyError):
        act(name, surface)


def test_a_message_names_an_act_in_the_words_of_the_surface_that_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTQ_COMMAND", raising=False)
    message = tell("templates.unread_file", file="a.xlsx", act=act_of("check"))
    inside = tell("cli.no_file", path=listing([act_of("verify", path="x"), act_of("review")]))

    def on_the_page() -> tuple[str, str]:
        SURFACE.set("page")
        return str(message), str(inside)

    shown = contextvars.copy_context().run(on_the_page)
    assert "Chạy «Kiểm tra các biểu» trên" in shown[0] and "«Kiểm tra túi», «Chấm và lập báo cáo»" in shown[1]
    assert "Chạy antq check trên" in str(message) and "antq verify x, antq review" in str(inside), "the terminal is as it was"


def test_a_thread_of_its_own_starts_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTQ_COMMAND", raising=False)
    said: list[str] = []

    def show() -> None:
        thread = threading.Thread(target=lambda: said.append(str(act_of("review"))))
        thread.start()
        thread.join()

    context = contextvars.copy_context()
    context.run(SURFACE.set, "page")
    context.run(show)
    assert said == ["antq review"]
