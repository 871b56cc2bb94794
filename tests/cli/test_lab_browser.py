"""`antq lab` in a real browser: every notebook opens with its results in JupyterLab, in Vietnamese, runs, follows its parameters, and asks
nobody outside.

`python3 run.py test` makes JupyterLab's own environment and names its Python in ANTQ_LAB_PYTHON.
"""

import json
import os
import re
import signal
import subprocess
import time
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import nbformat
import pytest

from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder, shipped
from tests import chromium
from tests.province.many import listed, officer

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("ANTQ_LAB_PYTHON", "")
MISSING = [
    *([] if PYTHON else ["ANTQ_LAB_PYTHON is not set: use `python3 run.py test`"]),
    *(
        [] if chromium.BROWSER and chromium.DRIVER
        else ["Chromium and its chromedriver are not installed (Debian: chromium chromium-driver)"]
    ),
]
if MISSING and os.environ.get("CI") != "true":
    pytest.skip("; ".join(MISSING), allow_module_level=True)

START, COMPARES, ROLL_UP, EXPLORES = "0_bat_dau.ipynb", "3_so_sanh_nam.ipynb", "5_tong_hop.ipynb", "6_tu_kham_pha.ipynb"
NOTEBOOKS = sorted(path.name for path in shipped("notebooks").glob("*.ipynb"))
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden) "
RUN_ALL, SAVE, CLOSE = "runmenu:run-all", "docmanager:save", "application:close"
SECONDS = 100


def test_nothing_is_missing_here():
    assert MISSING == []


#: The number before every code cell, 0 where it has not run or is running; whether the kernel waits for work.
COUNTS = f"""[...document.querySelectorAll('{PANEL}.jp-CodeCell .jp-InputPrompt')]
    .map(cell => Number((cell.textContent.match(/^\\[(\\d+)\\]:$/) || [0, 0])[1]))"""
IDLE = f"document.querySelector('{PANEL}.jp-Notebook-ExecutionIndicator[data-status=idle]')"


def until(what, seconds=SECONDS):
    """Wait for `what()` to be true and return it. A page that is being drawn anew counts as not yet."""
    from selenium.common.exceptions import StaleElementReferenceException

    end = time.monotonic() + seconds
    while True:
        try:
            found = what()
        except StaleElementReferenceException:
            found = None
        if found:
            return found
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)  # oftener would take the page's own time


