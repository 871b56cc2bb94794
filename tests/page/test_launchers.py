"""The icons and the pack as text and as dry runs; Windows and macOS themselves were not tried."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from launch import desktop, environment, pack, steps

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    spec = importlib.util.spec_from_file_location("run_py", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(steps, "ROOT", str(tmp_path))
    for asks in (module, pack):
        monkeypatch.setattr(asks, "ensure", lambda folder, extra: sys.executable)
    return module


def test_the_batch_file_is_ascii_with_the_lines_of_windows_and_starts_the_page() -> None:
    content = (ROOT / "ANTQ.bat").read_bytes()
    assert content.isascii() and content.count(b"\n") == content.count(b"\r\n")
    text = content.decode()
    assert "py -3 run.py page" in text and "python run.py page" in text and 'cd /d "%~dp0"' in text and "pause" in text
    assert ".vbs" not in text


def test_the_icons_start_the_page_from_any_folder(run, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Desktop").mkdir()
    assert desktop.shortcut("linux") == 0
    entry = (tmp_path / "Desktop" / "ANTQ.desktop").read_text(encoding="utf-8")
    assert f'Exec="{sys.executable}" "{tmp_path}/run.py" page' in entry and "Terminal=false" in entry
    assert desktop.shortcut("darwin") == 0
    assert f'"{tmp_path}/ANTQ.command"' in (tmp_path / "Desktop" / "ANTQ.command").read_text(encoding="utf-8")
    link = desktop.windows_link("C:\\Users\\Nguyễn Văn B'ình\\antq")
    assert "TargetPath = 'C:\\Users\\Nguyễn Văn B''ình\\antq\\ANTQ.bat'" in link and "ANTQ.lnk" in link
    odd = desktop.desktop_entry("/usr/bin/python3", '/home/a "b" $c%d')
    assert 'Exec="/usr/bin/python3" "/home/a \\"b\\" \\$c%%d/run.py" page' in odd
    command = (ROOT / "ANTQ.command").read_text(encoding="utf-8")
    subprocess.run(["/bin/sh", "-n", str(ROOT / "ANTQ.command")], check=True)
    assert command.startswith("#!/bin/sh\n") and "run.py page" in command
    assert "run.py page" in (ROOT / "ANTQ.desktop").read_text(encoding="utf-8")


def test_the_page_starts_in_the_foreground_and_without_a_console_on_windows(run, tmp_path, monkeypatch):
    ran, started = [], []
    monkeypatch.setattr(run, "run", lambda command, cwd=None, env=None: ran.append(command[1:]) or 0)
    assert run.main(["page", "--no-browser"]) == 0
    assert ran == [["-P", "-m", "antq_review", "page", "--no-browser"]]
    monkeypatch.setattr(run, "ensure", lambda folder, extra: str(tmp_path / "python.exe"))
    (tmp_path / "pythonw.exe").touch()
    monkeypatch.setattr(run.os, "name", "nt")
    monkeypatch.setattr(run.subprocess, "Popen", lambda command, **how: started.append((command, how["creationflags"])))
    assert run.open_page([]) == 0
    assert started == [([str(tmp_path / "pythonw.exe"), "-P", "-m", "antq_review", "page"], 0x208)]


def test_a_pack_is_wheels_alone_with_bagit_built_here(run, tmp_path, monkeypatch, capsys):
    built, rest = pack.pack_commands("python", ["pandas>=2.2", "bagit>=1.9.0", "hatchling>=1.27"], "3.12")
    assert built[3:] == ["wheel", "--no-deps", "-c", "constraints.txt", "-w", "goi_cai_dat", "bagit>=1.9.0"]
    assert "--only-binary=:all:" in rest and rest[rest.index("--platform") + 1] == "win_amd64"
    assert rest[rest.index("--python-version") + 1] == "3.12"
    assert {"pandas>=2.2", "hatchling>=1.27", "colorama", "pywin32"} <= set(rest)
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    assert run.main(["pack", "--dry-run", "--python", "3.13"]) == 0
    said = capsys.readouterr().out
    assert "tornado>=6.5.8" in said and "--python-version 3.13" in said
    assert environment.from_pack() == []
    (tmp_path / "goi_cai_dat").mkdir()
    (tmp_path / "goi_cai_dat" / "a.whl").touch()
    assert environment.from_pack() == ["--no-index", "--find-links", str(tmp_path / "goi_cai_dat")]
