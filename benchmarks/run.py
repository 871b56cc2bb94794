"""`python3 run.py bench [--quick] [P1 P6 …]`: every figure of the plan beside its floor, measured in the same run.

A file `p<number>_<name>.py` in this folder is one figure: it has a `TITLE`, and `lines(quick)` yields its lines.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import platform
import re
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
os.environ["PYTHONPATH"] = str(HERE.parent)  # for kernels that are started from here

from figure import QUICK_ROUNDS, ROUNDS, Line, seconds, timed  # noqa: E402

_NAME = re.compile(r"p([0-9]+)_[a-z_]+")


def figures() -> dict[str, str]:
    """Name of each figure → its module, in order of number."""
    found = {int(match.group(1)): path.stem for path in HERE.glob("p*.py") if (match := _NAME.fullmatch(path.stem))}
    return {f"P{number}": found[number] for number in sorted(found)}


def show(name: str, line: Line) -> None:
    """Print one line of the table."""
    ratio = "" if line.ratio is None else f"{line.ratio:.2f}x"
    verdict = "met" if line.met else "NOT MET"
    print(f"{name:4} {line.what:<56} {line.ours:<26} {line.floor:<50} {ratio:>6}  {line.goal:<10} {verdict}", flush=True)


def where(quick: bool) -> str:
    """The conditions of the measurement; figures of different runs cannot be compared."""
    lab = "with" if importlib.util.find_spec("jupyterlab") else "without"
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    return f"Python {platform.python_version()}, {os.cpu_count()} cores{load}, {lab} JupyterLab; {rounds} rounds in turns, medians"


def main(arguments: list[str]) -> int:
    """Measure and print. Returns 0 where every goal is met, else 1."""
    known = figures()
    parser = argparse.ArgumentParser(prog="run.py bench", description="Measure the figures; without names: all of them.")
    parser.add_argument("names", nargs="*", metavar="FIGURE", type=str.upper, help=", ".join(known))
    parser.add_argument("--quick", action="store_true", help="few rounds and small inputs: does it run?")
    chosen = parser.parse_args(arguments)
    if strange := [name for name in chosen.names if name not in known]:
        parser.error(f"no figure {', '.join(strange)}; there are {', '.join(known)}")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    print(where(chosen.quick))
    print(f"{'':4} {'what':<56} {'ours':<26} {'floor or peer':<50} {'ratio':>6}  goal")
    missed = 0
    for name in chosen.names or known:
        module = importlib.import_module(known[name])

        def measure(name: str = name, module: ModuleType = module) -> None:
            nonlocal missed
            for line in module.lines(chosen.quick):
                show(name, line)
                missed += not line.met

        print(f"     ({name} took {seconds(timed(measure))})", file=sys.stderr, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
