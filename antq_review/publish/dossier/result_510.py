"""Points and class under Decision 510 in words. A class is named only where the points surely give it."""

from __future__ import annotations

from decimal import Decimal

from antq_review.publish import wording as phrases
from antq_review.publish.dossier.catalogue import DECISION
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.criteria import differences, self_points
from antq_review.publish.dossier.field_rows import ScoreCells, ScoreListCells
from antq_review.publish.dossier.result_124 import numbers_of
from antq_review.publish.dossier.sentences import paragraphs, tell
from antq_review.publish.excel.annex.official import limit_words, taken_words
from antq_review.scoring.model.outcome import Interval
from antq_review.scoring.model.review import DeductionFinding, Finding, TextReview
from antq_review.text import criterion_label, fold, number, say


def is_hidden(case: Case, name: str) -> bool:
    """Does this copy hide the points of the item `name`, or the `total`?"""
    return f"{DECISION}.{name}" in case.hidden_points


def total_of(case: Case) -> str:
    """The concluded total; or that it is not complete."""
    own = case.decision.own_total() if case.decision else None
    if own is not None and is_hidden(case, "total"):
        return say("dossier.hidden")
    return say("dossier.results.not_enough") if own is None else number(own)


def decided_band(text: TextReview | None) -> str | None:
    """The one class that the concluded total gives, else None.

    All items must be concluded and read, no cap may be open, and the table must be official.
    """
    if text is None or text.draft or text.illustrative:
        return None
    bands = text.official_bands()
    return bands[0] if len(bands) == 1 else None


def band_of(text: TextReview | None) -> str:
    """The class, or that there is none; a class by an illustrative table is marked."""
    band = decided_band(text)
    if band:
        return band
    if text is not None and text.illustrative and len(bands := text.official_bands()) == 1:
        return bands[0] if _says_illustrative(bands[0]) else say("dossier.results.illustrative_band", band=bands[0])
    return say("dossier.results.no_band")


def _says_illustrative(band: str) -> bool:
    """Does the class's own name say already that the table is illustrative?"""
    return fold(say("dossier.results.illustrative_word")) in fold(band)


def band_line(case: Case) -> str:
    """The proposed class; or that it is not decided, with the reason."""
    text = case.decision
    if text is None:
        return case.not_judged(DECISION)
    band, own = decided_band(text), text.own_total()
    if band:
        return tell("result_510.band", band=band)
    if text.unread:
        return tell("result_510.bands_unread", points=number(text.unread))
    if not text.bands:
        return tell("result_510.bands_unknown")
    if own is None:
        return tell("result_510.band_not_concluded")
    bands = text.official_bands()
    if len(bands) > 1:
        return tell("result_510.bands_open", bands=", ".join(bands))
    return tell("result_510.band_illustrative" if text.illustrative else "result_510.band_unconfirmed", band=bands[0])


def result_paragraphs(case: Case) -> list[str]:
    """The concluded points of each item, the total or the reason why it is missing; where they differ from the evidence.

    The class is in `band_line`.
    """
    text = case.decision
    if text is None:
        return [case.not_judged(DECISION)]
    given = [
        tell("result_510.given_one", number=short_number(finding), points=number(points), maximum=number(finding.points or 0))
        for finding in text.findings
        if (points := finding.concluded_points()) is not None and not is_hidden(case, finding.id)
    ]
    given_line = tell("result_510.given", list="; ".join(given)) if given else ""
    if not text.is_concluded and not is_hidden(case, "total"):
        return [tell("result_510.no_meeting", computed=considered_of(case))]
    return paragraphs(given_line, taken_line(case), total_line(case) or _no_total(text), *differences_510(case, text))


def differences_510(case: Case, text: TextReview) -> list[str]:
    """The notes on items and deductions that differ from the evidence, then the other total, once."""
    told = [*differences(case, text), *(_taken_difference(case, one) for one in text.deductions)]
    return paragraphs(*told, total_difference(case, text))


def total_difference(case: Case, text: TextReview) -> str:
    """The note on the total by the evidence; empty where it is the concluded one, or where there is none to stand beside."""
    own = text.own_total()
    if own is None or text.range is None or text.range.low == own == text.range.high or is_hidden(case, "total"):
        return ""
    return tell("criterion.total_differs", computed=phrases.reached(text.range), maximum=number(text.total or 0))


def _taken_difference(case: Case, one: DeductionFinding) -> str:
    if not one.concluded or not one.conflict or one.self_points is None or is_hidden(case, one.id):
        return ""
    own = Interval(low=one.self_points, high=one.self_points)
    places = {"number": short_number(one), "computed": _taken_in_words(one.computed), "official": _taken_in_words(own)}
    if one.reason and not case.public:
        return tell("criterion.differs_because", reason=one.reason.rstrip(". "), **places)
    return tell("criterion.differs", **places)


