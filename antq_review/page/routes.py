"""Address → handler. `/h/<id>/…` is an open folder, `/s/<id>/…` one that receives packages.

Ids and keys are hexadecimal, so no address can hold a path.

A handler is named and not imported: its module is loaded by the first request for it. So the first page stands before the
rooms that read, judge and publish are loaded, and a user who only looks never loads the heavy ones.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.routing import Router
from tornado.web import Application

from antq_review.page.guard import BODY_BYTES, Guarded, TooLarge

_H, _KEY = r"/h/([0-9a-f]{16})", "([0-9a-f]{16})"
#: A folder that receives packages.
_S = r"/s/([0-9a-f]{16})"

#: Address → module of this room and class of its handler.
ROUTES: list[tuple[str, str]] = [
    (r"/vao", "guard.EnterByCode"),
    (r"/ma-moi", "guard.NewCode"),
    (r"/(page\.css|page\.js)", "begin.Static"),
    (r"/", "begin.Begin"),
    (r"/mo", "begin.OpenFolder"),
    (r"/vi-du", "begin.Example"),
    (r"/chon/([0-9a-f]{16})?", "begin.Choose"),
    (r"/dan", "begin.Paste"),
    (r"/moi", "new_year.NewYear"),
    (r"/tro-giup", "help.Help"),
    (r"/tro-giup/huong-dan", "help.Guide"),
    (r"/tro-giup/sach/([a-z0-9_./-]+)", "help.GuideFile"),
    (r"/dong", "begin.Close"),
    (r"/tinh-trang", "begin.Alive"),
    (_H + r"/bieu", "year.Forms"),
    (_H + r"/nhan", "upload.UploadForm"),
    (_H + r"/bieu/([^/]+)", "upload.Upload"),
    (_H + r"/trung/([0-9a-f]{16})", "year.Decide"),
    (_H + r"/mo-thu-muc/(bieu|ket-qua|ho-so|goi|luu-tru)", "begin.OpenPlace"),
    (_H + r"/loi", "year.Faults"),
    (_H + r"/kiem-tra", "running.StartCheck"),
    (_H + r"/chap-nhan/" + _KEY, "accept.Accept"),
    (_H + r"/cham", "running.StartReview"),
    (_H + r"/chay", "running.Running"),
    (_H + r"/tinh-trang", "running.Status"),
    (_H + r"/dung", "running.StopJob"),
    (_H + r"/ket-qua", "year.Results"),
    (_H + r"/thang-diem", "score_paste.PasteScores"),
    (_H + r"/hop", "meet.MeetingForm"),
    (_H + r"/ho-so", "later.Dossier"),
    (_H + r"/lap-ho-so", "later.StartDossier"),
    (_H + r"/chinh-thuc", "later.Final"),
    (_H + r"/lap-chinh-thuc", "later.StartFinal"),
    (_H + r"/luu", "later.Keep"),
    (_H + r"/so-sanh", "later.StartCompare"),
    (_H + r"/goi", "later.StartSend"),
    (_H + r"/luu-tru", "later.StartArchive"),
    (_H + r"/kiem-tui", "later.StartVerify"),
    (_H + r"/tep/" + _KEY, "year.OneFile"),
    (_H + r"/mo/" + _KEY, "year.OpenFile"),
    (_H + r"/ban", "versions.Versions"),
    (_H + r"/ban/chon", "versions.ChooseVersion"),
    (_H + r"/so-ket", "versions.StartInterim"),
    (_H + r"/mau", "later.OwnForms"),
    (r"/so", "office_begin.OfficeBegin"),
    (_S + r"/nhan", "office.Intake"),
    (_S + r"/tong-hop", "office.StartRollUp"),
    (_S + r"/chay", "office.OfficeRunning"),
    (_S + r"/tinh-trang", "office.OfficeStatus"),
    (_S + r"/dung", "office.OfficeStop"),
    (_S + r"/bang", "office_screens.CommonTable"),
    (_S + r"/truong/" + _KEY, "office_screens.OneSchool"),
    (_S + r"/quyet-dinh/" + _KEY, "office_screens.DecideOnPackage"),
    (_S + r"/nhieu", "office_many.DecideOnMany"),
    (_S + r"/mau", "office_many.SampleScreen"),
    (_S + r"/mo-thu-muc/(den|phieu|ket-qua)", "office_screens.OpenOfficeFolder"),
    (_S + r"/tep", "office_screens.Exports"),
    (_S + r"/tep/" + _KEY, "office_screens.OfficeFile"),
    (_S + r"/mo/" + _KEY, "office_screens.OpenOfficeFile"),
]


def handler(named: str) -> type[Guarded]:
    """The class behind a name of the list."""
    module, name = named.split(".")
    found: type[Guarded] = getattr(import_module(f"antq_review.page.{module}"), name)
    return found


class _Named(Router):
    """An address of the application, with its handler by name."""

    def __init__(self, application: Application, named: str) -> None:
        self._application, self._named = application, named

    def find_handler(self, request: HTTPServerRequest, **matched: Any) -> HTTPMessageDelegate:
        """What takes the request, with the parts of the address that matched."""
        found, length = handler(self._named), request.headers.get("Content-Length", "")
        if not found.takes_files and length.isdecimal() and int(length) > BODY_BYTES:
            found = TooLarge
        return self._application.get_handler_delegate(request, found, **matched)


def add_routes(application: Application) -> None:
    """Give an application every address of the page."""
    application.add_handlers(".*", [(address, _Named(application, named)) for address, named in ROUTES])
