"""The workshop: a temporary folder beside a place of results, in which a set is made before it is moved there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import TEMPORARY, reason_of
from antq_review.places.process import mark
from antq_review.places.temporary import sweep_of_dead
from antq_review.text import tell


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A temporary folder inside `target`, removed at the end; those of dead processes go too.

    Raises CannotDo where it cannot be made.
    """
    sweep_of_dead(target, TEMPORARY)
    try:
        folder = Path(tempfile.mkdtemp(dir=target, prefix=TEMPORARY + mark()))
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=target, why=reason_of(fault))) from fault
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
