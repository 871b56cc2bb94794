"""What in the name of a file or a sheet points to one person: `CCCD_012345678901.jpg`, `nguyen_van_an_7a.png`.

Names of files have other signs between their words than sentences have, and often neither marks nor capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from antq_review.text.folding import fold, remembered, unmarked
from antq_review.text.personal import NAME_WORDS, NEAR, NOT_A_NAME, SURE_SURNAMES, SURNAMES, Span, masked, with_masks
from antq_review.text.sentences import words

_WORDS: dict[str, Any] = words("personal")
#: 9 to 12 digits in one run, or in groups as a telephone or identity number has them.
_NUMBER = re.compile(
    r"(?<![0-9])(?:[0-9]{9,12}|[0-9]{3}(?:[ ._-][0-9]{3}){3}|(?:\+?84|0)[0-9]{2,3}(?:[ ._-][0-9]{3,4}){2})(?![0-9])"
)
_BIRTH = re.compile(
    r"(?<![^\W\d_])(?:{signs})[ :._-]{{0,3}}([0-9]{{1,2}}[-. _][0-9]{{1,2}}[-. _](?:[0-9]{{4}}|[0-9]{{2}})|[0-9]{{8}}"
    r"|199[0-9]|20[01][0-9]|202[0-4])(?![0-9])".format(signs="|".join(_WORDS["birth_in_names"])), re.IGNORECASE,
)
#: A word ends where a small letter meets a capital: `NguyenVanAn`.
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
_CLASS_WORD = "lop"
#: A name whose surname is also another word has at least so many words.
_FULL_NAME = 3
_PLAIN_SURNAMES = frozenset(unmarked(word) for word in SURNAMES)
_NOT_A_PERSON = frozenset(unmarked(word) for word in _WORDS["not_a_person"])


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    is_class: bool


@remembered
def masked_path(path: str) -> str:
    """The name or path with a mask in place of what points to a person; its ending stays."""
    plain = unicodedata.normalize("NFC", path)
    text = masked(plain)
    found = {*(one.span() for one in _NUMBER.finditer(text)), *(one.span(1) for one in _BIRTH.finditer(text)), *_names(text)}
    whole = with_masks(text, found)
    return whole if whole != plain else path


class Labels:
    """Names as results print them. Two names that become one by masking get numbers: each name has its own label.

    Names that differ by capitals alone are one.
    """

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """The label of a name; the name itself where nothing in it points to a person."""
        key, label = fold(name), masked_path(name)
        if label == name:
            self._taken.add(key)
            return name
        if key not in self._labels:
            ending = _ENDING.search(label)
            stem, suffix = (label[: ending.start()], ending[0]) if ending else (label, "")
            number = 1
            while fold(label) in self._taken:
                number += 1
                label = f"{stem} ({number}){suffix}"
            self._labels[key] = label
            self._taken.add(fold(label))
        return self._labels[key]


def _tokens(text: str) -> list[_Token]:
    """Words, split at capitals, and numbers; a number of 1 to 12 with one letter and at most two digits is a class."""
    ending = _ENDING.search(text)
    pieces: list[tuple[int, int]] = []
    for found in _PIECE.finditer(text, 0, ending.start() if ending else len(text)):
        start = found.start()
        for at in range(found.start() + 1, found.end()):
            if text[at].isupper() and text[at - 1].islower():
                pieces.append((start, at))
                start = at
        pieces.append((start, found.end()))
    tokens: list[_Token] = []
    at = 0
    while at < len(pieces):
        length = _class_length(text, pieces[at:at + 3])
        start, end = pieces[at][0], pieces[at + max(1, length) - 1][1]
        tokens.append(_Token(start, end, text[start:end], length > 0))
        at += max(1, length)
    return tokens


def _class_length(text: str, pieces: list[tuple[int, int]]) -> int:
    """The number of pieces of the class that begins here: `7` `A` `1`, or `lớp` `7`; 0 where none does."""
    shown = [text[start:end] for start, end in pieces]
    joined = [pieces[number][1] == pieces[number + 1][0] for number in range(len(pieces) - 1)]
    if len(shown) > 1 and unmarked(shown[0]) == _CLASS_WORD and shown[1].isdigit():
        return 2
    if len(shown) < 2 or not joined[0] or not shown[0].isdigit() or not 1 <= int(shown[0][:3]) <= 12:
        return 0
    if len(shown[1]) != 1 or not shown[1].isalpha():
        return 0
    return 3 if len(shown) > 2 and joined[1] and shown[2].isdigit() and len(shown[2]) <= 2 else 2


def _names(text: str) -> Iterator[Span]:
    tokens = _tokens(text)
    if not any(token.is_class for token in tokens):
        return
    at = 0
    while at < len(tokens):
        length = _name_length(tokens[at:at + NAME_WORDS])
        near = [*tokens[max(0, at - NEAR):at], *tokens[at + length:at + length + NEAR]]
        before = unmarked(tokens[at - 1].text) if at else ""
        if length and before not in _NOT_A_PERSON and any(token.is_class for token in near):
            yield tokens[at].start, tokens[at + length - 1].end
        at += max(1, length)


def _name_length(tokens: list[_Token]) -> int:
    """The number of words of the name that begins here; 0 where none does."""
    first = tokens[0].text
    sure = unmarked(first) in SURE_SURNAMES
    known = _PLAIN_SURNAMES if first.isascii() else SURNAMES
    if not sure and not (first[:1].isupper() and (unmarked(first) if first.isascii() else first.casefold()) in known):
        return 0
    second = unmarked(tokens[1].text) if len(tokens) > 1 else ""
    if second in _NOT_A_PERSON or f"{unmarked(first)} {second}" in NOT_A_NAME:
        return 0
    length = 1
    for token in tokens[1:]:
        if token.is_class or not token.text.isalpha() or not (token.text[:1].isupper() or (sure and first[:1].islower())):
            break
        length += 1
    least = 2 if sure or not first.isascii() else _FULL_NAME
    return length if length >= least else 0
