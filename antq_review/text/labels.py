"""Names of provisions as people write them."""

from __future__ import annotations


def criterion_label(criterion: str) -> str:
    """The number of a criterion as people write it: `3dd` is 3đ, `4b-` is everything from 4b on."""
    readable = criterion.replace("dd", "đ")
    return readable.removesuffix("-") + "…" if readable.endswith("-") else readable
