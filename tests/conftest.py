"""What all tests share. The package is imported before any test's own imports: it settles how openpyxl writes."""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import antq_review  # noqa: F401
from antq_review.ingest import assemble, reader
from antq_review.scoring import summary
from tests.once import Demo, made_once, no_steps, run_folder
from tests.reading import KeptWorker, reading_each_book_once, reading_each_table_once, reading_on
from tests.repeated import done_once
from tests.slow import LONGEST, SLOW
from tests.warm import KeptKernel

#: Properties are tried on few examples, and on the same ones each time: a commit that changes nothing cannot fail. New ones are what
#: `--hypothesis-profile=full` is for: 600 of its own choice, where a property does not name the number itself.
settings.register_profile("quick", max_examples=25, derandomize=True, deadline=None)
settings.register_profile("full", max_examples=600, deadline=None)
settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    for marker in SLOW:
        verb = "goes a whole" if marker == "way" else "needs a"
        config.addinivalue_line("markers", f"{marker}: {verb} {marker}; left out by `run.py test --quick`")
    config.addinivalue_line("markers", "unexpected: makes a fault of the tool on purpose")
    config.addinivalue_line("markers", "steps: looks at what would help next, in a module that otherwise leaves it out")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker, places in SLOW.items():
            if any(place in item.nodeid for place in places):
                item.add_marker(marker)
    places = {f"tests/{file}": place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONGEST)))


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: the garbage collector need not look at it again, nor look so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def kept_worker() -> Iterator[KeptWorker]:
    worker = KeptWorker()
    yield worker
    worker.end()


@pytest.fixture(scope="session", autouse=True)
def books_are_read_once(kept_worker: KeptWorker) -> Iterator[None]:
    """Outside tests/ingest a workbook is opened once, on one worker: these tests are about what follows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_Worker", kept_worker)
        patch.setattr(reader, "read_books", reading_each_book_once(reading_on(kept_worker)))
        patch.setattr(assemble, "read_table", reading_each_table_once())
        yield


@pytest.fixture(scope="module", autouse=True)
def commands_repeat_nothing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where whole commands are tested, the same evidence is judged once and the same blank forms are drawn once."""
    if request.node.nodeid.startswith(("tests/cli/", "tests/page/", "tests/publish/", "tests/test_")):
        with done_once():
            yield
    else:
        yield


#: The unexpected faults that the running test has met.
_FAULTS: list[Exception] = []


@pytest.fixture(scope="session", autouse=True)
def unexpected_faults_are_noted() -> Iterator[None]:
    from antq_review.cli import batch, help

    told = help.logged

    def logged(fault: Exception) -> str:
        _FAULTS.append(fault)
        return told(fault)

    with pytest.MonkeyPatch.context() as patch:
        for module in (batch, help):  # `start` takes it from `help`
            patch.setattr(module, "logged", logged)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """“An unexpected fault” is a failure of the test that meets it, whatever it asserts; the mark `unexpected` takes a test out.

    A hook, because a fixture for every test would cost more than most tests.
    """
    _FAULTS.clear()
    yield
    if item.get_closest_marker("unexpected") is None:
        assert not _FAULTS, f"met an unexpected fault: {_FAULTS!r}"


@pytest.fixture
def without_steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reviews of a test that asks nothing about what would help next try no step; the mark `steps` takes a test out."""
    if request.node.get_closest_marker("steps") is None:
        monkeypatch.setattr(summary, "to_do", no_steps)


@pytest.fixture(scope="session")
def kept_kernel() -> Iterator[KeptKernel]:
    kernel = KeptKernel()
    yield kernel
    kernel.end()


@pytest.fixture
def warm_kernel(kept_kernel: KeptKernel) -> Iterator[None]:
    """What this test runs, runs its notebooks on one kernel. That a used kernel gives the same bytes is tested in publish/notebook."""
    with kept_kernel.in_use():
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """`antq demo` once, in a process of its own, in a folder with Vietnamese letters and a console that has none. Only to be read."""

    def run(home: Path) -> None:
        environment = os.environ | {"PYTHONIOENCODING": "cp437", "PYTHONUTF8": "0", "PYTHONPATH": str(Path.cwd())}
        done = subprocess.run(
            [sys.executable, "-m", "antq_review", "demo", "--out", "kết quả"], cwd=home, capture_output=True, text=True,
            encoding="cp437", env=environment, timeout=240,
        )
        assert "Traceback" not in done.stderr and done.returncode != 3, done.stderr
        (home / "said.json").write_text(json.dumps([done.returncode, done.stdout]), encoding="utf-8")

    home = made_once(run_folder(tmp_path_factory), "Máy tính Nguyễn Văn Bình", run)
    code, printed = json.loads((home / "said.json").read_text(encoding="utf-8"))
    return Demo(code, home / "kết quả", printed)
