"""A commune receives with the same commands and its own list of twelve schools, and hands on the packages, never its table."""

import shutil
from datetime import date
from pathlib import Path
from random import Random

import pytest

from antq_review.province.example import DUE, YEAR, made
from antq_review.province.example_schools import example_schools, example_summaries, varied
from antq_review.province.officer_folder import ARRIVALS, drawn
from antq_review.province.roll_up import Receipt
from antq_review.province.work import Looked, look, roll_up

TODAY, SCHOOLS = date(2026, 11, 18), example_schools(20)


def office(folder: Path, schools: int, body: str) -> Path:
    """A folder whose list holds the first `schools` of the twenty."""
    (folder / ARRIVALS).mkdir(parents=True)
    listed = [{"code": one.code, "name": one.name, "levels": one.levels.label, "commune": "xã Mẫu"} for one in SCHOOLS[:schools]]
    for name, content in drawn({"expected": listed, "officer_settings": [{"year": YEAR, "due_on": DUE, "body": body}]}):
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eleven of its twelve schools have sent."""
    folder = office(tmp_path_factory.mktemp("xa") / "TONG_HOP_2026", 12, "UBND xã Mẫu")
    random = Random(12)
    for one in SCHOOLS[:11]:
        package = made(varied(example_summaries(), one, random))
        (folder / ARRIVALS / f"{package.name}.zip").write_bytes(package.zipped)
    return folder


@pytest.fixture(scope="module")
def rolled_up(commune: Path) -> Path:
    """The commune's own roll-up, as the command makes it."""
    _, paths = roll_up(commune, commune.parent / "ra", TODAY, TODAY)
    return paths["tong_hop.html"].parent


def receipt(looked: Looked) -> Receipt:
    return Receipt.of(looked.found.standings)


def test_the_commune_rolls_up_its_own_list(commune: Path, rolled_up: Path) -> None:
    looked = look(commune, TODAY, TODAY)
    assert (receipt(looked).expected, receipt(looked).received, receipt(looked).counted) == (12, 11, 11)
    assert "UBND xã Mẫu" in (rolled_up / "tong_hop.html").read_text(encoding="utf-8")


def test_the_department_adds_up_the_forwarded_packages_and_refuses_the_table(commune: Path, rolled_up: Path, tmp_path: Path) -> None:
    folder = office(tmp_path / "so", 20, "Sở Mẫu")
    shutil.copytree(commune / ARRIVALS, folder / ARRIVALS / "xa_mau")
    direct = sorted((commune / ARRIVALS).iterdir())[0]
    shutil.copy(direct, folder / ARRIVALS / "truong gui thang.zip")  # the same package by two roads
    for name in ("tong_hop.xlsx", "tong_hop.json", "tong_hop.html"):
        shutil.copy(rolled_up / name, folder / ARRIVALS / name)
    looked = look(folder, TODAY, TODAY)
    assert (receipt(looked).expected, receipt(looked).received, receipt(looked).counted) == (20, 11, 11)
    assert (looked.packages, looked.files) == (11, 15)
    refused = {one.shown: str(one.refused) for one in looked.found.unreadable}
    assert set(refused) == {"tong_hop.xlsx", "tong_hop.json", "tong_hop.html"}
    assert all("không gửi bảng tổng hợp" in says for says in refused.values())
