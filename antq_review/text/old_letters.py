"""Texts of an encoding from before Unicode (TCVN3, VNI) in Unicode: proposed to the clerk, never read as evidence.

A proposal is made only where every syllable of the result is a Vietnamese one and no other reading gives such a result.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


#: TCVN3: one sign for each letter. Its capitals are the small letters in a font of capitals (.VnTimeH), but for seven.
_TCVN3 = str.maketrans(dict(zip(
    "®¨©ª«¬\u00adµ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¡¢§£¤¥¦",
    "đăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯ", strict=True,
)))
#: VNI: a letter and the sign of its tone behind it; â, ê, ô and ă have their own signs of tones.
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VNI_PLAIN, _VNI_ROOF, _VNI_BREVE = ("", *"ùøûõï"), ("â", *"áàåãä"), ("ê", *"éèúüë")
_VNI_ALONE = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì", "ö": "ư", "ô": "ơ"}
#: Letters that only Unicode has. A text with some of them is a mixture: each of its words stands for itself.
_UNICODE_ONLY = re.compile(r"[\u0100-\u01b0\u1ea0-\u1ef9]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
#: A word with the signs that TCVN3 takes for letters.
_WORD = re.compile(r"[\w\u00a1-\u00bf\u00d7\u00f7]+")
_ABBREVIATION = re.compile(r"[A-ZĐ]{1,8}\Z")
_SYLLABLE = re.compile(
    r"(?P<onset>qu|gi(?=[aăâeêoôơuư])|ngh?|[cgknpt]h|tr|[bcdđghklmnprstvx])?"
    r"(?P<vowels>[aăâeêioôơuưy]{1,3})(?P<coda>ch|n[gh]|[cmnpt])?\Z"
)
_VOWELS = _words(
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi oo ôi ơi ua uâ uây uê ui uô uôi "
    "uơ uy uya uyê uyu ưa ưi ươ ươi ươu ưu yê yêu"
)
#: Of these, those that end a syllable, and those that do not.
_OPEN = _words(
    "ai ao au ay âu ây eo êu ia iêu iu oai oao oay oeo oi ôi ơi ua uây ui uôi uya uyu ưa ưi ươi ươu ưu yêu"
)
_CLOSED = _words("ă â iê oă uâ uô ươ yê uyê")
_STOPPED = frozenset(("c", "ch", "p", "t"))
_TONE_MARKS = frozenset(_TONES[1:])
_MARKED = frozenset("ăâêôơ")


def to_unicode(text: str, font: str = "") -> str | None:
    """The text in Unicode; None where it is not sure. `font`: "tcvn3", "tcvn3_capitals" or "vni", where the font tells it."""
    text = unicodedata.normalize("NFC", text)
    ways = ("vni",) if font == "vni" else ("tcvn3",) if font else ("tcvn3", "vni")
    found = {made for way in ways if (made := _read(text, way)) is not None}
    if len(found) != 1:
        return None
    (made,) = found
    return made.upper() if font == "tcvn3_capitals" else made


def readings(text: str) -> tuple[str, ...]:
    """What the text may say, sure or not: it may name a person in every one of them."""
    return text, *(_converted(unicodedata.normalize("NFC", text), way) for way in ("tcvn3", "vni"))


def _read(text: str, way: str) -> str | None:
    if not _UNICODE_ONLY.search(text):
        made = _converted(text, way)
        return made if made != text and _is_vietnamese(made) else None
    parts: list[str] = []
    for part in re.split(r"(\s+)", text):
        other = _converted(part, way)
        right = {one for one in (part, other) if _is_vietnamese(one)} if not _UNICODE_ONLY.search(part) else {part}
        if len(right) != 1:
            return None
        parts += right
    made = "".join(parts)
    return made if made != text and _is_vietnamese(made) else None


def _converted(text: str, way: str) -> str:
    if way == "tcvn3":
        return "".join(_in_one_case(word) for word in re.split(r"(\s+)", text))
    pattern, letters = _vni()
    return pattern.sub(lambda found: _cased(found[0], letters[found[0].lower()]), text)


def _in_one_case(word: str) -> str:
    """A word of TCVN3. One typed with capitals has small letters with marks: TCVN3 has no others."""
    made = word.translate(_TCVN3)
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    return made.upper() if len(plain) > 1 and all(letter.isupper() for letter in plain) else made


def _cased(old: str, new: str) -> str:
    return new.upper() if old[0].isupper() else new


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of every letter of VNI, and its letters."""
    letters = dict(_VNI_ALONE)
    for base in "aeouyöô":
        own = _VNI_ALONE.get(base, base)
        for sign, tone in zip(_VNI_PLAIN[1:], _TONES[1:], strict=True):
            letters[base + sign] = unicodedata.normalize("NFC", own + tone)
    for base, roofed in zip("aeo", "âêô", strict=True):
        for sign, tone in zip(_VNI_ROOF, _TONES, strict=True):
            letters[base + sign] = unicodedata.normalize("NFC", roofed + tone)
    for sign, tone in zip(_VNI_BREVE, _TONES, strict=True):
        letters["a" + sign] = unicodedata.normalize("NFC", "ă" + tone)
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(longest_first), re.IGNORECASE), letters


def _is_vietnamese(text: str) -> bool:
    """Is every word with other letters than A to Z a Vietnamese syllable, or an abbreviation such as QĐ?"""
    return all(_is_syllable(word) or _ABBREVIATION.match(word) for word in _WORD.findall(text) if _NOT_ASCII.search(word))


def _is_syllable(word: str) -> bool:
    """One onset, vowels that stand together, one tone on its vowel; before c, ch, p, t only the two tones that go there."""
    letters: list[str] = []
    tones: list[tuple[int, str]] = []
    for letter in word.lower():
        apart = unicodedata.normalize("NFD", letter)
        tone = next((sign for sign in apart if sign in _TONE_MARKS), "")
        if tone:
            tones.append((len(letters), tone))
        letters.append(unicodedata.normalize("NFC", apart.replace(tone, "") if tone else apart))
    found = _SYLLABLE.match("".join(letters))
    if found is None or found["vowels"] not in _VOWELS or len(tones) > 1:
        return False
    if found["vowels"] in (_OPEN if found["coda"] else _CLOSED):
        return False
    if found["coda"] in _STOPPED and (not tones or tones[0][1] not in _TONES[1::4]):
        return False
    return not tones or tones[0][0] - found.start("vowels") in _tone_places(found["vowels"], found["coda"] is not None)


def _tone_places(vowels: str, closed: bool) -> set[int]:
    """The vowels that may bear the tone; both lawful places of oa, oe, uy."""
    marked = [at for at, letter in enumerate(vowels) if letter in _MARKED]
    if marked:
        return {marked[-1]}
    if closed:
        return {len(vowels) - 1}
    if len(vowels) == 3:
        return {1}
    return {0, 1} if vowels in ("oa", "oe", "uy") else {0}
