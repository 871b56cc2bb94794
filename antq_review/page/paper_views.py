"""What the screens of the Word documents, of the final version and of the archive show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import nfc
from antq_review.forms.sheets import SHEETS
from antq_review.ingest.folder import workbooks
from antq_review.page.folders import Known, year_of
from antq_review.page.left_places import LeftPlaces
from antq_review.page.parts import Parts
from antq_review.page.results import ResultFile, files_of, key_of
from antq_review.page.words import words_of
from antq_review.places.manifest import read_manifest, sha256_of
from antq_review.places.names import COMPARED, INSIDE, PUBLIC
from antq_review.publish.dossier import DOCUMENTS, concerns
from antq_review.publish.word.pdf import office
from antq_review.scoring.measures.overall import WRITE_MINUTES
from antq_review.scoring.model.outcome import SETTLED_BY_MEETING
from antq_review.scoring.model.review import Review
from antq_review.text import say


@dataclass(frozen=True)
class DossierLine:
    """One document of the dossier. `chosen`: ticked at first; `key`, `pdf`: of its files, empty where there is none.

    `code`: empty for the report of an incident, which is made for each one apart. `left`: what a person must still write in it.
    """

    code: str
    title: str
    state: str
    says: str
    key: str
    pdf: str
    chosen: bool
    left: tuple[str, ...] = ()


def papers(parts: Parts, known: Known, review: Review | None, public: bool) -> list[DossierLine]:
    """Every document that concerns the school, and each report of one incident that was made, and how it stands."""
    year = year_of(known, parts.out)
    group = PUBLIC if public else INSIDE
    place = year / group if year is not None else None
    listed = _listed(place)
    files = files_of(known, parts.out)
    left = parts.of(known).left
    found = []
    for code, document in DOCUMENTS.items():
        if code == "D11" or (public and not document.is_public) or (review is not None and not concerns(code, review)):
            continue
        name = f"{document.slug}.docx"
        path = place / name if place is not None else None
        state, says, places = _state(path, listed.get(name), left.get(f"{group}/{name}"))
        kept = state in ("none", "ok") and path is not None and path.is_file() and says != words_of("papers.whole")
        found.append(DossierLine(code, say(f"page.papers.titles.{code}"), state, says, *_keys(group, name, files), not kept, places))
    incidents = DOCUMENTS["D11"].slug
    for name in sorted(name for name in listed if name.startswith(incidents) and place is not None and (place / name).is_file()):
        state, says, places = _state(place / name if place is not None else None, listed[name], left.get(f"{group}/{name}"))
        title = words_of("papers.incident", code=name.removeprefix(f"{incidents}_").removesuffix(".docx"))
        found.append(DossierLine("", title, state, says, *_keys(group, name, files), False, places))
    return found


def _listed(place: Path | None) -> dict[str, dict[str, object]]:
    """The documents that the manifest lists: JSON from the disk, which a person may have changed."""
    found = read_manifest(place).get("documents") if place is not None else None
    return {name: about for name, about in found.items() if isinstance(about, dict)} if isinstance(found, dict) else {}


def _keys(group: str, name: str, files: Mapping[str, ResultFile]) -> tuple[str, str]:
    """The keys of a document and of its PDF, empty where there is none."""
    document, pdf = key_of(group, name), key_of(group, f"{name.removesuffix('.docx')}.pdf")
    return document if document in files else "", pdf if pdf in files else ""


def has_office() -> bool:
    """Can this computer make PDFs?"""
    try:
        return bool(office())
    except CannotDo:
        return False


def _state(path: Path | None, about: dict[str, object] | None, left: LeftPlaces | None) -> tuple[str, str, tuple[str, ...]]:
    """State, its words, and the places that are left, of a document as it lies there."""
    if path is None or not path.is_file():
        return "none", words_of("papers.none"), ()
    sha256 = sha256_of(path)
    if about is None or about.get("sha256") != sha256:
        return "none", words_of("papers.edited"), ()
    if about.get("draft") is False:
        return "ok", words_of("papers.final"), ()
    if left is None or left.sha256 != sha256:
        return "open", words_of("papers.draft"), ()
    if not left.places:
        return "ok", words_of("papers.whole"), ()
    return "open", words_of("papers.open", count=len(left.places)), left.places


@dataclass(frozen=True)
class Task:
    """One thing that stands in the way of a final version, what would close it, and where: a form's key, or a step's address."""

    says: str
    how: str
    place: str
    key: str
    step: str


def tasks(known: Known, reasons: Sequence[str], review: Review | None = None) -> list[Task]:
    """The reasons of a refusal in their order, each with its place: the workbook that it names, that its step names, else the meeting."""
    forms = {nfc(path.name): key_of("bieu", path.name) for path in workbooks(known.path)[0]}
    steps = _steps(review) if review is not None else {}
    found = []
    for reason in reasons:
        step = steps.get(reason, "")
        begun = [name for name in forms if reason.startswith(name)] or [name for name in forms if name in reason]
        name = max(begun, key=len, default="") or _form_of(step or reason, forms)
        place, address = (name, "") if name else (words_of("final.meeting"), "hop")
        found.append(Task(reason, step, place, forms.get(name, ""), address))
    return found


def _steps(review: Review) -> dict[str, str]:
    """The sentence of each criterion that is open → what would close it, where that is not a meeting's word."""
    found: dict[str, str] = {}
    for text in review.texts:
        by_id = {finding.id: finding for finding in text.findings}
        for reason in review.draft_reasons:
            finding = by_id.get(str(reason.get("id"))) if reason.get("text") == text.short else None
            if finding is not None:
                open_ones = [why for place in finding.walk(readings=False) for why in place.finding.reasons]
                closing = [str(why.settles) for why in open_ones if why.code not in SETTLED_BY_MEETING and why.settles]
                # Not a word of the meeting, but a line of the papers.
                closing += [str(why.settles) for why in finding.reasons if why.settles.key == WRITE_MINUTES]
                found[str(reason)] = next(iter(closing), "")
    return found


def _form_of(sentence: str, forms: Mapping[str, str]) -> str:
    """The workbook of the sheet that a sentence names, as «…» or after “biểu”; of the score table where it names that."""
    begins = [
        sheet.workbook for sheet in SHEETS
        if any(say(f"page.final.{named}", title=sheet.title) in sentence for named in ("sheet", "sheet_named"))
    ]
    begins += ["thang_diem"] if say("page.final.own_table") in sentence.casefold() else []
    return next((name for begin in begins for name in forms if name.startswith(begin)), "")


def compared(parts: Parts, known: Known) -> list[tuple[str, str]]:
    """The pages of earlier comparisons: their years and their file's key."""
    return [(one.group.removeprefix(f"{COMPARED}/").replace("_", " – "), one.key)
            for one in files_of(known, parts.out).values() if one.group.startswith(f"{COMPARED}/") and one.name.endswith(".html")]


def is_bag(path: Path) -> bool:
    """Is a folder an archived bag?"""
    return (path / "bagit.txt").is_file()


