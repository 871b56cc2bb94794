"""The numeric tables in words: this year beside last year, and the change. An unknown number is a dash, never a 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from antq_review.history.compare import former_code
from antq_review.history.model import Comparison, LineKind, Why
from antq_review.publish import wording as phrases
from antq_review.publish.tables.year_before import with_year_before
from antq_review.scoring.model.numeric_tables import NumericRow, NumericTable
from antq_review.scoring.model.review import Review
from antq_review.text import day, number, say

#: The unit of a row whose value is a percentage.
PERCENT = "%"
#: The report gathers the lines of 0 of a table in one sentence if there are at least this many.
_ZEROS_GATHERED = 4
#: The numbers that the report prints itself.
_MAIN = (
    "PL1/people.pupils", "PL1/people.staff", "PL2/documents.all", "PL2/documents.coordination", "PL3/activities.all",
    "PL3/attendances.all", "PL3/pledges.all", "PL4/models.kept", "PL4/models.effective", "PL5/guard.hours_uncovered",
    "PL5/checks.head_check", "PL6/coordination.all", "PL7/incidents.all", "PL7/incidents.unverified", "PL8/support.counselled",
    "PL9/awards.collective", "PL9/awards.person",
)


@dataclass(frozen=True)
class NumberLine:
    """One line of a table.

    `place`: its number from 1; `now`: this year's row, None if only last year had it; `before`: last year's row, None
    if last year did not have it. `alike`: the two rows can be compared (same subject, same unit, periods of equal
    length).
    """

    place: int
    now: NumericRow | None
    before: NumericRow | None
    alike: bool = True

    @property
    def row(self) -> NumericRow:
        """The row that gives the line its key, label and unit."""
        return _either(self.now, self.before)

    @property
    def note(self) -> str:
        """This year's note; if only last year had the line, a note that it does not exist any more."""
        return str(self.now.note) if self.now else say("publish.numbers.only_before")

    @property
    def change(self) -> str:
        """`+3; +12,5%`, `0`. A dash if one of the numbers is not exactly known, and for a percentage of 0."""
        before, now = exact(self.before), exact(self.now)
        if before is None or now is None or not self.alike:
            return dash()
        gap = now - before
        if not gap:
            return number(gap)
        if is_percent(self.row):
            return say("publish.numbers.percent_points", change=_signed(gap, 1))
        share = _signed(gap / before * 100, 1) + "%" if before else dash()
        return say("publish.numbers.change", change=_signed(gap), share=share)

    @property
    def zero(self) -> bool:
        """Is the number exactly 0 this year, last year not known to be different, and is there no note?"""
        return exact(self.now) == 0 and exact(self.before) in (0, None) and not self.note


