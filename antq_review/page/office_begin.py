"""The door of whoever receives packages: an existing folder, or a new one for a year."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus

from tornado.web import HTTPError

from antq_review.errors import AntqError, UsageError
from antq_review.page.guard import Guarded
from antq_review.page.office_place import is_office
from antq_review.text import tell
from antq_review.text.crumbs import crumbs


class OfficeBegin(Guarded):
    """Open a folder that receives packages, or make one."""

    def get(self) -> None:
        """The two ways."""
        self._ask("", "")

    def _ask(self, year: str, fault: str) -> None:
        folders = self.parts.folders
        try:
            name = self.get_argument("o", "")
            place = folders.place(name) if name else folders.start()
        except KeyError as fault_:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault_
        earlier = [known for known in folders.recent() if is_office(known.path)]
        self.show(
            "office_begin.html.j2", place=folders.id_of(place), where=crumbs(place), year=year or str(date.today().year), earlier=earlier,
            fault=fault,
        )

    def post(self) -> None:
        """Make the folder of a year with blank workbooks, or with the list of an earlier one, and open it."""
        from antq_review.province.work import new_folder

        year, last = (self.get_body_argument(name, "").strip() for name in ("nam", "nam_truoc"))
        try:
            place = self.parts.folders.place(self.get_body_argument("o", ""))
            before = self.parts.folders.known(last).path if last else None
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        try:
            if not re.fullmatch(r"[0-9]{4}", year):
                raise UsageError(tell("page.office.fill_year"))
            folder = place / f"TONG_HOP_{year}"
            new_folder(folder, int(year), before)
        except AntqError as refusal:
            self.set_status(HTTPStatus.BAD_REQUEST)
            self._ask(year, str(refusal))
            return
        self.go(f"/s/{self.parts.folders.open(folder).id}/nhan")
