"""The page in a real browser, by keyboard alone: from an empty folder to the report, and what a tab can do to a running job.

The other tests of this room ask over plain connections what needs no browser. Chromium sees only this computer here. Every
screen that is shown is looked at in the same way: no sideways scroll, nothing that axe finds, no button on paper.
"""

import base64
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from antq_review.province.example_schools import example_schools
from antq_review.publish.word.forms import shipped_form
from antq_review.shipped import example_folder
from tests import chromium
from tests.example.edit import cell_beside, edited
from tests.example.test_changes import mend
from tests.once import Demo
from tests.page.received import officers_folder

ROOT = Path(__file__).resolve().parents[2]
AXE = importlib.util.find_spec("axe_core_python")
if not (chromium.BROWSER and chromium.DRIVER and AXE) and os.environ.get("CI") != "true":
    pytest.skip("Chromium, its chromedriver or axe-core-python is not installed", allow_module_level=True)

SECONDS = 120
#: Pictures of the whole way are written into this folder where it is named.
PICTURES = os.environ.get("ANTQ_PICTURES", "")
#: One tab's process for all, and nothing that a test does not look at.
QUIET = (
    "disable-extensions", "disable-component-update", "disable-sync", "disable-default-apps", "renderer-process-limit=1", "lang=vi",
)
#: Focus what stands before the label in the tabulator's order (its own order is the page's: `look` refuses any other), so that one press
#: of the key must arrive there. The page's longest walk, a meeting's 300 fields, is made whole once.
BEFORE = """
const label = arguments[0];
const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((one) => !one.disabled && one.getClientRects().length);
const place = stops.findIndex((one) => (one.innerText || "").split("\\n")[0].trim() === label);
if (place > 0) stops[place - 1].focus(); else document.activeElement && document.activeElement.blur();
return place >= 0;
"""
#: What the key has reached.
REACHED = "const one = document.activeElement; return one ? (one.innerText || '').split('\\n')[0].trim() : ''"
#: What paper must not show: anything to press or to choose, and the steps.
ON_PAPER = """
return [...document.querySelectorAll("button, .b, nav, form, input, select, textarea, header .right, .skip, details")]
  .filter((one) => one.getClientRects().length && getComputedStyle(one).visibility !== "hidden" && one.getBoundingClientRect().right > 0)
  .map((one) => one.outerHTML.slice(0, 80));
"""
ANSWERED_AFTER = "const one = performance.getEntriesByType('navigation')[0]; return one.responseEnd - one.fetchStart"
AXE_FINDS = """
axe.run(document, {preload: false, resultTypes: ["violations"], selectors: false})
  .then((found) => arguments[0](found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)));
"""


#: Screens whose template axe sees where it shows more: half of a look's time is axe's.
SEEN_ELSEWHERE = {
    "bat_dau": "bat_dau_lan_sau", "chua_cham": "ket_qua", "ho-so": "van_ban", "ho-so_cong_khai=1": "van_ban", "luu": "tui",
    "chon": "chon_mau", "khong-co": "lan_mo_truoc", "dan_xem": "hop_xem", "khong_loi": "loi", "chinh_thuc_xong": "chinh-thuc",
    "so_nhan": "so_nhan_xong",
}


