"""A page that is served for one test module, in a home of its own."""

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from antq_review.scoring.model.review import Review
from antq_review.shipped import example_folder
from tests.page.served import Served


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("Nhà của Bình")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(place))
        patch.setenv("XDG_STATE_HOME", str(place / "state"))
        patch.setenv("LOCALAPPDATA", str(place / "state"))
        yield place


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    state = home / "state" / "antq"
    state.mkdir(parents=True)
    page = Served(state)
    yield page.enter()
    page.end()


class NoKernel:
    """In the place of a kernel where no notebook runs."""

    stopped = False

    def start(self) -> None:
        pass

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def without_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report of a test that asks nothing about it is one line; no kernel starts."""
    from antq_review.publish.notebook import kernel, year_report

    def write(review: Review, out: Path, *_: object, **__: object) -> Path:
        (out / "bao_cao.html").write_text(f"<p>{review.school.name}</p>", encoding="utf-8")
        return out / "bao_cao.html"

    monkeypatch.setattr(year_report, "write_report", write)
    monkeypatch.setattr(kernel, "own_kernel", lambda: nullcontext(NoKernel()))


@pytest.fixture(scope="module")
def school(home: Path) -> Path:
    return Path(shutil.copytree(example_folder(), home / "Documents" / "ANTQ" / "HO_SO_2026"))