class Page:
    """What a user sees and does in JupyterLab."""

    def __init__(self, driver, address):
        self.driver, self.address = driver, address
        self._bars = {}
        driver.set_script_timeout(SECONDS)

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def open(self, name):
        """Open a notebook from the list of files and wait for its kernel; nothing to do where it is in front."""
        from selenium.webdriver import ActionChains

        if not self.driver.current_url.startswith("http"):
            self.driver.get(self.address)
        if f"/tree/{name}" not in self.driver.current_url:
            self._share_kernel(name)
            (row,) = until(lambda: [row for row in self.all(".jp-DirListing-itemText") if row.text == name])
            ActionChains(self.driver).double_click(row).perform()
            until(lambda: f"/tree/{name}" in self.driver.current_url)
        self.until(f"counts.length && {IDLE}")

    def _share_kernel(self, name):
        """Let a notebook find the kernel of the first one. Starting one costs more than a notebook; JupyterLab starts the first."""
        running = self._sessions()
        if running:
            self._sessions({"path": name, "name": name, "type": "notebook", "kernel": {"id": running[0]["kernel"]["id"]}})

    def _sessions(self, more=None):
        """The notebooks that have a kernel, asked of the server; with `more`, another one."""
        address = urlsplit(self.address)
        token = parse_qs(address.query)["token"][0]
        asked = Request(
            f"http://{address.netloc}/api/sessions", json.dumps(more).encode() if more else None,
            {"Authorization": f"token {token}", "Content-Type": "application/json"},
        )
        with urlopen(asked, timeout=SECONDS) as answer:
            return json.load(answer)

    def until(self, condition):
        """Wait for a condition in the page's own language; `counts`: see COUNTS. The page looks by itself: asking it costs it more."""
        self.driver.execute_async_script(f"""const done = arguments[0];
            (function look() {{ const counts = {COUNTS}; if ({condition}) done(); else setTimeout(look, 200); }})()""")

    def menu(self, command):
        """Choose a command from whichever menu holds it, with the mouse."""
        bars = self.all("#jp-MainMenu .lm-MenuBar-item")
        for place in [self._bars[command]] if command in self._bars else range(len(bars)):
            bar = bars[place]
            bar.click()
            until(lambda: self.all(".lm-Menu li"))
            entries = [entry for entry in self.all(f'.lm-Menu li[data-command="{command}"]') if entry.is_displayed()]
            if entries:
                self._bars[command] = place
                entries[0].click()
                return
            bar.click()
        raise AssertionError(f"no menu holds {command}")

    def run_all(self):
        before = max(self.driver.execute_script(f"return {COUNTS}"))
        self.menu(RUN_ALL)
        self.until(f"counts.length && Math.min(...counts) > {before}")

    def results(self):
        """The text of all outputs, and the pictures."""
        outputs = PANEL + ".jp-Cell-outputWrapper .jp-OutputArea-output"
        read = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.replace(/\\s+/g, ' '))"
        text = self.driver.execute_script(read, outputs)  # innerText of what is scrolled away is empty
        pictures = self.all(outputs + " img")
        drawn = [self.driver.execute_script("return arguments[0].naturalWidth", picture) for picture in pictures]
        return "\n".join(text), drawn

    def type_over(self, start, line):
        """Put `line` in place of the code line that begins with `start`."""
        from selenium.webdriver import ActionChains, Keys

        old = next(found for found in self.all(PANEL + ".jp-CodeCell .cm-line") if found.text.startswith(start))
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", old)
        ActionChains(self.driver).click(old).send_keys(Keys.HOME).perform()
        ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.END).key_up(Keys.SHIFT).perform()
        self.driver.execute_cdp_cmd("Input.insertText", {"text": line})

    def stayed_home(self):
        """Have the pages of this server, since last time, asked this server alone?"""
        home = urlsplit(self.address).netloc
        asked = [urlsplit(url) for url in self._asked()]
        assert home in {url.netloc for url in asked}
        return [url for url in asked if url.scheme not in ("data", "blob") and url.netloc != home] == []

    def _asked(self):
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent" and message["params"]["documentURL"].startswith("http"):
                yield message["params"]["request"]["url"]
            elif message["method"] == "Network.webSocketCreated":
                yield message["params"]["url"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A running `antq lab` on the example school: (address, folder of the copies)."""
    out = tmp_path_factory.mktemp("Kết quả")
    command = [PYTHON, "-P", "-m", "antq_review", "lab", "--out", str(out), "--no-browser"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    server = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True
    )
    said = []
    for line in server.stdout:
        said.append(line)
        if "token=" in line:
            break
    found = re.search(r"http://\S+", "".join(said))
    assert found, said
    yield found[0], out / "so_tinh" / "truong_mau"
    os.killpg(server.pid, signal.SIGINT)  # as Ctrl+C in a terminal
    rest = server.stdout.read()
    server.stdout.close()
    assert server.wait(30) == 0, rest


@pytest.fixture(scope="module")
def page(lab):
    driver = chromium.started("lang=en", "window-size=1400,1000", logs={"performance": "ALL"}, told={"enablePage": False})
    yield Page(driver, lab[0])
    driver.quit()


def test_the_interface_is_vietnamese_and_asks_nothing(page):
    page.open(START)  # what JupyterLab opens by itself
    assert [item.text for item in page.all("#jp-MainMenu .lm-MenuBar-item")][:4] == ["Tệp", "Chỉnh sửa", "Hiển thị", "Chạy"]
    assert page.driver.execute_script("return document.documentElement.lang") == "vi-VN"
    time.sleep(1)
    assert page.all(".jp-Dialog") == []
    assert page.all(".Toastify__toast") == []
    assert page.stayed_home()


#: The words of the open menus. The list of a hundred programming languages and the names of files are no words of the menus.
OPEN_MENU = """return [...document.querySelectorAll('.lm-Menu')]
    .map(menu => [...menu.querySelectorAll('.lm-Menu-itemLabel')].map(one => one.textContent.trim()))
    .filter(labels => labels.length < 60).flat().filter(label => label && !label.includes('/') && !label.includes('.ipynb'))"""
#: Letters that a Vietnamese menu word has and an English one has not.
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
#: Vietnamese words without such a letter, names of programs and files, and keys.
SAME_IN_BOTH = {
    "Console", "Notebook", "Terminal", "Python 3 (ipykernel)", "PDF", "HTML", "LaTeX", "Markdown", "Asciidoc", "Qtpdf", "Qtpng", "Webpdf",
    "In…", "codemirror", "jupyter", "English - English", "Vietnamese (Vietnam)",
}


def test_what_is_left_in_english_is_listed_in_the_guide(page):
    from selenium.webdriver import ActionChains, Keys

    page.open(START)
    found = set()
    for bar in page.all("#jp-MainMenu .lm-MenuBar-item"):
        bar.click()
        until(lambda: page.all(".lm-Menu li"))
        found |= set(page.driver.execute_script(OPEN_MENU))
        for entry in page.all(".lm-Menu li[data-type=submenu]"):
            ActionChains(page.driver).move_to_element(entry).send_keys(Keys.ARROW_RIGHT).pause(0.3).perform()
            found |= set(page.driver.execute_script(OPEN_MENU))
            ActionChains(page.driver).send_keys(Keys.ARROW_LEFT).perform()
        ActionChains(page.driver).send_keys(Keys.ESCAPE).send_keys(Keys.ESCAPE).perform()
    listed = (ROOT / "docs/huong_dan/so_tinh.md").read_text(encoding="utf-8").split("## Chữ tiếng Anh")[1]
    known = {word.strip() for line in listed.splitlines() if line.startswith("|") for word in line.split("|")[1].split(",")}
    left = {word for word in found if not VIETNAMESE.search(word)} - known - SAME_IN_BOTH
    assert len(found) > 60 and not left, "\n".join(sorted(left))


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """The results of two of the example's years, as the notebook of comparison is told of them."""
    folder = tmp_path_factory.mktemp("Đã lưu")
    paths = [folder / f"{year}.json" for year in (2024, 2025)]
    for path in paths:
        found = review_evidence(read_folder(example_folder().with_name(path.stem)), date(int(path.stem), 11, 16))
        path.write_text(found.to_json(), encoding="utf-8")
    return ";".join(map(str, paths))


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """An officer's folder, as the notebook of the roll-up is told of it: without one it has nothing to show."""
    return officer(tmp_path_factory.mktemp("Đã nhận"), [listed("00100000"), listed("00100001")])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_follows_its_parameters(page, lab, stored, received, name):
    page.open(name)
    if name == ROLL_UP:  # it alone opens without results
        page.type_over("received = ", f'received = "{received}"')
        page.run_all()
    until(lambda: len(page.results()[0]) > 200)  # JupyterLab draws the outputs after the cells
    first, drawn = page.results()
    assert all(width > 300 for width in drawn)
    if name == COMPARES:
        page.type_over("reviews = ", f'reviews = "{stored}"')
    else:
        page.type_over("as_of = ", 'as_of = "30/06/2026"')
    page.run_all()
    second, _ = page.results()
    if name == COMPARES:
        assert "16/11/2025" in second and "16/11/2026" in first and "16/11/2026" not in second
    elif name == ROLL_UP:
        assert "Trường 00100001" in first and "30/6/2026" in second and "30/6/2026" not in first
    elif name == EXPLORES:
        assert "Chưa đến hạn" in second and second != first
    else:
        assert "đến hết ngày 30/6/2026 · antq_review" in second and "đến hết ngày 16/11/2026 · antq_review" in first
    page.menu(SAVE)
    path = lab[1] / name
    until(lambda: '"outputs": [\n    {' in path.read_text(encoding="utf-8") and not page.all(".jp-mod-dirty"))
    codes = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    outputs = [output for cell in codes for output in cell.outputs]
    assert len(outputs) >= len(codes) - 2  # all but the parameters, and in one notebook the loading
    assert [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"] == []
    assert page.stayed_home()
    page.menu(CLOSE)  # else every frame of the next one has all the earlier ones in it