class Browser:
    """What a user sees, presses and types."""

    def __init__(self, driver, address: str) -> None:
        self.driver, self.address, self.home = driver, address, address.split("/vao")[0]
        self.shown: list[str] = []
        self.axe = (Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8")

    def text(self) -> str:
        return self.driver.execute_script("return document.body ? document.body.innerText : ''")

    def look(self, name: str, whole: bool = True) -> None:
        """What holds on every screen, at the size of a small window, and at twice its letters (`whole`)."""
        self.shown.append(name)
        if PICTURES:
            self.driver.save_screenshot(str(Path(PICTURES) / f"{len(self.shown):02}_{name}.png"))
        assert self.driver.execute_script("return document.documentElement.lang") == "vi", name
        assert (wide := self.driver.execute_script(WIDE)) <= 0, f"{name}: sideways scroll of {wide} px"
        low = self.driver.execute_script("const b = document.querySelector('main .p'); return b ? b.getBoundingClientRect().height : 44")
        assert low >= 44, f"{name}: a button of {low} px"
        if name not in SEEN_ELSEWHERE:
            self.driver.execute_script(self.axe)
            assert self.driver.execute_async_script(AXE_FINDS) == [], name
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert self.driver.execute_script(ON_PAPER) == [], name
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        if whole:
            size(self.driver, 683, 329, 2)  # 1366 x 657 at 200 %
            assert (wide := self.driver.execute_script(WIDE)) <= 0, f"{name} at 200 %: sideways scroll of {wide} px"
            size(self.driver, 1366, 657)

    def press(self, label: str) -> None:
        """Reach a link or a button with the tabulator and press Enter."""
        from selenium.webdriver import ActionChains, Keys

        assert self.driver.execute_script(BEFORE, label), f"no {label!r} in\n{self.text()}"
        ActionChains(self.driver, duration=0).send_keys(Keys.TAB).perform()
        assert (reached := self.driver.execute_script(REACHED)) == label, f"the tabulator reaches {reached!r}, not {label!r}"
        ActionChains(self.driver, duration=0).send_keys(Keys.ENTER).perform()

    def until(self, words: str, seconds: float = SECONDS) -> str:
        from selenium.common.exceptions import WebDriverException

        begun = time.monotonic()
        end = begun + seconds
        while True:
            try:
                text = self.text()
            except WebDriverException:  # between two pages
                text = ""
            if words in text:
                return text
            assert time.monotonic() < end, f"{words!r} is not in\n{text}"
            time.sleep(0.05 if time.monotonic() - begun < 1 else 0.25)  # most words are there at once

    def until_true(self, script: str, seconds: float = 20) -> None:
        """Wait for what the page's script does."""
        end = time.monotonic() + seconds
        while not self.driver.execute_script(f"return {script}"):
            assert time.monotonic() < end, script
            time.sleep(0.25)

    def asked(self) -> set[str]:
        """The hosts that the pages asked since last time."""
        found = set()
        for entry in self.driver.get_log("performance"):
            if "Network.requestWillBeSent" not in entry["message"]:
                continue
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent" and message["params"]["documentURL"].startswith("http"):
                found.add(urlsplit(message["params"]["request"]["url"]).netloc or "data")
        return found - {"data"}


WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


def size(driver, width: int, height: int, scale: int = 1) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def scripts(driver, run: bool) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not run})


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
def servers() -> Iterator[list["subprocess.Popen[str]"]]:
    """The servers that ran; whatever still runs ends with the session."""
    found: list[subprocess.Popen[str]] = []
    yield found
    for server in found:
        server.terminate()
        server.communicate(timeout=30)


@pytest.fixture(scope="module")
def browser(home: Path, servers) -> Iterator[Browser]:
    server, address = started(home)
    servers.append(server)
    driver = chromium.started(*QUIET, logs={"performance": "ALL", "browser": "ALL"})
    size(driver, 1366, 657)
    try:
        driver.get(address)
        yield Browser(driver, address)
        if PICTURES:
            strip(driver, Path(PICTURES))
    finally:
        driver.quit()


