"""Judges a past year again by another text, as if that text had applied.

The result is marked; the stored review of that year is not changed.

A self-score from a meeting is kept only for criteria with the same wording in both texts: the meeting did not judge the
others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from antq_review import ingest, rules
from antq_review.errors import CannotDo, UsageError
from antq_review.forms.columns import Row
from antq_review.forms.rows.school import SelfScoreRow
from antq_review.forms.sheets import table_of
from antq_review.history.wording import every_part, wording
from antq_review.ingest.model import Evidence, EvidenceRow, TableData
from antq_review.period import Period
from antq_review.rules import MappingKind, Provision, Rulebook
from antq_review.rules.loader import load
from antq_review.scoring import review
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, texts_of
from antq_review.scoring.score_table.table import score_table
from antq_review.text import act_of, fold, listing, tell


def named_rulebook(given: str) -> Rulebook:
    """The rulebook of an id of the register, of a folder with `text.toml`, or of a school's score table (.xlsx).

    Raises UsageError for an unknown id, RulebookError for a folder whose text the loader refuses, CannotDo for a faulty table.
    """
    folder = Path(given)
    if folder.suffix.casefold() == ".xlsx":
        table = score_table(ingest.read_one(folder)).rulebook
        if table is None:
            raise CannotDo(tell("compare.rescore.faulty_table", path=given, act=act_of("rulebook_faults")))
        return table
    if (folder / "text.toml").is_file():
        return load(folder)
    known = [entry.id for entry in rules.register()]
    if given not in known:
        raise UsageError(tell("compare.rescore.unknown", given=given, known=listing(known)))
    return rules.rulebook(given)


def read_for(rulebook: Rulebook, folder: Path, progress: Callable[[int, int], None] | None = None) -> Evidence:
    """The evidence of a folder, over the year's own period and the period of the other text together."""

    def span(year: int) -> Period:
        own, other = rules.span(year), rulebook.period.of(year)
        return Period(min(own.start, other.start), max(own.end, other.end))

    return read_folder(folder, progress, span)


def rescore(evidence: Evidence, rulebook: Rulebook, as_of: date) -> Review:
    """The review of the year by `rulebook`, in place of the text that it follows; other texts of the year stay.

    Always a draft. The goals are judged as before, because no text changes the plan. Raises CannotDo if there is no
    profile.
    """
    if evidence.profile is None or evidence.year is None:
        raise CannotDo(tell("cli.no_profile"))
    own = texts_of(evidence, evidence.year)
    texts = _in_place(rulebook, own)
    as_it_was = review(evidence, texts, as_of)
    found = review(_with_scores(evidence, _carried(evidence, rulebook, own)), texts, as_of)
    mark = tell("compare.rescore.mark", text=rulebook.short)
    warning = tell("compare.rescore.warning", year=evidence.year, text=rulebook.title)
    return found.model_copy(
        update={
            "goals": as_it_was.goals, "rescored": mark, "warnings": (warning, *found.warnings),
            "draft_reasons": (*found.draft_reasons, warning),
        }
    )


def _in_place(rulebook: Rulebook, own: Sequence[Rulebook]) -> tuple[Rulebook, ...]:
    """The texts of the year, with `rulebook` in place of the texts that it follows; last if it follows none of them."""
    kinds = {entry.id: entry.kind for entry in rules.register()}
    older = {rulebook.id, rulebook.completes, *(mapping.older for mapping in rulebook.mapping)}
    found: list[Rulebook] = []
    for text in own:
        follows = text.id in older or kinds.get(text.id) == kinds.get(rulebook.id, "")
        if not follows:
            found.append(text)
        elif rulebook not in found:
            found.append(rulebook)
    return tuple(found if rulebook in found else [*found, rulebook])


# --- self-scores ---------------------------------------------------------------------------------------------------


def _with_scores(evidence: Evidence, rows: Iterable[EvidenceRow[Row]]) -> Evidence:
    name = table_of(SelfScoreRow)
    return replace(evidence, tables={**evidence.tables, name: TableData(list(rows), evidence.refused(name))})


def _carried(evidence: Evidence, rulebook: Rulebook, own: Sequence[Rulebook]) -> Iterator[EvidenceRow[SelfScoreRow]]:
    """The self-scores that stay valid, with the ids of the new text and its criteria."""
    followed = {text.id: text for text in own if text not in _in_place(rulebook, own)}
    for row in evidence.of(SelfScoreRow):
        text = followed.get(row.values.text)
        if text is None:
            yield row
            continue
        old = next((one for one in text.criteria if fold(one.id) == fold(row.values.criterion)), None)
        new = _partner(rulebook, text, old) if old is not None else None
        if old is not None and new is not None and _as_asked(old) == _as_asked(new):
            values = row.values.model_copy(update={"text": rulebook.id, "criterion": new.id})
            yield replace(row, values=values)


def _partner(rulebook: Rulebook, text: Rulebook, old: Provision) -> Provision | None:
    """The criterion of `rulebook` that replaces `old`: by the mapping if there is one, else by the same id."""
    names = {
        before: after
        for mapping in rulebook.mapping
        if mapping.older == text.id and mapping.kind in (MappingKind.SAME, MappingKind.RENAMED)
        for before, after in zip(mapping.old, mapping.new, strict=True)
    }
    mapped = any(mapping.older == text.id for mapping in rulebook.mapping)
    wanted = names.get(old.id) if mapped else old.id
    return next((one for one in rulebook.criteria if one.id == wanted), None)


def _as_asked(provision: Provision) -> object:
    """What a meeting is asked: the wording of a criterion; with points also the numbers by which the text gives them.

    How the rules split, read and measure the words is not the meeting's matter.
    """
    every = list(every_part(provision))
    numbers = {(part.bound, part.steps, part.points_per_unit, part.else_points) for part in every}
    return wording(provision), numbers if any(part.points is not None for part in every) else ()
