"""Makes the activities that a measure lacks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from antq_review.forms.choices import ActivityForm, Audience, Channel, Topic, UnitKind
from antq_review.forms.new_school import UNKNOWN, school_of
from antq_review.forms.rows.evidence import Activity
from antq_review.ingest.model import Evidence
from antq_review.scoring.advice.shortfall import Maker, Shortfall, adding, in_threes, lacking, new, times
from antq_review.scoring.advice.what_if import Adding, EvidenceChange, placeholder
from antq_review.scoring.evidence.window import units_of
from antq_review.scoring.measures import evaluate
from antq_review.scoring.measures.participation import audiences_of


def _activity(lack: Shortfall, number: int, **more: object) -> Adding:
    name = placeholder("activity", number)
    values: dict[str, object] = {
        "held_on": lack.on, "name": " – ".join(part for part in (lack.first("name"), name) if part),
        "form": lack.first("form"), "topic_1": lack.first("topic"),
        "channel": lack.first("channel"), "level": lack.first("level"), "audience": lack.first("audience"),
        "organiser": _organiser(lack), "led_by_pupils": lack.first("led_by_pupils"), **more,
    }
    return new("activities", number, _rest(lack, values), **values)


def _rest(lack: Shortfall, values: Mapping[str, object]) -> dict[str, object]:
    """A form that the school uses already, no topic of a text, the audience that “everyone” leaves out, no unit of the school."""
    form = values["form"] or lack.look.index.once("latest form", lambda: _latest_form(lack.look.evidence), "activities")
    channel = {"channel": Channel.IN_PERSON} if form == ActivityForm.ONLINE else {}
    return {"form": form, "topic_1": Topic.OTHER, "audience": Audience.PARENTS, "organiser": placeholder("unit", 0), **channel}


def _latest_form(evidence: Evidence) -> ActivityForm:
    used = max(evidence.of(Activity), key=lambda row: (row.values.held_on, row.values.form), default=None)
    return ActivityForm.OTHER if used is None else used.values.form


def _organiser(lack: Shortfall) -> str | None:
    """The name of a unit that the filter accepts."""
    wanted = lack.first("organiser")
    units = units_of(lack.look.evidence, (wanted,)) if wanted and wanted in UnitKind.labels() else []
    return units[0].values.name if units else wanted


def _with_organiser(maker: Maker) -> Maker:
    """The maker, for a school that has a unit of the wanted kind; without one there is nobody to hold the activity."""

    def organised(lack: Shortfall) -> EvidenceChange | None:
        kinds = [name for name in lack.wanted.get("organiser", ()) if name in UnitKind.labels()]
        return None if kinds and not units_of(lack.look.evidence, kinds[:1]) else maker(lack)

    return organised


def activities(lack: Shortfall) -> EvidenceChange | None:
    """As many activities as are missing."""
    return times(lack, lambda number: _activity(lack, number))


def forms(lack: Shortfall) -> EvidenceChange:
    """Activities of forms that were not used yet and that fit the school: none of the Đội where it has none."""
    used = {row.values.form for row in lack.look.matching(lack.look.of(Activity, "held_on"), lack.wanted)}
    profile = lack.look.evidence.profile
    school = UNKNOWN if profile is None else school_of(profile, ())
    unused = [form for form in ActivityForm if form not in used and school.fits(form)][: lack.count]
    return adding(_activity(lack, number, form=form) for number, form in enumerate(unused, start=1))


def festival(lack: Shortfall) -> EvidenceChange | None:
    """As many activities of the festival (Ngày hội) as are missing."""
    return times(lack, lambda number: _activity(lack, number, topic_1=Topic.FESTIVAL))


def topics(lack: Shortfall) -> EvidenceChange:
    """Activities on the topics that have none, up to three topics for each activity."""
    return adding(_activity(lack, number, **some) for number, some in in_threes("topic", lacking(lack, "topic")))


def each(name: str) -> Maker:
    """One activity for each value of the filter `name` that has none."""

    def maker(lack: Shortfall) -> EvidenceChange:
        values = lacking(lack, name)
        named = [f"{value} – {placeholder('activity', number)}" if name == "name" else value
                 for number, value in enumerate(values, start=1)]
        return adding(_activity(lack, number, **{name: value}) for number, value in enumerate(named, start=1))

    return maker


def by_units(every: bool) -> Maker:
    """Activities of the units that organised none; with `every`: of the units that organised fewer than `bound`."""

    def maker(lack: Shortfall) -> EvidenceChange | None:
        rows: list[Adding] = []
        for unit in units_of(lack.look.evidence, lack.wanted.get("organiser", (UnitKind.SUBJECT_GROUP,))):
            name = str(unit.values.name)
            done = evaluate("activity_count", lack.look, {**lack.wanted, "organiser": (name,)}).low
            need = int((lack.bound if every else Decimal(1)) - done)
            rows += [_activity(lack, len(rows) + 1 + number, organiser=name) for number in range(max(0, need))]
        return adding(rows)

    return maker


def everyone(lack: Shortfall) -> EvidenceChange | None:
    """For every audience that was not reached enough: one activity at which the whole audience is present."""
    rows: list[Adding] = []
    for audience in audiences_of(lack.look, lack.wanted.get("audience", ("everyone",))):
        rest = {**lack.wanted, "audience": (audience,)}
        base = lack.look.index.headcount(audience, lack.on)
        if base is None or not base.count or evaluate("least_participation_rate", lack.look, rest).low >= lack.bound:
            continue
        number = len(rows) + 1
        rows.append(_activity(lack, number, audience=audience, present=base.count, expected=base.count))
    return adding(rows)


_MAKERS: dict[str, Maker] = {
    "activity_count": activities, "form_count": forms, "festival_count": festival, "topic_coverage": topics,
    "form_coverage": each("form"), "channel_coverage": each("channel"), "name_coverage": each("name"),
    "unit_coverage": by_units(False), "least_count_per_unit": by_units(True), "participation_rate": everyone,
    "least_participation_rate": everyone,
}
MAKERS: dict[str, Maker] = {name: _with_organiser(maker) for name, maker in _MAKERS.items()}