def strip(driver, folder: Path) -> None:
    """The pictures of the way, two beside each other, as docs/trang.png shows them."""
    names = (
        "bat_dau", "lap_moi", "trung_ten", "loi", "ket_qua", "hop", "hop_xem", "khong_loi", "chinh_thuc_xong", "van_ban",
        "cac_ban", "so_bang",
    )
    found = [path for name in names for path in sorted(folder.glob(f"*_{name}.png"))[:1]]
    images = "".join(f'<img width="683" src="data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}">' for path in found)
    page = folder / "trang.html"
    page.write_text(f'<body style="margin:0;background:#c8ced4;display:grid;grid-template-columns:683px 683px;gap:12px">{images}', "utf-8")
    size(driver, 1378, ((len(found) + 1) // 2) * 341 - 12)
    driver.get(page.as_uri())
    driver.save_screenshot(str(folder / "trang.png"))
    page.unlink()


def test_from_an_empty_folder_to_the_report_by_keyboard(browser: Browser, home: Path) -> None:
    from selenium.webdriver import Keys

    page, driver = browser, browser.driver
    page.until("Chưa có hồ sơ nào")
    page.look("bat_dau")
    page.press("Lập hồ sơ năm mới…")
    page.until("Mã trường")
    driver.find_element("name", "ma").send_keys("00123456")
    year = driver.find_element("name", "nam")
    year.send_keys(Keys.CONTROL, "a")
    year.send_keys("2026")
    page.look("lap_moi")
    page.press("Tạo thư mục và biểu trắng")
    page.until("Đã tạo 7 tệp")
    folder = home / "Documents" / "HO_SO_2026"
    (folder / "3_hoat_dong.xlsx").unlink()  # its units send two files of their own
    paths = sorted(example_folder().glob("*.xlsx"))
    driver.find_element("name", "tep").send_keys("\n".join(map(str, paths)))
    page.until("đã có trong thư mục, nội dung khác")
    page.look("trung_ten")
    for left in range(4, -1, -1):
        page.press("Thay, cất bản cũ")
        page.until("Đã thay")
        # The page before says “Đã thay”, too, from the second one on.
        page.until_true(f"document.body.innerText.split('nội dung khác').length === {left + 1}")
    for path in paths:
        assert (folder / path.name).read_bytes() == path.read_bytes()
    assert len(list((folder / "da_thay").iterdir())) == 5
    shutil.copytree(example_folder() / "minh_chung", folder / "minh_chung")
    scripts(driver, False)  # checking reaches the faults without them too
    driver.get(driver.current_url)
    next(one for one in driver.find_elements("css selector", "button") if "Kiểm tra" in one.text).send_keys(Keys.ENTER)
    page.until("Kiểm tra lại")
    scripts(driver, True)
    driver.refresh()
    page.until("1 lỗi, 2 cảnh báo")
    page.look("loi")
    page.press("3. Chấm, xem kết quả")
    page.until("Lần đầu khoảng nửa phút")
    page.look("chua_cham")
    day = driver.find_element("name", "ngay")
    day.clear()
    day.send_keys("16/11/2026", Keys.ENTER)
    page.until("Cứ đóng trang này cũng được")
    seven_tabs_while_the_job_runs(page)
    page.until("trên 5: Lập")
    page.until_true("document.getElementById('second').hidden")  # no other tab shows the page any more
    page.look("dang_cham", whole=False)
    page.until("Số liệu đến hết ngày 16/11/2026")
    page.look("ket_qua")
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
    """Six more tabs answer while it runs and say that they are doubled; the tab that started it is closed, the job goes on."""
    driver, address = page.driver, page.driver.current_url
    first = driver.current_window_handle
    for _ in range(6):
        driver.switch_to.new_window("tab")
        driver.get(address)
        page.until("ANTQ")
        assert driver.execute_script(ANSWERED_AFTER) < 6000  # two seconds on an idle computer
    page.until("Trang này đang mở ở một thẻ khác")
    last = driver.current_window_handle
    for handle in driver.window_handles:
        if handle != last:
            driver.switch_to.window(handle)
            driver.close()
    driver.switch_to.window(last)
    assert first not in driver.window_handles
    size(driver, 1366, 657)


def test_the_report_is_byte_for_byte_that_of_the_terminal(browser: Browser, home: Path, demo: Demo) -> None:
    draft, terminal = (place / "00123456" / "2026" / "du_thao" for place in (home / "Documents" / "HO_SO_2026" / "KET_QUA", demo.out))
    names = sorted(path.name for path in terminal.iterdir())
    assert names == sorted(path.name for path in draft.iterdir()) and "bao_cao.html" in names
    for name in names:
        assert name == "manifest.json" or (draft / name).read_bytes() == (terminal / name).read_bytes(), name


def test_a_second_start_opens_a_tab_on_the_first_and_ends(browser: Browser, home: Path) -> None:
    again, address = started(home)
    assert again.communicate(timeout=30) and again.returncode == 0
    assert address.startswith(f"{browser.home}/vao?ma=")
    browser.driver.get(address)
    browser.until("Trường TH&THCS Mẫu · năm 2026")
    browser.look("bat_dau_lan_sau")


def test_every_screen_fits_and_axe_finds_nothing(browser: Browser) -> None:
    driver = browser.driver
    driver.get(browser.home)
    browser.press("Mở tiếp")
    browser.until("Thư mục và biểu")
    base = driver.current_url.rsplit("/", 1)[0]
    for screen in ("bieu", "thang-diem", "ho-so", "ho-so?cong_khai=1", "chinh-thuc", "luu"):
        driver.get(f"{base}/{screen}")
        browser.look(screen.replace("?", "_"))
    for screen in ("chon/", "tro-giup", "dong", "khong-co"):
        driver.get(f"{browser.home}/{screen}")
        browser.look(screen.strip("/"))
    driver.get(f"{base}/hop")
    driver.find_element("name", "m_place").send_keys(" 2")
    blank = driver.execute_script("return [...document.querySelectorAll('[name^=a][name$=_name]')].find((one) => !one.value).name")
    blank = blank.removesuffix("_name")
    driver.find_element("name", f"{blank}_name").send_keys("Trần Thị Mới")
    driver.find_element("name", f"{blank}_body").send_keys("Lãnh đạo")
    driver.find_element("name", f"{blank}_present").send_keys("Có")
    driver.execute_script("scrollTo(0, 0)")
    browser.look("hop")
    browser.press("Xem trước khi ghi")
    browser.until("Sửa lại")
    browser.look("hop_xem")
    driver.get(f"{base}/ho-so")
    driver.execute_script("document.querySelectorAll('input[name=vb]').forEach((one) => { one.checked = false; })")
    browser.press("Lập các văn bản đã chọn")
    browser.until("Quay lại")
    browser.look("tu_choi")
    driver.get(f"{base}/thang-diem")
    driver.execute_script("document.getElementsByName('bang')[0].value = arguments[0]", "1\tMột nội dung\t10\t8,5\n")
    browser.press("Xem trước khi ghi")
    browser.until("Sửa lại")
    browser.look("dan_xem")
    assert [entry for entry in driver.get_log("browser") if "Content Security Policy" in entry["message"]] == []
    driver.get(f"{base}/ket-qua")


def test_a_job_is_stopped_in_the_notebook_and_the_old_results_stay(browser: Browser, home: Path) -> None:
    """Afterwards reloading and going back repeat nothing: every act is answered by another address."""
    driver = browser.driver
    draft = home / "Documents" / "HO_SO_2026" / "KET_QUA" / "00123456" / "2026" / "du_thao"
    before = {path.name: path.read_bytes() for path in draft.iterdir()}
    browser.press("Chấm lại")
    browser.until("trên 5: Lập báo cáo")
    begun = time.monotonic()
    browser.press("Dừng lại")
    browser.until("Đã dừng theo yêu cầu")
    assert time.monotonic() - begun < 10  # five seconds on an idle computer
    assert {path.name: path.read_bytes() for path in draft.iterdir()} == before
    assert list(draft.parents[2].rglob(".antq-*")) == []
    for move in (driver.refresh, driver.back, driver.refresh, driver.forward):
        move()
        assert "đang chạy" not in browser.until("Thông tư 124")
    assert {path.name: path.read_bytes() for path in draft.iterdir()} == before


def test_a_killed_program_is_told_and_the_next_start_goes_on(browser: Browser, home: Path, servers) -> None:
    """The server ends in the middle of a job as by the Task Manager: the tab says so, nothing is lost, the year is not blocked."""
    driver, results = browser.driver, home / "Documents" / "HO_SO_2026" / "KET_QUA"
    before = {path: path.read_bytes() for path in results.rglob("*") if path.is_file()}
    base = driver.current_url.rsplit("/", 1)[0]
    driver.get(f"{base}/loi")
    browser.press("Kiểm tra lại")
    browser.until("Bước 1 trên 2")
    servers[0].send_signal(signal.SIGKILL)
    servers[0].wait(30)
    browser.until("Trang này vừa mất liên lạc với chương trình", 20)
    assert {path: path.read_bytes() for path in before} == before
    server, address = started(home)
    servers.append(server)
    browser.home = address.split("/vao")[0]
    driver.get(browser.home)
    browser.until("Trang này là của lần mở trước")
    browser.look("lan_mo_truoc")
    driver.get(address)
    browser.press("Mở tiếp")
    folder = home / "Documents" / "HO_SO_2026"
    mend(folder)  # as the units do in Excel: the way ends in something official
    with edited(folder, "thang_diem.xlsx", "Thông tin thang điểm") as sheet:
        cell_beside(sheet, "Thang điểm minh họa?").value = "Không"
    browser.press("Kiểm tra các biểu")
    browser.until("Không có lỗi nào")
    browser.look("khong_loi")
    assert list(results.rglob(".antq-*")) == []


def test_the_official_version_its_papers_and_its_bag(browser: Browser, home: Path) -> None:
    """With the report of one incident on the school's own form, a PDF beside a document, the versions."""
    driver, folder = browser.driver, home / "Documents" / "HO_SO_2026"
    browser.press("6. Bản chính thức")
    browser.until("Thử lập bản chính thức lại")  # the list is that of the draft before the mending
    browser.press("Thử lập bản chính thức lại")
    browser.until("Đã có bản chính thức lần 1")
    browser.look("chinh_thuc_xong")
    own = home / "Documents" / "mẫu của trường"
    own.mkdir()
    shutil.copy(shipped_form("D11"), own / "D11_truong.docx")
    browser.press("5. Hồ sơ Word")
    browser.until("Đang dùng mẫu của chương trình")
    browser.press("Dùng mẫu Word của trường…")
    driver.find_element("name", "duong_dan").send_keys(str(own))
    browser.press("Đến thư mục này")
    browser.until("mẫu Word")
    browser.look("chon_mau")
    browser.press("Dùng các mẫu ở đây")
    browser.until("Đang dùng mẫu của trường")
    driver.execute_script("document.querySelectorAll('input[name=vb]').forEach((one) => { one.checked = one.value === 'D4'; })")
    browser.press("Lập bản chính thức các văn bản đã chọn")
    browser.until("Đã lập 1 văn bản")
    papers = folder / "KET_QUA" / "00123456" / "2026" / "ho_so"
    (papers / "D04_bien_ban.pdf").write_bytes(b"%PDF")  # LibreOffice is tried in publish/word
    driver.execute_script("document.getElementById('vu').value = 'VV-01'")
    browser.press("Lập báo cáo đột xuất")
    browser.until("Báo cáo đột xuất, vụ VV-01")
    browser.look("van_ban")
    browser.press("8. So sánh, nộp, lưu trữ")
    browser.until("Lưu trữ")
    browser.press("Lưu trữ năm 2026")
    browser.until("túi nguyên vẹn")
    browser.look("tui")
    browser.press("Chọn bản khác")
    browser.until("Bản chính thức lần 1")
    browser.look("cac_ban")


def test_the_officers_screens(browser: Browser, home: Path) -> None:
    driver, folder = browser.driver, officers_folder(home / "Documents" / "TONG_HOP_2026", example_schools(6))
    driver.get(f"{browser.home}/so")
    browser.look("so")
    browser.press("Mở thư mục nhận hồ sơ…")
    browser.until("Hoặc dán đường dẫn")
    driver.find_element("name", "duong_dan").send_keys(str(folder))
    browser.press("Đến thư mục này")
    browser.until("Dùng thư mục này")
    browser.press("Dùng thư mục này")
    browser.until("6 tệp")
    browser.look("so_nhan")
    browser.press("Kiểm tra, tổng hợp")
    browser.until("Đã đọc 4 gói, 2 tệp không đọc được")
    base = driver.current_url.rsplit("/", 1)[0]
    browser.look("so_nhan_xong")
    for screen in ("bang", "nhieu", "mau", "tep"):
        driver.get(f"{base}/{screen}")
        browser.look(f"so_{screen}")
    driver.get(f"{base}/bang")
    driver.get(driver.find_element("css selector", "td a").get_attribute("href"))
    browser.press("Trả lại để trường sửa…")
    browser.look("so_truong")
    assert {host.split(":")[0] for host in browser.asked()} == {"127.0.0.1"}, "both starts of the program, nobody else"


def test_a_lost_program_is_told_and_typed_text_stays(browser: Browser, servers: list["subprocess.Popen[str]"]) -> None:
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
    browser.look("da_dong")
    driver.switch_to.window(form)
    servers[-1].wait(20)
    # As when a person comes back to the tab, which then asks at once: without a screen Chromium hides none.
    driver.execute_script("document.dispatchEvent(new Event('visibilitychange'))")
    browser.until("Trang này vừa mất liên lạc với chương trình", 40)
    assert driver.find_element("name", "ma").get_attribute("value") == "00777"
    assert {*SEEN_ELSEWHERE, *SEEN_ELSEWHERE.values()} <= {*browser.shown}, "every template was shown to axe"
