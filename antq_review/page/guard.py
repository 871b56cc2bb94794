"""Who may ask, before any handler runs: this computer's browser, with a cookie that a code of one use gave; and what pages may load."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tornado.httputil import HTTPInputError
from tornado.web import HTTPError, RequestHandler, stream_request_body

from antq_review.errors import AntqError, CannotDo, UsageError
from antq_review.page.outside import open_outside
from antq_review.page.parts import Parts
from antq_review.page.words import page
from antq_review.text import tell

if TYPE_CHECKING:
    from antq_review.page.folders import Known
    from antq_review.page.results import ResultFile
    from antq_review.page.work import Work

#: Seconds that an entry code is good for; one request uses it up.
CODE_SECONDS = 60.0
#: Bytes and fields of a form: those of a meeting with as many people and opinions as its screen shows. A workbook has its own limit.
BODY_BYTES, BODY_FIELDS = 2 * 1024**2, 8_000
#: Bytes of a larger form that are still passed over, so that the browser shows the refusal.
_PASSED_OVER = 64 * 1024**2
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
#: The policy of a result that is shown: no script, no form, no other place, whatever it contains.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
#: Nothing is told to another site; without any referrer a browser would call our own forms the work of a stranger (Origin: null).
_HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Content-Type": "text/html; charset=utf-8",
}


class Codes:
    """The entry codes that were given and not used; the secret by which a second start proves that it is this user's."""

    def __init__(self) -> None:
        self.secret = secrets.token_urlsafe(32)
        self._until: dict[str, float] = {}

    def new(self) -> str:
        """A code for one entry."""
        code = secrets.token_urlsafe(24)
        self._until[code] = time.monotonic() + CODE_SECONDS
        return code

    def use(self, code: str) -> bool:
        """Was the code given and is it still good? It is not afterwards."""
        return time.monotonic() <= self._until.pop(code, -1.0)

    def proves(self, secret: str) -> bool:
        """Is this the secret of the server's own note?"""
        return hmac.compare_digest(secret.encode("utf-8"), self.secret.encode("utf-8"))


