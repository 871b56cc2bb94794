"""The report for people who cannot see it: axe finds nothing (axe-core, MPL 2.0, comes with axe-core-python, for tests only)."""

import importlib.util
import os
from pathlib import Path

import pytest

from tests import chromium

AXE = importlib.util.find_spec("axe_core_python")
READY = bool(AXE and chromium.BROWSER and chromium.DRIVER)
pytestmark = pytest.mark.skipif(not READY and os.environ.get("CI") != "true", reason="no Chromium, or axe-core-python is not installed")


def violations(page: Path) -> list[str]:
    """What axe finds on a page, by rule."""
    browser = chromium.started()
    try:
        browser.set_script_timeout(240)
        browser.get(page.as_uri())
        browser.execute_script((Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
        # The page fetches nothing, so axe must not wait for its style sheets.
        found = browser.execute_async_script("axe.run(document, {preload: false}).then(arguments[0])")
    finally:
        browser.quit()
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def test_axe_finds_nothing_in_the_report(report_folder):
    assert violations(report_folder / "bao_cao.html") == []


def test_axe_finds_what_is_wrong(tmp_path):
    page = tmp_path / "p.html"
    page.write_text("<html><head><title>x</title></head><body><p>không có main, không có lang</p></body></html>", encoding="utf-8")
    assert {one.split(":")[0] for one in violations(page)} >= {"html-has-lang", "landmark-one-main"}
