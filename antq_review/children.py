"""The processes that this tool starts: each runs this installation's code and nobody else's.

The folder in which a command is typed may be a received one, and the user's settings differ from computer to computer.
Neither may run code in a child or change a byte of the results.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def environment(**own: str) -> dict[str, str]:
    """The environment of a Python child: nothing is imported from the current folder, start-up files are left out.

    `own`: variables of this kind of child. matplotlib takes its shipped settings, not those of a folder or a user.
    """
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(_PACKAGE), *(path for path in given if os.path.isabs(path))]
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONSTARTUP", "MPLBACKEND", "PYTHONINSPECT")}
    return {
        **kept, "PYTHONPATH": os.pathsep.join(paths), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1", "MATPLOTLIBRC": _figure_settings(), **own,
    }


def _figure_settings() -> str:
    """matplotlib's own settings file, found without loading matplotlib."""
    found = find_spec("matplotlib")
    return str(Path(found.origin).parent / "mpl-data" / "matplotlibrc") if found and found.origin else ""


def program(*names: str) -> str | None:
    """The full path of a program: only absolute folders of PATH are asked, never the current one (Windows asks it first)."""
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(folder)]
    return next((found for name in names if (found := _found(name, folders))), None)


def _found(name: str, folders: list[str]) -> str | None:
    for folder in folders:
        found = shutil.which(str(Path(folder) / name))
        if found:
            return found
    return None
