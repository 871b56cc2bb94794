"""A primary school and a kindergarten: outside both texts, but their plan and their report come to a final version."""

from collections.abc import Callable
from pathlib import Path

import pytest

from antq_review import cli
from antq_review.publish.notebook import year_report
from antq_review.publish.word.layout_check.check import check_file
from tests.example.small_schools import kindergarten, primary
from tests.publish.word.seen import texts

SCHOOLS = {"th": (primary, "340 học sinh", "Học sinh TH"), "mn": (kindergarten, "210 trẻ", "Trẻ mầm non")}


@pytest.mark.usefixtures("without_steps")
@pytest.mark.parametrize(("make", "learners", "group"), SCHOOLS.values(), ids=SCHOOLS)
def test_plan_and_report_are_final(
    make: Callable[[Path], Path], learners: str, group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(year_report, "write_report", lambda review, out, *_, **__: (out / "bao_cao.html").touch())
    (tmp_path / "forms").mkdir()
    folder, out = make(tmp_path / "forms"), tmp_path / "out"
    asked = [str(folder), "--as-of", "15/11/2026", "--out", str(out), "--final"]
    assert cli.run(["review", *asked, "--texts", "ke_hoach"]) == 0
    told = capsys.readouterr()
    assert "Kế hoạch: đạt 4" in told.out and "Thông tư 124" not in told.out + told.err
    assert cli.run(["dossier", *asked, "--only", "D10"]) == 0, capsys.readouterr().err
    (report,) = out.rglob("D10*.docx")
    words = texts(report.read_bytes())
    assert group in words and any(text.endswith(f"và {learners}.") for text in words)
    assert not any("ít nhất 0" in text or "CẦN BỔ SUNG" in text or "DỰ THẢO" in text for text in words)
    assert check_file(report) == []
