"""Near spellings: asked where one known name is meant, never where two might be, or where a number or an abbreviation differs."""

import pytest

from antq_review.forms.choices import Audience, Topic
from antq_review.text import near_name

UNITS = ["Tổ Toán", "Tổ Tiểu học 1", "Tổ Tiểu học 2", "Tổ Văn phòng", "Tổ Ngữ văn", "Đoàn trường", "Đội TNTP"]


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("Ma tuy", Topic.labels().values(), "Ma túy"),
        ("An toàn giao thôn", Topic.labels().values(), "An toàn giao thông"),
        ("Phòng cháy, chữa chái", ["Phòng cháy, chữa cháy", "Đuối nước"], "Phòng cháy, chữa cháy"),
        ("To Toan", UNITS, "Tổ Toán"),
        ("Tổ Vằn phòng", UNITS, "Tổ Văn phòng"),
        ("Tổ Tiểu học 3", UNITS, None),  # another number
        ("Tổ Tiểu học", UNITS, None),  # one of two
        ("Học sinh", Audience.labels().values(), None),
        ("Học sinh THPS", ["Học sinh TH", "Học sinh THCS", "Học sinh THPT"], None),
        ("TH", ["THCS", "THPT"], None),
        ("Bóng đá", Topic.labels().values(), None),
        ("", UNITS, None), ("???", UNITS, None),
    ],
)
def test_near_names(written, known, meant):
    assert near_name(written, known) == meant


def test_no_entry_of_a_list_is_taken_for_another():
    for entry in (*Topic.labels().values(), *Audience.labels().values()):
        others = [other for other in (*Topic.labels().values(), *Audience.labels().values()) if other != entry]
        assert near_name(entry, others) is None, entry
