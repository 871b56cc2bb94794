"""A public copy prints no name of a file: a photo's or a workbook's name is often a pupil's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from antq_review.scoring.model.review import Review
from antq_review.text import say

Fields = TypeVar("Fields", bound=BaseModel)


def without_file_names(fields: Fields, review: Review) -> Fields:
    """The fields with “một tệp” in place of every workbook of the evidence folder, read or not."""
    names = sorted({file.name for file in review.files} | {one.file for one in review.problems if one.file}, key=len, reverse=True)
    one_file = say("dossier.one_file")

    def clean(text: str) -> str:
        for name in names:
            text = text.replace(name, one_file) if name in text else text
        return text

    return type(fields).model_validate(_mapped(fields.model_dump(), clean))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(one, change) for one in value]
    return value
