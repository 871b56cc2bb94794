"""Help: the guide is served with files of its own alone, and nothing beside it."""

import re

import pytest

from tests.page.served import Served


def test_the_guide_and_all_that_its_pages_load_are_there(served: Served) -> None:
    for name in ("index.html", "search.html", "khi_co_loi.html"):
        answer = served.get(f"/tro-giup/sach/{name}")
        assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/html")
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy
        loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"#]+)"', answer.text)
        assert any(address.startswith("_static/") for address in loaded)
        for address in loaded:
            assert served.get(f"/tro-giup/sach/{address}").status == 200, address
    assert "sach/index.html" in served.get("/tro-giup").text


@pytest.mark.parametrize("name", [
    "", "khong_co.html", "../guide.py", "..%2f..%2fpyproject.toml", "_static/../../conf.py", "nguon.txt%00.html", "/etc/passwd",
])
def test_nothing_beside_it_is_served(served: Served, name: str) -> None:
    assert served.get(f"/tro-giup/sach/{name}").status in (404, 400)
