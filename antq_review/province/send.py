"""What a school hands in: the package of one version of its results. It reads the results and never judges again."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antq_review.errors import CannotDo
from antq_review.files import write_whole
from antq_review.ingest.model import Evidence
from antq_review.package import SUMMARY
from antq_review.package.check import check_code
from antq_review.package.model import Summary
from antq_review.package.summarise import summary_of
from antq_review.places.lock import locked
from antq_review.places.manifest import json_bytes, read_manifest
from antq_review.places.move import move_set
from antq_review.places.names import INSIDE, PACKAGES
from antq_review.places.staging import staging
from antq_review.places.versions import Version
from antq_review.province.bag import ANNEX, ANSWERS, MANIFEST, READ_FIRST, PackageName, content_id
from antq_review.province.hashes import evidence_hashes
from antq_review.province.named import refuse_named_papers, refuse_names
from antq_review.province.seal import last_sent, manifest_of, sealed
from antq_review.publish.archive.archive import results_of
from antq_review.publish.archive.differences import differences
from antq_review.publish.dossier import DOCUMENTS
from antq_review.publish.excel.annex.workbook import annex
from antq_review.scoring.model.review import Review
from antq_review.text import act_of, day, listing, say, shaped, tell
from antq_review.version import VERSION

#: The documents that go with the figures; the minutes name people and go only where they are asked for.
SENT, MINUTES = ("D2", "D3", "D5", "D6", "D7", "D9", "D10"), "D4"


@dataclass(frozen=True)
class Sent:
    """The finished package. `is_new`: False where the last one has the same content. `left_out`: sentences, why not."""

    path: Path
    name: PackageName
    version: Version
    code: str
    files: tuple[str, ...]
    size: int
    is_new: bool
    left_out: tuple[str, ...]


def send(folder: Path, evidence: Evidence, out: Path, *, minutes: bool = False, named: str = "") -> Sent:
    """Make the package of the version `named` (empty: the newest) in `OUT/<code>/<year>/goi/`.

    Raises CannotDo, with nothing written, where no version is finished, the results are older than the workbooks, the year
    was judged by another year's text, a returned package has no answer yet, or the package would name a person; UsageError
    where no version has the name.
    """
    results, version, review = results_of(evidence, out, named)
    old = list(differences(evidence, version.path))
    if old:
        raise CannotDo(tell("province.send.older", what=listing([shaped(one, "no_stop") for one in old], "; "), act=act_of("review")))
    if review.rescored:
        raise CannotDo(tell("province.send.rescored"))
    if waiting := [str(one.step) for one in review.returned if not one.is_answered]:
        raise CannotDo(tell("province.send.unanswered", what=listing(waiting, " "), act=act_of("review")))
    summary = summary_of(review, version, evidence_hashes(folder, evidence))
    answers = _answers(review)
    refuse_names(summary, answers, review)
    check = check_code(summary)
    documents, left_out = _documents(results, review, minutes, check)
    papers = {ANNEX: annex(review, official=True), **documents}
    refuse_named_papers({name: content for name, content in papers.items() if name != f"{DOCUMENTS[MINUTES].slug}.docx"}, review)
    payload = {SUMMARY: summary.to_json(), **papers}
    if review.returned:
        payload[ANSWERS] = json_bytes({"answers": answers})
    payload[READ_FIRST] = read_first(summary, version, sorted(payload)).encode("utf-8")
    place = results / PACKAGES
    last = last_sent(place, review.school.code, review.year)
    about = (version, check, tuple(sorted(payload)))
    if last is not None and _content_of(last[1]) == content_id(manifest_of(payload)):
        return Sent(last[1], last[0], *about, last[1].stat().st_size, False, left_out)
    name = PackageName(review.school.code, review.year, last[0].number + 1 if last else 1)
    content = sealed(name, payload, f"antq_review {VERSION}")
    with locked(results), staging(results) as workshop:
        write_whole(workshop / f"{name}.zip", content)
        path = move_set(workshop, place)[f"{name}.zip"]
    return Sent(path, name, *about, len(content), True, left_out)


def _documents(results: Path, review: Review, minutes: bool, check: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Name → content of the Word documents of this version's figures, as they lie there now; and why others stay behind."""
    wanted = (*SENT, MINUTES) if minutes else SENT
    known = read_manifest(results / INSIDE).get("documents")
    entries: dict[str, Any] = known if isinstance(known, dict) else {}
    found, left_out = {}, []
    for code in wanted:
        name = f"{DOCUMENTS[code].slug}.docx"
        entry, path = entries.get(name), results / INSIDE / name
        if not isinstance(entry, dict) or not path.is_file():
            continue
        if entry.get("check") != check or entry.get("draft") is not review.draft:
            left_out.append(say("province.send.other_day", code=code))
            continue
        found[name] = path.read_bytes()
    if not found:
        left_out.append(say("province.send.no_documents", act=act_of("dossier", path="…")))
    if not minutes and (results / INSIDE / f"{DOCUMENTS[MINUTES].slug}.docx").is_file():
        left_out.append(say("province.send.no_minutes"))
    return found, tuple(left_out)


def _answers(review: Review) -> tuple[dict[str, object], ...]:
    """What an earlier sending came back for, and the school's answer."""
    return tuple({"package": one.package, "text": one.text, "item": one.item, "says": str(one.says)} for one in review.returned)


def read_first(summary: Summary, version: Version, files: list[str]) -> str:
    """The text that tells a person what the package is."""
    school = summary.school
    return say(
        "province.send.read_first", school=school.name, code=school.code, year=summary.year, day=day(summary.as_of), version=version.named,
        check=check_code(summary), files="\n".join(f"  {name}" for name in files), tool=f"antq_review {VERSION}",
    )


def _content_of(path: Path) -> str:
    """The content id of a package that this tool made; empty where the file is no such package any more."""
    try:
        with zipfile.ZipFile(path) as archive:
            return content_id(archive.read(f"{path.stem}/{MANIFEST}"))
    except (OSError, KeyError, zipfile.BadZipFile):
        return ""
