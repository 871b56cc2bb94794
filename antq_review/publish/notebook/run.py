"""Runs a notebook with its parameters, with stricter rules than papermill.

Unknown parameters are refused before a kernel starts. A failing notebook leaves no file. An executed notebook contains
no time, no random name and no path of the computer: two runs on the same review give the same bytes.
"""

from __future__ import annotations

import ast
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from antq_review import errors
from antq_review.errors import CannotDo, Stopped, UsageError
from antq_review.files import write_whole
from antq_review.text import say, tell

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from antq_review.publish.notebook.kernel import OwnKernelManager

_PARAMETERS, _INJECTED, _RESET = "parameters", "injected-parameters", "antq-reset"
#: Cells with this tag show the working beside a finished view: DataFrames and what to try. They need pandas, and people in
#: Jupyter alone look at them, so the files that a command makes neither run nor contain them.
_WORKING = "working"
_log = logging.getLogger(__name__)


def run(notebook: Path, parameters: Mapping[str, str], out: Path) -> Path:
    """Runs a whole notebook, as people in Jupyter do, and writes the executed copy to `out`.

    Raises UsageError for a parameter that the notebook does not declare or that is not text, CannotDo if the notebook
    stops, Stopped if its kernel was asked to; in all cases nothing is written.
    """
    write_whole(out, written(execute(notebook, parameters, working=True)))
    return out


def written(notebook: NotebookNode) -> bytes:
    """A notebook as bytes, with sorted keys and one line end at the end of the file."""
    import nbformat

    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]  # nbformat has no types
    return (text.rstrip("\n") + "\n").encode("utf-8")


def execute(
    notebook: Path, parameters: Mapping[str, str], kernel: OwnKernelManager | None = None,
    shown: Mapping[str, str] = MappingProxyType({}), *, working: bool = False,
) -> NotebookNode:
    """Runs a notebook and returns the executed copy, cleaned. Raises the errors of `run`.

    `kernel`: a kernel from `own_kernel` that runs several notebooks; the names of the last notebook are cleared. None:
    a kernel for this notebook alone. `shown`: parameter → text that the copy contains in place of its value. `working`: with
    the cells that show the working.
    """
    source = _read(notebook)
    if not working:
        source.cells = [cell for cell in source.cells if _WORKING not in cell.metadata.get("tags", ())]
    _check(notebook.name, source, parameters)
    if kernel is not None:
        return _cleaned(_execute(notebook.name, source, parameters, kernel), source, {**parameters, **shown})
    from antq_review.publish.notebook.kernel import own_kernel

    with own_kernel() as fresh:
        return _cleaned(_execute(notebook.name, source, parameters, fresh), source, {**parameters, **shown})


def accepted(source: NotebookNode) -> tuple[str, ...]:
    """The parameters that a notebook declares: the names set in its cell tagged `parameters`."""
    cell = _tagged(source, _PARAMETERS)
    tree = ast.parse(cell.source) if cell is not None else ast.Module([], [])
    targets = (target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets)
    return tuple(target.id for target in targets if isinstance(target, ast.Name))


# --- before --------------------------------------------------------------------------------------------------------


def _read(notebook: Path) -> NotebookNode:
    import nbformat

    try:
        found: NotebookNode = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
        return found
    except (OSError, ValueError, nbformat.ValidationError) as fault:
        raise UsageError(tell("publish.notebooks.unreadable", notebook=notebook.name)) from fault


def _tagged(source: NotebookNode, tag: str) -> NotebookNode | None:
    return next((cell for cell in source.cells if tag in cell.metadata.get("tags", ())), None)


def _check(name: str, source: NotebookNode, parameters: Mapping[str, str]) -> None:
    known = accepted(source)
    if not known:
        raise UsageError(tell("publish.notebooks.no_parameters", notebook=name))
    for given, value in parameters.items():
        if given not in known:
            places = {"notebook": name, "given": given, "accepted": ", ".join(known)}
            raise UsageError(tell("publish.notebooks.unknown_parameter", **places))
        if not isinstance(value, str):
            raise UsageError(tell("publish.notebooks.not_text", name=given))


