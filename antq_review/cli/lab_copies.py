"""The user's own copies of the notebooks, with the chosen folder set; a copy that the user changed is kept.

    OUT/so_tinh/<name of the school's folder>/1_….ipynb …
                                              .antq_lab.json    the school's folder, prints of the written copies
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.files import write_whole
from antq_review.places.manifest import read_manifest
from antq_review.places.origin import KEY, origin_of
from antq_review.places.versions import Version, day_of, newest
from antq_review.shipped import EXAMPLE_DAY, shipped
from antq_review.text import day

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ABOVE, _RECORD = "so_tinh", ".antq_lab.json"
_EXAMPLE, _NAMELESS = "truong_mau", "truong"


@dataclass(frozen=True)
class Copies:
    """The folder of the copies, their names in order, the names of the copies that the user had changed, the parameters."""

    place: Path
    names: tuple[str, ...]
    kept: tuple[str, ...]
    values: Mapping[str, str]


@dataclass(frozen=True)
class _Record:
    """The record of a folder of copies: the school's folder (None: no record), and the prints of the written copies."""

    folder: str | None = None
    written: list[str] = field(default_factory=list)


def make_copies(out: Path, folder: Path | None) -> Copies:
    """Copy every shipped notebook for one school's folder (None: the example school).

    A copy whose cells are still as this tool wrote them is replaced by a newer one; any other is kept. Raises CannotDo
    where `out` cannot be written.
    """
    chosen = str(folder.resolve()) if folder else ""
    place = _place(out / _ABOVE, folder, chosen)
    values = _values(out, folder)
    wanted = {path.name: _notebook(path, values) for path in sorted(shipped("notebooks").glob("*.ipynb"))}
    ours = {_print_of(notebook) for notebook in wanted.values()} | set(_record(place).written)
    record = {"folder": chosen, "written": sorted(ours)}
    # First, so that after an interruption the next run does not mistake these copies for the user's own.
    write_whole(place / _RECORD, (json.dumps(record, indent=1) + "\n").encode("utf-8"))
    kept = tuple(name for name, notebook in wanted.items() if not _written(place / name, notebook, ours))
    return Copies(place, tuple(wanted), kept, values)


def _place(above: Path, folder: Path | None, chosen: str) -> Path:
    """A folder of its own for each school's folder, with its name; with a number where two have the same name."""
    name = (folder.resolve().name.lstrip(".") or _NAMELESS) if folder else _EXAMPLE
    places = (above / (name if number == 1 else f"{name}_{number}") for number in count(1))
    return next(place for place in places if not place.exists() or _record(place).folder == chosen)


def _record(place: Path) -> _Record:
    """The record of a folder; an empty one where this tool did not make the folder or the record is damaged."""
    try:
        found = json.loads((place / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return _Record()
    whole = isinstance(found, dict) and isinstance(found.get("folder"), str) and isinstance(found.get("written"), list)
    return _Record(found["folder"], found["written"]) if whole else _Record()


def _written(path: Path, notebook: NotebookNode, ours: set[str]) -> bool:
    """Write the copy, unless the user changed the one in its place. Returns False for a changed one."""
    from antq_review.publish.notebook.run import written

    there = _print_at(path) if path.exists() else ""
    if there == _print_of(notebook):
        return True  # the same cells, perhaps with results in them
    if there and there not in ours:
        return False
    write_whole(path, written(notebook))
    return True


def _print_at(path: Path) -> str:
    """The print of a copy. A copy that cannot be read has a print of no notebook, so it is kept."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return _digest([(cell["cell_type"], "".join(cell["source"])) for cell in cells])
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


def _print_of(notebook: NotebookNode) -> str:
    """The print of a notebook: a hash of its cells without their results."""
    return _digest([(cell.cell_type, cell.source) for cell in notebook.cells])


def _digest(cells: list[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps(cells).encode("utf-8")).hexdigest()


# --- the parameters ------------------------------------------------------------------------------------------------


def _notebook(path: Path, values: Mapping[str, str]) -> NotebookNode:
    """A shipped notebook with these values for its parameters."""
    import nbformat

    # nbformat has types for its classes, none for this function.
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", ()):
            cell.source = with_values(cell.source, values)
    return notebook


def _values(out: Path, folder: Path | None) -> dict[str, str]:
    """Name of the parameter → value.

    For the example only its day, which the user may change: without `folder` it is the example. For a folder with results in
    `out`: the day of the version that counts, so that the notebooks show the same numbers, and the years of the school, where
    there are several.
    """
    if folder is None:
        return {"as_of": day(date.fromisoformat(EXAMPLE_DAY))}
    values = {"folder": folder.resolve().as_posix()}
    made = results_of(out, folder)
    if (judged := day_of(made)) is not None:
        values["as_of"] = day(judged)
    if made is not None:
        years = [newest(year) for year in sorted(_year_of(made).parent.iterdir()) if year.name.isdecimal()]
        paths = [version.path.resolve().as_posix() for version in years if version is not None]
        if len(paths) > 1:
            values["reviews"] = "; ".join(paths)
    return values


def results_of(out: Path, folder: Path) -> Version | None:
    """The version that counts among the results that were made from this folder; None where there are none."""
    here = origin_of(folder)["path_sha256"]
    found = [version for year in sorted(out.glob("*/[0-9][0-9][0-9][0-9]")) if (version := newest(year)) is not None]
    made = [one for one in found if _made_from(one) == here]
    return max(made, key=lambda one: one.made_at, default=None)


def _made_from(version: Version) -> str | None:
    """The hash of the path of the folder that a version was made from; None where its manifest does not say it."""
    known = read_manifest(version.path).get(KEY)
    return known.get("path_sha256") if isinstance(known, dict) else None


def _year_of(version: Version) -> Path:
    """The folder of the version's year: its own where the results lie in it as earlier versions of this tool put them."""
    return version.path if version.path.name.isdecimal() else version.path.parent


def with_values(source: str, values: Mapping[str, str]) -> str:
    """The source with new values in the named assignments; comments, order and other names stay."""
    lines = source.encode("utf-8").splitlines(keepends=True)
    for name, value in _assigned(source):
        if name in values:
            assert value.end_lineno is not None
            first, last = value.lineno - 1, value.end_lineno - 1
            before, after = lines[first][: value.col_offset], lines[last][value.end_col_offset :]
            lines[first : last + 1] = [before + _literal(values[name]) + after, *[b""] * (last - first)]
    return b"".join(lines).decode("utf-8")


def _assigned(source: str) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _literal(value: str) -> bytes:
    """A Python string in double quotes, Vietnamese letters unescaped; undecodable bytes of a file name are escaped."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
