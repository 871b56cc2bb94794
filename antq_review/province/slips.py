"""Slips of decisions: a return with its reasons, a receipt. A slip that exists is never written again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import reason_of, write_whole
from antq_review.forms.choices.officer import DecisionKind
from antq_review.forms.return_slip import receipt_bytes, slip_bytes
from antq_review.forms.rows.return_slip import SlipHead, SlipReason
from antq_review.package.check import check_code
from antq_review.places.lock import locked
from antq_review.places.move import move_set
from antq_review.places.staging import staging
from antq_review.province.arrival import Arrival
from antq_review.province.roll_up import RollUp
from antq_review.text import tell

FOLDER = "phieu"
_ENDINGS = {DecisionKind.RETURN: "tra_lai", DecisionKind.ACCEPT: "tiep_nhan"}


def slips(found: RollUp) -> Iterator[tuple[str, bytes]]:
    """Name and content of the slip of every decision that holds. Other reasons for the same package are another name."""
    ruled = found.choice.decided
    for arrival in found.choice.arrivals:
        kind = ruled.kind(arrival)
        if kind not in _ENDINGS:
            continue
        decision = ruled.by_content[arrival.package.content].values
        head = _head(arrival, found, decision.post)
        name = f"{arrival.package.name}_{arrival.shown[:4]}_{_ENDINGS[kind]}"
        if kind is DecisionKind.ACCEPT:
            yield f"{name}.xlsx", receipt_bytes(head, decision.decided_on)
            continue
        reasons = [
            SlipReason(text=one.text, item=one.item, reason=one.reason, to_do=one.to_do, due_on=one.due_on)
            for one in ruled.reasons[arrival.package.content]
        ]
        head, content = slip_bytes(head, reasons, decision.decided_on)
        yield f"{name}_{head.seal[:4]}.xlsx", content


def _head(arrival: Arrival, found: RollUp, post: str | None) -> SlipHead:
    summary = arrival.package.summary
    return SlipHead(
        code=summary.school.code, name=summary.school.name, year=summary.year, number=arrival.package.name.number, package=arrival.shown,
        check=check_code(summary), received_on=arrival.received_on, body=found.settings.body or None, post=post, seal="",
    )


def write_slips(found: RollUp, place: Path) -> list[Path]:
    """Write the slips that are not there yet into `place/phieu/`. Raises CannotDo where they cannot be written."""
    new = [(name, content) for name, content in slips(found) if not (place / FOLDER / name).exists()]
    if not new:
        return []
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    with locked(place), staging(place) as workshop:
        for name, content in new:
            write_whole(workshop / name, content)
        moved = move_set(workshop, place / FOLDER)
    return [moved[name] for name, _ in new]
