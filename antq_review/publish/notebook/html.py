"""Turns an executed notebook into one HTML file that opens anywhere, without a network and without scripts."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo
from antq_review.publish.notebook.svg_net import forbidden_picture
from antq_review.text import tell

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).with_name("templates")
#: Cells with this tag are not on the page: the notebook's title, parameters and style.
NOTEBOOK_ONLY = "notebook_only"

_TAGS = frozenset([
    "html", "head", "meta", "title", "style", "body", "main", "a", "section", "header", "article", "div", "span", "p", "small", "b", "em",
    "strong", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td",
    "blockquote", "img", "br", "hr", "code", "pre",
])
_ATTRIBUTES = frozenset([
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "style", "src", "alt", "width", "height", "colspan", "start",
    "aria-hidden",
])
_STYLES = ("flex-grow:", "text-align:")
#: The only places that a page links to: files of this tool beside it.
_LINKS = frozenset({"phu_luc.xlsx", "so_sanh.xlsx"})


@cache
def exporter() -> HTMLExporter:
    """Nbconvert's exporter with our own template based on `basic`, made once for all notebooks.

    The last pass of HTMLExporter over the finished page is left out. It takes longer than all the rest, and it adds
    its own alternative text to a picture without one, although `forbidden` must refuse such a picture.
    """
    from nbconvert import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter
    from traitlets.config import Config

    class ReportExporter(HTMLExporter):
        from_notebook_node = TemplateExporter.from_notebook_node

    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {NOTEBOOK_ONLY}
    return ReportExporter(  # type: ignore[no-untyped-call]  # nbconvert does not type its constructors
        config=config, default_preprocessors=["nbconvert.preprocessors.TagRemovePreprocessor"],
        extra_template_basedirs=[str(TEMPLATES / "html")], template_name="antq", exclude_anchor_links=True,
        exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True,
        # The base template requires this filter, although no code is printed.
        filters={"highlight_code": "nbconvert.filters.Highlight2HTML"},
    )


def to_html(notebook: NotebookNode, title: str, draft: bool = False) -> str:
    """The notebook as one self-contained page; `draft`: every printed page has the draft mark.

    Raises CannotDo if the page would contain anything but static text, tables and embedded pictures with alternative
    texts.
    """
    shown = {"title": title, "style": _style(draft)}
    page, _ = exporter().from_notebook_node(notebook, resources={"antq": shown})
    found = forbidden(page)
    if found:
        raise CannotDo(tell("publish.notebooks.unsafe", what=", ".join(found)))
    return page


def _style(draft: bool) -> str:
    sheets = [(TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "page.css")]
    if draft:
        sheets.append((TEMPLATES / "draft.css").read_text(encoding="utf-8"))
    return "\n".join(sheets)


# --- the second check ----------------------------------------------------------------------------------------------


def forbidden(page: str) -> list[str]:
    """The tags and attributes of a page that are not on the short list that our templates use.

    The templates escape every text of the evidence; this check finds what a mistake in a template lets through.
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
            if tag == "a" and name == "href" and value in _LINKS:
                continue
            if name not in _ATTRIBUTES or (name == "style" and not (value or "").startswith(_STYLES)):
                self.found.append(f"{tag} {name}")
        if tag == "img":
            self._picture(dict(attrs))

    def _picture(self, attributes: dict[str, str | None]) -> None:
        self.found += forbidden_picture(attributes.get("src") or "")
        if not attributes.get("alt"):
            self.found.append("img alt")
