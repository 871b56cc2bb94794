"""What a killed run leaves in the system's temporary folder goes with the next run; a living run's folder stays."""

import os
import subprocess
import sys
import tempfile
import time

from antq_review.places.temporary import LOG_DAYS, temporary_folder


def test_the_folder_is_there_and_then_it_is_gone():
    with temporary_folder() as folder:
        (folder / "review.json").write_text("{}", encoding="utf-8")
        assert folder.is_dir() and f"antq-{os.getpid()}-" in folder.name
    assert not folder.exists()


def test_folders_of_dead_runs_and_old_logs_go_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    program = (
        "import os, sys, tempfile\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "from antq_review.places.temporary import temporary_folder\n"
        "with temporary_folder() as folder:\n"
        "    (folder / 'review.json').write_text('{}')\n"
        "    os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 9
    (left,) = tmp_path.iterdir()
    others = ["antq-12", "antq-999999-zzzzzzzz-x", "antq-1-00000000", "x-1-00000000-antq"]
    for name in others:
        (tmp_path / name).mkdir()
    for name, days in (("antq-old.log", LOG_DAYS + 1), ("antq-new.log", 1), ("other.log", LOG_DAYS + 1)):
        (tmp_path / name).write_text("x", encoding="utf-8")
        os.utime(tmp_path / name, (time.time() - days * 86400,) * 2)
    with temporary_folder() as mine, temporary_folder() as second:
        assert mine.is_dir() and second.is_dir() and not left.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*others, "antq-new.log", "other.log"])
