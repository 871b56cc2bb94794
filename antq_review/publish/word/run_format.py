"""The final format of text: document defaults, then the style and its base styles, then the run's own properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20
_SIZE = re.compile(r"[0-9]{1,4}\Z")


@dataclass(frozen=True)
class RunFormat:
    """Size in points; Word takes 10 where no size is given. `fonts`: of Latin letters and of Vietnamese ones."""

    fonts: tuple[str, str] = ("Times New Roman", "Times New Roman")
    size: float = 10
    bold: bool = False
    italic: bool = False
    colour: str = "auto"


class RunFormats:
    """The styles of one document."""

    def __init__(self, styles: Element | None) -> None:
        self.styles: dict[str, Element] = {}
        self.default = ""
        self.base = RunFormat()
        if styles is None:
            return
        for style in styles.findall(_W + "style"):
            name = style.get(_W + "styleId", "")
            self.styles[name] = style
            if style.get(_W + "type") == "paragraph" and style.get(_W + "default") in ("1", "true"):
                self.default = name
        self.base = _over(RunFormat(), styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))

    def of(self, paragraph_style: str, run: Element | None) -> RunFormat:
        """The format of a run in a paragraph of that style."""
        look = self.base
        for style in self._chain(paragraph_style or self.default):
            look = _over(look, style.find(_W + "rPr"))
        named = run.find(_W + "rStyle") if run is not None else None
        if named is not None:
            for style in self._chain(named.get(_W + "val", "")):
                look = _over(look, style.find(_W + "rPr"))
        return _over(look, run)

    def align(self, paragraph_style: str) -> str:
        """`left`, `center`, `right` or `both`."""
        found = ""
        for style in self._chain(paragraph_style or self.default):
            jc = style.find(f"{_W}pPr/{_W}jc")
            found = jc.get(_W + "val", found) if jc is not None else found
        return found or "left"

    def has_border(self, paragraph_style: str) -> bool:
        """Do paragraphs of that style have a border?"""
        return any(style.find(f"{_W}pPr/{_W}pBdr") is not None for style in self._chain(paragraph_style))

    def _chain(self, name: str) -> list[Element]:
        """The styles on which the style is based, then the style itself; a circle is cut."""
        chain: list[Element] = []
        while name in self.styles and len(chain) < _DEEPEST and self.styles[name] not in chain:
            chain.append(self.styles[name])
            base = self.styles[name].find(_W + "basedOn")
            name = base.get(_W + "val", "") if base is not None else ""
        return chain[::-1]


def _over(look: RunFormat, properties: Element | None) -> RunFormat:
    """The format with the changes of these run properties."""
    if properties is None:
        return look
    return RunFormat(
        fonts=_fonts(look, properties),
        size=_size(look, properties),
        bold=_switched(look.bold, properties.find(_W + "b")),
        italic=_switched(look.italic, properties.find(_W + "i")),
        colour=_colour(look, properties),
    )


def _switched(before: bool, switch: Element | None) -> bool:
    return before if switch is None else switch.get(_W + "val", "1") not in ("0", "false", "off")


def _size(look: RunFormat, properties: Element) -> float:
    size = properties.find(_W + "sz")
    written = size.get(_W + "val", "") if size is not None else ""
    return int(written) / 2 if _SIZE.match(written) else look.size


def _colour(look: RunFormat, properties: Element) -> str:
    colour = properties.find(_W + "color")
    if colour is None:
        return look.colour
    theme = colour.get(_W + "themeColor", "")
    return theme if theme not in ("", "text1", "dark1") else colour.get(_W + "val", "auto")


def _fonts(look: RunFormat, properties: Element) -> tuple[str, str]:
    fonts = properties.find(_W + "rFonts")
    if fonts is None:
        return look.fonts
    latin, vietnamese = look.fonts
    return _font(fonts, "ascii") or latin, _font(fonts, "hAnsi") or vietnamese


def _font(fonts: Element, name: str) -> str | None:
    return fonts.get(f"{_W}{name}Theme") or fonts.get(_W + name)
