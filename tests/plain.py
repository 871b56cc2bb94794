"""A review as plain JSON data with every field: sentences rendered, cells in full. Versions 1 to 3 were stored in this shape."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from antq_review.source import CellRef
from antq_review.text import Message


def plain(value: Any) -> Any:
    """Every field of a model, as `json.loads` would give it."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, CellRef):
        return value._asdict()
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Message | Decimal | str) else value
