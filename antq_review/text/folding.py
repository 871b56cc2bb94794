"""What is the same: different spellings of one word become equal. The one place that decides it.

Folded are NFC, spaces, capitals, quotes, dashes, and the place of a tone (`túy` and `tuý`). The tones themselves are
never folded, and neither are i and y: they only make a word resemble another, which is asked and not assumed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
#: A folder contains some hundred different words, each looked at many times. Longer texts are not remembered: there may be very many.
_SHORT, _MANY = 200, 1 << 14


def remembered(work: Callable[[str], T]) -> Callable[[str], T]:
    """A function of a text that remembers its results for short texts; so equal short texts of a folder become one object."""
    known = lru_cache(maxsize=_MANY)(work)

    @wraps(work)
    def look_up(text: str) -> T:
        return known(text) if len(text) <= _SHORT else work(text)

    return look_up


_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_SPACES = re.compile(r"\s+")
_DASHES = re.compile("[-‐‑‒–—―−]+")
_MARKS = re.compile("[“”„‟\"'‘’‚‛«»‹›,:]")
#: Two lawful spellings: the tone on the first or on the second vowel of oa, oe, uy; in `qu` and `gi` it is never the first.
_TONES = re.compile("[òóỏõọ](?=[ae])|[ùúủũụ](?=y)|(?<=q)[ùúủũụ](?=[aeioâêơ])|(?<=g)[ìíỉĩị](?=[aouăâêôơư])")
_TONED = {letter: (base, tone) for base, letters in (("o", "òóỏõọ"), ("u", "ùúủũụ"), ("i", "ìíỉĩị")) for letter, tone in zip(
    letters, "\u0300\u0301\u0309\u0303\u0323", strict=True
)}
#: Letters and signs that look alike: the Icelandic Ð for Đ, every dash, every quotation mark.
_ALIKE = str.maketrans({
    **dict.fromkeys("ðɖ", "đ"), **dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛‹›′`´", "'"),
})
#: One search tells that most texts have none of them.
_HAS_ALIKE = re.compile(f"[{''.join(map(chr, _ALIKE))}]")
_ROUND_DASH = re.compile(r" ?- ?")
_NO_LETTER = re.compile(r"[\W_]+")
_BETWEEN = re.compile(r"[;,\n]")


def visible(text: str) -> str:
    """Text with control, bidi-override and surrogate characters as `[U+202E]`; line breaks and tabs stay."""
    if text.isprintable():
        return text
    return "".join(
        f"[U+{ord(letter):04X}]"
        if letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")
        else letter
        for letter in text
    )


def one_line(text: str) -> str:
    """`visible` for a name: line breaks and tabs are shown too, so that it stays on one line."""
    return visible(text).replace("\n", "[U+000A]").replace("\t", "[U+0009]")


@remembered
def tidy(text: str) -> str:
    """Text for storing: NFC, no zero-width characters, no space at the ends, dangerous characters made visible."""
    plain = unicodedata.normalize("NFC", text)
    if plain.isprintable():  # faster: the only space in it is the plain one, and nothing in it is invisible
        return plain.strip()
    plain = plain.translate(_INVISIBLE)
    return visible(plain.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip())


@remembered
def fold(text: str) -> str:
    """Text for comparing: tidy, single spaces, case folded, one place for each tone. `Đạt` and `Đất` stay different."""
    if text.isprintable():  # faster: of `tidy`, such a text needs only NFC and the spaces
        plain = " ".join(unicodedata.normalize("NFC", text).split()).casefold()
    else:
        plain = _SPACES.sub(" ", tidy(text)).strip().casefold()
    if plain.isascii():
        return _ROUND_DASH.sub("-", plain) if "-" in plain else plain
    if _HAS_ALIKE.search(plain):
        plain = plain.translate(_ALIKE)
    if "-" in plain:
        plain = _ROUND_DASH.sub("-", plain)
    return _moved(plain) if _TONES.search(plain) else plain


@lru_cache(maxsize=_MANY)
def fold_name(text: str) -> str:
    """A name for comparing: folded, without quotation marks, commas and dashes, without a leading “Mô hình”."""
    plain = " ".join(_DASHES.sub(" ", _MARKS.sub("", fold(text))).split())
    return plain.removeprefix("mô hình ")


def listed(text: object) -> list[str]:
    """The entries of a list typed by hand, separated by “;”, “,” or line breaks. None has no entry."""
    return [entry for part in _BETWEEN.split(tidy(str(text or ""))) if (entry := part.strip())]


def unmarked(text: str) -> str:
    """Small letters without marks: `Đủ` → `du`."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def resemblance(text: str) -> str:
    """What two words that a person may have confused have in common: letters without marks, i for y."""
    plain = unicodedata.normalize("NFD", fold(text)).translate(_ALIKE).replace("đ", "d").replace("y", "i")
    return _NO_LETTER.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def _moved(text: str) -> str:
    """The text with each tone on the second vowel."""
    letters = list(text)
    for found in _TONES.finditer(text):
        at = found.start()
        base, tone = _TONED[letters[at]]
        letters[at], letters[at + 1] = base, unicodedata.normalize("NFC", letters[at + 1] + tone)
    return "".join(letters)

