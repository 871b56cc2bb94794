"""The mapping of criteria between a text and an older one: it contains every criterion of both texts exactly once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from antq_review.rules.model import Mapping, MappingKind, Rulebook
from antq_review.text import Message, listing, tell

#: Kind → (must it contain criteria of the older text?, must it contain criteria of this text?).
_NAMES = {
    MappingKind.SAME: (True, True), MappingKind.RENAMED: (True, True), MappingKind.SPLIT: (True, True),
    MappingKind.NEW: (False, True), MappingKind.GONE: (True, False),
}


def mapping_faults(rulebook: Rulebook, older: Rulebook) -> Iterator[Message]:
    """All faults for which the loader refuses the mapping of a rulebook to one older text, one sentence each."""
    found = [mapping for mapping in rulebook.mapping if mapping.older == older.id]
    for mapping in found:
        if not _sound(mapping):
            yield tell("rules.mapping_shape", kind=mapping.kind.value, old=listing(mapping.old), new=listing(mapping.new))
    yield from _uncovered([name for one in found for name in one.old], [one.id for one in older.criteria], older.short)
    yield from _uncovered([name for one in found for name in one.new], [one.id for one in rulebook.criteria], rulebook.short)


def _sound(mapping: Mapping) -> bool:
    """Does the entry contain the number of criteria on each side that its kind needs?"""
    if (bool(mapping.old), bool(mapping.new)) != _NAMES[mapping.kind]:
        return False
    if mapping.kind is MappingKind.SAME:
        return mapping.old == mapping.new
    if mapping.kind is MappingKind.RENAMED:
        return len(mapping.old) == len(mapping.new) and all(
            old != new for old, new in zip(mapping.old, mapping.new, strict=True)
        )
    return mapping.kind is not MappingKind.SPLIT or (len(mapping.old) == 1 and len(mapping.new) > 1)


def _uncovered(named: Sequence[str], known: Sequence[str], text: Message) -> Iterator[Message]:
    """Known criteria that are not named exactly once, and named criteria that are not known."""
    for name in known:
        if named.count(name) != 1:
            yield tell("rules.mapping_count", id=name, text=text, count=named.count(name))
    for name in dict.fromkeys(named):
        if name not in known:
            yield tell("rules.mapping_unknown", id=name, text=text)
