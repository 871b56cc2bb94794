"""A school as it begins: typed once, written into the profile, the heads and the drop-down lists of its workbooks.

The terminal and the page fill a `NewSchool`; `school_files` makes its workbooks. Nothing of it is required: what is not known
yet is a blank cell, and where the levels are not known every list is offered whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict

from antq_review.errors import UsageError
from antq_review.forms import choices as lists
from antq_review.forms.catalogue import Names
from antq_review.forms.columns import Choices, YesNo
from antq_review.forms.rows.school import Profile
from antq_review.text import Message, fold, listing, tell

FIRST_YEAR, LAST_YEAR = 2022, 2099
_COMMUNE = re.compile(r"(xã|phường|đặc khu) \S")
_COMMITTEE = re.compile(r"(ubnd|ủy ban nhân dân)\b")
#: Beginning of a unit's name, folded → its kind. The first that fits decides; the clerk can choose another in the sheet.
_KINDS: tuple[tuple[str, lists.UnitKind], ...] = (
    ("ban giám hiệu", lists.UnitKind.LEADERSHIP), ("ban giám đốc", lists.UnitKind.LEADERSHIP), ("tổ bảo vệ", lists.UnitKind.GUARD_FORCE),
    ("đội bảo vệ", lists.UnitKind.GUARD_FORCE), ("bảo vệ", lists.UnitKind.GUARD_FORCE), ("tổ văn phòng", lists.UnitKind.OFFICE),
    ("văn phòng", lists.UnitKind.OFFICE), ("tổ hành chính", lists.UnitKind.OFFICE), ("đội ", lists.UnitKind.YOUTH_UNION),
    ("liên đội", lists.UnitKind.YOUTH_UNION), ("đoàn ", lists.UnitKind.YOUTH_UNION), ("chi đoàn", lists.UnitKind.YOUTH_UNION),
    ("tổ ", lists.UnitKind.SUBJECT_GROUP),
)
#: Units that count among the school's own parts (Circular 124, Art. 7(6)) as schools list them.
_PARTS = (lists.UnitKind.SUBJECT_GROUP, lists.UnitKind.OFFICE)
_PIONEERS = (lists.SchoolLevel.PRIMARY, lists.SchoolLevel.LOWER_SECONDARY)
_FORM_OF = {
    lists.YouthBody.PIONEERS: (lists.ActivityForm.YOUTH_MEETING,), lists.YouthBody.UNION: (lists.ActivityForm.UNION_MEETING,),
    lists.YouthBody.BOTH: (lists.ActivityForm.YOUTH_MEETING, lists.ActivityForm.UNION_MEETING), lists.YouthBody.NONE: (),
}
_MEETINGS = {
    lists.YouthBody.PIONEERS: "sinh hoạt Đội", lists.YouthBody.UNION: "sinh hoạt Đoàn", lists.YouthBody.BOTH: "sinh hoạt Đội, Đoàn",
}
#: Topics about what small children do not do.
_NOT_FOR_SMALL = (lists.Topic.UNLAWFUL_GATHERING, lists.Topic.E_CIGARETTES, lists.Topic.VIDEO_GAMES)


class NewUnit(BaseModel):
    """One unit of a new school: its name, its kind, whether it is one of the school's parts, its people (None: left blank)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: lists.UnitKind = lists.UnitKind.OTHER
    is_subunit: YesNo | None = None
    must_hand_in: str | None = None
    members: int | None = None


