"""The one known name that a typed one is probably meant to be. It is only ever asked; nothing is read as what it resembles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from antq_review.text.folding import fold, resemblance

#: From this likeness (1 = the same letters) a name is asked; the second best must be so much less alike.
_ALIKE, _APART = 0.85, 0.06
#: Shorter names are alike by chance: TH and THPT, VP and PV.
_SHORTEST = 5
_DIGITS = re.compile(r"[0-9]+")
_WORDS = re.compile(r"[^\W_]+")


def near_name(written: str, known: Iterable[str]) -> str | None:
    """The known name that alone resembles `written`: the same letters without marks, or a slip of the keyboard.

    Names with other numbers in them (Tổ 1, Tổ 2) and names of which one has a word more (Học sinh TH, Học sinh THCS) are
    different things, however alike they look.
    """
    names = list(dict.fromkeys(known))
    plain = resemblance(written)
    same = [name for name in names if resemblance(name) == plain]
    if same or len(plain) < _SHORTEST:
        return same[0] if len(same) == 1 and plain else None
    rated = sorted(((_likeness(written, plain, name), name) for name in names), reverse=True)
    if not rated or rated[0][0] < _ALIKE or (len(rated) > 1 and rated[0][0] - rated[1][0] < _APART):
        return None
    return rated[0][1]


def _likeness(written: str, plain: str, name: str) -> float:
    own, other = _words(written), _words(name)
    if _DIGITS.findall(written) != _DIGITS.findall(name) or len(own) != len(other):
        return 0.0
    if any(one.isupper() and one != two and len(one) > 1 for one, two in zip(*_capitals(written, name), strict=True)):
        return 0.0
    return SequenceMatcher(None, plain, resemblance(name), autojunk=False).ratio()


def _words(text: str) -> list[str]:
    return _WORDS.findall(fold(text))


def _capitals(one: str, two: str) -> tuple[list[str], list[str]]:
    """The words of both as they are written: an abbreviation (TH, PCCC) is no misspelling of another one."""
    return _WORDS.findall(one), _WORDS.findall(two)
