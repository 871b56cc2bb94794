"""The guide to a school's own forms: its written part, then which fields there are, from the same list that forms are checked against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antq_review.publish.dossier import DOCUMENTS, compulsory, shape
from antq_review.publish.word.marks import ADDED
from antq_review.text import say


def form_guide(written: str) -> str:
    """The guide as Markdown. `written`: what people wrote; the lists of fields follow it."""
    common = shape("D1")
    plain = sorted(name for name, keys in common.items() if keys is None)
    incident = sorted(set(shape("D11")) - set(common))
    lines = [written.rstrip(), "", f"## {say('word.guide.compulsory')}", ""]
    lines += [f"- {code}: {_names(compulsory(code))}" for code in DOCUMENTS]
    lines += ["", f"## {say('word.guide.plain')}", "", _names(plain), "", say("word.guide.added", names=_names(sorted(ADDED)))]
    lines += ["", say("word.guide.incident", names=_names(incident)), "", f"## {say('word.guide.rows')}", ""]
    tables = [(name, keys) for name, keys in sorted(common.items()) if keys and not name.startswith("annex_pl")]
    lines += [f"- {line}" for name, keys in tables for line in _rows(name, keys)]
    return "\n".join(lines) + "\n"


def _names(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _rows(name: str, keys: Mapping[str, Any]) -> list[str]:
    """The keys of a field's rows, and below them those of rows inside its rows."""
    inner = [line for key, below in keys.items() if below for line in _rows(f"{name}.{key}", below)]
    return [f"`{name}`: {_names(keys)}", *inner]
