"""Property: a rule folder with anything in its TOML loads, or is refused by name; no traceback, no hang."""

import os
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_review.errors import RulebookError
from antq_review.rules.loader import RULES, load, register
from antq_review.rules.model import Rulebook

LONG = bool(os.environ.get("ANTQ_LONG"))
FOLDERS = sorted({entry.folder for entry in register()})
#: Values that a hand, a broken export or ill will may put in the place of another.
VALUES = st.one_of(
    st.sampled_from([
        '""', "''", "0", "-1", "1", "1e999999", "-1e999999", "1e-999999", "nan", "inf", "-inf", "9" * 4_000, "9" * 5_000,
        "true", "[]", "{}", "[[]]",
        "[" * 2_000 + "]" * 2_000, "{a=" * 900 + "1" + "}" * 900,
        "0001-01-01", "9999-12-31", "2026-02-30", "2026-01-01T00:00:00Z", "07:30:00",
        '"\\u0000"', '"\\ud800"', '"""x\n\n"""', '"' + "x" * 100_000 + '"', '"{"', '"{0.__class__}"', '"%s"', '"../../x"', '"SEEN"', '"1a"',
        "{ at_least = nan }", "{ at_least = 1e999999 }", "{ at_least = -1, at_most = -2 }",
        "{ between = [1, 2] }", '{ at_least = "x" }',
        '["x", 1, nan]', '[{ id = "1" }]', "0x10", "0o7", "1_000", "+0.0", "-0.0",
        '"all_of"', '"deduction"', '"documents_signed"', "=", '"',
    ]),
    st.text(max_size=12).map(lambda text: '"' + text.replace("\\", "").replace('"', "") + '"'), st.integers(-10**6, 10**6).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000).map(str), st.text(max_size=8),
)
#: What is done to a line: put away, written twice, moved, given another value or another key, cut.
WHAT = st.sampled_from(("drop", "twice", "move", "value", "value", "value", "key", "cut", "insert"))
CHANGES = st.lists(st.tuples(WHAT, st.integers(0, 10**6), st.integers(0, 10**6), VALUES), min_size=1, max_size=4)


@cache
def lines_of(folder: str, name: str) -> tuple[str, ...]:
    return tuple((RULES / folder / name).read_text(encoding="utf-8").split("\n"))


def changed(lines: tuple[str, ...], changes: list[tuple[str, int, int, str]]) -> str:
    made = list(lines)
    for what, at, other, value in changes:
        filled = [number for number, line in enumerate(made) if line.strip() and not line.startswith("#")]
        if not filled:
            break
        here, there = filled[at % len(filled)], filled[other % len(filled)]
        key, sign, old = made[here].partition(" = ")
        if what == "drop":
            del made[here]
        elif what == "twice":
            made.insert(there, made[here])
        elif what == "move":
            made[here], made[there] = made[there], made[here]
        elif what == "value":
            made[here] = f"{key}{sign or ' = '}{value}"
        elif what == "key":
            made[here] = f"{value}{sign}{old}"
        elif what == "cut":
            made[here] = made[here][: other % (len(made[here]) + 1)]
        else:
            made.insert(here, f"{value} = {value}")
    return "\n".join(made)


@pytest.mark.parametrize("folder", FOLDERS)
@settings(max_examples=500 if LONG else 40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_changed_rulebook_loads_or_is_refused_by_name(folder, data):
    names = sorted(path.name for path in (RULES / folder).glob("*.toml"))
    which = data.draw(st.sampled_from(names))
    text = changed(lines_of(folder, which), data.draw(CHANGES))
    with tempfile.TemporaryDirectory() as home:
        place = Path(home) / folder
        place.mkdir()
        for name in names:
            shown = text if name == which else "\n".join(lines_of(folder, name))
            (place / name).write_bytes(shown.encode("utf-8", "surrogatepass"))
        try:
            found = load(place)
        except RulebookError as refusal:
            said = str(refusal)
            assert folder in said or any(name in said for name in names), said
            assert len(said) < 5_000 and "Traceback" not in said
        else:
            assert isinstance(found, Rulebook) and found.model_dump_json()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe", b"\x00", b"= 1", b"[" * 100_000, b"a = " + b"[" * 5_000, b"a." * 3_000 + b"b = 1", b"a = " + b"9" * 5_000,
        b"#" * (5 << 20),
    ],
    ids=["empty", "no UTF-8", "NUL", "no key", "heads", "deep", "dotted", "long number", "large"],
)
def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path, content):
    for name in ("text.toml", "criteria.toml"):
        (tmp_path / name).write_bytes(content if name == "text.toml" else b"")
    with pytest.raises(RulebookError, match=r"text\.toml|" + tmp_path.name):
        load(tmp_path)
