"""The page: the whole work of a school's year in the browser, served to this computer alone. Its words are in text/page.toml."""

from __future__ import annotations

from pathlib import Path


def open_page(out: Path | None, browser: bool) -> int:
    """Serve the page until it is closed, or open a tab on the one that is served already. Returns the exit code.

    `out`: one folder of results for every year; None: `KET_QUA` in the folder of each year.
    """
    from antq_review.page.server import serve

    return serve(out, browser)
