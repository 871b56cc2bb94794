"""Help: where the guide is, and where files lie."""

from __future__ import annotations

from antq_review.forms.guide import guide
from antq_review.page.guard import SANDBOX, Guarded
from antq_review.text import words


class Help(Guarded):
    """Where the guide is, and where files lie."""

    def get(self) -> None:
        """The places; the guide is a page of its own."""
        steps = list(words("page")["help_page"]["step"])
        self.show("help.html.j2", log=str(self.parts.place), out=str(self.parts.out or ""), steps=steps)


class Guide(Guarded):
    """The guide that lies beside the forms."""

    def get(self) -> None:
        """The page that `templates` writes, shown without any right."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", SANDBOX)
        self.finish(guide())
