"""The judged tables as DataFrames: criteria, points, totals of the texts, plan. The lines are those of the report.

States are words without a sign (`Đạt`, `Chưa đạt`, `Chưa rõ`, `Không áp dụng`). `Khóa` is the key of a line: the same in
review.json, in the evidence register and in a comparison. What is unknown is <NA>, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from antq_review.forms.choices import Operator, SetBy, StandardResult
from antq_review.publish import wording as phrases
from antq_review.publish.tables import findings as lines
from antq_review.publish.tables.dataframe import DAY, NUMBER, TEXT, WHOLE, YES_NO, FrameRow, joined, of_columns, place
from antq_review.publish.tables.evidence_codes import codes_of
from antq_review.scoring.model.outcome import Interval, Measurement, Outcome, Truth
from antq_review.scoring.model.review import (
    DeductionFinding,
    Finding,
    Goal,
    GoalPart,
    Review,
    TextReview,
)
from antq_review.text import say

if TYPE_CHECKING:
    import pandas

# --- criteria ------------------------------------------------------------------------------------------------------

_CRITERIA = {
    "text": TEXT, "key": TEXT, "id": TEXT, "level": WHOLE, "reading": TEXT, "title": TEXT, "computed": TEXT, "low": NUMBER,
    "high": NUMBER, "settled": TEXT, "own": TEXT, "verified": TEXT, "measured": TEXT, "value_low": NUMBER,
    "value_high": NUMBER, "count": NUMBER, "base": NUMBER, "reasons": TEXT, "settles": TEXT, "citation": TEXT, "codes": TEXT,
    "cells": TEXT,
}


def criteria(review: Review) -> pandas.DataFrame:
    """Every criterion of every text, its parts, and the readings of a provision that the text leaves open.

    Văn bản, Khóa, Mục (string) · Bậc (Int64): 0 for a criterion, 1 for its parts, and so on · Cách hiểu: the reading to
    which the line belongs · Nội dung · Theo minh chứng: the result by evidence; <NA> where points are given · Điểm từ,
    Điểm đến (Float64): points by evidence · Kết luận: the final result of a criterion · Tự chấm, Thẩm định: results that
    people gave · Đo được: the measured value in words · Giá trị từ, Giá trị đến, Tử số, Mẫu số (Float64): the same as
    numbers; a rate is a fraction of 1 · Lý do: why the line is open · Để rõ cần · Căn cứ: the clause of the text · Mã minh
    chứng · Ô: the source cells. Without a type: string. A key occurs once among the rows without Cách hiểu.
    """
    codes = codes_of(review)
    findings = [(text, finding) for text in review.texts for finding in text.findings]
    return of_columns("criteria", _CRITERIA, [row for text, finding in findings for row in _criteria_rows(text, finding, 0, "", codes)])


def _criteria_rows(text: TextReview, finding: Finding, depth: int, reading: str, codes: dict[str, list[str]]) -> Iterator[FrameRow]:
    """The row of a finding, then of its parts, then of its readings with their parts. `reading`: `A`, inside it `A › B`."""
    yield _finding_row(text, lines.FindingLine(finding, depth, True, finding), reading, codes)
    for part in finding.parts:
        yield from _criteria_rows(text, part, depth + 1, reading, codes)
    for one in finding.readings:
        name = f"{reading} › {one.id}" if reading else one.id
        yield {
            **_heads(text, finding), **_result("computed", one.outcome), "level": depth + 1, "reading": name, "title": one.says,
            "low": one.outcome.low, "high": one.outcome.high, "cells": "; ".join(lines.readings_ground([one])),
        }
        for part in one.parts:
            yield from _criteria_rows(text, part, depth + 2, name, codes)


def _finding_row(text: TextReview, line: lines.FindingLine, reading: str, codes: dict[str, list[str]]) -> FrameRow:
    finding = line.finding
    own, key = finding.self_score, f"{text.id}/{finding.id}"
    known = not finding.is_unread
    return {
        **_heads(text, finding), **_result("computed", finding.computed), **_measured(finding.measurement), "level": line.depth,
        "reading": reading, "title": finding.title, "low": finding.computed.low if known else None,
        "high": finding.computed.high if known else None,
        **(_result("settled", finding.settled) if line.depth == 0 else {}),
        "own": StandardResult.label_of(own.result) if own and own.result else "",
        "verified": StandardResult.label_of(own.verified_result) if own and own.verified_result else "",
        "reasons": joined([*finding.returned, finding.not_applicable, *(why.says for why in finding.reasons), finding.conflict]),
        "settles": joined(why.settles for why in finding.reasons), "citation": finding.citation,
        "codes": "; ".join(codes.get(key, [])),
        "cells": "; ".join(line.ground or lines.readings_ground(finding.readings)),
    }


def _heads(text: TextReview, finding: Finding | DeductionFinding) -> FrameRow:
    return {"text": text.short, "key": f"{text.id}/{finding.id}", "id": phrases.label(finding.id)}


def _result(key: str, outcome: Outcome) -> dict[str, str]:
    """The word of a result; none where the result is a number of points."""
    return {} if outcome.low is not None and outcome.truth is not Truth.NOT_APPLICABLE else {key: phrases.word(outcome.truth)}


def _measured(found: Measurement | None) -> FrameRow:
    if found is None or not found.applies:
        return {}
    return {
        "measured": phrases.measured(found), "value_low": found.low, "value_high": found.high, "count": found.count, "base": found.base,
    }


# --- points --------------------------------------------------------------------------------------------------------

_POINTS = {
    "text": TEXT, "key": TEXT, "id": TEXT, "kind": TEXT, "title": TEXT, "points": NUMBER, "low": NUMBER, "high": NUMBER, "own": NUMBER,
    "concluded": YES_NO, "verified": NUMBER, "settled_low": NUMBER, "settled_high": NUMBER, "reasons": TEXT, "citation": TEXT,
    "cells": TEXT,
}


def points(review: Review) -> pandas.DataFrame:
    """The criteria of the texts with points, and the deductions, whose points are below 0.

    Văn bản, Khóa, Mục, Loại, Nội dung (string) · Điểm chuẩn, Minh chứng từ, Minh chứng đến, Tự chấm (Float64) · Đã kết luận
    (boolean): by a meeting with minutes · Thẩm định, Ghi nhận từ, Ghi nhận đến (Float64) · Lý do, Căn cứ, Ô (string). The
    points of a criterion whose text is not known are <NA>, also in Ghi nhận.
    """
    texts = [text for text in review.texts if text.total is not None]
    return of_columns("points", _POINTS, [row for text in texts for row in _points_rows(text)])


def _points_rows(text: TextReview) -> Iterator[FrameRow]:
    for line in lines.lines(text):
        if line.depth == 0:
            yield _points_row(text, line)
    for one in text.deductions:
        yield {
            **_heads(text, one), **_taken("", one.computed), **_taken("settled_", one.settled), "title": one.text,
            "kind": say("publish.frames.kinds.deduction"), "own": None if one.self_points is None else -one.self_points,
            "concluded": one.concluded if one.self_points is not None else None, "citation": one.citation,
            "reasons": joined([*(why.says for why in one.reasons), one.conflict]),
            "cells": "; ".join(lines.measured_ground(one.measurement)),
        }


def _points_row(text: TextReview, line: lines.FindingLine) -> FrameRow:
    finding, own = line.finding, line.finding.self_score
    known, kind = not finding.is_unread, "bonus" if finding.bonus else "criterion"
    return {
        **_heads(text, finding), "kind": say(f"publish.frames.kinds.{kind}"), "title": finding.title, "points": finding.points,
        "low": finding.computed.low if known else None, "high": finding.computed.high if known else None,
        "own": own.points if own else None, "concluded": own.concluded if own and own.points is not None else None,
        "verified": own.verified_points if own else None, "settled_low": finding.settled.low if known else None,
        "settled_high": finding.settled.high if known else None,
        "reasons": joined([*finding.returned, finding.not_applicable, *(why.says for why in finding.reasons), finding.conflict]),
        "citation": finding.citation, "cells": "; ".join(line.ground),
    }


def _taken(prefix: str, interval: Interval) -> dict[str, Decimal | None]:
    """A deduction as points below 0; without a lower end if there is no limit."""
    return {f"{prefix}low": None if interval.high is None else -interval.high, f"{prefix}high": -interval.low}


# --- totals --------------------------------------------------------------------------------------------------------

_SCORES = {
    "text": TEXT, "key": TEXT, "number": TEXT, "result": TEXT, "criteria": WHOLE, "yes": WHOLE, "no": WHOLE, "unknown": WHOLE,
    "not_applicable": WHOLE, "total": NUMBER, "considered": NUMBER, "unread": NUMBER, "low": NUMBER, "high": NUMBER, "own": NUMBER,
    "verified": NUMBER, "bands": TEXT, "caps": TEXT, "start": DAY, "end": DAY, "until": DAY, "deadline": DAY, "draft": YES_NO,
    "citation": TEXT, "cells": TEXT,
}


def scores(review: Review) -> pandas.DataFrame:
    """The totals of each text.

    Văn bản, Khóa, Số hiệu, Kết quả (string): the result of a text without points · Số tiêu chí (Int64); Đạt, Chưa đạt, Chưa
    rõ, Không áp dụng (Int64): the number of criteria in each state, for a text without points · Tổng điểm, Điểm đã xét,
    Điểm chưa có thang, Điểm từ, Điểm đến (Float64): for a text with points · Tự chấm, Thẩm định (Float64): only where every
    criterion has such points · Xếp loại còn có thể, Khống chế (string) · Kỳ từ, Kỳ đến, Số liệu đến hết, Hạn của cấp có
    thẩm quyền (datetime64) · Dự thảo (boolean) · Căn cứ: the clause of the deadline · Ô: the cells of the self-scores.
    """
    return of_columns("scores", _SCORES, [_scores_row(text) for text in review.texts])


def _scores_row(text: TextReview) -> FrameRow:
    given = [one.self_score.verified_points if one.self_score else None for one in text.findings]
    verified = [value for value in given if value is not None]
    counts = {truth.value: count for truth, count in lines.states(text)} if text.total is None else {}
    return {
        "text": text.short, "key": text.id, "number": text.number, "criteria": len(text.findings),
        "result": phrases.by_evidence(text),
        **({truth.value: counts.get(truth.value, 0) for truth in Truth} if counts else {}),
        "total": text.total, "considered": text.considered, "unread": text.unread, "low": text.range.low if text.range else None,
        "high": text.range.high if text.range else None, "own": text.own_total() if text.total is not None else None,
        "verified": text.added(given, ()) if verified and len(verified) == len(given) and not text.deductions else None,
        "bands": joined(text.bands), "caps": joined(_cap_words(text)), "start": text.period_start, "end": text.period_end,
        "until": text.data_until, "deadline": text.deadline, "draft": text.draft, "citation": text.deadline_citation,
        "cells": place(cell for one in text.findings if one.self_score for cell in one.self_score.cells),
    }


def _cap_words(text: TextReview) -> Iterator[str]:
    for cap in text.caps:
        state = say(f"publish.caps.{cap.truth.value}")
        yield say("publish.frames.cap", id=phrases.label(cap.id), highest=cap.highest, state=state)


# --- the plan ------------------------------------------------------------------------------------------------------

_PLAN = {
    "section": TEXT, "id": TEXT, "part": TEXT, "quote": TEXT, "measure": TEXT, "asked": TEXT, "operator": TEXT, "target": NUMBER,
    "done": TEXT, "value_low": NUMBER, "value_high": NUMBER, "unit": TEXT, "rate": YES_NO, "status": TEXT, "whole": TEXT, "due": DAY,
    "in_charge": TEXT, "proposed": YES_NO, "reasons": TEXT, "settles": TEXT, "codes": TEXT, "cells": TEXT,
}


def plan(review: Review) -> pandas.DataFrame:
    """The goals of the plan, one row for each part of a goal.

    Mục, Mã, Ý, Nội dung kế hoạch, Phép đo, Chỉ tiêu, So sánh (string): Chỉ tiêu is the target in words, So sánh its
    operator · Số chỉ tiêu (Float64) · Thực hiện (string): the measured value in words, or what the school wrote · Giá trị từ,
    Giá trị đến (Float64) · Đơn vị (string) · Là tỷ lệ (boolean): target and value are fractions of 1 · Trạng thái, Cả nội dung
    (string): the status of the part and of the whole goal · Hạn (datetime64) · Phụ trách (string) · Chỉ tiêu đề xuất (boolean):
    not decided by the school yet · Lý do, Để rõ cần, Mã minh chứng, Ô (string).
    """
    codes = codes_of(review)
    sections = lines.sections(review.goals)
    rows = [_plan_row(section.name, goal, part, codes) for section in sections for goal in section.goals for part in goal.parts]
    return of_columns("plan", _PLAN, rows)


def _plan_row(section: str, goal: Goal, part: GoalPart, codes: dict[str, list[str]]) -> FrameRow:
    measured = _measured(part.measurement)
    return {
        **{key: measured.get(key) for key in ("value_low", "value_high")}, "section": section, "id": goal.id, "part": part.part,
        "quote": part.quote, "measure": part.measure_label, "asked": phrases.target(part) if part.target is not None else "",
        "operator": Operator.label_of(part.operator), "target": part.target,
        "done": phrases.done(part) if part.measurement or part.told else "", "unit": part.unit, "rate": part.is_rate,
        "status": phrases.word(part.status), "whole": phrases.word(goal.status),
        "due": part.due_on, "in_charge": part.in_charge, "proposed": part.set_by == SetBy.PROPOSED,
        "reasons": joined([*(goal.returned if part is goal.parts[0] else ()), *(why.says for why in part.reasons)]),
        "settles": joined(why.settles for why in part.reasons),
        "codes": "; ".join(codes.get(goal.id, [])), "cells": "; ".join(lines.part_ground(part)),
    }
