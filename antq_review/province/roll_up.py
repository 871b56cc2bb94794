"""The roll-up: what the packages of one year say together. A pure function of lists; no clock, no file, no judgement.

Only packages are added up, never roll-ups. Every figure stands on a base: *phải nộp* E, *đã nhận* R, *được tính* C.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from antq_review.forms.choices.school import LevelsTaught
from antq_review.package.model import CriterionSummary, GoalSummary, Summary, TextSummary
from antq_review.province.choose import Choice, ReportState, Standing
from antq_review.province.law_words import short_of, title_of
from antq_review.province.officer_folder import Settings
from antq_review.province.receive import Arrived
from antq_review.province.totals import Total, alike
from antq_review.scoring.model.goals import GoalStatus
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult

CIRCULAR = "tt_124"
_WORDS = {
    GoalStatus.MET: "met", GoalStatus.EXCEEDED: "met", GoalStatus.NOT_MET: "not_met", GoalStatus.OPEN: "open",
    GoalStatus.NOT_DUE: "not_due",
}


@dataclass(frozen=True)
class RollUp:
    """Everything the tables are drawn from. `seed_on`: when the seed of the sample was first seen."""

    settings: Settings
    as_of: date
    choice: Choice
    unreadable: tuple[Arrived, ...]
    seed_on: date | None = None

    @property
    def standings(self) -> list[Standing]:
        """Every school of the list."""
        return self.choice.standings

    @cached_property
    def counted(self) -> list[tuple[Standing, Summary]]:
        """The schools whose figures enter the totals, with them."""
        return [(one, one.counted.summary) for one in self.standings if one.counted is not None]

    @cached_property
    def numbers(self) -> dict[tuple[str, str], Total]:
        """(table, key) → the sum over the schools that count."""
        from antq_review.province.figures import numbers

        return numbers(self.counted, self.standings)

    def joined(
        self, key: Callable[[Standing], str], name: str, among: Callable[[Standing], bool] = lambda _: True
    ) -> Callable[[Standing], str]:
        """The key for a public copy: groups of fewer schools (`among`) than the threshold are one group of this name.

        While they are too few together, the next larger group joins them: else the total less the others would show them.
        """
        expected = {group: sum(one.state.is_expected and among(one) for one in own) for group, own in self.groups(key)}
        small: dict[str, int] = {}
        for group, schools in sorted(expected.items(), key=lambda one: (one[1], one[0])):
            if schools >= self.settings.threshold and (sum(small.values()) >= self.settings.threshold or not any(small.values())):
                break
            small[group] = schools
        return lambda one: name if key(one) in small else key(one)

    def groups(self, key: Callable[[Standing], str]) -> list[tuple[str, list[Standing]]]:
        """The schools by commune or level, in the order of their names."""
        found: dict[str, list[Standing]] = {}
        for one in self.standings:
            found.setdefault(key(one), []).append(one)
        return sorted(found.items())


@dataclass(frozen=True)
class Receipt:
    """How far the receipt of a group of schools is. Unit: schools."""

    expected: int
    received: int
    on_time: int
    late: int
    not_sent: int
    returned: int
    drafts: int
    undecided: int
    counted: int

    @classmethod
    def of(cls, standings: Iterable[Standing]) -> Receipt:
        """The counts of those among the schools that must report."""
        own = [one for one in standings if one.state.is_expected]
        timely = [one for one in own if one.late_days is not None and one.state is not ReportState.DRAFT]
        states = Counter(one.state for one in own)
        return cls(
            expected=len(own), received=sum(one.has_arrived for one in own), on_time=sum(one.late_days == 0 for one in timely),
            late=sum(one.late_days != 0 for one in timely), not_sent=states[ReportState.NOT_SENT], returned=states[ReportState.RETURNED],
            drafts=states[ReportState.DRAFT], undecided=states[ReportState.UNDECIDED], counted=sum(one.state.counts for one in own),
        )


def commune_of(standing: Standing) -> str:
    """The commune of the officer's list."""
    return standing.school.commune or ""


def level_of(standing: Standing) -> str:
    """The level of the officer's list as people write it."""
    return LevelsTaught.label_of(standing.school.levels) if standing.school.levels else ""


# --- the texts ---------------------------------------------------------------------------------------------------------


def text_of(summary: Summary, text_id: str) -> TextSummary | None:
    """The summary of a text; None where the school was not judged by it."""
    return next((one for one in summary.texts if one.id == text_id), None)


def results_124(schools: Iterable[tuple[Standing, Summary]]) -> Counter[str]:
    """The schools by their own assessment under Circular 124: a result of TextResult, `out_of_scope` where it does not apply.

    A school whose meeting has concluded nothing is insufficient, whatever its evidence says.
    """
    found: Counter[str] = Counter()
    for _, summary in schools:
        text = text_of(summary, CIRCULAR)
        found[TextResult.OUT_OF_SCOPE.value if text is None else (text.official or TextResult.INSUFFICIENT).value] += 1
    return found


@dataclass(frozen=True)
class CriterionOverAll:
    """One criterion over all schools that were judged by it: schools by the truth they state, and what leaves it open."""

    text: str
    id: str
    title: str
    truths: Counter[Truth]
    reasons: Counter[str]

    @property
    def base(self) -> int:
        """Schools that state something or leave it open."""
        return sum(self.truths.values())


def criteria(schools: Iterable[tuple[Standing, Summary]]) -> list[CriterionOverAll]:
    """Every criterion of the law's own texts, in their order. A criterion of a school's own table is no criterion of others."""
    lines: dict[tuple[str, str], CriterionOverAll] = {}
    for _, summary in schools:
        for text in (one for one in summary.texts if not one.own_table):
            for one in text.criteria:
                line = lines.setdefault((text.id, one.id), _line(text.id, one.id))
                line.truths[stated(one)] += 1
                line.reasons.update(one.reasons)
    return list(lines.values())


def _line(text_id: str, criterion: str) -> CriterionOverAll:
    return CriterionOverAll(short_of(text_id), criterion, title_of(text_id, criterion), Counter(), Counter())


def stated(one: CriterionSummary) -> Truth:
    """What the school's meeting says; else what the evidence says."""
    return one.own.truth if one.own is not None and one.own.truth is not None else one.settled


@dataclass(frozen=True)
class GoalLine:
    """One sentence of the shipped plan: schools that have it, by its status."""

    id: str
    statuses: Counter[GoalStatus]

    def count(self, word: str) -> int:
        """Schools whose result is this word of `reached`."""
        return sum(count for status, count in self.statuses.items() if _WORDS.get(status) == word)


def goals(schools: Iterable[tuple[Standing, Summary]], known: Iterable[str]) -> list[GoalLine]:
    """The sentences of the shipped catalogue, in its order. A sentence of a school's own has another id and is not here."""
    found: dict[str, Counter[GoalStatus]] = {}
    for goal, count in alike(goal for _, summary in schools for goal in summary.goals):
        found.setdefault(goal.id, Counter())[goal.status] += count
    return [GoalLine(name, found[name]) for name in dict.fromkeys(known) if name in found]


def reached(goals_: Sequence[GoalSummary]) -> Counter[str]:
    """The plan of one school by four words: met, not met, open, not due."""
    return Counter(_WORDS[one.status] for one in goals_ if one.status in _WORDS)


def rolled_up(settings: Settings, choice: Choice, arrived: Iterable[Arrived], as_of: date, seed_on: date | None = None) -> RollUp:
    """The roll-up of one year on one day."""
    return RollUp(settings, as_of, choice, tuple(one for one in arrived if one.package is None), seed_on)
