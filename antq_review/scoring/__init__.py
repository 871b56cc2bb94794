"""Room 4: measures → findings → review. `model/outcome.py` defines the intervals and how they combine.

Each name is loaded at its first use: who only reads a folder needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for editors and mypy; at run time `__getattr__` loads these names
    from antq_review.scoring.judging.criteria import judge
    from antq_review.scoring.judging.plan import judge_plan
    from antq_review.scoring.model.review import Review
    from antq_review.scoring.summary import review

__all__ = ["Review", "judge", "judge_plan", "review"]

_MODULES = {"Review": "model.review", "judge": "judging.criteria", "judge_plan": "judging.plan", "review": "summary"}


def __getattr__(name: str) -> Any:
    """A name of this room, loaded at its first use. Any: the type checker reads the imports above."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
