"""antq_review: a school's year in the movement “Toàn dân bảo vệ an ninh Tổ quốc”, from evidence sheets to the report.

This module offers the functions for notebooks and loads each at its first use: `open_…` reads, `show_…` prints a table, a
page or a figure, `tables.…` gives the same tables as pandas DataFrames, `what_if` what a step would change. Importing the
package does two other things: it sets the XML library of openpyxl, and keeps other packages' plugins out of pydantic.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antq_review.version import VERSION as __version__

if TYPE_CHECKING:  # for editors and mypy; at run time `__getattr__` loads these names
    from antq_review import tables
    from antq_review.history import Comparison
    from antq_review.ingest.model import Evidence
    from antq_review.province.notebook import open_roll_up, show_roll_up, show_roll_up_table
    from antq_review.publish.notebook.compare_display import (
        show_compared_numbers,
        show_compared_plan,
        show_compared_texts,
        show_compared_years,
        show_comparison,
        show_counts_figure,
        show_heat_figure,
        show_since_last_year,
        show_slopes_figure,
    )
    from antq_review.publish.notebook.display import (
        show_after_as_of,
        show_annex,
        show_checks,
        show_criteria,
        show_days_ahead,
        show_devices_figure,
        show_draft_reasons,
        show_files_figure,
        show_forms,
        show_incidents_figure,
        show_main_numbers,
        show_months_figure,
        show_numbers,
        show_page_one,
        show_participation_figure,
        show_plan,
        show_plan_figure,
        show_points,
        show_points_figure,
        show_problems,
        show_provenance,
        show_register,
        show_scores,
        show_style,
        show_to_do,
    )
    from antq_review.publish.notebook.explore import show_bars
    from antq_review.publish.tables.evidence_frames import evidence_frame
    from antq_review.publish.tables.what_if import what_if
    from antq_review.scoring.model.review import Review
    from antq_review.scoring.pipeline import read_folder, review_evidence

# The Word documents need lxml. openpyxl would use it too: then the bytes of the written workbooks would change.
os.environ.setdefault("OPENPYXL_LXML", "False")
# Another package of the computer may plug itself into every model; pydantic would look for one in all that is installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

__all__ = [
    "Comparison", "Evidence", "Review", "__version__", "evidence_frame", "open_comparison", "open_evidence", "open_previous",
    "open_review", "open_roll_up", "read_folder", "review_evidence", "show_after_as_of", "show_annex", "show_bars",
    "show_checks", "show_compared_numbers",
    "show_compared_plan", "show_compared_texts", "show_compared_years", "show_comparison", "show_counts_figure",
    "show_criteria", "show_days_ahead", "show_devices_figure", "show_draft_reasons", "show_files_figure", "show_forms",
    "show_heat_figure", "show_incidents_figure", "show_main_numbers", "show_months_figure", "show_numbers", "show_page_one",
    "show_participation_figure", "show_plan", "show_plan_figure", "show_points", "show_points_figure", "show_problems",
    "show_provenance", "show_register", "show_roll_up", "show_roll_up_table", "show_scores", "show_since_last_year",
    "show_slopes_figure", "show_style",
    "show_to_do", "tables", "what_if",
]

_COMPARED = (
    "show_comparison", "show_compared_texts", "show_compared_plan", "show_compared_numbers", "show_compared_years",
    "show_heat_figure", "show_slopes_figure", "show_counts_figure", "show_since_last_year",
)
_ROLLED_UP = ("open_roll_up", "show_roll_up", "show_roll_up_table")
#: Name → module that defines it. The other names that begin with `show_` are in `publish.notebook.display`.
_NAMES = {
    "read_folder": "antq_review.scoring.pipeline",
    "review_evidence": "antq_review.scoring.pipeline",
    "Review": "antq_review.scoring.model.review",
    "Evidence": "antq_review.ingest.model",
    "Comparison": "antq_review.history",
    "show_bars": "antq_review.publish.notebook.explore",
    "what_if": "antq_review.publish.tables.what_if",
    "evidence_frame": "antq_review.publish.tables.evidence_frames",
    **dict.fromkeys(_ROLLED_UP, "antq_review.province.notebook"),
    **dict.fromkeys(_COMPARED, "antq_review.publish.notebook.compare_display"),
}


def __getattr__(name: str) -> Any:
    """A public name, loaded at its first use. Any: the type checker reads the imports above."""
    if name == "tables":
        return import_module("antq_review.tables")
    module = _NAMES.get(name, "antq_review.publish.notebook.display" if name in __all__ else None)
    if module is None:
        raise AttributeError(f"module 'antq_review' has no attribute {name!r}")
    return getattr(import_module(module), name)


def __dir__() -> list[str]:
    """The public names, so that Tab completes them before they are loaded."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


