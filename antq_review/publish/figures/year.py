"""The figures of the year's numbers: people reached, incidents, devices, evidence files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from antq_review.forms.choices import Audience, IncidentKind, SystemKind
from antq_review.publish import wording as phrases
from antq_review.publish.figures.canvas import BLUE, INK, OPEN, WASH, canvas, png, styled
from antq_review.publish.figures.review import Drawn, heat_map
from antq_review.publish.wording import shortened
from antq_review.scoring.model.review import IncidentMonth, Review
from antq_review.text import number, say

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes


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
        figure, axes = canvas(len(rows), 0.3, left=2.65, right=1.75, above=0.1, below=0.4)
        axes.set_xlim(0, 1)
        for at, row in enumerate(rows):
            _bar(axes, at, row)
        axes.grid(True, axis="x")
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [phrases.rate(Decimal(part) / 4) for part in range(5)])
        axes.set_yticks(range(len(rows)), [shortened(row.label, 34) for row in rows], ha="left")
        axes.tick_params(axis="y", pad=2.6 * 72)
        drawn = png(figure)
    words = "; ".join(say("publish.figures.share_alt_row", label=row.label, words=row.says) for row in rows)
    return drawn, say(f"publish.figures.{alternative}", rows=words)


def _bar(axes: Axes, at: int, row: Share) -> None:
    axes.barh(at, 1, height=0.34, color=WASH)
    axes.barh(at, float(row.low), height=0.34, color=BLUE)
    if row.high > row.low:
        axes.barh(at, float(row.high - row.low), left=float(row.low), height=0.34, **OPEN)
    axes.text(1.03, at, row.says, transform=axes.get_yaxis_transform(), va="center_baseline", color=INK)


# --- participation -------------------------------------------------------------------------------------------------


def participation_figure(review: Review) -> Drawn | None:
    """The share of each audience that activities reached; every person counts once (PL3)."""
    return _bars([row for audience in Audience.labels() if (row := _reached(review, audience))], "participation_alt")


def _reached(review: Review, audience: str) -> Share | None:
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
    return Share(Audience.label_of(audience), low, high, says)


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


def incidents_frame(months: Sequence[IncidentMonth]) -> pandas.DataFrame:
    """Rows: kinds that occurred, in the order of the form; columns: months. The last row is the total."""
    import pandas

    columns = [say("publish.figures.month_of", month=count.month, year=count.year) for count in months]
    by_kind = [{IncidentKind.label_of(kind): value for kind, value in count.by_kind.items()} for count in months]
    frame = pandas.DataFrame(by_kind, index=columns, dtype="Int64").T
    frame = frame.reindex([label for label in IncidentKind.labels().values() if label in frame.index]).fillna(0)
    frame.loc[say("publish.figures.incidents_total")] = [sum(count.by_kind.values()) for count in months]
    return frame.astype(int)


def incidents_figure(review: Review) -> Drawn | None:
    """Verified incidents by month and kind, as a heat map in shades of blue. None if no incident is known."""
    months = review.incidents.by_month
    if not any(count.by_kind for count in months):
        return None
    frame = incidents_frame(months)
    return heat_map(frame, [count.month for count in months]), _incident_words(frame)


def _incident_words(frame: pandas.DataFrame) -> str:
    totals, kinds = frame.iloc[-1], frame.iloc[:-1].sum(axis=1)
    listed = ", ".join(say("publish.figures.incidents_alt_row", label=name, count=value) for name, value in kinds.items())
    when = ", ".join(say("publish.figures.incidents_alt_row", label=name, count=value) for name, value in totals.items() if value)
    return say(
        "publish.figures.incidents_alt", first=frame.columns[0], last=frame.columns[-1], total=number(int(totals.sum())),
        kinds=listed, months=when,
    )
