"""Papers that a dossier cites: its grounds, its enclosures, the evidence register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from antq_review.forms.choices import Content, DocumentKind
from antq_review.publish.dossier.catalogue import CIRCULAR, DECISION
from antq_review.publish.dossier.context import Case, is_incident_report
from antq_review.publish.dossier.field_rows import EnclosureCells, PaperCells, RegisterCells
from antq_review.publish.dossier.meeting import meeting_of
from antq_review.publish.dossier.numbers import prose
from antq_review.publish.dossier.sentences import gap, paragraphs, tell
from antq_review.publish.dossier.suppression import tells_few
from antq_review.rules import Rulebook, in_force, rulebook
from antq_review.scoring.model.numeric_tables import RegisterItem
from antq_review.scoring.model.written import Paper
from antq_review.text import day, fold, say

_PLANS = (DocumentKind.PLAN, DocumentKind.PROGRAMME)
#: Kinds that have another name in a citation than in the form's list.
_KINDS: Mapping[str, str] = {
    DocumentKind.SUPERIOR_DOCUMENT: "superior_kind", DocumentKind.INTERIM_REVIEW: "interim_review",
    DocumentKind.FINAL_REVIEW: "final_review",
}


def name_of(paper: Paper, own: str = "") -> str:
    """`Kế hoạch số 05/KH-TH&THCS ngày 20/01/2026 của Trường …`: type, number, day, issuer unless it is `own`."""
    kind = say(f"dossier.papers.{_KINDS[paper.kind]}") if paper.kind in _KINDS else DocumentKind.label_of(paper.kind)
    key = "signed" if paper.number else "unnumbered"
    named = say(f"dossier.papers.{key}", kind=kind, number=paper.number, day=day(paper.signed_on))
    return say("dossier.papers.by", paper=named, issuer=paper.issuer) if paper.issuer and fold(paper.issuer) != fold(own) else named


def full_name(paper: Paper, public: bool = False) -> str:
    """The same with its subject, for a first citation.

    A public copy leaves out a subject that mentions one or two cases.
    """
    if public and tells_few(paper.subject):
        return name_of(paper)
    return say("dossier.papers.about", paper=name_of(paper), subject=paper.subject)


def signed_this_year(case: Case) -> list[Paper]:
    """Papers signed on or after the first day of the texts' periods or of the plan's year, whichever is earlier.

    The document itself is not among them, although it may be in the school's list of papers.
    """
    first = min((text.period_start for text in case.review.texts), default=case.review.plan_start)
    papers = [paper for paper in case.review.papers if paper.signed_on >= min(first, case.review.plan_start)]
    return [paper for paper in papers if not _is_itself(case, paper)]


def _is_itself(case: Case, paper: Paper) -> bool:
    """Is this paper of the school's list the document that is being made?"""
    kind = case.own_kind
    return paper.kind == kind and (kind is not DocumentKind.FINAL_REVIEW or not paper.contents or Content.MOVEMENT in paper.contents)


def names_itself(case: Case, table: str, key: str) -> bool:
    """Would the note of this cell name the document that is being made? The note names papers of one kind."""
    return case.own_kind is not None and (table, key) == ("PL2", f"documents.{case.own_kind}")


def _latest(papers: Sequence[Paper]) -> Paper:
    return max(papers, key=lambda paper: (paper.signed_on, paper.number))


def own_plan(case: Case, contents: tuple[Content, ...] = (Content.MOVEMENT, Content.SECURITY_PLAN)) -> str:
    """The school's plan of the year about the first of the contents, else about the next; empty where there is none.

    A plan whose first content it is goes before a plan that has it as second or third content.
    """
    papers = [paper for paper in signed_this_year(case) if paper.kind in _PLANS]
    for content in contents:
        for found in ([one for one in papers if one.contents[:1] == (content,)], [one for one in papers if content in one.contents]):
            if found:
                return name_of(_latest(found), case.school)
    return ""


def registration_of(case: Case) -> str:
    """The registration of the year; a gap where there is none."""
    found = [paper for paper in signed_this_year(case) if paper.kind == DocumentKind.REGISTRATION]
    return name_of(_latest(found)) if found else gap("registration")


def _minutes(case: Case) -> str:
    held = meeting_of(case)
    if held is None or not held.minutes:
        return gap("minutes")
    kind = DocumentKind.MINUTES.label
    return say("dossier.papers.signed", kind=kind, number=held.minutes, day=day(held.held_on))


# --- grounds -------------------------------------------------------------------------------------------------------


