"""Commands that run.py starts: run to the end, or into a log while the steps of the installation are said."""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


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
