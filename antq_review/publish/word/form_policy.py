"""A form's template code, read as a tree before it runs: only names, attributes, `for` and `if`, and only fields that exist.

What is printed is a text, what is run over is a list: else Python's own `['…']` and `True` would stand in a paper of the school.

`{{ a|safe }}` or `{% autoescape false %}` would let a value write Word's own XML (a live field), `{{ 'A' * 300000000 }}` eat the
machine, a loop inside a loop over the same list square the document; so what is not on the list below is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from antq_review.errors import CannotDo
from antq_review.publish.dossier import TEXT, TRUTH
from antq_review.publish.word.fill import environment, open_template, refusing
from antq_review.publish.word.layout_fields import ADDED
from antq_review.text import say

#: Field → what it is, as `dossier.shape` says it.
Shape = Mapping[str, Any]
_LOOP = {"index": TEXT, "first": TRUTH, "last": TRUTH}
#: A tag inside Word's own markup, where docxtpl's `colspan` and `cellbg` put one too.
_INSIDE_TAG = re.compile(r"<[^<>]*\{[{%#][^<>]*>")
_PLACES, _FIELD = ("Template", "Output", "TemplateData", "If", "Not", "And", "Or", "For"), ("Name", "Getattr")


@dataclass
class Used:
    """The top-level fields that a form prints or runs over; and what is wrong with it, one sentence each."""

    names: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def used_fields(form: bytes, known: Shape) -> Used:
    """Walk the code of every part that filling would run.

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
    """The code exactly as docxtpl will hand it to Jinja: body, headers, footers, footnotes, properties."""
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


def _walk(node: Any, scope: Mapping[str, Any], known: Shape, used: Used) -> None:
    """`scope`: loop variables → the shape of what they run over."""
    kind = type(node).__name__
    if kind in _FIELD:
        _shape(node, scope, known, used)  # only tested: what is printed and what is run over does not come here
    elif kind not in _PLACES:
        used.faults.append(say("word.code.not_allowed", what=_spoken(node)))
    elif kind == "For":
        _walk_loop(node, scope, known, used)
    else:
        for child in node.iter_child_nodes():
            (_print if kind == "Output" else _walk)(child, scope, known, used)


def _print(node: Any, scope: Mapping[str, Any], known: Shape, used: Used) -> None:
    """What stands between the tags, or a field in `{{ … }}`: a text, nothing else."""
    if type(node).__name__ == "TemplateData":
        return
    what, name = _used(node, scope, known, used), _dotted(node)
    if what == TRUTH:
        used.faults.append(say("word.code.truth", name=name))
    elif isinstance(what, list):
        used.faults.append(say("word.code.list", name=name, one=_text_in("one", what[0])))
    elif isinstance(what, Mapping):
        used.faults.append(say("word.code.cells", name=name, one=_text_in(name, what)))


def _text_in(name: str, what: Any) -> str:
    """How a text of that value is written: itself, or its first cell that is a text."""
    return name if what == TEXT else f"{name}.{next(key for key, inner in what.items() if inner == TEXT)}"


def _walk_loop(node: Any, scope: Mapping[str, Any], known: Shape, used: Used) -> None:
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


def _root(node: Any) -> str:
    while type(node).__name__ == "Getattr":
        node = node.node
    return str(node.name) if type(node).__name__ == "Name" else ""


def _dotted(node: Any) -> str:
    return f"{_dotted(node.node)}.{node.attr}" if type(node).__name__ == "Getattr" else _root(node)


def _used(node: Any, scope: Mapping[str, Any], known: Shape, used: Used) -> Any:
    """What a field is that is printed or run over; it counts as used."""
    what, root = _shape(node, scope, known, used), _root(node)
    if what is not None and root not in scope:
        used.names.add(root)
    return what


def _shape(node: Any, scope: Mapping[str, Any], known: Shape, used: Used) -> Any:
    """What a name or attribute is; None and a fault where there is no such field."""
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


def _spoken(node: Any) -> str:
    name = getattr(node, "name", "")
    return f"{type(node).__name__} {name}".strip() if isinstance(name, str) else type(node).__name__


def checked(form: bytes, name: str, known: Shape, compulsory: tuple[str, ...]) -> set[str]:
    """The dossier's fields that a form prints. Raises CannotDo, every fault in it, where its code is not allowed or a field is missing."""
    with refusing(name):
        used = used_fields(form, known)
    names = {source for name in used.names for source in ADDED.get(name, (name,))}
    lacking = [wanted for wanted in compulsory if wanted not in names]
    faults = used.faults + [say("word.code.lacking", name=wanted) for wanted in lacking]
    if faults:
        raise CannotDo(say("word.form_refused", form=name, why=" ".join(faults)))
    return names
