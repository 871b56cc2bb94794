"""`antq`: the verbs of the tool in a terminal, one module for each; `app.py` declares them, `start.py` runs them."""

from antq_review.cli.start import main, run

__all__ = ["main", "run"]
