"""A workbook without everything that only gives it its look, for files in which that part has a fault.

Of the styles only the number formats matter for reading: they tell a day from a number. Runs inside the worker process
only.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

_STYLES = "xl/styles.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KEPT = re.compile(
    r"\[Content_Types\]\.xml\Z|_rels/\.rels\Z|xl/(?:workbook\.xml|_rels/workbook\.xml\.rels|sharedStrings\.xml)\Z|xl/worksheets/"
)
#: Parts of the workbook's own page that no cell needs: names, views, settings of calculation and of other programs.
_NEEDLESS = re.compile(
    rb"<(?P<tag>(?:\w+:)?(?:definedNames|bookViews|customWorkbookViews|calcPr|extLst|fileVersion|fileSharing|fileRecoveryPr|"
    rb"webPublishing|oleSize|smartTagPr|smartTagTypes|functionGroups|workbookProtection))\b(?:[^>]*/>|.*?</(?P=tag)>)",
    re.DOTALL,
)


def plain_book(path: Path) -> io.BytesIO:
    """A copy of the workbook in memory with its cells and number formats only.

    Raises ValueError or expat.ExpatError where the number formats cannot be read: without them a day is a mere number.
    """
    copy = io.BytesIO()
    with ZipFile(path) as old, ZipFile(copy, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name == _STYLES:
                new.writestr(name, _number_formats(old.read(name)))
            elif name == "xl/workbook.xml":
                new.writestr(name, _NEEDLESS.sub(b"", old.read(name)))
            elif _KEPT.match(name):
                new.writestr(name, old.read(name))
    copy.seek(0)
    return copy


def _number_formats(styles: bytes) -> str:
    formats: list[str] = []
    cells: list[str] = []
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside.append(tag)
        if tag == f"{_MAIN} numFmt" and f"{_MAIN} dxf" not in inside:
            number, code = int(attributes["numFmtId"]), attributes["formatCode"]
            formats.append(f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>')
        elif tag == f"{_MAIN} xf" and inside[-2:-1] == [f"{_MAIN} cellXfs"]:
            cells.append(f'<xf numFmtId="{int(attributes.get("numFmtId", 0))}" fontId="0" fillId="0" borderId="0" xfId="0"/>')

    def refuse(*_: object) -> None:
        raise ValueError("DTD")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: inside.pop()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(styles, True)
    return (
        f'<styleSheet xmlns="{_MAIN}">' + (f'<numFmts count="{len(formats)}">{"".join(formats)}</numFmts>' if formats else "")
        + "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        + '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        + f'<cellXfs count="{len(cells)}">{"".join(cells)}</cellXfs></styleSheet>'
    )
