"""Reads an .ics file as RFC 5545 describes it, with nothing of the library that writes ours."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?\Z")
_ESCAPED = re.compile(r"\\(.)")


@dataclass
class Event:
    """One VEVENT with the triggers of its alarms."""

    lines: dict[str, tuple[str, str]]
    triggers: list[timedelta] = field(default_factory=list)

    def _text(self, name: str) -> str:
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.lines[name][1])

    @property
    def uid(self) -> str:
        return self._text("UID")

    @property
    def name(self) -> str:
        return self._text("SUMMARY")

    @property
    def description(self) -> str:
        return self._text("DESCRIPTION")

    @property
    def all_day(self) -> bool:
        return self.lines["DTSTART"][0] == "VALUE=DATE"

    @property
    def begin(self) -> date:
        return datetime.strptime(self.lines["DTSTART"][1][:8], "%Y%m%d").date()


def read_calendar(content: bytes) -> dict[str, Event]:
    """UID → event. A line that stands in no component, a component that is not closed, a duration of another form fail."""
    lines = content.decode("utf-8").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")
    assert lines.pop() == "", "the last line is ended"
    open_parts, found = [], []
    for line in lines:
        head, _, value = line.partition(":")
        name, _, parameters = head.partition(";")
        assert re.fullmatch(r"[A-Z-]+", name), line
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                found.append(Event({}))
        elif name == "END":
            assert open_parts.pop() == value
        else:
            assert open_parts, line
            if open_parts[-1] == "VEVENT":
                found[-1].lines[name] = (parameters, value)
            elif name == "TRIGGER":
                found[-1].triggers.append(_duration(value))
    assert open_parts == []
    return {event.uid: event for event in found}


def _duration(text: str) -> timedelta:
    sign, *numbers = _DURATION.match(text).groups()
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in numbers)
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if sign == "-" else length
