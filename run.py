#!/usr/bin/env python3
"""Make the environment beside this file, then run the project in it: `python3 run.py demo | test | lab | bench | ...`.

Standard library and old syntax only: Python 3.6 must be able to read this file in order to say that it is too old.
"""

import glob
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
OLDEST = (3, 11, 5)
USAGE = """Cách dùng: python3 run.py LỆNH   (trên Windows: py run.py LỆNH)
  demo    chạy toàn bộ công việc trên trường ví dụ (demo --school thpt: trường ví dụ thứ hai)
  test    chạy mọi phép kiểm tra; phần thêm phía sau được chuyển cho pytest
          test --quick: bỏ những phép cần nhân Jupyter, LibreOffice, trình duyệt, gói cài đặt
          test --long: thêm mọi chỗ có thể bị ngắt, đĩa đầy, hỏng từng byte (rất lâu)
  lab     mở JupyterLab tiếng Việt trên bản sao của các sổ tính
  bench   đo tốc độ
Việc của trường: templates, check, review, dossier, compare, rescore, rulebook, archive, verify
Cách dùng từng lệnh: python3 run.py review --help
Lần chạy đầu tự cài đặt và cần có mạng."""
#: What `test --quick` runs: the markers are in tests/conftest.py.
QUICK = "not (kernel or office or browser or wheel)"
#: A file's tests stay on one worker, so that what they share is made once.
TEST_STEPS = (["ruff", "check", "."], ["mypy"], ["pytest", "-n", "2", "--dist", "loadfile"])


class Stop(Exception):
    """What is missing, as one sentence for the user."""


def dotted(version):
    return ".".join(map(str, version))


def too_old(version):
    if tuple(version[:3]) >= OLDEST:
        return ""
    return (
        f"Cần Python {dotted(OLDEST)} trở lên nhưng đang chạy Python {dotted(version[:3])}: "
        "hãy cài bản Python mới hơn rồi chạy lại bằng bản đó."
    )


def no_venv(find=importlib.util.find_spec):
    if find("venv") and find("ensurepip"):
        return ""
    return (
        "Python này thiếu phần venv hoặc ensurepip: trên Debian, Ubuntu hãy chạy “sudo apt install python3-venv” "
        "rồi chạy lại."
    )


def fingerprint():
    """Changes whenever what is installed would change: what is asked for, the versions, the place, the Python."""
    digest = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode("utf-8", "surrogateescape"))
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def install_env():
    return dict(os.environ, PYTHONUTF8="1", PIP_USER="0")


