"""The screen of the versions: which there are, which one is in use, choosing another; a half-year version. Nothing is deleted here."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from tornado.web import HTTPError

from antq_review.errors import UsageError
from antq_review.page import version_views, work
from antq_review.page.folders import versions_of
from antq_review.page.year import YearHandler
from antq_review.places.versions import Kind, day_of
from antq_review.scoring.pipeline import asked_day
from antq_review.text import tell


class Versions(YearHandler):
    """The list."""

    step = "ban"

    def get(self, name: str) -> None:
        """Every version, the newest first."""
        known = self.known(name)
        self.show_year("versions.html.j2", known, versions=version_views.versions_shown(self.parts, known))


class ChooseVersion(YearHandler):
    """Takes another version into use: results, comparing, archiving and the day of everything follow it."""

    def post(self, name: str) -> None:
        """`ban`: the folder name of a version; blank: again the one that counts."""
        known, named = self.known(name), self.get_body_argument("ban", "")
        found = versions_of(known, self.parts.out)
        version = next((one for one in reversed(found) if one.path.name == named or not named), None)
        if version is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.parts.folders.keep(replace(known, chosen=named, as_of=day_of(version)))
        self.go(f"/h/{known.id}/ban")


class StartInterim(YearHandler):
    """Makes the half-year version of a day; the day of everything else stays."""

    def post(self, name: str) -> None:
        """Start, then the running screen."""
        known, written = self.known(name), self.get_body_argument("ngay", "").strip()
        try:
            if not written:
                raise UsageError(tell("page.versions.fill_day"))
            on = asked_day(written)
        except UsageError as refusal:
            self.refuse(refusal, f"/h/{known.id}/ban")
            return
        made = work.review(self.parts, known, Kind.INTERIM, on=on)
        self.start(known, "interim", made, lambda busy: self.refuse(busy, f"/h/{known.id}/ban"))