@dataclass(frozen=True)
class NumberTable:
    """One table of this year with last year's numbers beside it."""

    table: NumericTable
    lines: tuple[NumberLine, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """`Biểu PL2. Văn bản`."""
        return say("publish.numbers.title", id=self.table.id, title=self.table.title)

    @property
    def has_before(self) -> bool:
        """Is any number of last year known? Without one the columns of last year and of the change are left out."""
        return any(shown(line.before) != dash() for line in self.lines)

    def gathered(self) -> tuple[list[NumberLine], list[NumberLine]]:
        """(lines to show, lines of 0 that are gathered in one sentence)."""
        zeros = [line for line in self.lines if line.zero]
        if len(zeros) < _ZEROS_GATHERED:
            return list(self.lines), []
        return [line for line in self.lines if not line.zero], zeros


def dash() -> str:
    """The sign printed for an unknown number."""
    return say("publish.numbers.dash")


def is_percent(row: NumericRow) -> bool:
    """Is the number a percentage?"""
    return str(row.unit) == PERCENT


def exact(row: NumericRow | None) -> Decimal | None:
    """The number of a row; None if it is unknown or only a lower end."""
    return None if row is None or row.at_least else row.value


def _either(now: NumericRow | None, before: NumericRow | None) -> NumericRow:
    """This year's row, else last year's; a line has at least one of them."""
    found = now or before
    assert found is not None
    return found


def _signed(value: Decimal, decimals: int | None = None) -> str:
    shown = number(abs(value), decimals)
    return shown if shown == "0" else ("+" if value > 0 else "-") + shown


def shown(row: NumericRow | None) -> str:
    """A row's number in words: `12`, `98,5%`, `từ 12 trở lên`, `Đạt`; a dash if it is not known."""
    if row is None:
        return dash()
    if row.words:
        return str(row.words)
    if is_percent(row):
        return _shown_percent(row)
    if row.value is None:
        return dash()
    return phrases.between(row.value, row.at_most) if row.at_least else number(row.value)


def _shown_percent(row: NumericRow) -> str:
    if row.value is None:
        return dash()
    low = phrases.rate(row.value / 100)
    if not row.at_least:
        return low
    if row.at_most is None:
        return say("publish.phrases.at_least", low=low) if row.value else say("publish.phrases.unclear")
    return phrases.rate_between(row.value / 100, row.at_most / 100)


# --- tables --------------------------------------------------------------------------------------------------------


def number_tables(review: Review, previous: Review | None) -> list[NumberTable]:
    """PL1–PL10 of the review, with the numbers of the year before if `previous` is the review of that year."""
    compared = with_year_before(previous, review) if previous is not None else None
    return [_with_before(table, review, previous, compared) for table in review.tables]


def main_numbers(review: Review, previous: Review | None) -> list[tuple[str, NumberLine]]:
    """The main numbers, each with the name of its table, in the order of the tables."""
    found = {f"{one.table.id}/{line.row.key}": (one.table.id, line) for one in number_tables(review, previous) for line in one.lines}
    return [found[key] for key in _MAIN if key in found]


def _with_before(table: NumericTable, review: Review, previous: Review | None, compared: Comparison | None) -> NumberTable:
    before = previous.table(table.id) if previous else None
    lines = tuple(
        NumberLine(place, now, old, compared is None or _alike(compared, table, _either(now, old).key))
        for place, (now, old) in enumerate(_pairs(table, before), start=1)
    )
    return NumberTable(table, lines, tuple(_notes(table, before, review, previous, compared)))


def _alike(compared: Comparison, table: NumericTable, key: str) -> bool:
    """Can the numbers of the two years be compared? A self-score of a criterion whose text changed cannot."""
    line = compared.line(f"{table.id}/{key}")
    return line is not None and (line.last is None or line.last.why not in (Why.TEXT, Why.UNIT, Why.PERIOD))


def _pairs(table: NumericTable, before: NumericTable | None) -> list[tuple[NumericRow | None, NumericRow | None]]:
    """This year's rows with last year's rows of the same key; a row that only last year had comes last in its group."""
    old = {row.key: row for row in before.rows} if before else {}
    found: list[tuple[NumericRow | None, NumericRow | None]] = [(row, old.get(row.key)) for row in table.rows]
    here = {row.key for row in table.rows}
    for row in old.values():
        if row.key not in here:
            groups = [str(_either(now, was).group) for now, was in found]
            place = len(groups) - groups[::-1].index(str(row.group)) if str(row.group) in groups else len(groups)
            found.insert(place, (None, row))
    return found


def _notes(
    table: NumericTable, before: NumericTable | None, review: Review, previous: Review | None, compared: Comparison | None
) -> Iterator[str]:
    yield from map(str, table.notes)
    if compared is not None:
        of_table = (line.last for line in compared.of(LineKind.ROW) if line.group == table.id)
        yield from dict.fromkeys(str(last.says) for last in of_table if last is not None and last.why is Why.PERIOD)
    if before is not None and previous is not None:
        yield say("publish.numbers.before", year=previous.year, period=period(before))
        if (former := former_code(previous, review.school)) and table.id == review.tables[0].id:
            yield f"{previous.year}: {former}"
        if previous.draft and table.id == review.tables[0].id:
            yield say("publish.numbers.before_draft", year=previous.year)
    if table.id == "PL10" and previous is not None:
        for text in review.texts:
            old = previous.text(text.id)
            if old is None or (old.number, old.period_citation, old.total) != (text.number, text.period_citation, text.total):
                yield say("publish.numbers.other_text", text=text.short)


def period(table: NumericTable) -> str:
    """The period of a table in words; for PL1 its days of counting."""
    if table.id == "PL1":
        if table.period_start == table.period_end:
            return say("publish.numbers.counted_on", day=day(table.period_end))
        return say("publish.numbers.counted_between", first=day(table.period_start), last=day(table.period_end))
    return say("publish.numbers.period", span=phrases.span(table.period_start, table.period_end))


def serves(review: Review, names: tuple[str, ...]) -> str:
    """`Thông tư 124: 1a, 2b1; Quyết định 510: 4a; kế hoạch: II.1-1`."""
    shorts = {text.id: str(text.short) for text in review.texts}
    by_text: dict[str, list[str]] = {}
    for name in names:
        text, _, provision = name.rpartition("/")
        by_text.setdefault(shorts.get(text, say("publish.numbers.plan")), []).append(phrases.label(provision))
    return "; ".join(say("publish.numbers.serves", text=text, ids=", ".join(ids)) for text, ids in by_text.items())
