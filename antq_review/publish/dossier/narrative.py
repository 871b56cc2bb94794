"""Sections I, II, III.1 and III.2 of the year's report: size, leadership, outreach, the head's duty.

All numbers come from the cells of the numeric tables.
"""

from __future__ import annotations

from antq_review.forms.choices import PUPILS, STAFF, Audience, Content, DocumentKind, UnitKind
from antq_review.publish.dossier.context import Case, every
from antq_review.publish.dossier.numbers import Figure, listed, prose, rate_of
from antq_review.publish.dossier.papers import name_of, signed_this_year
from antq_review.publish.dossier.sentences import counted, joined, lowered, paragraphs, tell
from antq_review.scoring.model.outcome import Measurement
from antq_review.scoring.model.written import Paper
from antq_review.text import day

#: Kinds of papers that direct a school's year, in the order of their rank.
_LEADING = (
    DocumentKind.RESOLUTION, DocumentKind.REGISTRATION, DocumentKind.PLAN, DocumentKind.PROGRAMME, DocumentKind.SCHEME,
)
#: Kinds that direct it whatever they are about. Another one must be about one of the contents.
_ALWAYS_LEADING = (DocumentKind.RESOLUTION, DocumentKind.REGISTRATION)
_CONTENTS = frozenset({Content.SECURITY_PLAN, Content.MOVEMENT, Content.RECOGNITION_124})
_PAPERS = (
    DocumentKind.RESOLUTION, DocumentKind.PLAN, DocumentKind.PROGRAMME, DocumentKind.SCHEME, DocumentKind.REGISTRATION,
    DocumentKind.DECISION, DocumentKind.RULES, DocumentKind.PERIODIC_REPORT,
)


def size_paragraphs(case: Case) -> list[str]:
    """People by group, on the day of the count, and units."""
    cells = case.cells
    staff, pupils = cells.figure("PL1", "people.staff"), cells.figure("PL1", "people.pupils")
    table = case.review.table("PL1")
    if not staff.positive or not pupils.positive:
        return [tell("size.unknown", pupils=case.pupils)]
    one_day = table is not None and table.period_start == table.period_end
    places = {"staff": prose(staff.value or 0), "count": prose(pupils.value or 0), "pupils": case.pupils}
    people = tell("size.people", day=day(table.period_end), **places) if table and one_day else tell("size.people_undated", **places)
    return [
        people,
        *joined(_group(case, "size.staff", STAFF), _group(case, "size.pupils", PUPILS), _no_guards(case)),
        *joined(_units(case)),
    ]


def _group(case: Case, key: str, groups: tuple[Audience, ...]) -> str:
    parts = [(lowered(group.called(case.pupils)), case.cells.figure("PL1", f"people.{group}")) for group in groups]
    shown = listed(parts)
    return tell(key, list=shown, pupils=case.pupils) if shown else ""


def _no_guards(case: Case) -> str:
    return tell("size.no_guards") if case.cells.figure("PL1", "people.guards").state == "zero" else ""


def _units(case: Case) -> str:
    kinds = (UnitKind.SUBJECT_GROUP, UnitKind.OFFICE)
    parts = [(case.cells.figure("PL1", "classes"), tell("size.classes"))]
    parts += [(case.cells.figure("PL1", f"units.{kind}"), lowered(kind.label)) for kind in kinds]
    there = [f"{figure.prose} {label}" for figure, label in parts if figure.positive]
    return tell("size.units", list=", ".join(there)) if there else ""


# --- II ------------------------------------------------------------------------------------------------------------


def leadership_paragraphs(case: Case) -> list[str]:
    """The directing papers, the number of papers of each kind, superiors' papers carried out, reports on time."""
    leading = [paper for paper in signed_this_year(case) if _leads(paper)]
    leading.sort(key=lambda paper: (_LEADING.index(paper.kind), paper.signed_on, paper.number))
    named = "; ".join(name_of(paper, case.school) for paper in leading)
    basis = tell("leadership.basis", list=named) if named else tell("leadership.nothing")
    labels = {name: case.cells.label("PL2", f"documents.{name}") for name in _PAPERS}
    kinds = "; ".join(
        f"{figure.prose} {lowered(labels[name])}"
        for name in _PAPERS if (figure := case.cells.figure("PL2", f"documents.{name}")).positive
    )
    return [
        basis,
        *joined(
            counted("leadership.all", case.cells.figure("PL2", "documents.all")),
            tell("leadership.kinds", list=kinds) if kinds else "",
            counted("leadership.in_force", case.cells.figure("PL2", "documents.coordination")),
        ),
        *_boards(case),
        *joined(_rate(case, "head_duty.carried_out", "carried_out_rate"), _rate(case, "head_duty.on_time", "report_on_time_rate")),
        *joined(_reviews(case)),
    ]


