"""The texts that the school wrote for its dossier, as data: remarks, meetings, papers.

They are not computed or judged.
"""

from __future__ import annotations

from datetime import date, time

from antq_review.source import Frozen


class Remark(Frozen):
    """One paragraph that only people can write. `section`: a code of `RemarkSection`."""

    section: str
    text: str


class Attendee(Frozen):
    """One person who was invited to a meeting. `body`: a code of `MeetingBody`; `present`: as the school wrote it."""

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
    """One review meeting. `minutes`: number of the paper with the minutes, empty where there is none.

    `refused_rows`: rows of the record that could not be read. They may belong to any meeting, so every meeting shows
    the number as a warning that its lists may be incomplete.
    """

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
    """One paper of the year, or still in force, for citation in a dossier. Confidential papers and reports of incidents
    are left out.

    `kind`, `contents` and `partner`: codes of the closed lists of the forms. `members_by_post`: the members of the board or
    team that the paper sets up, as the school wrote them. `recognised_year`: of a certificate, the year that it recognises.
    """

    kind: str
    number: str = ""
    signed_on: date
    issuer: str = ""
    subject: str
    contents: tuple[str, ...] = ()
    partner: str = ""
    members_by_post: str = ""
    recognised_year: int | None = None
