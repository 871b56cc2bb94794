"""`antq province rerun`: schools judged again from their own forms, here or on several computers."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import UsageError
from antq_review.text import say, tell

if TYPE_CHECKING:
    from antq_review.province.rerun import LanesFor
    from antq_review.publish.output.executors import LaneMaker


def rerun_schools(folder: Path, forms: Path, out: Path, workers: int | None, address: str, certificates: Path | None) -> int:
    """Judge again and compare. Returns 1 where a school differs from its package or was not judged, else 0."""
    from antq_review.cli.help import logged
    from antq_review.cli.progress import progress
    from antq_review.province.rerun import rerun, state_of

    if address and workers is not None:
        raise UsageError(tell("cli.cluster.alone"))
    if bool(address) != (certificates is not None):
        raise UsageError(tell("cli.cluster.tls_needed"))
    with progress() as (files, _):
        found = rerun(folder, forms, out, date.today(), _lanes(workers, address, certificates), logged, files)
    for number, one in enumerate(found.schools, start=1):
        count = say("batch.count", done=number, all=len(found.schools))
        print(say("rerun.line", count=count, code=one.code, name=one.name, state=state_of(one.outcome)))
    if found.kept:
        print(say("rerun.kept", count=found.kept))
    failed, differing, every = len(found.failed), len(found.differing), len(found.schools)
    same = every - failed - differing
    print(say("rerun.total", done=every - failed, all=every, same=same, differs=differing, failed=failed))
    if failed:
        print(say("rerun.not_done", count=failed))
        for one in found.failed:
            print(say("rerun.failed", code=one.code, name=one.name, why=one.outcome.why))
    print(say("rerun.made", path=found.table))
    return 1 if failed or differing else 0


def _lanes(workers: int | None, address: str, certificates: Path | None) -> LanesFor:
    from antq_review.publish.output.lane import local_lane, usual_lanes

    def make(schools: int) -> AbstractContextManager[tuple[LaneMaker, int]]:
        if certificates is not None:
            from antq_review.province.cluster import cluster

            return cluster(address, certificates)
        count = min(workers, schools) if workers is not None else usual_lanes(schools)
        return nullcontext((local_lane(count), count))

    return make