def _taken_in_words(taken: Interval) -> str:
    """`không trừ điểm`, `trừ 2 điểm`, `trừ từ 0 đến 4 điểm`."""
    if taken.low == taken.high == 0:
        return tell("result_510.taken_nothing")
    return tell("result_510.taken_points", points=phrases.reached(taken))


def total_line(case: Case) -> str:
    """The concluded total, or that this copy hides it; empty where it is not complete."""
    text = case.decision
    own = text.own_total() if text is not None else None
    if text is None or own is None:
        return ""
    if is_hidden(case, "total"):
        return tell("result_510.total_hidden")
    return tell("result_510.total", total=number(own), maximum=number(text.total or 0))


def taken_line(case: Case) -> str:
    """The points that a meeting deducted; empty where there are none."""
    taken = [
        tell("result_510.taken_one", number=short_number(one), points=number(one.self_points))
        for one in (case.decision.deductions if case.decision else ())
        if one.concluded and one.self_points and not is_hidden(case, one.id)
    ]
    return tell("result_510.taken", list="; ".join(taken)) if taken else ""


def _no_total(text: TextReview) -> str:
    """Why there is no total: items that no meeting has concluded, or points of provisions whose text is unread."""
    missing = [finding for finding in text.findings if finding.concluded_points() is None and not finding.is_unread]
    if missing:
        return tell("result_510.no_total", missing=numbers_of(missing, "item"))
    return tell("result_510.no_total_unread", points=number(text.unread or 0))


def short_number(finding: Finding | DeductionFinding) -> str:
    """`mục 4a`; a bonus row is marked as such."""
    bonus = isinstance(finding, Finding) and finding.bonus
    return say(f"dossier.results.item_short{'_bonus' if bonus else ''}", number=criterion_label(finding.id))


def request(case: Case, body: str) -> str:
    """The request for a class; for guidance where no class is decided."""
    text = case.decision
    if text is None:
        return case.not_judged(DECISION)
    band = decided_band(text)
    if band is None:
        return tell("result_510.request_open", body=body)
    return tell("result_510.request", body=body, year=case.review.year, band=band)


def illustrative_note(text: TextReview | None) -> str:
    """A note that the table of points is not the official one, or not confirmed; else empty."""
    if text is None or not (text.illustrative or text.draft):
        return ""
    return say("dossier.results.illustrative" if text.illustrative else "dossier.results.unconfirmed")


# --- D5, D7 --------------------------------------------------------------------------------------------------------


def score_rows(case: Case) -> list[ScoreCells]:
    """The rows of the official table, with its four columns only; headings and deductions in their places."""
    text = case.decision
    if text is None:
        return []
    rows = list[ScoreCells]()
    for finding in text.findings:
        rows += [_line(one.id, one.text, one.points, "") for one in text.headings if one.before == finding.id]
        content = finding.title if finding.is_unread else finding.marked_text
        rows.append(_line(finding.id, content, finding.points, self_points(case, text, finding), finding.is_unread))
    return rows + [_line(one.id, taken_words(one), None, _taken(case, one)) for one in text.deductions]


def _line(name: str, content: str, points: Decimal | None, own: str, unread: bool = False) -> ScoreCells:
    return ScoreCells(
        number=criterion_label(name), content=content, max_points="" if points is None else number(points), self_points=own,
        is_unread=unread,
    )


def _taken(case: Case, one: DeductionFinding) -> str:
    if is_hidden(case, one.id):
        return say("dossier.hidden")
    return phrases.less(one.self_points) if one.concluded and one.self_points is not None else ""


def score_notes(case: Case) -> list[str]:
    """The notes below the table: a table that is not official, differences, the meaning of “…”."""
    text = case.decision
    told = differences_510(case, text) if text is not None and text.is_concluded else []
    hidden = say("dossier.results.hidden_points_note") if is_hidden(case, "total") else ""
    return paragraphs(illustrative_note(text), *(f"{one}." for one in (limit_words(text) if text else ())), *told, hidden)


def score_list(case: Case) -> list[ScoreListCells]:
    """One row for the school; the superior body combines the rows of its schools."""
    text = case.decision
    return [
        ScoreListCells(
            number="1", unit_name=case.school, total=total_of(case), band=band_of(text),
            note="" if decided_band(text) else band_line(case),
        )
    ]


def considered_of(case: Case) -> str:
    """The number of points that could be judged, and the points reached; empty where the text was not judged."""
    text = case.decision
    if text is None or text.range is None:
        return ""
    return say("dossier.hidden") if is_hidden(case, "total") else phrases.considered(text)
