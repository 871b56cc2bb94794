"""The screens after a roll-up: the common table, one school with the officer's decision, the files to hand out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from tornado.web import HTTPError

from antq_review.errors import UsageError
from antq_review.forms.choices.officer import DecisionKind, ReturnedText
from antq_review.package.model import Summary
from antq_review.page import office_views, office_work
from antq_review.page.folders import Known
from antq_review.page.office import OfficeHandler
from antq_review.page.office_filter import Sought, choices_of, packages_to
from antq_review.page.office_views import SchoolLine
from antq_review.page.results import ResultFile
from antq_review.province.choose import ReportState
from antq_review.province.decide import ReasonToReturn, check_return
from antq_review.province.frames import circular_of, points_of
from antq_review.province.officer_folder import ARRIVALS
from antq_review.province.returns import items_of
from antq_review.province.roll_up import Receipt, reached
from antq_review.province.slips import FOLDER as SLIPS
from antq_review.province.work import place_of
from antq_review.scoring.pipeline import read_day
from antq_review.text import tell

_ACTS = {
    "nhan": DecisionKind.ACCEPT, "tra": DecisionKind.RETURN, "xem": DecisionKind.LOOK, "rut": DecisionKind.WITHDRAW, "chon": None,
}
#: The fields of a return as they are typed: text, criterion, reason, what to do, due day.
RETURN_FIELDS = ("van_ban", "muc", "ly_do", "can_lam", "han")


class CommonTable(OfficeHandler):
    """12: every school of the list, fifty a page; searched, filtered and sorted here and not in the browser."""

    step = "bang"

    def get(self, name: str) -> None:
        """One page."""
        known = self.known(name)
        office = self.office(known)
        sought, sort = Sought.asked(self.get_query_argument), self.get_query_argument("xep", "")[:80]
        written = self.get_query_argument("trang", "1")
        number = int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 1
        shown = office_views.table_page(office.lines, sought, sort, number)
        excel = next((one for one in office_views.office_files(known, self.parts.out).values()
                      if one.name == "tong_hop.xlsx" and one.group == str(known.year)), None)
        self.show_office(
            "office_table.html.j2", known, looked=office.looked, shown=shown, sought=sought, sorted_by=sort,
            choices=choices_of(office.lines), every=len(office.lines), excel=excel,
            decides=bool(packages_to(sought.of(office.lines), DecisionKind.RETURN)),
            receipt=Receipt.of(office.looked.found.standings) if office.looked else None,
            unreadable=len(office.looked.found.unreadable) if office.looked else 0,
        )


class OneSchool(OfficeHandler):
    """A school: what it sent, criterion by criterion, and the two buttons."""

    step, tells = "bang", False

    def get(self, name: str, key: str) -> None:
        """The screen."""
        known = self.known(name)
        self.tell_school(known, self.line(known, key))

    def tell_school(self, known: Known, line: SchoolLine, typed: dict[str, str] | None = None, fault: str = "") -> None:
        """The school with what was typed and the fault of it."""
        packages = office_views.packages_of(line.standing)
        summary = packages[0].summary if packages else None
        self.show_office(
            "office_school.html.j2", known, line=line, packages=packages, summary=summary, truths=office_views.TRUTHS,
            circular=circular_of(summary) if summary else "", points=points_of(summary) if summary else "",
            plan=reached(summary.goals) if summary else {}, typed=typed or {}, fault=fault, texts=list(ReturnedText),
            items={text.value: [one for one in items_of(summary, text) if one] for text in ReturnedText} if summary else {},
            undecided=line.state is ReportState.UNDECIDED,
        )


class DecideOnPackage(OneSchool):
    """Receive, return, or say which package counts."""

    def post(self, name: str, key: str) -> None:
        """Check what was typed, then write it as a job: the workbook may be large and must be read again."""
        known = self.known(name)
        line = self.line(known, key)
        typed = {one: self.get_body_argument(one, "").strip() for one in ("goi", "lam", *RETURN_FIELDS)}
        found = next((one for one in office_views.packages_of(line.standing) if one.arrival.shown == typed["goi"]), None)
        if found is None or typed["lam"] not in _ACTS:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        kind = _ACTS[typed["lam"]]
        try:
            reasons = reasons_of(typed, [found.summary]) if kind is DecisionKind.RETURN else ()
        except UsageError as refusal:
            self.set_status(HTTPStatus.BAD_REQUEST)
            self.tell_school(known, line, typed, str(refusal))
            return
        if kind is None:
            work = office_work.choice(self.parts, known, line.code, found.arrival)
        else:
            work = office_work.decision(self.parts, known, [(line.code, found.arrival)], kind, reasons)
        self.start(known, "decide", work, lambda busy: self.tell_school(known, line, typed, str(busy)))


def reasons_of(typed: dict[str, str], summaries: Sequence[Summary]) -> tuple[ReasonToReturn, ...]:
    """The typed reason of a return of these packages. Raises UsageError for one that says nothing or a day that is none."""
    text = next((one for one in ReturnedText if one.value == typed["van_ban"]), None)
    if text is None:
        raise UsageError(tell("page.office.which_text"))
    due: date | None = read_day(typed["han"]) if typed["han"] else None
    reasons = (ReasonToReturn(text, typed["muc"], typed["ly_do"][:1000], typed["can_lam"][:1000], due),)
    for summary in summaries:
        check_return(summary, reasons)
    return reasons


class Exports(OfficeHandler):
    """The roll-up, its public copy, the register, the two workbooks."""

    step, tells = "tep", False

    def get(self, name: str) -> None:
        """The list."""
        known = self.known(name)
        files = [one for one in office_views.office_files(known, self.parts.out).values() if one.path.suffix != ".json"]
        self.show_office("office_exports.html.j2", known, files=[(one, office_views.kind_of(one)) for one in files])


class OfficeFile(OfficeHandler):
    """A file by its key: a page in a sandbox, everything else as a download."""

    def get(self, name: str, key: str) -> None:
        """Its bytes."""
        self.send_file(self.file(name, key))

    def file(self, name: str, key: str) -> ResultFile:
        """The file with a key; 404 for any other word."""
        found = office_views.office_files(self.known(name), self.parts.out).get(key)
        if found is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return found


class OpenOfficeFile(OfficeFile):
    """Has this computer's own program open a workbook."""

    def post(self, name: str, key: str) -> None:
        """Only for the kinds that it may open."""
        found = self.file(name, key)
        if not found.opens:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.open_and_return(found.path, f"/s/{name}/tep")


class OpenOfficeFolder(OfficeHandler):
    """Has Explorer, Finder or the like open where packages are put, where slips lie, or where the tables lie."""

    def post(self, name: str, what: str) -> None:
        """Only these; the nearest folder that exists."""
        known = self.known(name)
        out = place_of(office_views.office_out(known, self.parts.out), known.year or 0, False)
        wanted = {"den": known.path / ARRIVALS, "phieu": out / SLIPS, "ket-qua": out}[what]
        there = next(one for one in (wanted, *wanted.parents) if one.is_dir())
        self.open_and_return(there, f"/s/{known.id}/{'nhan' if what == 'den' else 'tep'}")
