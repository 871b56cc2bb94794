"""P13: twenty schools in one command, two workers against one: wall time, cores in use, and the same bytes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figure import Line, cpu_seconds, python, seconds, timed
from school import DAY, under_code

TITLE = "schools in one command, two workers"
SCHOOLS, QUICK_SCHOOLS = 20, 2


def _hashes(out: Path) -> dict[str, str]:
    """File → hash, without the manifests, which hold a clock."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def lines(quick: bool) -> Iterator[Line]:
    count = QUICK_SCHOOLS if quick else SCHOOLS
    with tempfile.TemporaryDirectory(prefix="antq-") as place:
        folders = [under_code(f"0012{number:04}", Path(place) / "schools" / f"{number:02}") for number in range(count)]

        def run(workers: int) -> tuple[float, float, dict[str, str]]:
            """Wall seconds, seconds of all its processes, and what it made."""
            out, before = Path(place) / f"{workers}", cpu_seconds()
            asked = ["review", *map(str, folders), "--out", str(out), "--as-of", DAY.isoformat(), "--workers", str(workers)]
            wall = timed(lambda: python("-m", "antq_review", *asked, accepted=(0, 1)))
            return wall, cpu_seconds() - before, _hashes(out)

        one, two = run(1), run(2)
    ratio, use = two[0] / one[0], two[1] / (2 * two[0])
    ours = f"{seconds(two[0])}, cores {use:.0%} in use"
    yield Line(f"{count} {TITLE}", ours, f"{seconds(one[0])} one worker", ratio, "<= 0.65x or 85%", ratio <= 0.65 or use >= 0.85)
    more = two[1] / one[1]
    yield Line("its processor time", seconds(two[1]), f"{seconds(one[1])} one worker", more, "-", True)
    same = one[2] == two[2] and len(one[2]) > 4 * count
    yield Line("its bytes", "equal" if same else "differ", "one worker", None, "equal", same)
