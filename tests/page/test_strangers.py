"""Who may not ask is refused before anything happens: the threats of the page's design, one by one, over real connections."""

import json
import os
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from antq_review.page import guard, server
from antq_review.page.routes import ROUTES, handler
from antq_review.page.words import HERE
from antq_review.places.process import this_process
from tests.page.served import Served


def test_without_a_cookie_every_address_is_refused(served: Served) -> None:
    folder = "0123456789abcdef"
    for pattern, named in ROUTES:
        if handler(named).open_to_all:
            continue
        path = pattern.replace("([0-9a-f]{16})?", "").replace("([0-9a-f]{16})", folder).replace("([^/]+)", "a.xlsx")
        path = path.replace("(bieu|ket-qua|ho-so|goi|luu-tru)", "bieu").replace("\\", "")
        for method in ("GET", "POST", "PUT"):
            answer = served.ask(method, path, bare=True)
            assert answer.status in (403, 405), (method, path, answer.status)
            assert folder not in answer.text and "Set-Cookie" not in answer.headers
    assert served.ask("GET", "/", {"Cookie": f"antq_{served.port}=vao"}, bare=True).status == 403, "a cookie that we did not sign"


@pytest.mark.parametrize("headers", [
    {"Host": "localhost:{port}"}, {"Host": "127.0.0.1"}, {"Host": "evil.example:{port}"}, {"Host": "127.0.0.1:{port}.evil.example"},
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {"Origin": "https://127.0.0.1:{port}"},
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
])
def test_another_site_in_the_same_browser_is_refused_with_the_right_cookie_and_with_the_right_code(served, headers):
    sent = {name: value.format(port=served.port) for name, value in headers.items()}
    assert served.ask("GET", "/", sent).status == 403
    code = served.parts.codes.new()
    assert served.ask("GET", f"/vao?ma={code}", sent, bare=True).status == 403
    assert served.parts.codes.use(code), "a stranger does not use the code up"
    body = f"_xsrf={served.xsrf()}".encode()
    assert served.ask("POST", "/dong", {**sent, "Content-Type": "application/x-www-form-urlencoded"}, body).status == 403
    assert not served.parts.ends


def test_a_code_is_good_once_and_for_a_minute(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    code = served.parts.codes.new()
    first = served.ask("GET", f"/vao?ma={code}", bare=True)
    assert (first.status, first.to) == (303, "/")
    assert served.ask("GET", f"/vao?ma={code}", bare=True).status == 403
    assert served.ask("GET", "/vao?ma=khong-phai", bare=True).status == 403
    late = served.parts.codes.new()
    monkeypatch.setattr(guard.time, "monotonic", lambda: 10**9)
    assert not served.parts.codes.use(late)


def test_the_cookies_are_strict_and_closed_to_scripts(served: Served) -> None:
    entered = served.ask("GET", f"/vao?ma={served.parts.codes.new()}", bare=True)
    shown = served.get("/dong")
    own = f"antq_{served.port}"
    for answer in (entered, served.ask("GET", "/dong", {"Cookie": f"{own}={served.cookies[own]}"}, bare=True)):
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "expires" not in cookie.lower(), cookie
    assert shown.status == 200


def test_a_form_without_its_field_is_refused(served: Served) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"", b"_xsrf=khong"):
        assert served.ask("POST", "/dong", form, body).status == 403
    assert served.ask("PUT", "/h/0123456789abcdef/bieu/a.xlsx", {}, b"x").status == 403
    assert not served.parts.ends


@pytest.mark.parametrize("path", [
    "/..%2f..%2fetc/passwd", "/page.js/../server.py", "/server.py", "/page.css%00", "/h/..%2f..%2f/bieu", "/chon/..", "/chon/%2fetc",
    "/h/0123456789abcdef/tep/../../x", "/templates/base.html.j2", "/h/0123456789abcdef/bieu",
])
def test_no_address_leads_to_a_file(served: Served, path: str) -> None:
    answer = served.get(path)
    assert answer.status == 404 and "ANTQ" in answer.text


