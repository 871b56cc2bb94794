"""The house keeps its floors: imports only go down, libraries stay in their rooms, modules stay small.

Each rule is a function from the sources to a list of faults; it is tried on a small faulty house as well as on ours.
"""

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = "antq_review"
TOP = 8
FLOORS = {
    **dict.fromkeys(("errors", "period", "source", "text", "shipped", "files", "version"), 0),
    **{"forms": 1, "ingest": 2, "rules": 3, "scoring": 4, "history": 5, "publish": 6, "province": 7},
    **dict.fromkeys(("__init__", "cli", "__main__"), TOP),
}
ROOMS_OF = {
    "openpyxl": {"forms", "ingest", "publish"},
    **{name: {"publish"} for name in ("papermill", "nbconvert", "nbclient", "pandas", "matplotlib", "docx", "docxtpl")},
    **{name: {"publish"} for name in ("icalendar", "bagit")},
    "typer": {"cli"},
    "rich": {"cli"},
    "dask": {"province"},
}
MODULE_LINES, FUNCTION_LINES = 400, 60
LETTERS = set("ăâđêôơư") | {
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in "\u0300\u0301\u0303\u0309\u0323"
}

Sources = dict[str, str]  # dotted name below antq_review ("rules.loader", "rules.__init__") -> text


def sources() -> Sources:
    house = ROOT / HOUSE
    return {
        ".".join(path.relative_to(house).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in sorted(house.rglob("*.py"))
        if "_shipped" not in path.parts
    }


def room(module: str) -> str:
    first = module.split(".")[0]
    return "cli" if first.startswith("cli") else first


def at_module_level(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes that run on import: not inside functions, not for the type checker alone."""
    for child in ast.iter_child_nodes(node):
        typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
        if not typing_only and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from at_module_level(child)


def targets(node: ast.AST, module: str) -> Iterator[str]:
    """Full dotted names that one import statement asks for; `from a import b` gives `a.b`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            here = f"{HOUSE}.{module}".split(".")
            base = ".".join([*here[: len(here) - node.level], *([base] if base else [])])
        yield from (f"{base}.{alias.name}" for alias in node.names)


def module_of(target: str, house: Sources) -> str | None:
    """The module of the house that a dotted name lies in."""
    if target.split(".")[0] != HOUSE:
        return None
    parts = target.split(".")[1:]
    for end in range(len(parts), -1, -1):
        for name in (".".join(parts[:end]), ".".join([*parts[:end], "__init__"])):
            if name in house:
                return name
    return parts[0] if parts else "__init__"


def climbing_imports(house: Sources) -> list[str]:
    faults = [f"{module}: no floor for this room" for module in house if room(module) not in FLOORS]
    for module, text in house.items():
        for node in ast.walk(ast.parse(text)):
            for target in targets(node, module):
                other = module_of(target, house)
                if other is None or room(other) == room(module):
                    continue
                here, there = FLOORS.get(room(module), TOP), FLOORS.get(room(other), TOP)
                if there > here or (there == here and here not in (0, TOP)):
                    faults.append(f"{module}: imports {target} from above")
    return faults


def circles(house: Sources) -> list[str]:
    edges: dict[str, set[str]] = {}
    for module, text in house.items():
        found = (module_of(t, house) for node in at_module_level(ast.parse(text)) for t in targets(node, module))
        edges[module] = {other for other in found if other and other != module}
    left = dict(edges)
    while leaves := [module for module, others in left.items() if not others & left.keys()]:
        for module in leaves:
            del left[module]
    return [f"{module}: in or above a circle with {sorted(left[module] & left.keys())}" for module in sorted(left)]


def strayed_libraries(house: Sources) -> list[str]:
    faults, readers = [], set()
    for module, text in house.items():
        for node in ast.walk(ast.parse(text)):
            for library in {target.split(".")[0] for target in targets(node, module)} & ROOMS_OF.keys():
                if room(module) not in ROOMS_OF[library]:
                    faults.append(f"{module}: {library} belongs in {sorted(ROOMS_OF[library])}")
                elif library == "openpyxl" and room(module) == "ingest":
                    readers.add(module)
    if len(readers) > 1:
        faults.append(f"ingest: one module reads Excel, not {sorted(readers)}")
    return faults


def vietnamese_literals(house: Sources) -> list[str]:
    faults = []
    for module, text in house.items():
        if room(module) in {"text", "forms"}:
            continue
        tree = ast.parse(text)
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
            if literal and LETTERS & set(unicodedata.normalize("NFC", node.value).lower()):
                faults.append(f"{module}:{node.lineno}: {node.value[:40]!r} belongs in text/")
    return faults


def oversized(house: Sources) -> list[str]:
    faults = []
    for module, text in house.items():
        if (lines := len(text.splitlines())) > MODULE_LINES:
            faults.append(f"{module}: {lines} lines, at most {MODULE_LINES}")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    faults.append(f"{module}: {node.name} has {lines} lines, at most {FUNCTION_LINES}")
    return faults


RULES = [climbing_imports, circles, strayed_libraries, vietnamese_literals, oversized]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_house_keeps(rule):
    assert rule(sources()) == []


SOUND = {
    "__init__": "",
    "cli": "import typer\nfrom antq_review import publish\n",
    "cli_demo": "import rich.progress\nfrom antq_review.cli import x\n",
    "errors": "",
    "period": "from antq_review.errors import Problem\n",
    "forms.__init__": "from antq_review.forms.sheet import Row\nTITLE = 'Kế hoạch'\n",
    "forms.sheet": "import openpyxl\n",
    "ingest.reader": "'Đọc tệp.'\nimport openpyxl\nfrom antq_review.forms import Row\nfrom .. import errors\n",
    "publish.__init__": "from .annex import draw\n",
    "publish.annex": "import openpyxl, pandas\ndef f():\n    from antq_review.publish import draw\n",
    "scoring.a": "if TYPE_CHECKING:\n    from antq_review.scoring.b import B\n",
    "scoring.b": "from antq_review.scoring import a\n",
}
FAULTY = [
    (climbing_imports, {"rules.loader": "from antq_review.scoring import judge\n", "scoring.__init__": ""}),
    (climbing_imports, {"rules.loader": "def f():\n    from ..publish import annex\n", "publish.annex": ""}),
    (climbing_imports, {"text": "import antq_review.forms.sheet\n", "forms.sheet": ""}),
    (climbing_imports, {"rules.loader": "from antq_review import review\n", "__init__": ""}),
    (climbing_imports, {"attic": ""}),
    (circles, {"rules.a": "from antq_review.rules import b\n", "rules.b": "from .a import x\n"}),
    (
        circles,
        {"rules.__init__": "from .a import x\n", "rules.a": "try:\n    from antq_review.rules import x\nfinally: 0\n"},
    ),
    (strayed_libraries, {"scoring.a": "import pandas as pd\n"}),
    (strayed_libraries, {"publish.a": "from rich import print\n"}),
    (strayed_libraries, {"ingest.a": "import openpyxl\n", "ingest.b": "from openpyxl.cell import Cell\n"}),
    (vietnamese_literals, {"scoring.a": "def f(n):\n    return f'{n} điểm'\n"}),
    (vietnamese_literals, {"cli": "HELP = 'THƯ MỤC'\n"}),
    (oversized, {"rules.a": "\n" * 401}),
    (oversized, {"rules.a": "def f():\n" + "    pass\n" * 60}),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_house_has_no_fault(rule):
    assert rule(SOUND) == []


@pytest.mark.parametrize(("rule", "house"), FAULTY)
def test_a_faulty_house_is_found(rule, house):
    assert rule(house) != []
