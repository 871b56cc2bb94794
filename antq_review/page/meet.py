"""The screen of the meeting: what each criterion's evidence says, what the meeting concluded; shown first, then written once."""

from __future__ import annotations

import asyncio

from antq_review.errors import AntqError
from antq_review.files import REPLACED
from antq_review.forms.choices import StandardResult
from antq_review.page import meeting, meeting_cells, result_views, work
from antq_review.page.folders import Known
from antq_review.page.job import Job
from antq_review.page.meeting_people import TABLES, not_shown, people_lines, wanted_people
from antq_review.page.words import words_of
from antq_review.page.year import YearHandler


class MeetingForm(YearHandler):
    """The form, the comparison of what stands with what would be written, the writing."""

    step = "hop"

    def get(self, name: str) -> None:
        """The form as the sheets hold it now: the meeting with the code `ma`, else the newest."""
        known = self.known(name)
        evidence, code = self.opened(known).evidence, self.get_query_argument("ma", "")
        self._form(known, meeting.meeting_values(evidence, code) if evidence else {}, {}, "")

    def _form(self, known: Known, values: dict[str, str], typed: dict[str, str], fault: str) -> None:
        evidence, shown = self.opened(known).evidence, result_views.shown_of(self.parts, known)
        code = values.get("id", "")
        lines = meeting.criterion_lines(shown.review, evidence, code) if evidence and shown else []
        self.show_year(
            "meeting.html.j2", known, ready=evidence is not None and shown is not None, judged=shown is not None,
            values=values, lines=lines, typed=typed, fault=fault, shorts=list(dict.fromkeys(line.short for line in lines)),
            results=[(one.value, one.label) for one in StandardResult],
            people=people_lines(evidence, code, typed) if evidence else {}, left_out=not_shown(evidence, code) if evidence else {},
            meetings=meeting.meetings(evidence) if evidence else [],
            lists={name: list(of.labels().items()) for table in TABLES.values() for name, of in table.lists.items()},
        )

    async def post(self, name: str) -> None:
        """`xem`: compare; `sua`: back to the form; `ghi`: write."""
        known = self.known(name)
        opened, shown = self.opened(known), result_views.shown_of(self.parts, known)
        typed = {key: self.get_body_argument(key) for key in self.request.body_arguments if key[:1] in ("m", "s", *TABLES) and "_" in key}
        values = {key[2:]: value for key, value in typed.items() if key.startswith("m_")}
        action = self.get_body_argument("lam", "xem")
        if opened.evidence is None or shown is None or action == "sua":
            self._form(known, values, typed, "")
            return
        try:
            code = values.get("id", "").strip()
            lines = meeting.criterion_lines(shown.review, opened.evidence, code)
            wants = meeting.wanted(typed, lines)
            wants += wanted_people(typed, code, people_lines(opened.evidence, code, typed))
            draft = await asyncio.to_thread(meeting_cells.drafted, known.path, opened.evidence, wants)
        except AntqError as refusal:
            self._form(known, values, typed, str(refusal))
            return
        if action == "ghi" and draft.changes:
            self.start(known, "meeting", self._write(known, draft), lambda busy: self._form(known, values, typed, str(busy)))
            return
        unexplained = meeting.unexplained(typed, lines)
        self.show_year("meeting_look.html.j2", known, draft=draft, typed=typed, act="hop", left=[], unexplained=unexplained)

    def _write(self, known: Known, draft: meeting_cells.Draft) -> work.Work:
        check = work.check(self.parts, known)

        def do(job: Job) -> str:
            aside = meeting_cells.write(draft)
            check(job)
            return words_of("meeting.written", count=len(draft.changes), name=draft.path.name, aside=f"{REPLACED}/{aside.name}")

        return do
