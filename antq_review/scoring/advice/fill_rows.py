"""Makes the fewest rows that a measure lacks: papers, activities, joint actions, checks, models, commendations.

`missing(...)` gives the change with which a measure reaches its bound; None where no new row can do this (a report
that was sent late stays late), and where it is not for the school to make it (a certificate of recognition, a paper of the
superior).
"""

from __future__ import annotations

from datetime import date, timedelta

from antq_review.forms.choices import (
    CheckKind,
    CheckResult,
    CommendationLevel,
    Content,
    DocumentKind,
    InitiativeConclusion,
    InitiativeStatus,
    Partner,
    Purpose,
    Recipient,
)
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Coordination, Document, Initiative
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.advice import fill_activities as missing_activities
from antq_review.scoring.advice.shortfall import MOST_ROWS, Maker, Shortfall, adding, in_threes, lacking, new, times
from antq_review.scoring.advice.what_if import Adding, EvidenceChange, Setting, placeholder
from antq_review.text import listed


def missing(lack: Shortfall) -> EvidenceChange | None:
    """The rows to add or to fill in; None where no row helps, no row is missing, or more than `MOST_ROWS` are."""
    maker = _MAKERS.get(lack.measure)
    if maker is None or lack.look.window.days == 0 or lack.low >= lack.bound:
        return None
    found = maker(lack)
    return found if found and 0 < len(found.adding) + len(found.setting) <= MOST_ROWS else None


# --- papers ----------------------------------------------------------------------------------------------------------

#: Kinds of papers that others issue.
_OF_OTHERS = frozenset({DocumentKind.RECOGNITION, DocumentKind.SUPERIOR_DOCUMENT})


def _paper(lack: Shortfall, number: int, **more: object) -> Adding:
    values: dict[str, object] = {
        "kind": lack.first("kind"), "signed_on": lack.on, "subject": placeholder("paper", number),
        "contents_1": lack.first("contents"), "partner": lack.first("partner"), **more,
    }
    # No text asks for minutes by their contents, or for a partner that it does not name.
    rest: dict[str, object] = {"kind": DocumentKind.MINUTES, "contents_1": Content.OTHER}
    if Content.COORDINATION in values.values():
        rest["partner"] = Partner.OTHER
    return new("documents", number, rest, **values)


def _papers(lack: Shortfall) -> EvidenceChange | None:
    return None if lack.first("kind") in _OF_OTHERS else times(lack, lambda number: _paper(lack, number))


def _with_duties(lack: Shortfall) -> EvidenceChange | None:
    return times(lack, lambda number: _paper(lack, number, assigns_duties=YesNo.YES))


def _reviewed(lack: Shortfall) -> EvidenceChange | None:
    rows = lack.look.matching(lack.look.index.in_force(lack.look.window), lack.wanted)
    waiting = [row for row in rows if row.values.reviewed_on is None][: lack.count]
    if len(waiting) < lack.count:
        return times(lack, lambda number: _paper(lack, number, reviewed_on=lack.on))
    return EvidenceChange(setting=tuple(Setting.of(row, reviewed_on=lack.on) for row in waiting))


def _kinds(lack: Shortfall) -> EvidenceChange | None:
    kinds = lacking(lack, "kind")
    return None if _OF_OTHERS & set(kinds) else adding(_paper(lack, number, kind=kind) for number, kind in enumerate(kinds, start=1))


def _contents(lack: Shortfall) -> EvidenceChange:
    kind = lack.first("kind", DocumentKind.REGULATION)
    return adding(_paper(lack, number, kind=kind, **some) for number, some in in_threes("contents", lacking(lack, "contents")))


def _with_all_contents(lack: Shortfall) -> EvidenceChange | None:
    some = {f"contents_{number}": one for number, one in enumerate(lack.wanted.get("contents", ())[:3], start=1)}
    return times(lack, lambda number: _paper(lack, number, **some))


def _carrying_out(lack: Shortfall) -> EvidenceChange | None:
    """One new paper that carries out all papers of the superior which no paper carries out yet."""
    look, rows = lack.look, lack.look.evidence.of(Document)
    done = {
        found for row in rows for code in listed(row.values.carries_out)
        if row.values.signed_on <= look.window.end and (found := look.find(Document, code, row))
    }
    asked = look.matching(look.index.in_force(look.window), lack.wanted)
    codes = [row.id for row in asked if row.values.to_be_carried_out == YesNo.YES and row not in done]
    if not codes or any(look.find(Document, code) is None for code in codes):
        return None
    paper = {"kind": DocumentKind.PLAN, "contents_1": None, "partner": None, "carries_out": ";".join(codes)}
    return adding([_paper(lack, 1, **paper)])


# --- other tables ----------------------------------------------------------------------------------------------------


def _joint(lack: Shortfall, number: int, **more: object) -> Adding:
    partner = str(more.get("partner") or lack.first("partner", Partner.OTHER))
    values: dict[str, object] = {
        "held_on": _free_day(lack, partner, number), "partner": partner, "purpose": lack.first("purpose"), **more,
    }
    return new("coordinations", number, {"purpose": Purpose.OTHER}, **values)


