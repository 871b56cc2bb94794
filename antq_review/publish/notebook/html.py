"""From an executed notebook to one HTML file that opens anywhere, without a network and without a script."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo
from antq_review.text import say

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).with_name("templates")
#: Cells with this tag serve the notebook alone: its title, its parameters, its style.
NOTEBOOK_ONLY = "notebook_only"

_TAGS = frozenset([
    "html", "head", "meta", "title", "style", "body", "section", "header", "article", "div", "span", "p", "small", "b", "em",
    "strong", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td",
    "blockquote", "img", "br", "hr", "code", "pre",
])
_ATTRIBUTES = frozenset([
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "style", "src", "alt", "width", "height", "colspan", "start",
    "aria-hidden",
])
_STYLES = ("flex-grow:", "text-align:")


@cache
def _exporter() -> HTMLExporter:
    """Nbconvert's exporter with our own template over `basic`; made once, it serves every notebook.

    Its last pass over the finished page is left out: it writes a sentence of its own beside a picture that has none, where our net
    must refuse, and takes longer than all the rest.
    """
    from nbconvert import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter
    from traitlets.config import Config

    class ReportExporter(HTMLExporter):
        from_notebook_node = TemplateExporter.from_notebook_node

    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {NOTEBOOK_ONLY}
    return ReportExporter(
        config=config, default_preprocessors=["nbconvert.preprocessors.TagRemovePreprocessor"],
        extra_template_basedirs=[str(TEMPLATES / "html")], template_name="antq", exclude_anchor_links=True,
        exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True,
        filters={"highlight_code": "nbconvert.filters.Highlight2HTML"},  # the base template names it; no code is shown
    )


def to_html(notebook: NotebookNode, title: str, draft: bool = False) -> str:
    """One self-contained page; `draft`: every printed page bears the mark.

    Raises CannotDo where the page would hold anything but quiet text, tables and embedded pictures with their sentences.
    """
    shown = {"title": title, "style": _style(draft)}
    page, _ = _exporter().from_notebook_node(notebook, resources={"antq": shown})
    found = forbidden(page)
    if found:
        raise CannotDo(say("publish.notebooks.unsafe", what=", ".join(found)))
    return page


def _style(draft: bool) -> str:
    sheets = [(TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "page.css")]
    if draft:
        sheets.append((TEMPLATES / "draft.css").read_text(encoding="utf-8"))
    return "\n".join(sheets)


# --- the second net ------------------------------------------------------------------------------------------------


def forbidden(page: str) -> list[str]:
    """Whatever in a page is not on the short list of tags and attributes that our templates use.

    The templates escape every text of the evidence; this net catches what would slip through a hole in them.
    """
    net = _Net()
    net.feed(page)
    net.close()
    return list(dict.fromkeys(net.found))


class _Net(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in _ATTRIBUTES or (name == "style" and not (value or "").startswith(_STYLES)):
                self.found.append(f"{tag} {name}")
        if tag == "img":
            self._picture(dict(attrs))

    def _picture(self, attributes: dict[str, str | None]) -> None:
        if not (attributes.get("src") or "").startswith("data:image/png;base64,"):
            self.found.append("img src")
        if not attributes.get("alt"):
            self.found.append("img alt")
