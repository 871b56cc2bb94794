"""The screens of an open folder: its forms, its faults, the running job, the results, each file by its key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from tornado.web import HTTPError

from antq_review.errors import AntqError
from antq_review.files import OWN_FOLDERS
from antq_review.forms.rows.school import MeetingRow
from antq_review.ingest.folder import workbooks
from antq_review.page import form_views, result_views, spellings
from antq_review.page.folders import Known, versions_of, year_of
from antq_review.page.guard import Guarded
from antq_review.page.parts import Opened, stamps_of
from antq_review.page.receive import settle_conflict, waiting
from antq_review.page.results import ResultFile, files_of
from antq_review.page.words import words_of
from antq_review.places.names import CHECKED, LIST
from antq_review.publish.output.form_job import sweep_forms

#: The screen that shows the end of each kind of job.
SCREENS = {
    "check": "loi", "review": "ket-qua", "final": "chinh-thuc", "dossier": "ho-so", "compare": "luu", "archive": "luu", "verify": "luu",
    "send": "luu",
    "meeting": "hop", "accept": "loi", "paste": "bieu", "interim": "ban",
}


@dataclass(frozen=True)
class Step:
    """One line of the steps at the left."""

    address: str
    name: str
    says: str


class YearHandler(Guarded):
    """Base of the screens of a folder. `step`: its address among the steps."""

    step = ""

    def known(self, name: str) -> Known:
        """The folder with an id; 404 for any other word, and for a folder that is gone."""
        try:
            known = self.parts.folders.known(name)
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        if not known.path.is_dir():
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return known

    def opened(self, known: Known) -> Opened:
        """What is known of a folder."""
        return self.parts.of(known)

    def changed(self, known: Known) -> bool:
        """Are the forms others than those of the last check?"""
        checked = self.opened(known).checked
        return checked is not None and checked.stamps != stamps_of(known.path)

    def show_year(self, template: str, known: Known, **values: object) -> None:
        """A screen with the frame of a folder."""
        job = self.parts.jobs.last(known.id)
        ended = job if job is not None and not job.runs and SCREENS[job.kind] == self.step else None
        self.show(
            template, known=known, steps=list(self._steps(known)), step=self.step, base=f"/h/{known.id}", day=self.parts.day(known),
            job=ended, running=self.parts.jobs.running, **values,
        )

    def _steps(self, known: Known) -> Iterator[Step]:
        opened, shown = self.opened(known), result_views.shown_of(self.parts, known)
        job = self.parts.jobs.running
        files = len(workbooks(known.path)[0])
        yield Step("bieu", "forms", words_of("nav.files", count=files) if files else words_of("nav.no_files"))
        yield Step("loi", "faults", opened.checked.counted if opened.checked else words_of("nav.not_checked"))
        runs = words_of("nav.runs") if job is not None and job.folder == known.id else ""
        yield Step("ket-qua", "results", runs or (words_of("nav.judged", time=f"{shown.made_at:%H:%M}", day=f"{shown.made_at:%d/%m}")
                                                   if shown else words_of("nav.not_judged")))
        concluded = shown is not None and any(text.is_concluded for text in shown.review.texts)
        met = bool(opened.evidence and opened.evidence.of(MeetingRow)) or (shown is not None and bool(shown.review.meetings))
        yield Step("hop", "meeting", words_of("nav.concluded" if concluded else "nav.met" if met else "nav.not_met"))
        year = year_of(known, self.parts.out)
        papers = len(list((year / "ho_so").glob("*.docx"))) if year is not None else 0
        yield Step("ho-so", "dossier", words_of("nav.papers", count=papers) if papers else words_of("nav.not_made"))
        official = result_views.official_of(self.parts, known)
        left = words_of("nav.left", count=len(shown.review.draft_reasons)) if shown else words_of("nav.not_made")
        yield Step("chinh-thuc", "final", words_of("nav.official", number=official.number) if official else left)
        made = len(versions_of(known, self.parts.out))
        yield Step("ban", "versions", words_of("nav.versions_made", count=made) if made else words_of("nav.not_made"))
        bags = len(result_views.bags_of(self.parts, known))
        yield Step("luu", "keep", words_of("nav.bags", count=bags) if bags else words_of("nav.not_kept"))


class Forms(YearHandler):
    """04: the forms, who handed in what; files are dropped here."""

    step = "bieu"

    def get(self, name: str) -> None:
        """The list, and what waits for a decision."""
        known = self.known(name)
        opened = self.opened(known)
        sweep_forms(known.path)
        checked = opened.checked
        notes = opened.notes.pop("bieu", [])
        refused, opened.refused = opened.refused, []
        self.show_year(
            "forms.html.j2", known, lines=form_views.file_lines(known, checked), checklist=checked.checklist if checked else None,
            changed=self.changed(known), conflicts=waiting(known.path), notes=notes, refused=refused,
            own=[one for one in OWN_FOLDERS if (known.path / one).is_dir()],
        )


class Decide(YearHandler):
    """A received workbook has the name of another: keep, replace, keep both."""

    def post(self, name: str, conflict: str) -> None:
        """Do it; nothing is lost."""
        known = self.known(name)
        found = next((one for one in waiting(known.path) if one.id == conflict), None)
        choice = self.get_body_argument("chon", "")
        if found is None or choice not in ("keep", "replace", "both"):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        try:
            placed = settle_conflict(found, choice)
        except AntqError as refusal:
            self.refuse(refusal, f"/h/{known.id}/bieu")
            return
        self.opened(known).notes["bieu"] = [words_of(f"conflict.done_{choice}", name=placed)]
        self.go(f"/h/{known.id}/bieu")


class Faults(YearHandler):
    """05: the faults, file by file, each with its cell and its remedy."""

    step = "loi"

    def get(self, name: str) -> None:
        """The list as last read."""
        known = self.known(name)
        opened = self.opened(known)
        files = files_of(known, self.parts.out)
        listing = next((one.key for one in files.values() if one.group == CHECKED and one.name == LIST), "")
        self.show_year(
            "faults.html.j2", known, checked=opened.checked, present=files, listing=listing, changed=self.changed(known),
            spellings=spellings.near_spellings(opened.evidence) if opened.evidence else [],
        )


class Results(YearHandler):
    """07: the cards, what to do first, the files."""

    step = "ket-qua"

    def get(self, name: str) -> None:
        """The version that was made last, or the one that is asked for."""
        known = self.known(name)
        shown = result_views.shown_of(self.parts, known, self.get_query_argument("ban", ""))
        files = {one.name: one for one in files_of(known, self.parts.out).values() if shown and one.group == shown.version.path.name}
        self.show_year(
            "results.html.j2", known, shown=shown, files=files, cards=result_views.cards(shown.review) if shown else [],
            first=result_views.first_steps(shown.review) if shown else [],
        )


class OneFile(YearHandler):
    """A result or a form by its key: shown in the browser without any right, or sent for saving."""

    def get(self, name: str, key: str) -> None:
        """Pages in a sandbox; everything else as a download."""
        self.send_file(self.file(name, key))

    def file(self, name: str, key: str) -> ResultFile:
        """The file with a key; 404 for any other word."""
        known = self.known(name)
        found = files_of(known, self.parts.out).get(key)
        if found is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return found


class OpenFile(OneFile):
    """Has this computer's own program open a file."""

    def post(self, name: str, key: str) -> None:
        """Only for the kinds that Excel, Word and calendars open."""
        found = self.file(name, key)
        back = {"bieu": "loi", CHECKED: "loi", "ho_so": "ho-so", "ho_so_cong_khai": "ho-so"}.get(found.group, "ket-qua")
        if not found.opens:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.open_and_return(found.path, f"/h/{name}/{back}")
