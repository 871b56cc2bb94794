"""One package of the example school, made from the demonstration's results."""

import shutil
from pathlib import Path

import pytest

from antq_review.history import load_any
from antq_review.ingest.model import Evidence
from antq_review.places.versions import newest
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
def review(results: Path) -> Review:
    version = newest(results / "00123456" / "2026")
    assert version is not None
    return load_any(version.path)


@pytest.fixture(scope="session")
def sent(results: Path, evidence: Evidence) -> Sent:
    return send(example_folder(), evidence, results)
