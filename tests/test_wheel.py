"""What a wheel carries, and that an editable install copies nothing."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from antq_review.shipped import shipped

pytest.importorskip("hatchling")

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("notebooks", "data_templates")


def names_in(folder):
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def call(*arguments):
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def wanted():
    for folder in SHIPPED:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in {".ipynb", ".xlsx", ".docx", ".md", ".toml"}:
                inside = path.relative_to(ROOT)
                if not any(part.startswith((".", "~$")) for part in inside.parts):
                    yield f"antq_review/_shipped/{inside.as_posix()}"


def test_a_wheel_carries_the_package_and_the_shipped_folders(tmp_path):
    call("-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), ".")
    names = names_in(tmp_path)
    assert set(wanted()) <= names
    package = {
        p.relative_to(ROOT).as_posix() for p in (ROOT / "antq_review").rglob("*") if p.suffix in {".py", ".toml"}
    }
    assert package <= names
    outside = {n for n in names if not n.startswith(("antq_review/", "antq_review-0.1.0.dist-info/"))}
    assert outside == set()
    assert not any("checkpoint" in n or "__pycache__" in n for n in names)


def test_an_editable_install_copies_nothing(tmp_path):
    call("-c", f"import hatchling.build as b; b.build_editable({str(tmp_path)!r})")
    assert not [name for name in names_in(tmp_path) if "_shipped" in name]
    assert not (ROOT / "antq_review" / "_shipped").exists()


@pytest.mark.parametrize("name", SHIPPED)
def test_in_the_repository_the_resolver_finds_the_repositorys_own(name):
    if (ROOT / name).is_dir():
        assert shipped(name) == ROOT / name
