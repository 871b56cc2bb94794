"""A folder of an officer, with packages of fictional schools."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from antq_review.province.example import made
from antq_review.province.example_schools import ExampleSchool, example_summaries, varied
from antq_review.province.officer_folder import drawn

DUE = date(2026, 11, 20)


def officers_folder(place: Path, schools: Sequence[ExampleSchool]) -> Path:
    """All but the last two schools sent a package; two more files are none."""
    (place / "den").mkdir(parents=True)
    settings = {"year": 2026, "due_on": DUE, "body": "Sở Mẫu"}
    listed = [{"code": one.code, "name": one.name, "levels": one.levels.label, "commune": one.commune} for one in schools]
    for name, content in drawn({"expected": listed, "officer_settings": [settings]}):
        (place / name).write_bytes(content)
    random = Random(1)
    for one in schools[:-2]:
        package = made(varied(example_summaries(), one, random))
        (place / "den" / f"{package.name}.zip").write_bytes(package.zipped)
    (place / "den" / "trang.zip").write_bytes(b"<html>")
    (place / "den" / "hong.zip").write_bytes(b"PK\3\4" + b"x" * 50)
    return place
