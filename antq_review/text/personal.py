"""What in a free text points to one person: long numbers, a day of birth, a name beside a class.

A text may still name a person in a way that no pattern tells; the forms ask for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from antq_review.text.folding import remembered, unmarked
from antq_review.text.sentences import words

_WORDS: dict[str, Any] = words("personal")
MASK: str = _WORDS["mask"]
#: 9 to 12 digits in one run (identity, insurance and telephone numbers), or grouped as a telephone or identity number is.
_NUMBER = re.compile(
    r"(?<![\w/-])(?:\+?[0-9]{9,12}|[0-9]{3}(?: [0-9]{3}){3}|(?:\+84|0)[0-9]{2,3}(?:[ .-][0-9]{3,4}){2})(?![\w/-])"
)
_BIRTH = re.compile(
    r"(?P<before>(?:{signs})[ :.]{{0,3}})"
    r"(?:[0-9]{{1,2}}[-/. ][0-9]{{1,2}}[-/. ](?:[0-9]{{4}}|[0-9]{{2}})|(?:199[0-9]|20[01][0-9]|202[0-4]))(?![0-9])"
    .format(signs="|".join(_WORDS["birth"])), re.IGNORECASE,
)
#: Words before “sinh” that make it another word: phát sinh, vệ sinh.
_NOT_BORN = re.compile(r"(?:{words})\s\Z".format(words="|".join(_WORDS["not_born"])), re.IGNORECASE)
#: `8A`, `8A1`, `8/2`, `(lớp 10B)`.
_CLASS = re.compile(r"\(?(?:{word})?(?:1[0-2]|[1-9])(?:[A-ZĐ][0-9]{{0,2}}|/[0-9]{{1,2}})[).,;:]*\Z".format(word=_WORDS["class"]))
#: What every class has; one search tells that most texts have none.
_CLASS_INSIDE = re.compile("[0-9][A-ZĐ/]")
_TOKEN, _DIGIT = re.compile(r"\S+"), re.compile("[0-9]")
SURNAMES = frozenset(_WORDS["surnames"])
#: Words before a name that make it the name of a school, a street, a team.
_NOT_A_PERSON = frozenset(_WORDS["not_a_person"])
_ADDRESSES, _NAMED_AFTER, _PUBLIC_NAMES = (frozenset(_WORDS[key]) for key in ("addresses", "named_after", "public_names"))
#: Surnames that are no other word, even without marks and capitals; two words without marks that look like a name and are none.
SURE_SURNAMES, NOT_A_NAME = frozenset(_WORDS["sure_surnames"]), frozenset(_WORDS["not_a_name"])
#: Most words between a name and its class; most words of a name.
NEAR, NAME_WORDS = 3, 5

Span = tuple[int, int]


@remembered
def masked(text: str) -> str:
    """The text with a mask in place of what points to a person; the same text where nothing does."""
    if not _DIGIT.search(text):  # a number, a day of birth and a class all have one
        return text
    return with_masks(text, {*_numbers(text), *_births(text), *_names(text)})


def with_masks(text: str, found: Iterable[Span]) -> str:
    """The text with a mask in place of these parts; one that begins inside another goes with it."""
    parts, at = [], 0
    for start, end in sorted(found):
        if start >= at:
            parts += [text[at:start], MASK]
            at = end
    return "".join([*parts, text[at:]])


def _numbers(text: str) -> Iterator[Span]:
    yield from (found.span() for found in _NUMBER.finditer(text))


def _births(text: str) -> Iterator[Span]:
    for found in _BIRTH.finditer(text):
        if not _NOT_BORN.search(text[: found.start()]):
            yield found.end("before"), found.end()


def _names(text: str) -> Iterator[Span]:
    """A surname and more words with capitals, with a class before or after them."""
    if not _CLASS_INSIDE.search(text):
        return
    tokens = list(_TOKEN.finditer(text))
    if not any(_CLASS.match(token[0]) for token in tokens):
        return
    at = 0
    while at < len(tokens):
        length = _name_at([token[0] for token in tokens[at : at + NAME_WORDS]])
        before = tokens[at - 1][0].casefold() if at else ""
        near = [*tokens[max(0, at - NEAR) : at], *tokens[at + length : at + length + NEAR + 1]]
        if length and before not in _NOT_A_PERSON and any(_CLASS.match(token[0]) for token in near):
            yield tokens[at].start(), tokens[at + length - 1].start() + len(tokens[at + length - 1][0].rstrip(".,;:()"))
        at += max(1, length)


def begins_as_a_name(text: str) -> bool:
    """Is the first word a surname that does not begin another thing (đoàn thanh niên)?"""
    first, *rest = text.casefold().split()
    return first in SURNAMES and unmarked(" ".join([first, *rest[:1]])) not in NOT_A_NAME


def names_somebody(text: str) -> bool:
    """Does a text of an office, which is to name nobody, name a person: by a number or class, or by the whole name?

    A whole name is a surname with two more words in capitals, or with one behind an address or a surname that is no other word.
    """
    return masked(text) != text or any(_whole_names([token[0] for token in _TOKEN.finditer(text)]))


def _whole_names(tokens: list[str]) -> Iterator[bool]:
    for at in range(len(tokens)):
        length = _name_at(tokens[at : at + NAME_WORDS])
        name = [token.strip(".,;:()") for token in tokens[at : at + length]]
        before = tokens[at - 1].casefold() if at else ""
        is_other = before in _NAMED_AFTER or " ".join(name).casefold() in _PUBLIC_NAMES or unmarked(" ".join(name[:2])) in NOT_A_NAME
        is_whole = length > 2 or (length > 1 and (before in _ADDRESSES or unmarked(name[0]) in SURE_SURNAMES))
        yield is_whole and not is_other and all(word[1:] == word[1:].lower() for word in name)


def _name_at(words_here: list[str]) -> int:
    """The number of words of the name that begins here; 0 where none does."""
    if not words_here or words_here[0].strip("(").casefold() not in SURNAMES or not words_here[0].strip("(")[:1].isupper():
        return 0
    length = 1
    for word in words_here[1:]:
        ended = words_here[length - 1][-1:] in ".,;:)"
        if ended or not word[:1].isupper() or any(letter.isdigit() for letter in word):
            break
        length += 1
    return length if length > 1 else 0
