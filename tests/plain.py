"""A review as plain JSON data with every field: sentences rendered, cells in full. Versions 1 to 3 were stored in this shape."""

import json
from datetime import date, time
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from antq_review.text import Message


def plain(model: BaseModel) -> Any:
    """Every field of the model, as `json.loads` would give it."""
    return json.loads(json.dumps(model.model_dump(), default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    assert isinstance(value, Message | Decimal), value
    return str(value)