class Guarded(RequestHandler):
    """Base of every handler.

    `open_to_all`: needs no cookie (the look of the page that refuses, the entry itself). `takes_files`: has its own limit of bytes.
    """

    open_to_all = takes_files = False

    @property
    def parts(self) -> Parts:
        """What the server holds."""
        parts: Parts = self.application.settings["parts"]
        return parts

    def set_default_headers(self) -> None:
        """Every answer says what a browser may do with it."""
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> Awaitable[None] | None:
        """Refuse what does not come from this page in this computer's browser."""
        asked = self.request.headers
        port = self.application.settings["port"]
        home = f"127.0.0.1:{port}"
        if asked.get_list("Host") != [home]:
            raise HTTPError(HTTPStatus.FORBIDDEN)
        if any(origin != f"http://{home}" for origin in asked.get_list("Origin")):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        if any(site not in ("same-origin", "none") for site in asked.get_list("Sec-Fetch-Site")):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        if not self.open_to_all and self.get_signed_cookie(f"antq_{port}", max_age_days=31) != b"vao":
            raise HTTPError(HTTPStatus.FORBIDDEN)
        if not self.open_to_all:
            self.parts.polled = time.monotonic()  # somebody is there, with scripts or without
        return None

    def enter(self) -> None:
        """Give the cookie that lets this browser in until it is closed."""
        port = self.application.settings["port"]
        self.set_signed_cookie(f"antq_{port}", "vao", expires_days=None, httponly=True, samesite="Strict", path="/")

    def show(self, template: str, **values: object) -> None:
        """Answer with a page."""
        self.finish(page(template, xsrf=self.xsrf_token.decode("ascii"), **values))

    def go(self, address: str) -> None:
        """Answer a form: the browser asks for the next page by itself, so that reloading repeats nothing."""
        self.redirect(address, status=HTTPStatus.SEE_OTHER)

    def start(self, known: Known, kind: str, what: Work, again: Callable[[UsageError], None] | None = None) -> None:
        """Start a job, then its running screen.

        Where another one runs, nothing is started: `again` answers with the form and what was typed in it; without one, where nothing
        was typed, the job that runs is shown.
        """
        job, started = self.parts.jobs.start(kind, known.id, what)
        if started or again is None:
            self.go(f"{job.base}/chay")
            return
        self.set_status(HTTPStatus.BAD_REQUEST)
        again(UsageError(tell("page.running.busy")))

    def refuse(self, refusal: AntqError, back: str, reasons: tuple[str, ...] = ()) -> None:
        """A refusal in words, with the way back."""
        self.set_status(HTTPStatus.BAD_REQUEST)
        self.show("refusal.html.j2", says=str(refusal), reasons=reasons, back=back)

    def with_day(self, known: Known, back: str) -> Known | None:
        """The folder with the day of the field `ngay`, where it was sent: the day of everything from then on. None: it was refused."""
        from antq_review.scoring.pipeline import read_day  # the first page needs none of it

        written = self.get_body_argument("ngay", None)
        if written is None:
            return known
        try:
            on = read_day(written) if written.strip() else None
        except UsageError as refusal:
            self.refuse(refusal, back)
            return None
        return self.parts.folders.keep(replace(known, as_of=on))

    def open_and_return(self, path: Path, back: str) -> None:
        """Have this computer's own program open a file or folder; then, or where there is none, the way back."""
        try:
            open_outside(path)
        except CannotDo as refusal:
            self.refuse(refusal, back)
            return
        self.go(back)

    def send_file(self, found: ResultFile) -> None:
        """A result: a page is shown without any right, unless it is to be saved (`tai`); everything else is a download."""
        self.set_header("Content-Type", found.type)
        if found.path.suffix == ".html" and not self.get_query_argument("tai", ""):
            self.set_header("Content-Security-Policy", SANDBOX)
        else:
            self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(found.name)}")
        self.finish(found.path.read_bytes())

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """The refusal or the fault as a page of the same look. It tells nothing of the request."""
        fault = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(fault, AntqError):
            self.set_status(HTTPStatus.BAD_REQUEST)
            self.finish(page("refusal.html.j2", says=str(fault), reasons=(), back="/"))
            return
        if isinstance(fault and fault.__cause__, HTTPInputError):  # more fields than a form has
            status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            self.set_status(status_code)
        kind = {403: "refused", 404: "unknown", 413: "too_big"}.get(status_code, "own_fault" if status_code >= 500 else "unclear")
        self.finish(page("error.html.j2", kind=kind, fields=BODY_FIELDS, megabytes=BODY_BYTES // 1024**2))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """A refusal is no fault of the program."""
        if not isinstance(value, AntqError):
            super().log_exception(typ, value, tb)


class EnterByCode(Guarded):
    """`/vao?ma=…`: the address that the program opens. The code is worthless afterwards, so history keeps no key."""

    open_to_all = True

    def get(self) -> None:
        """Let in whoever has a code, once."""
        if not self.parts.codes.use(self.get_query_argument("ma", "")):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        self.enter()
        self.go("/")


class NewCode(Guarded):
    """`/ma-moi`: a code for a second start of the program, which has read the secret in the server's note."""

    open_to_all = True

    def check_xsrf_cookie(self) -> None:
        """No browser comes here: the secret stands in for the cookie."""

    def post(self) -> None:
        """Answer the code as plain text."""
        if not self.parts.codes.proves(self.request.headers.get("X-Antq-Secret", "")):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(self.parts.codes.new())


@stream_request_body
class TooLarge(Guarded):
    """A form with more bytes than any form of the page: none of it is kept."""

    def prepare(self) -> Awaitable[None] | None:
        """Guards first."""
        super().prepare()
        self.request.connection.set_max_body_size(_PASSED_OVER)  # type: ignore[union-attr]  # an HTTP/1 connection
        return None

    def check_xsrf_cookie(self) -> None:
        """The field is somewhere in the bytes that are not kept."""

    def data_received(self, chunk: bytes) -> None:
        """Passed over."""

    def post(self, *_: str) -> None:
        """All bytes are here: say that nothing was done."""
        raise HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class Unknown(Guarded):
    """Every address that is none of ours."""

    def prepare(self) -> Awaitable[None] | None:
        """Refused first, unknown then."""
        super().prepare()
        raise HTTPError(HTTPStatus.NOT_FOUND)
