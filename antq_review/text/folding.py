"""Making two spellings of one word equal: NFC, spaces, capitals – never the tone marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_SPACES = re.compile(r"\s+")
_BETWEEN = re.compile(r"[;,\n]")


def visible(text: str) -> str:
    """Control, bidi-override and surrogate characters made visible as `[U+202E]`; line breaks and tabs stay."""
    if text.isprintable():
        return text
    return "".join(
        f"[U+{ord(letter):04X}]"
        if letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")
        else letter
        for letter in text
    )


def tidy(text: str) -> str:
    """Text as it is kept: NFC, no zero-width characters, no space at the ends, dangerous characters visible."""
    plain = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return visible(plain.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip())


def fold(text: str) -> str:
    """Text as it is compared: tidy, white space collapsed, case folded. `Đạt` and `Đất` stay different."""
    return _known(text) if len(text) <= _SHORT else _folded(text)


def listed(text: object) -> list[str]:
    """The entries of a list typed by hand, separated by “;”, by “,” or by line breaks. None: no entry."""
    return [entry for part in _BETWEEN.split(tidy(str(text or ""))) if (entry := part.strip())]


def _folded(text: str) -> str:
    if text.isprintable():  # nothing in it needs the care of `tidy`
        return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
    return _SPACES.sub(" ", tidy(text)).strip().casefold()


#: A folder holds some hundred different words, each compared many times. Long texts are not kept: there may be any number.
_SHORT = 200
_known = lru_cache(maxsize=1 << 14)(_folded)
