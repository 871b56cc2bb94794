"""The benchmarks run, and say what was measured against what."""

import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).resolve().parents[2] / "benchmarks" / "run.py"


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(RUN), *arguments], capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def test_a_chosen_figure_is_printed_with_floor_ratio_goal_and_verdict() -> None:
    done = bench("--quick", "p2")
    lines = [line for line in done.stdout.splitlines() if line.startswith("P2 ")]
    assert "rounds in turns" in done.stdout and len(lines) == 2, done.stderr
    ratio, loaded = lines
    assert "import typer" in ratio and "<= 1.5x" in ratio
    shown = float(ratio.split("x  <=")[0].split()[-1])
    assert ratio.endswith("NOT MET") == (shown > 1.5)
    assert loaded.split()[-2:] == ["none", "met"], "help loads no heavy library"
    assert done.returncode == (1 if "NOT MET" in done.stdout else 0)


def test_every_file_is_a_figure_that_can_be_chosen() -> None:
    said = bench("--help").stdout
    named = [path.stem.split("_")[0].upper() for path in RUN.parent.glob("p[0-9]*.py")]
    assert len(named) >= 9 and all(name in said.replace(",", " ").split() for name in named)
    wrong = bench("P99")
    assert wrong.returncode == 2 and "no figure P99" in wrong.stderr
