"""Folding: different spellings of one word become equal (NFC, spaces, capitals). Tone marks are never folded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_SPACES = re.compile(r"\s+")
_DASHES = re.compile("[-‐‑‒–—―−]+")
_MARKS = re.compile("[“”„‟\"'‘’‚‛«»‹›,:]")
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


def tidy(text: str) -> str:
    """Text for storing: NFC, no zero-width characters, no space at the ends, dangerous characters made visible."""
    plain = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return visible(plain.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip())


def fold(text: str) -> str:
    """Text for comparing: tidy, single spaces, case folded. `Đạt` and `Đất` stay different."""
    return _known(text) if len(text) <= _SHORT else _folded(text)


@lru_cache(maxsize=1 << 12)
def fold_name(text: str) -> str:
    """A name for comparing: folded, without quotation marks, commas and dashes, without a leading “Mô hình”."""
    plain = " ".join(_DASHES.sub(" ", _MARKS.sub("", fold(text))).split())
    return plain.removeprefix("mô hình ")


def listed(text: object) -> list[str]:
    """The entries of a list typed by hand, separated by “;”, “,” or line breaks. None has no entry."""
    return [entry for part in _BETWEEN.split(tidy(str(text or ""))) if (entry := part.strip())]


def _folded(text: str) -> str:
    if text.isprintable():  # faster: of `tidy`, such a text needs only NFC and the spaces
        return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
    return _SPACES.sub(" ", tidy(text)).strip().casefold()


#: A folder contains some hundred different words, each compared many times. Longer texts are not cached: there may be
#: very many.
_SHORT = 200
_known = lru_cache(maxsize=1 << 14)(_folded)
