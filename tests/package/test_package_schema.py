"""The published schema of a package is the model's, and it leaves no room for a sentence about a person."""

from collections.abc import Iterator
from typing import Any

from antq_review.package.schema import SCHEMA_FILE, schema, schema_bytes

BOUNDS = {"pattern", "maxLength", "enum", "const", "format"}
#: The texts that are free up to 300 characters: the school's own name and place, the names of texts and classes.
FREE = {"name", "levels", "commune", "province", "number", "short", "bands", "title"}


def nodes(node: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema, with the property that it describes."""
    if isinstance(node, list):
        for one in node:
            yield from nodes(one, name)
    elif isinstance(node, dict):
        yield name, node
        for key, one in node.items():
            inside = key in ("properties", "$defs") and isinstance(one, dict)
            for inner, value in (one.items() if inside else [(name, one)]):
                yield from nodes(value, inner)


def test_the_published_file_is_the_models() -> None:
    assert SCHEMA_FILE.read_bytes() == schema_bytes()


def test_no_object_is_open_and_no_text_unbounded() -> None:
    free = set()
    for name, node in nodes(schema()):
        kinds = node.get("type", ())
        if kinds == "object":
            assert node["additionalProperties"] is False, name
        if kinds == "array":
            assert "maxItems" in node, name
        if kinds == "string" or "string" in kinds:
            assert BOUNDS & node.keys(), name
            free |= {name} if {"maxLength"} & node.keys() else set()
    assert free == FREE
