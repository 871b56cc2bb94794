"""Another program of this computer opens a file or a folder: Excel, Word, Explorer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from antq_review.children import program
from antq_review.errors import CannotDo
from antq_review.text import tell


def open_outside(path: Path) -> None:
    """Have this computer's own program open a file or a folder. Raises CannotDo where there is none."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return
        opener = program("open" if sys.platform == "darwin" else "xdg-open")
        if opener is None:
            raise CannotDo(tell("page.no_program", path=path))
        quiet = subprocess.DEVNULL
        subprocess.Popen([opener, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as fault:
        raise CannotDo(tell("page.no_program", path=path)) from fault
