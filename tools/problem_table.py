"""Draws docs/LOI_VA_BAN_CHINH_THUC.md: which problems stand in the way of a final version, and why, from text/ingest.toml.

`python tools/problem_table.py`. A test compares the file with what is drawn.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from antq_review.scoring.sections.final_version import Blocks, blocks
from antq_review.text import words

TABLE = Path(__file__).parent.parent / "docs" / "LOI_VA_BAN_CHINH_THUC.md"

_HEAD = """\
# Lỗi nào chặn bản chính thức, vì sao

Bảng này do `tools/problem_table.py` lập từ `antq_review/text/ingest.toml`. Một lỗi chỉ chặn văn bản có dùng biểu bị lỗi; “…” là
chỗ điền số, tên ở mỗi lần báo.
"""


def problem_table() -> str:
    """The whole file: one table for each reason to block, the code, severity, sentence and remedy of each problem."""
    told = words("ingest")
    parts = [_HEAD]
    for why in (*(one for one in Blocks if one is not Blocks.NEVER), Blocks.NEVER):
        entries = {code: entry for code, entry in told["problems"].items() if blocks(code) is why}
        parts.append(f"## {told['blocking'][why]}\n\n| Mức | Nội dung | Cách sửa | Mã |\n|---|---|---|---|\n" + "".join(
            f"| {told['severity'][entry['severity']]} | {_cell(entry, 'says')} | {_cell(entry, 'remedy')} | `{code}` |\n"
            for code, entry in entries.items()
        ))
    return "\n".join(parts)


def _cell(entry: dict[str, Any], part: str) -> str:
    told = entry.get(part, "–").replace("{pupils}", words("pupils")["usual"])
    return re.sub(r"\{[a-z_]+\}", "…", told).replace("…….", "….").replace("|", "\\|")


if __name__ == "__main__":
    TABLE.write_text(problem_table(), encoding="utf-8", newline="\n")
