"""What a file is that this tool made but that is no package: a renamed table, slip, annex or form gets a refusal that names it.

Only the names of a workbook's sheets are looked at, bounded; the workbook itself is not opened. What is found chooses a
sentence, and decides nothing else: every such file is refused.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape

from antq_review.text import fold, say

_WORKBOOK, _MOST_BYTES = "xl/workbook.xml", 200_000
_SHEET = re.compile(r'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]{1,200})"')
#: In data of this tool: a key → the sentence of `refused`.
_DATA = ((b'"roll_up"', "roll_up"), (b'"schema_version"', "review"), (b'"asks"', "loose_summary"))


def kind_of_workbook(archive: zipfile.ZipFile) -> str:
    """The key of the sentence (text/province.toml, `refused`) for a Word or Excel file."""
    from antq_review.forms.officer_sheets import OFFICER_SHEETS
    from antq_review.forms.return_slip import RECEIPT, RETURN_SLIP
    from antq_review.forms.sheets import SHEETS

    if _WORKBOOK not in archive.namelist():
        return "office"
    with archive.open(_WORKBOOK) as part:
        text = part.read(_MOST_BYTES).decode("utf-8", "replace")
    titles = {fold(unescape(name)) for name in _SHEET.findall(text)}
    table = {fold(say(f"province.tables.{name}.sheet")) for name in ("T1", "T3", "T4")}  # in the public copy too
    if table <= titles:
        return "roll_up"
    known = (
        ("slip", [RETURN_SLIP.title, RECEIPT.title]), ("office_list", [one.title for one in OFFICER_SHEETS]),
        ("annex", [say(f"annex.sheets.{name}") for name in ("register", "provenance")]), ("form", [one.title for one in SHEETS]),
    )
    return next((kind for kind, sheets in known if titles & {fold(one) for one in sheets}), "office")


def kind_of_data(content: bytes) -> str:
    """The key of the sentence for data of this tool; empty for any other content."""
    return next((kind for mark, kind in _DATA if mark in content), "") if content.lstrip()[:1] == b"{" else ""
