"""The screens before a folder is open: begin, choosing a folder; the end of the program. They need no room that reads forms."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from pathlib import Path

from tornado.web import HTTPError

from antq_review.errors import CannotDo, UsageError
from antq_review.files import reason_of
from antq_review.page.folders import Known, Listed, out_of, versions_of, year_of
from antq_review.page.guard import Guarded
from antq_review.page.office_place import address_of, is_office
from antq_review.page.words import HERE, words_of
from antq_review.places.names import INSIDE, PACKAGES
from antq_review.shipped import EXAMPLE_DAY, EXAMPLE_SCHOOLS, example_folder
from antq_review.text import say, tell
from antq_review.text.crumbs import crumbs

_STATIC = {"page.css": "text/css; charset=utf-8", "page.js": "text/javascript; charset=utf-8"}


class Static(Guarded):
    """The look and the one script; nothing else is served from the program's folder."""

    open_to_all = True

    def get(self, name: str) -> None:
        """One of the two files."""
        self.set_header("Content-Type", _STATIC[name])
        self.finish((HERE / "static" / name).read_bytes())


class Begin(Guarded):
    """01: which year do you work with today?"""

    def get(self) -> None:
        """The recent folders and three ways to another."""
        recent = [(known, self._state(known)) for known in self.parts.folders.recent()[:8]]
        self.show("begin.html.j2", recent=recent, examples=list(EXAMPLE_SCHOOLS))

    def _state(self, known: Known) -> str:
        if is_office(known.path):
            return words_of("begin.office")
        found = versions_of(known, self.parts.out)
        return words_of("begin.version", version=found[-1].named) if found else words_of("begin.not_judged")


class OpenFolder(Guarded):
    """Opens a folder by its id."""

    def post(self) -> None:
        """To the screen of its forms."""
        try:
            place = self.parts.folders.place(self.get_body_argument("thu_muc", ""))
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        self.go(address_of(self.parts.folders.open(place)))


class Example(Guarded):
    """A copy of an example school in the user's own place, so that nothing of the program is written to."""

    def post(self) -> None:
        """Copy it once, then open it. `truong`: which of the schools."""
        school = self.get_body_argument("truong", next(iter(EXAMPLE_SCHOOLS)))
        if school not in EXAMPLE_SCHOOLS:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        name = "VI_DU_2026" if school == next(iter(EXAMPLE_SCHOOLS)) else f"VI_DU_{school.upper()}_2026"
        target = Path(dict(self.parts.folders.quick()).get("documents", Path.home())) / "ANTQ" / name
        if not target.is_dir():
            try:
                shutil.copytree(example_folder(school), target)
            except OSError as fault:
                raise CannotDo(tell("cli.cannot_write", path=target, why=reason_of(fault))) from fault
        known = self.parts.folders.open(target)
        if known.as_of is None:
            self.parts.folders.keep(Known(**{**vars(known), "as_of": date.fromisoformat(EXAMPLE_DAY)}))
        self.go(f"/h/{known.id}/bieu")


class Choose(Guarded):
    """03: walk through folders, quick places, or paste a path. `de`: what the folder is for: to open as a school's or as
    an officer's, to put a new one of either in, or the school's own Word forms for the year `h`."""

    def get(self, name: str) -> None:
        """The list of one place."""
        folders = self.parts.folders
        try:
            place = folders.place(name) if name else folders.start()
            entries = folders.listed(place)
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        except UsageError as refusal:
            self._show(folders.start(), [], str(refusal))
            return
        self._show(place, entries, "")

    def _show(self, place: Path, entries: Sequence[Listed], fault: str) -> None:
        folders, (wanted, year) = self.parts.folders, _aim(self)
        parent = folders.parent(place)
        quick = [(words_of(f"quick.{key}") if not key.endswith(":") else words_of("quick.drive", name=key), folders.id_of(path))
                 for key, path in folders.quick()]
        self.show(
            "choose.html.j2", here=crumbs(place), id=folders.id_of(place), up=folders.id_of(parent) if parent else "", entries=entries,
            quick=quick, wanted=wanted, year=year, way=_way(wanted, year), fault=fault, forms=sum(entry.is_form for entry in entries),
            receives=is_office(place), up_name=(parent.name or str(parent)) if parent else "",
        )


def _aim(handler: Guarded) -> tuple[str, str]:
    """What the folder is chosen for, and the id of the year that it is for."""
    wanted, year = handler.get_argument("de", ""), handler.get_argument("h", "")
    if wanted == "mau" and re.fullmatch(r"[0-9a-f]{16}", year):
        return wanted, year
    return (wanted if wanted in ("moi", "so", "so_moi") else "mo"), ""


def _way(wanted: str, year: str) -> str:
    return f"de={wanted}&h={year}" if year else f"de={wanted}"


class Paste(Guarded):
    """The only field that takes a path. What it names becomes an id."""

    def post(self) -> None:
        """To the list of the place, or the fault in words."""
        way = _way(*_aim(self))
        try:
            place = self.parts.folders.typed(self.get_body_argument("duong_dan", ""))
        except UsageError as refusal:
            self.set_status(HTTPStatus.BAD_REQUEST)
            self.show("refusal.html.j2", says=str(refusal), reasons=(), back=f"/chon/?{way}")
            return
        self.go(f"/chon/{self.parts.folders.id_of(place)}?{way}")


class Close(Guarded):
    """Ends the program, after asking where a job runs."""

    def get(self) -> None:
        """The question."""
        self.show("close.html.j2", runs=self.parts.jobs.running is not None)

    def post(self) -> None:
        """The end: the last page says so."""
        self.parts.ends = True
        self.show("closed.html.j2")


class Alive(Guarded):
    """What a screen without a folder asks every ten seconds: is the program there?"""

    def get(self) -> None:
        """It is here."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish('{"runs": false}')


class OpenPlace(Guarded):
    """Has Explorer, Finder or the like open the folder of the forms, or one of the results."""

    def post(self, name: str, what: str) -> None:
        """Only these folders; one that is not there yet: the folder of the forms."""
        try:
            known = self.parts.folders.known(name)
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        out, year = out_of(known, self.parts.out), year_of(known, self.parts.out)
        path, screen = {
            "bieu": (known.path, "bieu"), "ket-qua": (out, "ket-qua"), "ho-so": (year and year / INSIDE, "ho-so"),
            "goi": (year and year / PACKAGES, "luu"), "luu-tru": (year and year.parent / say("archive.folder"), "luu"),
        }[what]
        self.open_and_return(path if path is not None and path.is_dir() else known.path, f"/h/{known.id}/{screen}")
