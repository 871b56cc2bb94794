"""Numbers, days of birth and names beside a class are masked; the ordinary words of a school's year are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_review.text.personal import MASK, masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Liên hệ 0912345678 để biết", f"Liên hệ {MASK} để biết"),
        ("ĐT: 0912 345 678, 0263.3822.123", f"ĐT: {MASK}, {MASK}"),
        ("+84912345678", MASK),
        ("CCCD 068201000001", f"CCCD {MASK}"),
        ("CCCD 068 201 000 001.", f"CCCD {MASK}."),
        ("em A, sinh ngày 05/9/2012, vi phạm", f"em A, sinh ngày {MASK}, vi phạm"),
        ("SN 2011", f"SN {MASK}"),
        ("(năm sinh: 2010)", f"(năm sinh: {MASK})"),
        ("Nguyễn Văn An lớp 7A nhặt được của rơi", f"{MASK} lớp 7A nhặt được của rơi"),
        ("em Trần Thị Bình (8/2), em Lê Văn Cường, 9B", f"em {MASK} (8/2), em {MASK}, 9B"),
        ("Lớp 6A1: Hoàng Minh", f"Lớp 6A1: {MASK}"),
        ("nhóm của K' Brèo lớp 10A", f"nhóm của {MASK} lớp 10A"),
    ],
)
def test_what_points_to_a_person_is_masked(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chuyên đề phòng, chống ma túy cho lớp 7A, 7B", "Quyết định 510/QĐ-BCA-V05 ngày 20/01/2022", "kinh phí 1.250.000.000 đồng",
        "Trường THCS Nguyễn Trãi, lớp 8A dự thi", "Ngày hội 19-8-2026", "phát sinh 2020", "học sinh năm 2020", "vệ sinh năm học 2021",
        "05.9.2026-06.9.2026", "Công an xã Nam Ban 7/5", "lớp 6A, 6B, 7A; giáo viên chủ nhiệm", "tổ Tự nhiên 8A", "số 123456/CV",
        "12345678",
        "Đội viên lớp 9A diễn đàn “An toàn”", "Nguyễn Trãi, Lê Lợi", "sinh hoạt dưới cờ 2026",
    ],
)
def test_ordinary_words_stay(text):
    assert masked(text) == text


@given(st.text(st.sampled_from("0123456789 ./-abcNguyễnVăn lớp7A(),"), max_size=60))
def test_no_run_of_nine_to_twelve_digits_is_left_and_masking_again_changes_nothing(text):
    once = masked(text)
    assert masked(once) == once
    assert not any(9 <= len(run) <= 12 and run.isdigit() for run in once.split())
