"""Which filter columns of the plan each measure understands: help in the sheet and in the guide.

The measures themselves are in `antq_review.scoring.measures`; a test compares their filters with these.
"""

from __future__ import annotations

from antq_review.forms.columns import Column
from antq_review.forms.measure_labels import Measure as M
from antq_review.forms.rows.school import PlanRow
from antq_review.text import SILENT, Message

_PAPERS = ("partner", "kind", "contents")
_ACTIVITIES = ("topic", "form", "channel", "level", "audience", "organiser", "led_by_pupils", "name")
_JOINT = ("partner", "purpose")

#: Measure → the fields of the plan row that it understands. A measure that is not here understands none.
MEASURE_FILTERS: dict[M, tuple[str, ...]] = {
    **dict.fromkeys(
        (M.DOCUMENTS_SIGNED, M.DOCUMENTS_IN_FORCE, M.DOCUMENTS_WITH_ALL_CONTENTS, M.CONTENTS_COVERAGE, M.DOCUMENT_KIND_COVERAGE,
         M.DOCUMENTS_REVIEWED, M.DUTIES_ASSIGNED), _PAPERS,
    ),
    M.CARRIED_OUT_RATE: ("contents",),
    **dict.fromkeys(
        (M.ACTIVITY_COUNT, M.PARTICIPATION_RATE, M.LEAST_PARTICIPATION_RATE, M.MONTH_COVERAGE, M.FORM_COUNT, M.FORM_COVERAGE,
         M.CHANNEL_COVERAGE, M.TOPIC_COVERAGE, M.NAME_COVERAGE, M.UNIT_COVERAGE, M.LEAST_COUNT_PER_UNIT), _ACTIVITIES,
    ),
    **dict.fromkeys((M.COORDINATION_COUNT, M.PARTNER_COVERAGE, M.PURPOSE_COVERAGE), _JOINT),
    **dict.fromkeys((M.INITIATIVE_COVERAGE, M.WORKING_RATE, M.SYSTEM_COVERAGE), ("name",)),
    **dict.fromkeys(
        (M.REPORT_ON_TIME_RATE, M.INCIDENT_COUNT, M.REPORTED_IN_TIME_RATE, M.HANDLED_IN_TIME_RATE, M.LOG_MONTH_COVERAGE,
         M.CHECK_COUNT, M.CHECK_PASS_RATE), ("kind",),
    ),
}


def filters(pupils: Message = SILENT) -> tuple[Column, ...]:
    """The filter columns of the plan, in the order of the sheet, as a school with this word for its pupils calls them."""
    return tuple(column for column in PlanRow.columns(pupils) if any(column.name in names for names in MEASURE_FILTERS.values()))


#: Their usual names.
FILTERS = filters()


def filter_headings(measure: M, pupils: Message = SILENT) -> tuple[str, ...]:
    """The headings of the columns that a measure understands, in the order of the sheet."""
    return tuple(column.heading for column in filters(pupils) if column.name in MEASURE_FILTERS.get(measure, ()))
