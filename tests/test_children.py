"""No child runs a file of the folder where the command is typed, and no settings of folder or user change the results."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from antq_review import children, cli
from tests.ingest.corpus import clean, write

#: Modules that the program, its reading worker and its kernel import early; a file of that name is a trap.
TRAPS = (
    "ipykernel_launcher", "ipykernel", "zipfile", "typing_extensions", "openpyxl", "pandas", "matplotlib", "sitecustomize", "antq_review",
    "json", "decimal", "numpy", "IPython", "traitlets", "zmq", "worker", "defusedxml",
)
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def trapped(tmp_path_factory) -> Path:
    """The forms of a small school in a folder that holds traps and settings of its own."""
    folder = write(tmp_path_factory.mktemp("hồ sơ"), clean())
    for name in TRAPS:
        (folder / f"{name}.py").write_text("open('bẫy.txt', 'a').close()\nraise SystemExit('trap')\n", encoding="utf-8")
    (folder / "matplotlibrc").write_text("figure.dpi: 40\naxes.facecolor: red\nfont.size: 30\n", encoding="utf-8")
    (folder / "pyvenv.cfg").write_text("home = /nowhere\n", encoding="utf-8")
    (folder / "conftest.py").write_text("raise SystemExit\n", encoding="utf-8")
    return folder


def hashes(out: Path) -> dict[str, str]:
    """Name → hash of what a run made."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (out / "00123456" / "2026" / "du_thao").iterdir()}


def review(cwd: Path, folder: Path, out: Path, **env: str) -> dict[str, str]:
    """Run the whole job on `folder` as the installed command runs it, in `cwd`; name → hash of what it made."""
    launcher = "import sys; from antq_review.cli import main; main()"
    command = [sys.executable, "-P", "-c", launcher, "review", str(folder), "--out", str(out), "--as-of", "16/11/2026"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}
    done = subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 1, done.stderr
    return hashes(out)


@pytest.mark.kernel
def test_a_file_of_the_working_folder_is_never_run_and_settings_change_no_byte(trapped, kept_kernel, tmp_path):
    """The same bytes as a run in this process makes, which stands in another folder and has no settings of a user."""
    home = tmp_path / "nhà"
    for place in (".config/matplotlib", ".matplotlib", ".ipython/profile_default/startup", ".jupyter"):
        (home / place).mkdir(parents=True)
    for place in (".config/matplotlib", ".matplotlib"):
        (home / place / "matplotlibrc").write_text("figure.dpi: 40\naxes.facecolor: red\n", encoding="utf-8")
    (home / ".ipython/profile_default/startup/a.py").write_text("raise SystemExit\n", encoding="utf-8")
    (home / ".jupyter/jupyter_config.py").write_text("raise SystemExit\n", encoding="utf-8")
    with kept_kernel.in_use():
        assert cli.run(["review", str(trapped), "--out", str(tmp_path / "ra1"), "--as-of", "16/11/2026"]) == 1
    clean = hashes(tmp_path / "ra1")
    odd = review(trapped, Path("."), tmp_path / "ra2", HOME=str(home), USERPROFILE=str(home), MPLBACKEND="TkAgg")
    assert not (trapped / "bẫy.txt").exists()
    assert {**odd, "manifest.json": ""} == {**clean, "manifest.json": ""}


def test_a_program_is_looked_for_in_absolute_folders_only(tmp_path, monkeypatch):
    for folder in (tmp_path, tmp_path / "bin"):
        folder.mkdir(exist_ok=True)
        (folder / "soffice").write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / "soffice").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "bin"]))
    assert children.program("soffice") is None
    monkeypatch.setenv("PATH", os.pathsep.join([".", str(tmp_path / "bin")]))
    assert children.program("libreoffice", "soffice") == str(tmp_path / "bin" / "soffice")


def test_a_childs_environment_leaves_relative_folders_and_start_up_files_out(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([".", "lib", str(tmp_path)]))
    monkeypatch.setenv("PYTHONSTARTUP", "start.py")
    found = children.environment(IPYTHONDIR="x")
    assert "PYTHONSTARTUP" not in found and found["PYTHONSAFEPATH"] == "1" and found["IPYTHONDIR"] == "x"
    assert found["PYTHONPATH"].split(os.pathsep) == [str(ROOT), str(tmp_path)]
    assert Path(found["MATPLOTLIBRC"]).is_file() and "mpl-data" in found["MATPLOTLIBRC"]
