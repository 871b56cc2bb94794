"""The fault of one cell: the exception that the readers of single values raise."""

from __future__ import annotations

from antq_review.text.message import Param


class Refused(Exception):
    """The cell is not clearly of its column's type.

    `code`: key of the problem in text/ingest.toml; `places`: its places.
    """

    def __init__(self, code: str, **places: Param) -> None:
        super().__init__(code)
        self.code = code
        self.places = places
