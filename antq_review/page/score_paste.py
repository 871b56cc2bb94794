"""The score table of the paper, pasted as four columns from Word or Excel: looked at first, then written into the school's form."""

from __future__ import annotations

import asyncio
from decimal import Decimal

from antq_review.errors import AntqError, UsageError
from antq_review.files import REPLACED
from antq_review.forms.rows.score_table import ScoreRow
from antq_review.ingest.cell_values import read_cell
from antq_review.ingest.model import Evidence
from antq_review.ingest.refused import Refused
from antq_review.page import meeting_cells, work
from antq_review.page.job import Job
from antq_review.page.meeting import Wanted
from antq_review.page.pasted_lines import rows_of
from antq_review.page.words import words_of
from antq_review.page.year import YearHandler
from antq_review.publish.excel.fill_in import Written
from antq_review.text import fold, tell, words

_COLUMNS = ("number", "text", "points", "self_points")
_MOST = 300
_POINTS = next(column for column in ScoreRow.columns() if column.name == "points")


def pasted(text: str) -> list[Wanted]:
    """The lines of a pasted table. Raises UsageError with the number of the first line that is not clear."""
    found: list[Wanted] = []
    seen: set[str] = set()
    for number, cells in rows_of(text):
        if fold(cells[0]) in words("page")["paste"]["headings"]:
            continue
        if not 2 <= len(cells) <= 4 or not cells[0] or not cells[1]:
            raise UsageError(tell("page.paste.columns", line=number))
        if fold(cells[0]) in seen:
            raise UsageError(tell("page.paste.twice", line=number, number=cells[0][:20]))
        seen.add(fold(cells[0]))
        values: dict[str, Written] = {"number": cells[0], "text": cells[1]}
        for name, cell in zip(_COLUMNS[2:], cells[2:], strict=False):
            if cell:
                values[name] = _points(cell, number)
        found.append(Wanted(ScoreRow, {"number": cells[0]}, values))
    if not found or len(found) > _MOST:
        raise UsageError(tell("page.paste.nothing", most=_MOST))
    return found


def _points(cell: str, line: int) -> Decimal:
    try:
        found: Decimal = read_cell(_POINTS, ("s", cell))
        if not 0 <= found <= 1000:
            raise Refused("not_a_number")
    except Refused as fault:
        raise UsageError(tell("page.paste.points", line=line, given=cell[:30])) from fault
    return found


def left_alone(evidence: Evidence, wants: list[Wanted]) -> list[str]:
    """The lines of the form that the pasted table does not hold; they stay."""
    named = {fold(str(want.key["number"])) for want in wants}
    return [row.values.number for row in evidence.of(ScoreRow) if fold(row.values.number) not in named]


class PasteScores(YearHandler):
    """The field, the comparison of what stands with what would be written, the writing."""

    step = "bieu"

    def get(self, name: str) -> None:
        """The field."""
        known = self.known(name)
        self.show_year("paste.html.j2", known, ready=self.opened(known).evidence is not None, text="", fault="")

    async def post(self, name: str) -> None:
        """`xem`: compare; `sua`: back to the field; `ghi`: write, then read again."""
        known = self.known(name)
        evidence, text = self.opened(known).evidence, self.get_body_argument("bang", "", strip=False)
        action = self.get_body_argument("lam", "xem")
        if evidence is None or action == "sua":
            self.show_year("paste.html.j2", known, ready=evidence is not None, text=text, fault="")
            return
        try:
            wants = pasted(text)
            draft = await asyncio.to_thread(meeting_cells.drafted, known.path, evidence, wants)
        except AntqError as refusal:
            self.show_year("paste.html.j2", known, ready=True, text=text, fault=str(refusal))
            return
        if action == "ghi" and draft.changes:
            check = work.check(self.parts, known)

            def do(job: Job) -> str:
                aside = meeting_cells.write(draft)
                check(job)
                return words_of("paste.written", count=len(draft.changes), name=draft.path.name, aside=f"{REPLACED}/{aside.name}")

            self.start(known, "paste", do, lambda busy: self.show_year("paste.html.j2", known, ready=True, text=text, fault=str(busy)))
            return
        self.show_year(
            "meeting_look.html.j2", known, draft=draft, typed={"bang": text}, act="thang-diem", left=left_alone(evidence, wants),
            unexplained=[],
        )
