"""Every command that README and guide print is run once, on the example school, in a folder laid out as the guide says.

A server or a browser is not begun: `lab` makes its copies and stops there. What a whole run of its own costs is run elsewhere
(`ELSEWHERE`).
"""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from antq_review.cli import lab, run
from antq_review.scoring import summary
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import EXAMPLE_DAY, example_folder
from tests.once import no_steps
from tests.province.many import listed, officer
from tools import guide, guide_chapters

ROOT = Path(__file__).resolve().parents[1]
CODE = "00123456"
#: Call → the test that runs it.
ELSEWHERE = {
    "demo": "conftest.py", "demo --province": "province/test_example.py", "page": "page/test_browser.py",
    "pack": "page/test_launchers.py", "shortcut": "page/test_launchers.py", "test": "test_run_py.py", "docs": "test_guide.py",
    "bench [--quick] [P3 …]": "benchmarks/test_bench.py",
}
#: The day of the example, so that a run does not depend on today.
ON = ("--as-of", EXAMPLE_DAY)


class Run(NamedTuple):
    """`code`: how it ends on the example, which has faults on purpose (None: it depends on the computer).

    `more`: arguments that the guide leaves out. `first`: calls that must have been made. `given`: placeholder → what stands there.
    """

    code: int | None = 0
    more: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    given: Callable[[Path], dict[str, str]] = lambda _: {}


REVIEW, ARCHIVE = "review ../HO_SO_2026", "archive ../HO_SO_2026"
NEW, CHECK = "province new ../NHAN_2026 --year 2026", "province check ../NHAN_2026"
#: Call as it is printed → its run.
RUNS = {
    "templates ../HO_SO_2026": Run(given=lambda _: {"../HO_SO_2026": "../HO_SO_MOI"}),
    "templates ../HO_SO_2027 --from ../HO_SO_2026": Run(),
    "check ../HO_SO_2026": Run(1),
    REVIEW: Run(1, ON),
    "review ../HO_SO_2026 [--as-of 30/06/2026] [--final]": Run(
        3, given=lambda _: {"[--as-of": "--as-of", "30/06/2026]": "30/06/2026", "[--final]": "--final"}
    ),
    "review ../HO_SO_2026 --texts tt_124 --final": Run(3, ON),
    "review A B C …": Run(1, ("--workers", "1"), given=lambda _: {"…": "D"}),
    "compare outputs/00123456/2025 outputs/00123456/2026": Run(1, first=(REVIEW,)),
    "rescore ../HO_SO_2025 --rulebook MÃ": Run(1, given=lambda _: {"MÃ": "tt_124"}),
    "dossier ../HO_SO_2026": Run(1, (*ON, "--only", "D4"), (REVIEW,)),
    "dossier --check TỆP.docx": Run(
        first=("dossier ../HO_SO_2026",), given=lambda home: {"TỆP.docx": str(next(home.glob(f"outputs/{CODE}/2026/ho_so/D04*.docx")))}
    ),
    ARCHIVE: Run(first=(REVIEW,)),
    "verify TÚI": Run(first=(ARCHIVE,), given=lambda home: {"TÚI": str(next(home.glob(f"outputs/{CODE}/luu_tru/*")))}),
    "send ../HO_SO_2026": Run(first=(REVIEW,)),
    "rulebook new thang_diem.xlsx": Run(),
    "rulebook check thang_diem.xlsx": Run(1, first=("rulebook new thang_diem.xlsx",)),
    "rulebook show tt_124": Run(),
    "doctor": Run(None),
    "lab ../HO_SO_2026": Run(),
    NEW: Run(),
    CHECK: Run(first=(NEW,)),
    "province return ../NHAN_2026": Run(first=(CHECK,)),
    "province roll-up ../NHAN_2026": Run(first=(CHECK,)),
    "province rerun ../NHAN_2026 --forms ../BIEU": Run(1, ("--workers", "1"), first=(CHECK,)),
}


def printed() -> set[str]:
    """The calls in the fenced blocks and code spans of README and guide: after `python3 run.py` or `antq`, or a verb with a folder."""
    own = (path for path in guide.SOURCES.glob("*.md") if path.name not in guide_chapters.CHAPTERS)
    verbs = {call.split()[0] for call in RUNS}
    found = set()
    for path in (ROOT / "README.md", *own):
        text = path.read_text(encoding="utf-8")
        fences = re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        spans = re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
        for one in [line.partition("#")[0] for block in fences for line in block.splitlines()] + spans:
            call = " ".join(one.split())
            if match := re.fullmatch(r"(?:python3 run\.py|antq) ([a-z].*)", call):
                found.add(match[1])
            elif call.split()[:1] and call.split()[0] in verbs and " ../" in call:
                found.add(call)
    return found


def test_every_printed_command_has_its_run() -> None:
    assert printed() == RUNS.keys() | ELSEWHERE.keys()
    for call, file in ELSEWHERE.items():
        assert call.split()[0] in (ROOT / "tests" / file).read_text(encoding="utf-8"), call


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tool's folder, with the school's folders beside it and last year's result in `outputs`."""
    beside = tmp_path_factory.mktemp("máy của trường")
    for year in ("2025", "2026"):
        shutil.copytree(example_folder().with_name(year), beside / f"HO_SO_{year}")
    (beside / "BIEU" / CODE).mkdir(parents=True)
    place = beside / "antq_review"
    last = place / "outputs" / CODE / "2025" / "review.json"
    last.parent.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "to_do", no_steps)
        patch.setattr(lab.importlib.util, "find_spec", lambda name: name)
        patch.setattr(lab, "run_copies", lambda *_: [])
        patch.setattr(lab, "_serve", lambda *_: 0)
        patch.chdir(place)
        last.write_text(review_evidence(read_folder(beside / "HO_SO_2025"), date(2025, 11, 16)).to_json(), encoding="utf-8")
        yield place


#: Calls that were made, with their exit codes.
MADE: dict[str, int] = {}


def made(call: str, home: Path) -> int:
    """The exit code of a call; what it needs is run first, and nothing twice."""
    if call not in MADE:
        known = RUNS[call]
        for other in known.first:
            made(other, home)
        given = known.given(home)
        if call == CHECK:
            officer(home.parent / "NHAN_2026", [listed(CODE)])  # the list and the due day, as the guide tells to write them
        MADE[call] = run([*(given.get(word, word) for word in shlex.split(call)), *known.more])
    return MADE[call]


@pytest.mark.parametrize("call", RUNS)
def test_a_printed_command_runs(call: str, home: Path, warm_kernel: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, expected = made(call, home), RUNS[call].code
    assert code in ((0, 1) if expected is None else (expected,)), "".join(capsys.readouterr())
