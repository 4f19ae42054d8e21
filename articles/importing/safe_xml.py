"""XML from strangers: no entities, no DTD, no network, nothing deeper than a text needs."""

import re

from lxml import etree

from .document import ImportRefused

_DEEPEST = 256  # lxml's own bound; named here because messages speak of it
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_MARKUP_DECLARATIONS = 20_000  # bytes: where a DTD stands, if there is one


def parse(data: bytes) -> etree._Element:
    """The root element of ``data``. Comments and processing instructions stay in the tree.

    Errors: ImportRefused, naming the line, when it is not well-formed or declares entities.
    """
    head = _as_ascii(data[:_MARKUP_DECLARATIONS])
    if _ENTITY.search(head):
        raise ImportRefused(
            "It declares entities, which can stand for anything: they are not read."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_blank_text=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise ImportRefused(
            f"It is not well-formed XML: {_said(error)}.", f"line {line}"
        ) from error
    except ValueError as error:
        raise ImportRefused("It is not well-formed XML.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        dtd = root.getroottree().docinfo.internalDTD
        if any(True for _ in dtd.iterentities()):
            raise ImportRefused(
                "It declares entities, which can stand for anything: they are not read."
            )
    return root


def local(element: etree._Element) -> str:
    """The name of ``element`` without its namespace; "" of comments and the like."""
    return local_name(element.tag) if isinstance(element.tag, str) else ""


def local_name(name: str) -> str:
    """ "title" of "{http://purl.org/dc/terms/}title"; a namespace may hold a bracket too."""
    return name.rpartition("}")[2]


def _as_ascii(head: bytes) -> bytes:
    return head.replace(b"\x00", b"")  # UTF-16 hides nothing from the search


def _said(error: etree.XMLSyntaxError) -> str:
    """The parser's own words, without the place that is told apart."""
    return re.sub(r", line \d+, column \d+.*$", "", str(error.msg)).rstrip(".")
