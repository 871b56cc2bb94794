"""Order of Vietnamese words: by the letters of the alphabet; tones decide only between equal letters (CLDR vi)."""

from __future__ import annotations

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: index for index, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def _letter(character: str) -> tuple[int, int]:
    """Rank of the letter and rank of its tone.

    Digits and most ASCII signs come before the alphabet, other characters after it.
    """
    decomposed = unicodedata.normalize("NFD", character)
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), 0)
    base = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
    rank = _RANK.get(base)
    return (100 + rank if rank is not None else ord(base[0]) if ord(base[0]) < 100 else 1000 + ord(base[0])), tone


def vietnamese_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Sort key: letters of the tailored alphabet, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then the word itself."""
    folded = unicodedata.normalize("NFC", word).casefold()
    pairs = [_letter(character) for character in folded]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs), word
