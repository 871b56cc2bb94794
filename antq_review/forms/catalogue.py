"""The plan of one school as a catalogue of duties: the sentences that its ids stand for, whatever names are in them.

The rows of `plan_rows.toml` are one school's plan, word for word. Every other school gets them as an offer, with its own
names and without that plan's slips. An id of the catalogue always means the catalogue's sentence: a row whose sentence
was changed gets an id of the school's own (T-01 …), when it is read and when it is carried to the next year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from antq_review.forms.plan_rows import coded_rows
from antq_review.text import fold

#: What stands in the quotes and is that school's own: the name → what it is the name of. The longer name comes first.
NAMES: tuple[tuple[str, str], ...] = (
    ("Công an xã Nam Ban Lâm Hà", "police"),
    ("Công an xã", "police"),
    ("UBND xã qua Phòng VHXXH", "reports_to"),
    ("sinh hoạt Đội", "youth_meeting"),
)
#: A correction that names the slip and the word that is meant.
_SLIP = re.compile("“(?P<slip>[^”]+)”: đọc là “(?P<meant>[^”]+)”")
#: What may stand in the place of a name, folded: the police of a commune, any body, the meeting of the pupils' organisation.
_ANY = {
    "police": r"công an (?:xã|phường|đặc khu)(?: (?!(?:và|với|cùng|trong|chủ)\b)[^\s,.;]+){0,6}?",
    "reports_to": r".{1,150}?",
    "youth_meeting": r"sinh hoạt (?:đội|đoàn|đội, đoàn|đội và đoàn)",
}
_TOKEN = "qqx{}xqq"
_END = " .,;:/"
_OWN = re.compile(r"t-?[0-9]{1,4}\Z")


@dataclass(frozen=True)
class Names:
    """The names of a school in the sentences. `reports_to`: None where the plan's own words fit."""

    police: str = "Công an xã …"
    reports_to: str | None = None
    youth_meeting: str = "sinh hoạt Đội"


def filled(quote: str, corrected: str | None, names: Names) -> tuple[str, str | None]:
    """The sentence and its correction for a school: its own names, and the word that was meant in place of a slip."""
    whole = quote
    for name, of in NAMES:
        own = getattr(names, of)
        if own is not None and name in whole and own not in whole:
            whole = whole.replace(name, own, 1)
    slip = _SLIP.fullmatch(corrected or "")
    return (whole.replace(slip["slip"], slip["meant"]), None) if slip else (whole, corrected)


def in_catalogue(goal_id: str) -> bool:
    """Is it an id of the catalogue?"""
    return fold(goal_id) in _sentences()


def meant(goal_id: str, quote: str) -> str | None:
    """The plan's own words that a sentence under an id of the catalogue stands for; None where it is another sentence."""
    said = fold(quote).strip(_END)
    sentences = _sentences().get(fold(goal_id), ())
    return next((own for own, corrected in sentences if said == fold(own).strip(_END) or _pattern(own, corrected).fullmatch(said)), None)


def same_sentence(goal_id: str, quote: str) -> str:
    """The sentence for comparing two years: of the catalogue without the names in it, else as it is written. Folded."""
    return fold(meant(goal_id, quote) or quote)


def is_own(goal_id: str) -> bool:
    """Is it an id of the kind that the program gives to a sentence of the school's own (T-01)?"""
    return _OWN.match(fold(goal_id)) is not None


def own_ids(taken: Iterable[str]) -> Iterator[str]:
    """T-01, T-02 …: the ids of the school's own sentences that are not `taken`."""
    known = {fold(name) for name in taken}
    for number in range(1, 10_000):
        name = f"T-{number:02d}"
        if fold(name) not in known:
            yield name


@cache
def _sentences() -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Id, folded → its sentences, each with its correction."""
    found: dict[str, dict[str, str | None]] = {}
    for row in coded_rows():
        found.setdefault(fold(row["goal_id"]), {})[row["quote"]] = row.get("corrected_quote")
    return {goal_id: tuple(quotes.items()) for goal_id, quotes in found.items()}


@cache
def _pattern(quote: str, corrected: str | None) -> re.Pattern[str]:
    """The pattern of all sentences that stand for this one."""
    text, places = quote, list[str]()
    slip = _SLIP.fullmatch(corrected or "")
    for name, of in NAMES:
        if name in text:
            text = text.replace(name, _TOKEN.format(len(places)), 1)
            places.append(_ANY[of])
    if slip and slip["slip"] in text:
        text = text.replace(slip["slip"], _TOKEN.format(len(places)))
        places.append("|".join(re.escape(fold(slip[word])) for word in ("slip", "meant")))
    whole = re.escape(fold(text).strip(_END))
    for number, place in enumerate(places):
        whole = whole.replace(_TOKEN.format(number), f"(?:{place})")
    return re.compile(whole)
