"""Mutation testing: mutmut plants small faults in the modules that judge, one at a time, and a test must notice each.

    nice python tools/mutate.py FOLDER [NAME …]

The tree is copied to FOLDER, and `mutmut run` works there: nothing in the work tree changes. A later run with the same
FOLDER tries only the functions that have changed since; a NAME (with `*`) tries the mutants of that name once more.
`[tool.mutmut]` in pyproject.toml names the modules and the tests.

mutmut passes over decorated functions, such as measures and properties. In the copy each of them calls a plain function with
its body, `…_body`, which mutmut does change.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def copy_tree(to: Path) -> None:
    """Copy the package and what its tests need. A file that has not changed is left alone, so that mutmut sees it as old."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    for top in ("pyproject.toml", "tests", *settings["source_paths"], *settings["also_copy"]):
        for source in [ROOT / top] if (ROOT / top).is_file() else sorted((ROOT / top).rglob("*")):
            if source.is_dir() or "__pycache__" in source.parts:
                continue
            name = source.relative_to(ROOT)
            content = source.read_bytes()
            if name.as_posix() in settings["only_mutate"]:
                content = undecorated(content.decode()).encode()
            # mutmut copies the data of a package only once.
            copies = (
                [to / name, to / "mutants" / name]
                if source.suffix != ".py" and top in settings["source_paths"]
                else [to / name]
            )
            for target in copies:
                if not target.exists() or target.read_bytes() != content:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)


def undecorated(code: str) -> str:
    """The module in which each decorated function only calls a plain one with the same body."""
    lines = code.splitlines()
    for function in sorted(_decorated(ast.parse(code)), key=lambda one: one.lineno, reverse=True):
        body = function.body[1] if ast.get_docstring(function) is not None else function.body[0]
        given = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        called = f"self.{function.name}_body" if given[:1] == ["self"] else f"{function.name}_body"
        values = [*given[given[:1] == ["self"] :], *(f"{one.arg}={one.arg}" for one in function.args.kwonlyargs)]
        plain = lines[function.lineno - 1 : function.end_lineno]
        plain[0] = plain[0].replace(f"def {function.name}", f"def {function.name}_body", 1)
        start = function.decorator_list[0].lineno - 1
        shell = [*lines[start : body.lineno - 1], f"{' ' * body.col_offset}return {called}({', '.join(values)})"]
        lines[start : function.end_lineno] = [*plain, "", *shell]
    return "\n".join(lines) + "\n"


def _decorated(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The decorated functions of a module and of its classes."""
    for node in tree.body:
        for one in (node, *(node.body if isinstance(node, ast.ClassDef) else ())):
            if isinstance(one, ast.FunctionDef) and one.decorator_list:
                yield one


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    copy_tree(Path(folder))
    tools = {**os.environ, "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))}
    sys.exit(
        subprocess.run(["mutmut", "run", "--max-children", "1", *names], cwd=folder, env=tools, check=False).returncode
    )
