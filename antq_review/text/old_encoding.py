"""Is a text typed in an encoding from before Unicode (TCVN3, VNI)? Such a text looks right in its own font only.

TCVN3 puts Vietnamese letters in the places of signs such as ¸ µ ® and of letters such as ß; VNI writes a letter and then
its tone (`aù`, `oä`, `ñ`). A word of another language may have such a letter; a syllable without any other vowel, or
several such letters in one text, has not.
"""

from __future__ import annotations

import re
import unicodedata

from antq_review.text.folding import remembered

#: One search tells that most texts are not concerned.
_SUSPECT = re.compile(
    "[\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df"
    "\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff]"
)
_LETTER = r"[^\W\d_]"
#: TCVN3: a sign between two letters; `®` and the capitals of TCVN3 (§ ¡ ¢ £ ¤ ¥ ¦) before a letter.
_BETWEEN = re.compile(rf"(?<={_LETTER})[¡-§¨©ª¬®¯±´µ¶¸¹º¼½¾](?={_LETTER})|(?<![\w])[®§¡£¤¥¦](?={_LETTER})")
#: TCVN3 after the first letters of a syllable, which have no vowel: `c¸`, `h¹`, `b»ng`, `th«ng`, `tr­êng`, `l­u`.
_AFTER_CONSONANT = re.compile(
    r"(?i)(?<!\w)(?:[bcdđghklmnpqrstvx®]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)[¨©ª«¬\u00adµ¶·¸¹»¼½¾](?=[^\W\d_]|\W|\Z)"
)
_HORN_FIRST = re.compile(rf"(?<![\w\u00ad])\u00ad(?={_LETTER})")
#: Letters of TCVN3 and VNI that no Vietnamese word has; those that words of other languages have are weaker.
_STRANGE = re.compile("[ÄÅÆÇËÎÏÑÖØÜÛÞßäåæçëîïñöøûüþÿ÷×]")
_FOREIGN = frozenset("äöüñçëïåîû")
_VNI = re.compile(r"(?i)[aeouiyöô](?:[øûïõäåëæ]|[ùâêáàåãúéèüë](?=\W|\Z|c|m|n|p|t|i|u|o|y))|(?<!\w)ñ(?=[aeouiyöô])|ö[ôu]")
#: Pairs of VNI that stand in no Vietnamese word and in hardly any other.
_NEVER_TOGETHER = re.compile(r"(?i)[aeiouy][ùûõ]|[ae][áàãâåä]|o[âäå]|[aeou]ï(?=(?:ch|ng|nh|[cmnptiuoy])?(?:\W|\Z))")
_VOWEL = re.compile(r"(?i)[aeiouyăâêôơưà-ãè-êìíò-õùúýạ-ỹ]")


@remembered
def is_old_encoding(text: str) -> bool:
    """Has the text letters or signs in places where no Vietnamese text in Unicode has them?"""
    if text.isascii():
        return False
    text = unicodedata.normalize("NFC", text)
    if any(not (pair[0][0].islower() and pair[0][1].isupper()) for pair in _NEVER_TOGETHER.finditer(text)):
        return True
    if not _SUSPECT.search(text):
        return False
    if _BETWEEN.search(text) or _AFTER_CONSONANT.search(text) or _HORN_FIRST.search(text):
        return True
    strange = 0
    for word in text.split():
        found = _STRANGE.findall(word)
        if not found:
            continue
        if not _VOWEL.search(_STRANGE.sub("", word)) and re.search(_LETTER, _STRANGE.sub("", word)):
            strange += 1 if set(found) <= _FOREIGN and len(found) == 1 else 2
        elif _VNI.search(word):
            strange += len(found)
    return strange >= 2
