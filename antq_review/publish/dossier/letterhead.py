"""The frame of a document: bodies, number, day, addressees, recipients, signature, first and last sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from antq_review.package.summarise import code_of
from antq_review.publish.dossier.catalogue import DossierDocument, document
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.field_groups import Days, Letterhead
from antq_review.publish.dossier.papers import grounds, own_plan
from antq_review.publish.dossier.result_124 import period_of, until_line, wants_recognition
from antq_review.publish.dossier.result_510 import decided_band
from antq_review.publish.dossier.sentences import gap, or_gap, raised, tell
from antq_review.text import day, fold, say, words

#: Document with annexes → the kind of letter that they belong to, and the document of that letter.
_BELONGS_TO = {
    "D3": ("report", "D3"), "D10": ("report", "D10"), "D9": ("report", "D3"), "D5": ("submission", "D6"), "D7": ("submission", "D6"),
}
#: The reports that carry the check code of their figures; the code does not depend on a version.
_WITH_CODE = frozenset({"D3", "D10"})
#: The month in which a school year begins.
_SCHOOL_YEAR_BEGINS = 9
#: Documents for the recognising body that go through the standing members of the committee.
_THROUGH_COMMITTEE = frozenset({"D1", "D2", "D3"})


def letterhead(case: Case) -> Letterhead:
    """The frame of the document."""
    one, school, year = document(case.code), case.review.school, case.review.year
    symbol = symbol_of(case, case.code)
    to, check = addressees(case), _check_line(case)
    return Letterhead(
        document_code=one.code,
        document_type=say(f"dossier.documents.{one.code}.type"),
        document_subject=say(
            f"dossier.documents.{one.code}.{'subject' if _asks(case) else 'subject_open'}", year=year,
            incident=case.incident.code if case.incident else "",
        ),
        superior_body=or_gap(school.superior_body.upper(), "superior_body"),
        issuing_body=school.name.upper() or case.school, school_name=case.school,
        has_number=bool(symbol), symbol=symbol,
        number_line=say("dossier.head.number_line", symbol=symbol) if symbol else "",
        has_date_line=one.has_date_line, date_line=_date_line(case) if one.has_date_line else "",
        has_addressees=bool(to), has_one_addressee=len(to) == 1, addressees=to, distribution=distribution(case, one),
        signature_lines=signature(school.signer_post), signer_name=or_gap(school.signer, "signer"),
        is_draft=case.review.draft, draft_mark=say("dossier.draft") if case.review.draft else "",
        is_public=case.public, public_note=say("dossier.public_note", pupils=case.pupils) if case.public else "",
        opening=_opening(case), closing=_closing(case), grounds=grounds(case), attached_to=_attached_to(case),
        check_line=check, has_check_line=bool(check),
    )


def days(case: Case) -> Days:
    """The years, periods and days that a document may name."""
    review = case.review
    until, first = until_line(case), (case.circular or case.decision)
    return Days(
        year=str(review.year), previous_year=str(review.year - 1), next_year_number=str(review.year + 1),
        years_line=_years_line(case),
        period_124=period_of(case.circular), period_510=period_of(case.decision),
        period_plan=say("dossier.period", start=day(review.plan_start), end=day(review.plan_end)),
        data_until=day(first.data_until if first else review.as_of), data_until_line=until, has_data_until_line=bool(until),
    )


def _years_line(case: Case) -> str:
    """The year of assessment with its days, beside the school years that it touches."""
    review, first = case.review, (case.circular or case.decision)
    start, end = (first.period_start, first.period_end) if first else (review.plan_start, review.plan_end)
    years = range(_school_year(start), _school_year(end) + 1)
    return tell(
        "process.years", year=review.year, period=say("dossier.period", start=day(start), end=day(end)),
        school_years=", ".join(say("dossier.school_year", first=year, second=year + 1) for year in years),
    )


def _school_year(on: date) -> int:
    """The calendar year in which the school year of a day began."""
    return on.year if on.month >= _SCHOOL_YEAR_BEGINS else on.year - 1


def _place_and_year(case: Case) -> dict[str, object]:
    return {"place": or_gap(case.review.school.place_name, "place_name"), "year": case.review.as_of.year}


def _date_line(case: Case) -> str:
    """Place and year; the day stays blank until the document is signed."""
    return say("dossier.head.date_line", **_place_and_year(case))


def symbol_of(case: Case, code: str) -> str:
    """`BC-TH&THCS`; empty for a document without a number."""
    short = words("dossier")["documents"][code].get("symbol", "")
    if not short:
        return ""
    return say("dossier.head.symbol", type=short, school=or_gap(case.review.school.document_symbol, "document_symbol"))


def _attached_to(case: Case) -> str:
    if case.code not in _BELONGS_TO:
        return ""
    kind, code = _BELONGS_TO[case.code]
    return say(
        "dossier.head.attached", type=say(f"dossier.head.{kind}"), symbol=symbol_of(case, code), year=case.review.as_of.year,
        school=case.school,
    )


def _check_line(case: Case) -> str:
    """The check code of the figures, as the package carries it. Not in a public copy: a code of few digits and known
    figures would give the hidden ones away.
    """
    if case.code not in _WITH_CODE or case.public:
        return ""
    code = code_of(case.review)
    return tell("check_line", code=code) if code else ""


# --- addressees, recipients, signature -----------------------------------------------------------------------------


def body_of(case: Case) -> str:
    """The body that receives the submissions."""
    return or_gap(case.review.school.superior_body, "superior_body")


def addressees(case: Case) -> list[str]:
    """The addressees of the document, without punctuation; none for minutes and annexes."""
    if not document(case.code).is_addressed:
        return []
    school, body = case.review.school, body_of(case)
    if case.code in _THROUGH_COMMITTEE and school.steering_committee:
        standing = say("dossier.head.standing", committee=school.steering_committee)
        return [say("dossier.head.through", body=body, through=standing)]
    if case.code == "D10" and (office := _culture_office(case)):
        return [say("dossier.head.through", body=body, through=office)]
    return [body, _police(case)] if case.code == "D11" else [body]


def _recipients(case: Case) -> list[str]:
    """The recipients in the profile's list, with the office of culture in full and without the line of the archive."""
    written = [" ".join(part.split()) for part in case.review.school.recipients.split(";")]
    begins = fold(say("dossier.head.archive_begins"))
    return [raised(_in_full(part)) for part in written if part and not fold(part).startswith(begins)]