class NewSchool(BaseModel):
    """What is typed once at the start. The fields are those of the profile; `youth_body` None: as the levels suggest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    school_code: str | None = None
    year: int | None = None
    name: str | None = None
    levels: lists.LevelsTaught | None = None
    commune: str | None = None
    province: str | None = None
    superior_body: str | None = None
    youth_body: lists.YouthBody | None = None
    signer: str | None = None
    signer_post: str | None = None
    former_codes: str | None = None
    units: tuple[NewUnit, ...] = ()

    @property
    def taught(self) -> tuple[lists.SchoolLevel, ...]:
        """The levels of its pupils; empty: not known."""
        return lists.TAUGHT[self.levels] if self.levels is not None else ()

    @property
    def youth(self) -> lists.YouthBody | None:
        """The organisations of its pupils: as given, else as its levels suggest; None: not known."""
        if self.youth_body is not None or not self.taught:
            return self.youth_body
        young, old = any(level in _PIONEERS for level in self.taught), lists.SchoolLevel.UPPER_SECONDARY in self.taught
        if self.levels is lists.LevelsTaught.CONTINUING:
            return lists.YouthBody.UNION
        both = lists.YouthBody.BOTH if old else lists.YouthBody.PIONEERS
        return both if young else lists.YouthBody.UNION if old else lists.YouthBody.NONE

    @property
    def in_scope(self) -> bool | None:
        """Is it judged by the Circular and the Decision? None: not known."""
        return None if self.levels is None else self.levels in lists.IN_SCOPE_LEVELS

    @property
    def pupils(self) -> tuple[lists.Audience, ...]:
        """The groups of its pupils."""
        return tuple(lists.LEVEL_PUPILS[level] for level in self.taught)

    @property
    def called(self) -> Message:
        """Its word for its pupils, in headings and lists; silent: the usual one."""
        return lists.pupils_of(self.levels)

    @property
    def grades(self) -> tuple[int, ...]:
        """The grades of its pupils; empty: not known, or it has none."""
        return tuple(grade for audience in self.pupils for grade in lists.GRADES.get(audience, ()))

    def fits(self, member: Choices) -> bool:
        """Does an entry of a drop-down list fit the school? Reading accepts every entry all the same."""
        if isinstance(member, lists.ActivityForm) and member in _FORM_OF[lists.YouthBody.BOTH]:
            return self.youth is None or member in _FORM_OF[self.youth]
        if not self.taught:
            return True
        if isinstance(member, lists.SchoolLevel):
            return member is lists.SchoolLevel.ALL or member in self.taught
        if isinstance(member, lists.Audience):
            return member not in lists.PUPILS or member in self.pupils
        return not (member in _NOT_FOR_SMALL and isinstance(member, lists.Topic) and self.taught == (lists.SchoolLevel.KINDERGARTEN,))

    def offered(self, choices: type[Choices]) -> tuple[str, ...]:
        """The labels of a closed list that its drop-down lists offer."""
        return tuple(member.called(self.called) for member in choices if self.fits(member))

    def names(self) -> Names:
        """Its names in the sentences of the catalogue."""
        known = self.commune is not None and _COMMUNE.match(fold(self.commune)) is not None
        other = self.superior_body is not None and not _COMMITTEE.match(fold(self.superior_body))
        return Names(
            police=f"Công an {self.commune}" if known else "Công an xã …", reports_to=self.superior_body if other else None,
            youth_meeting=_MEETINGS.get(self.youth, "sinh hoạt Đội") if self.youth else "sinh hoạt Đội",
        )

    def profile_line(self) -> dict[str, Any]:
        """Its cells in the table of the profile, in words."""
        found = {name: getattr(self, name) for name in type(self).model_fields if name in Profile.model_fields}
        found["youth_body"] = self.youth
        return {name: value.label if isinstance(value, Choices) else value for name, value in found.items() if value is not None}

    def unit_lines(self) -> list[dict[str, Any]]:
        """Its lines in the table of units, in words."""
        lines = ({name: getattr(unit, name) for name in NewUnit.model_fields} for unit in self.units)
        return [{name: value.label if isinstance(value, Choices) else value for name, value in line.items() if value} for line in lines]


def school_of(profile: Profile, units: Iterable[NewUnit]) -> NewSchool:
    """The school of a profile that was read, for its next workbooks."""
    same = {name: getattr(profile, name) for name in NewSchool.model_fields if name in Profile.model_fields}
    return NewSchool(**same, units=tuple(units))


#: A school of which nothing is known: every list is offered whole.
UNKNOWN = NewSchool()


# --- what a person types ---------------------------------------------------------------------------------------------


def faults(school: NewSchool) -> dict[str, Message]:
    """Field → what is wrong with it. Empty: the workbooks can be made."""
    found: dict[str, Message] = {}
    if school.year is not None and not FIRST_YEAR <= school.year <= LAST_YEAR:
        found["year"] = tell("cli.bad_year", year=school.year)
    if school.commune and not _COMMUNE.match(fold(school.commune)):
        found["commune"] = tell("templates.start.commune", given=school.commune)
    folded = [fold(unit.name) for unit in school.units]
    twice = [unit.name for unit in school.units if folded.count(fold(unit.name)) > 1]
    if twice:
        found["units"] = tell("templates.start.unit_twice", name=twice[0])
    return found


def levels_named(written: str) -> lists.LevelsTaught:
    """The levels that a person typed: a label of the list, or levels beside each other (`TH, THCS`). Raises UsageError."""
    label = lists.LevelsTaught.of_label(written)
    if label is not None:
        return label
    parts = [lists.SchoolLevel.of_label(part) for part in re.split(r"[,;&+]| và ", written) if part.strip()]
    found = next((taught for taught, levels in lists.TAUGHT.items() if parts and set(levels) == set(parts)), None)
    if found is None:
        raise UsageError(tell("templates.start.levels", given=written, known=listing((one.label for one in lists.LevelsTaught), "; ")))
    return found


def youth_named(written: str) -> lists.YouthBody:
    """The organisations of the pupils that a person typed: `Đội`, `Đoàn`, `Đội và Đoàn`, `Không`. Raises UsageError."""
    words = set(re.findall(r"\w+", fold(written)))
    young, old = bool(words & {"đội", "doi"}), bool(words & {"đoàn", "doan"})
    if young or old:
        return lists.YouthBody.BOTH if young and old else lists.YouthBody.PIONEERS if young else lists.YouthBody.UNION
    if words & {"không", "khong"}:
        return lists.YouthBody.NONE
    raise UsageError(tell("templates.start.youth", given=written))


def units_named(written: str) -> tuple[NewUnit, ...]:
    """The units that a person typed, separated by “;” or line breaks, each with the kind that its name shows."""
    names = [" ".join(part.split()) for part in re.split(r"[;\n]", written) if part.strip()]
    return tuple(NewUnit(name=name, kind=kind_of_unit(name), is_subunit=_is_part(kind_of_unit(name))) for name in names)


def kind_of_unit(name: str) -> lists.UnitKind:
    """The kind of a unit by the beginning of its name."""
    return next((kind for begins, kind in _KINDS if f"{fold(name)} ".startswith(begins)), lists.UnitKind.OTHER)


def _is_part(kind: lists.UnitKind) -> YesNo:
    return YesNo.YES if kind in _PARTS else YesNo.NO
