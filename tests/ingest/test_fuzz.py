"""Seeded damage to a valid form: never an exception, never a hang, never a value that was not there."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from antq_review.forms.rows.evidence import Activity
from antq_review.ingest import read
from antq_review.shipped import example_folder
from antq_review.text import say, words
from tests.ingest.corpus import activities, clean, parts_of, with_shared_strings, write, zipped

ROUNDS = 60
#: `run.py test --long`: many more rounds for each form.
LONG = bool(os.environ.get("ANTQ_LONG"))
EACH, TOGETHER = (500, 10) if LONG else (10, 10)
#: What no damaged file may cost: memory of a process, in megabytes; seconds for a folder of TOGETHER copies of every form.
MEGABYTES, SECONDS = 500, 400
FORMS = sorted(path.name for path in example_folder().glob("*.xlsx") if "To_Tu_nhien" not in path.name)


def flipped(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at + chance.choice((1, 100, len(content))) :]


def flipped_inside(content: bytes, chance: random.Random) -> bytes:
    """The damage in the XML of one part, under a zip that is whole: no checksum notices it."""
    parts = parts_of(content)
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice((flipped, cut))(parts[name], chance) if parts[name] else b"<"
    return zipped(parts)


def test_damage_is_never_an_exception_and_never_another_value(tmp_path):
    chance, valid = random.Random(20261116), activities()
    good = {repr(row.values) for row in read(write(tmp_path / "clean", clean())).rows("activities")}
    files = {f"{number:02d}.xlsx": chance.choice((flipped, cut))(valid, chance) for number in range(ROUNDS)}
    evidence = read(write(tmp_path / "damaged", files | {"1_nha_truong.xlsx": clean()["1_nha_truong.xlsx"]}))
    assert {record.name for record in evidence.files} == {*files, "1_nha_truong.xlsx"}
    assert {repr(row.values) for row in evidence.of(Activity)} <= good


def test_damage_inside_the_parts_is_never_an_exception(tmp_path):
    chance, valid = random.Random(510), with_shared_strings(activities())
    files = {f"{number:02d}.xlsx": flipped_inside(valid, chance) for number in range(ROUNDS)}
    evidence = read(write(tmp_path, files))
    assert {record.name for record in evidence.files} == {*files}


def test_check_holds_its_bounds_on_damaged_copies_of_every_form(tmp_path):
    """In a process of its own: no traceback, no hang, no dead worker, no unexpected fault, no more memory than allowed."""
    pytest.importorskip("resource", reason="the system does not tell how much memory a process took")
    chance, valid = random.Random(14), {form: (example_folder() / form).read_bytes() for form in FORMS}
    for first in range(0, EACH, TOGETHER):
        folder = tmp_path / f"{first}"
        damaged = {
            f"{form[:1]}_{number:03d}.xlsx": chance.choice((flipped, cut, flipped_inside, flipped_inside))(content, chance)
            for form, content in valid.items() for number in range(first, first + TOGETHER)
        }
        write(folder, damaged | {"nha_truong.xlsx": clean()["1_nha_truong.xlsx"]})
        done = subprocess.run(
            [sys.executable, "-m", "tests.ingest.damage", str(folder), str(tmp_path / "ra")],
            capture_output=True, text=True, encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(Path.cwd()), "PYTHONUTF8": "1"}, timeout=SECONDS,
        )
        assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr[-3_000:]
        took = json.loads(done.stdout.splitlines()[-1])
        assert took["exit"] in (0, 1, 2) and took["megabytes"] < MEGABYTES, took
        said = done.stdout
        assert say("cli.unexpected", kind="", log="")[:30] not in said
        for code in ("file_crashed", "file_too_slow"):
            assert words("ingest")["problems"][code]["says"] not in said, code