def _free_day(lack: Shortfall, partner: str, number: int) -> date:
    """The `number`-th latest day of the window without an action with this partner.

    Two actions of one day would count as one.
    """
    taken = {row.values.held_on for row in lack.look.evidence.of(Coordination) if row.values.partner == partner}
    days = (lack.on - timedelta(days=back) for back in range(lack.look.window.days))
    free = [day for day, _ in zip((day for day in days if day not in taken), range(number), strict=False)]
    return free[-1] if free else lack.on


def _joint_actions(lack: Shortfall) -> EvidenceChange | None:
    return times(lack, lambda number: _joint(lack, number))


def _joint_each(name: str) -> Maker:
    def maker(lack: Shortfall) -> EvidenceChange:
        return adding(_joint(lack, number, **{name: value}) for number, value in enumerate(lacking(lack, name), start=1))

    return maker


def _checks(kind: CheckKind) -> Maker:
    def maker(lack: Shortfall) -> EvidenceChange | None:
        return times(lack, lambda number: new(
            "checks", number, kind=lack.first("kind", kind), from_on=lack.on, result=CheckResult.PASSED,
            checked_by=placeholder("post", number),
        ))

    return maker


def _models(lack: Shortfall) -> list[EvidenceRow[Initiative]]:
    """The models that are kept or new."""
    statuses = (InitiativeStatus.KEPT, InitiativeStatus.NEW)
    return [row for row in lack.look.evidence.of(Initiative) if row.values.status in statuses]


def _effective(lack: Shortfall) -> EvidenceChange | None:
    """Existing models that were not assessed in the window, assessed as effective; otherwise new models.

    Where a model must have begun by a day: no model that began later, and after that day no new one.
    """
    good = InitiativeConclusion.EFFECTIVE
    waiting = [row for row in _models(lack) if _has_begun(lack, row) and _may_be_assessed(lack, row)][: lack.count]
    if len(waiting) == lack.count:
        return EvidenceChange(setting=tuple(Setting.of(row, assessed_on=lack.on, conclusion=good) for row in waiting))
    if lack.begun_by is not None and lack.on > lack.begun_by:
        return None
    return times(lack, lambda number: _model(lack, number, assessed_on=lack.on, conclusion=good))


def _has_begun(lack: Shortfall, row: EvidenceRow[Initiative]) -> bool:
    """Had the model begun by the wanted day? A model that is kept began before the year."""
    if lack.begun_by is None:
        return True
    start = row.values.started_on
    return row.values.status == InitiativeStatus.KEPT if start is None else start <= lack.begun_by


def _may_be_assessed(lack: Shortfall, row: EvidenceRow[Initiative]) -> bool:
    """Is an assessment in the window still to come? A poor conclusion without its day may be that of the window."""
    poor = row.values.conclusion in (InitiativeConclusion.INEFFECTIVE, InitiativeConclusion.FORMAL)
    return not _assessed(lack, row) and not (poor and row.values.assessed_on is None)


def _assessed(lack: Shortfall, row: EvidenceRow[Initiative]) -> bool:
    return row.values.assessed_on is not None and lack.look.window.holds(row.values.assessed_on)


def _assessed_all(lack: Shortfall) -> EvidenceChange:
    waiting = [row for row in _models(lack) if not _assessed(lack, row)]
    good = InitiativeConclusion.EFFECTIVE
    return EvidenceChange(setting=tuple(
        Setting.of(row, assessed_on=lack.on, conclusion=row.values.conclusion or good) for row in waiting
    ))


def _model(lack: Shortfall, number: int, **more: object) -> Adding:
    name = placeholder("model", number)
    return new("initiatives", number, **{"name": name, "status": InitiativeStatus.NEW, "started_on": lack.on, **more})


def _named_models(lack: Shortfall) -> EvidenceChange:
    return adding(_model(lack, number, name=name) for number, name in enumerate(lacking(lack, "name"), start=1))


def _replicated(lack: Shortfall) -> EvidenceChange:
    waiting = [row for row in _models(lack) if row.values.replicated_on is None][: lack.count]
    return EvidenceChange(setting=tuple(Setting.of(row, replicated_on=lack.on) for row in waiting))


def _commendations(lack: Shortfall) -> EvidenceChange:
    return adding([new(
        "commendations", 1, awarded_on=lack.on, level=lack.first("level", CommendationLevel.SCHOOL),
        recipient=lack.first("recipient", Recipient.PERSON), count=lack.count, content=placeholder("reason", 1),
    )])


_MAKERS: dict[str, Maker] = {
    **missing_activities.MAKERS,
    "documents_signed": _papers, "documents_in_force": _papers, "duties_assigned": _with_duties,
    "documents_reviewed": _reviewed, "document_kind_coverage": _kinds, "contents_coverage": _contents,
    "documents_with_all_contents": _with_all_contents,
    "carried_out_rate": _carrying_out,
    "coordination_count": _joint_actions, "partner_coverage": _joint_each("partner"), "purpose_coverage": _joint_each("purpose"),
    "initiative_effective_count": _effective, "initiative_assessed_rate": _assessed_all, "initiative_coverage": _named_models,
    "initiative_replicated_count": _replicated,
    "check_count": _checks(CheckKind.SURROUNDINGS), "head_check_count": _checks(CheckKind.HEAD_CHECK),
    "commendation_count": _commendations,
}

