"""Receiving workbooks: one request a file, streamed; without a script one file of an ordinary form at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import unquote

from tornado.httputil import HTTPFile, parse_multipart_form_data
from tornado.web import HTTPError, stream_request_body

from antq_review.errors import AntqError
from antq_review.files import nfc
from antq_review.ingest.file_guard import MAX_BYTES
from antq_review.page.folders import Known
from antq_review.page.parts import stamps_of
from antq_review.page.receive import Incoming, Received, settle_conflict, waiting
from antq_review.page.words import words_of
from antq_review.page.year import YearHandler
from antq_review.text import fold

#: A little more than a workbook may have, so that the sentence about its size is ours.
_BODY = MAX_BYTES + 1024**2


class _Receiving(YearHandler):
    """What both ways share: what became of a file is said on the screen of the forms; it asks there about one that waits."""

    takes_files = True

    def note(self, known: Known, received: Received) -> None:
        """Remember what to say, or to ask, on the next showing."""
        outcome = received.outcome
        if outcome == "conflict":
            if not self._replaces_blank(known, received.name):
                return
            outcome = "over_blank"
        self.opened(known).notes.setdefault("bieu", []).append(words_of(f"upload.{outcome}", name=received.name))

    def _replaces_blank(self, known: Known, name: str) -> bool:
        """Where the form of this name is the one that the last check found not filled in, the received one takes its place at once."""
        shown = self.opened(known).checked
        conflicts = [one for one in waiting(known.path) if fold(one.name) == fold(name)]
        if shown is None or len(conflicts) != 1 or conflicts[0].standing is None:
            return False
        standing = conflicts[0].standing.name
        if nfc(standing) not in shown.blank or stamps_of(known.path).get(standing) != shown.stamps.get(standing):
            return False
        settle_conflict(conflicts[0], "replace")
        return True

    def refused(self, known: Known, refusal: AntqError) -> None:
        """Remember a refusal."""
        self.opened(known).refused.append(str(refusal))


@stream_request_body
class Upload(_Receiving):
    """`PUT /h/<id>/bieu/<name>`: the bytes go to a temporary file as they come."""

    _incoming: Incoming | None = None
    _refusal: AntqError | None = None

    def prepare(self) -> Awaitable[None] | None:
        """Guards and the name first; only then is a byte taken."""
        super().prepare()
        if self.request.method != "PUT":
            raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED)
        self.check_xsrf_cookie()
        known = self.known(self.path_args[0])
        self.request.connection.set_max_body_size(_BODY)  # type: ignore[union-attr]  # an HTTP/1 connection
        try:
            self._incoming = Incoming(known.path, unquote(self.path_args[1]))
        except AntqError as refusal:
            self._refusal = refusal
        return None

    def data_received(self, chunk: bytes) -> None:
        """The next bytes; after a refusal they are passed over."""
        if self._incoming is None:
            return
        try:
            self._incoming.take(chunk)
        except AntqError as refusal:
            self._refusal = refusal
            self._incoming.drop()
            self._incoming = None

    async def put(self, name: str, _file: str) -> None:
        """All bytes are here. 200: taken, or a decision is asked; 400: refused, the screen says why."""
        known = self.known(name)
        try:
            if self._incoming is None:
                assert self._refusal is not None
                raise self._refusal
            self.note(known, await asyncio.to_thread(self._incoming.keep, self._changed()))
        except AntqError as refusal:
            self.refused(known, refusal)
            self.set_status(HTTPStatus.BAD_REQUEST)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish("{}")

    def _changed(self) -> datetime | None:
        """When the sender saved the file, as the browser tells."""
        written = self.request.headers.get("X-Antq-Changed", "")
        try:
            return datetime.fromtimestamp(int(written) / 1000) if written.isdecimal() and len(written) < 15 else None
        except (ValueError, OverflowError, OSError):
            return None

    def on_connection_close(self) -> None:
        """The sender went away: nothing of the file stays."""
        super().on_connection_close()
        if self._incoming is not None:
            self._incoming.drop()


@stream_request_body
class UploadForm(_Receiving):
    """`POST /h/<id>/bieu`: an ordinary file field, for a browser without scripts."""

    def prepare(self) -> Awaitable[None] | None:
        """Guards first."""
        super().prepare()
        self._body = bytearray()
        self.known(self.path_args[0])
        self.request.connection.set_max_body_size(_BODY)  # type: ignore[union-attr]  # an HTTP/1 connection
        return None

    def check_xsrf_cookie(self) -> None:
        """The field of the form is known only when the body is here: see `post`."""

    def data_received(self, chunk: bytes) -> None:
        """The next bytes; too many are refused by the connection."""
        self._body += chunk

    async def post(self, name: str) -> None:
        """Parse the form, check its field, take the file."""
        known = self.known(name)
        arguments: dict[str, list[bytes]] = {}
        files: dict[str, list[HTTPFile]] = {}
        kind = self.request.headers.get("Content-Type", "")
        _, _, boundary = kind.partition("boundary=")
        if not kind.startswith("multipart/form-data") or not boundary:
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        parse_multipart_form_data(boundary.encode("utf-8"), bytes(self._body), arguments, files)
        self.request.body_arguments.update(arguments)
        self.request.arguments.update(arguments)
        super().check_xsrf_cookie()
        for sent in files.get("tep", [])[:1]:
            try:
                incoming = Incoming(known.path, sent.filename.replace("\\", "/").rpartition("/")[2])
                _take_whole(incoming, sent.body)
                self.note(known, await asyncio.to_thread(incoming.keep, None))
            except AntqError as refusal:
                self.refused(known, refusal)
        self.go(f"/h/{known.id}/bieu")


def _take_whole(incoming: Incoming, body: bytes) -> None:
    """All bytes at once; nothing stays where they are too many."""
    try:
        incoming.take(body)
    except AntqError:
        incoming.drop()
        raise
