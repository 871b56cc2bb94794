"""Sentences by pattern, all in `text/dossier_sentences.toml`; a number chooses among the patterns of a sentence."""

from __future__ import annotations

from antq_review.publish.dossier.numbers import Figure
from antq_review.text import filled, say, words

_FALLS_BACK = {"one": "many", "at_least": "many"}


def tell(key: str, /, **places: object) -> str:
    """The sentence under a key, with its places filled."""
    return say(f"dossier_sentences.{key}", **places)


def counted(key: str, figure: Figure, /, **places: object) -> str:
    """The sentence that suits a number; empty where there is no pattern for its state (an unknown number is not 0)."""
    patterns = group(key)
    state = figure.state
    if state not in patterns:
        state = _FALLS_BACK.get(state, state)
    pattern = patterns.get(state)
    return filled(pattern, n=figure.prose, **places) if pattern is not None else ""


def group(key: str) -> dict[str, str]:
    """The patterns under a key, without those of the groups below it. Raises KeyError where there are none."""
    found = words("dossier_sentences")
    for step in key.split("."):
        found = found[step]
    return {name: pattern for name, pattern in found.items() if isinstance(pattern, str)}


def gap(name: str, /, **places: object) -> str:
    """The mark in place of a text that a person must still write: `[CẦN BỔ SUNG: số lớp]`."""
    return say("dossier.gap", what=say(f"dossier.gaps.{name}", **places))


def or_gap(text: str, name: str, /, **places: object) -> str:
    """The text; a gap where it is empty."""
    return text or gap(name, **places)


def paragraphs(*sentences: str) -> list[str]:
    """The sentences that are not empty."""
    return [sentence for sentence in sentences if sentence]


def joined(*sentences: str) -> list[str]:
    """One paragraph of the sentences that are not empty; no paragraph where all are."""
    whole = " ".join(paragraphs(*sentences))
    return [whole] if whole else []


def clauses(*parts: str) -> list[str]:
    """One sentence of the clauses that are not empty: `A; b; c.`; no sentence where all are."""
    whole = "; ".join(part for part in parts if part)
    return [f"{raised(whole)}."] if whole else []


def lowered(text: str) -> str:
    """A label inside a sentence: its first letter small, unless its first word is an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def unbracketed(text: str) -> str:
    """A label of a form inside a sentence: without the examples in brackets behind it, `Công an (xã, phường, đặc khu, tỉnh)`."""
    return text.partition(" (")[0]


def raised(text: str) -> str:
    """A text that begins a line: its first letter a capital."""
    return text[:1].upper() + text[1:]
