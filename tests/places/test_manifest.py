"""The manifest: one form for every kind of results, and read back with the distrust that a file on a disk deserves."""

import hashlib
import json

import pytest

from antq_review.places.manifest import MANIFEST, hashes_of, manifest_bytes, read_manifest, sha256_of
from antq_review.version import VERSION


def test_a_manifest_begins_with_tool_time_and_school_and_ends_with_its_own_entries(tmp_path):
    (tmp_path / "b.txt").write_bytes(b"b")
    (tmp_path / "a.txt").write_bytes("ă".encode())
    content = manifest_bytes("00123456", {"year": 2026, "outputs": hashes_of(tmp_path)})
    (tmp_path / MANIFEST).write_bytes(content)
    found = read_manifest(tmp_path)
    assert list(found) == ["tool", "made_at", "school_code", "year", "outputs"]
    assert (found["tool"], found["school_code"], found["year"]) == (f"antq_review {VERSION}", "00123456", 2026)
    assert list(found["outputs"].items()) == [
        ("a.txt", hashlib.sha256("ă".encode()).hexdigest()), ("b.txt", sha256_of(tmp_path / "b.txt"))
    ]
    assert content.endswith(b"\n}\n") and sha256_of(b"b") == sha256_of(tmp_path / "b.txt")


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"[1]", b'"x"', json.dumps({"a": 1}).encode()[:-1]])
def test_what_is_no_manifest_is_an_empty_one(tmp_path, content):
    if content is not None:
        (tmp_path / MANIFEST).write_bytes(content)
    assert read_manifest(tmp_path) == {}