# --- running -------------------------------------------------------------------------------------------------------


def _execute(
    name: str, source: NotebookNode, parameters: Mapping[str, str], kernel: OwnKernelManager
) -> NotebookNode:
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from antq_review.publish.notebook.engine import ENGINE

    if kernel.stopped:
        raise Stopped(tell("cli.stopped"))
    try:
        executed: NotebookNode = papermill.execute_notebook(
            _prepared(source, kernel.used), None, dict(parameters), engine_name=ENGINE, kernel_name="python3",
            language="python", progress_bar=False, manager=kernel,
        )
        return executed
    except papermill.PapermillExecutionError as fault:
        what = fault.evalue if _said_to_users(fault.ename) else f"{fault.ename}."
        raise CannotDo(tell("publish.notebooks.failed", notebook=name, cell=fault.exec_count, what=what)) from fault
    except (CellTimeoutError, DeadKernelError, RuntimeError, OSError) as fault:
        if kernel.stopped:
            raise Stopped(tell("cli.stopped")) from fault
        fault.add_note(kernel.said())
        raise CannotDo(tell("publish.notebooks.kernel_failed", notebook=name)) from fault


def _prepared(source: NotebookNode, used: bool) -> NotebookNode:
    """A copy to run. On a used kernel, its first cell clears the names of the last notebook."""
    from copy import deepcopy

    from nbformat.v4 import new_code_cell

    copy = deepcopy(source)
    if used:
        reset = new_code_cell("%reset -f", metadata={"tags": [_RESET]})  # type: ignore[no-untyped-call]  # nbformat has no types
        copy.cells.insert(0, reset)
    return copy


def _said_to_users(name: str) -> bool:
    """Is the message of this error already a sentence for the user?"""
    kind = getattr(errors, name, None)
    return isinstance(kind, type) and issubclass(kind, errors.AntqError)


# --- after ---------------------------------------------------------------------------------------------------------


def _cleaned(executed: NotebookNode, source: NotebookNode, parameters: Mapping[str, str]) -> NotebookNode:
    """The executed notebook without content that differs from run to run or belongs to this computer."""
    originals = {cell.id: cell for cell in source.cells}
    cells = []
    for cell in executed.cells:
        if _INJECTED in cell.metadata.get("tags", ()):
            cells.append(_injected(cell, parameters))
        elif cell.id in originals:
            cell.metadata = originals[cell.id].metadata
            cells.append(cell)
    for cell in cells:
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [_output(output) for output in cell.outputs if _kept(output)]
    executed.cells = cells
    executed.metadata = source.metadata
    return executed


def _injected(cell: NotebookNode, parameters: Mapping[str, str]) -> NotebookNode:
    """The cell with the parameters of this run; of a path only the last name, as the file is beside the results."""
    values = {name: Path(value).name if Path(value).is_absolute() else value for name, value in parameters.items()}
    assigned = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    cell.source = "\n".join([say("publish.notebooks.injected"), *assigned])
    cell.id = _INJECTED
    cell.metadata = type(cell.metadata)(tags=[_INJECTED])
    return cell


def _kept(output: NotebookNode) -> bool:
    """Is the output kept? Warnings of libraries contain paths of this computer, so they go to the log."""
    if output.output_type == "stream" and output.name == "stderr":
        _log.warning("%s", output.text)
        return False
    return True


def _output(output: NotebookNode) -> NotebookNode:
    if "execution_count" in output:
        output.execution_count = None
    return output


def document_title(notebook: NotebookNode) -> str:
    """The first heading of a notebook."""
    texts: list[str] = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    headings = (line.lstrip("# ") for text in texts for line in text.splitlines() if line.startswith("# "))
    return next(headings, "")
