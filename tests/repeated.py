"""What the commands do again and again in the tests is done once: judging the same evidence, drawing the same forms, annexes, documents."""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

import pytest

# Loaded before anything is replaced: a module that is first loaded meanwhile would keep the replacement for ever.
from antq_review.forms import draw_workbook
from antq_review.forms.new_school import UNKNOWN
from antq_review.history import rescore  # noqa: F401
from antq_review.province import rerun_school, send  # noqa: F401
from antq_review.publish.excel.annex import workbook
from antq_review.publish.output import whole  # noqa: F401
from antq_review.publish.word import dossier_job
from antq_review.scoring import summary

#: So many results are kept; a review of the example takes a few megabytes.
KEPT = 24


class Once:
    """A function with a memory. What it is given is compared by content, so whatever a test changed is done anew.

    A function among what is given is compared by its name: the only one writes the sheets that follow from the annex's two reviews.
    """

    def __init__(self, do: Callable[..., Any], beside: Callable[[], object] = lambda: None) -> None:
        self._do, self._beside = do, beside
        self._known: OrderedDict[bytes, Any] = OrderedDict()

    def __call__(self, *given: Any, **named: Any) -> Any:
        compared = [one.__qualname__ if isinstance(one, FunctionType) else one for one in given]
        key = pickle.dumps((compared, named, repr(self._beside())))
        if key not in self._known:
            self._known[key] = self._do(*given, **named)
        self._known.move_to_end(key)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return self._known[key]

    def forget(self) -> None:
        """Do everything anew: for a test that compares two runs."""
        self._known.clear()


#: Whether steps are tried changes a review: `without_steps` takes them out.
_review = Once(summary.review, lambda: summary.to_do)
_workbook_file = Once(draw_workbook.workbook_file)
_annex = Once(workbook.annex)
_document = Once(dossier_job.fill)


def forget() -> None:
    """What was done is done anew."""
    for one in (_review, _workbook_file, _annex, _document):
        one.forget()


def _form(workbook: str, heads: dict, rows: dict, measures: dict, school: Any = UNKNOWN) -> bytes:
    """A form asks for what it shows alone: the other forms of the same set may be blank or filled."""
    sheets = draw_workbook.sheets_of(workbook)
    shown = {table.name for sheet in sheets for table in sheet.tables}
    lines = {name: [dict(line) for line in lines] for name, lines in rows.items() if name in shown}
    own_heads = {sheet.name: heads.get(sheet.name) or draw_workbook.Head() for sheet in sheets}
    return _workbook_file(workbook, own_heads, lines, dict(measures), school)


@contextmanager
def done_once() -> Iterator[None]:
    """For tests of what is made of a review or a set of forms. Judging and drawing have rooms of their own in the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "review", _review)
        patch.setattr(draw_workbook, "workbook_file", _form)
        patch.setattr(dossier_job, "fill", _document)
        patch.setattr(workbook, "annex", lambda *given, **named: _annex(*given, **named))
        yield
