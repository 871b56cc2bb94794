"""A changed text: its mapping is whole or refused, one altered criterion is one “not comparable”, a past year is judged again."""

import re
from datetime import date
from pathlib import Path

import pytest

from antq_review.errors import CannotDo, RulebookError, UsageError
from antq_review.history.compare import compare, in_order
from antq_review.history.model import LineKind, Moved, Why
from antq_review.history.rescore import named_rulebook, read_for, rescore
from antq_review.rules import rulebook
from antq_review.rules.loader import load
from antq_review.scoring import review
from antq_review.scoring.model.outcome import Truth
from antq_review.shipped import example_folder
from tests.history.altered import NEW_SENTENCE, OLD_SENTENCE, SAME, altered
from tests.scoring.score_table.tables import BANDS, fill

pytestmark = pytest.mark.usefixtures("without_steps")

DAY = {year: date(year, 11, 16) for year in (2024, 2025, 2026)}
ONE_ALTERED = {OLD_SENTENCE: NEW_SENTENCE}
#: Where a quarter-I text numbered its criteria otherwise: 5 and 6 change places.
TURNED = (
    '[[mapping]]\nolder = "tt_124"\nkind = "same"\nold = ["1", "2", "3", "4"]\nnew = ["1", "2", "3", "4"]\n'
    '[[mapping]]\nolder = "tt_124"\nkind = "renamed"\nold = ["5", "6"]\nnew = ["6", "5"]\n'
)


def texts_lines(found, *kinds):
    return [line for line in found.of(*(kinds or (LineKind.CRITERION, LineKind.MEASURE))) if line.group.startswith("tt_124")]


# --- mappings are whole --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (SAME.replace('"6"]\nnew', '"6", "7"]\nnew').replace('"6"]\n', '"6", "7"]\n', 1), "nêu mục 7, Thông tư 124 không có mục đó"),
        (SAME.replace(', "6"', ""), "nêu mục 6 của Thông tư 124 0 lần"),
        (SAME + SAME, "nêu mục 1 của Thông tư 124 2 lần"),
        (SAME.replace('new = ["1", "2"', 'new = ["2", "1"'), "dòng “same”"),
        (SAME.replace('"same"', '"renamed"'), "dòng “renamed”"),
        (SAME.replace('"same"', '"new"'), "dòng “new”"),
        (SAME.replace('"same"', '"split"'), "dòng “split”"),
        (SAME.replace('"same"', '"moved"'), "mapping.0.kind sai"),
        (SAME.replace('"tt_124"', '"tt_999"'), "Không có văn bản “tt_999”"),
    ],
)
def test_a_mapping_that_is_not_whole_is_refused(mapping, words, tmp_path):
    with pytest.raises(RulebookError, match=words):
        load(altered(tmp_path, mapping=mapping))


def test_what_is_new_or_gone_is_named_and_covered(tmp_path):
    whole = SAME.replace(', "6"', "") + (
        '[[mapping]]\nolder = "tt_124"\nkind = "gone"\nold = ["6"]\n[[mapping]]\nolder = "tt_124"\nkind = "new"\nnew = ["6"]\n'
    )
    assert [mapping.kind.value for mapping in load(altered(tmp_path, mapping=whole)).mapping] == ["same", "gone", "new"]


# --- one altered criterion -----------------------------------------------------------------------------------------


@pytest.fixture
def later(tmp_path, evidence_of_years):
    """2026 by the altered text."""
    changes = {**ONE_ALTERED, "Điều 7 khoản 1 Thông tư 124": "Điều 7 khoản 1 Thông tư 99"}
    folder = altered(tmp_path, changes=changes, text_id="tt_124")
    return review(evidence_of_years[2026], (load(folder), rulebook("qd_510")), DAY[2026])


def test_one_altered_criterion_is_exactly_one_not_comparable_with_both_citations(later, three):
    plain, changed = compare(in_order((three[1], three[2]))), compare(in_order((three[1], later)))
    refused = {line.key.removeprefix("tt_124"): line.last.why for line in texts_lines(plain) if line.last.why}
    now_refused = {line.key.removeprefix("tt_124"): line.last.why for line in texts_lines(changed) if line.last.why}
    assert now_refused == refused | {"/1": Why.TEXT}
    says = str(changed.line("tt_124/1").last.says)
    assert says == (
        "Văn bản đã đổi: năm 2025 theo Điều 7 khoản 1 Thông tư 124/2021/TT-BCA; năm 2026 theo Điều 7 khoản 1 Thông tư 99/2021/TT-BCA."
    )
    rows = {line.key: line.last for line in changed.of(LineKind.ROW)}
    assert [key for key, last in rows.items() if last.why is Why.TEXT] == []
    assert not any(key.startswith("PL10/tt_124.1") for key in rows)  # said once, at the criterion


