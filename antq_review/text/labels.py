"""Names of provisions as people write them."""

from __future__ import annotations

import re

#: Two parts that are judged as one: `6ab`.
_TWO_PARTS = re.compile(r"(\d)([a-z])([a-z])$")


def criterion_label(criterion: str) -> str:
    """The number of a criterion as people write it: `3dd` is 3đ, `6ab` is 6a–b, `4b-` is everything from 4b on."""
    readable = _TWO_PARTS.sub(r"\1\2–\3", criterion.replace("dd", "đ"))
    return readable.removesuffix("-") + "…" if readable.endswith("-") else readable
