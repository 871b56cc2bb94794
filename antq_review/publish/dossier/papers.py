"""Papers that a dossier cites: what it is based on, what is handed in with it, the evidence register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from antq_review.forms import choices as lists
from antq_review.publish.dossier.context import CIRCULAR, DECISION, Case, is_incident_report
from antq_review.publish.dossier.meeting import meeting_of
from antq_review.publish.dossier.numbers import prose
from antq_review.publish.dossier.sentences import gap, paragraphs, tell
from antq_review.publish.dossier.suppression import tells_few
from antq_review.rules import in_force
from antq_review.scoring.model.numeric_tables import RegisterItem
from antq_review.scoring.model.written import Paper
from antq_review.text import day, fold, say

Row = dict[str, Any]
_PLANS = ("plan", "programme")
#: Kinds that are called otherwise in a citation than in the form's list.
_KINDS = {"superior_document": "superior_kind", "interim_review": "interim_review", "final_review": "final_review"}


def name_of(paper: Paper, own: str = "") -> str:
    """`Kế hoạch số 05/KH-TH&THCS ngày 20/01/2026 của Trường …`: type, number, day, issuer; not where that is `own`."""
    kind = say(f"dossier.papers.{_KINDS[paper.kind]}") if paper.kind in _KINDS else lists.DOCUMENT_KINDS.label(paper.kind)
    key = "signed" if paper.number else "unnumbered"
    named = say(f"dossier.papers.{key}", kind=kind, number=paper.number, day=day(paper.signed_on))
    return say("dossier.papers.by", paper=named, issuer=paper.issuer) if paper.issuer and fold(paper.issuer) != fold(own) else named


def full_name(paper: Paper, public: bool = False) -> str:
    """The same with its subject, as a first citation has it; a public copy tells no subject that speaks of one or two cases."""
    if public and tells_few(paper.subject):
        return name_of(paper)
    return say("dossier.papers.about", paper=name_of(paper), subject=paper.subject)


def signed_this_year(case: Case) -> list[Paper]:
    """Papers signed from the first day of the texts' periods, or of the plan's year, on."""
    first = min((text.period_start for text in case.review.texts), default=case.review.plan_start)
    return [paper for paper in case.review.papers if paper.signed_on >= min(first, case.review.plan_start)]


def _latest(papers: Sequence[Paper]) -> Paper:
    return max(papers, key=lambda paper: (paper.signed_on, paper.number))


def own_plan(case: Case, contents: tuple[str, ...] = ("movement", "security_plan")) -> str:
    """The school's plan of the year about the first of the contents, else about the next; empty where there is none.

    One that is first of all about it goes before one that is also about it.
    """
    papers = [paper for paper in signed_this_year(case) if paper.kind in _PLANS]
    for content in contents:
        for found in ([one for one in papers if one.contents[:1] == (content,)], [one for one in papers if content in one.contents]):
            if found:
                return name_of(_latest(found), case.school)
    return ""


def registration_of(case: Case) -> str:
    """The registration of the year, else what must be written."""
    found = [paper for paper in signed_this_year(case) if paper.kind == "registration"]
    return name_of(_latest(found)) if found else gap("registration")


def _minutes(case: Case) -> str:
    held = meeting_of(case)
    if held is None or not held.minutes:
        return gap("minutes")
    kind = lists.DOCUMENT_KINDS.label("minutes")
    return say("dossier.papers.signed", kind=kind, number=held.minutes, day=day(held.held_on))


# --- based on ------------------------------------------------------------------------------------------------------


def grounds(case: Case) -> list[str]:
    """“Căn cứ …”, bare, in order of rank: law, the superior's papers, the school's own. Only for letters that ask."""
    if case.code not in ("D1", "D2", "D6"):
        return []
    text = DECISION if case.code == "D6" else CIRCULAR
    content = "movement" if case.code == "D6" else "recognition_124"
    found = [*_law(case, text), *(full_name(paper, case.public) for paper in _superior(case, content))]
    if case.code == "D1":
        found.append(own_plan(case, ("security_plan", "movement")) or gap("plan"))
    else:
        found += [registration_of(case)] if case.code == "D2" else []
        found.append(_minutes(case))
    return [say("dossier.papers.ground", paper=paper) for paper in dict.fromkeys(found)]


def _law(case: Case, text_id: str) -> list[str]:
    """The first citation of a text of law: type, number, day, issuer, what it is about."""
    for text in in_force(case.review.year):
        if text.id == text_id:
            kind = "circular" if text_id == CIRCULAR else "decision"
            named = say(f"dossier.papers.{kind}", number=text.number, day=day(text.signed_on), issuer=text.issuer)
            return [f"{named} {say(f'dossier.texts.{text_id}')}"]
    return []


def _superior(case: Case, content: str) -> list[Paper]:
    """Papers of superiors about the matter, not those that tell how an earlier year was decided."""
    return [paper for paper in signed_this_year(case) if paper.kind == "superior_document" and content in paper.contents]


# --- handed in with it ---------------------------------------------------------------------------------------------


def enclosures(case: Case) -> list[Row]:
    """What goes with a submission, numbered; of what is not signed yet only its name."""
    year = case.review.year
    if case.code == "D2":
        names = [say("dossier.enclosures.report_124", year=year), _minutes(case), registration_of(case), say("dossier.enclosures.register")]
    elif case.code == "D6":
        names = [say("dossier.enclosures.score_sheet", year=year), say("dossier.enclosures.score_list"), _minutes(case)]
    else:
        names = []
    return [
        {"place": str(place), "text": name, "line": say("dossier.papers.place_line", place=place, text=name)}
        for place, name in enumerate(names, start=1)
    ]


def paper_rows(case: Case) -> list[Row]:
    """Every paper that may be cited, by day of signing."""
    return [
        {
            "number": paper.number, "date": day(paper.signed_on), "kind": lists.DOCUMENT_KINDS.label(paper.kind),
            "subject": "" if case.public and tells_few(paper.subject) else paper.subject, "issuer": paper.issuer,
            "line": full_name(paper, case.public),
        }
        for paper in case.review.papers
    ]


# --- the register --------------------------------------------------------------------------------------------------


def evidence_rows(case: Case) -> list[Row]:
    """TT, code, name, where, note; a public copy leaves out what stands for single incidents or pupils.

    D3 lists what rests on Circular 124, every other document all of it.
    """
    items = [item for item in case.review.evidence_register if _serves(case, item) and not (case.public and _tells(item))]
    return [
        {"place": str(place), "code": item.code, "name": _name(case, item), "where": item.where, "note": item.note}
        for place, item in enumerate(items, start=1)
    ]


def _serves(case: Case, item: RegisterItem) -> bool:
    return case.code != "D3" or any(name.startswith(f"{CIRCULAR}/") for name in item.serves)


def _tells(item: RegisterItem) -> bool:
    """Evidence of a single incident, of a report about one, of pupils helped."""
    private = say("numeric.register.private")
    return item.where == private or is_incident_report(item)


def _name(case: Case, item: RegisterItem) -> str:
    """What the piece is; in a public copy only of what kind, where its name tells of one or two cases."""
    return item.kind if case.public and tells_few(item.title) else item.title


def evidence_note(case: Case) -> str:
    """How many pieces there are, and what a public copy leaves out; no full stop at its end."""
    rows = evidence_rows(case)
    count = tell("register.none") if not rows else tell("register.all", n=prose(len(rows)))
    return " ".join(paragraphs(count, tell("register.public") if case.public else "")).rstrip(".")
