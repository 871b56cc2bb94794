"""What changed: since last year (T9), since a cut-off and in packages that wait beside an accepted one (T10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from antq_review.package.model import Summary
from antq_review.province.arrival import Arrival
from antq_review.province.choose import Standing
from antq_review.province.frame import Cell, Frame, Row
from antq_review.province.law_words import short_of
from antq_review.province.roll_up import RollUp, stated
from antq_review.province.stored import StoredRollUp, StoredSchool, schools_of
from antq_review.province.totals import share
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult
from antq_review.text import listing, number, say

#: The better the later in these: a school that moves to the right is better off.
_RESULTS = (TextResult.NOT_MET.value, TextResult.MET.value)
_TRUTHS = (Truth.NO.value, Truth.YES.value)


# --- T9 ------------------------------------------------------------------------------------------------------------------


def since_last_year(found: RollUp, before: StoredRollUp | None) -> Frame:
    """T9: this year beside the last one; better, worse, the same only over the schools that say it in both years."""
    if before is None:
        return Frame("T9", (), notes=(say("province.tables.T9.none"),))
    now, then = schools_of(found), before.schools
    here = [one for one in now.values() if one.state.is_expected]
    rows = [_received(here, before.expected), _changed("circular", now, then, _circular, _RESULTS)]
    ids = dict.fromkeys(name for school in now.values() for name in school.criteria)
    rows += [_changed(name, now, then, _criterion(name), _TRUTHS) for name in ids]
    rows.append(_incidents(now, then))
    new, gone = sorted(now.keys() - then.keys()), sorted(then.keys() - now.keys())
    notes = (say("province.tables.T9.note"), say("province.tables.T9.schools", new=number(len(new)), gone=number(len(gone))))
    return Frame("T9", tuple(rows), notes=notes)


def _received(now: Sequence[StoredSchool], then: Sequence[StoredSchool]) -> Row:
    had, has = (sum(bool(one.content) for one in group) for group in (then, now))
    return (say("province.tables.T9.received"), share(had, len(then)), share(has, len(now)), None, None, None, None, None)


def _circular(one: StoredSchool) -> str | None:
    return one.circular.value if one.circular is not None else None


def _criterion(name: str) -> Callable[[StoredSchool], str | None]:
    return lambda one: one.criteria[name].value if name in one.criteria else None


def _changed(
    name: str, now: dict[str, StoredSchool], then: dict[str, StoredSchool], value: Callable[[StoredSchool], str | None],
    order: tuple[str, str],
) -> Row:
    """One line: the schools that are met in each year, then better, worse, the same among those with a clear word in both."""
    pairs: Counter[str] = Counter()
    for code in now.keys() & then.keys():
        old, new = value(then[code]), value(now[code])
        if old is None or new is None:
            continue
        if then[code].asks != now[code].asks or old not in order or new not in order:
            pairs["open"] += 1
        else:
            pairs["same" if old == new else "better" if order.index(new) > order.index(old) else "worse"] += 1
    label = say("province.tables.T9.circular") if name == "circular" else say("province.tables.T9.criterion", id=name)
    both = sum(pairs.values())
    return (label, _met(then, value, order), _met(now, value, order), both, *(pairs[word] for word in ("better", "worse", "same", "open")))


def _met(schools: dict[str, StoredSchool], value: Callable[[StoredSchool], str | None], order: tuple[str, str]) -> str:
    said = [word for one in schools.values() if (word := value(one)) is not None]
    return share(sum(word == order[1] for word in said), len(said))


def _incidents(now: dict[str, StoredSchool], then: dict[str, StoredSchool]) -> Row:
    """Incidents over the schools that declared their whole year in both years; fewer is better."""
    both = [(then[code].incidents, now[code].incidents) for code in now.keys() & then.keys()]
    clear = [(old, new) for old, new in both if old is not None and new is not None]
    compared = Counter("better" if new < old else "worse" if new > old else "same" for old, new in clear)
    said = (number(sum(old for old, _ in clear)), number(sum(new for _, new in clear)))
    words = (compared[word] for word in ("better", "worse", "same"))
    return (say("province.tables.T9.incidents"), *said, len(both), *words, len(both) - len(clear))


# --- T10 -----------------------------------------------------------------------------------------------------------------


def since_cut_off(found: RollUp, cut_off: StoredRollUp | None) -> Frame:
    """T10: packages that wait beside the counted one, and what changed since a stored roll-up of this year."""
    rows = [row for one in found.standings for waiting in one.waiting if one.arrival for row in [_waiting(one, one.arrival, waiting)]]
    notes = [say("province.tables.T10.none")]
    if cut_off is not None:
        rows += _changes(found, cut_off)
        notes = [say("province.tables.T10.since", day=cut_off.as_of)]
    return Frame("T10", tuple(rows), notes=tuple(notes))


def _waiting(one: Standing, counted: Arrival, waiting: Arrival) -> Row:
    numbers = f"{counted.package.name.number} → {waiting.package.name.number}"
    what = differences(counted.package.summary, waiting.package.summary)
    return (one.code, one.school.name, numbers, what, say("province.tables.T10.waits"))


def _changes(found: RollUp, cut_off: StoredRollUp) -> Iterator[Row]:
    now = schools_of(found)
    for one in found.standings:
        old, new = cut_off.schools.get(one.code), now[one.code]
        if old is None:
            yield (one.code, one.school.name, "", say("province.tables.T10.new_school"), _state(new))
        elif (old.state, old.content) != (new.state, new.content):
            moved = sorted(name for name in new.criteria.keys() | old.criteria.keys() if new.criteria.get(name) != old.criteria.get(name))
            what = [say("province.tables.T10.criteria", ids=listing(moved))] if moved else []
            what += [say("province.tables.T10.incidents")] if old.incidents != new.incidents else []
            numbers = f"{old.number or '–'} → {new.number or '–'}"
            yield (one.code, one.school.name, numbers, "; ".join(what), f"{_state(old)} → {_state(new)}")
    for code in sorted(cut_off.schools.keys() - now.keys()):
        yield (code, "", "", say("province.tables.T10.gone_school"), None)


def _state(one: StoredSchool) -> str:
    return say(f"province.state.{one.state}")


def differences(one: Summary, other: Summary) -> str:
    """What two packages of a school say differently: criteria by their ids, incidents and numbers without their figures."""
    said: list[Cell] = []
    for text in one.texts:
        again = next((found for found in other.texts if found.id == text.id), None)
        before = {found.id: (stated(found), found.low, found.high) for found in text.criteria}
        after = {found.id: (stated(found), found.low, found.high) for found in again.criteria} if again is not None else {}
        ids = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
        said += [say("province.tables.T10.of_text", text=short_of(text.id), ids=listing(ids))] if ids else []
    said += [say("province.tables.T10.incidents")] if one.incidents != other.incidents else []
    said += [say("province.tables.T10.numbers")] if one.tables != other.tables else []
    said += [say("province.tables.T10.goals")] if one.goals != other.goals else []
    return "; ".join(map(str, said)) or say("province.tables.T10.only_papers")
