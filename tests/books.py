"""EPUB files made in memory, page by page."""

import io
import zipfile

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
METADATA = "<dc:title>Winter Letters</dc:title><dc:creator>Ann Lee</dc:creator>"


def page(body, doctype="<!DOCTYPE html>", **attributes):
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'{doctype}<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"{said}><head><title>x</title></head>'
        f"<body>{body}</body></html>"
    )


def nav(*entries):
    """A contents page; an entry is (title, href) or (title, href, entries)."""

    def items(inner):
        return "".join(
            f'<li><a href="{href}">{title}</a>{f"<ol>{items(*below)}</ol>" if below else ""}</li>'
            for title, href, *below in inner
        )

    return page(f'<nav epub:type="toc"><h1>Contents</h1><ol>{items(entries)}</ol></nav>')


def epub(pages, metadata=METADATA, contents=None, aside=(), extra=None, version="3.0", lost=()):
    """The bytes of a book: ``pages`` by name in reading order, those in ``aside`` not linear."""
    members = {"META-INF/container.xml": CONTAINER}
    manifest = spine = ""
    for number, (name, source) in enumerate(pages.items()):
        manifest += f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        linear = ' linear="no"' if name in aside else ""
        spine += f'<itemref idref="i{number}"{linear}/>'
        if name not in lost:
            members[f"OPS/{name}"] = source
    if contents:
        manifest += (
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        )
        members["OPS/nav.xhtml"] = contents
    members["OPS/book.opf"] = (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}"><metadata'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{metadata}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, source in {**members, **(extra or {})}.items():
            archive.writestr(name, source)
    return buffer.getvalue()
