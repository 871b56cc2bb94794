"""What the school itself wrote for its dossier, as data: remarks, meetings, papers. Nothing here is computed or judged."""

from __future__ import annotations

from datetime import date, time

from antq_review.source import Frozen


class Remark(Frozen):
    """One paragraph that only people can write. `section`: a code of `REMARK_SECTIONS`."""

    section: str
    text: str


class Attendee(Frozen):
    """One person asked to a meeting. `body`: a code of `MEETING_BODIES`; `present`: as the school wrote it."""

    name: str
    post: str = ""
    body: str
    present: bool
    absence_reason: str = ""


class Opinion(Frozen):
    """One opinion given at a meeting, in the words of its record."""

    speaker: str
    opinion: str


class Vote(Frozen):
    """The vote on one criterion of a text. Unit: votes; None: the cell is blank, which is not 0."""

    text: str
    criterion: str
    total: int
    agreed: int
    against: int | None = None
    other: int | None = None


class Meeting(Frozen):
    """One review meeting. `minutes`: number of its paper, empty where there is none; `refused_rows`: lines of the record that
    could not be read, of whatever meeting, so that nobody takes a list for complete that may not be."""

    id: str
    held_on: date
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    chair: str = ""
    secretary: str = ""
    minutes: str = ""
    attendees: tuple[Attendee, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    votes: tuple[Vote, ...] = ()
    refused_rows: int = 0


class Paper(Frozen):
    """One paper of the year or still in force: what a dossier cites. Confidential ones and reports of an incident are left out.

    `kind` and `contents`, `partner`: codes of the closed lists of the forms.
    """

    kind: str
    number: str = ""
    signed_on: date
    issuer: str = ""
    subject: str
    contents: tuple[str, ...] = ()
    partner: str = ""
