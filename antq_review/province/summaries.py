"""The summary of an opened package: its shape (guard 7), then its sense (guard 8)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from antq_review.package import SCHEMA_VERSION
from antq_review.package.model import Summary
from antq_review.package.sense import contradictions
from antq_review.province.bag import PackageName
from antq_review.province.unseal import NoPackage, OpenedPackage
from antq_review.text import tell

T = TypeVar("T")
#: So many alike objects are remembered; then anew, so that a program that runs for days does not grow.
_MOST_ALIKE = 200_000


@dataclass(frozen=True)
class Package:
    """One package that can count. `content`: the identity of its content; `documents`: the other files of it."""

    name: PackageName
    content: str
    summary: Summary
    documents: tuple[str, ...]


def checked(package: OpenedPackage) -> Package:
    """The package with its summary. Raises NoPackage for a shape, a version or figures that cannot be."""
    summary = _summary(package.summary, package.name)
    if (summary.school.code, summary.year) != (package.name.code, package.name.year):
        told = {"name": str(package.name), "code": summary.school.code, "year": summary.year}
        raise NoPackage(tell("province.refused.other_school", **told), package.name.code)
    return Package(package.name, package.content, _lighter(summary), package.documents)


#: Sentences of the plan, criteria and lines that are alike in several schools, each once.
_ALIKE: dict[object, object] = {}


def _lighter(summary: Summary) -> Summary:
    """The same summary; what is alike in several schools lies in the memory once. Two thousand of them lie there together."""
    texts = tuple(one.model_copy(update={"criteria": tuple(map(_once_only, one.criteria))}) for one in summary.texts)
    tables = {name: tuple(map(_once_only, rows)) for name, rows in summary.tables.items()}
    return summary.model_copy(update={"goals": tuple(map(_once_only, summary.goals)), "texts": texts, "tables": tables})


def _once_only(one: T) -> T:
    if len(_ALIKE) > _MOST_ALIKE:
        _ALIKE.clear()
    return _ALIKE.setdefault(one, one)  # type: ignore[return-value]


def _summary(content: bytes, name: PackageName) -> Summary:
    try:
        found = from_json(content, allow_inf_nan=False)
        if to_json(found) != content.rstrip(b"\n"):  # as the tool writes it there is no doubled key: two readers would take different ones
            json.loads(content, object_pairs_hook=_once)
        version = found.get("package", 1)
        if type(version) is int and version > SCHEMA_VERSION:
            raise NoPackage(tell("province.refused.newer"), name.code)
        summary = Summary.model_validate(found)
    except ValidationError as fault:
        raise NoPackage(tell("province.refused.bad_summary", where=tell("province.refused_at", place=_where(fault))), name.code) from fault
    except (ValueError, AttributeError, TypeError, RecursionError) as fault:  # TypeError: a list where a code should be
        raise NoPackage(tell("province.refused.bad_summary", where=""), name.code) from fault
    if said := list(contradictions(summary)):
        raise NoPackage(tell("province.refused.senseless", what=said[0]), name.code)
    return summary


def _once(pairs: list[tuple[str, Any]]) -> None:
    """An object in which no key stands twice. Raises ValueError. Any: JSON."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")


def _where(fault: ValidationError) -> str:
    """The place of the first fault in the summary, without its content: `texts.0.criteria.3.settled`."""
    return ".".join(str(part) for part in fault.errors(include_input=False, include_url=False)[0]["loc"])[:120]
