"""After filling: drawn lines get the length that the decree requires, sentences one full stop, gaps a yellow ground.

The remarks below a table and the mark that ends an annex stay on the page of its last row.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from antq_review.publish.dossier import missing_prefix
from antq_review.publish.word.decree_30 import SHORT_LINE, twips
from antq_review.publish.word.text_width import width

#: An element of python-docx: an lxml element with methods that are made at run time. Any: neither has types.
_Element: TypeAlias = Any
_TWO_STOPS = re.compile(r"(?<!\.)\.(\.(?:/\.)?)\Z")
_EMU_PER_MM = 36_000
#: The styles of a remark below a table (it stays with the paragraph after it) and of the mark at the end of an annex.
_BELOW_TABLE = frozenset({"Remark", "End"})
_SHARES = {"ShortLine": SHORT_LINE, "FullLine": 1.0}


def finish(document: Any) -> None:
    """The steps that need the filled texts. Changes the document in memory. Any: see `open_template`."""
    for paragraph, room in _lines_with_room(document):
        _fit_line(document, paragraph, room)
    for paragraph in document.element.body.iterchildren(_w("p")):
        _keep_end(paragraph)
    for run in list(document.element.body.iter(_w("r"))):
        _end_once(run)
        _mark_open(run)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _style_id(paragraph: _Element) -> str:
    return str(paragraph.style) if paragraph.style else ""


def _lines_with_room(document: Any) -> Iterator[tuple[_Element, float]]:
    """Every drawn line with the width of its column or page, in mm."""
    waiting = []
    for block in document.element.body:
        waiting += [paragraph for paragraph in block.iter(_w("p")) if _style_id(paragraph) in _SHARES]
        properties = block if block.tag == _w("sectPr") else next(block.iter(_w("sectPr")), None)
        if properties is not None:
            page = properties.page_width - properties.left_margin - properties.right_margin
            yield from ((line, _cell_room(line) or page / _EMU_PER_MM) for line in waiting)
            waiting = []


def _cell_room(paragraph: _Element) -> float | None:
    cell = paragraph.getparent()
    return cell.width.mm if cell.tag == _w("tc") and cell.width else None


def _fit_line(document: Any, line: _Element, room: float) -> None:
    above = line.getprevious()
    if above is None or above.tag != _w("p"):
        return
    font = document.styles[_style_name(document, above)].font
    size = font.size.pt if font.size else 14
    longest = max(width(text, size, bool(font.bold)) for text in _text(above).split("\n"))
    length = min(longest, room) * _SHARES[_style_id(line)]
    side = twips((room - length) / 2)
    indent = line.get_or_add_pPr().get_or_add_ind()
    for attribute in ("left", "right"):
        indent.set(_w(attribute), str(side))


def _style_name(document: Any, paragraph: _Element) -> str:
    wanted = _style_id(paragraph)
    return next((style.name for style in document.styles if style.style_id == wanted), "Normal")


def _text(paragraph: _Element) -> str:
    return "".join("\n" if node.tag == _w("br") else (node.text or "") for node in paragraph.iter(_w("t"), _w("br")))


def _keep_end(paragraph: _Element) -> None:
    """Keep the last row of a table with the remarks or the mark “./.” below it, so that they have no page of their own."""
    above = paragraph.getprevious()
    if _style_id(paragraph) not in _BELOW_TABLE or above is None or above.tag != _w("tbl"):
        return
    for inside in above.tr_lst[-1].iter(_w("p")):
        inside.get_or_add_pPr().get_or_add_keepNext()


def _end_once(run: _Element) -> None:
    """Remove the first of two full stops: the sentence's own, before the form's “.” or “./.”."""
    for node in run.findall(_w("t")):
        node.text = _TWO_STOPS.sub(r"\1", node.text or "")


def _mark_open(run: _Element) -> None:
    """Put every gap, `[CẦN BỔ SUNG: …]`, into a run of its own, in yellow."""
    prefix = missing_prefix()
    texts = run.findall(_w("t"))
    if len(texts) != 1 or prefix not in (texts[0].text or ""):
        return
    pieces = _split(texts[0].text, prefix)
    for piece, is_open in pieces[1:][::-1]:
        run.addnext(_run_like(run, piece, is_open))
    first, is_open = pieces[0]
    run.addnext(_run_like(run, first, is_open))
    run.getparent().remove(run)


def _split(text: str, prefix: str) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    while text:
        start = text.find(prefix)
        if start < 0:
            return [*pieces, (text, False)]
        end = text.find("]", start) + 1 or len(text)
        pieces += [(text[:start], False)] if start else []
        pieces.append((text[start:end], True))
        text = text[end:]
    return pieces


def _run_like(run: _Element, text: str, is_open: bool) -> _Element:
    twin = copy.deepcopy(run)
    node = twin.find(_w("t"))
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if is_open:
        from docx.enum.text import WD_COLOR_INDEX

        twin.get_or_add_rPr().highlight_val = WD_COLOR_INDEX.YELLOW
    return twin
