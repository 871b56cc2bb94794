"""The house keeps its floors: imports only go down, libraries stay in their rooms, modules stay small, names have one meaning.

Each rule is a function from the sources to a list of faults; it is tried on a small faulty house as well as on ours.
"""

import ast
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = "antq_review"
TOP = 9
FLOORS = {
    **dict.fromkeys(("collector", "errors", "period", "source", "text", "shipped", "files", "children", "places", "version"), 0),
    **{"forms": 1, "ingest": 2, "rules": 3, "scoring": 4, "history": 5, "package": 6, "publish": 7, "province": 8},
    **dict.fromkeys(("__init__", "tables", "cli", "page", "__main__"), TOP),
}
#: The floors inside the two largest rooms. A room that is not named here has no place there.
INSIDE = {
    "scoring": {
        "model": 0, "evidence": 1, "measures": 2, **dict.fromkeys(("numeric", "score_table"), 3),
        **dict.fromkeys(("judging", "register"), 4), **dict.fromkeys(("advice", "sections"), 5), "summary": 6,
        **dict.fromkeys(("__init__", "pipeline"), 7),
    },
    "publish": {
        **dict.fromkeys(("carry_over", "report_dates", "wording"), 0), **dict.fromkeys(("calendar", "tables"), 1), "excel": 2,
        **dict.fromkeys(("comparison", "dossier"), 3), "figures": 4, "notebook": 5, **dict.fromkeys(("__init__", "output"), 6),
        **dict.fromkeys(("archive", "word"), 7),
    },
}
ROOMS_OF = {
    "openpyxl": {"forms", "publish"},
    **{name: {"publish"} for name in ("papermill", "nbconvert", "nbclient", "pandas", "matplotlib", "docx", "docxtpl")},
    **{name: {"publish"} for name in ("icalendar", "bagit")},
    "typer": {"cli"},
    "rich": {"cli"},
    "tornado": {"page"},
    **{name: {"province"} for name in ("dask", "distributed")},
}
MODULE_LINES, FUNCTION_LINES = 250, 60
LETTERS = set("ăâđêôơư") | {
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in "\u0300\u0301\u0303\u0309\u0323"
}

Sources = dict[str, str]  # dotted name below antq_review ("rules.loader", "rules.__init__") -> text


