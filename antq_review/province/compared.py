"""Where two summaries of one school differ, item by item, in words: what was received, and what its forms give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from antq_review.package.model import Summary
from antq_review.text import say, words

#: What is left out: the version and its tool are not the school's figures, and the evidence files may not lie with the forms.
_COMPARED = {"texts", "goals", "tables", "incidents", "forms"}
_FILES = ("file_rows", "with_file")

#: The fields of one item. Any: JSON values.
_Item = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """One item, such as a criterion; of each side only the fields that differ."""

    what: str
    received: str
    again: str


def differences(received: Summary, again: Summary) -> tuple[Difference, ...]:
    """Every item that differs, in the order of the received summary, then what is new."""
    before, after = dict(_items(received)), dict(_items(again))
    found = []
    for what in dict.fromkeys((*before, *after)):
        old, new = before.get(what), after.get(what)
        if old != new:
            names = [name for name in dict.fromkeys((*(old or {}), *(new or {}))) if (old or {}).get(name) != (new or {}).get(name)]
            found.append(Difference(what, _shown(old, names), _shown(new, names)))
    return tuple(found)


def _items(summary: Summary) -> Iterator[tuple[str, _Item]]:
    """Every item that is compared, with its name."""
    dumped = summary.model_dump(mode="json", include=_COMPARED)
    for text in dumped["texts"]:
        criteria = text.pop("criteria")
        short = text["short"] or text.pop("id")
        yield short, text
        yield from ((say("rerun.what.criterion", text=short, id=one.pop("id")), one) for one in criteria)
    for goal in dumped["goals"]:
        parts, name = goal.pop("parts"), goal.pop("id")
        yield say("rerun.what.goal", id=name), goal
        yield from ((say("rerun.what.part", id=name, part=one.pop("part")), one) for one in parts)
    for table, rows in dumped["tables"].items():
        yield from ((say("rerun.what.number", table=table, key=row.pop("key")), row) for row in rows)
    incidents = dumped["incidents"]
    yield say("rerun.what.incidents"), {"verified_incidents": incidents.pop("verified"), **incidents}
    for form in dumped["forms"]:
        yield say("rerun.what.form", id=form.pop("form")), {name: value for name, value in form.items() if name not in _FILES}


def _shown(item: _Item | None, names: list[str]) -> str:
    if item is None:
        return say("rerun.what.nothing")
    labels = words("rerun")["fields"]
    return "; ".join(say("rerun.what.field", name=labels.get(name, name), value=_value(item.get(name))) for name in names)


def _value(value: Any) -> str:
    """A value in words: `Any` as in the item."""
    if isinstance(value, dict):
        return ", ".join(f"{words('rerun')['fields'].get(name, name)} {_value(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value) or say("rerun.what.nothing")
    return str(words("rerun")["values"].get(str(value), value))
