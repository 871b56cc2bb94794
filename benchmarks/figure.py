"""The lines of a benchmark, and the timing of one program against another: in turns, by the median of the ratios."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median

ROOT = Path(__file__).resolve().parents[1]
#: Rounds of a pair: in full, and with `--quick`, which only shows that a benchmark runs.
ROUNDS, QUICK_ROUNDS = 7, 2


@dataclass(frozen=True)
class Line:
    """One line of the table. `ratio`: ours divided by the floor's; `goal`: the largest ratio that meets the goal."""

    what: str
    ours: str
    floor: str
    ratio: float | None
    goal: str
    met: bool


@dataclass(frozen=True)
class Pairs:
    """Times of the same rounds, in seconds: ours, and the floor or peer directly after it."""

    ours: tuple[float, ...]
    floor: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return median(ours / floor for ours, floor in zip(self.ours, self.floor, strict=True))

    def line(self, what: str, floor: str, most: float) -> Line:
        """The line for a goal of at most `most` times the floor.

        It also has our slowest time, because a median hides a stall.
        """
        shown = f"{seconds(median(self.ours))} (max {seconds(max(self.ours))})"
        return Line(what, shown, f"{seconds(median(self.floor))} {floor}", self.ratio, f"<= {most:g}x", self.ratio <= most)


def seconds(value: float) -> str:
    """Seconds in a unit that is easy to read."""
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"


def mebibytes(value: float) -> str:
    return f"{value / 2**20:.0f} MiB"


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def cpu_seconds() -> float:
    """Processor time of all processes that this one has started and that have ended, and of those that they started."""
    import resource  # not on Windows

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def processor(call: Callable[[], object]) -> float:
    """Processor seconds of one call in this process: what another program does beside it is not counted."""
    start = time.process_time()
    call()
    return time.process_time() - start


def growth(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The exponent of growth, fitted over all sizes: 1 is a straight line, 2 a square."""
    steps = [math.log(size) for size in sizes], [math.log(taken) for taken in times]
    return linear_regression(*steps).slope


def pairs(ours: Callable[[], object], floor: Callable[[], object], quick: bool) -> Pairs:
    """Both once without timing, then in turns."""
    first, second = in_turns(quick, ours, floor)
    return Pairs(first, second)


def in_turns(quick: bool, *calls: Callable[[], object]) -> list[tuple[float, ...]]:
    """The seconds of each call: all once without timing, then in turns."""
    for call in calls:
        call()
    rounds = [[timed(call) for call in calls] for _ in range(QUICK_ROUNDS if quick else ROUNDS)]
    return list(zip(*rounds, strict=True))


# --- processes -----------------------------------------------------------------------------------------------------


def environment() -> dict[str, str]:
    """The environment with this checkout's package, where Python keeps compiled files as for an installed program."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return given | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}


def python(*arguments: str, accepted: Sequence[int] = (0,)) -> None:
    """Run Python to its end. Raises RuntimeError, with its error output, for an exit code that is not accepted."""
    done = subprocess.run(
        [sys.executable, *arguments], env=environment(), capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode not in accepted:
        raise RuntimeError(f"{arguments[:2]} ended with {done.returncode}: {done.stderr[-2000:]}")


def peak(code: str, *arguments: str) -> tuple[float, float]:
    """Seconds and peak bytes of Python code in a process of its own, which measures itself; with that of its largest child, on Linux.

    The code is the body of `work(arguments)`; the imports on its first line are not timed.
    """
    wall, _, memory = _run(code, *arguments)
    return wall, memory


def measured(code: str, *arguments: str) -> tuple[float, float]:
    """The same with CPU seconds, its children's too: they say the same on a machine that others use."""
    _, cpu, memory = _run(code, *arguments)
    return cpu, memory


def _run(code: str, *arguments: str) -> tuple[float, float, float]:
    imports, _, body = code.partition("\n")
    program = _PEAK.format(imports=imports, body=body.replace("\n", "\n    "))
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment(), capture_output=True, text=True, encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    wall, cpu, memory = done.stdout.split()[-3:]
    return float(wall), float(cpu), float(memory)


#: Peak bytes of a process, told by itself. What `ru_maxrss` says of a process holds what its parent had when it was started.
OWN_PEAK = """
import resource, sys
from pathlib import Path
def high(status):
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
def own_peak():
    own = Path("/proc/self/status")
    unit = 1 if sys.platform == "darwin" else 1024
    return high(own.read_text()) if own.exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
"""
_PEAK = OWN_PEAK + """
import threading, time
from contextlib import suppress
{imports}
def work(arguments):
    {body}
def spent():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
def watch(found):
    for listed in Path("/proc/self/task").glob("*/children"):
        for child in listed.read_text().split():
            status = Path("/proc", child, "status").read_text()
            if "VmHWM:" in status:
                found[child] = high(status)
def watching(found):
    while True:
        with suppress(OSError):  # it has ended
            watch(found)
        time.sleep(0.01)  # the worker of a small workbook lives a tenth of a second
children = {{}}
threading.Thread(target=watching, args=(children,), daemon=True).start()
start, used = time.perf_counter(), spent()
work(sys.argv[1:])
taken, used = time.perf_counter() - start, spent() - used
print(taken, used, own_peak() + max(children.values(), default=0))
"""
