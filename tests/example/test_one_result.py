"""One result on one paper: a school whose meeting disagrees with the evidence says the same everywhere, the difference once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from antq_review.errors import NotFinal
from antq_review.forms.rows.evidence import Incident
from antq_review.scoring import summary as sum_up
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import review_evidence
from antq_review.text import number
from tests.each import each
from tests.example.conftest import HAND
from tests.example.disagreeing import (
    CONCLUDED,
    OFFICIAL,
    PAPERS,
    POINTS,
    REASON,
    Said,
    annex,
    annex_file,
    label,
    of_annex,
    of_rows,
    on_screen,
    printed,
    results_sheets,
    school,
    statements,
    told,
)
from tests.publish.dossier.documents import made

#: What the meeting concluded otherwise than the evidence: criteria of Circular 124, items of the table of Decision 510.
CASES = {
    "below the evidence": ({**CONCLUDED, "5": "not_met"}, {**POINTS, "4a": Decimal(0), "5.2": Decimal(8)}),
    "one criterion below, points above": ({**CONCLUDED, "1": "not_met"}, {**POINTS, "8": Decimal(10), "6": Decimal("12.5")}),
    "a deduction that the evidence does not give": (CONCLUDED, {**POINTS, "T1": Decimal(2)}),
    "left open": ({**CONCLUDED, "6": None}, POINTS),
    "no meeting": ({}, {}),
    "agreed": (CONCLUDED, POINTS),
}


@pytest.fixture(scope="module", autouse=True)
def without_steps() -> Iterator[None]:
    """Steps are tried elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sum_up, "to_do", lambda standing: ((), 0))
        yield


def reviewed(case: str, final: bool = False, **more) -> Review:
    results, points = CASES[case]
    return review_evidence(school(results, points, **more), HAND["as_of"], final=final)


def above() -> Review:
    """The other direction: the evidence says “chưa đạt” (a verified case of school violence), the meeting says “đạt”."""
    return review_evidence(with_violence(REASON), HAND["as_of"])


def with_violence(reason: str):
    """The example with its first incident verified as school violence; the meeting concluded criterion 4 as met."""
    evidence = school(reason=reason)
    first, *others = evidence.of(Incident)
    values = first.values.model_copy(update={"kind": "school_violence", "verified": "yes"})
    tables = {**evidence.tables, "incidents": replace(evidence.tables["incidents"], rows=[replace(first, values=values), *others])}
    return replace(evidence, tables=tables)


