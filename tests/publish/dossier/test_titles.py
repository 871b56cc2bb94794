"""Names of the papers as Article 9(2)(b) of Circular 124 gives them, and the Circular as it is cited."""

import pytest

from antq_review.publish.dossier import DOCUMENTS
from antq_review.rules.loader import RULES
from antq_review.text import say
from tests.publish.dossier.documents import of

STANDARD = "“An toàn về an ninh, trật tự”"
LAW = (RULES / "tt_124_2021" / "nguyen_van.md").read_text(encoding="utf-8")
TITLE = "quy định khu dân cư, xã, phường, thị trấn, cơ quan, doanh nghiệp, cơ sở giáo dục đạt tiêu chuẩn"
AMENDED = "(được sửa đổi, bổ sung bởi Thông tư số 48/2025/TT-BCA)"


@pytest.mark.parametrize(("code", "kind", "subject", "law"), [
    ("D1", "BẢN ĐĂNG KÝ", f"Phấn đấu đạt tiêu chuẩn {STANDARD}", f"Bản đăng ký phấn đấu đạt tiêu chuẩn {STANDARD}"),
    (
        "D2", "TỜ TRÌNH", f"Về việc đề nghị xét duyệt, công nhận đạt tiêu chuẩn {STANDARD}",
        f"Tờ trình đề nghị xét duyệt, công nhận đạt tiêu chuẩn {STANDARD}",
    ),
    (
        "D3", "BÁO CÁO", f"Kết quả xây dựng cơ sở giáo dục đạt tiêu chuẩn {STANDARD}",
        f"Báo cáo kết quả xây dựng khu dân cư, xã, phường, thị trấn, cơ quan, doanh nghiệp, cơ sở giáo dục đạt tiêu chuẩn {STANDARD}",
    ),
    (
        "D4", "BIÊN BẢN",
        f"Cuộc họp đánh giá tình hình, kết quả thực hiện các tiêu chí xây dựng cơ sở giáo dục đạt tiêu chuẩn {STANDARD}",
        "Biên bản cuộc họp đánh giá tình hình, kết quả thực hiện các tiêu chí xây dựng khu dân cư, xã, phường, thị trấn, cơ quan, "
        f"doanh nghiệp, cơ sở giáo dục đạt tiêu chuẩn {STANDARD}",
    ),
])
def test_a_paper_has_the_name_that_the_circular_gives_it(dossier, code, kind, subject, law):
    assert law in LAW
    assert say(f"dossier.documents.{code}.type") == kind
    assert say(f"dossier.documents.{code}.subject", year=2026) == f"{subject} năm 2026"
    assert code == "D2" or dossier[code]["document_subject"] == f"{subject} năm 2026"  # D2 requests only what a meeting concluded


@pytest.mark.parametrize("code", ["D1", "D2"])
def test_the_circular_is_cited_by_its_title_and_with_its_amendment(dossier, code):
    first = dossier[code]["grounds"][0]
    assert first == (
        f"Căn cứ Thông tư số 124/2021/TT-BCA ngày 28/12/2021 của Bộ trưởng Bộ Công an {TITLE} {STANDARD} {AMENDED}"
    )


def test_the_minutes_name_the_amendment_too(dossier):
    assert dossier["D4"]["purpose_paragraphs"][0].endswith(f"theo Điều 7 Thông tư số 124/2021/TT-BCA {AMENDED}.")


def test_a_year_before_the_amendment_does_not_cite_it(review):
    earlier = review.model_copy(update={"year": 2024})
    assert AMENDED not in of(earlier, "D2")["grounds"][0] and "48/2025" not in of(earlier, "D4")["purpose_paragraphs"][0]


def test_the_old_names_stand_in_no_paper(dossier):
    whole = " ".join(str(dossier[code]) for code in DOCUMENTS)
    assert "Kết quả thực hiện tiêu chuẩn" not in whole and "kết quả thực hiện tiêu chuẩn" not in whole
    assert "Báo cáo kết quả xây dựng cơ sở giáo dục đạt tiêu chuẩn" in str(dossier["D2"]["enclosures"])
