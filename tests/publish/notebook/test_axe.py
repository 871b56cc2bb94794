"""The report for people who cannot see it: axe finds nothing (axe-core, MPL 2.0, comes with axe-core-python, for tests only)."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

AXE = importlib.util.find_spec("axe_core_python")
READY = bool(AXE and shutil.which("chromedriver") and any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
pytestmark = pytest.mark.skipif(not READY and os.environ.get("CI") != "true", reason="no Chromium, or axe-core-python is not installed")


def violations(page: Path) -> list[str]:
    """What axe finds on a page, by rule."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    for one in ("--headless", "--no-sandbox", "--disable-gpu"):
        options.add_argument(one)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
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
