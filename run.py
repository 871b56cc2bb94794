#!/usr/bin/env python3
"""Make the environment beside this file, then run the project in it: `python3 run.py demo | test | lab | bench | ...`.

Standard library and old syntax only: Python 3.6 must be able to read this file in order to say that it is too old.
"""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # also where Python is told not to look beside the script

from launch import steps
from launch.desktop import shortcut
from launch.environment import Stop, ensure, too_old
from launch.pack import pack
from launch.steps import run

USAGE = """Cách dùng: python3 run.py LỆNH   (trên Windows: py run.py LỆNH)
  page    mở trang làm việc trong trình duyệt (cách dễ nhất cho nhà trường)
  shortcut  đặt biểu tượng ANTQ ra màn hình nền
  pack    gói sẵn phần cài đặt cho máy không có mạng, vào thư mục goi_cai_dat
  demo    chạy toàn bộ công việc trên trường ví dụ (demo --school thpt: trường ví dụ thứ hai)
  test    chạy mọi phép kiểm tra; phần thêm phía sau được chuyển cho pytest
          test --quick: bỏ những phép cần nhân Jupyter, LibreOffice, trình duyệt, gói cài đặt
          test --long: thêm mọi chỗ có thể bị ngắt, đĩa đầy, hỏng từng byte (rất lâu)
  lab     mở JupyterLab tiếng Việt trên bản sao của các sổ tính
  bench   đo tốc độ
  docs    dựng lại hướng dẫn (docs/huong_dan) thành docs/html
Việc của trường: templates, check, review, dossier, compare, rescore, rulebook, archive, verify, send, doctor
Việc của cơ quan nhận: province
Cách dùng từng lệnh: python3 run.py review --help
Lần chạy đầu tự cài đặt và cần có mạng."""
#: What can drive the tests of pages; the first that is there does.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
#: What `test --quick` runs: the markers are in tests/slow.py.
QUICK = "not (kernel or office or browser or cluster or wheel or way)"
#: A file's tests stay on one worker, so that what they share is made once.
TEST_STEPS = (["ruff", "check", "."], ["mypy"], ["pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"])


def lab_for_tests(which=shutil.which):
    """What the test of JupyterLab needs: the Python of its own environment. Not made where no browser could use it."""
    if (any(map(which, BROWSERS)) and which("chromedriver")) or os.environ.get("CI") == "true":
        return {"ANTQ_LAB_PYTHON": ensure(".venv-lab", "lab")}
    return {}


def run_tests(arguments):
    python = ensure(".venv", "test")
    quick = "--quick" in arguments
    env = dict(os.environ, **({} if quick else lab_for_tests()), **({"ANTQ_LONG": "1"} if "--long" in arguments else {}))
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of the many processes that the tests start compiles everything anew
    arguments = [one for one in arguments if one not in ("--quick", "--long")] + (["-m", QUICK] if quick else [])
    for step in TEST_STEPS:
        command = step + arguments if step[0] == "pytest" else step
        print("== " + " ".join(command), file=sys.stderr)
        code = run([python, "-m", *command], steps.ROOT, env)
        if code:
            return code
    return 0


def open_page(arguments):
    """Start the page. On Windows without a console: what is visible is the page, and it ends itself."""
    python = ensure(".venv", "")
    env = dict(os.environ, ANTQ_COMMAND=called())
    silent = os.path.join(os.path.dirname(python), "pythonw.exe")
    if os.name == "nt" and "--no-browser" not in arguments and os.path.exists(silent):
        detached = 0x00000008 | 0x00000200  # DETACHED_PROCESS, CREATE_NEW_PROCESS_GROUP
        subprocess.Popen([silent, "-P", "-m", "antq_review", "page", *arguments], env=env, creationflags=detached, close_fds=True)
        return 0
    return run([python, "-P", "-m", "antq_review", "page", *arguments], env=env)


def called(script=sys.argv[0], windows=os.name == "nt"):
    """How the user called this file, for the sentences that name a command."""
    return ("py " if windows else "python3 ") + ('"%s"' % script if " " in script else script)


def work(arguments):
    verb, rest = arguments[0], arguments[1:]
    if verb == "test":
        return run_tests(rest)
    if verb == "page" and "--help" not in rest:
        return open_page(rest)
    if verb == "shortcut":
        ensure(".venv", "")
        return shortcut()
    if verb == "pack":
        return pack(rest)
    if verb == "bench":
        script = os.path.join(steps.ROOT, "benchmarks", "run.py")
        if not os.path.exists(script):
            raise Stop(f"Chưa có phép đo nào: không thấy tệp {script}.")
        return run([ensure(".venv", "test"), script, *rest], steps.ROOT)
    if verb == "docs":
        return run([ensure(".venv", "docs"), os.path.join("tools", "guide.py")], steps.ROOT)
    python = ensure(".venv-lab", "lab") if verb == "lab" else ensure(".venv", "")
    return run([python, "-P", "-m", "antq_review", *arguments], env=dict(os.environ, ANTQ_COMMAND=called()))


def main(arguments, version=sys.version_info):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        if too_old(version):
            raise Stop(too_old(version))
        if not arguments or arguments[0] in ("-h", "--help"):
            print(USAGE, file=sys.stdout if arguments else sys.stderr)
            return 0 if arguments else 2
        return work(arguments)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