def open_evidence(folder: str = "") -> Evidence:
    """The evidence of a folder for a notebook (empty: the example school); `evidence_frame` makes a form a DataFrame.

    >>> evidence = antq.open_evidence()
    >>> evidence.year
    2026
    """
    from antq_review.publish.notebook.progress import shown_progress
    from antq_review.scoring.pipeline import read_folder
    from antq_review.shipped import example_folder

    with shown_progress() as files:
        return read_folder(Path(folder) if folder else example_folder(), files)


def open_review(folder: str = "", as_of: str = "", texts: str = "", review_file: str = "") -> Review:
    """The review for a notebook.

    `review_file`: a stored review.json; nothing is computed anew. Without it, `folder` (empty: the example school) is
    read and judged on the day `as_of` (dd/mm/yyyy; empty: today, for the example school 16/11/2026) by `texts`
    (`tt_124,qd_510`; empty: all in force).

    >>> review = antq.open_review(as_of="16/11/2026")
    >>> [(text.id, text.draft) for text in review.texts]
    [('tt_124', False), ('qd_510', False)]
    """
    from antq_review.history import load
    from antq_review.publish.notebook.progress import shown_progress
    from antq_review.scoring.pipeline import read_day, read_folder, review_evidence
    from antq_review.shipped import EXAMPLE_DAY, example_folder

    if review_file:
        return load(Path(review_file))
    day = read_day(as_of or ("" if folder else EXAMPLE_DAY))
    with shown_progress() as files:
        return review_evidence(read_folder(Path(folder) if folder else example_folder(), files), day, texts)


def open_previous(previous_file: str = "") -> Review | None:
    """The stored review of the year before, for comparing numbers; None where `previous_file` is empty.

    >>> antq.open_previous() is None
    True
    """
    from antq_review.history import load

    return load(Path(previous_file)) if previous_file else None


def open_comparison(reviews: str = "") -> Comparison:
    """The comparison of several years for a notebook.

    `reviews`: files review.json or folders of results, separated by line breaks or semicolons; empty: the three years
    of the example school, read and judged now. Raises UsageError where the reviews cannot be compared.

    >>> comparison = antq.open_comparison()
    >>> [head.year for head in comparison.years]
    [2024, 2025, 2026]
    """
    from datetime import date

    from antq_review.history import load_any
    from antq_review.history.compare import compare, in_order
    from antq_review.publish.notebook.progress import shown_progress
    from antq_review.scoring.pipeline import read_folder, review_evidence
    from antq_review.shipped import EXAMPLE_DAY, example_folder

    names = [name.strip() for name in reviews.replace("\n", ";").split(";") if name.strip()]
    if names:
        return compare(in_order(load_any(Path(name)) for name in names))
    last = date.fromisoformat(EXAMPLE_DAY)
    days = [last.replace(year=last.year - back) for back in (2, 1, 0)]
    folders = [example_folder().with_name(str(day.year)) for day in days]
    with shown_progress() as files:
        return compare(in_order(review_evidence(read_folder(folder, files), day) for folder, day in zip(folders, days, strict=True)))