def grounds(case: Case) -> list[str]:
    """The lines “Căn cứ …” without punctuation, in order of rank: law, superiors' papers, the school's own papers.

    Only the letters that make a request have them: D1, D2 and D6.
    """
    if case.code not in ("D1", "D2", "D6"):
        return []
    text = DECISION if case.code == "D6" else CIRCULAR
    content = Content.MOVEMENT if case.code == "D6" else Content.RECOGNITION_124
    found = [*_law(case, text), *(full_name(paper, case.public) for paper in _superior(case, content))]
    if case.code == "D1":
        found.append(own_plan(case, (Content.SECURITY_PLAN, Content.MOVEMENT)) or gap("plan"))
    else:
        found += [registration_of(case)] if case.code == "D2" else []
        found.append(_minutes(case))
    return [say("dossier.papers.ground", paper=paper) for paper in dict.fromkeys(found)]


def _law(case: Case, text_id: str) -> list[str]:
    """The first citation of a text of law: type, number, day, issuer, subject, and the later texts that amended it."""
    for text in in_force(case.review.year):
        if text.id == text_id:
            kind = "circular" if text_id == CIRCULAR else "decision"
            named = say(f"dossier.papers.{kind}", number=text.number, day=day(text.signed_on), issuer=text.issuer)
            cited = f"{named} {say(f'dossier.texts.{text_id}')}"
            return [_with_amendments(case, text, cited)]
    return []


def circular_by_number(case: Case) -> str:
    """`Thông tư số 124/2021/TT-BCA`, with the later texts that amended it, for a paper without grounds of its own."""
    text = rulebook(CIRCULAR)
    return _with_amendments(case, text, say("dossier.papers.circular_short", number=text.number))


def _with_amendments(case: Case, text: Rulebook, cited: str) -> str:
    later = ", ".join(one.number for one in text.amendments if one.first_cited <= case.review.year)
    return say("dossier.papers.amended", paper=cited, amendments=later) if later else cited


def _superior(case: Case, content: Content) -> list[Paper]:
    """Superiors' papers about the matter. The recognition of an earlier year is a paper of another kind."""
    papers = signed_this_year(case)
    return [paper for paper in papers if paper.kind == DocumentKind.SUPERIOR_DOCUMENT and content in paper.contents]


# --- enclosures ----------------------------------------------------------------------------------------------------


def enclosures(case: Case) -> list[EnclosureCells]:
    """The enclosures of a submission, numbered; one that is not signed yet has only its name."""
    year = case.review.year
    if case.code == "D2":
        names = [say("dossier.enclosures.report_124", year=year), _minutes(case), registration_of(case), say("dossier.enclosures.register")]
    elif case.code == "D6":
        names = [say("dossier.enclosures.score_sheet", year=year), say("dossier.enclosures.score_list"), _minutes(case)]
    else:
        names = []
    return [
        EnclosureCells(place=str(place), text=name, line=say("dossier.papers.place_line", place=place, text=name))
        for place, name in enumerate(names, start=1)
    ]


def paper_rows(case: Case) -> list[PaperCells]:
    """Every paper that may be cited, by day of signing."""
    return [
        PaperCells(
            number=paper.number, date=day(paper.signed_on), kind=DocumentKind.label_of(paper.kind),
            subject="" if case.public and tells_few(paper.subject) else paper.subject, issuer=paper.issuer,
            line=full_name(paper, case.public),
        )
        for paper in case.review.papers if not _is_itself(case, paper)
    ]


# --- the register --------------------------------------------------------------------------------------------------


def evidence_rows(case: Case) -> list[RegisterCells]:
    """Number, code, name, place, note. A public copy leaves out the evidence of single incidents or pupils.

    D3 lists the evidence for Circular 124, every other document all evidence.
    """
    items = [item for item in case.review.evidence_register if _serves(case, item) and not (case.public and _tells(item))]
    return [
        RegisterCells(place=str(place), code=item.code, name=_name(case, item), where=_where(case, item), note=item.note)
        for place, item in enumerate(items, start=1)
    ]


def _where(case: Case, item: RegisterItem) -> str:
    """Where the item lies; a public copy names no file, the code finds it at the school."""
    return tell("register.kept") if case.public and item.where else str(item.where)


def _serves(case: Case, item: RegisterItem) -> bool:
    return case.code != "D3" or any(name.startswith(f"{CIRCULAR}/") for name in item.serves)


def _tells(item: RegisterItem) -> bool:
    """Is the item evidence of a single incident, a report of an incident, or evidence of pupils who were helped?"""
    private = say("numeric.register.private")
    return str(item.where) == private or is_incident_report(item)


def _name(case: Case, item: RegisterItem) -> str:
    """The title of the item; in a public copy only its kind, where the title mentions one or two cases."""
    return str(item.kind if case.public and tells_few(str(item.title)) else item.title)


def evidence_note(case: Case, items: int) -> str:
    """The number of items of the register, and that a public copy leaves some out; without a full stop at the end."""
    count = tell("register.none") if not items else tell("register.all", n=prose(items))
    return " ".join(paragraphs(count, tell("register.public", pupils=case.pupils) if case.public else "")).rstrip(".")
