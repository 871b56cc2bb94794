"""Problems by cause: one line with the range of its cells and their number, and no long list twice."""

import io
from contextlib import redirect_stdout

from antq_review.cli.check import print_problems
from antq_review.forms.choices import Topic
from antq_review.ingest.model import Severity
from antq_review.ingest.problem_groups import MOST_SHOWN, problem_groups
from antq_review.ingest.problems import merged, problem
from tests.ingest.corpus import ACTIVITIES, activities, clean, head, read_files

TOPICS = "; ".join(Topic.labels().values())


def count_fault(row, found, column="Có mặt"):
    return problem("not_a_count", file="a.xlsx", sheet="Hoạt động", cells=[f"D{row}"], column=column, found=found, how="Ghi số")


def test_one_cause_is_one_line_with_its_range_and_number():
    (group,) = problem_groups([count_fault(row, f"khoảng {row % 5}") for row in range(8, 63)])
    assert group.place == "a.xlsx › Hoạt động › D8:D62, 55 ô, «Có mặt»" and group.count == len(group.cells) == 55
    assert len(group.problems) == 55 and group.severity is Severity.ERROR
    told = "; ".join(f"“khoảng {number}” không phải số đếm" for number in (3, 4, 0))
    assert str(group.says) == f"{told}; và 2 trường hợp như vậy."
    assert group.found == "khoảng 3; khoảng 4; khoảng 0; …"


def test_what_has_another_remedy_column_sheet_or_file_is_another_line():
    one = count_fault(8, "x")
    others = [one.model_copy(update=change) for change in (
        {"remedy": one.says}, {"column": "Phải dự"}, {"sheet": "Văn bản"}, {"file": "b.xlsx"}, {"severity": Severity.WARNING},
    )]
    groups = problem_groups([one, *others])
    assert len(groups) == 6 and [group.range for group in groups] == ["D8"] * 6


def test_few_sentences_are_all_told():
    (group,) = problem_groups([count_fault(row, f"x{row}") for row in range(MOST_SHOWN)])
    assert str(group.says).count("không phải số đếm") == MOST_SHOWN and "trường hợp" not in str(group.says)


def test_a_fault_without_cells_keeps_its_place():
    (group,) = problem_groups([problem("file_empty", file="a.xlsx")])
    assert (group.place, group.count, group.range) == ("a.xlsx", 1, "")


def test_no_list_of_topics_is_printed_twice(tmp_path):
    """Three columns of one list, in two files: its twenty entries are told once."""
    wrong = {"topic_1": "Bơi lội", "topic_2": "Cờ vua", "topic_3": "Bóng đá"}
    rows = [row | wrong for row in ACTIVITIES[:3]]
    other = [row | wrong | {"name": f"Khác {n}"} for n, row in enumerate(rows)]
    evidence = read_files(tmp_path, clean() | {"3.xlsx": activities(rows), "4.xlsx": activities(other, head("Tổ Tự nhiên"))})
    with redirect_stdout(io.StringIO()) as out:
        print_problems(merged(evidence.problems))
    printed = out.getvalue()
    assert printed.count("không có trong danh sách.") == 6 and printed.count(TOPICS) == 1
    assert printed.count("một mục trong danh sách đã nêu ở 3.xlsx › Hoạt động › E14:E16, 3 ô, «Chủ đề 1»") == 5
