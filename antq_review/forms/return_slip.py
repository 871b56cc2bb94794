"""The return slip as a workbook: drawn by the receiving office, answered by the school, read back by both.

It is no form of evidence, so it is not among SHEETS: nobody is asked to hand one in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from antq_review.forms.rows.return_slip import SlipHead, SlipReason
from antq_review.forms.sheets import Sheet, Table
from antq_review.text import fold

if TYPE_CHECKING:
    from openpyxl import Workbook

HEAD, REASONS = "slip_head", "slip_reasons"
#: What only the school writes.
ANSWERS = ("done", "where", "answered_on")

RETURN_SLIP = Sheet(
    "phieu_tra_lai", "Phiếu trả lại", "phieu_tra_lai", own_heading="Phiếu trả lại gói số liệu", head=("day",),
    note="Trường trả lời từng dòng ở ba cột cuối, lưu tệp này vào thư mục biểu của năm, rồi chấm và gửi lại.",
    tables=(Table(HEAD, "Gói trả lại", SlipHead, downwards=True), Table(REASONS, "Lý do trả lại", SlipReason, blank_rows=0)),
)

RECEIPT = Sheet(
    "phieu_tiep_nhan", "Phiếu tiếp nhận", "phieu_tiep_nhan", own_heading="Phiếu tiếp nhận gói số liệu", head=("day",),
    note="Xác nhận đã nhận gói số liệu; không phải giấy công nhận. Trường không phải ghi gì.",
    tables=(Table(HEAD, "Gói đã nhận", SlipHead, downwards=True),),
)


def seal_of(head: SlipHead, reasons: Sequence[SlipReason]) -> str:
    """A check sum of what the office wrote: a slip that was edited by hand shows it. It proves nobody's identity."""
    said = [head.code, head.year, head.number, head.package]
    rows = [[one.text.value, one.item, fold(one.reason), fold(one.to_do or ""), str(one.due_on)] for one in reasons]
    return hashlib.sha256(json.dumps([said, rows], ensure_ascii=False).encode("utf-8")).hexdigest()[:16]


def slip_bytes(head: SlipHead, reasons: Sequence[SlipReason], on: date | None = None) -> bytes:
    """The slip as .xlsx, with its seal, in which only the school's cells can be written. `on`: the day of the decision."""
    from openpyxl.styles import Protection

    from antq_review.forms.save_workbook import workbook_bytes

    sealed = head.model_copy(update={"seal": seal_of(head, reasons)})
    book = _drawn(RETURN_SLIP, sealed, reasons, on)
    page = book[RETURN_SLIP.title]
    first = next(cell.row for cell in page["A"] if str(cell.value or "").startswith(SlipReason.columns()[0].heading))
    answers = [place for place, column in enumerate(SlipReason.columns(), start=1) if column.name in ANSWERS]
    for row in range(first + 2, first + 2 + len(reasons)):
        for place in answers:
            page.cell(row, place).protection = Protection(locked=False)
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    return workbook_bytes(book)


def receipt_bytes(head: SlipHead, on: date | None = None) -> bytes:
    """The receipt of an accepted package; there is nothing to fill in."""
    from antq_review.forms.save_workbook import workbook_bytes

    book = _drawn(RECEIPT, head.model_copy(update={"seal": seal_of(head, ())}), (), on)
    book[RECEIPT.title].protection.sheet = True
    return workbook_bytes(book)


def _drawn(sheet: Sheet, head: SlipHead, reasons: Sequence[SlipReason], on: date | None) -> Workbook:
    from antq_review.forms.carry_over import in_words
    from antq_review.forms.draw_workbook import Head, draw_workbook

    rows = {
        HEAD: [dict(in_words(head, tuple(SlipHead.model_fields)))],
        REASONS: [dict(in_words(one, tuple(SlipReason.model_fields))) for one in reasons],
    }
    return draw_workbook([sheet], {sheet.name: Head(day=on)}, rows, {})
