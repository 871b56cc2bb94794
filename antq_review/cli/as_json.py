"""`--json`: what a verb found and wrote, as one JSON object on the screen in place of the sentences. The exit code stays the same.

Names are English and stay as they are; sentences are those of the screen. A refusal prints nothing here, its sentence goes to
stderr as always.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antq_review.ingest.model import Evidence, Problem
from antq_review.ingest.problem_groups import problem_groups

if TYPE_CHECKING:
    from antq_review.history import Comparison
    from antq_review.province.work import Looked
    from antq_review.publish.output.whole import Done
    from antq_review.scoring.model.review import Review, TextReview

#: What JSON can hold; its parts are as various as the verbs.
Record = dict[str, Any]


def print_json(record: Record) -> None:
    """Print one object, its letters as they are."""
    print(json.dumps(record, ensure_ascii=False, indent=1))


def of_check(evidence: Evidence, written: Iterable[Path]) -> Record:
    """School and year as the forms say (null: unknown), files with the sheets read in them, problems by cause, paths written."""
    profile = evidence.profile
    return {
        "school_code": profile.school_code if profile else None,
        "year": evidence.year,
        "files": [{"name": file.name, "sheets": len(file.sheets)} for file in evidence.files],
        "problems": _problems(evidence.problems),
        "written": [str(path) for path in written],
    }


def of_review(done: Done) -> Record:
    """The same as of_check, and the results of each text; `review` is null where the school is unknown and nothing was judged."""
    paths = done.published.paths.values() if done.published else ()
    return of_check(done.evidence, (*paths, *done.findings)) | {"review": done.review and _review(done.review, done)}


def of_comparison(found: Comparison, written: Mapping[str, Path], still_open: int) -> Record:
    """The years, the number of lines that better evidence would let compare, paths written (review.json holds the lines)."""
    return {
        "school_code": found.school.code,
        "years": [year.year for year in found.years],
        "still_open": still_open,
        "written": [str(path) for path in written.values()],
    }


def of_roll_up(looked: Looked, written: Mapping[str, Path]) -> Record:
    """Every school of the list by its state, every file that could not be read, every fault of the officer's own workbooks."""
    found = looked.found
    return {
        "files": looked.files,
        "packages": looked.packages,
        "schools": [
            {
                "code": one.code, "state": one.state.value, "late_days": one.late_days,
                "package": one.arrival.shown if one.arrival else None,
            }
            for one in found.standings
        ],
        "unreadable": [{"name": one.shown, "reason": str(one.refused), "hint": str(one.hint or "")} for one in found.unreadable],
        "not_on_the_list": [one.shown for one in found.choice.strangers],
        "of_other_years": [one.shown for one in found.choice.other_years],
        "faults": [{"place": str(one.place), "says": str(one.says)} for one in looked.faults],
        "written": [str(path) for path in written.values()],
    }


def _problems(problems: Iterable[Problem]) -> list[Record]:
    return [
        {
            "code": group.code, "severity": group.severity.value, "file": group.file, "sheet": group.sheet, "column": group.column,
            "cells": list(group.cells), "says": str(group.says), "expected": str(group.expected), "remedy": str(group.remedy),
            "consequence": str(group.consequence),
        }
        for group in problem_groups(one.unquoted() for one in problems)
    ]


def _review(review: Review, done: Done) -> Record:
    made = done.published
    return {
        "as_of": review.as_of.isoformat(),
        "version": made.version.path.name if made and made.version else None,
        "is_draft": review.draft,
        "open": [str(one) for one in review.draft_reasons],
        "texts": [_text(text) for text in review.texts],
    }


def _text(text: TextReview) -> Record:
    """A result, or the range of points; both in numbers as JSON has them, null where the text has none."""
    points = text.range
    return {
        "id": text.id,
        "result": text.result.value if text.result else None,
        "points": [float(points.low), None if points.high is None else float(points.high)] if points else None,
        "classes": list(text.bands),
        "findings": {one.id: one.settled.truth.value for one in text.findings},
    }