def test_a_year_whose_every_line_is_settled_has_no_other_line_that_cannot_be_compared(tmp_path, evidence_of_years, three):
    """2025 beside itself one year on, by the altered text: one line, and no more, of everything that is not open."""
    text = load(altered(tmp_path, changes=ONE_ALTERED, text_id="tt_124"))
    changed = review(evidence_of_years[2025], (text, rulebook("qd_510")), DAY[2025])
    one_year_on = changed.model_copy(update={"year": 2026})
    found = compare(in_order((three[1], one_year_on)))
    assert [line.key for line in texts_lines(found) if line.last.moved is Moved.NOT_COMPARABLE] == ["tt_124/1"]
    assert {line.last.moved for line in texts_lines(found)} == {Moved.NOT_COMPARABLE, Moved.UNCHANGED}


def test_criteria_that_only_changed_their_number_are_compared(tmp_path, evidence_of_years, three):
    swap = {'id = "5"\n': 'id = "X"\n', 'id = "6"\n': 'id = "5"\n', 'id = "X"\n': 'id = "6"\n'}
    turned = review(evidence_of_years[2026], (load(altered(tmp_path, mapping=TURNED, changes=swap)),), DAY[2026])
    found = compare(in_order((three[1], turned)))
    assert str(found.line("tt_124_sua/6").label).startswith(three[1].text("tt_124").findings[4].title)
    assert found.line("tt_124_sua/6").last.moved is Moved.UNCHANGED
    assert found.line("tt_124_sua/5").last.why is Why.UNKNOWN  # units not rated yet, as in the text as it is


def test_a_criterion_that_was_split_says_what_it_was_a_part_of(tmp_path, evidence_of_years, three):
    """6 becomes 6 and 7: both are new lines, and say so."""
    split = SAME.replace(', "6"', "") + '[[mapping]]\nolder = "tt_124"\nkind = "split"\nold = ["6"]\nnew = ["6", "7"]\n'
    more = (
        '[[criteria]]\nid = "7"\ntitle = "Lực lượng bảo vệ"\ncitation = "Điều 7 khoản 7"\ntext = "lực lượng bảo vệ"\n'
        'award = "judgement"\n\n'
    )
    text = load(altered(tmp_path, mapping=more + split))
    found = compare(in_order((three[1], review(evidence_of_years[2026], (text,), DAY[2026]))))
    for name in ("6", "7"):
        last = found.line(f"tt_124_sua/{name}").last
        assert last.why is Why.SPLIT and str(last.says).startswith("Từ năm 2026 là một phần của mục 6 trước đây: Điều 7 khoản 6")
    assert found.line("tt_124_sua/5").last.moved is Moved.UNCHANGED


# --- judged again --------------------------------------------------------------------------------------------------


def test_last_year_by_this_years_text_is_comparable_and_says_what_it_is(tmp_path, evidence_of_years):
    """The folder is read anew, with what falls in the period of the other text."""
    text = named_rulebook(str(altered(tmp_path, changes=ONE_ALTERED)))
    later = review(evidence_of_years[2026], (text,), DAY[2026])
    again = rescore(read_for(text, example_folder().with_name("2025")), text, DAY[2025])
    assert str(again.rescored) == "Chấm lại theo Thông tư 124 sửa đổi" and again.draft
    assert str(again.warnings[0]).startswith("Bản này chấm lại năm 2025 theo Thông tư 124/2021/TT-BCA: Quy định khu dân cư, xã,")
    assert [one.id for one in again.texts][:1] == ["tt_124_sua"] and again.text("tt_124") is None
    found = compare(in_order((again, later)))
    # Criterion 1, by hand: the meeting of 2025 concluded other words, so it settles nothing here. Its six models began on 05/9/2025: five
    # effective ones if “Quý I” does not bind them, none if it does. 2025 is open between the readings, 2026 is met in both.
    first = found.line("tt_124_sua/1")
    assert [side.state for side in first.sides] == [Truth.UNKNOWN, Truth.YES]
    assert first.last.why is Why.UNKNOWN
    assert str(first.last.says).startswith("Năm 2025 chưa rõ: Kết quả khác nhau tùy cách hiểu: Ít nhất 01 mô hình hoạt động hiệu quả")
    assert [found.line(f"tt_124_sua/1/1f/{reading}/1f").last.moved for reading in "AB"] == [Moved.IMPROVED, Moved.IMPROVED]
    assert found.line("tt_124_sua/4").last.moved is Moved.IMPROVED  # the violence of 2025: settled in both years, and compared
    assert [line.key for line in texts_lines(found, LineKind.CRITERION) if line.last.why is Why.TEXT] == []
    assert found.years[0].rescored == again.rescored


def test_a_past_year_by_the_newer_text_beside_a_year_by_the_older_one(tmp_path, evidence_of_years, three):
    """The mapping is read from either side."""
    again = rescore(evidence_of_years[2025], named_rulebook(str(altered(tmp_path, changes=ONE_ALTERED))), DAY[2025])
    found = compare(in_order((again, three[2])))
    assert {line.key: line.last.why for line in texts_lines(found, LineKind.CRITERION) if line.last.why is not Why.UNKNOWN} == {
        "tt_124/1": Why.TEXT, **{f"tt_124/{name}": None for name in "2345"}
    }


