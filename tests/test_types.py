"""A typo in the name of a field or of a choice fails the type check: tried on copies of two real modules."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCORING = ROOT / "antq_review" / "scoring"
#: Module, what stands there, what a slip of the finger makes of it, what the type checker calls it.
TYPOS = [
    ("measures/incidents.py", "row.values.verified", "row.values.verifyed", '"Incident" has no attribute "verifyed"'),
    ("measures/incidents.py", "Verified.YES", "Verified.YESS", 'has no attribute "YESS"'),
    ("sections/overview.py", "row.values.verified", "row.values.verifyed", '"Incident" has no attribute "verifyed"'),
]


def checked(path: Path) -> str:
    """The type checker's words on one file, by the project's own settings."""
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(path)], cwd=ROOT, capture_output=True, text=True
    )
    return run.stdout + run.stderr


def test_the_copies_pass_as_they_are(tmp_path):
    for module in {module for module, *_ in TYPOS}:
        copy = tmp_path / f"copy_of_{Path(module).name}"
        copy.write_text((SCORING / module).read_text(encoding="utf-8"), encoding="utf-8")
        assert "Success" in checked(copy)


@pytest.mark.parametrize(("module", "right", "wrong", "fault"), TYPOS)
def test_a_planted_typo_is_found(tmp_path, module, right, wrong, fault):
    text = (SCORING / module).read_text(encoding="utf-8")
    assert right in text
    copy = tmp_path / "planted.py"
    copy.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert fault in checked(copy)
