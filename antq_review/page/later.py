"""The screens after the results: the Word documents, the final version, comparing and archiving."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from tornado.web import HTTPError

from antq_review.errors import AntqError, CannotDo, UsageError
from antq_review.page import paper_views, result_views, work
from antq_review.page.folders import chosen_of
from antq_review.page.known_years import versions_known
from antq_review.page.results import files_of
from antq_review.page.year import YearHandler
from antq_review.places.names import PACKAGES
from antq_review.places.versions import Kind
from antq_review.publish.dossier import DOCUMENTS
from antq_review.text import tell
from antq_review.text.crumbs import crumbs


class Dossier(YearHandler):
    """08: the documents with their state; the report of one incident, the PDFs, the school's own forms."""

    step = "ho-so"

    def get(self, name: str) -> None:
        """The list; `cong_khai`: the copies that may leave the school."""
        known = self.known(name)
        public = self.get_query_argument("cong_khai", "") == "1"
        shown = result_views.shown_of(self.parts, known)
        listed = paper_views.papers(self.parts, known, shown.review if shown else None, public)
        job = self.parts.jobs.last(known.id)
        reasons = job.reasons if job is not None and job.kind == "dossier" and not job.runs else ()
        opened = self.opened(known)
        notes = opened.notes.pop("ho-so", [])
        self.show_year(
            "dossier.html.j2", known, papers=listed, public=public, notes=notes,
            tasks=paper_views.tasks(known, reasons, shown.review if shown else None), has_office=paper_views.has_office(),
            papers_day=work.day_of_papers(self.parts, known), checked=opened.checked, own=crumbs(known.forms) if known.forms else "",
        )


class StartDossier(YearHandler):
    """Makes the ticked documents, or the report of one incident."""

    def post(self, name: str) -> None:
        """Start, then the running screen."""
        known = self.known(name)
        public, final, pdf = (self.get_body_argument(one, "") == "1" for one in ("cong_khai", "chinh_thuc", "pdf"))
        alone = self.get_body_argument("dot_xuat", "") == "1"
        incident = self.get_body_argument("vu", "") if alone else ""
        ticked = dict.fromkeys(self.get_body_arguments("vb"))
        codes = ("D11",) if incident else () if alone else tuple(code for code in ticked if code in DOCUMENTS and code != "D11")
        if not codes:
            self.refuse(UsageError(tell("page.papers.pick" if alone else "page.papers.tick")), f"/h/{known.id}/ho-so")
            return
        papers = work.dossier(self.parts, known, work.Papers(codes, final, public, pdf, incident))
        self.start(known, "dossier", papers, lambda busy: self.refuse(busy, f"/h/{known.id}/ho-so"))


class OwnForms(YearHandler):
    """Takes a folder of the school's own Word forms into use, or none."""

    def post(self, name: str) -> None:
        """`thu_muc`: its id; blank: the program's own forms again."""
        from antq_review.publish.word.forms import own_forms

        known, chosen = self.known(name), self.get_body_argument("thu_muc", "")
        try:
            place = self.parts.folders.place(chosen) if chosen else None
            if place is not None:
                own_forms(place, known.path)
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        except AntqError as refusal:
            self.refuse(refusal, f"/h/{known.id}/ho-so")
            return
        self.parts.folders.keep(replace(known, forms=place))
        self.go(f"/h/{known.id}/ho-so")


class Final(YearHandler):
    """09: what stands in the way, as a list with the place of each; then the official version."""

    step = "chinh-thuc"

    def get(self, name: str) -> None:
        """The list of the last refusal, else of the last judging."""
        known = self.known(name)
        shown = result_views.shown_of(self.parts, known)
        job = self.parts.jobs.last(known.id)
        refused = job.reasons if job is not None and job.kind == "final" and not job.runs else ()
        reasons = refused or tuple(map(str, shown.review.draft_reasons if shown and shown.review.draft else ()))
        self.show_year(
            "final.html.j2", known, shown=shown, tasks=paper_views.tasks(known, reasons, shown.review if shown else None),
            official=result_views.official_of(self.parts, known),
            choices=result_views.final_choices(shown.review) if shown else [],
        )


class StartFinal(YearHandler):
    """Makes the official version, of all texts, of one, or of the plan alone."""

    def post(self, name: str) -> None:
        """Start, then the running screen; what is open refuses it."""
        known = self.known(name)
        shown = result_views.shown_of(self.parts, known)
        text = self.get_body_argument("van_ban", "")
        if text and text not in dict(result_views.final_choices(shown.review) if shown else ()):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        appraised = self.get_body_argument("sau_tham_dinh", "") == "1"
        kind = Kind.APPRAISED if appraised else Kind.FINAL
        self.start(known, "final", work.review(self.parts, known, kind, text), lambda busy: self.refuse(busy, f"/h/{known.id}/chinh-thuc"))


class Keep(YearHandler):
    """13: years side by side; the package to hand in; the bag of the year and its check."""

    step = "luu"

    def get(self, name: str) -> None:
        """The years that are known, the bags that stand."""
        known = self.known(name)
        years = [(one, version, result_views.stored_review(version.path)) for one, version in versions_known(self.parts, known)]
        notes = self.opened(known).notes.pop("luu", [])
        bags = [(self.parts.folders.id_of(path), path.name) for path in result_views.bags_of(self.parts, known)]
        packages = [one for one in files_of(known, self.parts.out).values() if one.group == PACKAGES]
        self.show_year(
            "keep.html.j2", known, years=years, bags=bags, packages=packages, notes=notes,
            compared=paper_views.compared(self.parts, known), official=result_views.official_of(self.parts, known),
            used=chosen_of(known, self.parts.out),
        )


class StartCompare(YearHandler):
    """Compares the ticked years."""

    def post(self, name: str) -> None:
        """Start, then the running screen."""
        known = self.known(name)
        ticked = set(self.get_body_arguments("nam"))
        paths = [version.path for one, version in versions_known(self.parts, known) if one.id in ticked]
        if len(paths) < 2:
            self.refuse(UsageError(tell("page.keep.tick")), f"/h/{known.id}/luu")
            return
        self.start(known, "compare", work.compare(self.parts, known, paths), lambda busy: self.refuse(busy, f"/h/{known.id}/luu"))


class StartArchive(YearHandler):
    """Closes the year into a bag."""

    def post(self, name: str) -> None:
        """Start, then the running screen."""
        known = self.known(name)
        self.start(known, "archive", work.archive(self.parts, known))


class StartSend(YearHandler):
    """Makes the package that the school hands in."""

    def post(self, name: str) -> None:
        """Start, then the running screen."""
        known = self.known(name)
        package = work.send(self.parts, known, bool(self.get_body_argument("bien_ban", "")))
        self.start(known, "send", package, lambda busy: self.refuse(busy, f"/h/{known.id}/luu"))


class StartVerify(YearHandler):
    """Checks a bag of this year, or one that lies elsewhere and whose path was pasted."""

    def post(self, name: str) -> None:
        """Start, then the running screen."""
        known = self.known(name)
        try:
            written = self.get_body_argument("duong_dan", "").strip()
            bag = self.parts.folders.typed(written) if written else self.parts.folders.place(self.get_body_argument("tui", ""))
            if not paper_views.is_bag(bag):
                raise CannotDo(tell("page.keep.no_bag", path=bag))
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        except AntqError as refusal:
            self.refuse(refusal, f"/h/{known.id}/luu")
            return
        self.start(known, "verify", work.verify(self.parts, known, bag), lambda busy: self.refuse(busy, f"/h/{known.id}/luu"))
