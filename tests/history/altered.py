"""An altered rulebook in a folder: Circular 124 with what a test changes, and its mapping to the text as it is."""

import shutil
from pathlib import Path

from antq_review.rules.loader import RULES

SAME = '[[mapping]]\nolder = "tt_124"\nkind = "same"\nold = ["1", "2", "3", "4", "5", "6"]\nnew = ["1", "2", "3", "4", "5", "6"]\n'
NEW_SENTENCE = "có ít nhất 02 mô hình phong trào toàn dân bảo vệ an ninh Tổ quốc hoạt động hiệu quả"
OLD_SENTENCE = "có ít nhất 01 mô hình phong trào toàn dân bảo vệ an ninh Tổ quốc hoạt động hiệu quả"


def altered(to: Path, *, mapping: str = SAME, changes: dict[str, str] | None = None, text_id: str = "tt_124_sua") -> Path:
    """A folder with the altered text; `changes`: what stands in criteria.toml → what shall stand there."""
    folder = to / text_id
    shutil.copytree(RULES / "tt_124_2021", folder)
    head = (folder / "text.toml").read_text(encoding="utf-8")
    head = head.replace('id = "tt_124"', f'id = "{text_id}"').replace('short = "Thông tư 124"', 'short = "Thông tư 124 sửa đổi"')
    assert text_id in head and "sửa đổi" in head
    (folder / "text.toml").write_text(head, encoding="utf-8")
    criteria = (folder / "criteria.toml").read_text(encoding="utf-8")
    for old, new in (changes or {}).items():
        assert old in criteria
        criteria = criteria.replace(old, new)
    (folder / "criteria.toml").write_text(criteria + "\n" + mapping, encoding="utf-8")
    return folder
