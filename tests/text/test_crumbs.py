"""A path for people: below the home folder, on one line, nothing dangerous in it."""

import os
from pathlib import Path

from antq_review.text.crumbs import crumbs


def test_a_path_below_the_home_folder_begins_there(monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert crumbs(tmp_path / "Tài liệu" / "HO_SO_2026") == "Tài liệu › HO_SO_2026"


def test_a_name_that_is_no_text_or_turns_the_reading_round_is_shown(tmp_path):
    strange = crumbs(tmp_path / os.fsdecode(b"xa\xe9") / "a\u202eb" / "c\nd")
    assert strange.encode("utf-8") and "\u202e" not in strange and "\n" not in strange
