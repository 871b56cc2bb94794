"""The findings of a criterion in sentences: each part with its number, its evidence, and the mark of a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from antq_review.publish import wording as phrases
from antq_review.publish.dossier.context import Case, every
from antq_review.publish.dossier.numbers import Figure, prose, rate_of
from antq_review.publish.dossier.sentences import counted, group, raised, tell
from antq_review.publish.dossier.suppression import is_private
from antq_review.publish.tables.evidence_codes import codes, codes_of
from antq_review.rules.model import Award
from antq_review.scoring.model.outcome import Measurement, Outcome, Truth
from antq_review.scoring.model.review import Finding, TextReview
from antq_review.text import Message, day, number, say, words

#: Reasons for which a form is not complete.
_NOT_COMPLETE = ("undeclared", "refused_row")
#: Units that have sentences of their own. Any other unit has one general sentence, which contains the unit's word.
_TOLD = ("document", "coordination", "initiative", "activity", "form", "incident", "person")


class Teller:
    """Makes sentences about the findings of one text. `case`: a public copy hides some of their numbers and codes."""

    def __init__(self, case: Case, text: TextReview, with_codes: bool = True) -> None:
        self.case, self.text = case, text
        self._codes = codes_of(case.review) if with_codes else {}

    def results(self, finding: Finding) -> list[str]:
        """One sentence for each part that is judged by itself, in the order of the law; one for an unread provision.

        Each sentence has the codes of its evidence, unless the teller was made with `with_codes=False`.
        """
        if finding.is_unread:
            return [say("dossier.results.unread")]
        by_meeting = finding.settled_by_meeting
        return list(dict.fromkeys(self._sentences(finding, by_meeting)))

    def evidence(self, finding: Finding) -> str:
        """Codes of the evidence of a finding and all its parts, each once.

        A public copy leaves out those of parts that count cases.
        """
        names = [part.id for part in every(finding) if not self._private(part)]
        found = [code for name in dict.fromkeys(names) for code in self._codes.get(f"{self.text.id}/{name}", [])]
        return ", ".join(dict.fromkeys(found))

    def _sentences(self, finding: Finding, by_meeting: bool) -> Iterator[str]:
        if finding.not_applicable:
            yield str(finding.not_applicable)
        elif finding.readings:
            yield from self._readings(finding, by_meeting)
        elif finding.parts:
            if finding.measurement is not None:
                yield self._sentence(finding, False)
            for part in finding.parts:
                yield from self._sentences(part, by_meeting)
        else:
            yield self._sentence(finding, by_meeting and finding.computed.truth is Truth.UNKNOWN)

    def _readings(self, finding: Finding, by_meeting: bool) -> Iterator[str]:
        """The first reading where all have the same outcome; else every reading, each sentence with its description."""
        if (one := only_part(finding)) is not None:
            yield from self._sentences(one, by_meeting)
            return
        first, *others = finding.readings
        by_reading = [list(self._parts_of(reading.parts, by_meeting)) for reading in finding.readings]
        if all(reading.outcome == first.outcome for reading in others):
            yield from by_reading[0]
            return
        for reading, sentences in zip(finding.readings, by_reading, strict=True):
            for sentence in sentences:
                yield tell("criterion.reading", id=reading.id, says=reading.says, sentence=sentence)

    def _parts_of(self, parts: tuple[Finding, ...], by_meeting: bool) -> Iterator[str]:
        for part in parts:
            yield from self._sentences(part, by_meeting)

    def _sentence(self, finding: Finding, by_meeting: bool) -> str:
        own = codes(self._codes, f"{self.text.id}/{finding.id}")
        return tell(
            "criterion.found", title=title_of(finding), found=found(self.case, finding.measurement, self._so_far, by_meeting=by_meeting),
            codes=tell("criterion.codes", codes=own) if own and not self._private(finding) else "",
            meeting=tell("criterion.by_meeting") if by_meeting else "",
        )

    @property
    def _so_far(self) -> str:
        """The last day of the numbers while the period still runs, else empty: an event may still happen later."""
        return day(self.text.data_until) if self.text.is_running else ""

    def _private(self, finding: Finding) -> bool:
        """Does this copy leave out the codes of the finding?

        The codes of single incidents reveal how many there are.
        """
        return self.case.public and is_private(finding.measurement)


def only_part(finding: Finding) -> Finding | None:
    """The one part of the first reading, with the provision's own title, where all readings agree; else None.

    The part's title describes how the reading understands the law. It does not describe the finding.
    """
    first, *others = finding.readings
    if len(first.parts) != 1 or any(reading.outcome != first.outcome for reading in others):
        return None
    return first.parts[0].model_copy(update={"title": finding.title})


def title_of(finding: Finding) -> str:
    """The title of the counted cases: the provision “Không cá nhân bị kỷ luật” counts “Cá nhân bị kỷ luật”."""
    begins = say("dossier.not_begins")
    if finding.award is Award.NONE_OF and finding.title.startswith(begins):
        return raised(finding.title.removeprefix(begins))
    return finding.title


def in_words(finding: Finding, outcome: Outcome) -> str:
    """`đạt`, `chưa rõ`, `2/3 điểm`, `từ 0 đến 2/3 điểm`."""
    if outcome.low is None or outcome.high is None:
        return str(words("scoring")["truth"][outcome.truth.value])
    return tell("criterion.points", points=phrases.between(outcome.low, outcome.high), maximum=number(finding.points or 0))


def found(case: Case, measured: Measurement | None, until: str = "", *, by_meeting: bool = False) -> str:
    """The result of a measure, in words that follow “Tên ý: …”.

    `until`: the last day of the numbers, in a period that still runs. `by_meeting`: a meeting settled what the measure
    leaves open.
    """
    if measured is None:
        return counted("found.other", Figure(None), unit="")
    if not measured.applies:
        return tell("found.rate.none_applies")
    hidden = case.hides(measured)
    if measured.unit == "rate":
        return tell("found.rate.hidden") if hidden and measured.high != 0 else _rate(measured)
    figure = Figure(measured.low, measured.high != measured.low, hidden)
    name = measured.unit if measured.unit in _TOLD else "other"
    if notes := phrases.excuse_notes(measured):
        truth = Truth.UNKNOWN if figure.lower and not by_meeting else Truth.YES
        excused = _excused(case, notes, truth, by_meeting=figure.lower)
        return tell("events.and_excused", result=counted(f"found.{name}", figure), excused=excused) if measured.low else excused
    if figure.lower and not any(why.code in _NOT_COMPLETE for why in measured.reasons):
        return _not_sure(name, figure, words("publish")["units"].get(measured.unit, ""))
    if until and figure.state == "zero" and "zero_so_far" in group(f"found.{name}"):
        return tell(f"found.{name}.zero_so_far", until=until)
    return counted(f"found.{name}", figure, unit=words("publish")["units"].get(measured.unit, ""))


def _not_sure(name: str, figure: Figure, unit: str) -> str:
    """A count that is open although the form is complete: a cell is blank, or a meeting must decide."""
    if not figure.value:
        return tell("found.not_sure.unknown")
    exact = counted(f"found.{name}", Figure(figure.value, hidden=figure.hidden), unit=unit)
    return tell("found.not_sure.at_least", found=exact)


def _rate(measured: Measurement) -> str:
    """A rate, with its fraction where that is known; the two ends where the rate is open."""
    if measured.high is None or not measured.settled:
        return _open_rate(measured)
    whole = group("found.rate.whole").get(measured.measure) if measured.low == 1 else None
    shown, own = rate_of(measured.low), whole or group("found.rate.of").get(measured.measure)
    if measured.base:
        places = {"count": _count(measured), "base": number(measured.base), "rate": shown}
        return own.format_map(places) if own else tell("found.rate.fraction", **places)
    plain = own if own and "{count}" not in own else group("found.rate")["plain"]
    return plain.format_map({"rate": shown})


def _count(measured: Measurement) -> str:
    return number(measured.count) if measured.count is not None else say("dossier.dash")


def _open_rate(measured: Measurement) -> str:
    if measured.high is None:
        return tell("found.rate.at_least", low=rate_of(measured.low))
    if measured.low == 0 and measured.high == 1:
        return tell("found.rate.unknown")
    return tell("found.rate.between", low=rate_of(measured.low), high=rate_of(measured.high))


def event_result(case: Case, finding: Finding, whole: Finding | None = None) -> str:
    """The result of one event of Article 6(3): `không xảy ra`, `có 01 vụ`, `chưa đủ căn cứ`.

    An excused event happened: `có 01 vụ, thuộc trường hợp loại trừ: …, văn bản số …`. `whole`: the criterion, which a
    meeting may have concluded.
    """
    truth = finding.computed.truth
    measured = [one.measurement for one in every(finding) if one.measurement is not None]
    notes = phrases.excuse_notes(*measured)
    if notes and truth is not Truth.NO:
        decided = whole.official_truth if whole is not None and truth is Truth.UNKNOWN else truth
        return _excused(case, notes, decided, by_meeting=truth is Truth.UNKNOWN)
    if truth is not Truth.NO:
        return tell("events.yes" if truth is Truth.YES else "events.unknown")
    if not measured or case.public:
        return tell("events.no")
    counted_ones = tell("events.no_counted", n=prose(max(one.low for one in measured)))
    proved = [note for note in notes if note.key == phrases.EXCUSED]
    return tell("events.and_excused", result=counted_ones, excused=_excused(case, proved, Truth.YES)) if proved else counted_ones


def has_excuse(finding: Finding) -> bool:
    """Did an event happen that is excused, or that the school claims to be?"""
    return bool(phrases.excuse_notes(*(one.measurement for one in every(finding))))


def _excused(case: Case, notes: Sequence[Message], truth: Truth, *, by_meeting: bool = False) -> str:
    """`có 01 vụ, thuộc trường hợp loại trừ: bất khả kháng, văn bản số 12/CAX`; a public copy gives no detail."""
    key = {Truth.YES: "excused_by_meeting" if by_meeting else "excused", Truth.NO: "not_excused"}.get(truth, "excuse_open")
    if case.public:
        return tell("events.excused_hidden")
    grounds = dict.fromkeys(
        tell("events.proved" if note.key == phrases.EXCUSED else "events.claimed", ground=note.get("ground"), number=note.get("number"))
        for note in notes
    )
    return tell(f"events.{key}", n=prose(len(notes)), grounds="; ".join(grounds))
