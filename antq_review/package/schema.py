"""The published schema of a package's summary: the allow-list by which anyone can see what leaves a school."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from antq_review.package import SCHEMA_VERSION
from antq_review.package.model import Summary


def schema() -> dict[str, Any]:
    """The JSON Schema of `tom_tat.json`, with its version. Any: JSON."""
    found = _closed(Summary.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"antq_review/package/{SCHEMA_VERSION}", **found}


def _closed(node: Any) -> Any:
    """The same schema in which a map has no key beside those of its pattern, as the model refuses them. Any: JSON."""
    if isinstance(node, list):
        return [_closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    closed = {"additionalProperties": False} if "patternProperties" in node else {}
    return {name: _closed(one) for name, one in node.items()} | closed


#: The published schema, beside this file.
SCHEMA_FILE = Path(__file__).with_name("package.schema.json")


def schema_bytes() -> bytes:
    """The published schema as SCHEMA_FILE holds it; renew the file when the model changes."""
    return (json.dumps(schema(), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
