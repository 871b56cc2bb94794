"""The figures of the year's numbers: people reached, incidents, devices, evidence files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from antq_review.forms.choices import Audience, IncidentKind, LevelsTaught, SystemKind, pupils_of
from antq_review.publish import wording as phrases
from antq_review.publish.figures.canvas import BLUE, OPEN, WASH, Canvas, Look, styled
from antq_review.publish.figures.heat_map import MonthCounts, heat_map, rows_of
from antq_review.publish.figures.picture import Drawn
from antq_review.publish.wording import shortened
from antq_review.scoring.model.review import IncidentMonth, Review
from antq_review.text import number, say


@dataclass(frozen=True)
class Share:
    """One bar: a fraction of 1 between `low` and `high`, its label and its words."""

    label: str
    low: Decimal
    high: Decimal
    says: str


def _bars(rows: Sequence[Share], alternative: str) -> Drawn | None:
    """A bar for each share: solid to the low end, hatched to the high end, its words at the right."""
    if not rows:
        return None
    with styled():
        canvas = Canvas(len(rows), 0.3, left=2.65, right=1.75, above=0.1, below=0.4)
        for part in range(5):
            canvas.rule(part / 4)
            canvas.tick(part / 4, phrases.rate(Decimal(part) / 4))
        canvas.boxes([canvas.bar(at, 0, 1, 0.34) for at in range(len(rows))], Look(WASH))
        canvas.boxes([canvas.bar(at, 0, float(row.low), 0.34) for at, row in enumerate(rows)], Look(BLUE))
        canvas.boxes([canvas.bar(at, float(row.low), float(row.high), 0.34) for at, row in enumerate(rows) if row.high > row.low], OPEN)
        for at, row in enumerate(rows):
            canvas.words(0.05, canvas.y(at), shortened(row.label, 34))
            canvas.words(canvas.x(1.03), canvas.y(at), row.says)
    words = "; ".join(say("publish.figures.share_alt_row", label=row.label, words=row.says) for row in rows)
    return Drawn(canvas.figure, say(f"publish.figures.{alternative}", rows=words))


# --- participation -------------------------------------------------------------------------------------------------


def participation_figure(review: Review) -> Drawn | None:
    """The share of each audience that activities reached; every person counts once (PL3)."""
    labels = Audience.labels(pupils_of(LevelsTaught.of_label(review.school.levels)))
    return _bars([row for audience, label in labels.items() if (row := _reached(review, audience, label))], "participation_alt")


def _reached(review: Review, audience: str, label: str) -> Share | None:
    table = review.table("PL3")
    rate, people = (table.row(f"rate.{audience}"), table.row(f"people.{audience}")) if table else (None, None)
    if rate is None or people is None:
        return None
    low = (rate.value or Decimal(0)) / 100
    high = low if rate.value is not None and not rate.at_least else Decimal(1) if rate.at_most is None else rate.at_most / 100
    if low != high:
        says = phrases.rate_between(low, high) if rate.value is not None else say("publish.figures.share_unknown")
    else:
        says = say("publish.figures.share_people", rate=phrases.rate(low), count=number(people.value or 0))
    return Share(label, low, high, says)


# --- devices, files ------------------------------------------------------------------------------------------------


def devices_figure(review: Review) -> Drawn | None:
    """The share of installed devices that work, by the latest count of each system (PL5)."""
    return _bars([row for system in SystemKind.labels() if (row := _working(review, system))], "devices_alt")


def _working(review: Review, system: str) -> Share | None:
    table = review.table("PL5")
    installed = table.row(f"system.{system}.installed") if table else None
    working = table.row(f"system.{system}.working") if table else None
    if installed is None or working is None or not installed.value:
        return None
    if working.value is None:
        return Share(SystemKind.label_of(system), Decimal(0), Decimal(1), say("publish.figures.share_unknown"))
    return _counted(SystemKind.label_of(system), working.value, installed.value)


def _counted(label: str, count: Decimal, base: Decimal) -> Share:
    share = count / base
    says = say("publish.figures.share_of", rate=phrases.rate(share), count=number(count), base=number(base))
    return Share(label, share, share, says)


def files_figure(review: Review) -> Drawn | None:
    """The share of rows with an evidence file, among the rows that should name one, sheet by sheet."""
    forms = [form for form in review.forms if form.file_rows]
    return _bars([_counted(form.title, Decimal(form.with_file), Decimal(form.file_rows)) for form in forms], "files_alt")


# --- incidents -----------------------------------------------------------------------------------------------------


def incident_counts(months: Sequence[IncidentMonth]) -> MonthCounts:
    """Kinds that occurred, by month."""
    return MonthCounts(
        tuple((count.year, count.month) for count in months),
        rows_of(IncidentKind.labels(), [count.by_kind for count in months]),
        say("publish.figures.incidents_total"),
        tuple(sum(count.by_kind.values()) for count in months),
    )


def incidents_figure(review: Review) -> Drawn | None:
    """Verified incidents by month and kind, as a heat map in shades of blue. None if no incident is known."""
    months = review.incidents.by_month
    if not any(count.by_kind for count in months):
        return None
    counts = incident_counts(months)
    return heat_map(counts, _incident_words(counts))


def _incident_words(counts: MonthCounts) -> str:
    kinds = [(label, sum(row)) for label, row in counts.rows.items()]
    months = [(name, value) for name, value in zip(counts.names, counts.totals, strict=True) if value]
    listed, when = (
        ", ".join(say("publish.figures.incidents_alt_row", label=name, count=value) for name, value in pairs) for pairs in (kinds, months)
    )
    return say(
        "publish.figures.incidents_alt", first=counts.names[0], last=counts.names[-1], total=number(sum(counts.totals)),
        kinds=listed, months=when,
    )
