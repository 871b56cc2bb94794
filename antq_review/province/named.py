"""Nobody's name leaves the school with its package: the last look at what is sent."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from io import BytesIO
from typing import Any

from antq_review.errors import CannotDo
from antq_review.package.model import Summary
from antq_review.province.bag import ANSWERS
from antq_review.scoring.model.review import Review
from antq_review.text import act_of, fold, tell
from antq_review.text.personal import begins_as_a_name, masked

#: Ends of a paragraph, of a cell; any other markup stands inside a text. A line break or a tab stands between two words of it.
_ENDED = re.compile(r"</(?:w:p|w:tc|si|c|v)>")
_SPACE = re.compile(r"<w:(?:br|tab)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def refuse_names(summary: Summary, answers: Sequence[Mapping[str, object]], review: Review) -> None:
    """Raises CannotDo, with the field, where the summary or an answer holds the name of a person whom the review names, or a long number.

    The school's own name may be that of a person, and its code may be a long number.
    """
    sought = _pattern(_people(review))
    sent = {**summary.model_dump(exclude={"school": {"name", "code"}}), ANSWERS: tuple(answers)}
    for field, text in _leaves(sent, ""):
        if text and (masked(text) != text or sought.search(fold(text))):
            raise CannotDo(tell("province.send.named", field=field))


def refuse_named_papers(papers: Mapping[str, bytes], review: Review) -> None:
    """Raises CannotDo, with the file, where the annex or a Word document names a person whom the review names.

    A document may name the signer. The school may have added to it by hand after it was made.
    """
    people = {name for name in _people(review) if begins_as_a_name(name)}  # “đại diện Công an xã” stands in every paper
    signer = fold(review.school.signer.split(",")[0])
    own = fold(review.school.name)
    for name, content in papers.items():
        sought = _pattern(people - {signer} if name.endswith(".docx") else people)
        try:
            is_named = any(sought.search(line.replace(own, "")) for line in _lines(content))
        except zipfile.BadZipFile as fault:
            raise CannotDo(tell("province.send.broken_paper", file=name)) from fault
        if is_named:
            raise CannotDo(tell("province.send.named_paper", file=name, act=act_of("review")))


def _lines(content: bytes) -> Iterator[str]:
    """The text of a workbook or document, folded, by paragraph or cell. Word cuts a name into pieces; a paragraph joins them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for member in archive.namelist():
            if member.endswith(".xml"):
                whole = _ENDED.sub("\n", _SPACE.sub(" ", archive.read(member).decode("utf-8", "replace")))
                yield from (fold(unescape(line)) for line in _TAG.sub("", whole).split("\n") if line)


def _pattern(people: Iterable[str]) -> re.Pattern[str]:
    """Any of these names in a folded text; with none of them nothing."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(people))) or '(?!)'})(?!\w)")


def _people(review: Review) -> set[str]:
    """The names in a review, folded: those of at least two words, without post."""
    written = [review.school.signer, *(name for text in review.texts for name in text.confirmed_by)]
    for meeting in review.meetings:
        written += [meeting.chair, meeting.secretary, *(one.name for one in meeting.attendees)]
    return {name for one in written if " " in (name := fold(one.split(",")[0]))}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text in dumped fields with its place. Any: whatever a field holds; numbers and days are no text."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield path, str(key)
            yield from _leaves(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _leaves(one, f"{path}.{number}")
