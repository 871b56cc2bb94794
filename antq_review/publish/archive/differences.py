"""Do the results in a bag belong to its workbooks, and to this tool?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from antq_review.ingest.model import Evidence
from antq_review.places.manifest import MANIFEST, read_manifest, sha256_of
from antq_review.publish.archive.names import shown_path
from antq_review.rules.loader import register
from antq_review.scoring.model.review import Review
from antq_review.text import say
from antq_review.version import VERSION


def differences(evidence: Evidence, results: Path) -> Iterator[str]:
    """Workbooks that changed since the results were made, and results that changed since the tool wrote them."""
    manifest = read_manifest(results)
    inputs, outputs = manifest.get("inputs"), manifest.get("outputs")
    if not isinstance(inputs, dict) or not isinstance(outputs, dict):
        yield say("archive.output_changed", name=MANIFEST)
        return
    now = {file.name: file.sha256 for file in evidence.files}
    for name in sorted(inputs.keys() | now.keys()):
        if name not in now:
            yield say("archive.input_gone", name=name)
        elif name not in inputs:
            yield say("archive.input_new", name=name)
        elif inputs[name] != now[name]:
            yield say("archive.input_changed", name=name)
    for name, digest in sorted(outputs.items()):
        if not _is_still(results, str(name), digest):
            yield say("archive.output_changed", name=shown_path(name))


def _is_still(results: Path, name: str, digest: object) -> bool:
    path = results / name
    try:
        return path.resolve().is_relative_to(results.resolve()) and sha256_of(path) == digest
    except (OSError, ValueError):
        return False


def versions(review: Review) -> Iterator[str]:
    if review.tool_version != VERSION:
        yield say("archive.other_version", made=review.tool_version, now=VERSION)
    known = {entry.id for entry in register()}
    for text in review.texts:
        if text.id not in known:
            yield say("archive.no_rulebook", id=text.id)
