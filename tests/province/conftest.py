"""One package of the example school, made from the demonstration's results."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from antq_review.history import load_any
from antq_review.ingest.model import Evidence
from antq_review.places.versions import newest
from antq_review.province import receive
from antq_review.province.send import MINUTES, SENT, Sent, send
from antq_review.publish.word.dossier_job import Order, write_dossier
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder
from tests.once import Demo


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return read_folder(example_folder())


@pytest.fixture(scope="session")
def results(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OUT with the results of the demonstration and their documents; tests may add packages to it."""
    out = tmp_path_factory.mktemp("ket_qua")
    shutil.copytree(demo.out, out, dirs_exist_ok=True)
    version = newest(out / "00123456" / "2026")
    assert version is not None
    write_dossier(load_any(version.path), None, Order((*SENT, MINUTES)), out)
    return out


@pytest.fixture(scope="session")
def review(demo: Demo) -> Review:
    version = newest(demo.out / "00123456" / "2026")
    assert version is not None
    return load_any(version.path)


@pytest.fixture(scope="session")
def sent(results: Path, evidence: Evidence) -> Sent:
    return send(example_folder(), evidence, results)


class KeptOpener(receive._Worker):
    """The process that opens packages, kept from one look to the next: starting it takes longer than opening a few packages.

    `receive` stops it after every look. It really ends where a question has no good answer: a file was refused, killed it, took
    too long, or the look was broken off.
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked = self.answered = 0
        self._next = self.answers.get
        self.answers.get = self._counted

    def ask(self, *given: Any) -> Any:
        self.asked += 1
        return super().ask(*given)

    def _counted(self, timeout: float) -> Any:
        answer = self._next(timeout=timeout)
        self.answered += answer is not None and "fault" not in answer[0]
        return answer

    @property
    def sound(self) -> bool:
        return self.asked == self.answered

    def stop(self) -> None:
        if not self.sound:
            super().stop()


@pytest.fixture(scope="module", autouse=True)
def packages_are_opened_by_one_process(request: pytest.FixtureRequest) -> Iterator[None]:
    """Not where the process itself is tested."""
    if request.node.name in ("test_unseal.py", "test_bad_zips.py"):
        yield
        return
    kept: list[KeptOpener] = []

    def lend() -> KeptOpener:
        if not kept or not kept[-1].sound:
            kept.append(KeptOpener())
        return kept[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receive, "_Worker", lend)
        yield
    for one in kept:
        receive._Worker.stop(one)
