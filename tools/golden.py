"""Prove that a change leaves the results as they are: every command on the example school, sha256 of every file that comes out.

    python tools/golden.py OLD              on the old commit: fills the folder OLD and writes OLD/golden.txt
    python tools/golden.py NEW --against OLD    after the change: names every file that differs; exit code 1 where one does

What carries a clock is left out: manifests, and the lists of a bag that hold a manifest's sum. All commands name a fixed day.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE, YEARS = "00123456", ("2024", "2025", "2026")
DAY = {"2024": "2024-12-31", "2025": "2025-12-31", "2026": "2026-11-16"}
LIST = "golden.txt"
SAID = "man_hinh"  # what each command printed
Job = tuple[str, list[str]]  # a name, the arguments of `antq`


def first_jobs(year: str) -> list[Job]:
    """The check and the review of a year; a later year's review reads them."""
    return [
        (f"check_{year}", ["check", forms(year), "--out", "check"]),
        (f"review_{year}", ["review", forms(year), "--out", "out", "--as-of", DAY[year]]),
    ]


def later_jobs() -> list[Job]:
    """What can only be done once the reviews stand; none of these reads another's files."""
    yearly = [job for year in YEARS for job in (
        (f"dossier_{year}", ["dossier", forms(year), "--out", "out", "--as-of", DAY[year]]),
        (f"public_{year}", ["dossier", forms(year), "--public", "--out", "out", "--as-of", DAY[year]]),
        (f"half_{year}", ["review", forms(year), "--out", "half", "--as-of", f"{year}-06-30"]),
        (f"texts_{year}", ["review", forms(year), "--out", "final", "--texts", "tt_124", "--final", "--as-of", DAY[year]]),
    )]
    reviews = [f"out/{CODE}/{year}" for year in YEARS]
    return [
        *yearly,
        ("compare_2", ["compare", *reviews[1:], "--out", "compare"]),
        ("compare_3", ["compare", *reviews, "--out", "compare"]),
        ("rescore", ["rescore", forms("2025"), "--rulebook", "tt_124", "--out", "rescore", "--as-of", DAY["2025"]]),
        ("rulebook_new", ["rulebook", "new", "thang_diem.xlsx"]),
        ("rulebook_check", ["rulebook", "check", f"{forms('2026')}/thang_diem.xlsx"]),
        *((f"rulebook_show_{text}", ["rulebook", "show", text]) for text in ("tt_124", "qd_510")),
        ("rulebook_list", ["rulebook", "list"]),
        ("templates", ["templates", "templates", "--school-code", CODE, "--year", "2027"]),
        ("templates_from", ["templates", "templates_from", "--from", forms("2026")]),
        ("templates_word", ["templates", "templates_word", "--word"]),
    ]


def last_jobs() -> list[Job]:
    """A bag holds the results and the dossier."""
    return [("archive", ["archive", forms("2026"), "--out", "out"])]


def forms(year: str) -> str:
    """The example school's folder of a year."""
    return str(ROOT / "data_templates" / "vi_du" / "truong_mau" / year)


def run(job: Job, folder: Path) -> None:
    """Run one command in the folder; what it prints and its exit code are a result as well."""
    name, arguments = job
    fixed = {"PYTHONUTF8": "1", "COLUMNS": "100", "NO_COLOR": "1", "ANTQ_COMMAND": "antq", "SOURCE_DATE_EPOCH": "1798675200"}
    env = os.environ | {"PYTHONPATH": str(ROOT)} | fixed
    done = subprocess.run([sys.executable, "-P", "-m", "antq_review", *arguments], cwd=folder, env=env, capture_output=True)
    said = done.stdout + b"\n--- stderr\n" + done.stderr + f"\n--- {done.returncode}\n".encode()
    (folder / SAID / f"{name}.txt").write_bytes(said.replace(str(ROOT).encode(), b"."))
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{name} ended with {done.returncode}:\n{done.stderr.decode('utf-8', 'replace')}")


def make(folder: Path) -> None:
    """Run every command; two at a time where neither needs the other."""
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty")
    (folder / SAID).mkdir(parents=True)
    for year in YEARS:
        for job in first_jobs(year):
            run(job, folder)
    with ThreadPoolExecutor(2) as lanes:
        dossiers = [job for job in later_jobs() if job[0].startswith(("dossier", "public"))]  # they lock a year's folder
        others = [job for job in later_jobs() if job not in dossiers]
        list(lanes.map(lambda jobs: [run(job, folder) for job in jobs], (dossiers, others)))
    for job in last_jobs():
        run(job, folder)


def sums(folder: Path) -> dict[str, str]:
    """File below the folder → sha256; files with a clock left out."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not has_clock(path))
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths if path != folder / LIST
    }


def has_clock(path: Path) -> bool:
    """A manifest of ours, or a list of a bag that holds its sum."""
    return path.name == "manifest.json" or path.name.startswith(("manifest-", "tagmanifest-"))


def differences(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """One line a file that is gone, new or other."""
    words = {(True, False): "gone", (False, True): "new"}
    return [
        f"{words.get((name in old, name in new), 'other')}: {name}"
        for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)
    ]


def read(path: Path) -> dict[str, str]:
    """A list as `write` left it."""
    return {name: digest for digest, name in (line.split("  ", 1) for line in path.read_text(encoding="utf-8").splitlines())}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", type=Path)
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    make(folder)
    found = sums(folder)
    (folder / LIST).write_text("".join(f"{digest}  {name}\n" for name, digest in found.items()), encoding="utf-8")
    if asked.against is None:
        print(f"{len(found)} files")
        return 0
    faults = differences(read(asked.against / LIST), found)
    print("\n".join(faults) or f"{len(found)} files, all equal")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
