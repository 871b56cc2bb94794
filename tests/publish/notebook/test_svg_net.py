"""A picture in a page only draws and writes, wherever its bytes come from."""

from base64 import b64encode

import pytest

from antq_review.publish.notebook.html import forbidden
from antq_review.publish.notebook.svg_net import SVG, forbidden_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
HARMLESS = (
    '<g id="g"><path d="M 0 0 L 9 9 z" style="fill: #1f4e79; font-family: \'DejaVu Sans\', Arial"/>'
    '<text x="1" y="2">Ă &amp; &lt;b&gt;</text></g>'
)


def image(svg: str) -> str:
    return f'<img src="{SVG}{b64encode(svg.encode()).decode()}" alt="Hình">'


def test_a_drawing_passes():
    inside = '<defs><path id="m" d="M 0 0"/><clipPath id="c"><rect x="0" y="0" width="9" height="9"/></clipPath></defs>'
    own = '<use xlink:href="#m" x="1" y="1"/><g clip-path="url(#c)"/>'
    assert forbidden(image(f"{HEAD}{HARMLESS}{inside}{own}</svg>")) == []


@pytest.mark.parametrize(
    "hole",
    [
        "<script>alert(1)</script>", "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<image href='data:image/png;base64,aa'/>", "<a href='https://x.example'><text>x</text></a>", "<style>@import 'x.css';</style>",
        "<animate attributeName='href' to='x'/>", "<set attributeName='onload' to='x'/>", "<g onload='x()'/>",
        "<use href='#m'/>", "<use xlink:href='https://x.example/a.svg#m'/>", "<use xlink:href='data:image/svg+xml,x'/>",
        "<path style='fill: url(https://x.example/p)'/>", "<path style='fill: url(#p)'/>", "<path style='fill: \\75rl(x)'/>",
        "<g clip-path='url(//x.example)'/>", "<path d='M 0 0' filter='url(#f)'/>", "<?xml-stylesheet href='x.css'?>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'/>", "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>", "<path", "&x;",
    ],
)
def test_nothing_alive_no_link_and_nothing_from_outside(hole):
    assert forbidden(image(f"{HEAD}{HARMLESS}{hole}</svg>"))


@pytest.mark.parametrize(
    "before",
    [
        "<!DOCTYPE svg>", '<!DOCTYPE svg [<!ENTITY x "y">]>',
        '<!DOCTYPE svg SYSTEM "https://x.example/a.dtd">', '<?xml-stylesheet href="x"?>',
    ],
)
def test_no_declaration(before):
    assert forbidden_svg(f"{before}{HEAD}</svg>".encode()) != []


@pytest.mark.parametrize(
    "source",
    [
        "data:image/png;base64,aa", "data:image/svg+xml,<svg/>", SVG,
        f"{SVG}aa a", f"{SVG}w6k", "bao_cao.svg",
        "DATA:IMAGE/SVG+XML;BASE64,aa",
        f"{SVG}{b64encode('<svg/>'.encode('utf-16')).decode()}",
        f"{SVG}{b64encode(b'<svg/>').decode()}",
    ],
)
def test_no_other_kind_of_picture(source):
    assert forbidden(f'<img src="{source}" alt="Hình">')