def test_a_meeting_settles_only_what_it_was_asked(tmp_path, three, evidence_of_years):
    """Criterion 2 needs people: their conclusion holds where its words stayed, and is gone where a word of it changed."""
    stays = named_rulebook(str(altered(tmp_path, changes=ONE_ALTERED)))
    gone = named_rulebook(str(altered(tmp_path, changes={"có hình thức, biện pháp phối hợp quản lý học sinh": "có quy chế"}, text_id="x")))
    for text, truth in ((stays, Truth.YES), (gone, Truth.UNKNOWN)):
        again = rescore(evidence_of_years[2025], text, DAY[2025])
        second = again.texts[0].findings[1]
        assert (second.id, second.settled.truth) == ("2", truth)
        assert again.goals == three[1].goals  # no text changes the plan


def read_otherwise(folder: Path) -> Path:
    """What rules may come to hold of the same words: other titles, grounds and notes, a longer quote of 2b1, 5b without its readings."""
    path = folder / "criteria.toml"
    found = path.read_text(encoding="utf-8")
    found = re.sub(r'^(title|says|note|ground) = "(.*)"$', r'\1 = "\2 (đọc lại)"', found, flags=re.MULTILINE)
    whole, part = (re.search(rf'id = "{name}"\n.*\n.*\n(text = ".*")\n', found) for name in ("2", "2b1"))
    assert whole is not None and part is not None
    found = found[: part.start(1)] + whole[1] + found[part.end(1) :]
    place = found.index('id = "5b"')
    start, end = found.index("[[criteria.parts.readings]]", place), found.index('[[criteria]]\nid = "6"', place)
    assert found[place:start].rstrip().endswith('award = "all_of"') and found[start:end].count("readings]]") == 2
    measured = 'award = "none_of"\nmeasure = "discipline_count"\nfilter = { group = ["guards"] }\n\n'
    found = found[:start].rstrip().removesuffix('award = "all_of"') + measured + found[end:]
    path.write_text(found, encoding="utf-8")
    return folder


def test_the_same_words_read_in_more_ways_stay_the_same_text(tmp_path, evidence_of_years, three):
    """Every criterion is compared, and the meeting's conclusion holds: it judged the words, not how the rules split them."""
    text = load(read_otherwise(altered(tmp_path)))
    before = rescore(evidence_of_years[2025], text, DAY[2025])
    settled = [one.settled.truth for one in three[1].text("tt_124").findings]
    assert [one.settled.truth for one in before.text("tt_124_sua").findings] == settled
    found = compare(in_order((before, three[2])))
    plainly = compare(in_order((three[1], three[2])))
    for name in "123456":
        assert found.line(f"tt_124/{name}").last == plainly.line(f"tt_124/{name}").last, name
    # What was measured in one way and is measured in two now stands on one line, both values seen, not compared.
    line = found.line("tt_124/5/5b/E/5b")
    assert [side.low for side in line.sides] == [0, 0] and line.last.why is Why.METHOD
    assert str(line.last.says) == "Văn bản không đổi, nhưng phép đo đã đổi giữa năm 2025 và năm 2026."
    assert found.line("tt_124/5/5b") is None


def test_a_year_by_its_own_text_is_what_it_was(three, evidence_of_years):
    again = rescore(evidence_of_years[2025], named_rulebook("tt_124"), DAY[2025])
    assert again.text("tt_124") == three[1].text("tt_124") and again.goals == three[1].goals and again.draft


def test_a_past_year_by_another_table_of_points(tmp_path, evidence_of_years):
    """The paper of a later year: 12 points known, 88 that its meeting never gave; nothing of the year's own table is carried over."""
    table = named_rulebook(str(fill(tmp_path / "thang_diem.xlsx", bands=BANDS)))
    again = rescore(evidence_of_years[2025], table, DAY[2025])
    decision = again.text(table.id)
    assert [one.id for one in again.texts] == ["tt_124", table.id]
    assert str(again.rescored) == f"Chấm lại theo {table.short}" and decision.draft and not decision.illustrative
    assert (decision.total, decision.range.high - decision.range.low >= 88) == (100, True)


def test_a_faulty_table_of_points_is_refused(tmp_path):
    path = fill(tmp_path / "thang_diem.xlsx", rows=[{"number": "5", "text": "Thiếu điểm", "points": -1}])
    with pytest.raises(CannotDo, match=r"thang_diem\.xlsx"):
        named_rulebook(str(path))


def test_an_unknown_text_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(UsageError, match="“tt_9”: không phải mã văn bản đang có"):
        named_rulebook("tt_9")
    (tmp_path / "trống").mkdir()
    with pytest.raises(UsageError):
        named_rulebook(str(tmp_path / "trống"))
