"""Who was at a meeting and what they said: the lines of two tables, from the screen to what should stand in the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from antq_review.errors import CannotDo, UsageError
from antq_review.forms.choices import MeetingBody
from antq_review.forms.columns import Choices, Row, YesNo
from antq_review.forms.rows.school import AttendeeRow, OpinionRow
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.page.meeting import NEW_LINE, Wanted, shown
from antq_review.page.words import words_of
from antq_review.publish.excel.fill_in import Written
from antq_review.text import fold, tell


class _Table(NamedTuple):
    """A table of the screen: its rows; its fields, the one that tells the lines apart first; those that may stay blank; the lists."""

    model: type[Row]
    fields: tuple[str, ...]
    optional: tuple[str, ...]
    lists: Mapping[str, type[Choices]]


#: The letter with which the fields of a table begin on the screen.
TABLES = {
    "a": _Table(AttendeeRow, ("name", "post", "body", "present", "absence_reason"), ("post", "absence_reason"),
                {"body": MeetingBody, "present": YesNo}),
    "o": _Table(OpinionRow, ("speaker", "opinion"), (), {}),
}
#: Blank lines that the screen adds, and how many lines it shows at most: a form holds no more fields (BODY_FIELDS in guard.py).
_MORE, MOST = 5, 500


@dataclass(frozen=True)
class PeopleLine:
    """One line on the screen. `name`: how its fields begin; `number`: its row in the sheet, NEW_LINE for a blank one."""

    name: str
    values: Mapping[str, str]
    number: int

    @property
    def key(self) -> str:
        """What tells the line from the others; empty for a blank one."""
        return next(iter(self.values.values()))


def people_lines(evidence: Evidence, code: str, typed: Mapping[str, str]) -> dict[str, list[PeopleLine]]:
    """Letter of a table → the lines that stand for a meeting, then blank ones, at least as many as were typed."""
    return {letter: _lines(evidence, code, letter, table, typed) for letter, table in TABLES.items()}


def _lines(evidence: Evidence, code: str, letter: str, table: _Table, typed: Mapping[str, str]) -> list[PeopleLine]:
    standing = [({name: shown(row.value_of(name)) for name in table.fields}, row.number) for row in _standing(evidence, code, table)[:MOST]]
    last = max((int(found[1]) for name in typed if (found := re.match(rf"{letter}([0-9]{{1,3}})_", name))), default=-1)
    blank = (dict.fromkeys(table.fields, ""), NEW_LINE)
    every = [*standing, *[blank] * max(_MORE, last + 1 - len(standing))][:MOST]
    return [PeopleLine(f"{letter}{index}", values, number) for index, (values, number) in enumerate(every)]


def _standing(evidence: Evidence, code: str, table: _Table) -> list[EvidenceRow[Row]]:
    """The lines of a meeting in the form."""
    return [row for row in evidence.of(table.model) if code and fold(str(row.value_of("meeting"))) == fold(code)]


def not_shown(evidence: Evidence, code: str) -> dict[str, int]:
    """Letter of a table → how many lines of a meeting its screen has no room for; they stay as they are."""
    return {letter: max(0, len(_standing(evidence, code, table)) - MOST) for letter, table in TABLES.items()}


def wanted_people(typed: Mapping[str, str], code: str, lines: Mapping[str, list[PeopleLine]]) -> Iterator[Wanted]:
    """What should stand in the sheet where it differs; a blank field asks for nothing, and so does a line of another meeting.

    Raises UsageError for a new line that lacks something, CannotDo where a line is no longer what the screen showed.
    """
    other_meeting = fold(typed.get("m_shown", "")) != fold(code)
    for letter, table in TABLES.items():
        for line in lines[letter]:
            given = {name: typed.get(f"{line.name}_{name}", "").strip() for name in table.fields}
            becomes = {name: given[name] or line.values[name] for name in table.fields}
            was = typed.get(f"{line.name}_was", "")
            if becomes == line.values or (was and other_meeting):
                continue
            if fold(was) != fold(line.key):
                raise CannotDo(tell("page.meeting.people_changed", given=given[table.fields[0]][:40]))
            blank = [words_of(f"meeting.people.{name}") for name in table.fields if not becomes[name] and name not in table.optional]
            if blank:
                raise UsageError(tell("page.meeting.people_fill", fields=", ".join(blank), given=becomes[table.fields[0]][:40]))
            values: dict[str, Written] = {"meeting": code}
            values |= {name: _written(table, name, value) for name, value in becomes.items() if value}
            yield Wanted(table.model, {"meeting": code, table.fields[0]: line.key}, values, line.number)


def _written(table: _Table, name: str, value: str) -> str:
    """The value as its cell holds it. Raises UsageError for one that is not in its list."""
    if name not in table.lists:
        return value
    if value not in list(table.lists[name]):
        raise UsageError(tell("page.meeting.fill"))
    return table.lists[name].label_of(value)