def test_a_form_larger_than_a_form_is_not_taken(served: Served) -> None:
    """Too many bytes, or too many fields: the browser shows the refusal. A stranger is refused as ever."""
    form, xsrf = {"Content-Type": "application/x-www-form-urlencoded"}, f"_xsrf={served.xsrf()}&".encode()
    for body in (xsrf + b"duong_dan=" + b"a" * guard.BODY_BYTES, xsrf + b"&".join(b"a%d=" % number for number in range(guard.BODY_FIELDS))):
        answer = served.ask("POST", "/dan", form, body)
        assert answer.status == 413 and "nhiều nhất 8.000 ô, 2 MB" in answer.text
    assert served.ask("POST", "/dan", {**form, "Origin": "null"}, b"a" * (guard.BODY_BYTES + 1)).status == 403
    assert served.get("/").status == 200


def test_every_page_says_what_a_browser_may_load(served: Served) -> None:
    for path in ("/", "/moi", "/chon/", "/tro-giup", "/dong", "/khong-co", "/page.css"):
        headers = served.get(path).headers
        assert headers["Content-Security-Policy"] == guard.POLICY and "unsafe" not in guard.POLICY
        named = [headers[name] for name in ("X-Content-Type-Options", "Referrer-Policy", "Cache-Control")]
        assert named == ["nosniff", "same-origin", "no-store"]
        assert "Server" not in headers


class Inline(HTMLParser):
    """What the policy would not run, and what is not ours to trust."""

    found: list[str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [name for name in values if name == "style" or name.startswith("on")]
        self.found += [tag] if tag in ("style", "iframe", "object") or (tag == "script" and not values.get("src")) else []


@pytest.mark.parametrize("template", sorted((HERE / "templates").glob("*.j2")), ids=lambda path: path.name)
def test_a_template_trusts_nothing_and_asks_nobody(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    reader = Inline()
    reader.found = []
    reader.feed(re.sub(r"{[{%].*?[}%]}", "", text, flags=re.DOTALL))
    assert reader.found == []
    assert "safe" not in text and "http:" not in text and "https:" not in text


def test_no_static_file_names_an_address() -> None:
    for path in (HERE / "static").iterdir():
        assert "http" not in path.read_text(encoding="utf-8"), path
    assert len((HERE / "static" / "page.js").read_text(encoding="utf-8").splitlines()) <= 150


# --- the second start --------------------------------------------------------------------------------------------------


def test_a_second_start_proves_the_secret_and_gets_a_code(served: Served, tmp_path: Path) -> None:
    note = tmp_path / "page.json"
    server._write_note(note, served.port, served.parts.codes.secret)
    if os.name != "nt":
        assert stat.S_IMODE(note.stat().st_mode) == 0o600
    address = server._address_of(note)
    assert address is not None and address.startswith(f"http://127.0.0.1:{served.port}/vao?ma=")
    assert served.ask("GET", address.partition(str(served.port))[2], bare=True).status == 303
    for wrong in ({"secret": "khong"}, {"pid": 1}, {"port": 1}, {"started": "khac"}, {"secret": None, "port": "x"}):
        note.write_text(json.dumps({"port": served.port, "secret": served.parts.codes.secret, **vars(this_process()), **wrong}))
        assert server._address_of(note) is None, wrong
    note.write_text("[1")
    assert server._address_of(note) is None
    assert served.ask("POST", "/ma-moi", {"X-Antq-Secret": "khong"}, bare=True).status == 403


def test_the_log_has_no_query_and_no_name(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="antq.page"):
        served.get("/vao?ma=bi-mat")
        served.put("/h/0123456789abcdef/bieu/Nguy%E1%BB%85n.xlsx", b"x")
    assert caplog.messages and all("bi-mat" not in line and "Nguy" not in line for line in caplog.messages)


def test_a_fault_of_our_own_is_logged_without_its_words(served: Served) -> None:
    try:
        raise ValueError(" ".join(("Nguyễn", "Văn A, lớp 8A")))
    except ValueError as fault:
        says = served.parts.logged(fault)
    log = (served.parts.place / "nhat_ky.log").read_text(encoding="utf-8")
    assert "ValueError" in log and "test_strangers.py" in log and "Nguyễn Văn" not in log and "nhat_ky.log" in says
