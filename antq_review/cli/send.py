"""`antq send`: the package that a school hands in, made from finished results."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from antq_review.files import refuse_inside
from antq_review.text import day, number, say


def send_results(folder: Path, out: Path, minutes: bool, of: str) -> int:
    """Make the package, or name the last one where nothing changed. Returns 0."""
    from antq_review.cli.progress import progress
    from antq_review.history import load_any
    from antq_review.province.send import send
    from antq_review.scoring.pipeline import read_folder

    refuse_inside(folder, out)
    with progress() as (files, _):
        evidence = read_folder(folder, files)
    sent = send(folder, evidence, out, minutes=minutes, named=of)
    size = f"{number(Decimal(sent.size) / 1000)} kB"
    print(say(f"province.send.{'made' if sent.is_new else 'same'}", path=sent.path, size=size))
    print(say("province.send.of", version=sent.version.named, day=day(load_any(sent.version.path).as_of), check=sent.code))
    print(say("province.send.files", names=", ".join(sent.files)))
    print(say("province.send.inside"))
    if minutes:
        print(say("province.send.with_minutes"))
    for sentence in sent.left_out:
        print(f"  {sentence}")
    return 0
