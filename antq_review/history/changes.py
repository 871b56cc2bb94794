"""What differs between two versions of one year's results: files, criteria, goals, numbers; each named, none judged."""

from __future__ import annotations

from collections.abc import Iterator

from antq_review.scoring.model.review import Review, TextReview
from antq_review.text import Message, listing, tell


def same_content(before: Review, after: Review) -> bool:
    """Do two reviews say the same? The version of the tool that wrote them is no content."""
    neutral = {"tool_version": "", "draft": False}
    return before.model_copy(update=neutral) == after.model_copy(update=neutral)


def changes(before: Review, after: Review) -> tuple[Message, ...]:
    """One message for each kind of thing that differs, in the order in which the report shows them; none where nothing does."""
    found = tuple(_changes(before, after))
    return found or (() if same_content(before, after) else (tell("places.changed.other"),))


def _changes(before: Review, after: Review) -> Iterator[Message]:
    if before.as_of != after.as_of:
        yield tell("places.changed.as_of", before=before.as_of, after=after.as_of)
    yield from _files(before, after)
    yield from _texts(before, after)
    if ids := _differing({one.id: one for one in before.goals}, {one.id: one for one in after.goals}):
        yield tell("places.changed.plan", ids=listing(ids))
    if ids := _differing({one.id: one for one in before.tables}, {one.id: one for one in after.tables}):
        yield tell("places.changed.tables", ids=listing(ids))


def _files(before: Review, after: Review) -> Iterator[Message]:
    old, new = ({file.name: file.sha256 for file in review.files} for review in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield tell("places.changed.file_new", name=name)
        elif name not in new:
            yield tell("places.changed.file_gone", name=name)
        elif old[name] != new[name]:
            yield tell("places.changed.file", name=name)


def _texts(before: Review, after: Review) -> Iterator[Message]:
    for text in before.texts:
        if after.text(text.id) is None:
            yield tell("places.changed.text_gone", text=text.short)
    for text in after.texts:
        old = before.text(text.id)
        if old is None:
            yield tell("places.changed.text_new", text=text.short)
        elif ids := _differing(_results(old), _results(text)):
            yield tell("places.changed.text", text=text.short, ids=listing(ids))


def _results(text: TextReview) -> dict[str, object]:
    """What a version says of each criterion: by the evidence, by the meeting, by the superior; and of each deduction."""
    return {one.id: (one.computed, one.settled, one.self_score) for one in text.findings} | {one.id: one for one in text.deductions}


def _differing(before: dict[str, object], after: dict[str, object]) -> list[str]:
    return [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