@cache
def tree(text: str) -> ast.Module:
    """The parsed text of a module; every rule reads the same one."""
    return ast.parse(text)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Every node of a module."""
    return tuple(ast.walk(tree(text)))


@cache
def sources() -> Sources:
    house = ROOT / HOUSE
    return {
        ".".join(path.relative_to(house).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in sorted(house.rglob("*.py"))
        if "_shipped" not in path.parts
    }


def room(module: str) -> str:
    return module.split(".")[0]


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
        for node in nodes(text):
            for target in targets(node, module):
                other = module_of(target, house)
                if other is None or room(other) == room(module):
                    continue
                here, there = FLOORS.get(room(module), TOP), FLOORS.get(room(other), TOP)
                if there > here or (there == here and here not in (0, TOP)):
                    faults.append(f"{module}: imports {target} from above")
    return faults


def climbing_inside(house: Sources) -> list[str]:
    """Inside a large room a smaller one imports only from below, and rooms of one floor do not know each other."""
    faults = []
    for module, text in house.items():
        floors, (large, *rest) = INSIDE.get(room(module)), module.split(".")
        if floors is None or not rest:
            continue
        if rest[0] not in floors:
            faults.append(f"{module}: no floor for this room in {large}")
            continue
        for node in nodes(text):
            for target in targets(node, module):
                there = (module_of(target, house) or "").split(".")
                if there[0] == large and len(there) > 1 and there[1] != rest[0] and floors.get(there[1], TOP) >= floors[rest[0]]:
                    faults.append(f"{module}: imports {target} from above")
    return faults


def borrowed_private_names(house: Sources) -> list[str]:
    """`_name` belongs to its module."""
    return [
        f"{module}: imports {target}"
        for module, text in house.items() for node in nodes(text) if isinstance(node, ast.ImportFrom)
        for target in targets(node, module)
        if target.startswith(HOUSE) and target.rsplit(".", 1)[1].startswith("_") and not target.endswith("__")
    ]


def hidden_modules(house: Sources) -> list[str]:
    """A package whose face binds the name of one of its modules to something else hides that module."""
    faults = []
    for module, text in house.items():
        if not module.endswith("__init__"):
            continue
        package = module.removesuffix("__init__").rstrip(".")
        inside = {name.removeprefix(f"{package}.").split(".")[0] for name in house if name.startswith(f"{package}.") or not package}
        for node in tree(text).body:
            bound = [alias.asname or alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            bound = [name for name in bound if f"{HOUSE}.{package}".rstrip(".") != getattr(node, "module", "")]
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                bound = [node.name]
            faults += [f"{module}: {name} hides the module of that name" for name in bound if name in inside]
    return faults


def names_of_two_meanings(house: Sources) -> list[str]:
    """Two public classes of one name."""
    places: dict[str, list[str]] = {}
    for module, text in house.items():
        for node in nodes(text):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(module)
    return [f"{name}: in {', '.join(modules)}" for name, modules in sorted(places.items()) if len(modules) > 1]


def sentences_below_publish(house: Sources) -> list[str]:
    """Rooms below `publish` make messages (`tell`); only the surfaces above them write sentences (`say`)."""
    return [
        f"{module}: imports {target}"
        for module, text in house.items() if room(module) != "text" and FLOORS.get(room(module), TOP) < FLOORS["publish"]
        for node in nodes(text) for target in targets(node, module)
        if target.startswith(f"{HOUSE}.text") and target.endswith(".say")
    ]


def rooms_without_caption(house: Sources) -> list[str]:
    """Every package says in its first line what it holds."""
    faults = []
    for module, text in house.items():
        caption = (ast.get_docstring(tree(text)) or "").split("\n")[0]
        if module.endswith("__init__") and len(caption.split()) < 4:
            faults.append(f"{module}: says nothing of what the room holds")
    return faults


def circles(house: Sources) -> list[str]:
    edges: dict[str, set[str]] = {}
    for module, text in house.items():
        found = (module_of(t, house) for node in at_module_level(tree(text)) for t in targets(node, module))
        edges[module] = {other for other in found if other and other != module}
    left = dict(edges)
    while leaves := [module for module, others in left.items() if not others & left.keys()]:
        for module in leaves:
            del left[module]
    return [f"{module}: in or above a circle with {sorted(left[module] & left.keys())}" for module in sorted(left)]


def strayed_libraries(house: Sources) -> list[str]:
    faults = []
    for module, text in house.items():
        for node in nodes(text):
            for library in {target.split(".")[0] for target in targets(node, module)} & ROOMS_OF.keys():
                if room(module) not in ROOMS_OF[library]:
                    faults.append(f"{module}: {library} belongs in {sorted(ROOMS_OF[library])}")
    return faults


def vietnamese_literals(house: Sources) -> list[str]:
    faults = []
    for module, text in house.items():
        if room(module) in {"text", "forms"}:
            continue
        inside = nodes(text)
        docs = {id(node.value) for node in inside if isinstance(node, ast.Expr)}
        for node in inside:
            literal = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
            if literal and LETTERS & set(unicodedata.normalize("NFC", node.value).lower()):
                faults.append(f"{module}:{node.lineno}: {node.value[:40]!r} belongs in text/")
    return faults


def oversized(house: Sources) -> list[str]:
    faults = []
    for module, text in house.items():
        if (lines := len(text.splitlines())) > MODULE_LINES:
            faults.append(f"{module}: {lines} lines, at most {MODULE_LINES}")
        for node in nodes(text):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    faults.append(f"{module}: {node.name} has {lines} lines, at most {FUNCTION_LINES}")
    return faults


RULES = [
    climbing_imports, climbing_inside, circles, strayed_libraries, vietnamese_literals, oversized, borrowed_private_names,
    hidden_modules, names_of_two_meanings, rooms_without_caption, sentences_below_publish,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_house_keeps(rule):
    assert rule(sources()) == []


def test_what_lies_beside_the_house_is_no_larger():
    beside = [ROOT / "run.py", *(path for folder in ("launch", "tools", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py")))]
    assert oversized({str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in beside}) == []


CAPTION = "'A room that holds some things.'\n"
SOUND = {
    "__init__": CAPTION,
    "cli.__init__": CAPTION + "import typer\nfrom antq_review import publish\n",
    "cli.demo": "import rich.progress\nfrom antq_review.cli import x\n",
    "page.server": "from antq_review.publish.word import fill\n",
    "errors": "",
    "period": "from antq_review.errors import Problem\n",
    "forms.__init__": CAPTION + "from antq_review.forms.sheet import Row\nTITLE = 'Kế hoạch'\n",
    "forms.sheet": "import openpyxl\n",
    "ingest.reader": "'Đọc tệp.'\nfrom antq_review.forms import Row\nfrom .. import errors\n",
    "publish.__init__": CAPTION + "from .excel import draw\n",
    "publish.excel": "import openpyxl, pandas\nclass Sheet: pass\n",
    "publish.word.fill": "class Form: pass\nclass _Sheet: pass\n",
    "publish.word.forms": "class _Sheet: pass\n",
    "scoring.model": "if TYPE_CHECKING:\n    from antq_review.scoring.model import B\n",
    "scoring.measures.a": "from antq_review.scoring import model\n",
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
    (strayed_libraries, {"ingest.a": "from openpyxl.cell import Cell\n"}),
    (vietnamese_literals, {"scoring.a": "def f(n):\n    return f'{n} điểm'\n"}),
    (vietnamese_literals, {"cli": "HELP = 'THƯ MỤC'\n"}),
    (climbing_inside, {"scoring.model.a": "from antq_review.scoring.advice import b\n", "scoring.advice.b": ""}),
    (climbing_inside, {"scoring.advice.a": "from antq_review.scoring.sections import b\n", "scoring.sections.b": ""}),
    (climbing_inside, {"publish.attic.a": ""}),
    (borrowed_private_names, {"rules.a": "from antq_review.rules.b import _secret\n", "rules.b": ""}),
    (hidden_modules, {"scoring.__init__": "from antq_review.scoring.model import judge\n", "scoring.judge": ""}),
    (hidden_modules, {"scoring.__init__": "def judge(): pass\n", "scoring.judge": ""}),
    (names_of_two_meanings, {"rules.a": "class Step: pass\n", "scoring.model": "class Step: pass\n"}),
    (sentences_below_publish, {"scoring.model": "from antq_review.text import number, say\n"}),
    (sentences_below_publish, {"files": "from antq_review.text.sentences import say\n"}),
    (rooms_without_caption, {"rules.__init__": "'Rules.'\n"}),
    (oversized, {"rules.a": "\n" * 251}),
    (oversized, {"rules.a": "def f():\n" + "    pass\n" * 60}),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_house_has_no_fault(rule):
    assert rule(SOUND) == []


@pytest.mark.parametrize(("rule", "house"), FAULTY)
def test_a_faulty_house_is_found(rule, house):
    assert rule(house) != []