def _in_full(recipient: str) -> str:
    """The recipient with the office of culture and the department of education in full."""
    for name, full in (("culture_office", "culture"), ("education_office", "education")):
        for short in words("dossier")["head"][f"{full}_short"]:
            office = say(f"dossier.head.{name}", short=short)
            if office in recipient:
                return recipient.replace(office, say(f"dossier.head.{full}"))
    return recipient


def _culture_office(case: Case) -> str:
    return next((one for one in _recipients(case) if one.startswith(say("dossier.head.culture"))), "")


def _police(case: Case) -> str:
    named = [one for one in _recipients(case) if one.startswith(say("dossier.head.police_begins"))]
    return named[0] if named else say("dossier.head.police", commune=case.review.school.commune).strip()


def distribution(case: Case, one: DossierDocument) -> list[str]:
    """“Nơi nhận”, without punctuation: “Như trên” first if there is an addressee, the archive last, no recipient twice.

    The report of an incident goes to its addressees alone; minutes are not published on a website.
    """
    if one.is_annex:
        return []
    addressed = addressees(case)
    first = [say("dossier.head.as_above")] if addressed else []
    others = [] if case.code == "D11" else [place for place in _recipients(case) if not _is_among(place, addressed)]
    if not one.is_public:
        others = [place for place in others if say("dossier.head.on_the_net") not in fold(place)]
    return [*first, *others, say("dossier.head.archive_minutes" if case.code == "D4" else "dossier.head.archive")]


def _is_among(recipient: str, addressed: Sequence[str]) -> bool:
    """Is the recipient an addressee, by its full name or without the name of its place, or the office it goes through?"""
    own = fold(recipient)
    return any(fold(one).startswith(own) or f"({fold(say('dossier.head.through_word'))} {own})" in fold(one) for one in addressed)


def signature(post: str) -> list[str]:
    """`HIỆU TRƯỞNG`; for a deputy `KT. HIỆU TRƯỞNG` above `PHÓ HIỆU TRƯỞNG`."""
    if not post:
        return [gap("signer_post")]
    begins = say("dossier.head.deputy_begins")
    if post.startswith(begins):
        return [say("dossier.head.for_head", head=post.removeprefix(begins).upper()), post.upper()]
    return [post.upper()]


# --- first and last sentence ---------------------------------------------------------------------------------------


def _places(case: Case) -> dict[str, object]:
    return {
        "school": case.school, "year": case.review.year, "body": body_of(case), "period": period_of(case.circular),
        "plan": own_plan(case) or gap("plan"), "incident": case.incident.code if case.incident else "",
    }


def _opening(case: Case) -> str:
    known = words("dossier_sentences")["opening"]
    key = case.code if _asks(case) or f"{case.code}_open" not in known else f"{case.code}_open"
    return tell(f"opening.{key}", **_places(case)) if key in known else ""


def _asks(case: Case) -> bool:
    """Does the document make the request of its title? Only the request for recognition may have to be left out."""
    return case.code != "D2" or wants_recognition(case.circular)


def _closing(case: Case) -> str:
    """The last sentence without its end mark. A submission that makes no request has a last sentence of its own."""
    known = words("dossier_sentences")["closing"]
    asks = decided_band(case.decision) is not None if case.code == "D6" else _asks(case)
    key = case.code if asks else f"{case.code}_open"
    return tell(f"closing.{key}", **_places(case)) if key in known else ""
