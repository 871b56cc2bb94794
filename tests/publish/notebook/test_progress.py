"""The bar of what takes seconds in a notebook: the time left by what is done, and nothing left of it afterwards."""

from types import SimpleNamespace

import pytest

from antq_review.publish.notebook import progress


def test_the_time_left_is_by_the_files_that_are_read_and_judging_has_no_end_yet() -> None:
    assert "2/8 tệp, còn khoảng 6 giây" in progress.in_words(2, 8, 2.0) and 'value="2" max="8"' in progress.in_words(2, 8, 2.0)
    assert "0/8 tệp, còn khoảng … giây" in progress.in_words(0, 8, 0.0)
    assert "đang chấm" in progress.in_words(8, 8, 3.0) and "max" not in progress.in_words(8, 8, 3.0)


def test_in_jupyter_it_is_shown_and_gone_at_the_end_also_of_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(progress, "in_jupyter", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda first, display_id: SimpleNamespace(update=lambda html: shown.append(html.data)))
    with pytest.raises(ValueError, match="stops"), progress.shown_progress(lambda: 1.0) as files:
        files(1, 2)
        raise ValueError("stops")
    assert "1/2 tệp" in shown[0] and shown[1:] == [""]


def test_elsewhere_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert not progress.in_jupyter()
    with progress.shown_progress() as files:
        files(1, 2)
    assert capsys.readouterr() == ("", "")
