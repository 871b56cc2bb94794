"""What leaves a figure: SVG for the page, PNG for Word, and a sentence for those who cannot see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from antq_review.publish.figures.canvas import styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: The letters of a picture come from the reader's computer. DejaVu Sans, by which we measure, is the widest of them.
LETTERS = "'DejaVu Sans', 'Segoe UI', Arial, sans-serif"
_RULE = re.compile(r"<defs>\s*<style[^>]*>\*\{([^}]*)\}</style>\s*</defs>")
_DROPPED = re.compile(r" font-family: 'DejaVu Sans', sans-serif;| transform=\"rotate\(-0 [^\"]*\)\"|^ +", re.MULTILINE)


@dataclass(frozen=True)
class Drawn:
    """A figure, and the sentence that tells the same to readers who cannot see it. The same figure gives the same bytes."""

    figure: Figure
    says: str

    def svg(self) -> bytes:
        """For the page: sharp at every size; its text stays text, so a printed PDF can be searched."""
        out = BytesIO()
        with styled():
            self.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        return _slim(out.getvalue().decode("utf-8")).encode("utf-8")

    def png(self) -> bytes:
        """For Word, which keeps no text in a picture."""
        out = BytesIO()
        with styled():
            self.figure.savefig(out, format="png", metadata={"Software": None})
        return out.getvalue()


def _slim(text: str) -> str:
    """matplotlib's SVG without its DTD, indents and turns by 0 degrees; letters and its one style rule once, at the root."""
    rule = _RULE.search(text)
    assert rule is not None
    root = f'<svg style="{rule.group(1)}; font-family: {LETTERS}"'
    body = _RULE.sub("", text[text.index("<svg ") :], count=1)
    return _DROPPED.sub("", body).replace("<svg", root, 1)
