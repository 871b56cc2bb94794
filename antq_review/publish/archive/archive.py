"""The archive of a school's year in one bag: its workbooks and evidence files, the results, the rulebooks.

    <code>_<year>_<day>/data/bieu/…          the evidence folder, sub-folders included
                        data/ket_qua/…       the outputs of that school and year: every version that may have left the
                                             school, the chosen one, the documents; not the draft beside a final version,
                                             nor `kiem_tra`, which quotes cells and is made again from the workbooks
                        data/nguon_goc/…     nguon_goc.json; the rulebooks as the tool read them

The bag is complete or absent: it is built beside its place, and gets its name after bagit's validator has accepted it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.files import is_reserved, left_behind, reason_of
from antq_review.history import load_any
from antq_review.ingest.model import Evidence
from antq_review.places.lock import locked
from antq_review.places.manifest import MANIFEST, json_bytes
from antq_review.places.names import CHECKED
from antq_review.places.staging import staging
from antq_review.places.versions import Kind, Version, one_version, year_folder
from antq_review.publish.archive.differences import differences, versions
from antq_review.publish.archive.names import bag_paths, shown_path
from antq_review.publish.archive.write import Item, write_bag
from antq_review.rules.loader import RULES, register
from antq_review.scoring.model.review import Review
from antq_review.text import act_of, day, fold, say, tell
from antq_review.version import VERSION

EVIDENCE, OUTPUTS, PROVENANCE = "data/bieu", "data/ket_qua", "data/nguon_goc"


@dataclass(frozen=True)
class Archived:
    """The finished bag: path, number of files of each kind, bytes in all; renamed files, skipped files, warnings.

    `foreign`: sheets of the workbooks that are no forms; they are in the bag, since an original is never changed.
    `working`: the number of files of `kiem_tra`, which are not in it.
    """

    path: Path
    counts: dict[str, int]
    size: int
    renamed: dict[str, str]
    skipped: tuple[str, ...]
    look_again: tuple[str, ...]
    version: Version
    foreign: tuple[str, ...]
    working: int


@dataclass
class _Found:
    """The ordinary files below a folder, by the parts of their path; and the skipped names."""

    files: dict[tuple[str, ...], Path] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)


def archive(
    folder: Path, evidence: Evidence, out: Path, on: date, told: Callable[[int, int], None] = lambda _done, _all: None,
    named: str = "", of_day: date | None = None,
) -> Archived:
    """Make the bag for the school and year of `evidence`, which was read from `folder`. `on`: the day of bagging.

    `named`: the folder name of the version that the bag describes; without it the newest. `of_day`: the day of its data, if
    one was asked for.

    Raises CannotDo, with nothing written, where there are no finished outputs, the bag exists, a folder contains a link
    or a special file, a file cannot be read or the disk is full; UsageError where no version has the name.
    """
    results, version, review = results_of(evidence, out, named)
    if of_day is not None and review.as_of != of_day:
        raise UsageError(tell("archive.other_day", version=version.named, day=review.as_of, asked=of_day))
    target = results.parent / say("archive.folder") / f"{results.parent.name}_{review.year}_{on.isoformat()}"
    if target.exists():
        raise CannotDo(tell("archive.exists", path=target))
    with locked(results), staging(results) as workshop:
        found, made = _walked(folder, evidence=True), _without_draft(_walked(results), version)
        made.files, working = _without_working_lists(made.files)
        look_again = (*differences(evidence, version.path), *versions(review))
        items, renamed = _items(found, made)
        foreign = _foreign_sheets(evidence)
        provenance = _provenance(review, on, renamed, look_again, foreign)
        files, size = write_bag(workshop / "bag", [*items, *provenance], _info(review, version, on), told)
        _place(workshop / "bag", target)
    counts = {"evidence": len(found.files), "outputs": len(made.files), "provenance": len(provenance), "files": files}
    return Archived(target, counts, size, renamed, tuple(found.skipped), look_again, version, foreign, working)


def _without_draft(made: _Found, version: Version) -> _Found:
    """The outputs without the draft, where the bag describes another version: nobody was handed it."""
    if version.path.name != Kind.DRAFT:
        made.files = {parts: path for parts, path in made.files.items() if parts[0] != Kind.DRAFT}
    return made


def _without_working_lists(files: dict[tuple[str, ...], Path]) -> tuple[dict[tuple[str, ...], Path], int]:
    """The outputs without the folder `kiem_tra`, and the number of its files."""
    kept = {parts: path for parts, path in files.items() if parts[0] != CHECKED}
    return kept, len(files) - len(kept)


def _foreign_sheets(evidence: Evidence) -> tuple[str, ...]:
    """The sheets that are no forms, each as `file › sheet`; a hidden one without its title."""
    found = (f"{entry.file} › {entry.sheet}" for entry in evidence.problems if entry.code == "sheet_not_a_form")
    return tuple(dict.fromkeys(found))


def results_of(evidence: Evidence, out: Path, named: str) -> tuple[Path, Version, Review]:
    """The year's folder of outputs, its version `named` (empty: the newest), its review. Raises CannotDo where there is none."""
    profile = evidence.profile
    if profile is None or profile.school_code is None or profile.year is None:
        raise CannotDo(tell("cli.no_profile"))
    code, year = profile.school_code, profile.year
    results = year_folder(out, code, year)
    version = one_version(results, named)
    review = load_any(version.path) if version is not None and (version.path / MANIFEST).is_file() else None
    if version is None or review is None or (fold(review.school.code), review.year) != (fold(code), year):
        raise CannotDo(tell("archive.no_outputs", code=code, year=year, path=out, act=act_of("review")))
    return results, version, review


