"""One decision for all schools that are sought, with one reason; and the schools to visit."""

from __future__ import annotations

from http import HTTPStatus

from tornado.web import HTTPError

from antq_review.errors import UsageError
from antq_review.forms.choices.officer import DecisionKind, ReturnedText
from antq_review.page import office_views, office_work
from antq_review.page.folders import Known
from antq_review.page.office import OfficeHandler
from antq_review.page.office_filter import Sought, check_of, packages_to
from antq_review.page.office_screens import RETURN_FIELDS, reasons_of
from antq_review.province.look_again import sample_frame
from antq_review.province.returns import items_of
from antq_review.text import number, tell

_ACTS = {"nhan": DecisionKind.ACCEPT, "tra": DecisionKind.RETURN}


class DecideOnMany(OfficeHandler):
    """Receive or return the packages of all schools that are sought; each gets a slip of its own."""

    step, tells = "nhieu", False

    def get(self, name: str) -> None:
        """How many would be decided on, and the form of the reason."""
        self._show(self.known(name), Sought.asked(self.get_query_argument))

    def post(self, name: str) -> None:
        """Check the reason against every package, then write all lines at once, as a job."""
        known, sought = self.known(name), Sought.asked(self.get_body_argument)
        typed = {one: self.get_body_argument(one, "").strip() for one in ("lam", "bo", *RETURN_FIELDS)}
        kind = _ACTS.get(typed["lam"])
        if kind is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        packages = packages_to(sought.of(self.office(known).lines), kind)
        typed["van_ban"], _, typed["muc"] = typed["muc"].partition("/")
        try:
            if not packages or typed["bo"] != check_of(packages):  # decided, or arrived, since the form was shown
                raise UsageError(tell("page.office.other_set", now=number(len(packages))))
            reasons = reasons_of(typed, [one.package.summary for _, one in packages]) if kind is DecisionKind.RETURN else ()
        except UsageError as refusal:
            self.set_status(HTTPStatus.BAD_REQUEST)
            self._show(known, sought, typed, str(refusal))
            return
        work = office_work.decision(self.parts, known, packages, kind, reasons)
        self.start(known, "decide", work, lambda busy: self._show(known, sought, typed, str(busy)))

    def _show(self, known: Known, sought: Sought, typed: dict[str, str] | None = None, fault: str = "") -> None:
        found = sought.of(self.office(known).lines)
        accept, back = packages_to(found, DecisionKind.ACCEPT), packages_to(found, DecisionKind.RETURN)
        summaries = [one.package.summary for _, one in back]
        shared = {
            text: [item for item in items_of(summaries[0], text) if all(item in items_of(one, text) for one in summaries[1:])]
            for text in ReturnedText
        } if summaries else {}
        self.show_office(
            "office_many.html.j2", known, sought=sought, found=len(found), accept=len(accept),
            back=len(back), checks={"nhan": check_of(accept), "tra": check_of(back)}, items=shared, typed=typed or {}, fault=fault,
        )


class SampleScreen(OfficeHandler):
    """The schools to visit, drawn by the seed of the settings."""

    step, tells = "mau", False

    def get(self, name: str) -> None:
        """Table T13 with links to the schools."""
        known = self.known(name)
        office = self.office(known)
        frame = sample_frame(office.looked.found) if office.looked else None
        keys = {one.code: one.key for one in office.lines}
        lists = office_views.office_files(known, self.parts.out).values()
        settings = next((one for one in lists if one.group == "so"), None)
        self.show_office("office_sample.html.j2", known, frame=frame, keys=keys, settings=settings)
