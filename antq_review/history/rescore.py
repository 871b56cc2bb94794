"""A past year judged again by another text: “as if”, and it says so. What was stored of that year is not touched.

What a meeting concluded holds only for criteria that ask for the same, word for word, in both texts: it never judged the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from antq_review import ingest, rules
from antq_review.errors import CannotDo, UsageError
from antq_review.ingest.model import Evidence, EvidenceRow, TableData
from antq_review.period import Period
from antq_review.rules import MappingKind, Provision, Rulebook
from antq_review.rules.loader import load
from antq_review.scoring import review
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, texts_of
from antq_review.scoring.score_table.table import score_table
from antq_review.text import fold, say

#: Fields of a provision that only name it or speak about it.
_NAMES = {"id", "title", "citation", "confidence", "note", "basis"}


def named_rulebook(given: str) -> Rulebook:
    """The text of that id in the register, that of a folder with `text.toml`, or a school's score table (.xlsx).

    Raises UsageError for an unknown id, RulebookError for a folder whose text the loader refuses, CannotDo for a faulty table.
    """
    folder = Path(given)
    if folder.suffix.casefold() == ".xlsx":
        table = score_table(ingest.read_one(folder)).rulebook
        if table is None:
            raise CannotDo(say("compare.rescore.faulty_table", path=given))
        return table
    if (folder / "text.toml").is_file():
        return load(folder)
    known = [entry.id for entry in rules.register()]
    if given not in known:
        raise UsageError(say("compare.rescore.unknown", given=given, known=", ".join(known)))
    return rules.rulebook(given)


def read_for(rulebook: Rulebook, folder: Path, progress: Callable[[int, int], None] | None = None) -> Evidence:
    """The evidence of a folder, where what falls in the other text's period counts too."""

    def span(year: int) -> Period:
        own, other = rules.span(year), rulebook.period.of(year)
        return Period(min(own.start, other.start), max(own.end, other.end))

    return read_folder(folder, progress, span)


def rescore(evidence: Evidence, rulebook: Rulebook, as_of: date) -> Review:
    """The year of the evidence by `rulebook` in place of the text it follows; other texts of the year stay.

    Always a draft. The plan is judged as it was: no text changes it. Raises CannotDo where the folder has no profile.
    """
    if evidence.profile is None or evidence.year is None:
        raise CannotDo(say("cli.no_profile"))
    own = texts_of(evidence, evidence.year)
    texts = _in_place(rulebook, own)
    as_it_was = review(evidence, texts, as_of)
    found = review(_with_scores(evidence, list(_carried(evidence, rulebook, own))), texts, as_of)
    mark = say("compare.rescore.mark", text=rulebook.short)
    warning = say("compare.rescore.warning", year=evidence.year, text=rulebook.title)
    return found.model_copy(
        update={
            "goals": as_it_was.goals, "rescored": mark, "warnings": (warning, *found.warnings),
            "draft_reasons": (*found.draft_reasons, warning),
        }
    )


def _in_place(rulebook: Rulebook, own: Sequence[Rulebook]) -> tuple[Rulebook, ...]:
    """The texts of the year with the given one where those stood that it follows; none of them: after all."""
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


def _with_scores(evidence: Evidence, rows: list[EvidenceRow]) -> Evidence:
    table = TableData(rows, evidence.refused("self_scores"))
    return replace(evidence, tables={**evidence.tables, "self_scores": table})


def _carried(evidence: Evidence, rulebook: Rulebook, own: Sequence[Rulebook]) -> Iterator[EvidenceRow]:
    """The self-scores that still hold, under the ids of the text that takes over."""
    followed = {text.id: text for text in own if text not in _in_place(rulebook, own)}
    for row in evidence.rows("self_scores"):
        text = followed.get(row.get("text"))
        if text is None:
            yield row
            continue
        old = next((one for one in text.criteria if fold(one.id) == fold(row.get("criterion"))), None)
        new = _partner(rulebook, text, old) if old is not None else None
        if old is not None and new is not None and _words_of(old) == _words_of(new):
            values = row.values.model_copy(update={"text": rulebook.id, "criterion": new.id})
            yield replace(row, values=values)


def _partner(rulebook: Rulebook, text: Rulebook, old: Provision) -> Provision | None:
    """The criterion of the new text that the mapping, or else the number, puts in the old one's place."""
    names = {
        before: after
        for mapping in rulebook.mapping
        if mapping.older == text.id and mapping.kind in (MappingKind.SAME, MappingKind.RENAMED)
        for before, after in zip(mapping.old, mapping.new, strict=True)
    }
    mapped = any(mapping.older == text.id for mapping in rulebook.mapping)
    wanted = names.get(old.id) if mapped else old.id
    return next((one for one in rulebook.criteria if one.id == wanted), None)


def _words_of(provision: Provision) -> object:
    """Everything by which a provision is judged, without its names."""
    return _nameless(provision.model_dump(mode="json"))


def _nameless(value: Any) -> object:
    if isinstance(value, dict):
        return {name: _nameless(one) for name, one in value.items() if name not in _NAMES}
    if isinstance(value, list):
        return [_nameless(one) for one in value]
    return fold(value) if isinstance(value, str) else value
