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


def copied(module: str, to: Path, right: str = "", wrong: str = "") -> Path:
    """A copy of a module under another name, with one slip where one is given."""
    text = (SCORING / module).read_text(encoding="utf-8")
    assert right in text
    to.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    return to


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The type checker's words on each copy, by the project's own settings; all are checked in one run."""
    folder = tmp_path_factory.mktemp("copies")
    copies = [copied(module, folder / f"sound_{Path(module).name}") for module in sorted({module for module, *_ in TYPOS})]
    copies += [copied(module, folder / f"planted_{number}.py", *slip) for number, (module, *slip, _) in enumerate(TYPOS)]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", *map(str, copies)], cwd=ROOT, capture_output=True, text=True
    )
    assert f"(checked {len(copies)} source files)" in run.stdout, run.stdout + run.stderr
    lines = run.stdout.splitlines()
    return {path.name: [line for line in lines if f"{path.name}:" in line] for path in copies}


def test_the_copies_pass_as_they_are(said: dict[str, list[str]]) -> None:
    sound = [name for name in said if name.startswith("sound_")]
    assert len(sound) == 2 and not any(said[name] for name in sound)


@pytest.mark.parametrize("number", range(len(TYPOS)))
def test_a_planted_typo_is_found(said: dict[str, list[str]], number: int) -> None:
    faults = said[f"planted_{number}.py"]
    assert len(faults) == 1 and TYPOS[number][-1] in faults[0]
