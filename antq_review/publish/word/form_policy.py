"""A form's template code, read as a tree before it runs: only names, attributes, `for` and `if`, and only fields that exist.

A form may print texts only and loop over lists only: else Python's own `['…']` and `True` would appear in a paper of
the school.

`{{ a|safe }}` or `{% autoescape false %}` would let a value write Word's own XML (a live field),
`{{ 'A' * 300000000 }}` would fill the memory, and a loop inside a loop over the same list would square the size of the
document. So every construct that is not in the list below is refused, with its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from antq_review.errors import CannotDo
from antq_review.publish.dossier import TEXT, TRUTH
from antq_review.publish.dossier.field_schema import FieldShape
from antq_review.publish.word.fill import environment, open_template, refusing
from antq_review.publish.word.layout_fields import ADDED
from antq_review.text import say, tell

#: Field → its shape, as in `dossier.shape`.
Known: TypeAlias = Mapping[str, FieldShape]
#: Loop variable → the shape of its values; None where the loop itself is faulty.
_Scope: TypeAlias = "Mapping[str, FieldShape | None]"
#: A node of Jinja's tree. Any: its attributes depend on its class, which is compared by name, so jinja2 is loaded only
#: in use.
_Node: TypeAlias = Any
_LOOP: FieldShape = {"index": TEXT, "first": TRUTH, "last": TRUTH}
#: A tag inside Word's own markup; docxtpl's `colspan` and `cellbg` are there too.
_INSIDE_TAG = re.compile(r"<[^<>]*\{[{%#][^<>]*>")
_PLACES, _FIELD = ("Template", "Output", "TemplateData", "If", "Not", "And", "Or", "For"), ("Name", "Getattr")


@dataclass
class Used:
    """The top-level fields that a form prints or loops over; and its faults, one sentence each."""

    names: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def used_fields(form: bytes, known: Known) -> Used:
    """The fields and faults in the code of every part that filling would run.

    `known`: the fields that exist (`{"criteria_124": [{"number": TEXT, "events": [{"line": TEXT}]}], "has_124": TRUTH}`).
    """
    from jinja2 import TemplateSyntaxError

    used, env = Used(), environment()
    for source in _sources(form):
        if _INSIDE_TAG.search(source):
            used.faults.append(say("word.code.in_markup"))
        try:
            if any(kind == "raw_begin" for _, kind, _ in env.lex(source)):
                used.faults.append(say("word.code.not_allowed", what="raw"))
            _walk(env.parse(source), {}, known, used)
        except TemplateSyntaxError as fault:
            used.faults.append(say("word.code.syntax", why=fault.message))
        except RecursionError:
            used.faults.append(say("word.code.syntax", why="RecursionError"))
    used.faults = list(dict.fromkeys(used.faults))
    return used


def _sources(form: bytes) -> Iterator[str]:
    """The code exactly as docxtpl will pass it to Jinja: body, headers, footers, footnotes, properties."""
    template = open_template(form)
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.parts:
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield template.patch_xml(part.blob.decode("utf-8", errors="replace"))
    properties = template.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield getattr(properties, name) or ""


def _walk(node: _Node, scope: _Scope, known: Known, used: Used) -> None:
    """Collect the fields and faults of a node and of the nodes below it."""
    kind = type(node).__name__
    if kind in _FIELD:
        _shape(node, scope, known, used)  # only tested: a field in `if` is not used
    elif kind not in _PLACES:
        used.faults.append(say("word.code.not_allowed", what=_spoken(node)))
    elif kind == "For":
        _walk_loop(node, scope, known, used)
    else:
        for child in node.iter_child_nodes():
            (_print if kind == "Output" else _walk)(child, scope, known, used)


def _print(node: _Node, scope: _Scope, known: Known, used: Used) -> None:
    """The text between the tags, or a field in `{{ … }}`, which must be a text."""
    if type(node).__name__ == "TemplateData":
        return
    what, name = _used(node, scope, known, used), _dotted(node)
    if what == TRUTH:
        used.faults.append(say("word.code.truth", name=name))
    elif isinstance(what, list):
        used.faults.append(say("word.code.list", name=name, one=_text_in("one", what[0])))
    elif isinstance(what, Mapping):
        used.faults.append(say("word.code.cells", name=name, one=_text_in(name, what)))


def _text_in(name: str, what: FieldShape) -> str:
    """The name of a text in a value: the value itself, or its first cell that is a text."""
    return f"{name}.{next(key for key, inner in what.items() if inner == TEXT)}" if isinstance(what, Mapping) else name


def _walk_loop(node: _Node, scope: _Scope, known: Known, used: Used) -> None:
    if node.recursive or node.test is not None or type(node.target).__name__ != "Name":
        used.faults.append(say("word.code.not_allowed", what="for … if, for … recursive"))
        return
    if scope and _root(node.iter) not in scope:
        used.faults.append(say("word.code.loop_in_loop", name=_root(node.iter) or "?"))
    rows = _used(node.iter, scope, known, used)
    if rows is not None and not isinstance(rows, list):
        used.faults.append(say("word.code.no_list", name=_dotted(node.iter)))
    inner = {**scope, node.target.name: rows[0] if isinstance(rows, list) else None, "loop": _LOOP}
    for child in (*node.body, *node.else_):
        _walk(child, inner, known, used)


def _root(node: _Node) -> str:
    while type(node).__name__ == "Getattr":
        node = node.node
    return str(node.name) if type(node).__name__ == "Name" else ""


def _dotted(node: _Node) -> str:
    return f"{_dotted(node.node)}.{node.attr}" if type(node).__name__ == "Getattr" else _root(node)


def _used(node: _Node, scope: _Scope, known: Known, used: Used) -> FieldShape | None:
    """The shape of a field that is printed or looped over; the field counts as used."""
    what, root = _shape(node, scope, known, used), _root(node)
    if what is not None and root not in scope:
        used.names.add(root)
    return what


def _shape(node: _Node, scope: _Scope, known: Known, used: Used) -> FieldShape | None:
    """The shape of a name or attribute; None and a fault where there is no such field."""
    if type(node).__name__ == "Name":
        if node.name in scope:
            return scope[node.name]
        if node.name not in known or node.ctx != "load":
            used.faults.append(say("word.code.unknown", name=node.name))
            return None
        return known[node.name]
    if type(node).__name__ != "Getattr":
        used.faults.append(say("word.code.not_allowed", what=_spoken(node)))
        return None
    above = _shape(node.node, scope, known, used)
    if not isinstance(above, Mapping) or node.attr not in above:
        used.faults.append(say("word.code.unknown", name=f"{_root(node)} … .{node.attr}"))
        return None
    return above[node.attr]


def _spoken(node: _Node) -> str:
    name = getattr(node, "name", "")
    return f"{type(node).__name__} {name}".strip() if isinstance(name, str) else type(node).__name__


def checked(form: bytes, name: str, known: Known, compulsory: tuple[str, ...]) -> set[str]:
    """The dossier's fields that a form prints.

    Raises CannotDo, with every fault, for forbidden code or a missing compulsory field.
    """
    with refusing(name):
        used = used_fields(form, known)
    names = {ADDED.get(name, name) for name in used.names}
    lacking = [wanted for wanted in compulsory if wanted not in names]
    faults = used.faults + [say("word.code.lacking", name=wanted) for wanted in lacking]
    if faults:
        raise CannotDo(tell("word.form_refused", form=name, why=" ".join(faults)))
    return names
