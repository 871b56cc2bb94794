"""The page in a real browser, by keyboard alone: from an empty folder to the report, and what a tab can do to a running job.

The other tests of this room ask over plain connections what needs no browser. Chromium sees only this computer here.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from antq_review.publish.output.whole import Wish, review_folder
from antq_review.shipped import example_folder

ROOT = Path(__file__).resolve().parents[2]
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
if not (BROWSER and DRIVER) and os.environ.get("CI") != "true":
    pytest.skip("Chromium and its chromedriver are not installed (Debian: chromium chromium-driver)", allow_module_level=True)

SECONDS = 120
#: Pictures of the whole way are written into this folder where it is named.
PICTURES = os.environ.get("ANTQ_PICTURES", "")


class Browser:
    """What a user sees, presses and types."""

    def __init__(self, driver, address: str) -> None:
        self.driver, self.address, self.home = driver, address, address.split("/vao")[0]
        self.shown = 0

    def text(self) -> str:
        return self.driver.find_element("css selector", "body").text

    def picture(self, name: str) -> None:
        self.shown += 1
        wide = self.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name}: sideways scroll of {wide} px"
        assert self.driver.execute_script("return document.documentElement.lang") == "vi"
        if PICTURES:
            self.driver.save_screenshot(str(Path(PICTURES) / f"{self.shown:02}_{name}.png"))

    def press(self, label: str) -> None:
        """Reach a link or a button with the tabulator and press Enter."""
        from selenium.webdriver import ActionChains, Keys

        self.driver.find_element("css selector", "body").send_keys("")
        for _ in range(120):
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            if self.driver.switch_to.active_element.text.split("\n")[0].strip() == label:
                ActionChains(self.driver).send_keys(Keys.ENTER).perform()
                return
        raise AssertionError(f"the tabulator reaches no {label!r} in\n{self.text()}")

    def until(self, words: str, seconds: float = SECONDS) -> str:
        from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException

        end = time.monotonic() + seconds
        while True:
            try:
                text = self.text()
            except (StaleElementReferenceException, NoSuchElementException):
                text = ""
            if words in text:
                return text
            assert time.monotonic() < end, f"{words!r} is not in\n{text}"
            time.sleep(0.2)

    def asked(self) -> set[str]:
        """The hosts that the pages asked since last time."""
        found = set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent" and message["params"]["documentURL"].startswith("http"):
                found.add(urlsplit(message["params"]["request"]["url"]).netloc or "data")
        return found - {"data"}


def started(home: Path) -> tuple["subprocess.Popen[str]", str]:
    """`antq page --no-browser` and the address that it prints."""
    env = {**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-P", "-m", "antq_review", "page", "--no-browser"]
    server = subprocess.Popen(command, cwd=home, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found
    return server, found[0]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("Nhà của Bình")
    (place / "Documents" / "ANTQ").mkdir(parents=True)
    return place


@pytest.fixture(scope="module")
def browser(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    from selenium import webdriver

    server, address = started(home)
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for argument in (
        "headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-background-networking", "no-first-run",
        "no-proxy-server", "lang=vi", f"user-data-dir={tmp_path_factory.mktemp('browser')}",
    ):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    size(driver, 1366, 657)
    try:
        driver.get(address)
        yield Browser(driver, address)
    finally:
        driver.quit()
        server.terminate()
        server.communicate(timeout=30)


def size(driver, width: int, height: int) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def test_from_an_empty_folder_to_the_report_by_keyboard(browser: Browser, home: Path) -> None:
    from selenium.webdriver import Keys

    page, driver = browser, browser.driver
    page.until("Chưa có hồ sơ nào")
    page.picture("bat_dau")
    page.press("Lập hồ sơ năm mới…")
    page.until("Mã trường")
    driver.find_element("name", "ma").send_keys("00123456")
    year = driver.find_element("name", "nam")
    year.send_keys(Keys.CONTROL, "a")
    year.send_keys("2026")
    page.picture("lap_moi")
    page.press("Tạo thư mục và biểu trắng")
    page.until("Đã tạo 7 tệp")
    folder = home / "Documents" / "HO_SO_2026"
    (folder / "3_hoat_dong.xlsx").unlink()  # its units send two files of their own
    paths = sorted(example_folder().glob("*.xlsx"))
    driver.find_element("name", "tep").send_keys("\n".join(map(str, paths)))
    page.until("đã có trong thư mục, nội dung khác")
    page.picture("trung_ten")
    while "nội dung khác" in page.text():
        before = page.text().count("nội dung khác")
        page.press("Thay, cất bản cũ")
        page.until("Đã thay")
        assert page.text().count("nội dung khác") == before - 1
    for path in paths:
        assert (folder / path.name).read_bytes() == path.read_bytes()
    assert len(list((folder / "da_thay").iterdir())) == 5
    shutil.copytree(example_folder() / "minh_chung", folder / "minh_chung")
    page.press("Kiểm tra các biểu")
    page.until("1 lỗi, 2 cảnh báo")
    page.until("Kiểm tra lại")
    page.picture("loi")
    page.press("3. Chấm, xem kết quả")
    page.until("Lần đầu khoảng nửa phút")
    day = driver.find_element("name", "ngay")
    day.clear()
    day.send_keys("16/11/2026", Keys.ENTER)
    page.until("Cứ đóng trang này cũng được")
    page.picture("dang_cham")
    seven_tabs_while_the_job_runs(page)
    page.until("Số liệu đến hết ngày 16/11/2026")
    page.picture("ket_qua")
    tab = driver.current_window_handle
    page.press("Mở báo cáo")
    (report,) = [one for one in driver.window_handles if one != tab]
    driver.switch_to.window(report)
    page.until("Trường TH&THCS Mẫu")
    assert driver.execute_script("return [...document.images].every(one => one.complete && one.naturalWidth > 50)")
    driver.close()
    driver.switch_to.window(tab)
    assert page.asked() == {urlsplit(page.home).netloc}


def seven_tabs_while_the_job_runs(page: Browser) -> None:
    """Six more tabs answer while it runs; the tab that started it is closed and the job goes on."""
    driver, address = page.driver, page.driver.current_url
    first = driver.current_window_handle
    for _ in range(6):
        begun = time.monotonic()
        driver.switch_to.new_window("tab")
        size(driver, 1366, 657)
        driver.get(address)
        page.until("ANTQ", 10)
        assert time.monotonic() - begun < 8  # two seconds on an idle computer
    last = driver.current_window_handle
    for handle in driver.window_handles:
        if handle not in (first, last):
            driver.switch_to.window(handle)
            driver.close()
    driver.switch_to.window(first)
    driver.close()
    driver.switch_to.window(last)


def test_the_report_is_byte_for_byte_that_of_the_terminal(browser: Browser, home: Path, tmp_path: Path) -> None:
    folder = home / "Documents" / "HO_SO_2026"
    done = review_folder(folder, tmp_path, Wish(lambda _: date(2026, 11, 16)), lambda _done, _all: None, lambda _: None)
    assert done.published is not None
    draft = folder / "KET_QUA" / "00123456" / "2026" / "du_thao"
    for name, path in done.published.paths.items():
        assert name == "manifest.json" or (draft / name).read_bytes() == path.read_bytes(), name


def test_a_second_start_opens_a_tab_on_the_first_and_ends(browser: Browser, home: Path) -> None:
    again, address = started(home)
    assert again.communicate(timeout=30) and again.returncode == 0
    assert address.startswith(f"{browser.home}/vao?ma=")
    browser.driver.get(address)
    browser.until("Trường TH&THCS Mẫu · năm 2026")


def test_every_screen_fits_a_small_window_and_double_size(browser: Browser) -> None:
    driver = browser.driver
    size(driver, 1366, 657)
    driver.get(browser.home)
    browser.press("Mở tiếp")
    browser.until("Thư mục và biểu")
    base = driver.current_url.rsplit("/", 1)[0]
    for screen in ("bieu", "loi", "ket-qua", "hop", "ho-so", "chinh-thuc", "luu"):
        driver.get(f"{base}/{screen}")
        browser.picture(screen)
        blue = driver.execute_script("const b = document.querySelector('main .p'); return b ? b.getBoundingClientRect().height : 44")
        assert blue >= 44, screen
        size(driver, 683, 657)  # 1366 px at 200 %
        browser.picture(f"{screen}_200")
        size(driver, 1366, 657)
    assert [entry for entry in driver.get_log("browser") if "Content Security Policy" in entry["message"]] == []


def test_a_job_is_stopped_in_the_notebook_and_the_old_results_stay(browser: Browser, home: Path) -> None:
    draft = home / "Documents" / "HO_SO_2026" / "KET_QUA" / "00123456" / "2026" / "du_thao"
    before = {path.name: path.read_bytes() for path in draft.iterdir()}
    browser.driver.get(f"{browser.driver.current_url.rsplit('/', 1)[0]}/ket-qua")
    browser.press("Chấm lại")
    browser.until("Lập báo cáo (chạy sổ tính)\n")
    browser.until("trên 5: Lập báo cáo")
    begun = time.monotonic()
    browser.press("Dừng lại")
    browser.until("Đã dừng theo yêu cầu")
    assert time.monotonic() - begun < 10  # five seconds on an idle computer
    assert {path.name: path.read_bytes() for path in draft.iterdir()} == before
    assert list(draft.parents[2].rglob(".antq-*")) == []


def test_without_scripts_checking_still_reaches_the_faults(browser: Browser) -> None:
    driver = browser.driver
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get(browser.driver.current_url.rsplit("/", 1)[0] + "/loi")
        next(one for one in driver.find_elements("css selector", "button") if "Kiểm tra" in one.text).click()
        browser.until("Kiểm tra lại")
        assert "1 lỗi, 2 cảnh báo" in browser.text()
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_lost_program_is_told_and_typed_text_stays(browser: Browser) -> None:
    driver = browser.driver
    driver.get(f"{browser.home}/dong")
    tab = driver.current_window_handle
    driver.switch_to.new_window("tab")
    driver.get(f"{browser.home}/moi")
    field = driver.find_element("name", "ma")
    field.clear()
    field.send_keys("00777")
    form = driver.current_window_handle
    driver.switch_to.window(tab)
    browser.press("Đóng ngay")
    browser.until("Chương trình đã đóng")
    driver.switch_to.window(form)
    browser.until("Trang này vừa mất liên lạc với chương trình", 40)
    assert driver.find_element("name", "ma").get_attribute("value") == "00777"
