"""The bar of a run at a terminal: how much of what is done, and the time left by the speed of this kind of work alone."""

import io

import pytest
from rich.console import Console
from rich.progress import Progress, TimeRemainingColumn

from antq_review.cli import progress as bars


class Screen(io.StringIO):
    """A terminal that keeps what it is shown."""

    def isatty(self) -> bool:
        return True


def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """In the place of stderr. Not a fixture: pytest sets its own stderr after the fixtures."""
    shown = Screen()
    monkeypatch.setattr(bars.sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return shown


def test_files_are_counted_with_the_time_left_and_steps_named(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = screen(monkeypatch)
    with bars.progress("1/2  ") as (files, step):
        files(1, 8)
        files(7, 8)
        step("Chấm")
    shown = seen.getvalue()
    assert "1/2  Đọc biểu" in shown and "còn" in shown and "-:--:--" in shown  # the later ones are drawn ten times a second


def test_another_kind_of_work_has_its_own_speed_and_the_clock_goes_on() -> None:
    now = [0.0]
    with Progress(TimeRemainingColumn(), console=Console(file=io.StringIO()), get_time=lambda: now[0], auto_refresh=False) as bar:
        stage = bars._Stage(bar)
        for done in range(5):
            now[0] = float(done)
            stage.show("Đọc biểu", done, 8)
        (task,) = bar.tasks
        assert (task.time_remaining, task.elapsed) == (4, 4.0)  # one a second, four of eight done
        for done in (1, 2, 3):
            now[0] += 10
            stage.show("Chấm", done, 4)
        (task,) = bar.tasks
        assert (task.time_remaining, task.elapsed) == (10, 34.0)


def test_what_is_told_of_a_part_is_printed_while_the_bar_is_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    seen = screen(monkeypatch)
    with bars.waiting(3, lambda: print("[1/3] xong")) as ended:
        ended(1)
    assert capsys.readouterr().out == "[1/3] xong\n" and "Chờ các thư mục còn lại" in seen.getvalue()


def test_without_a_terminal_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with bars.progress() as (files, step), bars.waiting(2, lambda: print("xong")) as ended:
        files(1, 2)
        step("Chấm")
        ended(1)
    assert capsys.readouterr() == ("xong\n", "")
