"""Old encodings in Unicode: every syllable must be a Vietnamese one, and no other reading may give one too."""

import pytest

from antq_review.text.old_letters import to_unicode
from tests.text.test_folding import TCVN3, WORDS


@pytest.mark.parametrize("text", WORDS)
def test_tcvn3_of_a_known_font_comes_back(text):
    old = "".join(TCVN3.get(letter, letter) for letter in text)
    assert to_unicode(old, "tcvn3") == text and to_unicode(old, "tcvn3_capitals") == text.upper()
    assert to_unicode(old) == text


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("Sinh ho¹t d\u00adíi cê", "Sinh hoạt dưới cờ"), ("§oµn tr\u00adêng THCS", "Đoàn trường THCS"), ("QUYÕT §ÞNH", "QUYẾT ĐỊNH"),
        ("Sè 15/Q§-THCS ngµy 5/9/2026", "Số 15/QĐ-THCS ngày 5/9/2026"), ("Hoaït ñoäng ngoaøi giôø", "Hoạt động ngoài giờ"),
        ("Tröôøng THCS", "Trường THCS"), ("Phoøng, choáng ma tuùy", "Phòng, chống ma túy"), ("COÂNG AN XAÕ", "CÔNG AN XÃ"),
        ("UÛy ban nhaân daân", "Ủy ban nhân dân"), ("nguyeãn", "nguyễn"), ("quyù I, giôùi thieäu", "quý I, giới thiệu"),
        ("Kế hoạch phßng ch¸y", "Kế hoạch phòng cháy"), ("Kế hoạch năm hoïc", "Kế hoạch năm học"),
    ],
)
def test_by_letters_alone_and_beside_unicode(old, text):
    assert to_unicode(old) == text


@pytest.mark.parametrize(
    "old",
    ["tæ", "cò", "Noël", "25µ", "Excel® cña", "xyzt¹p", "§¬nk", "Kế hoạch tæ", "plain", "thống kê ký", "Kế hoạch năm cá hµ", "ho¹x"],
)
def test_what_two_readings_fit_or_none_is_left(old):
    """`tæ` is tổ or tỉ; `cá` beside Unicode is cá or cò; `25µ` is no word."""
    assert to_unicode(old) is None


def test_the_font_decides_between_two_readings():
    assert (to_unicode("tæ", "tcvn3"), to_unicode("tæ", "vni")) == ("tổ", "tỉ")
    assert to_unicode("Hoaït", "tcvn3") is None
