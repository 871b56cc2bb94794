"""Names of files that point to a person are masked; two names that become one keep labels of their own."""

import pytest

from antq_review.text.personal_paths import Labels, masked_path


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("minh_chung/CCCD_012345678901.jpg", "minh_chung/CCCD_(đã che).jpg"), ("minh_chung/0912345678.jpg", "minh_chung/(đã che).jpg"),
        ("0912.345.678.png", "(đã che).png"), ("012 345 678 901.pdf", "(đã che).pdf"), ("ngaysinh_12-03-2012.pdf", "ngaysinh_(đã che).pdf"),
        ("sn2012_giay.pdf", "sn(đã che)_giay.pdf"), ("nguyen_van_an_7a.png", "(đã che)_7a.png"), ("NguyenVanAn7A.jpg", "(đã che)7A.jpg"),
        ("minh_chung/7A/Nguyễn Văn An.jpg", "minh_chung/7A/(đã che).jpg"), ("Tran Van Binh - lop 7.docx", "(đã che) - lop 7.docx"),
        ("NGUYỄN VĂN AN 8B2.pdf", "(đã che) 8B2.pdf"), ("em Lê Thị Mai 6A1.jpg", "em (đã che) 6A1.jpg"),
        ("https://zalo.me/0912345678", "https://zalo.me/(đã che)"),
    ],
)
def test_what_points_to_a_person_is_masked(path, shown):
    assert masked_path(path) == shown


@pytest.mark.parametrize(
    "path",
    [
        "IMG_20261012_123456.jpg", "05_anh_ngoai_khoa_7A.jpg", "Le_Khai_Giang_7A.jpg", "to_chuyen_mon_7a.docx", "minh_chung/HD-07_anh.jpg",
        "https://drive.google.com/file/d/1a2B3c4D5e/view", "z5678901234567_ab.jpg", "trinh_chieu_7a.pptx", "Ảnh lớp 7A thi vẽ.jpg",
        "Kế hoạch số 12 KH-THCS ngày 05-09-2026.pdf", "3_hoat_dong.xlsx", "Trường THCS Trần Hưng Đạo 7A.jpg",
        "Truong THCS Tran Hung Dao 7A.jpg", "Doan Thanh Nien 7A.jpg", "Nguyễn Văn An.jpg", "phat_sinh_2012.pdf",
    ],
)
def test_other_names_stay(path):
    assert masked_path(path) == path


def test_two_names_that_become_one_keep_labels_of_their_own():
    labels = Labels()
    assert [labels.of(name) for name in ("0912345678.jpg", "0912345679.jpg", "0912345678.JPG", "b.jpg", "0912345678.jpg")] == [
        "(đã che).jpg", "(đã che) (2).jpg", "(đã che).jpg", "b.jpg", "(đã che).jpg",
    ]
