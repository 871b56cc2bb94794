"""What the level of a school says about its figures: its place among the levels, the pupils that it has, the scope of the circular."""

from __future__ import annotations

from antq_review.forms.choices.school import IN_SCOPE_LEVELS, LEVEL_PUPILS, TAUGHT, LevelsTaught, SchoolLevel
from antq_review.province.choose import Standing
from antq_review.province.roll_up import CIRCULAR, text_of

_STEPS = (SchoolLevel.KINDERGARTEN, SchoolLevel.PRIMARY, SchoolLevel.LOWER_SECONDARY, SchoolLevel.UPPER_SECONDARY)
#: Levels as an office lists them: the youngest pupils first, continuing education last.
_ORDER = {
    levels.label: place
    for place, levels in enumerate(
        sorted(TAUGHT, key=lambda one: (one is LevelsTaught.CONTINUING, [_STEPS.index(step) for step in TAUGHT[one]]))
    )
}


def level_order(name: str) -> tuple[int, str]:
    """The place of a level as people write it; groups that are no level come last."""
    return _ORDER.get(name, len(_ORDER)), name


def may_have(levels: LevelsTaught | None, audience: str) -> bool:
    """Can a school of these levels have these pupils? Where the officer's list does not say its levels, it can."""
    return not levels or audience in [LEVEL_PUPILS[step] for step in TAUGHT[levels]]


def in_scope(standing: Standing) -> bool:
    """Does Circular 124 apply to the school? Its package says so; before one counts, the officer's list does."""
    if standing.counted is not None:
        return text_of(standing.counted.summary, CIRCULAR) is not None
    return not standing.school.levels or standing.school.levels in IN_SCOPE_LEVELS
