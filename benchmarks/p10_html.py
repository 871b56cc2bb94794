"""P10: the size of the HTML page, and of the pictures in it."""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figure import Line
from school import example

from antq_review.publish.notebook.year_report import write_report

TITLE = "the HTML page"
MOST, MOST_PICTURES = 350 * 1024, 100_000
_PICTURE = re.compile(rb'<img src="data:image/svg[+]xml;base64,([^"]*)"')


def lines(quick: bool) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="antq-") as place:
        page = write_report(example(), Path(place)).read_bytes()
    pictures = [len(base64.b64decode(found)) for found in re.findall(_PICTURE, page)]
    yield Line(TITLE, f"{len(page) / 1024:.0f} KiB", "", None, f"<= {MOST / 1024:.0f} KiB", len(page) <= MOST)
    small = 0 < sum(pictures) <= MOST_PICTURES
    yield Line(f"its {len(pictures)} figures, raw", f"{sum(pictures) / 1000:.0f} kB", "", None, f"<= {MOST_PICTURES / 1000:.0f} kB", small)
