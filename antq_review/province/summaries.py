"""The summary of an opened package: its shape (guard 7), then its sense (guard 8)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from antq_review.package import SCHEMA_VERSION
from antq_review.package.model import Summary
from antq_review.package.sense import contradictions
from antq_review.province.bag import PackageName
from antq_review.province.unseal import NoPackage, OpenedPackage
from antq_review.text import tell


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
    return Package(package.name, package.content, summary, package.documents)


def _summary(content: bytes, name: PackageName) -> Summary:
    try:
        version = json.loads(content.decode("utf-8"), object_pairs_hook=_once).get("package", 1)
        if type(version) is int and version > SCHEMA_VERSION:
            raise NoPackage(tell("province.refused.newer"), name.code)
        summary = Summary.model_validate_json(content)
    except ValidationError as fault:
        raise NoPackage(tell("province.refused.bad_summary", where=tell("province.refused_at", place=_where(fault))), name.code) from fault
    except (ValueError, AttributeError, RecursionError) as fault:
        raise NoPackage(tell("province.refused.bad_summary", where=""), name.code) from fault
    if said := list(contradictions(summary)):
        raise NoPackage(tell("province.refused.senseless", what=said[0]), name.code)
    return summary


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no key stands twice: two readers would take different ones. Any: JSON."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _where(fault: ValidationError) -> str:
    """The place of the first fault in the summary, without its content: `texts.0.criteria.3.settled`."""
    return ".".join(str(part) for part in fault.errors(include_input=False, include_url=False)[0]["loc"])[:120]