def logged(command, log_path):
    """Run a command, its output into the log; a dot per line on a terminal."""
    with open(log_path, "ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=install_env(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for line in process.stdout:
            log.write(line)
            if sys.stderr.isatty():
                sys.stderr.write(".")
                sys.stderr.flush()
        code = process.wait()
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    return code


def read_stamp(path):
    try:
        with open(path, encoding="utf-8") as file:
            stamp = json.load(file)
        return {"python": list(stamp["python"]), "mark": str(stamp["mark"]), "extras": list(stamp["extras"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_stamp(path, stamp):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(stamp, file)


def point_back(venv):
    """Let the editable install name this folder relative to itself: before Python 3.13, Windows reads the absolute path
    in the wrong encoding where it has Vietnamese letters, and then misses the package or does not start at all."""
    for lib in ("lib/python*", "Lib"):
        for path in glob.glob(os.path.join(glob.escape(venv), lib, "site-packages", "_antq_review.pth")):
            with open(path, "w", encoding="ascii") as file:
                file.write(os.path.relpath(ROOT, os.path.dirname(path)) + "\n")


#: What pip writes when it reached no server; other faults need another remedy.
NETWORK = (
    "newconnectionerror", "connection broken", "name resolution", "temporary failure in name", "getaddrinfo", "timed out",
    "network is unreachable", "connection refused", "proxyerror", "sslerror", "no route to host", "max retries exceeded",
)
NO_ROOM = ("no space left on device", "errno 28", "disk quota exceeded")


def why_not_installed(log):
    with open(log, encoding="utf-8", errors="replace") as file:
        said = file.read().lower()
    if any(word in said for word in NO_ROOM):
        return f"Cài đặt chưa xong vì đĩa đầy: hãy dọn đĩa rồi chạy lại; lý do ở cuối tệp {log}."
    if any(word in said for word in NETWORK):
        return f"Cài đặt chưa xong, lần chạy đầu cần có mạng: hãy nối mạng rồi chạy lại; lý do ở cuối tệp {log}."
    return f"Cài đặt chưa xong: lý do ở cuối tệp {log}; hãy sửa rồi chạy lại."


def install(venv, python, extra, stamp_path, had):
    log = os.path.join(venv, "cai_dat.log")
    print("Đang cài đặt, việc này mất vài phút và chỉ làm một lần…", file=sys.stderr)
    os.makedirs(venv, exist_ok=True)
    open(log, "wb").close()
    if had is None or had["python"] != list(sys.version_info[:2]) or not os.path.exists(python):
        missing = no_venv()
        if missing:
            raise Stop(missing)
        maker = getattr(sys, "_base_executable", sys.executable)
        made = subprocess.run(
            [maker, "-m", "venv", "--clear", venv], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=install_env()
        )
        with open(log, "ab") as file:
            file.write(made.stdout)
        if made.returncode:
            raise Stop(f"Không tạo được môi trường Python {venv}: xem lý do ở cuối tệp {log}.")
        had = None
    if os.path.exists(stamp_path):
        os.remove(stamp_path)  # an install that is cut off leaves no stamp and is made anew
    target = f".[{extra}]" if extra else "."
    pip = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    if logged([*pip, "-c", "constraints.txt", "-e", target], log):
        if had is not None:
            write_stamp(stamp_path, had)  # pip changed nothing: what was there still works
        raise Stop(why_not_installed(log))
    point_back(venv)


def ensure(folder, extra, install=install):
    """The Python of the environment, made or brought up to date first where the stamp says so."""
    venv = os.path.join(ROOT, folder)
    python = os.path.join(venv, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
    stamp_path = os.path.join(venv, "cai_dat.json")
    had, mark = read_stamp(stamp_path), fingerprint()
    current = had is not None and had["mark"] == mark and os.path.exists(python)
    extras = had["extras"] if current else []
    if current and (not extra or extra in extras):
        return python
    try:
        install(venv, python, extra, stamp_path, had)
        write_stamp(
            stamp_path,
            {"python": sys.version_info[:2], "mark": mark, "extras": sorted({*extras, extra} - {""})},
        )
    except OSError as error:
        raise Stop(
            f"Không ghi được vào {error.filename or venv}: hãy chép cả thư mục này sang nơi có quyền ghi rồi chạy lại."
        ) from error
    return python


def run(command, cwd=None, env=None):
    """Run to the end. Ctrl+C reaches the command as well: how it ends is its own affair (JupyterLab first stops its kernels)."""
    sys.stdout.flush()
    process = subprocess.Popen(command, cwd=cwd, env=env)
    while True:
        try:
            code = process.wait()
            return code if code >= 0 else 128 - code
        except KeyboardInterrupt:
            pass


def lab_for_tests(which=shutil.which):
    """What the test of JupyterLab needs: the Python of its own environment. Not made where no browser could use it."""
    browser = any(which(name) for name in ("chromium", "chromium-browser", "google-chrome")) and which("chromedriver")
    if browser or os.environ.get("CI") == "true":
        return {"ANTQ_LAB_PYTHON": ensure(".venv-lab", "lab")}
    return {}


def run_tests(arguments):
    python = ensure(".venv", "test")
    quick = "--quick" in arguments
    env = dict(os.environ, **({} if quick else lab_for_tests()), **({"ANTQ_LONG": "1"} if "--long" in arguments else {}))
    arguments = [one for one in arguments if one not in ("--quick", "--long")] + (["-m", QUICK] if quick else [])
    for step in TEST_STEPS:
        command = step + arguments if step[0] == "pytest" else step
        print("== " + " ".join(command), file=sys.stderr)
        code = run([python, "-m", *command], ROOT, env)
        if code:
            return code
    return 0


def called(script=sys.argv[0], windows=os.name == "nt"):
    """How the user called this file, for the sentences that name a command."""
    return ("py " if windows else "python3 ") + ('"%s"' % script if " " in script else script)


def work(arguments):
    verb, rest = arguments[0], arguments[1:]
    if verb == "test":
        return run_tests(rest)
    if verb == "bench":
        script = os.path.join(ROOT, "benchmarks", "run.py")
        if not os.path.exists(script):
            raise Stop(f"Chưa có phép đo nào: không thấy tệp {script}.")
        return run([ensure(".venv", "test"), script, *rest], ROOT)
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
