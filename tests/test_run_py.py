"""run.py: readable by an old Python, one sentence for what is missing, a second run installs nothing."""

import ast
import importlib.util
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from antq_review.cli.app import app
from launch import environment, steps

#: Verbs that run.py passes on.
OTHERS = {"rulebook", *(str(verb.name) for verb in app.registered_commands)}
PATH = Path(__file__).resolve().parents[1] / "run.py"
SOURCES = [PATH, *sorted((PATH.parent / "launch").glob("*.py"))]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py as a module, believing that it lies in an empty project folder."""
    spec = importlib.util.spec_from_file_location("run_py", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(steps, "ROOT", str(tmp_path))
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return module


def only_sentence(capsys):
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("Đang cài đặt")]
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_python_3_6_can_read_it(path):
    found = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))))
    assert {a.name.split(".")[0] for n in found if isinstance(n, ast.Import) for a in n.names} <= set(sys.stdlib_module_names)
    assert {n.module.split(".")[0] for n in found if isinstance(n, ast.ImportFrom)} <= {"launch"}


def test_it_finds_its_parts_where_python_does_not_look_beside_the_script(tmp_path):
    done = subprocess.run([sys.executable, "-P", str(PATH), "--help"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 14), (3, 11, 4)])
def test_too_old_a_python_is_told_in_one_sentence(run, capsys, version):
    assert run.main(["demo"], version) == 3
    sentence = only_sentence(capsys)
    assert "Cần Python 3.11.5" in sentence
    assert f"Python {'.'.join(map(str, version))}:" in sentence


def test_python_3_11_and_later_are_good(run):
    assert not environment.too_old((3, 11, 5))
    assert not environment.too_old((4, 0, 0))


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_missing_venv_is_told_with_the_debian_package(run, missing):
    assert "sudo apt install python3-venv" in environment.no_venv(lambda name: None if name == missing else name)
    assert not environment.no_venv(lambda name: name)


def test_a_missing_venv_stops_in_one_sentence(run, capsys, monkeypatch):
    monkeypatch.setattr(environment, "no_venv", lambda: "thiếu")
    assert run.main(["demo"]) == 3
    assert only_sentence(capsys) == "thiếu"


def test_no_command_prints_the_usage(run, capsys):
    assert run.main([]) == 2
    said = capsys.readouterr().err
    assert "Cách dùng" in said
    assert all(verb in said for verb in ("demo", "test", "lab", "bench", *OTHERS))


def test_what_antq_says_names_the_command_that_was_typed(run, monkeypatch):
    ran = []
    monkeypatch.setattr(run, "ensure", lambda folder, extra: folder)
    monkeypatch.setattr(run, "run", lambda command, cwd=None, env=None: ran.append((command[-1], env["ANTQ_COMMAND"])) or 0)
    assert run.main(["check"]) == run.main(["lab"]) == 0
    assert ran == [("check", run.called()), ("lab", run.called())]
    assert run.called("run.py", False) == "python3 run.py"
    assert run.called("run.py", True) == "py run.py"
    assert run.called("../hai chữ/run.py", False) == 'python3 "../hai chữ/run.py"'


@pytest.mark.parametrize("verb", ["demo", "test", "lab"])
def test_a_place_that_cannot_be_written_is_named(run, capsys, tmp_path, verb):
    folder = tmp_path / (".venv-lab" if verb == "lab" else ".venv")
    folder.write_text("a file in the way", encoding="utf-8")
    assert run.main([verb]) == 3
    sentence = only_sentence(capsys)
    assert sentence.startswith("Không ghi được vào")
    assert str(folder) in sentence


def test_no_measurements_is_one_sentence(run, capsys):
    assert run.main(["bench"]) == 3
    assert only_sentence(capsys).startswith("Chưa có phép đo")


class Installs:
    """Stands in for environment.install and counts."""

    def __init__(self):
        self.calls = []

    def __call__(self, venv, python, extra, stamp_path, had):
        self.calls.append((os.path.basename(venv), extra))
        os.makedirs(os.path.dirname(python), exist_ok=True)
        Path(python).touch()


def test_a_second_run_installs_nothing(run, tmp_path):
    installs = Installs()
    for folder, extra in [(".venv", ""), (".venv", ""), (".venv", "test"), (".venv", "test"), (".venv", "")]:
        run.ensure(folder, extra, installs)
    assert installs.calls == [(".venv", ""), (".venv", "test")]
    run.ensure(".venv-lab", "lab", installs)
    run.ensure(".venv-lab", "lab", installs)
    assert installs.calls[2:] == [(".venv-lab", "lab")]


@pytest.mark.parametrize(
    ("there", "ci", "made"),
    [
        ({"chromium", "chromedriver"}, "", True),
        ({"google-chrome", "chromedriver"}, "", True),
        ({"chromium-headless-shell", "chromedriver"}, "", True),
        ({"chromium"}, "", False),
        ({"chromedriver"}, "", False),
        (set(), "", False),
        (set(), "true", True),
    ],
)
def test_jupyterlab_is_installed_for_the_tests_only_where_a_browser_can_use_it(run, monkeypatch, there, ci, made):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(run, "ensure", lambda folder, extra: f"{folder} {extra}")
    found = run.lab_for_tests(lambda name: name if name in there else None)
    assert found == ({"ANTQ_LAB_PYTHON": ".venv-lab lab"} if made else {})


def test_the_tests_are_told_of_jupyterlabs_python_and_stop_at_the_first_fault(run, monkeypatch):
    ran = []
    monkeypatch.setattr(run, "ensure", lambda folder, extra: folder)
    monkeypatch.setattr(run, "lab_for_tests", lambda: {"ANTQ_LAB_PYTHON": "of lab"})
    monkeypatch.setattr(run, "run", lambda command, cwd, env: ran.append((command[2], env["ANTQ_LAB_PYTHON"])) or command[2] == "mypy")
    assert run.main(["test"]) == 1
    assert ran == [("ruff", "of lab"), ("mypy", "of lab")]


def test_the_quick_tests_need_no_jupyterlab_and_hand_the_rest_on(run, monkeypatch):
    ran = []
    monkeypatch.setattr(run, "ensure", lambda folder, extra: folder)
    monkeypatch.setattr(run, "lab_for_tests", lambda: pytest.fail("not needed"))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(run, "run", lambda command, cwd, env: ran.append(command[2:]) or int("PYTHONDONTWRITEBYTECODE" in env))
    assert run.main(["test", "--quick", "-k", "quarter"]) == 0
    assert ran[-1] == ["pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-k", "quarter", "-m", run.QUICK]


@pytest.mark.skipif(os.name == "nt", reason="sends a signal of Unix")
def test_ctrl_c_leaves_the_command_its_own_end(run, tmp_path):
    """Like JupyterLab: told to stop, it first puts its things away."""
    code = "import time\ntry:\n print('up', flush=True); time.sleep(30)\nexcept KeyboardInterrupt:\n time.sleep(0.5); raise SystemExit(7)"
    outer = (
        f"import importlib.util, sys; spec = importlib.util.spec_from_file_location('r', {str(PATH)!r}); "
        f"r = importlib.util.module_from_spec(spec); spec.loader.exec_module(r); sys.exit(r.run([sys.executable, '-c', {code!r}]))"
    )
    process = subprocess.Popen([sys.executable, "-c", outer], stdout=subprocess.PIPE, start_new_session=True)
    with process:
        assert process.stdout.readline() == b"up\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(20) == 7


def test_other_versions_or_a_lost_stamp_install_again(run, tmp_path):
    installs = Installs()
    run.ensure(".venv", "", installs)
    (tmp_path / "constraints.txt").write_text("other", encoding="utf-8")
    run.ensure(".venv", "", installs)
    for text in ("", "{}", "[]"):
        (tmp_path / ".venv" / "cai_dat.json").write_text(text, encoding="utf-8")
        run.ensure(".venv", "", installs)
    (tmp_path / ".venv" / "cai_dat.json").unlink()
    run.ensure(".venv", "", installs)
    assert len(installs.calls) == 6


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("WARNING: Retrying … NewConnectionError('…: Failed to establish a new connection')", "mạng"),
        ("socket.gaierror: [Errno -3] Temporary failure in name resolution", "mạng"),
        ("OSError: [Errno 28] No space left on device: '/x/pandas'", "đĩa"),
        ("ERROR: Package 'pandas' requires a different Python: 3.11.2 not in '>=3.11.5'", ""),
        ("error: Microsoft Visual C++ 14.0 or greater is required", ""),
    ],
)
def test_pip_that_fails_is_told_with_its_own_reason_and_keeps_what_was_there(run, capsys, tmp_path, monkeypatch, said, why):
    run.ensure(".venv", "", Installs())
    monkeypatch.setattr(environment, "logged", lambda command, log: Path(log).write_text(said, encoding="utf-8"))
    assert run.main(["test"]) == 3
    sentence = only_sentence(capsys)
    assert ("cần có mạng" in sentence, "đĩa đầy" in sentence) == ("mạng" in why, "đĩa" in why)
    assert str(tmp_path / ".venv" / "cai_dat.log") in sentence
    stamp = json.loads((tmp_path / ".venv" / "cai_dat.json").read_text(encoding="utf-8"))
    assert stamp["extras"] == []


@pytest.mark.parametrize("lib", ["lib/python3.11", "Lib"])
def test_the_environment_names_the_project_without_vietnamese_letters(run, tmp_path, monkeypatch, lib):
    root = tmp_path / "Đào Thị Ễn"
    site = root / ".venv" / lib / "site-packages"
    site.mkdir(parents=True)
    monkeypatch.setattr(steps, "ROOT", str(root))
    (site / "_antq_review.pth").write_text(str(root), encoding="utf-8")
    environment.point_back(str(root / ".venv"))
    line = (site / "_antq_review.pth").read_text(encoding="ascii").rstrip("\n")
    assert (site / line).resolve() == root.resolve()


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1258"])
def test_a_console_without_utf_8_is_no_fault(encoding):
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    for arguments, code in (([], 2), (["--help"], 0)):
        done = subprocess.run([sys.executable, str(PATH), *arguments], env=env, capture_output=True)
        assert done.returncode == code
        assert b"Traceback" not in done.stderr
        assert b"run.py" in done.stderr + done.stdout


def test_the_installation_says_its_steps_and_megabytes(run, tmp_path, capsys):
    """Not one line and then silence for five minutes (issue 15, 8)."""
    said = [
        "Collecting pandas", "  Downloading pandas-2.2.3-cp311-cp311-manylinux.whl (12.7 MB)",
        "  Downloading lxml-5.3.0-cp311.whl (4.9 MB)", "  Downloading numpy-2.1.0-cp311.whl (16.3 MB)",
        "  Downloading six-1.16-py3.whl (11 kB)", "Installing collected packages: pandas, lxml",
    ]
    command = [sys.executable, "-c", f"print({chr(10).join(said)!r})"]
    log = tmp_path / "cai_dat.log"
    assert steps.logged(command, str(log)) == 0
    assert log.read_text(encoding="utf-8").split("\n")[:-1] == said
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "Đang cài đặt – bước 2/3: 3 gói, 34 MB; vừa tải numpy", "Đang cài đặt – bước 2/3: 4 gói, 34 MB; đã tải xong, đang ghi vào đĩa",
    ]
    assert set(environment.MEGABYTES) == {"", "lab", "test"}
