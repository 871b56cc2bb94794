"""The server: this computer's loopback and a free port alone, one for each user, ended by itself when nobody looks any more."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import logging
import os
import secrets
import socket
import sys
import time
import webbrowser
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.httputil import ParseBodyConfig, ParseUrlEncodedConfig, set_parse_body_config
from tornado.web import Application, RequestHandler

from antq_review.files import write_whole
from antq_review.page.folders import state_folder
from antq_review.page.guard import BODY_BYTES, BODY_FIELDS, Codes, Unknown
from antq_review.page.parts import LOG, Parts
from antq_review.page.routes import add_routes
from antq_review.places.process import Process, this_process
from antq_review.text import SURFACE, say

NOTE = "page.json"
#: Seconds without a poll after which the server ends; a gap between two looks at the clock is a laptop that slept.
IDLE_SECONDS, TICK_SECONDS, SLEPT_SECONDS = 15 * 60.0, 5.0, 60.0
#: Seconds in which the last page still gets its look.
CLOSING_SECONDS = 2.0


def application(parts: Parts, port: int) -> Application:
    """The page's handlers on a port."""
    set_parse_body_config(ParseBodyConfig(urlencoded=ParseUrlEncodedConfig(max_arguments=BODY_FIELDS)))
    made = Application(
        default_handler_class=Unknown, parts=parts, port=port, cookie_secret=secrets.token_hex(32), xsrf_cookies=True,
        xsrf_cookie_name=f"antq_xsrf_{port}", xsrf_cookie_kwargs={"httponly": True, "samesite": "Strict"}, xsrf_cookie_version=2,
        compress_response=False, log_function=_logged,
    )
    add_routes(made)
    return made


def _logged(handler: RequestHandler) -> None:
    """One line: method, the first parts of the path, status, time. No query, no name of a file or a school."""
    path = "/".join(handler.request.path.split("/")[:4])
    took = 1000 * handler.request.request_time()
    logging.getLogger("antq.page").info("%s %.60s %d %.0f ms", handler.request.method, path, handler.get_status(), took)


def serve(out: Path | None, browser: bool) -> int:
    """Serve until the end, or open a tab on the page that is served already. Returns 0."""
    place = state_folder()
    address = _address_of(place / NOTE)
    if address is not None:
        _show(address, browser)
        return 0
    _log_to(place / LOG)
    SURFACE.set("page")
    asyncio.run(_serve(place, out.resolve() if out is not None else None, browser))
    return 0


async def _serve(place: Path, out: Path | None, browser: bool) -> None:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    listening.setblocking(False)
    port = listening.getsockname()[1]
    codes = Codes()
    parts = Parts(place, out, codes)
    server = HTTPServer(application(parts, port), max_body_size=BODY_BYTES, max_header_size=32 * 1024, idle_connection_timeout=60)
    server.add_sockets([listening])
    note = place / NOTE
    _write_note(note, port, codes.secret)
    try:
        _show(f"http://127.0.0.1:{port}/vao?ma={codes.new()}", browser)
        await _until_the_end(parts)
    finally:
        server.stop()
        if _port_of(note) == port:
            note.unlink(missing_ok=True)
        await server.close_all_connections()


async def _until_the_end(parts: Parts) -> None:
    """Wait until somebody closes the program, or nobody has looked for a while and no job runs."""
    looked = time.monotonic()
    while not parts.ends:
        await asyncio.sleep(min(TICK_SECONDS, 0.2))
        now = time.monotonic()
        if now - looked > SLEPT_SECONDS or parts.jobs.running is not None:
            parts.polled = now
        looked = now
        if now - parts.polled > IDLE_SECONDS:
            return
    await asyncio.sleep(CLOSING_SECONDS)
    if parts.jobs.running is not None:
        parts.jobs.running.stop.ask()
        while parts.jobs.running is not None:
            await asyncio.sleep(0.1)


# --- one server for each user ------------------------------------------------------------------------------------------


def _write_note(note: Path, port: int, secret: str) -> None:
    """Tell a second start where this one is. The note is closed to other users from its first byte on."""
    content = json.dumps({"port": port, "secret": secret, **vars(this_process())}).encode("utf-8")
    note.unlink(missing_ok=True)
    handle = os.open(note, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _read_note(note: Path) -> dict[str, object]:
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _port_of(note: Path) -> object:
    return _read_note(note).get("port")


def _address_of(note: Path) -> str | None:
    """A new address of the server that wrote the note; None where it is gone or does not answer with its own secret."""
    found = _read_note(note)
    try:
        port, secret = int(str(found["port"])), str(found["secret"])
        owner = Process(str(found["host"]), int(str(found["pid"])), str(found["started"]))
    except (KeyError, ValueError):
        return None
    if owner.is_gone is not False:
        return None
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asked.request("POST", "/ma-moi", headers={"X-Antq-Secret": secret, "Content-Length": "0"})
        answer = asked.getresponse()
        code = answer.read(200).decode("ascii", "replace")
    except (OSError, http.client.HTTPException):
        return None
    finally:
        asked.close()
    return f"http://127.0.0.1:{port}/vao?ma={code}" if answer.status == 200 else None


def _show(address: str, browser: bool) -> None:
    """Open a tab; without a browser print the address, and where printing is impossible leave it in a file beside the note."""
    opened = browser and webbrowser.open_new_tab(address)
    if opened:
        return
    if sys.stdout is not None:
        print(say("page.address", address=address), flush=True)
    else:
        write_whole(state_folder() / say("page.address_file"), say("page.address", address=address).encode("utf-8"))


def _log_to(file: Path) -> None:
    """Send the log to a file: under pythonw there is no other place. It begins anew when it is large."""
    with contextlib.suppress(OSError):
        if file.stat().st_size > 2_000_000:
            os.replace(file, file.with_suffix(".cu.log"))
    handler = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("antq.page")
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    log.propagate = False
    logging.getLogger("tornado.general").setLevel(logging.CRITICAL)
    logging.getLogger("tornado.application").addHandler(_Faults())
    logging.getLogger("tornado.application").propagate = False


class _Faults(logging.Handler):
    """Faults of a handler: where they happened, without the values."""

    def emit(self, record: logging.LogRecord) -> None:
        import traceback

        kind, _, trace = record.exc_info or (None, None, None)
        lines = "".join(traceback.format_tb(trace)) if trace is not None else ""
        logging.getLogger("antq.page").error("%s\n%s", kind.__name__ if kind else record.levelname, lines)
