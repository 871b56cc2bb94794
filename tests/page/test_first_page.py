"""The first page stands before the rooms that read, judge and publish are loaded: it must come at once on an old computer."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_review.page.guard import Guarded
from antq_review.page.job import OFFICE_KINDS
from antq_review.page.routes import ROUTES, handler
from antq_review.text import say

ROOT = Path(__file__).resolve().parents[2]
#: What no screen before an open folder needs: libraries, and rooms of this package.
LATER = {
    "typer", "pydantic",
    "openpyxl", "pandas", "numpy", "lxml", "docx", "docxtpl", "matplotlib", "papermill", "jupyter_client", "xlsxwriter",
    "antq_review.forms", "antq_review.ingest", "antq_review.rules", "antq_review.scoring", "antq_review.history", "antq_review.package",
    "antq_review.publish", "antq_review.province", "antq_review.page.work", "antq_review.page.year",
}


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[tuple[http.client.HTTPConnection, Path]]:
    """`antq page` as a user starts it, and the list of modules that Python writes while it imports them.

    A handler's own module, which `import_module` loads, is not in the list; what that module imports is.
    """
    listed = tmp_path / "modules"
    env = {**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-P", "-X", "importtime", "-m", "antq_review", "page", "--no-browser"]
    with listed.open("wb") as errors:
        server = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8")
    found = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+)", server.stdout.readline())
    connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=30)
    try:
        connection.request("GET", found[2])
        entered = connection.getresponse()
        entered.read()
        connection.cookie = "; ".join(cookie.split(";")[0] for cookie in entered.headers.get_all("Set-Cookie"))
        yield connection, listed
    finally:
        connection.close()
        server.terminate()
        server.communicate(timeout=30)


def test_the_first_page_loads_no_room_that_reads_judges_or_publishes(loaded: tuple[http.client.HTTPConnection, Path]) -> None:
    connection, listed = loaded

    def modules_after(path: str) -> set[str]:
        connection.request("GET", path, headers={"Cookie": connection.cookie})
        answer = connection.getresponse()
        assert answer.status == 200 and answer.read(), path
        return {line.rpartition("|")[2].strip() for line in listed.read_text().splitlines()}

    for path in ("/", "/page.css", "/page.js", "/tinh-trang", "/chon/", "/dong"):
        found = modules_after(path)
        assert LATER & found == set(), path
    assert "antq_review.forms" in modules_after("/moi"), "the list does not see what is loaded later"
    assert "openpyxl" not in modules_after("/moi")


def test_every_address_names_a_handler_that_exists() -> None:
    for address, named in ROUTES:
        assert issubclass(handler(named), Guarded), address


def test_every_kind_of_job_that_a_handler_starts_has_its_screens() -> None:
    """Its end is shown somewhere, and its running screen has a heading: a job that nobody watches in a test fails on a user's screen."""
    from antq_review.page.year import SCREENS

    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "antq_review" / "page").glob("*.py"))
    started = set(re.findall(r"self\.start\(\w+, \"(\w+)\"", source))
    assert started == {*SCREENS, *OFFICE_KINDS}
    for kind in started:
        assert say(f"page.running.heading_{kind}")
