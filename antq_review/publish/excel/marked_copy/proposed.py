"""Texts of an encoding from before Unicode, converted in a marked copy: the clerk compares them and takes them over.

The received file is never changed. Where the conversion is not sure the copy shows the text as it was typed, letter by letter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from antq_review.ingest.assemble import page_in_old_encoding
from antq_review.ingest.cell_values import in_old_encoding
from antq_review.ingest.reader import OLD_FONTS, Grid, Value
from antq_review.ingest.recognise import RecognisedSheet, recognise
from antq_review.publish.excel.marked_copy.mask import masked_cells
from antq_review.text import say, tidy
from antq_review.text.old_letters import readings, to_unicode
from antq_review.text.personal import masked

Place = tuple[int, int]


@dataclass(frozen=True)
class CopyPage:
    """A form page as its copy shows it. `hidden`: cells whose text is masked; `proposed`: cell → its text in Unicode.

    `whole`: the page is a form by its converted headings only.
    """

    page: RecognisedSheet
    hidden: Collection[Place]
    proposed: Mapping[Place, str]
    whole: bool = False


def copy_page(page: RecognisedSheet) -> CopyPage | None:
    """What the copy shows of a page; None for a page that is no form."""
    made: dict[Place, str] = {}
    if whole := not page.tables and not page.grid.hidden and page_in_old_encoding(page):
        made = _proposals(page.grid)
        converted = recognise(_converted(page.grid, made))
        whole = bool(converted.tables)
        page = converted if whole else page
    if page.sheet is None:
        return None
    hidden = masked_cells(page)
    texts = made if whole else _proposals(page.grid)
    return CopyPage(page, hidden, {place: masked(tidy(text)) for place, text in texts.items() if place not in hidden}, whole)


def as_typed(value: Value) -> str:
    """A text of an old encoding as it stands in the cell. No letter is stripped: it may be another one in its own font."""
    text = value[1]
    return say("marked.masked") if any(masked(one) != one for one in readings(text)) else text


def _proposals(grid: Grid) -> dict[Place, str]:
    """Cell → its text in Unicode, for the cells that a copy shows."""
    if grid.hidden:
        return {}
    return {
        (row, at): made
        for row, cells in grid.rows.items() if row not in grid.hidden_rows
        for at, value in cells.items() if at not in grid.hidden_columns and (made := _proposal(value)) is not None
    }


def _proposal(value: Value) -> str | None:
    return to_unicode(value[1], OLD_FONTS.get(value[0], "")) if in_old_encoding(value) else None


def _converted(grid: Grid, made: Mapping[Place, str]) -> Grid:
    return replace(grid, rows={
        row: {at: ("s", made[row, at]) if (row, at) in made else value for at, value in cells.items()}
        for row, cells in grid.rows.items()
    })
