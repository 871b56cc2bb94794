"""Reasons to look at a school again (T12), and the schools to visit (T13). They are reasons to look, not conclusions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from antq_review.package.model import Summary
from antq_review.province.choose import Standing
from antq_review.province.frame import Frame, Row
from antq_review.province.law_words import short_of
from antq_review.province.levels import level_order
from antq_review.province.roll_up import CIRCULAR, RollUp, commune_of, level_of, stated, text_of
from antq_review.scoring.model.outcome import Truth
from antq_review.text import day, listing, number, say

#: A file that lies in so many schools is no twin: a paper of the Department, a drawn form, a logo.
SHARED = 5
#: Below this share of rows with their file, a school that meets everything is looked at.
_FEW_FILES = 0.5
_MOST_NAMED = 5


@dataclass(frozen=True)
class LookReason:
    """What was seen (`kind` in text/province.toml, `look`), in which schools."""

    kind: str
    codes: tuple[str, ...]
    says: str


def look_reasons(found: RollUp) -> list[LookReason]:
    """Every reason, by kind."""
    schools = [(one.code, summary) for one, summary in found.counted]
    alone = [reason for code, summary in schools for reason in _of_school(code, summary)]
    return [*twins(schools), *_same_results(schools), *alone]


def twins(schools: Sequence[tuple[str, Summary]]) -> Iterator[LookReason]:
    """The same evidence file of the schools' own making in two to four schools; one line for each group of schools."""
    holders: dict[str, list[str]] = {}
    for code, summary in schools:
        for digest in summary.evidence.own:
            holders.setdefault(digest, []).append(code)
    groups = Counter(tuple(sorted(codes)) for codes in holders.values() if 1 < len(codes) < SHARED)
    for codes, count in sorted(groups.items()):
        yield LookReason("twin", codes, say("province.look.twin.says", count=number(count)))


def shared_files(schools: Sequence[tuple[str, Summary]]) -> int:
    """Files that lie in many schools, each counted once."""
    held = Counter(digest for _, summary in schools for digest in summary.evidence.own)
    return sum(count >= SHARED for count in held.values())


def _same_results(schools: Sequence[tuple[str, Summary]]) -> Iterator[LookReason]:
    """Schools whose whole results are equal. Only those whose tables have the same numbers are compared whole: that takes long."""
    alike: dict[tuple[object, ...], list[tuple[str, Summary]]] = {}
    for code, summary in schools:
        numbers = tuple(row.value for rows in summary.tables.values() for row in rows)
        alike.setdefault(numbers, []).append((code, summary))
    groups: dict[str, list[str]] = {}
    for code, summary in (one for own in alike.values() if len(own) > 1 for one in own):
        results = summary.model_dump_json(include={"texts", "goals", "tables", "incidents", "forms"})
        groups.setdefault(hashlib.sha256(results.encode("utf-8")).hexdigest(), []).append(code)
    for codes in sorted(tuple(codes) for codes in groups.values() if len(codes) > 1):
        yield LookReason("same", codes, say("province.look.same.says"))


def _of_school(code: str, summary: Summary) -> Iterator[LookReason]:
    conflicts = [f"{short_of(text.id)} {one.id}" for text in summary.texts for one in text.criteria if one.conflict]
    if conflicts:
        yield LookReason("conflict", (code,), say("province.look.conflict.says", ids=listing(conflicts)))
    rows, files = sum(form.file_rows for form in summary.forms), sum(form.with_file for form in summary.forms)
    circular = text_of(summary, CIRCULAR)
    meets_all = circular is not None and all(stated(one) in (Truth.YES, Truth.NOT_APPLICABLE) for one in circular.criteria)
    if meets_all and rows and files / rows < _FEW_FILES:
        yield LookReason("few_files", (code,), say("province.look.few_files.says", files=number(files), rows=number(rows)))
    found = summary.incidents
    if None not in (found.police_incidents, found.police_own) and found.police_incidents != found.police_own:
        yield LookReason("police", (code,), say("province.look.police.says"))


def reasons_frame(found: RollUp) -> Frame:
    """T12."""
    names = {one.code: one.school.name for one in found.standings}
    rows: list[Row] = []
    for one in look_reasons(found):
        shown = [f"{code} {names[code]}" for code in one.codes[:_MOST_NAMED]]
        shown += [say("province.look.more", count=number(len(one.codes) - _MOST_NAMED))] if len(one.codes) > _MOST_NAMED else []
        rows.append((say(f"province.look.{one.kind}.kind"), "; ".join(shown), one.says, say(f"province.look.{one.kind}.maybe")))
    shared = shared_files([(one.code, summary) for one, summary in found.counted])
    notes = (say("province.tables.T12.note"), say("province.tables.T12.exact"), say("province.tables.T12.shared", count=number(shared)))
    return Frame("T12", tuple(rows), notes=notes)


# --- the sample ----------------------------------------------------------------------------------------------------------


def sample(codes: Iterable[str], seed: str, count: int) -> list[str]:
    """`count` of the codes, by the rank of a hash of seed and code: the same on every machine and in every order of the
    schools, and a further school replaces one of them at most.
    """
    return sorted(codes, key=lambda code: hashlib.sha256(f"{seed}|{code}".encode()).hexdigest())[:count]


def sample_frame(found: RollUp) -> Frame:
    """T13: schools to visit, drawn within each level, apart for those with a reason to look and those without."""
    seed, count = found.settings.seed, found.settings.sample
    if not seed or not count:
        return Frame("T13", (), notes=(say("province.tables.T13.none"),))
    reasons: dict[str, list[str]] = {}
    for one in look_reasons(found):
        for code in one.codes:
            reasons.setdefault(code, []).append(say(f"province.look.{one.kind}.kind"))
    groups: dict[tuple[str, bool], dict[str, Standing]] = {}
    for standing, _ in found.counted:
        groups.setdefault((level_of(standing), standing.code in reasons), {})[standing.code] = standing
    rows: list[Row] = []
    for (level, has_reason), members in sorted(groups.items(), key=lambda group: (level_order(group[0][0]), group[0][1])):
        for code in sample(members, seed, count):
            group = say(f"province.tables.T13.{'with' if has_reason else 'without'}")
            why = "; ".join(dict.fromkeys(reasons.get(code, ())))
            rows.append((len(rows) + 1, code, members[code].school.name, commune_of(members[code]), level, group, why))
    return Frame("T13", tuple(rows), notes=(say("province.tables.T13.rule", seed=seed, count=number(count)), _when(found)))


def _when(found: RollUp) -> str:
    """When the seed was first seen: one that was set after the due day may have been chosen with the packages in sight."""
    if found.seed_on is None or found.seed_on > found.settings.due_on:
        return say("province.tables.T13.late")
    return say("province.tables.T13.set_on", day=day(found.seed_on))