def _place(bag: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(bag, target)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=target.parent, why=reason_of(fault))) from fault


# --- what goes in ----------------------------------------------------------------------------------------------------


def _walked(folder: Path, evidence: bool = False) -> _Found:
    """Every ordinary file below a folder; of an evidence folder without its reserved folders, which hold no evidence.

    A link or a special file is refused: without it the archive would have an unnoticed gap.
    """
    found = _Found()
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        parts = waiting.pop()
        for entry in sorted(_listed(folder, parts), key=lambda entry: entry.name):
            where = (*parts, entry.name)
            shown = shown_path("/".join(where))
            if evidence and not parts and is_reserved(entry.name):
                continue
            if left_behind(entry.name):
                found.skipped.append(shown)
            elif entry.is_symlink() or getattr(entry, "is_junction", bool)():
                raise CannotDo(tell("archive.link", path=shown))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(where)
            elif entry.is_file(follow_symlinks=False):
                found.files[where] = Path(entry.path)
            else:
                raise CannotDo(tell("archive.special", path=shown))
    found.files = dict(sorted(found.files.items()))
    return found


def _listed(folder: Path, parts: tuple[str, ...]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder.joinpath(*parts)) as entries:
            return list(entries)
    except OSError as fault:
        raise CannotDo(tell("archive.cannot_read", path=shown_path("/".join(parts)), why=reason_of(fault))) from fault


def _items(evidence: _Found, outputs: _Found) -> tuple[list[Item], dict[str, str]]:
    """The files of both folders with their paths in the bag; path in the bag → original path, where the two differ."""
    items, renamed = [], {}
    for root, found in ((EVIDENCE, evidence), (OUTPUTS, outputs)):
        for path, (parts, source) in zip(bag_paths(root, list(found.files)), found.files.items(), strict=True):
            items.append(Item(path, source, shown_path("/".join(parts))))
            if path != f"{root}/{'/'.join(parts)}":
                renamed[path] = shown_path("/".join(parts))
    return items, renamed


def _provenance(
    review: Review, on: date, renamed: Mapping[str, str], look_again: tuple[str, ...], foreign: tuple[str, ...]
) -> list[Item]:
    texts = {text.id: text.number for text in review.texts}
    rulebooks = [Item(f"{PROVENANCE}/van_ban/{name}", path) for name, path in _rulebooks(review)]
    content = {
        "tool": f"antq_review {VERSION}", "archived_on": on.isoformat(), "school_code": review.school.code,
        "school": review.school.name, "year": review.year,
        "review": {
            "tool": f"antq_review {review.tool_version}", "as_of": review.as_of.isoformat(), "draft": review.draft,
            "schema_version": review.schema_version,
        },
        "texts": texts, "rulebooks": [item.path for item in rulebooks], "renamed": renamed, "look_again": look_again,
        **({"sheets_that_are_no_forms": foreign} if foreign else {}),
    }
    return [Item(f"{PROVENANCE}/nguon_goc.json", json_bytes(content)), *rulebooks]


def _rulebooks(review: Review) -> Iterator[tuple[str, Path]]:
    """The register, and the files of every text that the review was judged by."""
    judged = {text.id for text in review.texts}
    yield "REGISTER.toml", RULES / "REGISTER.toml"
    for entry in register():
        if entry.id in judged:
            for path in sorted((RULES / entry.folder).iterdir()):
                if path.suffix in (".toml", ".md"):
                    yield f"{entry.folder}/{path.name}", path


def _info(review: Review, version: Version, on: date) -> dict[str, str]:
    """The lines of bag-info.txt, with the labels of RFC 8493; `write_bag` adds the size of the payload."""
    school = review.school
    return {
        "Source-Organization": school.name or school.code,
        "Organization-Address": ", ".join(part for part in (school.commune, school.province) if part),
        "External-Description": say("archive.bag.description", year=review.year, version=version.named, day=day(review.as_of)),
        "External-Identifier": f"{school.code}-{review.year}",
        "Bagging-Date": on.isoformat(),
        "Bag-Group-Identifier": school.code,
        "Bag-Count": "1 of 1",
        "Bag-Software-Agent": f"antq_review {VERSION}",
    }
