"""What the screens of the results show, as plain values made from the review and from what lies in the folder of results."""


from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from antq_review.files import nfc
from antq_review.history import load_any
from antq_review.page.folders import Known, versions_of, year_of
from antq_review.page.parts import Parts, stamps_of
from antq_review.page.words import words_of
from antq_review.places.names import PLAN
from antq_review.places.versions import Version
from antq_review.publish import wording as phrases
from antq_review.publish.report_dates import due
from antq_review.publish.tables import page_one
from antq_review.publish.tables.findings import goal_counts, states
from antq_review.scoring.model.review import Review, TextReview
from antq_review.text import number, say


@dataclass(frozen=True)
class Card:
    """One card of the results: a heading, the answer with its state, small lines."""

    title: str
    basis: str
    answer: str
    state: str
    small: tuple[str, ...]


def cards(review: Review) -> list[Card]:
    """The cards of page one: each text, those that do not judge this school with the reason, then the plan."""
    plan = " · ".join(f"{phrases.word(status).lower()} {count}" for status, count in goal_counts(review.goals))
    progress = page_one.progress_of(review, "plan")
    done, every = page_one.goals_done(review), len(review.goals)
    small = tuple(filter(None, (plan, progress)))
    last = Card(words_of("cards.plan", count=every), "", words_of("cards.plan_done", done=done), "ok" if done else "open", small)
    left_out = [
        Card(str(one.short), "", words_of(f"cards.{answer}"), state, (str(one.says),))
        for one in review.left_out
        for answer, state in [("outside", "none") if one.level_known else ("not_judged", "open")]
    ]
    return [*(_card(review, text) for text in review.texts), *left_out, last]


def final_choices(review: Review) -> list[tuple[str, str]]:
    """What a final version can be of, besides everything: one text that judges this school, or its plan alone. Id and words."""
    plan = [(PLAN, words_of("final.only_plan"))] if review.goals else []
    return [*((text.id, words_of("final.only", text=text.short)) for text in review.texts), *plan]


def _card(review: Review, text: TextReview) -> Card:
    own = words_of("cards.own", own=phrases.self_assessed(text))
    small = (page_one.progress_of(review, text.id), *map(str, text.warnings))
    if text.total is None:
        assert text.result is not None
        basis, _, said = phrases.by_evidence(text).partition(": ")
        counts = " · ".join(f"{phrases.word(truth).lower()} {count}" for truth, count in states(text))
        lines = tuple(filter(None, (counts, own, *small)))
        return Card(str(text.short), basis, said[:1].upper() + said[1:], phrases.state(text.result), lines)
    assert text.range is not None
    answer = words_of("cards.points", range=phrases.reached(text.range), total=number(text.considered or 0))
    return Card(str(text.short), phrases.basis(text), answer, "", tuple(filter(None, (phrases.classified(text), own, *small))))


def first_steps(review: Review) -> list[tuple[str, str]]:
    """What to do first: the step with its day, and its effect."""
    found = []
    for advice in review.to_do[:3]:
        until = f" ({due(review, advice.due_on)})" if advice.due_on else ""
        found.append((f"{advice.says}{until}", str(advice.effect)))
    return found


@dataclass(frozen=True)
class Shown:
    """The version that the results show, its review, when it was made; `changed`: forms that differ from the judged ones."""

    version: Version
    review: Review
    made_at: datetime
    changed: tuple[str, ...]


_REVIEWS: dict[Path, tuple[tuple[int, int], Review]] = {}


def stored_review(path: Path) -> Review:
    """The review in a version's folder; read again where the file is another one."""
    stat = (path / "review.json").stat()
    stamp = (stat.st_size, stat.st_mtime_ns)
    known = _REVIEWS.get(path)
    if known is None or known[0] != stamp:
        known = _REVIEWS[path] = (stamp, load_any(path))
        while len(_REVIEWS) > 8:
            del _REVIEWS[next(iter(_REVIEWS))]
    return known[1]


def shown_of(parts: Parts, known: Known, named: str = "") -> Shown | None:
    """The named version, else the chosen one, else the one that was made last; None where nothing was judged."""
    found = versions_of(known, parts.out)
    if not named and any(one.path.name == known.chosen for one in found):
        named = known.chosen
    if named:
        found = [one for one in found if one.path.name == named]
    if not found:
        return None
    version = max(found, key=lambda one: one.made_at)
    review = stored_review(version.path)
    made_at = version.made_at.astimezone().replace(tzinfo=None)
    return Shown(version, review, made_at, _changed(known, review, made_at))


def _changed(known: Known, review: Review, made_at: datetime) -> tuple[str, ...]:
    """Forms that are new, gone, or of another size than when the version was made, or were saved after it."""
    judged = {one.name: one for one in review.files}
    now = {nfc(name): stamp for name, stamp in stamps_of(known.path).items()}
    both = judged.keys() & now.keys()
    resized = {name for name in both if judged[name].size != now[name][0]}
    # A version tells the whole second in which it was made, so a form's second is compared.
    later = {name for name in both if datetime.fromtimestamp(now[name][1] // 10**9) > made_at}
    return tuple(sorted(judged.keys() ^ now.keys() | resized | later))


# --- versions, bags ----------------------------------------------------------------------------------------------------


def official_of(parts: Parts, known: Known) -> Version | None:
    """The newest official version."""
    return next((one for one in reversed(versions_of(known, parts.out)) if one.is_official), None)


def version_lines(parts: Parts, known: Known) -> list[tuple[Version, datetime]]:
    """Every version of the year with the moment it was made, the newest first."""
    found = [(one, one.made_at.astimezone().replace(tzinfo=None)) for one in versions_of(known, parts.out)]
    return sorted(found, key=lambda one: one[1], reverse=True)


def bags_of(parts: Parts, known: Known) -> list[Path]:
    """The archived bags of the year."""
    year = year_of(known, parts.out)
    place = year.parent / say("archive.folder") if year is not None else None
    if place is None or not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if path.is_dir() and path.name.startswith(f"{known.code}_{known.year}_"))
