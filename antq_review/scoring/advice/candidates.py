"""Candidate steps for open criteria and goals: from their reasons, and from the rows that their measures lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from antq_review.forms.choices import Operator, SetBy, SubjectRating, Verified
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Rating
from antq_review.forms.rows.school import PlanRow
from antq_review.forms.sheets import sheet_named
from antq_review.ingest.declarations import declared, unclear_units
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.period import Period, calendar_year
from antq_review.rules.model import Provision
from antq_review.scoring.advice.missing_rows import Lack, rows_step, wanted_value
from antq_review.scoring.advice.review_meeting import awaits_its_name, meeting_step, naming_step
from antq_review.scoring.advice.step import Effort, Recommendation, joined
from antq_review.scoring.advice.what_if import Adding, Baseline, Declaring, EvidenceChange, Setting, placeholder
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.judging.targets import target_of
from antq_review.scoring.model.outcome import SETTLED_BY_MEETING, Reason, Truth
from antq_review.scoring.model.review import Finding, Goal, GoalStatus
from antq_review.scoring.score_table.table import COMPLETES
from antq_review.source import CellRef, grouped
from antq_review.text import Listing, Message, listing, tell, words

#: How many places the words of a step name.
_MOST_PLACES = 5
#: The refused cell where a sheet was refused as a whole.
_WHOLE_SHEET = "A1"


@dataclass(frozen=True)
class Open:
    """An open criterion of a text or an open goal (`text` empty), with its candidate steps.

    `points`: the points still open.
    """

    text: str
    id: str
    steps: tuple[Recommendation, ...]
    points: Decimal = Decimal(0)


@dataclass
class Finder:
    """Finds the candidate steps of one review.

    `_mended`: the places (file, sheet, row) of refused rows that the steps found so far mend.
    """

    standing: Baseline
    _mended: set[tuple[str, str, int]] = field(default_factory=set)

    def everything_open(self) -> Iterator[Open]:
        """The open criteria, then the open goals."""
        meeting, naming = meeting_step(self.standing), naming_step(self.standing, self.standing.index)
        for text, rulebook in zip(self.standing.texts, self.standing.rulebooks, strict=True):
            rules = {criterion.id: criterion for criterion in rulebook.criteria}
            for finding in text.findings:
                if not finding.settled.settled:
                    window = rulebook.period.of(self.standing.year)
                    steps = [*self._of_reasons(finding.reasons, text.data_until)]
                    steps += self._lacking(finding, rules[finding.id], window)
                    steps += [_rules(text.id, finding, self.standing.evidence)] if finding.is_unread else []
                    meet = naming if awaits_its_name(self.standing, text.id, finding) else meeting
                    if meet and any(why.code in SETTLED_BY_MEETING for why in finding.reasons):
                        steps.append(meet)
                    width = (finding.settled.high or Decimal(0)) - (finding.settled.low or Decimal(0))
                    yield Open(text.id, finding.id, _each_once(steps), width)
        yield from self._open_goals()

    # --- from reasons ------------------------------------------------------------------------------------------------

    def _of_reasons(self, reasons: Iterable[Reason], until: date) -> list[Recommendation]:
        found = [step for why in reasons if (step := self._of_reason(why, until)) is not None]
        return list(dict.fromkeys(found))

    def _of_reason(self, why: Reason, until: date) -> Recommendation | None:
        if why.code == "undeclared":
            return self._declare(why, until)
        if why.code == "refused_row":
            return self._mend(why)
        if why.code in SETTLED_BY_MEETING or why.code == "rule_missing":
            return None
        if why.code == "unrated":
            return self._rate(why.subject)
        if why.code == "unverified":
            return self._fill("incidents", why, ({"verified": Verified.YES}, {"verified": Verified.REFUTED}))
        if why.code == "no_launching_paper":
            return self._fill("activities", why, ({"launched_by": "?paper"},))
        if why.code == "goal_proposed":
            rows = [row for row in self.standing.evidence.of(PlanRow) if row.values.set_by == SetBy.PROPOSED]
            change = EvidenceChange(setting=tuple(Setting.of(row, set_by=SetBy.SCHOOL) for row in rows))
            return Recommendation(why.settles, Effort.ENTER, (change,), assumes=tell("what_if.assumes.proposed"))
        return Recommendation(why.settles, Effort.ENTER) if why.settles else None

    def _declare(self, why: Reason, until: date) -> Recommendation | None:
        evidence, sheet = self.standing.evidence, sheet_named(why.subject)
        state = declared(evidence, sheet)
        units = state.missing_units
        if evidence.unread_files or evidence.refused("units") or set(units) & set(unclear_units(evidence)):
            return Recommendation(why.settles, Effort.ENTER, repair=True)
        if not units and not any(copy.sheet == sheet.name for copy in evidence.copies):
            units = ("",)
        says = tell("what_if.declare.form", form=sheet.title, day=until)
        if state.missing_units:
            says = tell("what_if.declare.units", form=sheet.title, day=until, units=listing(state.missing_units))
        change = EvidenceChange(declaring=(Declaring(sheet.name, until, units),))
        return Recommendation(says, Effort.ENTER, (change,), family=f"declare {sheet.name}", assumes=tell("what_if.assumes.declare"))

    def _mend(self, why: Reason) -> Recommendation:
        """The step that mends refused rows.

        Its effect is unknown, because the content of the mended rows is unknown.
        """
        refused = [ref for table in sheet_named(why.subject).tables for ref in self.standing.evidence.refused(table.name)]
        self._mended.update((ref.file, ref.sheet, ref.row) for ref in refused)
        said = [
            tell(f"what_if.mend.{what}", where=_listed(where)) for what, where in (
                ("sheets", list(dict.fromkeys(f"{ref.file} › {ref.sheet}" for ref in refused if ref.cell == _WHOLE_SHEET))),
                ("rows", grouped(ref for ref in refused if ref.cell != _WHOLE_SHEET)),
            ) if where
        ]
        return Recommendation(joined(said), Effort.ENTER, repair=True)

    def other_errors(self) -> Recommendation | None:
        """One step for all errors of the forms that no step found so far mends."""
        errors = [entry for entry in self.standing.evidence.problems if entry.severity is Severity.ERROR]
        places = [entry.place for entry in errors if not self._is_mended(entry)]
        return Recommendation(tell("what_if.mend.errors", where=_listed(places)), Effort.ENTER, repair=True) if places else None

    def _is_mended(self, entry: Problem) -> bool:
        if entry.file in self.standing.evidence.unread_files:
            return True
        rows = {CellRef(file=entry.file, sheet=entry.sheet, cell=cell).row for cell in entry.cells} or {1}
        return {(entry.file, entry.sheet, row) for row in rows} <= self._mended

    def _rate(self, unit: str) -> Recommendation:
        rows = [row for row in self.standing.evidence.of(Rating) if folded(row.values.unit) == folded(unit)]
        changes = []
        for rating in (SubjectRating.COMPLETED, SubjectRating.GOOD):
            if rows:
                changes.append(EvidenceChange(setting=tuple(Setting.of(row, rating=rating) for row in rows)))
            else:
                file = placeholder("file", 1)
                values = (("unit", unit), ("eligible", YesNo.YES), ("rating", rating), ("file", file))
                changes.append(EvidenceChange(adding=(Adding("ratings", values),)))
        return Recommendation(tell("what_if.rate", unit=unit), Effort.ENTER, tuple(changes))

    def _fill(self, table: str, why: Reason, values: Sequence[dict[str, str]]) -> Recommendation:
        rows = [row for row in self.standing.evidence.rows(table) if row.id == why.subject]
        if len(rows) != 1:
            return Recommendation(why.settles, Effort.ENTER)
        return Recommendation(why.settles, Effort.ENTER, tuple(EvidenceChange(setting=(Setting.of(rows[0], **one),)) for one in values))

    # --- from missing rows -------------------------------------------------------------------------------------------

    def _lacking(self, finding: Finding, provision: Provision, window: Period) -> Iterator[Recommendation]:
        """The steps that add the rows which the measures of a finding and its parts lack."""
        if finding.computed.settled and finding.computed.truth is not Truth.NO:
            return
        parts = list(zip(finding.parts, provision.parts, strict=False))
        for shown, reading in zip(finding.readings, provision.readings, strict=False):
            parts += zip(shown.parts, reading.parts, strict=False)
        for part, rule in parts:
            yield from self._lacking(part, rule, window)
        bound = wanted_value(finding, provision)
        if bound is not None and finding.measurement is not None and provision.measure:
            lack = Lack(provision.measure, provision.filter, bound, finding.measurement.low, window, provision.due_quarter)
            yield from rows_step(self.standing, self.standing.index, lack)

    # --- the plan ------------------------------------------------------------------------------------------------------

    def _open_goals(self) -> Iterator[Open]:
        standing, rows = self.standing, dict[str, list[dict[str, tuple[str, ...]]]]()
        for row in standing.evidence.of(PlanRow):
            rows.setdefault(str(row.values.goal_id), []).append(dict(target_of(row, standing.year).wanted))
        for goal in standing.goals:
            if goal.status in (GoalStatus.OPEN, GoalStatus.NOT_DUE):
                yield Open("", goal.id, _each_once(self._of_goal(goal, rows[goal.id])))

    def _of_goal(self, goal: Goal, wanted: list[dict[str, tuple[str, ...]]]) -> Iterator[Recommendation]:
        year = calendar_year(self.standing.year)
        for part, asked in zip(goal.parts, wanted, strict=True):
            if part.status not in (GoalStatus.OPEN, GoalStatus.NOT_DUE, GoalStatus.NOT_MET):
                continue
            until = min(part.due_on, year.end, self.standing.as_of)
            yield from self._of_reasons(part.reasons, until)
            if part.measurement and part.target is not None and part.operator == Operator.AT_LEAST:
                period = Period(year.start, max(year.start, min(part.due_on, year.end)))
                lack = Lack(part.measure, asked, part.target, part.measurement.low, period)
                yield from rows_step(self.standing, self.standing.index, lack)


def _each_once(steps: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    """The steps, those with the same changes and words once: with the earliest last day, up to which it has its whole effect."""
    kept: dict[Recommendation, Recommendation] = {}
    for step in steps:
        key = replace(step, latest=None)
        kept[key] = kept.get(key, step).by(step.latest)
    return tuple(kept.values())


def _listed(places: Sequence[str]) -> Listing | Message:
    first = listing(places[:_MOST_PLACES], "; ")
    return first if len(places) <= _MOST_PLACES else tell("what_if.and_more", places=first)


def _rules(text: str, finding: Finding, evidence: Evidence) -> Recommendation:
    """The step for a provision whose text is not known: copy the paper table, or mend the copy that cannot be used."""
    says = finding.reasons[0].settles
    for fault in evidence.problems if text == COMPLETES else ():
        if own := words("ingest")["problems"][fault.code].get("step"):
            says = tell(own, place=fault.place, files=fault.found)
    return Recommendation(says, Effort.ENTER, rules=((text, finding.points or Decimal(0)),))
