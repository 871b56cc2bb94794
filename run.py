#!/usr/bin/env python3
"""Make the environment beside this file, then run the project in it: `python3 run.py demo | test | lab | bench | ...`.

Standard library and old syntax only: Python 3.6 must be able to read this file in order to say that it is too old.
"""

import glob
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
OLDEST = (3, 11, 5)
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
#: What `test --quick` runs: the markers are in tests/conftest.py.
QUICK = "not (kernel or office or browser or cluster or wheel)"
#: A file's tests stay on one worker, so that what they share is made once.
TEST_STEPS = (["ruff", "check", "."], ["mypy"], ["pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"])


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
    """Run a command, its output into the log; what it downloads is said on the way."""
    loaded = Loaded()
    with open(log_path, "ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=install_env(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        with process.stdout:
            for line in process.stdout:
                log.write(line)
                loaded.read(line.decode("utf-8", "replace"))
        code = process.wait()
    loaded.end()
    return code


def say_step(text):
    print("Đang cài đặt – " + text, file=sys.stderr)
    sys.stderr.flush()


UNITS = {"B": 1e-6, "kB": 1e-3, "MB": 1.0, "GB": 1e3}
DOWNLOADING = re.compile(r"\s*Downloading (\S+?)-\d\S* \(([\d.]+) (B|kB|MB|GB)\)")


class Loaded:
    """What pip has downloaded so far: packages and megabytes. One line that changes on a terminal, elsewhere one each 25 MB."""

    def __init__(self):
        self.packages, self.megabytes, self.said = 0, 0.0, 0.0

    def read(self, line):
        found = DOWNLOADING.match(line)
        if found is None:
            if line.startswith("Installing collected packages"):
                self.show("đã tải xong, đang ghi vào đĩa", True)
            return
        name, size, unit = found.groups()
        self.packages += 1
        self.megabytes += float(size) * UNITS[unit]
        self.show("vừa tải " + name.rsplit("/", 1)[-1], self.megabytes - self.said >= 25)

    def show(self, now, due):
        text = "Đang cài đặt – bước 2/3: {} gói, {:.0f} MB; {}".format(self.packages, self.megabytes, now)
        if sys.stderr.isatty():
            sys.stderr.write("\r" + text[:100].ljust(100))
            sys.stderr.flush()
        elif due:
            self.said = self.megabytes
            print(text, file=sys.stderr)
            sys.stderr.flush()

    def end(self):
        if sys.stderr.isatty() and self.packages:
            sys.stderr.write("\n")


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


PACK = "goi_cai_dat"


def from_pack():
    """Where a school without a network installs from: the folder that `pack` made, if it lies here."""
    place = os.path.join(ROOT, PACK)
    return ["--no-index", "--find-links", place] if glob.glob(os.path.join(glob.escape(place), "*.whl")) else []


#: What pip downloads for each set of packages, about.
MEGABYTES = {"": 40, "lab": 60, "test": 80}


def install(venv, python, extra, stamp_path, had):
    log = os.path.join(venv, "cai_dat.log")
    say_step("mất vài phút, cần mạng, chỉ làm một lần; ghi chi tiết vào {}".format(log))
    os.makedirs(venv, exist_ok=True)
    open(log, "wb").close()
    if had is None or had["python"] != list(sys.version_info[:2]) or not os.path.exists(python):
        missing = no_venv()
        if missing:
            raise Stop(missing)
        say_step("bước 1/3: tạo môi trường Python ở {}".format(venv))
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
    target = ".[{}]".format("test,axe,cluster" if extra == "test" else extra) if extra else "."
    pip = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    say_step("bước 2/3: tải và cài các gói (khoảng {} MB)".format(MEGABYTES[extra]))
    if logged([*pip, *from_pack(), "-c", "constraints.txt", "-e", target], log):
        if had is not None:
            write_stamp(stamp_path, had)  # pip changed nothing: what was there still works
        raise Stop(why_not_installed(log))
    point_back(venv)
    say_step("bước 3/3: đã cài xong")


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
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of the many processes that the tests start compiles everything anew
    arguments = [one for one in arguments if one not in ("--quick", "--long")] + (["-m", QUICK] if quick else [])
    for step in TEST_STEPS:
        command = step + arguments if step[0] == "pytest" else step
        print("== " + " ".join(command), file=sys.stderr)
        code = run([python, "-m", *command], ROOT, env)
        if code:
            return code
    return 0


# --- the page, its icon, the pack ---


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


def desktop_entry(python, root):
    """The icon of Linux: a file that names this folder. A path may hold spaces and Vietnamese letters."""
    script = os.path.join(root, "run.py").replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    return (
        "[Desktop Entry]\nType=Application\nName=ANTQ\nComment=An toàn về an ninh, trật tự\n"
        'Exec="%s" "%s" page\nTerminal=false\nCategories=Education;\n' % (python, script.replace("%", "%%"))
    )


def windows_link(root):
    """The icon of Windows, made by PowerShell without an administrator; no script of VBScript, which Windows takes away."""
    quoted = root.replace("'", "''")
    return (
        "$w = New-Object -ComObject WScript.Shell; "
        "$l = $w.CreateShortcut([IO.Path]::Combine($w.SpecialFolders('Desktop'), 'ANTQ.lnk')); "
        "$l.TargetPath = '%s\\ANTQ.bat'; $l.WorkingDirectory = '%s'; $l.WindowStyle = 7; $l.Save()" % (quoted, quoted)
    )


def desktop():
    """The user's desktop folder; the home folder where it has another name."""
    home = os.path.expanduser("~")
    names = [os.path.join(home, name) for name in ("Desktop", "Màn hình nền")]
    return next((name for name in names if os.path.isdir(name)), home)


def shortcut(platform=sys.platform):
    """Put the icon on the desktop."""
    if platform == "win32":
        return run(["powershell", "-NoProfile", "-NonInteractive", "-Command", windows_link(ROOT)])
    name = "ANTQ.command" if platform == "darwin" else "ANTQ.desktop"
    target = os.path.join(desktop(), name)
    if platform == "darwin":
        text = '#!/bin/sh\nexec /bin/sh "%s"\n' % os.path.join(ROOT, name).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    else:
        text = desktop_entry(sys.executable, ROOT)
    with open(target, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.chmod(target, 0o755)
    print("Đã đặt biểu tượng: " + target)
    return 0


#: What only Windows needs, so that this system's constraints do not name it.
WINDOWS_ONLY = ("colorama", "pywin32")
ASKED = (
    "import json, tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); "
    "print(json.dumps(p['project']['dependencies'] + p['build-system']['requires']))"
)


def pack_commands(python, asked, version):
    """The steps that fill the pack for 64-bit Windows: wheels alone; bagit has none on the registry and is built here."""
    pip = [python, "-m", "pip"]
    bagit = [name for name in asked if name.startswith("bagit")]
    rest = [name for name in asked if name not in bagit] + list(WINDOWS_ONLY)
    chosen = ["--platform", "win_amd64", "--python-version", version, "--only-binary=:all:"]
    return [
        [*pip, "wheel", "--no-deps", "-c", "constraints.txt", "-w", PACK, *bagit],
        [*pip, "download", "-c", "constraints.txt", "-d", PACK, "--find-links", PACK, *chosen, *bagit, *rest],
    ]


def pack(arguments):
    """Fill `goi_cai_dat`. `--python 3.12`: for that Python of the school; `--dry-run`: only print the steps."""
    version = arguments[arguments.index("--python") + 1] if "--python" in arguments[:-1] else dotted(sys.version_info[:2])
    python = ensure(".venv", "")
    asked = json.loads(subprocess.check_output([python, "-c", ASKED], cwd=ROOT).decode("utf-8"))
    for command in pack_commands(python, asked, version):
        print(" ".join(command), flush=True)
        code = 0 if "--dry-run" in arguments else run(command, ROOT)
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
    if verb == "page" and "--help" not in rest:
        return open_page(rest)
    if verb == "shortcut":
        ensure(".venv", "")
        return shortcut()
    if verb == "pack":
        return pack(rest)
    if verb == "bench":
        script = os.path.join(ROOT, "benchmarks", "run.py")
        if not os.path.exists(script):
            raise Stop(f"Chưa có phép đo nào: không thấy tệp {script}.")
        return run([ensure(".venv", "test"), script, *rest], ROOT)
    if verb == "docs":
        return run([ensure(".venv", "docs"), os.path.join("tools", "guide.py")], ROOT)
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
