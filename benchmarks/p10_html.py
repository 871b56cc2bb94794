"""P10: the size of the HTML page against the pictures in it."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figure import Line
from school import example

from antq_review.publish.notebook.year_report import write_report

TITLE = "the HTML page"


def lines(quick: bool) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="antq-") as place:
        page = write_report(example(), Path(place))
        size = page.stat().st_size
        cells = json.loads((Path(place) / "bao_cao.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", ())]
    pictures = [len(base64.b64decode(data["image/png"])) for data in shown if "image/png" in data]
    most = 1.4 * sum(pictures) + 300 * 1024
    floor = f"{sum(pictures) / 1024:.0f} KiB in {len(pictures)} pictures"
    yield Line(TITLE, f"{size / 1024:.0f} KiB", floor, size / sum(pictures), f"<= {most / 1024:.0f} KiB", size <= most)
