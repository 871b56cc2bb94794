"""pyproject.toml, constraints.txt and environment.yml ask for the same things."""

import re
import tomllib
from collections.abc import Container
from importlib.metadata import distributions
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: Extras that conda users install with pip: conda's channels may not have them.
PIP_ONLY = {"mutation", "axe"}
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def direct(without: Container[str] = ()) -> list[Requirement]:
    extras = [group for name, group in PROJECT["optional-dependencies"].items() if name not in without]
    return [Requirement(text) for group in (PROJECT["dependencies"], *extras) for text in group]


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def test_constraints_hold_names_and_versions_only():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wrong = [x for x in lines if not x.startswith("#") and not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", x)]
    assert wrong == []
    assert len(pinned()) == len([line for line in lines if not line.startswith("#")])


def test_every_direct_dependency_has_a_version_it_allows():
    versions = pinned()
    for requirement in direct():
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, requirement


def test_conda_asks_for_the_same_packages_in_the_same_versions():
    listed = [text for text in CONDA["dependencies"] if isinstance(text, str) and text != "pip"]
    python, *others = listed
    assert python == "python" + PROJECT["requires-python"]
    found = {canonicalize_name(name): version for name, version in (text.split("=") for text in others)}
    assert len(found) == len(others)
    versions = pinned()
    names = {canonicalize_name(requirement.name) for requirement in direct(PIP_ONLY)}
    assert found == {name: versions[name] for name in names}


def test_conda_installs_the_package_itself_editable():
    assert CONDA["channels"] == ["conda-forge"]
    assert "pip" in CONDA["dependencies"]
    assert CONDA["dependencies"][-1] == {"pip": ["-e ."]}


def test_every_pin_runs_on_the_oldest_python_that_we_accept():
    """By the metadata of what is installed here; a pin that is not installed (another system's) cannot be asked."""
    oldest = PROJECT["requires-python"].removeprefix(">=")
    versions, asked = pinned(), 0
    for found in distributions():
        name = canonicalize_name(found.metadata["Name"])
        if versions.get(name) == found.version:
            asked += 1
            assert oldest in SpecifierSet(found.metadata.get("Requires-Python") or ""), name
    assert asked > 80
