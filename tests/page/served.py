"""The page's server in a thread of the test, and a client that sends exactly what it is told."""

import asyncio
import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tornado.httpserver import HTTPServer

from antq_review.page.guard import BODY_BYTES, Codes
from antq_review.page.parts import Parts
from antq_review.page.server import application
from antq_review.text import SURFACE


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def to(self) -> str:
        return self.headers.get("Location", "")


class Served:
    """A running page. `parts`: what it holds, which a test may look at."""

    def __init__(self, place: Path, out: Path | None = None) -> None:
        self.parts = Parts(place, out, Codes())
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._ends = asyncio.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._ready.wait(10)
        self.cookies: dict[str, str] = {}

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        SURFACE.set("page")
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        listening.setblocking(False)
        self.port = listening.getsockname()[1]
        server = HTTPServer(application(self.parts, self.port), max_body_size=BODY_BYTES)
        server.add_sockets([listening])
        self._ready.set()
        await self._ends.wait()
        server.stop()
        await server.close_all_connections()

    def end(self) -> None:
        if self.parts.jobs.running is not None:
            self.parts.jobs.running.stop.ask()
        self._loop.call_soon_threadsafe(self._ends.set)
        self._thread.join(20)

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"", bare: bool = False) -> Answer:
        """One request. `bare`: without the cookies that were given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Host": f"127.0.0.1:{self.port}", **({"Content-Length": str(len(body))} if method != "GET" else {}), **(headers or {})}
        if self.cookies and not bare:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders()
            with suppress(BrokenPipeError, ConnectionResetError):  # the server answers before it has taken all
                connection.send(body)
            got = connection.getresponse()
            for cookie in got.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(got.status, dict(got.headers.items()), got.read())
        finally:
            connection.close()

    def enter(self) -> "Served":
        assert self.ask("GET", f"/vao?ma={self.parts.codes.new()}").status == 303
        return self

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def xsrf(self) -> str:
        return re.search(r'name="_xsrf" value="([^"]+)"', self.get("/dong").text)[1]

    def post(self, path: str, **fields: str | list[str]) -> Answer:
        body = urlencode({"_xsrf": self.xsrf(), **fields}, doseq=True).encode()
        return self.ask("POST", path, {"Content-Type": "application/x-www-form-urlencoded"}, body)

    def put(self, path: str, body: bytes, **headers: str) -> Answer:
        return self.ask("PUT", path, {"X-XSRFToken": self.xsrf(), **headers}, body)

    def open(self, folder: Path) -> str:
        """Open a folder as the list of folders does. Returns its address."""
        answer = self.post("/mo", thu_muc=self.parts.folders.id_of(folder.resolve()))
        assert answer.status == 303, answer.text
        return answer.to.rsplit("/", 1)[0]

    @contextmanager
    def busy(self) -> Iterator[None]:
        """While a job of another folder runs."""
        ends = threading.Event()
        job, started = self.parts.jobs.start("review", "0" * 16, lambda _: str(ends.wait(60)))
        assert started
        try:
            yield
        finally:
            ends.set()
            while job.runs:
                time.sleep(0.01)

    def until_done(self, base: str, seconds: float = 120) -> None:
        """Wait for the running job of a folder. Only at its end the page is asked, as its script does all the time."""
        end = time.monotonic() + seconds
        running = self.parts.jobs.running
        while running is not None and self.parts.jobs.running is running:
            assert time.monotonic() < end
            time.sleep(0.05)
        while b'"runs": true' in self.get(f"{base}/tinh-trang").body:
            assert time.monotonic() < end
            time.sleep(0.1)
