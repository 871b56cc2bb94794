"""The summary of an opened package: its shape (guard 7), then its sense (guard 8)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from antq_review.package import SCHEMA_VERSION
from antq_review.package.check import check_code, code_as_sent
from antq_review.package.model import CriterionSummary, GoalSummary, NumberSummary, Summary
from antq_review.package.sense import contradictions
from antq_review.province.bag import PackageName
from antq_review.province.unseal import NoPackage, OpenedPackage
from antq_review.text import Message, tell

#: So many alike objects of one kind are remembered; then anew, so that a program that runs for days does not grow.
_MOST_ALIKE = 100_000


@dataclass(frozen=True)
class Package:
    """One package that can count. `content`: the identity of its content; `documents`: the other files of it.

    `read_code`: the check code where reading found it; else it is made from the summary.
    """

    name: PackageName
    content: str
    summary: Summary
    documents: tuple[str, ...]
    read_code: str = ""

    @property
    def check(self) -> str:
        """The check code of its figures."""
        return self.read_code or check_code(self.summary)


def checked(package: OpenedPackage) -> Package:
    """The package with its summary. Raises NoPackage for a shape, a version or figures that cannot be."""
    summary, code = _summary(package.summary, package.name)
    if (summary.school.code, summary.year) != (package.name.code, package.name.year):
        told = {"name": str(package.name), "code": summary.school.code, "year": summary.year}
        raise NoPackage(tell("province.refused.other_school", **told), package.name.code)
    return Package(package.name, package.content, summary, package.documents, code)


def _summary(content: bytes, name: PackageName) -> tuple[Summary, str]:
    """The summary, and its check code where it is written as this tool writes it."""
    try:
        found = from_json(content, allow_inf_nan=False)
        if to_json(found) != content.rstrip(b"\n"):  # as the tool writes it there is no doubled key: two readers would take different ones
            json.loads(content, object_pairs_hook=_once)
        version = found.get("package", 1)
        if type(version) is int and version > SCHEMA_VERSION:
            raise NoPackage(tell("province.refused.newer"), name.code)
        code = code_as_sent(found)
        head, is_plain = _with_alike(found)
        summary = Summary.model_validate(found)
    except ValidationError as fault:
        raise NoPackage(tell("province.refused.bad_summary", where=_where(fault)), name.code) from fault
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as fault:  # a list where a code should be, no texts
        raise NoPackage(tell("province.refused.bad_summary", where=_place(content)), name.code) from fault
    if said := list(contradictions(summary)):
        raise NoPackage(tell("province.refused.senseless", what=said[0]), name.code)
    return summary, code if is_plain and head == _head(summary) else ""


# --- what is alike in several schools ------------------------------------------------------------------------------------

class _Alike:
    """What was read of one kind, each object once: by its JSON the object, and is this JSON what the tool writes of it."""

    def __init__(self, kind: type) -> None:
        self.adapter: TypeAdapter[Any] = TypeAdapter(kind)
        self.known: dict[bytes, tuple[object, bool]] = {}

    def read(self, sent: Any) -> tuple[object, bool]:
        """The objects of a list, and is it what the tool writes. What cannot be judged stays, for the whole summary to name its place."""
        if not isinstance(sent, list):
            return sent, False
        parts = map(to_json, sent)
        found = [self.known.get(part) or self._judged(part, one) for part, one in zip(parts, sent, strict=True)]
        return [one for one, _ in found], all(is_plain for _, is_plain in found)

    def _judged(self, part: bytes, sent: Any) -> tuple[object, bool]:
        try:
            one = self.adapter.validate_python(sent)
        except ValidationError:
            return sent, False
        if len(self.known) > _MOST_ALIKE:
            self.known.clear()
        self.known[part] = one, self.adapter.dump_json(one, exclude_defaults=True) == part
        return self.known[part]


_CRITERIA, _GOALS, _LINES = _Alike(CriterionSummary), _Alike(GoalSummary), _Alike(NumberSummary)


def _with_alike(found: dict[str, Any]) -> tuple[bytes, bool]:
    """Put the objects that were read before in the place of their JSON: most are alike in many schools, each is judged and kept once.

    Returns the JSON of all the rest, and whether every object is written as this tool writes it. Any: JSON.
    """
    texts, tables = found["texts"], found["tables"]
    head = {**found, "texts": [{**text, "criteria": []} for text in texts], "goals": [], "tables": {name: [] for name in tables}}
    lists = [(text, "criteria", _CRITERIA) for text in texts]
    lists += [(found, "goals", _GOALS), *((tables, name, _LINES) for name in tables)]
    are_plain = []
    for holder, name, alike in lists:
        holder[name], is_plain = alike.read(holder[name])
        are_plain.append(is_plain)
    return to_json(head), all(are_plain)


def _head(summary: Summary) -> bytes:
    """The JSON of a summary without its criteria, sentences and lines."""
    texts = tuple(text.model_copy(update={"criteria": ()}) for text in summary.texts)
    head = summary.model_copy(update={"texts": texts, "goals": (), "tables": dict.fromkeys(summary.tables, ())})
    return head.model_dump_json(exclude_defaults=True).encode("utf-8")


# --- faults --------------------------------------------------------------------------------------------------------------


def _once(pairs: list[tuple[str, Any]]) -> None:
    """An object in which no key stands twice. Raises ValueError. Any: JSON."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")


def _place(content: bytes) -> Message | str:
    """The place of the first fault of a summary that could not be taken apart: a part is missing or is of another kind."""
    try:
        Summary.model_validate_json(content)
    except ValidationError as fault:
        return _where(fault)
    return ""


def _where(fault: ValidationError) -> Message | str:
    """The place of the first fault, without its content: `texts.0.criteria.3.settled`. Empty where it is no summary at all."""
    place = ".".join(str(part) for part in fault.errors(include_input=False, include_url=False)[0]["loc"])[:120]
    return tell("province.refused_at", place=place) if place else ""
