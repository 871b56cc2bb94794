"""The figures: the same bytes, a sentence for those who cannot see, textures that mean a state."""

import subprocess
import sys
from decimal import Decimal
from io import BytesIO

import pytest

from antq_review.publish.figures import canvas as drawing
from antq_review.publish.figures import review as figures
from antq_review.publish.figures import year as figures_year
from antq_review.publish.wording import shortened
from antq_review.scoring.model.outcome import Outcome, Truth
from antq_review.scoring.model.review import MonthCount

ALL = [
    figures.points_figure, figures.plan_figure, figures.months_figure, figures_year.participation_figure,
    figures_year.incidents_figure, figures_year.devices_figure, figures_year.files_figure,
]


def colours(png: bytes) -> set[str]:
    from matplotlib.image import imread

    pixels = (imread(BytesIO(png))[..., :3] * 255).round().astype(int).reshape(-1, 3)
    return {"#{:02x}{:02x}{:02x}".format(*pixel) for pixel in {tuple(row) for row in pixels.tolist()}}


@pytest.fixture(scope="module")
def drawn(review):
    """Each figure of the example with its sentence."""
    return {draw: draw(review) for draw in ALL}


@pytest.mark.parametrize("draw", ALL)
def test_the_same_review_gives_the_same_bytes(draw, drawn, review):
    assert draw(review) == drawn[draw]


@pytest.mark.parametrize("draw", ALL)
def test_a_figure_is_a_png_of_the_report_s_width_without_a_clock_or_the_drawing_program(draw, drawn):
    png, _ = drawn[draw]
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 1290
    assert b"tEXt" not in png and b"tIME" not in png


@pytest.mark.parametrize("draw", ALL)
def test_the_sentence_beside_a_figure_is_one_sentence_with_its_figures(draw, drawn):
    _, says = drawn[draw]
    assert says.endswith(".") and "\n" not in says
    assert any(letter.isdigit() for letter in says)


def test_the_plan_s_sentence_counts_every_goal(drawn, review):
    _, says = drawn[figures.plan_figure]
    assert f"{len(review.goals)} nội dung kế hoạch" in says


def test_the_points_sentence_says_what_has_no_scale_yet(without_table):
    _, says = figures.points_figure(without_table)
    assert "88 điểm chưa có thang điểm" in says


def opened(review):
    """The example with one item of Decision 510 left open."""
    text = review.text("qd_510")
    first = text.findings[0].model_copy(update={"settled": Outcome(truth=Truth.UNKNOWN, low=Decimal(0), high=Decimal(3))})
    text = text.model_copy(update={"findings": (first, *text.findings[1:])})
    return review.model_copy(update={"texts": (text,)})


def test_what_is_open_is_hatched_and_what_is_unread_pale(without_table):
    settled, _ = figures.points_figure(without_table)
    still_open, says = figures.points_figure(opened(without_table))
    assert drawing.HATCH not in colours(settled)
    assert {drawing.HATCH, drawing.LINE, drawing.BLUE} <= colours(still_open)
    assert "mục 1 từ 0 đến 3 / 3 điểm" in says


def test_months_down_to_the_last_row_which_counts_each_activity_once(review):
    frame = figures.months_frame(review.months)
    assert list(frame.iloc[-1]) == [count.activities for count in review.months]
    assert frame.columns[0] == "11/2025"
    assert frame.iloc[:-1].to_numpy().sum() == sum(sum(count.by_topic.values()) for count in review.months)


def test_months_without_any_topic_are_drawn_too():
    frame = figures.months_frame([MonthCount(year=2026, month=1, activities=2, by_topic={})])
    assert frame.to_numpy().tolist() == [[2]]


@pytest.mark.parametrize(
    ("draw", "without"),
    [
        (figures.points_figure, "texts"), (figures.plan_figure, "goals"), (figures.months_figure, "months"),
        (figures_year.participation_figure, "tables"), (figures_year.devices_figure, "tables"), (figures_year.files_figure, "forms"),
    ],
)
def test_where_there_is_nothing_there_is_no_figure(draw, without, review):
    assert draw(review.model_copy(update={without: ()})) is None


def with_row(review, table_id, key, **changes):
    """The example with one line of a numeric table changed."""
    tables = tuple(
        table.model_copy(update={"rows": tuple(row.model_copy(update=changes) if row.key == key else row for row in table.rows)})
        if table.id == table_id else table
        for table in review.tables
    )
    return review.model_copy(update={"tables": tables})


def test_a_rate_that_is_only_a_lower_end_is_hatched_to_its_upper_end(review):
    changed = with_row(review, "PL3", "rate.teachers", value=Decimal(40), at_least=True, at_most=Decimal(75))
    png, says = figures_year.participation_figure(changed)
    assert drawing.HATCH in colours(png) and "Giáo viên: từ 40% đến 75%" in says
    unknown = with_row(review, "PL3", "rate.teachers", value=None, at_most=Decimal(100))
    assert "Giáo viên: chưa rõ" in figures_year.participation_figure(unknown)[1]


def test_devices_are_those_of_the_table_and_an_unknown_number_is_hatched(drawn, review):
    table = review.table("PL5")
    installed, working = table.row("system.camera.installed").value, table.row("system.camera.working").value
    assert f"({working}/{installed})" in drawn[figures_year.devices_figure][1]
    png, says = figures_year.devices_figure(with_row(review, "PL5", "system.camera.working", value=None))
    assert "Camera giám sát: chưa rõ" in says and drawing.HATCH in colours(png)


def test_files_are_counted_sheet_by_sheet(drawn, review):
    _, says = drawn[figures_year.files_figure]
    for form in review.forms:
        assert (f"({form.with_file}/{form.file_rows})" in says) or not form.file_rows


def test_incidents_by_month_are_those_of_the_year(review):
    frame = figures_year.incidents_frame(review.incidents.by_month)
    assert int(frame.iloc[-1].sum()) == review.incidents.verified == sum(review.incidents.by_kind.values())
    none = tuple(one.model_copy(update={"by_kind": {}}) for one in review.incidents.by_month)
    quiet = review.incidents.model_copy(update={"by_month": none})
    assert figures_year.incidents_figure(review.model_copy(update={"incidents": quiet})) is None


def test_long_titles_are_cut_at_a_word():
    assert shortened("Quy chế hoặc kế hoạch phối hợp với Công an", 20) == "Quy chế hoặc kế…"
    assert shortened("Ngắn", 20) == "Ngắn"


def test_drawing_loads_no_pyplot_and_the_room_loads_nothing_heavy():
    code = (
        "import sys; import antq_review.publish, antq_review.publish.notebook.display, antq_review.publish.notebook.year_report\n"
        "print(*sorted({'matplotlib', 'pandas', 'papermill', 'nbconvert', 'IPython', 'jinja2'} & set(sys.modules)))\n"
        "import antq_review.publish.figures.canvas as d; d.canvas(1, 1, 1, 1, 1, 1)\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["", "False"]
