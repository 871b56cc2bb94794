"""The kind of the checked document, and the places of its components."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from antq_review.publish.word.decree_30 import PAIR_14, PRESETS, Preset
from antq_review.publish.word.layout_check.document import DocxSection, Paragraph, WordDocument
from antq_review.text import fold, say, words

_ANNEX = re.compile(say("word.check.annex_pattern"))


def annex_number(paragraph: Paragraph) -> str | None:
    """`I` of “Phụ lục I”, empty for a single annex's “Phụ lục”; None where the paragraph is no such heading."""
    found = _ANNEX.match(paragraph.text.strip())
    return None if found is None else found[1] or ""


@dataclass
class PaperKind:
    """`main`: sections before the first annex. `has_head`: it needs the Quốc hiệu.

    `sizes`: the preset of its body text, if any.
    """

    has_head: bool
    addressed: bool
    minutes: bool
    sizes: Preset | None
    body_size: float
    main: list[DocxSection] = field(default_factory=list)
    annexes: list[DocxSection] = field(default_factory=list)

    @property
    def text(self) -> list[Paragraph]:
        """Paragraphs of the main text, also those in tables."""
        return [paragraph for section in self.main for paragraph in section.paragraphs]


def kind_of(document: WordDocument) -> PaperKind:
    """The kind by titles: an annex begins with “Phụ lục”, an internal sheet has a note, any other file has a head."""
    main, annexes = list[DocxSection](), list[DocxSection]()
    for section in document.sections:
        first = next((one for one in section.paragraphs if one.text.strip()), None)
        is_annex = first is not None and annex_number(first) is not None
        (annexes if is_annex or annexes else main).append(section)
    paragraphs = [one for section in main for one in section.paragraphs]
    top = [fold(one.text) for one in paragraphs[:25]]
    internal = any(fold(say("word.check.internal")) in text for text in top)
    titles = {fold(title) for title in words("word")["check"]["addressed_types"]}
    about = fold(say("word.check.about_letter"))
    size = _body_size(paragraphs or [one for section in annexes for one in section.paragraphs])
    return PaperKind(
        has_head=bool(main) and not internal,
        addressed=any(text in titles or text.startswith(about) for text in top),
        minutes=any(text == fold(say("word.check.minutes")) for text in top),
        sizes=next((preset for preset in PRESETS if preset.body == size), None),
        body_size=size,
        main=main,
        annexes=annexes,
    )


def _body_size(paragraphs: list[Paragraph]) -> float:
    """The size of most of the text outside tables."""
    counts: dict[float, int] = {}
    for paragraph in paragraphs:
        if paragraph.row is None:
            for run in paragraph.runs:
                counts[run.look.size] = counts.get(run.look.size, 0) + len(run.text.strip())
    return max(counts, key=lambda size: counts[size], default=float(PAIR_14.body))


def sign_rows(kind: PaperKind) -> list[Paragraph]:
    """The paragraphs “Nơi nhận:”."""
    wanted = fold(say("word.distribution")).rstrip(":")
    return [one for one in kind.text if fold(one.text).rstrip(": ") == wanted]
