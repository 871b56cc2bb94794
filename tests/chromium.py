"""Chromium for the tests: the headless shell where there is one (a third less work for the same page), else the whole browser."""

import shutil

from run import BROWSERS

BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
DRIVER = shutil.which("chromedriver")
#: The headless shell is found by its driver only in a folder that the driver itself has made: no `user-data-dir`.
QUIET = (
    "headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-background-networking", "no-first-run",
    "no-proxy-server",
)


def started(*more: str, logs: dict[str, str] | None = None, told: dict[str, bool] | None = None):
    """A browser, driven. `more`: switches of its own; `logs`: what it notes; `told`: what the log of its work tells."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for switch in (*QUIET, *more):
        options.add_argument(f"--{switch}")
    if logs:
        options.set_capability("goog:loggingPrefs", logs)
    if told:
        options.add_experimental_option("perfLoggingPrefs", told)
    return webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
