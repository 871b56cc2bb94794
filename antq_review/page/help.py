"""Help: where the guide is, and where files lie."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from mimetypes import guess_type

from tornado.web import HTTPError

from antq_review.forms.guide import guide
from antq_review.page.guard import SANDBOX, Guarded
from antq_review.shipped import shipped
from antq_review.text import words

#: For the guide alone: files of this server, nothing written into a page.
_OWN_FILES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'"


class Help(Guarded):
    """Where the guide is, and where files lie."""

    def get(self) -> None:
        """The places; the guide is a page of its own."""
        steps = list(words("page")["help_page"]["step"])
        self.show("help.html.j2", log=str(self.parts.place), out=str(self.parts.out or ""), steps=steps)


class GuideFile(Guarded):
    """The guide: its pages as they were built. Scripts and styles come from files of its own, so its search works."""

    def get(self, name: str) -> None:
        """One file of the list; no other name is looked for."""
        if name not in _pages():
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Content-Type", guess_type(name)[0] or "application/octet-stream")
        self.set_header("Content-Security-Policy", _OWN_FILES)
        self.finish((shipped("docs/html") / name).read_bytes())


@cache
def _pages() -> frozenset[str]:
    """The files of the guide by their paths below it."""
    place = shipped("docs/html")
    return frozenset(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


class Guide(Guarded):
    """The guide that lies beside the forms."""

    def get(self) -> None:
        """The page that `templates` writes, shown without any right."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", SANDBOX)
        self.finish(guide())
