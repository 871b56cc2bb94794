"""The figures: the same bytes, a sentence for those who cannot see, textures that mean a state."""

import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest

from antq_review.forms.choices import Topic
from antq_review.publish.figures import canvas as drawing
from antq_review.publish.figures import review as figures
from antq_review.publish.figures import year as figures_year
from antq_review.publish.notebook.svg_net import forbidden_svg
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
    """Each figure of the example."""
    return {draw: draw(review) for draw in ALL}


@pytest.mark.parametrize("draw", ALL)
def test_the_same_review_gives_the_same_bytes(draw, drawn, review):
    again = draw(review)
    assert (again.svg(), again.says) == (drawn[draw].svg(), drawn[draw].says)


@pytest.mark.parametrize("draw", ALL)
def test_on_the_page_a_figure_is_svg_that_only_draws_and_writes_its_words_as_text(draw, drawn):
    svg = drawn[draw].svg()
    assert forbidden_svg(svg) == []
    assert svg.startswith(b"<svg ") and b"'DejaVu Sans', 'Segoe UI', Arial, sans-serif" in svg
    for trace in (b"matplotlib", b"metadata", b"font-family: 'DejaVu Sans';", b"<pattern"):
        assert trace not in svg
    written = [text.text for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert len(written) >= 10 and all(written)


def test_the_seven_figures_are_light(drawn):
    assert sum(len(figure.svg()) for figure in drawn.values()) <= 100_000  # issue 18: 69,000 for the example


def test_in_word_a_figure_is_a_png_of_the_report_s_width_without_a_clock_or_the_drawing_program(drawn):
    png = drawn[figures.plan_figure].png()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 1290
    assert b"tEXt" not in png and b"tIME" not in png


@pytest.mark.parametrize("draw", ALL)
def test_the_sentence_beside_a_figure_is_one_sentence_with_its_figures(draw, drawn):
    says = drawn[draw].says
    assert says.endswith(".") and "\n" not in says
    assert any(letter.isdigit() for letter in says)


def test_the_plan_s_sentence_counts_every_goal(drawn, review):
    says = drawn[figures.plan_figure].says
    assert f"{len(review.goals)} nội dung kế hoạch" in says


def test_the_points_sentence_says_what_has_no_scale_yet(without_table):
    says = figures.points_figure(without_table).says
    assert "88 điểm chưa có thang điểm" in says


def opened(review):
    """The example with one item of Decision 510 left open."""
    text = review.text("qd_510")
    first = text.findings[0].model_copy(update={"settled": Outcome(truth=Truth.UNKNOWN, low=Decimal(0), high=Decimal(3))})
    text = text.model_copy(update={"findings": (first, *text.findings[1:])})
    return review.model_copy(update={"texts": (text,)})


def test_what_is_open_is_hatched_and_what_is_unread_pale(without_table):
    settled, still_open = figures.points_figure(without_table), figures.points_figure(opened(without_table))
    assert drawing.HATCH not in colours(settled.png())
    assert {drawing.HATCH, drawing.LINE, drawing.BLUE} <= colours(still_open.png())
    assert drawing.HATCH in still_open.svg().decode() and drawing.HATCH not in settled.svg().decode()
    assert "mục 1 từ 0 đến 3 / 3 điểm" in still_open.says


def test_months_down_to_the_last_row_which_counts_each_activity_once(review):
    counts = figures.month_counts(review.months)
    assert list(counts.totals) == [count.activities for count in review.months]
    assert counts.names[0] == "11/2025"
    assert [sum(column) for column in zip(*counts.rows.values(), strict=True)] == [sum(one.by_topic.values()) for one in review.months]
    labels = list(Topic.labels().values())
    assert list(counts.rows) == sorted(counts.rows, key=labels.index)


def test_months_without_any_topic_are_drawn_too(review):
    months = (MonthCount(year=2026, month=1, activities=2, by_topic={}),)
    assert figures.month_counts(months).rows == {}
    assert "tất cả 2 hoạt động" in figures.months_figure(review.model_copy(update={"months": months})).says


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
    drawn = figures_year.participation_figure(changed)
    assert drawing.HATCH in colours(drawn.png()) and "Giáo viên: từ 40% đến 75%" in drawn.says
    unknown = with_row(review, "PL3", "rate.teachers", value=None, at_most=Decimal(100))
    assert "Giáo viên: chưa rõ" in figures_year.participation_figure(unknown).says


def test_devices_are_those_of_the_table_and_an_unknown_number_is_hatched(drawn, review):
    table = review.table("PL5")
    installed, working = table.row("system.camera.installed").value, table.row("system.camera.working").value
    assert f"({working}/{installed})" in drawn[figures_year.devices_figure].says
    unknown = figures_year.devices_figure(with_row(review, "PL5", "system.camera.working", value=None))
    assert "Camera giám sát: chưa rõ" in unknown.says and drawing.HATCH in unknown.svg().decode()


def test_files_are_counted_sheet_by_sheet(drawn, review):
    says = drawn[figures_year.files_figure].says
    for form in review.forms:
        assert (f"({form.with_file}/{form.file_rows})" in says) or not form.file_rows


def test_incidents_by_month_are_those_of_the_year(review):
    counts = figures_year.incident_counts(review.incidents.by_month)
    assert sum(counts.totals) == sum(map(sum, counts.rows.values())) == review.incidents.verified == sum(review.incidents.by_kind.values())
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
        "import antq_review.publish.figures.canvas as d; d.Canvas(1, 1, 1, 1, 1, 1)\n"
        "print({'matplotlib.pyplot', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["", "set()"]
