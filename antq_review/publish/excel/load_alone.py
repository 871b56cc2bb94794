"""Loading openpyxl without the libraries whose numbers and pictures it could take, for a command that writes neither."""

from __future__ import annotations

import sys
from types import ModuleType


def load_openpyxl_alone() -> None:
    """Load openpyxl without numpy, Pillow and lxml: lists of faults, marked copies and roll-ups hold no numbers of the first and no
    pictures, and lxml it would only look at (see `antq_review/__init__.py`).

    They take longer to load than openpyxl itself, and 15 MiB. Only for a process in which no other thread loads anything meanwhile.
    """
    absent: dict[str, ModuleType | None] = {name: None for name in ("numpy", "PIL", "lxml") if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]  # None: Python takes the module for one that is not installed
    try:
        import openpyxl  # noqa: F401
    finally:
        for name in absent:
            del sys.modules[name]
