"""P15: 2,000 packages checked and rolled up, against `json.load` of the same summaries. CPU seconds: a second core helps nobody here."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

from figure import Line, Pairs, measured, mebibytes, seconds

from antq_review.province.example import DUE, YEAR, made
from antq_review.province.example_schools import example_schools, example_summaries, varied
from antq_review.province.officer_folder import ARRIVALS, drawn

TITLE = "the roll-up of a province"
#: In turns with `json.load`: one run of each says little where others use the machine.
_ROUNDS = 3
#: As the command does it. Of the modules only the first line's are loaded before the clock starts.
_ROLL_UP = """from antq_review.province.work import roll_up; from datetime import date; from pathlib import Path; \
from antq_review.publish.excel.load_alone import load_openpyxl_alone; load_openpyxl_alone(); import antq_review.publish.excel.table_book
roll_up(Path(arguments[0]), Path(arguments[1]), date(2026, 11, 30), date(2026, 11, 18))"""
_LOAD = """import json; from pathlib import Path
for path in Path(arguments[0]).iterdir():
    with path.open(encoding="utf-8") as file:
        json.load(file)"""


def province(folder: Path, count: int) -> None:
    """An officer's folder with a package of each of `count` fictional schools, and their bare summaries beside it."""
    schools, random = example_schools(count), Random(15)
    settings = {"year": YEAR, "due_on": DUE}
    listed = [{"code": one.code, "name": one.name, "levels": one.levels.label, "commune": one.commune} for one in schools]
    (folder / "so" / ARRIVALS).mkdir(parents=True)
    (folder / "tom_tat").mkdir()
    for name, content in drawn({"expected": listed, "officer_settings": [settings]}):
        (folder / "so" / name).write_bytes(content)
    for school in schools:
        package = made(varied(example_summaries(), school, random))
        (folder / "so" / ARRIVALS / f"{package.name}.zip").write_bytes(package.zipped)
        (folder / "tom_tat" / f"{school.code}.json").write_bytes(package.summary.to_json())


def lines(quick: bool) -> Iterator[Line]:
    few, many = (100, 200) if quick else (2000, 4000)
    with tempfile.TemporaryDirectory(prefix="antq-") as place:
        for count in (few, many):
            province(Path(place) / str(count), count)
        rounds = [(_rolled_up(Path(place), few), measured(_LOAD, f"{place}/{few}/tom_tat")[0]) for _ in range(1 if quick else _ROUNDS)]
        twice, _ = _rolled_up(Path(place), many)
    both = Pairs(tuple(cpu for (cpu, _), _ in rounds), tuple(floor for _, floor in rounds))
    spent, most = median(both.ours), max(memory for (_, memory), _ in rounds)
    yield Line(f"{few} packages, CPU", seconds(spent), "10 s of two idle cores", spent / 10, "<= 1x", spent <= 10)
    yield Line(f"{few} packages, memory", mebibytes(most), "150 MiB", most / (150 * 2**20), "<= 1x", most <= 150 * 2**20)
    yield both.line(f"{few} packages", "json.load", 6)
    yield Line(f"{many} packages", seconds(twice), f"{seconds(spent)} for {few}", twice / spent, "<= 2.2x", twice <= 2.2 * spent)


def _rolled_up(place: Path, count: int) -> tuple[float, float]:
    """CPU seconds and peak bytes of one roll-up, in which every school counts."""
    folder = place / str(count)
    found = measured(_ROLL_UP, str(folder / "so"), str(folder / "ra"))
    counted = json.loads((folder / "ra" / "tong_hop" / str(YEAR) / "tong_hop.json").read_text(encoding="utf-8"))["schools"]
    assert len(counted) == count and all(one["content"] for one in counted.values())
    return found