def _boards(case: Case) -> list[str]:
    """The school's steering board and its core team, by post, as their decisions of the year say.

    Without a decision of the year: as the latest earlier one says that is still in force.
    """
    told = []
    for name, content in (("steering_board", Content.STEERING_BOARD), ("core_team", Content.CORE_TEAM)):
        papers = [paper for paper in case.review.papers if content in paper.contents and paper.members_by_post]
        new = [paper for paper in papers if paper in signed_this_year(case)]
        told += [
            tell(f"leadership.{name}", paper=name_of(paper, case.school), members=paper.members_by_post)
            for paper in new or sorted(papers, key=lambda paper: paper.signed_on)[-1:]
        ]
    return paragraphs(*told)


def _leads(paper: Paper) -> bool:
    return paper.kind in _ALWAYS_LEADING or (paper.kind in _LEADING and not _CONTENTS.isdisjoint(paper.contents))


def _reviews(case: Case) -> str:
    papers, own = signed_this_year(case), case.school
    kinds = (DocumentKind.INTERIM_REVIEW, DocumentKind.FINAL_REVIEW)
    found = {kind: [name_of(paper, own) for paper in papers if paper.kind == kind] for kind in kinds}
    shown = "; ".join(name for names in found.values() for name in names)
    if not shown:
        return ""
    return tell("leadership.reviews.both" if all(found.values()) else "leadership.reviews.some", list=shown)


def _rate(case: Case, key: str, measure: str) -> str:
    """A settled rate of some criterion with its fraction; empty where the rate is open or its base is 0."""
    found = measured(case, measure)
    if found is None or not found.settled or not found.base or found.count is None or case.hides(found):
        return ""
    figure = Figure(found.count)
    return counted(key, figure, count=prose(found.count), base=prose(found.base), rate=rate_of(found.low))


def measured(case: Case, measure: str) -> Measurement | None:
    """The measurement of the first criterion that uses the measure, where the measure applies; else None."""
    found = (below.measurement for text in case.review.texts for top in text.findings for below in every(top))
    return next((one for one in found if one is not None and one.measure == measure and one.applies), None)


# --- III.1, III.2 --------------------------------------------------------------------------------------------------


def outreach_paragraphs(case: Case) -> list[str]:
    """Activities, their forms and topics, attendances, the share of each audience; audiences with 0 % come apart."""
    cells = case.cells
    forms, topics = (_by(case, f"activities.{name}.") for name in ("form", "topic"))
    return joined(
        counted("outreach.all", cells.figure("PL3", "activities.all")),
        counted("outreach.by_pupils", cells.figure("PL3", "activities.by_pupils"), pupils=case.pupils),
        tell("outreach.forms", list=forms) if forms else "",
    ) + paragraphs(
        tell("outreach.topics", list=topics) if topics else "", counted("outreach.attendances", cells.figure("PL3", "attendances.all"))
    ) + joined(*_rates(case)) or [tell("outreach.nothing")]


def _by(case: Case, begins: str) -> str:
    keys = case.cells.keys("PL3", begins)
    return listed((lowered(case.cells.label("PL3", key)), case.cells.figure("PL3", key)) for key in keys)


def _rates(case: Case) -> list[str]:
    rates, unreached = list[tuple[str, str]](), list[str]()
    for key in case.cells.keys("PL3", "rate."):
        name = lowered(Audience.label_of(key.removeprefix("rate."), case.pupils))
        figure = case.cells.figure("PL3", key)
        if figure.positive:
            rates.append((name, case.cells.rate("PL3", key)))
        elif figure.state == "zero":
            unreached.append(name)
    return paragraphs(
        _rates_told(rates), tell("outreach.nobody", list=", ".join(unreached)) if unreached else ""
    )


def _rates_told(rates: list[tuple[str, str]]) -> str:
    """A rate that all audiences share is given once."""
    if len(rates) > 1 and len({rate for _, rate in rates}) == 1:
        return tell("outreach.rates_equal", rate=rates[0][1], list="; ".join(name for name, _ in rates))
    each = [tell("outreach.rate", label=name, rate=rate) for name, rate in rates]
    return tell("outreach.rates", list="; ".join(each)) if each else ""


def head_duty_paragraphs(case: Case) -> list[str]:
    """The head's own checks."""
    done, passed = (case.cells.figure("PL5", key) for key in ("checks.head_check", "checks.head_check.passed"))
    all_passed = done.state == "many" and passed.state == "many" and done.value == passed.value
    told = tell("head_duty.passed.all") if all_passed else counted("head_duty.passed", passed, all=done.prose) if done.positive else ""
    return joined(counted("head_duty.checks", done, head=case.head), told) or [tell("head_duty.nothing", head=case.head)]
