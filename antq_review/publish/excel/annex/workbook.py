"""The annex `phu_luc.xlsx`: the official tables first, then the sheets for the school itself."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl import Workbook

from antq_review.forms.save_workbook import workbook_bytes
from antq_review.publish.excel.annex.internal import internal_sheet
from antq_review.publish.excel.annex.lists import plan_sheet, problem_sheet
from antq_review.publish.excel.annex.numbers import number_sheet, register_sheet
from antq_review.publish.excel.annex.official import score_sheet, yes_no_sheet
from antq_review.publish.excel.annex.provenance import provenance_sheet
from antq_review.publish.excel.page import mark_rescored, mark_version
from antq_review.scoring.model.review import Review


def annex(
    review: Review, previous: Review | None = None, version: str = "", beside: Callable[[Workbook], None] = lambda _: None,
    *, official: bool = False,
) -> bytes:
    """The workbook of one review; the same bytes for the same reviews. `previous`: the review of the year before.

    `version`: its name in words, for the foot of every page and the head of the school's own sheets. `beside`: writes the
    sheets that compare the two years. `official`: without the school's own sheets, for a copy that leaves the school.

    One sheet for each text with points (the official form), one for each text without points, the numeric tables and
    the evidence register; then the school's own sheets: findings with their cells, plan, faults, sources. There is no
    formula in it.
    """
    book = Workbook()
    book.remove(book.active)
    for text in review.texts:
        if text.total is not None:
            score_sheet(book, review, text)
    for text in review.texts:
        if text.total is None:
            yes_no_sheet(book, review, text)
    number_sheet(book, review, previous)
    register_sheet(book, review)
    if not official:
        internal_sheet(book, review)
        plan_sheet(book, review)
        problem_sheet(book, review)
        beside(book)
        provenance_sheet(book, review)
    if version:
        for sheet in book:
            mark_version(sheet, version)
    if review.rescored:
        for sheet in book:
            mark_rescored(sheet, str(review.rescored))
    return workbook_bytes(book)
