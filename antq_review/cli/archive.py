"""`antq archive` makes a bag of the school's year; `antq verify` checks whether a bag is still complete."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from antq_review.text import act, day, number, say

#: The most faults that are printed one by one; an emptied bag has as many faults as it had files.
_SHOWN = 50


def archive_folder(folder: Path, out: Path, as_of: str, of: str = "") -> int:
    """Make the bag. Returns 1 where the user must look at something again, else 0."""
    from antq_review.cli.progress import progress
    from antq_review.files import refuse_inside
    from antq_review.publish.archive.archive import archive
    from antq_review.scoring.pipeline import asked_day, read_folder

    wanted = asked_day(as_of) if as_of.strip() else None
    refuse_inside(folder, out)
    with progress() as (files, _):
        evidence = read_folder(folder, files)
        made = archive(folder, evidence, out, today(), files, of, wanted(evidence.year) if wanted else None)
    print(say("archive.made", files=made.counts["files"], size=_size(made.size), path=made.path))
    print(say("archive.of", version=made.version.named))
    print(say("archive.kinds", **made.counts))
    if made.renamed:
        print(say("archive.renamed", count=len(made.renamed)))
    if made.working:
        print(say("archive.working", count=made.working))
    if made.foreign:
        print(say("archive.foreign", names="; ".join(made.foreign)))
    if made.skipped:
        print(say("archive.skipped", names="; ".join(made.skipped)))
    for sentence in made.look_again:
        print(f"[{say('archive.look_again')}] {sentence}")
    print(say("archive.next", act=act("verify", "terminal", path=made.path)))
    return 1 if made.look_again else 0


def today() -> date:
    """The day of bagging: today, or the day in SOURCE_DATE_EPOCH, by which builds are repeated exactly."""
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(moment), UTC).date() if moment.isdecimal() else date.today()


def verify_bag(bag: Path) -> int:
    """Check a bag. Returns 1 where it is no longer complete, else 0."""
    from antq_review.cli.progress import progress
    from antq_review.publish.archive.names import shown_path
    from antq_review.publish.archive.verify import check_bag

    with progress() as (files, _):
        found = check_bag(bag, files)
    for sentence in found.faults[:_SHOWN]:
        print(sentence)
    if len(found.faults) > _SHOWN:
        print(say("archive.verify.more", count=len(found.faults) - _SHOWN))
    left = say("archive.verify.left", count=number(len(found.left)), names="; ".join(found.left[:_SHOWN])) if found.left else ""
    if found.faults:
        print(say("archive.verify.faults", count=number(len(found.faults))))
        if left:
            print(left)
        return 1
    print(say("archive.verify.valid", files=found.files, size=_size(found.size), lists=", ".join(found.lists)))
    labels = {"organization": "Source-Organization", "identifier": "External-Identifier", "date": "Bagging-Date"}
    about = {name: shown_path(found.info.get(label, "–")[:200]) for name, label in labels.items()}
    print(say("archive.verify.about", **about | {"date": _day(about["date"])}))
    if left:
        print(left)
    return 0


def _day(written: str) -> str:
    """A bag's day as people write it; a text that is no day is unchanged."""
    try:
        return day(date.fromisoformat(written))
    except ValueError:
        return written


def _size(size: int) -> str:
    """`412 byte`, `38,4 kB`, `1,2 MB`."""
    for unit, one in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= one:
            return f"{number(Decimal(size) / one, 1)} {unit}"
    return f"{size} byte"
