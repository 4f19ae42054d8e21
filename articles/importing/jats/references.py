"""An entry of a list of references in JATS, as its words.

A mixed citation has its own punctuation and stays as it is written. An element citation is only
a record: it is set as "Lee A, Ma C, 2012. Title. Journal 3(2): 14–19. doi:…", with nothing added
but what parts its pieces.
"""

import re
from collections.abc import Iterator
from typing import Any

from articles.importing.drafting import doi_of, one_line
from articles.importing.safe_xml import local
from articles.importing.xml_walk import Walk, attribute, child, children, descendants, words
from articles.text import escape

MIXED = ("mixed-citation", "citation", "nlm-citation", "element-citation", "product")
_PEOPLE = frozenset({"person-group", "name", "string-name", "collab", "etal", "name-alternatives"})
_TITLES = ("chapter-title", "article-title", "part-title", "trans-title", "data-title")
_SET = frozenset(
    {*_PEOPLE, *_TITLES, "year", "source", "volume", "issue", "fpage", "lpage", "page-range"}
    | {"elocation-id", "publisher-name", "publisher-loc", "pub-id", "label", "month", "day"}
    | {"object-id", "season", "edition", "conf-name"}
)  # fmt: skip


def person_name(name: Any, *, surname_first: bool = False) -> str:
    """A name in its natural order, or with the surname first as in lists of references."""
    surname, given, prefix, suffix = (
        words(child(name, part)) for part in ("surname", "given-names", "prefix", "suffix")
    )
    if not surname and not given:
        return words(name)
    eastern = attribute(name, "name-style") == "eastern"
    if eastern and re.fullmatch(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+", surname + given):
        return surname + given
    parts = [surname, given] if eastern or surname_first else [prefix, given, surname]
    return one_line(" ".join([*parts, suffix]))


def is_mixed(citation: Any) -> bool:
    """Whether a citation has words between its elements, and so reads as it stands."""
    loose = [citation.text or "", *(part.tail or "" for part in citation)]
    return any(re.search(r"\w|[.,;:()]", text) for text in loose)


def citation_html(walk: Walk, citation: Any) -> str:
    """The words of one citation."""
    if is_mixed(citation):
        return walk.inner(citation)
    sentences = [part for part in _sentences(walk, citation) if part]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in sentences)


def _sentences(walk: Walk, citation: Any) -> Iterator[str]:
    people = _people(citation)
    year = escape(words(child(citation, "year")))
    yield ", ".join(filter(None, (escape(people), year)))
    for title in children(citation, *_TITLES):
        yield walk.inner(title).strip()
    sources = [walk.inner(source).strip() for source in children(citation, "source")]
    yield ", ".join([*(f"<cite>{one}</cite>" for one in sources if one), *_place(citation)])
    place, publisher = (words(child(citation, f"publisher-{one}")) for one in ("loc", "name"))
    yield escape(": ".join(filter(None, (place, publisher))))
    for part in children(citation):
        if local(part) not in _SET:
            yield walk.node(part).strip()
    for number in children(citation, "pub-id", "object-id"):
        yield _number(number)


def _people(citation: Any) -> str:
    groups = list(children(citation, "person-group"))
    authors = [one for one in groups if attribute(one, "person-group-type") in ("author", "")]
    others = [one for one in groups if one not in authors]
    said = [_names(one) for one in (*authors, citation)]
    said += [f"{_names(one)} ({attribute(one, 'person-group-type')})" for one in others]
    return ", ".join(filter(None, said))


def _names(group: Any) -> str:
    names = []
    for one in children(group, "name", "string-name", "collab", "etal", "name-alternatives"):
        name = next(children(one, "name", "string-name"), one)
        names.append("et al." if local(name) == "etal" else person_name(name, surname_first=True))
    return ", ".join(filter(None, names))


def _place(citation: Any) -> list[str]:
    """Volume, issue and pages, where there are any: "3(2): 14–19"."""
    volume, issue, first, last, pages, own = (
        words(child(citation, name))
        for name in ("volume", "issue", "fpage", "lpage", "page-range", "elocation-id")
    )
    pages = pages or (f"{first}–{last}" if last and last != first else first) or own
    issue = f"({issue})" if issue else ""
    edition, event = (words(child(citation, name)) for name in ("edition", "conf-name"))
    said = ": ".join(filter(None, (volume + issue, pages)))
    return [escape(one) for one in (edition, event, said) if one]


def _number(number: Any) -> str:
    value = words(number)
    if doi := doi_of(value):
        return (
            f'<a href="https://doi.org/{escape(doi).replace(chr(34), "%22")}">doi:{escape(doi)}</a>'
        )
    scheme = attribute(number, "pub-id-type")
    known = {"pmid": "PMID ", "pmcid": "", "isbn": "ISBN ", "arxiv": "arXiv:"}
    return escape(known[scheme] + value) if scheme in known else ""


def entries(references: Any) -> Iterator[Any]:
    """The entries of a list of references, those of lists inside it left to their own."""
    return children(references, "ref")


def titles_cited(element: Any) -> Iterator[str]:
    """The titles of the works that a product element names."""
    for source in descendants(element, "source", "article-title"):
        yield words(source)