class Tried:
    """A case: its review, and its papers, each made once."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.documents = {code: made(review, code) for code in PAPERS}
        self.lines = {code: printed(document, code) for code, document in self.documents.items()}


@pytest.fixture(scope="module", params=[*CASES, "above the evidence"])
def tried(request) -> Tried:
    return Tried(above() if request.param == "above the evidence" else reviewed(request.param))


@pytest.fixture(scope="module")
def found(tried: Tried) -> Review:
    return tried.review


def assert_one(said: Iterable[Said]) -> None:
    """Of one thing, the school says one result, and the evidence says one."""
    values: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in said:
        values[one.of, one.by].setdefault(one.what, one.line)
    assert not {place: told for place, told in values.items() if len(told) > 1}


def test_no_two_statements_on_one_result_differ(found: Review, tried: Tried) -> None:
    lines = tried.lines | on_screen(found)
    said = [one for shown in lines.values() for one in statements(shown)]
    said += [one for document in tried.documents.values() for one in of_rows(document)] + list(of_annex(annex(found)))
    assert any(one.of == "tt_124" for one in said) and any(one.of == "total" and one.by == "evidence" for one in said)
    assert_one(said)
    for code in OFFICIAL:
        own = {one.of: one.what for one in said if one.by == "school"}
        for one in statements(lines[code]):
            if one.by == "evidence" and not one.is_note and found.text("tt_124").is_concluded:
                assert own.get(one.of) in (None, one.what), f"{code}: {one.line}"


def test_the_annex_says_in_its_file_what_it_says_in_its_sheets() -> None:
    review = reviewed("below the evidence")
    assert list(of_annex(annex_file(review))) == list(of_annex(annex(review))) != []


def test_what_the_papers_say_is_what_the_meeting_concluded(found: Review, tried: Tried) -> None:
    for text in found.texts:
        for finding in text.findings:
            score = finding.self_score
            if text.total is None and score is not None:
                row = next(row for row in of_rows(tried.documents["D4"]) if row.of == finding.id)
                assert row.what == label(score.result)
    own = found.text("qd_510").own_total()
    totals = {one.what for one in of_rows(tried.documents["D5"]) if one.of == "total"}
    assert totals == (set() if own is None else {number(own)})


@each("code", OFFICIAL)
def test_a_difference_stands_once_in_a_paper_as_a_note_with_its_reason(code: str, found: Review, tried: Tried) -> None:
    lines = [line for line in tried.lines[code] if "Ghi chú: tiêu chí" in line or "Ghi chú: mục" in line]
    about = {"D2": ("tt_124",), "D3": ("tt_124",), "D5": ("qd_510",), "D6": ("qd_510",)}.get(code, ("tt_124", "qd_510"))
    expected = [one for text in found.texts if text.id in about for one in text.findings if one.conflict]
    if code != "D8":  # a deduction has no sheet
        expected += [one for text in found.texts if text.id in about for one in text.deductions if one.conflict]
    told = [part for line in lines for part in line.split("Ghi chú: ")[1:]]
    assert len([part for part in told if part.startswith(("tiêu chí", "mục"))]) == len(expected)
    assert all(REASON in part for part in told if part.startswith(("tiêu chí", "mục")))


def test_recognition_is_requested_if_and_only_if_the_meeting_concluded_so(found: Review, tried: Tried) -> None:
    text = found.text("tt_124")
    asked = text.is_concluded and all(one.official_truth.value in ("yes", "not_applicable") for one in text.findings)
    whole = " ".join(" ".join(tried.lines["D2"]).split())
    assert ("đề nghị xét duyệt, công nhận" in whole) == asked
    assert ("xem xét, công nhận Trường TH&THCS Mẫu" in whole) == asked


def test_minutes_conclude_what_their_sheet_concludes_and_nothing_else() -> None:
    lines = printed(made(reviewed("left open"), "D4"), "D4")
    assert "Đã kết luận đạt: tiêu chí 1, 2, 3, 4, 5." in lines
    assert not any("Kết quả chung" in line or "Đã kết luận chưa đạt" in line for line in lines)
    lines = printed(made(above(), "D4"), "D4")
    assert "Đã kết luận đạt: tiêu chí 1, 2, 3, 4, 5, 6." in lines
    assert "Kết quả chung – Tự đánh giá: đạt – đề nghị công nhận." in lines


@pytest.mark.parametrize("case", ["below the evidence", "a deduction that the evidence does not give", "above the evidence"])
def test_a_difference_without_a_reason_is_refused_with_criterion_and_cell(case: str) -> None:
    evidence = with_violence("") if case == "above the evidence" else school(*CASES[case], reason="")
    with pytest.raises(NotFinal) as refused:
        review_evidence(evidence, HAND["as_of"], final=True)
    told = [str(reason) for reason in refused.value.reasons]
    names = {
        "below the evidence": ("tiêu chí 5", "mục 4a"), "above the evidence": ("tiêu chí 4",),
        "a deduction that the evidence does not give": ("mục T1",),
    }[case]
    for name in names:
        (reason,) = [one for one in told if f"{name}:" in one]
        assert "1_nha_truong.xlsx › Tự chấm › F" in reason and "«Lý do»" in reason


def test_with_its_reasons_the_disagreeing_school_has_its_final_papers() -> None:
    assert not reviewed("below the evidence", final=True).draft
    assert not review_evidence(with_violence(REASON), HAND["as_of"], final=True).draft


def test_not_applicable_needs_a_fact_and_no_reason_stands_for_it() -> None:
    with pytest.raises(NotFinal) as refused:
        review_evidence(school({**CONCLUDED, "4": "not_applicable"}), HAND["as_of"], final=True)
    assert any("cần có căn cứ ở biểu «Thông tin trường»" in str(one) for one in refused.value.reasons)


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # shrinking would take minutes
@given(
    results=st.fixed_dictionaries({name: st.sampled_from(["met", "not_met", None]) for name in "123456"}),
    points=st.fixed_dictionaries({
        name: st.sampled_from([value, Decimal(2)] if name == "T1" else [None, Decimal(0), value, value / 2])
        for name, value in POINTS.items()
    }),
)
def test_whatever_is_concluded_the_papers_stay_consistent(results, points) -> None:
    """All that a form can print: the papers have the same fields, D2 its own title and request."""
    review = review_evidence(school(results, points), HAND["as_of"])
    said = [one for shown in on_screen(review).values() for one in statements(shown)]
    for code in ("D2", "D10"):
        document = made(review, code)
        said += [*statements(told(document)), *of_rows(document)]
    assert_one([*said, *of_annex(results_sheets(review))])
