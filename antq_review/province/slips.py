"""Slips of decisions: a return with its reasons, a receipt. A slip that exists is never written again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import reason_of, write_whole
from antq_review.forms.choices.officer import DecisionKind
from antq_review.forms.return_slip import receipt_bytes, seal_of, slip_bytes
from antq_review.forms.rows.return_slip import SlipHead, SlipReason
from antq_review.places.lock import locked
from antq_review.places.move import move_set
from antq_review.places.staging import staging
from antq_review.province.arrival import Arrival
from antq_review.province.roll_up import RollUp
from antq_review.text import tell

FOLDER = "phieu"
_ENDINGS = {DecisionKind.RETURN: "tra_lai", DecisionKind.ACCEPT: "tiep_nhan"}


def slips(found: RollUp) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name of the slip of every decision that holds, and what draws it. Other reasons for the same package are another name."""
    ruled = found.choice.decided
    for arrival in found.choice.arrivals:
        kind = ruled.kind(arrival)
        if kind not in _ENDINGS:
            continue
        decision = ruled.by_content[arrival.package.content].values
        head, on = _head(arrival, found, decision.post), decision.decided_on
        name = f"{arrival.package.name}_{arrival.shown[:4]}_{_ENDINGS[kind]}"
        if kind is DecisionKind.ACCEPT:
            yield f"{name}.xlsx", partial(receipt_bytes, head, on)
            continue
        reasons = [
            SlipReason(text=one.text, item=one.item, reason=one.reason, to_do=one.to_do, due_on=one.due_on)
            for one in ruled.reasons[arrival.package.content]
        ]
        yield f"{name}_{seal_of(head, reasons)[:4]}.xlsx", partial(slip_bytes, head, reasons, on)


def _head(arrival: Arrival, found: RollUp, post: str | None) -> SlipHead:
    summary = arrival.package.summary
    return SlipHead(
        code=summary.school.code, name=summary.school.name, year=summary.year, number=arrival.package.name.number, package=arrival.shown,
        check=arrival.package.check, received_on=arrival.received_on, body=found.settings.body or None, post=post, seal="",
    )


def write_slips(found: RollUp, place: Path) -> list[Path]:
    """Write the slips that are not there yet into `place/phieu/`. Raises CannotDo where they cannot be written."""
    new = [(name, draw) for name, draw in slips(found) if not (place / FOLDER / name).exists()]
    if not new:
        return []
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    with locked(place), staging(place) as workshop:
        for name, draw in new:
            write_whole(workshop / name, draw())
        moved = move_set(workshop, place / FOLDER)
    return [moved[name] for name, _ in new]
