"""The material of one document: a review, the review of the year before, and whether the copy leaves the school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from antq_review.forms.choices import DocumentKind, LevelsTaught, pupils_of
from antq_review.publish.dossier.catalogue import CIRCULAR, DECISION
from antq_review.publish.dossier.numbers import Cells
from antq_review.publish.dossier.sentences import gap, or_gap, tell
from antq_review.publish.dossier.suppression import FEW, is_private
from antq_review.scoring.model.numeric_tables import RegisterItem
from antq_review.scoring.model.outcome import Measurement
from antq_review.scoring.model.review import Finding, Review, TextReview
from antq_review.scoring.sections.incident_record import IncidentRecord
from antq_review.text import Message, fold, say, words

#: The cell with the number of reports of incidents.
_INCIDENT_REPORTS = ("PL2", "documents.incident_report")
#: Document → the kind that it has itself in the school's list of papers.
_OWN_KIND: Mapping[str, DocumentKind] = {
    "D1": DocumentKind.REGISTRATION, "D4": DocumentKind.MINUTES, "D10": DocumentKind.FINAL_REVIEW,
}


@dataclass(frozen=True)
class Case:
    """One document of one school: `code` is D1 … D11; `incident` is for D11 alone."""

    code: str
    review: Review
    previous: Review | None = None
    public: bool = False
    incident: IncidentRecord | None = None

    @property
    def own_kind(self) -> DocumentKind | None:
        """The kind that the document itself has in the school's list of papers; None for one that is in no such list."""
        return _OWN_KIND.get(self.code)

    @cached_property
    def cells(self) -> Cells:
        """This year's numbers."""
        return Cells.of(self.review, self.public)

    @cached_property
    def before(self) -> Cells:
        """Last year's numbers."""
        return Cells.of(self.previous, self.public)

    @cached_property
    def circular(self) -> TextReview | None:
        """The review of Circular 124; None where it was not judged."""
        return self.review.text(CIRCULAR)

    @cached_property
    def decision(self) -> TextReview | None:
        """The review of Decision 510; None where it was not judged."""
        return self.review.text(DECISION)

    def not_judged(self, text_id: str) -> str:
        """Why the school is not judged by a text: it is outside its scope, its level is unknown, or it was not asked for."""
        group = "result_510" if text_id == DECISION else "result_124"
        for one in self.review.left_out:
            if one.id == text_id:
                return tell(f"{group}.out_of_scope") if one.level_known else gap("levels")
        return tell(f"{group}.none")

    @property
    def school(self) -> str:
        """The school's name; a gap where it is missing."""
        return or_gap(self.review.school.name, "school_name")

    @property
    def pupils(self) -> Message:
        """The school's word for its pupils."""
        return pupils_of(self._levels)

    @property
    def head(self) -> str:
        """The post of its head."""
        return say(f"dossier.heads.{'centre' if self._levels is LevelsTaught.CONTINUING else 'school'}")

    @property
    def police(self) -> str:
        """The police of its commune; of a commune that is not known, as of most."""
        kinds, commune = words("dossier")["local_police"], fold(self.review.school.commune)
        return str(next((police for kind, police in kinds.items() if commune.startswith(f"{kind} ")), kinds["usual"]))

    @property
    def _levels(self) -> LevelsTaught | None:
        return LevelsTaught.of_label(self.review.school.levels)

    def hides(self, measurement: Measurement | None) -> bool:
        """Must this copy hide the measurement?

        It is a small number of cases, or such a number could be worked out from it.
        """
        if not self.public or measurement is None:
            return False
        if _INCIDENT_REPORTS in self.cells.hidden and any((cell.file, cell.sheet, cell.row) in self._reports for cell in measurement.cells):
            return True
        if not is_private(measurement):
            return False
        return bool(self.cells.hidden) or self._few_found

    @cached_property
    def _reports(self) -> frozenset[tuple[str, str, int]]:
        """The rows of the reports of incidents: (file, sheet, row)."""
        items = filter(is_incident_report, self.review.evidence_register)
        return frozenset((cell.file, cell.sheet, cell.row) for item in items for cell in item.cells)

    @cached_property
    def hidden_points(self) -> frozenset[str]:
        """Keys of PL10 (`qd_510.7`) whose points reveal a number that a public copy hides; also their text's total."""
        found = set[str]()
        for text in self.review.texts if self.public else ():
            rows = [(one.id, [below.measurement for below in every(one)]) for one in text.findings if one.points is not None]
            rows += [(one.id, [one.measurement]) for one in text.deductions]
            revealing = {
                name for name, measured in rows
                if any(one is not None and one.high != 0 and self.hides(one) for one in measured)
            }
            found |= {f"{text.id}.{name}" for name in revealing | ({"total"} if revealing else set())}
        return frozenset(found)

    @cached_property
    def hidden_points_before(self) -> frozenset[str]:
        """The same keys for last year."""
        return Case(self.code, self.previous, public=self.public).hidden_points if self.previous else frozenset()

    @cached_property
    def _few_found(self) -> bool:
        """Is any private measurement, in a criterion or a goal, 1 or 2? Then no private measurement is printed."""
        found = [below.measurement for text in self.review.texts for top in text.findings for below in every(top)]
        found += [part.measurement for goal in self.review.goals for part in goal.parts]
        private = [one for one in found if one is not None and is_private(one)]
        return any(0 < value < FEW for one in private for value in (one.low, one.high, one.count, one.base) if value is not None)


def is_incident_report(item: RegisterItem) -> bool:
    """Is this piece of evidence a report of an incident?"""
    return fold(str(item.kind)) == fold(DocumentKind.INCIDENT_REPORT.label)


def every(finding: Finding) -> list[Finding]:
    """A finding and all its parts, with the parts of its readings."""
    return [place.finding for place in finding.walk()]
