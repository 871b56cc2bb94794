"""Fills a form: docxtpl in Jinja's sandbox, every value escaped, unknown fields refused, the result limited in size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from antq_review.errors import CannotDo
from antq_review.publish.dossier.field_schema import Fields
from antq_review.publish.word.docx_package import settled
from antq_review.publish.word.postprocess import finish
from antq_review.text import say, tell, visible

if TYPE_CHECKING:
    from docx.opc.coreprops import CoreProperties
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

#: The most characters of XML in one part of a filled document; a register of 500 rows has under 2 million.
MAX_TEXT = 60_000_000
_TEXT_TAGS = ("t", "instrText", "delText")


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The Jinja environment of every form. Its sandbox lets no form change it."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


@lru_cache(maxsize=64)
def _compiled(source: str) -> Template:
    """The code of a part of a form: of several documents by one form, only the first waits for it."""
    return environment().from_string(source)


def fill(form: bytes, values: Fields, name: str) -> bytes:
    """The filled document, the same bytes for the same form and fields.

    Raises CannotDo, with the form's name, for an unknown field, for a tag in a place where the result is no document,
    and for a result that is too large.
    """
    with refusing(name):
        template = open_template(form)
        template.render(values, environment(), autoescape=True)
    stray = next(_stray_text(template.docx.element.body), None)
    if stray is not None:
        raise CannotDo(tell("word.text_outside", form=name, text=stray[:60]))
    finish(template.docx)
    _forget_who(template.docx.core_properties)
    out = io.BytesIO()
    template.save(out)
    return settled(out.getvalue())


def _forget_who(properties: CoreProperties) -> None:
    """Remove the author of a school's own form: the document leaves the school without that name."""
    properties.author = properties.last_modified_by = "antq_review"
    properties.revision = 1
    for name in ("category", "comments", "content_status", "identifier", "keywords", "subject", "title", "version"):
        setattr(properties, name, "")


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """Turn the libraries' errors about a form into one sentence with the form's name. Raises CannotDo."""
    from jinja2 import TemplateError
    from lxml.etree import LxmlError

    try:
        yield
    except TemplateError as fault:
        raise CannotDo(tell("word.form_fault", form=name, why=visible(fault.message or ""))) from fault
    except LxmlError as fault:
        raise CannotDo(tell("word.tag_misplaced", form=name)) from fault
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        # docxtpl and python-docx do not check a form: a table without its grid, a package without its parts, a loop
        # over a truth
        raise CannotDo(tell("word.form_broken", form=name)) from fault


def open_template(form: bytes) -> Any:
    """The form as docxtpl opens it, with two changes: a text is limited to MAX_TEXT, and broken XML is not repaired.

    Any: docxtpl has no types.
    """
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from lxml import etree

    class BoundedTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types: its class is Any
        def fix_tables(self, xml: str) -> Any:
            etree.fromstring(xml)
            return super().fix_tables(xml)

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
            self.current_rendering_part = part
            pieces, length = [], 0
            for piece in _compiled(src_xml).generate(context):
                length += len(piece)
                if length > MAX_TEXT:
                    raise TemplateError(say("word.too_long"))
                pieces.append(piece)
            return str(self.resolve_listing("".join(pieces)))

    template = BoundedTemplate(io.BytesIO(form))
    template.init_docx()
    return template


def _stray_text(body: Any) -> Iterator[str]:
    """Texts between the elements, for which Word reports a damaged file. Any: lxml has no types."""
    for text in body.xpath(".//text()"):
        inside = not text.is_tail and text.getparent().tag.rpartition("}")[2] in _TEXT_TAGS
        if text.strip() and not inside:
            yield text.strip()
