"""The environment beside run.py: made once, brought up to date where what is asked for has changed."""

import glob
import hashlib
import importlib.util
import json
import os
import subprocess
import sys

from launch import steps
from launch.steps import install_env, logged, say_step

OLDEST = (3, 11, 5)


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
    digest = hashlib.sha256(f"{steps.ROOT} {sys.version_info[:2]}".encode("utf-8", "surrogateescape"))
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(steps.ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


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
                file.write(os.path.relpath(steps.ROOT, os.path.dirname(path)) + "\n")


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
    place = os.path.join(steps.ROOT, PACK)
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
    venv = os.path.join(steps.ROOT, folder)
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
