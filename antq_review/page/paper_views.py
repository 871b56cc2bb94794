"""What the screens of the Word documents, of the final version and of the archive show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from antq_review.ingest.folder import nfc, workbooks
from antq_review.page.folders import Known
from antq_review.page.parts import Parts
from antq_review.page.results import files_of, key_of, year_of
from antq_review.page.words import words_of
from antq_review.places.manifest import read_manifest, sha256_of
from antq_review.publish.dossier import DOCUMENTS, concerns
from antq_review.publish.output.comparison_job import COMPARED
from antq_review.publish.word.dossier_job import INSIDE, PUBLIC
from antq_review.scoring.model.review import Review
from antq_review.text import say


@dataclass(frozen=True)
class Paper:
    """One document of the dossier. `chosen`: ticked at first; `key`: of its file, empty where it was never made."""

    code: str
    title: str
    state: str
    says: str
    key: str
    chosen: bool


def papers(parts: Parts, known: Known, review: Review | None, public: bool) -> list[Paper]:
    """Every document that concerns the school, but the report of one incident, and how it stands."""
    year = year_of(known, parts.out)
    group = PUBLIC if public else INSIDE
    place = year / group if year is not None else None
    listed = read_manifest(place).get("documents") if place is not None else None
    files = files_of(known, parts.out)
    open_places = parts.of(known).open_places
    found = []
    for code, document in DOCUMENTS.items():
        if code == "D11" or (public and not document.is_public) or (review is not None and not concerns(code, review)):
            continue
        name = f"{document.slug}.docx"
        about = listed.get(name) if isinstance(listed, dict) else None
        path = place / name if place is not None else None
        state, says = _state(path, about if isinstance(about, dict) else None, open_places.get(code))
        key = key_of(group, name)
        kept = state in ("none", "ok") and path is not None and path.is_file() and says != words_of("papers.whole")
        found.append(Paper(code, say(f"page.papers.titles.{code}"), state, says, key if key in files else "", not kept))
    return found


def _state(path: Path | None, about: dict[str, object] | None, places: list[str] | None) -> tuple[str, str]:
    if path is None or not path.is_file():
        return "none", words_of("papers.none")
    if about is None or about.get("sha256") != sha256_of(path):
        return "none", words_of("papers.edited")
    if about.get("draft") is False:
        return "ok", words_of("papers.final")
    if places is None:
        return "open", words_of("papers.draft")
    return ("open", words_of("papers.open", count=len(places))) if places else ("ok", words_of("papers.whole"))


@dataclass(frozen=True)
class Task:
    """One thing that stands in the way of a final version, and where it is done: a form's key, or a step's address."""

    says: str
    place: str
    key: str
    step: str


def tasks(known: Known, reasons: Sequence[str]) -> list[Task]:
    """The reasons of a refusal in their order, each with its place."""
    forms = {nfc(path.name): key_of("bieu", path.name) for path in workbooks(known.path)[0]}
    found = []
    for reason in reasons:
        name = max((name for name in forms if name in reason), key=len, default="")
        if not name and say("page.final.own_table") in reason.casefold():
            name = next((one for one in forms if one.startswith("thang_diem")), "")
        found.append(Task(reason, name, forms[name], "") if name else Task(reason, words_of("final.meeting"), "", "hop"))
    return found


def compared(parts: Parts, known: Known) -> list[tuple[str, str]]:
    """The pages of earlier comparisons: their years and their file's key."""
    return [(one.group.removeprefix(f"{COMPARED}/").replace("_", " – "), one.key)
            for one in files_of(known, parts.out).values() if one.group.startswith(f"{COMPARED}/") and one.name.endswith(".html")]


def is_bag(path: Path) -> bool:
    """Is a folder an archived bag?"""
    return (path / "bagit.txt").is_file()


