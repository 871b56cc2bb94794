"""An example province: the officer's folder of forty fictional schools, with everything that goes wrong in a real one.

Its packages are sealed as `send` seals them; its register is written as a check writes it, on the days that the seed says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from antq_review.errors import CannotDo
from antq_review.files import reason_of, write_whole
from antq_review.forms.choices.officer import DecisionKind, ReturnedText
from antq_review.package import SUMMARY
from antq_review.package.model import Summary
from antq_review.places.versions import Kind, Version
from antq_review.province.arrival import SHOWN_DIGITS
from antq_review.province.arrival_register import entered
from antq_review.province.bag import READ_FIRST, PackageName, content_id
from antq_review.province.example_schools import ExampleSchool, example_schools, example_summaries, varied
from antq_review.province.officer_folder import ARRIVALS, REGISTER, drawn
from antq_review.province.seal import manifest_of, sealed
from antq_review.province.send import read_first
from antq_review.province.summaries import Package
from antq_review.text import say, tell
from antq_review.version import VERSION

YEAR, DUE, AS_OF = 2026, date(2026, 11, 20), date(2026, 11, 30)
#: The folder below OUT, and the seed that every demonstration uses: pictures and texts may speak of its schools.
PLACE, SEED = ("vi_du_so", "TONG_HOP_2026"), 2026
#: What befalls the schools of the list, by their place; all others send one package in time.
_FATES = {
    3: "silent", 7: "late", 10: "twice", 13: "corrupt", 16: "returned", 19: "late", 22: "draft", 25: "silent", 28: "same_again",
    31: "closed", 34: "two_of_one", 37: "newer",
}
COUNT = 40


@dataclass(frozen=True)
class SealedExample:
    """One sealed package."""

    name: PackageName
    summary: Summary
    content: str
    zipped: bytes

    @property
    def shown(self) -> str:
        """The content id as an officer types it."""
        return self.content[:SHOWN_DIGITS]


def made(summary: Summary, number: int = 1) -> SealedExample:
    """The package of a summary: the figures and the text that explains them."""
    version = Version(Path(), summary.version.kind, summary.version.number)
    payload = {SUMMARY: summary.to_json(), READ_FIRST: read_first(summary, version, [SUMMARY]).encode("utf-8")}
    name = PackageName(summary.school.code, summary.year, number)
    return SealedExample(name, summary, content_id(manifest_of(payload)), sealed(name, payload, f"antq_review {VERSION}"))


def write_example(folder: Path, seed: int) -> None:
    """Make the officer's folder of the example province; the same seed makes the same bytes. Raises CannotDo where it exists."""
    if folder.exists():
        raise CannotDo(tell("province.folder.exists", folder=folder.parent, name=folder.name))
    try:
        (folder / ARRIVALS).mkdir(parents=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=folder, why=reason_of(fault))) from fault
    entered(folder / REGISTER, [], DUE - timedelta(days=30), str(seed))
    schools, bases, random = example_schools(COUNT), example_summaries(), Random(seed)
    decisions: list[dict[str, object]] = []
    reasons: list[dict[str, object]] = []
    for place, school in enumerate(schools):
        fate = _FATES.get(place, "in_time")
        packages = _packages(fate, varied(bases, school, random))
        for name, content in _files(fate, packages, random):
            write_whole(folder / ARRIVALS / name, content)
        days = [AS_OF - timedelta(days=5) if fate == "late" else DUE - timedelta(days=random.randint(1, 9)), DUE]
        for one, on in zip(packages if fate != "corrupt" else (), days, strict=False):
            entered(folder / REGISTER, [Package(one.name, one.content, one.summary, ())], on)
        decisions += _decided(fate, place, packages)
        if fate == "returned":
            reasons.append(_reason(packages[0]))
    tables = {
        "expected": [_listed(school, place) for place, school in enumerate(schools)], "decisions": decisions, "return_reasons": reasons,
        "officer_settings": [{"year": YEAR, "due_on": DUE, "body": say("province.example.body"), "sample": 1, "seed": str(seed)}],
    }
    for name, content in drawn(tables):
        write_whole(folder / name, content)


def _packages(fate: str, summary: Summary) -> list[SealedExample]:
    """What a school sent, in order."""
    if fate == "silent":
        return []
    if fate == "draft":
        version = replace(summary.version, kind=Kind.DRAFT, number=0)
        return [made(summary.model_copy(update={"version": version, "draft": True}))]
    first = made(summary)
    if fate in ("twice", "newer"):
        return [first, made(_next(summary), 2)]
    return [first, made(_next(summary), 1)] if fate == "two_of_one" else [first]


def _next(summary: Summary) -> Summary:
    """The school's next final version: a sentence of its plan more is met."""
    version = replace(summary.version, number=summary.version.number + 1)
    first, *rest = summary.goals
    return summary.model_copy(update={"version": version, "goals": (replace(first, asks=first.asks[::-1]), *rest)})


def _files(fate: str, packages: Sequence[SealedExample], random: Random) -> Iterator[tuple[str, bytes]]:
    """Name below `den/` and bytes, as they come by mail and stick."""
    for place, one in enumerate(packages):
        name = f"{one.name}.zip" if random.random() < 0.7 and place == 0 else f"goi {one.name.code[-3:]} ({place + 1}).zip"
        yield name, one.zipped[: len(one.zipped) // 2] if fate == "corrupt" else one.zipped
        if fate == "same_again":
            yield f"zalo {one.name.code[-3:]}.zip", one.zipped


def _decided(fate: str, place: int, packages: Sequence[SealedExample]) -> Iterator[dict[str, object]]:
    """The officer has accepted every fifth school, the first of two packages, and returned one."""
    kind = DecisionKind.RETURN if fate == "returned" else DecisionKind.ACCEPT if fate == "newer" or place % 5 == 1 else None
    if kind is not None and packages and fate not in ("corrupt", "draft"):
        one = packages[0]
        yield {
            "code": one.name.code, "package": one.shown, "decision": kind.label, "decided_on": DUE + timedelta(days=3),
            "post": say("province.example.post"),
        }


def _reason(one: SealedExample) -> dict[str, object]:
    return {
        "package": one.shown, "text": ReturnedText.QD_510.label, "item": "6", "reason": say("province.example.reason"),
        "to_do": say("province.example.to_do"), "due_on": AS_OF + timedelta(days=5),
    }


def _listed(school: ExampleSchool, place: int) -> dict[str, object]:
    closed = {"to_on": date(YEAR, 8, 31), "merged_into": f"{int(school.code) - 1:08d}"} if _FATES.get(place) == "closed" else {}
    return {"code": school.code, "name": school.name, "levels": school.levels.label, "commune": school.commune, **closed}
