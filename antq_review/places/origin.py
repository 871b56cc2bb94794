"""The folder of forms that a year's results belong to: another folder with the same code and year is not taken for it.

A manifest keeps the folder's name and the hash of its path, so that no result tells a place of the computer.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.places.manifest import read_manifest
from antq_review.places.versions import newest
from antq_review.text import tell

KEY = "forms_folder"


def origin_of(folder: Path) -> dict[str, str]:
    """The entry of a manifest for a folder of forms."""
    place = folder.resolve()
    written = os.path.normcase(place).encode("utf-8", "surrogateescape")
    return {"name": place.name, "path_sha256": hashlib.sha256(written).hexdigest()}


def refuse_other_folder(year: Path, folder: Path, inputs: Mapping[str, str]) -> None:
    """Raises CannotDo where the newest version of a year was made from another folder with other forms.

    The same forms in another place are the folder that was moved or handed on; results that lie in the folder itself go
    with it. A version without the entry, or without a readable one, says nothing.
    """
    if year.resolve().is_relative_to(folder.resolve()):
        return
    version = newest(year)
    made = read_manifest(version.path) if version is not None else {}
    known, here = made.get(KEY), origin_of(folder)
    if not isinstance(known, dict) or not isinstance(known.get("path_sha256"), str):
        return
    if known["path_sha256"] != here["path_sha256"] and made.get("inputs") != dict(inputs):
        raise CannotDo(tell("places.other_folder", known=str(known.get("name", "")), folder=folder, path=year))
