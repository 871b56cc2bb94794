"""Three short tables of the review as DataFrames: activities by month, contradictions, cells after the day of the review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_review.forms.choices import Topic
from antq_review.publish.tables.dataframe import NUMBER, TEXT, WHOLE, of_columns, place
from antq_review.scoring.model.review import Review

if TYPE_CHECKING:
    import pandas

_MONTHS = {"month": TEXT, "topic": TEXT, "activities": WHOLE, "all": WHOLE}


def months(review: Review) -> pandas.DataFrame:
    """The activities of each month by topic.

    Tháng (string): `2026-03` · Chủ đề (string): <NA> in the one row of a month without an activity · Số hoạt động (Int64):
    of this topic; an activity may have several topics · Cả tháng (Int64): every activity of the month once.
    """
    return of_columns("months", _MONTHS, [
        {
            "month": f"{one.year}-{one.month:02}", "topic": Topic.label_of(topic) if topic else "", "activities": count,
            "all": one.activities,
        }
        for one in review.months for topic, count in (one.by_topic or {"": 0}).items()
    ])


_CHECKS = {"text": TEXT, "id": TEXT, "says": TEXT, "size": NUMBER, "out_of": NUMBER, "cells": TEXT}


def checks(review: Review) -> pandas.DataFrame:
    """The contradictions between scores and evidence, the largest first.

    Văn bản: the key of the text · Mục · Chỗ chưa khớp · Độ lớn, Trên (Float64): so many of so many points, criteria or rows ·
    Ô. Without a type: string.
    """
    return of_columns("checks", _CHECKS, [
        {
            "text": one.text, "id": one.id, "says": one.says, "size": one.size, "out_of": one.out_of, "cells": place(one.cells),
        }
        for one in review.checks
    ])


_AFTER = {"file": TEXT, "sheet": TEXT, "cell": TEXT, "cells": TEXT}


def after(review: Review) -> pandas.DataFrame:
    """The cells whose rows are dated after the day of the review, so that they are not counted yet.

    Tệp, Trang, Vị trí, Ô: all string. Vị trí is the cell alone (`B14`), Ô the whole reference.
    """
    return of_columns("after", _AFTER, [
        {"file": one.file, "sheet": one.sheet, "cell": one.cell, "cells": place([one])} for one in review.after_as_of
    ])
