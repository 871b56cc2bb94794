"""Seeded damage to a valid form: never an exception, never a hang, never a value that was not there."""

import random

from antq_review.forms.rows.evidence import Activity
from antq_review.ingest import read
from tests.ingest.corpus import activities, clean, parts_of, with_shared_strings, write, zipped

ROUNDS = 60


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
