"""`antq province … --json`: every school of the list and every file that arrived, and nothing beside the object."""

import json
from pathlib import Path

import pytest

from antq_review import cli
from antq_review.package.summarise import summary_of
from antq_review.places.versions import Kind, Version
from antq_review.scoring.model.review import Review
from tests.province.many import listed, officer, package


def test_the_officer_gets_every_school_and_every_file(review: Review, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = summary_of(review, Version(Path("du_thao"), Kind.DRAFT))
    folder = officer(tmp_path / "nhận", [listed("00000001"), listed("00000002")])
    (folder / "den" / "một.zip").write_bytes(package(base, "00000001"))
    (folder / "den" / "hỏng.zip").write_bytes(b"PK\x03\x04 nothing")
    assert cli.run(["province", "check", str(folder), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in found["unreadable"]] == ["hỏng.zip"] and found["files"] == found["packages"] + 1
    assert {one["code"]: one["state"] for one in found["schools"]} == {"00000001": "received", "00000002": "not_sent"}


