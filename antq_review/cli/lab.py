"""`antq lab`: JupyterLab in Vietnamese on the user's copies of the notebooks.

It keeps its settings beside the copies (`.jupyter`), neither reads nor changes the user's own, and uses no network.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from antq_review.children import environment
from antq_review.cli.lab_copies import make_copies
from antq_review.cli.lab_results import run_copies
from antq_review.errors import CannotDo
from antq_review.files import no_folder, refuse_inside, write_whole
from antq_review.places.temporary import temporary_folder
from antq_review.text import say, tell

#: JupyterLab's font on Linux, DejaVu Sans Mono, lacks 23 Vietnamese letters; its settings allow no other default font.
_STYLE = 'body { --jp-code-font-family: "Noto Sans Mono", "Liberation Mono", Consolas, Menlo, monospace; }'
_HOME, _LOG = ".jupyter", "jupyter.log"
#: JupyterLab's settings at the start; the user may change them.
_SETTINGS = {
    "@jupyterlab/translation-extension:plugin": {"locale": "vi_VN"},
    # Every cell is in the page, not only those in sight: the browser's search and a screen reader find all.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
_LAB = {
    "news_url": None,
    "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "extension_manager": "readonly",
    "custom_css": True,
}
#: One Ctrl+C ends the server (without `answer_yes` it would ask back, in English). A user who is root may run it as
#: root.
_SERVER = {"answer_yes": True, "allow_root": True, "log_level": "WARN"}


def open_lab(out: Path, folder: Path | None, browser: bool) -> int:
    """Copy the notebooks for `folder` (None: the example school), run them and serve them until the user stops. Returns 0.

    A notebook that cannot be run is served all the same, and told.

    Raises UsageError for a missing folder or one that contains `out`, CannotDo where JupyterLab is not installed or
    does not start.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise CannotDo(tell("lab.not_installed"))
    if folder is not None and not folder.is_dir():
        raise no_folder(folder)
    if folder is not None:
        refuse_inside(folder, out)
    copies = make_copies(out, folder)
    print(say("lab.ready", path=copies.place))
    for name in copies.kept:
        print(say("lab.kept", name=name))
    for failed in run_copies(copies, folder):
        print(failed)
    home = copies.place.resolve() / _HOME
    _settle(home, copies.names[0], browser)
    with temporary_folder() as runtime:
        return _serve(copies.place, home, runtime, copies.names[0])


def _settle(home: Path, first: str, browser: bool) -> None:
    """Write the files that JupyterLab reads at its start. The user's own changes are in other files and stay."""
    lab = {**_LAB, "default_url": f"/lab/tree/{quote(first)}"}
    config = {"ServerApp": {**_SERVER, "open_browser": browser}, "LabApp": lab}
    for name, content in (
        ("config/jupyter_lab_config.json", config),
        ("config/labconfig/default_setting_overrides.json", _SETTINGS),
    ):
        write_whole(home / name, json.dumps(content, indent=1).encode("utf-8"))
    write_whole(home / "config/custom/custom.css", _STYLE.encode("utf-8"))


def _surroundings(home: Path, runtime: Path) -> dict[str, str]:
    """The environment of the server and its kernels: none of the user's own Jupyter, IPython or start-up files."""
    kept = {name: value for name, value in environment().items() if not name.startswith("JUPYTER")}
    own = {"CONFIG_DIR": home / "config", "DATA_DIR": home / "data", "RUNTIME_DIR": runtime}
    return {
        **kept, **{f"JUPYTER_{name}": str(path) for name, path in own.items()},
        "IPYTHONDIR": str(home / "ipython"),
    }


def _serve(place: Path, home: Path, runtime: Path, first: str) -> int:
    """Run the server, print its address, wait for its end. Ctrl+C reaches the server too and is the usual end."""
    command = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={place.resolve()}"]
    with (home / _LOG).open("wb") as log:
        server = subprocess.Popen(
            command, cwd=place, env=_surroundings(home, runtime), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            address = _address(server, runtime)
            if address:
                print(say("lab.address", address=f"{address[0]}lab/tree/{quote(first)}?token={address[1]}"), flush=True)
            code = server.wait()
        except KeyboardInterrupt:
            with contextlib.suppress(KeyboardInterrupt):  # one more, from an impatient user
                server.wait()
            code = 0
        finally:
            if server.poll() is None:
                server.terminate()
    if code:
        raise CannotDo(tell("lab.not_started", log=home / _LOG))
    return 0


def _address(server: subprocess.Popen[bytes], runtime: Path) -> tuple[str, str] | None:
    """(URL, token) as soon as the server has written them; None where it ended before."""
    while server.poll() is None:
        for note in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(ValueError, KeyError, OSError):  # half written: look again
                found = json.loads(note.read_text(encoding="utf-8"))
                return found["url"], found["token"]
        time.sleep(0.2)
    return None
