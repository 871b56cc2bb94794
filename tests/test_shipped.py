"""The folders that travel with the package are found in a wheel and in the repository."""

import re

import pytest

from antq_review.shipped import shipped


def test_the_wheels_copy_comes_first(tmp_path):
    package = tmp_path / "site" / "antq_review"
    (tmp_path / "site" / "notebooks").mkdir(parents=True)
    (package / "_shipped" / "notebooks").mkdir(parents=True)
    assert shipped("notebooks", package) == package / "_shipped" / "notebooks"


def test_else_the_repositorys_own(tmp_path):
    (tmp_path / "notebooks").mkdir()
    assert shipped("notebooks", tmp_path / "antq_review") == tmp_path / "notebooks"


def test_else_both_places_are_named(tmp_path):
    package = tmp_path / "antq_review"
    with pytest.raises(FileNotFoundError, match=re.escape(str(package / "_shipped" / "notebooks"))) as caught:
        shipped("notebooks", package)
    assert str(tmp_path / "notebooks") in str(caught.value)
