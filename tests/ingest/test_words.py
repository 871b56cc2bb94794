"""Every problem that reading can say has its words, and every entry of the file is said somewhere."""

import re
from pathlib import Path

from antq_review.ingest import reader
from antq_review.text import words
from tests.each import each

ROOM = Path(reader.__file__).parent
#: The rooms that say problems; scoring says those that only the texts can know.
SCORING = [ROOM.parent / "scoring" / "judging" / "self_score_checks.py", *(ROOM.parent / "scoring" / "score_table").glob("*.py")]
PLACES = [*ROOM.glob("*.py"), *(ROOM.parent / "forms").rglob("*.py"), *SCORING]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in PLACES)
PROBLEMS = words("ingest")["problems"]


@each("code", PROBLEMS)
def test_the_entry_is_said_somewhere_and_whole(code):
    entry = PROBLEMS[code]
    assert f'"{code}"' in SOURCES
    assert entry.keys() <= {"severity", "blocks", "step", "quotes", "says", "expected", "remedy", "consequence"}
    assert entry["severity"] in words("ingest")["severity"]
    assert entry["severity"] == "note" or {"expected", "remedy", "consequence"} <= entry.keys()
    assert all(text.endswith((".", "…")) and "!" not in text for part, text in entry.items() if part in ("says", "remedy"))


def test_every_code_in_the_sources_has_its_words():
    said = re.findall(r'(?:problem|Refused|refused = |fault=)\(?\s*"([a-z_]+)"', SOURCES)
    said += re.findall(r'"(file_[a-z_]+)"', SOURCES)
    assert {code for code in said if "_" in code} - PROBLEMS.keys() == set()
