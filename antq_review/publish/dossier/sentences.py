"""Sentences by pattern: `text/dossier_sentences.toml` holds every one, a number chooses among its forms."""

from __future__ import annotations

from typing import Any

from antq_review.publish.dossier.numbers import Figure
from antq_review.text import say, words

_FALLS_BACK = {"one": "many", "at_least": "many"}


def tell(key: str, /, **places: object) -> str:
    """The one sentence under a key, its places filled."""
    return say(f"dossier_sentences.{key}", **places)


def counted(key: str, figure: Figure, /, **places: object) -> str:
    """The sentence that suits a number; empty where the patterns have none for it, which is not the same as 0."""
    patterns = group(key)
    state = figure.state
    if state not in patterns:
        state = _FALLS_BACK.get(state, state)
    pattern = patterns.get(state)
    return pattern.format_map({"n": figure.prose, **places}) if isinstance(pattern, str) else ""


def group(key: str) -> dict[str, Any]:
    """The patterns under a key; KeyError where there are none."""
    found: Any = words("dossier_sentences")
    for step in key.split("."):
        found = found[step]
    return dict(found)


def gap(name: str, /, **places: object) -> str:
    """What a person must still write: `[CẦN BỔ SUNG: số lớp]`."""
    return say("dossier.gap", what=say(f"dossier.gaps.{name}", **places))


def or_gap(text: str, name: str, /, **places: object) -> str:
    """The text, or what must be written where there is none."""
    return text or gap(name, **places)


def paragraphs(*sentences: str) -> list[str]:
    """The sentences that there are."""
    return [sentence for sentence in sentences if sentence]


def joined(*sentences: str) -> list[str]:
    """One paragraph of the sentences that there are; none where there are none."""
    whole = " ".join(paragraphs(*sentences))
    return [whole] if whole else []


def clauses(*parts: str) -> list[str]:
    """One sentence of the clauses that there are: `A; b; c.`; none where there are none."""
    whole = "; ".join(part for part in parts if part)
    return [f"{raised(whole)}."] if whole else []


def lowered(text: str) -> str:
    """A label inside a sentence: its first letter small, unless the word is an abbreviation or a name of two capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def raised(text: str) -> str:
    """A text that begins a line: its first letter a capital."""
    return text[:1].upper() + text[1:]
