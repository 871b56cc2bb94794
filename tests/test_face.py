"""The face of the package for notebooks: every public name is found by Tab, known to editors, and loaded only when used."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import antq_review as antq
from antq_review.province import notebook
from antq_review.publish.notebook import compare_display, display, explore

SOURCE = Path(antq.__file__).read_text(encoding="utf-8")


def test_every_public_name_is_found_and_loads():
    assert set(antq.__all__) <= set(dir(antq))
    assert [name for name in antq.__all__ if getattr(antq, name, None) is None] == []


def test_every_output_of_the_notebooks_is_public():
    defined = {
        name for module in (display, compare_display, explore, notebook) for name, value in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("show_") and value.__module__ == module.__name__
    }
    assert defined == {name for name in antq.__all__ if name.startswith("show_")}


def test_an_editor_knows_every_public_name_from_the_right_module():
    block = next(node for node in ast.parse(SOURCE).body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
    typed = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    functions = {node.name for node in ast.parse(SOURCE).body if isinstance(node, ast.FunctionDef)}
    assert {*typed, "__version__"} | {name for name in functions if not name.startswith("_")} == set(antq.__all__)
    for name, module in typed.items():
        if name != "tables":
            __import__(module)
            assert getattr(sys.modules[module], name) is getattr(antq, name)


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="show_nothing"):
        antq.show_nothing  # noqa: B018


def test_the_face_loads_no_heavy_library():
    code = (
        "import sys, antq_review as antq; dir(antq); quick = set(sys.modules)\n"
        "antq.tables.criteria; antq.evidence_frame; antq.show_criteria; later = set(sys.modules)\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'IPython', 'jinja2'}\n"
        "print(sorted(heavy & later), sorted({'pydantic', 'openpyxl'} & quick))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(antq.__file__).parents[1])
    assert shown.stdout.strip() == "[] []"
