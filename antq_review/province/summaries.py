"""The summary of an opened package: its shape (guard 7), then its sense (guard 8)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from antq_review.package import SCHEMA_VERSION
from antq_review.package.check import check_code, code_of, figures_of
from antq_review.package.model import CriterionSummary, FormSummary, GoalSummary, NumberSummary, Summary
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
        summary, code = _as_sent(content) or (_as_written(content, name), "")
    except ValidationError as fault:
        raise NoPackage(tell("province.refused.bad_summary", where=_where(fault)), name.code) from fault
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as fault:  # a list where a code should be, no texts
        raise NoPackage(tell("province.refused.bad_summary", where=_place(content)), name.code) from fault
    if said := list(contradictions(summary)):
        raise NoPackage(tell("province.refused.senseless", what=said[0]), name.code)
    return summary, code


def _as_written(content: bytes, name: PackageName) -> Summary:
    """The summary, whatever program wrote it. Raises NoPackage for a newer version, the errors of JSON and of its model."""
    found = from_json(content, allow_inf_nan=False)
    json.loads(content, object_pairs_hook=_once)
    version = found.get("package", 1)
    if type(version) is int and version > SCHEMA_VERSION:
        raise NoPackage(tell("province.refused.newer"), name.code)
    return Summary.model_validate(found)


# --- a summary as this tool writes it ------------------------------------------------------------------------------------


class _Alike:
    """The objects of one kind by their JSON: most are alike in many schools, so each is judged and kept once.

    `begins`: how each of them begins; `ends`: the end of the last one, the bracket, and what else no earlier place has.
    """

    def __init__(self, kind: type, begins: bytes, ends: bytes) -> None:
        self.adapter: TypeAdapter[Any] = TypeAdapter(kind)
        self.begins, self.ends = begins, ends
        self.known: dict[bytes, object] = {}

    def read(self, sent: bytes) -> tuple[object, ...]:
        """The objects of a list without its brackets. Raises ValueError where one is not written as this tool writes it."""
        parts = sent.replace(b"}," + self.begins, b"}\n" + self.begins).split(b"\n") if sent else ()
        return tuple([self.known.get(part) or self._judged(part) for part in parts])

    def _judged(self, part: bytes) -> object:
        one = self.adapter.validate_json(part)
        if self.adapter.dump_json(one, exclude_defaults=True) != part:
            raise ValueError("not as sent")
        if len(self.known) > _MOST_ALIKE:
            self.known.clear()
        return self.known.setdefault(part, one)


_LINES = _Alike(NumberSummary, b'{"key":', b"}]")
_KINDS = {
    b"criteria": _Alike(CriterionSummary, b'{"id":', b"}]"), b"goals": _Alike(GoalSummary, b'{"id":', b'}],"tables":'),
    b"forms": _Alike(FormSummary, b'{"form":', b"}]"),
}
#: Where the lists of these objects begin: criteria in each text, sentences of the plan, lines of each table, forms.
_LISTS = re.compile(rb'"(criteria|goals|PL\d+|forms)":\[')


def _as_sent(content: bytes) -> tuple[Summary, str] | None:
    """The summary and its check code; None where one byte is not as this tool writes it, so that nothing is left to interpretation.

    The long lists are taken out and read object by object, then the head that is left. Lists that are JSON, put where an empty
    list stands in a head that is JSON, give the same as the whole: and as all are written as the tool writes them, no key is doubled.
    """
    line, _, more = content.partition(b"\n")
    if more:
        return None
    head, done = list[bytes](), 0
    lists: list[tuple[Any, ...]] = []
    sent: list[bytes] = []
    try:
        while found := _LISTS.search(line, done):
            start, kind = found.end(), _KINDS.get(found[1], _LINES)
            end = start if line.startswith(b"]", start) else line.index(kind.ends, start) + 1
            head.append(line[done:start])
            done = end
            sent.append(line[start:end])
            lists.append(kind.read(sent[-1]))
        rest = b"".join([*head, line[done:]])
        bare = Summary.model_validate_json(rest)
        if bare.to_json() != rest + b"\n":
            return None
        return _filled(bare, lists), code_of(_LISTS.sub(lambda found: found[0] + sent.pop(0), figures_of(bare)))
    except ValueError:  # of JSON and of its model too: they are told of the whole summary
        return None


def _filled(bare: Summary, lists: list[tuple[Any, ...]]) -> Summary:
    """The summary with its lists, in the order as written. Raises ValueError for one too long or not found. Any: by its place."""
    if len(lists) != len(bare.texts) + len(bare.tables) + 2:  # a table's name may have digits of another script
        raise ValueError("lists that were not found")
    taken = iter(lists)
    texts = [replace(text, criteria=next(taken)) for text in bare.texts]
    goals, tables, forms = next(taken), {name: next(taken) for name in bare.tables}, next(taken)
    return Summary.model_validate({**dict(bare), "texts": texts, "goals": goals, "tables": tables, "forms": forms})


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
