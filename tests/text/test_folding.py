"""PC05, PC06: what is the same word, what only resembles it, and what is not Unicode."""

import unicodedata

import pytest

from antq_review.text import fold, fold_name, is_old_encoding, resemblance
from tests.each import each


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ma túy", "ma tuý"), ("Ngoại khóa", "ngoại khoá"), ("khỏe", "khoẻ"), ("Thủy", "Thuỷ"), ("Hùynh", "Huỳnh"), ("qúy", "quý"),
        ("gìa", "già"), ("Ðội TNTP", "Đội TNTP"), ("Đoàn – Đội", "Đoàn - Đội"), ("Đoàn–Đội", "Đoàn-Đội"), ("«Xanh»", "“Xanh”"),
        ("2025 - 2026", "2025–2026"),
        ("ma túy", unicodedata.normalize("NFD", "ma tuý")), ("MA TÚY", "ma tuý"), ("Tổ  Tự\u00a0nhiên", "tổ tự nhiên"), ("H’Hen", "H'Hen"),
    ],
)
def test_two_spellings_of_one_word(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Đạt", "Đất"), ("của", "cuả"), ("mùa", "muà"), ("gì", "gi"), ("kỹ", "kĩ"), ("hoà",
    "hoá"), ("tuy", "túy")])
def test_two_words(one, other):
    assert fold(one) != fold(other)


def test_i_and_y_only_resemble():
    assert resemblance("Kĩ năng sống") == resemblance("Kỹ năng sống") == resemblance("ky nang song")
    assert resemblance("Kỹ năng sống") != resemblance("Kỹ năng số")


#: Letters of Unicode in the places of TCVN3.
TCVN3 = dict(zip(
    "đăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    "®¨©ª«¬\u00adµ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ", strict=True,
))
WORDS = [
    "sinh hoạt dưới cờ", "quyết định", "hiệu trưởng", "phòng", "chống ma túy lưu hành", "ưu tiên", "thư", "đội", "hạ", "nước", "bằng", "và",
    "thông báo", "tổ tự nhiên", "kế hoạch", "công an xã", "ứng dụng", "âm nhạc",
]


@each("text", WORDS)
def test_tcvn3_is_no_unicode(text):
    assert is_old_encoding("".join(TCVN3.get(letter, letter) for letter in text)) and not is_old_encoding(text)


@pytest.mark.parametrize("text", ["Hoaït ñoäng ngoaøi giôø", "Tröôøng THCS", "Phoøng choáng ma tuùy", "Coâng an xaõ",
    "Keá hoaïch", "Sinh hoaït", "ñoäi"])
def test_vni_is_no_unicode(text):
    assert is_old_encoding(text)


@pytest.mark.parametrize(
    "text",
    [
        "Noël 2026", "Müller", "naïve", "Köln", "25°C", "5 µm", "Excel® 2019", "nói «không» với ma túy", "nói«không»với",
        "mục tiêu¹", "trường­học",
        "№ 5 – §5 Điều", "10 × 20", "a·b", "Café", "1ª", "·Tuyên truyền", "©Microsoft", "½ ngày", "khoản 3º", "H’Hen Niê", "façade Citroën",
        unicodedata.normalize("NFD", "Trường tiểu học số 2, phường Mỹ Đình – điểm trường thôn Hạ"), "Đắk Lắk, Krông Pắc", "Ðội",
    ],
)
def test_what_a_vietnamese_text_may_hold(text):
    assert not is_old_encoding(text)


def test_the_names_of_a_large_folder_are_folded_once():
    """Each filter by name asks for all of them in turn, so a memory that is a little too small would remember none."""
    names = [f"Sinh hoạt dưới cờ {number}" for number in range(5_000)]
    first = [fold_name(name) for name in names]
    assert all(fold_name(name) is known for name, known in zip(names, first, strict=True))
