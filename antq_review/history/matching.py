"""Matches criteria of one year with criteria of the next: by a mapping if a text replaced another, else by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from antq_review.forms.catalogue import is_own, same_sentence
from antq_review.history.wording import asked
from antq_review.rules import MappingKind
from antq_review.scoring.model.review import Finding, Goal, TextReview


@dataclass(eq=False)
class Thread:
    """One criterion through the years.

    `found`: index of the year → finding; `split_from`: the older criterion of which it was a part; `born`: index of its
    first year.
    """

    found: dict[int, Finding] = field(default_factory=dict)
    split_from: Finding | None = None
    born: int = 0

    @property
    def newest(self) -> Finding:
        """The finding of the latest year that has one."""
        return self.found[max(self.found)]


def texts_of_years(years: Sequence[Sequence[TextReview]]) -> list[dict[int, TextReview]]:
    """For each text, index of the year → its review. A text continues one of the same id or of its mapping."""
    rows: list[dict[int, TextReview]] = []
    for index, texts in enumerate(years):
        for text in texts:
            row = next((row for row in rows if index - 1 in row and _follows(text, row[index - 1])), None)
            if row is None:
                row = next((row for row in rows if index not in row and row[max(row)].id == text.id), None)
            if row is None:
                rows.append({index: text})
            else:
                row[index] = text
    return rows


def _follows(text: TextReview, older: TextReview) -> bool:
    """Are they the same text, or does a mapping connect them?

    Both directions count, because a past year may have been judged again by the newer text.
    """
    return text.id == older.id or _names(text, older) or _names(older, text)


def _names(text: TextReview, other: TextReview) -> bool:
    return any(mapping.older == other.id for mapping in text.mapping)


def threads(text: dict[int, TextReview]) -> list[Thread]:
    """The criteria of one text through its years, in the order of the newest year; criteria that ended come last."""
    found: list[Thread] = []
    last: dict[str, Thread] = {}
    older: TextReview | None = None
    for index in sorted(text):
        now = text[index]
        partners = _partners(now, older) if older is not None else {}
        current: dict[str, Thread] = {}
        for finding in now.findings:
            thread = _continued(finding, partners, last, index)
            if thread not in found:
                found.append(thread)
            thread.found[index] = finding
            current[finding.id] = thread
        last, older = current, now
    newest = max(text)
    order = [finding.id for finding in text[newest].findings]
    return sorted(found, key=lambda one: order.index(one.found[newest].id) if newest in one.found else len(order))


def _continued(finding: Finding, partners: dict[str, tuple[str, bool]], last: dict[str, Thread], index: int) -> Thread:
    old, split = partners.get(finding.id, ("", False))
    if old in last and not split:
        return last[old]
    return Thread(split_from=last[old].newest if old in last else None, born=index)


def _partners(now: TextReview, older: TextReview) -> dict[str, tuple[str, bool]]:
    """Criterion of this year → (criterion of the year before, whether it is only a part of the older one)."""
    same = {finding.id: (finding.id, False) for finding in now.findings}
    if _names(older, now) and not _names(now, older):
        return {old: (new, False) for new, old in _pairs(older, now).items()}
    mappings = [mapping for mapping in now.mapping if mapping.older == older.id]
    if not mappings or [(one.id, asked(one)) for one in now.findings] == [(one.id, asked(one)) for one in older.findings]:
        return same
    found = {new: (old, False) for new, old in _pairs(now, older).items()}
    for mapping in mappings:
        if mapping.kind is MappingKind.SPLIT:
            found |= {new: (mapping.old[0], True) for new in mapping.new}
    return found


def _pairs(newer: TextReview, older: TextReview) -> dict[str, str]:
    """Criterion of the newer text → the one criterion of the older text that it continues."""
    return {
        new: old
        for mapping in newer.mapping
        if mapping.older == older.id and mapping.kind in (MappingKind.SAME, MappingKind.RENAMED)
        for old, new in zip(mapping.old, mapping.new, strict=True)
    }


# --- the plan ------------------------------------------------------------------------------------------------------


def goals_of_years(years: Sequence[tuple[int, Sequence[Goal]]]) -> dict[str, dict[int, Goal]]:
    """Name → index of the year → goal, in the order of the newest year. `years`: each year with its goals.

    A goal continues the goal with the same sentence, under whatever id. With another sentence it continues the goal of the
    same id: the line says then that the wording differs. But an id that the program gave (T-01) may mean another sentence
    in every year, so it alone continues nothing; such goals of one id get the year in their name.
    """
    rows: list[dict[int, Goal]] = []
    for index in reversed(range(len(years))):
        left = list(years[index][1])
        for alike in (_same_goal, _same_words, _same_id):
            for goal in tuple(left):
                row = next((row for row in rows if index not in row and alike(goal, row[min(row)])), None)
                if row is not None:
                    row[index] = goal
                    left.remove(goal)
        rows += [{index: goal} for goal in left]
    found: dict[str, dict[int, Goal]] = {}
    for row in rows:
        name = row[max(row)].id
        found[name if name not in found else f"{name} ({years[max(row)][0]})"] = row
    return found


def _words(goal: Goal) -> tuple[str, ...]:
    return tuple(dict.fromkeys(same_sentence(goal.id, part.quote) for part in goal.parts))


def _same_goal(goal: Goal, other: Goal) -> bool:
    return goal.id == other.id and _same_words(goal, other)


def _same_words(goal: Goal, other: Goal) -> bool:
    return _words(goal) == _words(other)


def _same_id(goal: Goal, other: Goal) -> bool:
    return goal.id == other.id and not is_own(goal.id)
