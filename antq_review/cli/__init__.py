"""`antq`: the verbs of the tool from a terminal, one module a verb; `app.py` declares them, `start.py` runs them."""

from antq_review.cli.start import main, run

__all__ = ["main", "run"]
