"""A picture of a form has at most the points of a printed page; what looks outside is refused wherever it stands."""

import io
import struct
import zipfile
import zlib
from xml.etree import ElementTree

import pytest

from antq_review.publish.word.active_content import live_parts
from antq_review.publish.word.pictures import large_pictures


def png(width: int, height: int) -> bytes:
    """The head of a picture of this size, without its points."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + b"\0\0\0\1IDATx"


@pytest.mark.parametrize(("size", "refused"), [((1200, 800), False), ((5000, 7000), False), ((60_000, 60_000), True), ((7000, 5001), True)])
def test_the_points_of_a_picture_are_bounded(tmp_path, size, refused):
    path = tmp_path / "D3.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/media/image1.png", png(*size))
        archive.writestr("word/media/drawing.emf", b"no points")
    assert bool([*large_pictures(path)]) is refused


@pytest.mark.parametrize(
    ("xml", "refused"),
    [
        ('<v:imagedata xmlns:v="urn:v" src="http://example.org/x.png"/>', True),
        (r'<v:imagedata xmlns:v="urn:v" src="\\server\x.png"/>', True),
        ('<a:blip xmlns:a="urn:a" link="file:///c:/x.png"/>', True),
        ('<w:compat xmlns:w="urn:w" uri="http://schemas.microsoft.com/office/word"/>', False),
        ('<w:r xmlns:w="urn:w" val="3"/>', False),
    ],
)
def test_an_attribute_that_looks_outside_is_refused(xml, refused):
    assert bool(live_parts({"word/document.xml": ElementTree.parse(io.BytesIO(xml.encode())).getroot()})) is refused
