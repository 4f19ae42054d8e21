"""Which words a link asks for: a place, a paragraph, or words pasted somewhere else."""

from collections.abc import Mapping
from typing import Any

from articles.given import whole_number
from articles.models import Revision
from articles.text import Span, paragraphs


def place_asked_for(revision: Revision, query: Mapping[str, str]) -> dict[str, Any]:
    """Initial values of a note's form from a query string; what does not fit is passed over.

    ``start`` and ``end`` name code points of ``revision``, ``paragraph`` counts from 1,
    ``whole`` means the whole article. The form says what is wrong when it is sent.
    """
    initial: dict[str, Any] = {"revision": revision.number}
    for name in ("motivation", "quote"):
        if query.get(name):
            initial[name] = query[name]
    if query.get("whole"):
        return initial | {"whole": True}
    span = _span(revision, query)
    if span is not None:
        initial |= {"start": span.start, "end": span.end, "quote": span.of(revision.text)}
    return initial


def _span(revision: Revision, query: Mapping[str, str]) -> Span | None:
    if query.get("paragraph"):
        found = paragraphs(revision.html)
        number = whole_number(query["paragraph"]) or 0
        return found[number - 1] if 1 <= number <= len(found) else None
    start, end = whole_number(query.get("start", "")), whole_number(query.get("end", ""))
    if start is None or end is None:
        return None
    if query.get("revision", str(revision.number)) != str(revision.number):
        return None
    span = Span(start, end)
    return span if span.start < span.end <= len(revision.text) else None
