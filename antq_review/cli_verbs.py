"""What each verb does and prints. Results go to standard output, progress and faults to standard error."""

from __future__ import annotations

import sys
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.text import say


def open_lab(out: Path) -> int:
    """JupyterLab on a copy of the notebooks; a copy that the user changed is kept."""
    import importlib.util
    import shutil
    import subprocess

    from antq_review.shipped import shipped

    if importlib.util.find_spec("jupyterlab") is None:
        raise CannotDo(say("cli.no_lab"))
    folder = out / "so_tinh"
    folder.mkdir(parents=True, exist_ok=True)
    for notebook in sorted(shipped("notebooks").glob("*.ipynb")):
        if not (folder / notebook.name).exists():
            shutil.copy(notebook, folder / notebook.name)
    print(say("cli.lab.ready", path=folder))
    return subprocess.call([sys.executable, "-m", "jupyterlab", str(folder)])
