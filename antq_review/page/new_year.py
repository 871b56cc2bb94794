"""02: the blank workbooks of a year, with what last year hands on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

from tornado.web import HTTPError

from antq_review.errors import AntqError, UsageError
from antq_review.forms.choices import LevelsTaught, YouthBody
from antq_review.page.guard import Guarded
from antq_review.page.words import words_of
from antq_review.text import tell
from antq_review.text.crumbs import crumbs

#: Fields of the screen → fields of a new school. All may stay blank: they can be filled into the workbook later.
FIELDS = {
    "ten": "name", "cap": "levels", "xa": "commune", "tinh": "province", "chu_quan": "superior_body", "to": "units", "doan": "youth_body",
    "nguoi_ky": "signer", "chuc_vu": "signer_post",
}
NOTHING: Mapping[str, str] = MappingProxyType(dict.fromkeys(FIELDS.values(), ""))


@dataclass(frozen=True)
class TypedYear:
    """What stands in the fields. `last`: the id of the folder whose facts are carried over."""

    code: str
    year: str
    last: str
    school: Mapping[str, str] = field(default_factory=lambda: NOTHING)


class NewYear(Guarded):
    """02: blank workbooks for a year, with what last year hands on."""

    def get(self) -> None:
        """The form, filled in as far as the newest folder tells, or as it was typed before a place was chosen (`o`; blank: none was)."""
        recent = self.parts.folders.recent()
        last = next((one for one in recent if one.code and one.year), None)
        name = self.get_query_argument("o", None)
        if name is None:  # this is a new beginning: what was typed for another school is over
            self.parts.new_year = None
        try:
            place = self.parts.folders.place(name) if name else self.parts.folders.start()
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        if self.parts.new_year is not None:
            self._ask(place, self.parts.new_year)
            return
        year = last.year + 1 if last else date.today().year
        self._ask(place, TypedYear(last.code if last else "", str(year), last.id if last else ""))

    def _ask(self, place: Path, asked: TypedYear, fault: str = "") -> None:
        earlier = [one for one in self.parts.folders.recent() if one.code and one.year]
        self.show(
            "new_year.html.j2", place=self.parts.folders.id_of(place), where=crumbs(place), asked=asked, typed=asked.school,
            earlier=earlier, fault=fault, levels=LevelsTaught.labels().values(), bodies=YouthBody.labels().values(),
        )

    def post(self) -> None:
        """Make the folder and its workbooks, and open it; `lam`=`doi`: choose another place first."""
        from antq_review.forms.typed_school import school_from  # what draws workbooks is not loaded to show the fields
        from antq_review.publish.output.forms_job import new_year, write_forms

        code, year, last = (self.get_body_argument(name, "").strip() for name in ("ma", "nam", "nam_truoc"))
        try:
            place = self.parts.folders.place(self.get_body_argument("o", ""))
            before = self.parts.folders.known(last).path if last else None
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        typed = {fact: self.get_body_argument(name, "").strip() for name, fact in FIELDS.items()}
        asked = TypedYear(code, year, last, typed)
        if self.get_body_argument("lam", "") == "doi":
            self.parts.new_year = asked
            self.go(f"/chon/{self.parts.folders.id_of(place)}?de=moi")
            return
        try:
            if not re.fullmatch(r"[\w.-]{1,40}", code) or not re.fullmatch(r"[0-9]{4}", year):
                raise UsageError(tell("page.new_year.fill"))
            folder = place / f"HO_SO_{year}"
            made = new_year(folder, school_from({**typed, "school_code": code, "year": year}), before)
            write_forms(folder, made.files)
        except AntqError as refusal:
            self.set_status(HTTPStatus.BAD_REQUEST)
            self._ask(place, asked, str(refusal))
            return
        self.parts.new_year = None
        known = replace(self.parts.folders.open(folder), school=typed["name"], code=code, year=int(year))
        self.parts.folders.keep(known)  # the frame names the school at once; the first reading says what the workbook says
        filled = "new_year.made_filled" if typed["name"] and typed["units"] else "new_year.made"
        self.parts.of(known).notes["bieu"] = [words_of(filled, count=len(made.files)), *made.says, *made.look_again]
        self.go(f"/h/{known.id}/bieu")
