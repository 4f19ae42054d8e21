"""What a web page states about its article, by how reliable the place is where it says so.

JSON-LD before Highwire's citation tags, Dublin Core, Open Graph, other meta elements and what is
seen on the page. A person becomes an author only where a page names one as such; every other
name is a suggestion.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from articles.importing.clues import clues_in, looks_like_a_name, names_in, stated_names
from articles.importing.document import Contributor, PublicationDate, Sureness
from articles.importing.drafting import GUESS, LIKELY, STATED, Draft, doi_of, is_address, one_line
from articles.importing.reading_dates import parse_date

from .page_people import is_aside, is_nobody, put_people, squeezed, suggest
from .saved_pages import saved_from

_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|Posting|Review|Essay|Chapter)$")
# "/2012/02/04/", "/2012-02-04-ice", and with a part of the site in it: "/2012/world/02/04/".
_DATE_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})(?:[/-]|/[^/\d]{1,30}/)(\d{1,2})[/-](\d{1,2})(?:/|-|$)"
)
_MONTH_IN_WORDS = re.compile(r"[^\W\d_]{3}")
_LONGEST_TITLE = 500
_JSON_LD, _PAGE = "JSON-LD", "the page's metadata"


def put_metadata(tree: Any, draft: Draft, *, url: str | None) -> None:
    """Keep everything that the page at ``url`` states; ``tree`` is its untouched tree."""
    metas = _metas(tree)
    nodes = _json_ld(tree)
    article = _resolved(next((node for node in nodes if _is_article(node)), {}), nodes)
    _put_address(tree, metas, draft, url)  # first: it tells the site's own name
    _put_json_ld(article, draft)
    _put_citation(metas, draft)
    _put_dublin_core(metas, draft)
    _put_open_graph(metas, draft)
    _put_dates(tree, metas, draft)
    _put_what_the_address_tells(tree, draft)
    _put_language(tree, metas, article, draft)
    put_people(tree, metas, draft)
    _put_title(tree, metas, draft)
    for node in nodes:
        if "WebPage" in str(node.get("@type")):
            date = parse_date(_words(node.get("datePublished")))
            draft.put("date", date, LIKELY, _JSON_LD)


def _metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = one_line(unescape(meta.get("content") or ""))
        if key and value:
            metas.setdefault(key.strip().lower().replace("dcterms.", "dc.terms."), []).append(value)
    return metas


def _json_ld(tree: Any) -> list[Mapping[str, Any]]:
    nodes: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads((script.text or "").strip().strip(";"), strict=False)
        except (ValueError, RecursionError):
            continue  # pages hold broken JSON; the other places remain
        queue = [data]
        while queue and len(nodes) < 200:
            node = queue.pop(0)
            if isinstance(node, list):
                queue += node
            elif isinstance(node, dict):
                nodes.append(node)
                queue += [node[key] for key in ("@graph", "mainEntity") if key in node]
    return nodes


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLES.search(kind) is not None
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _resolved(node: Mapping[str, Any], nodes: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """``node`` with the things it only refers to by their id in their place."""
    known = {one["@id"]: one for one in nodes if isinstance(one.get("@id"), str) and "name" in one}

    def full(value: Any) -> Any:
        if isinstance(value, list):
            return [full(one) for one in value]
        name = value.get("@id") if isinstance(value, dict) and "name" not in value else None
        return known.get(name, value) if isinstance(name, str) else value

    return {key: full(value) for key, value in node.items()}


def _put_json_ld(node: Mapping[str, Any], draft: Draft) -> None:
    draft.put("title", _words(node.get("headline") or node.get("name")), STATED, _JSON_LD)
    draft.put("standfirst", _words(node.get("alternativeHeadline")), STATED, _JSON_LD)
    draft.put("standfirst", _words(node.get("description")), LIKELY, _JSON_LD)
    draft.put("publisher", _words(node.get("publisher")), STATED, _JSON_LD)
    part_of = node.get("isPartOf")
    if isinstance(part_of, dict) and "WebPage" not in str(part_of.get("@type")):
        draft.put("publication", _words(part_of), STATED, _JSON_LD)
    for key in ("datePublished", "dateCreated"):
        if (date := parse_date(_words(node.get(key)))) is not None:
            draft.put("date", date, STATED, _JSON_LD)
    rights = [_words(node.get(key)) for key in ("copyrightNotice", "license", "usageInfo")]
    draft.put("rights", "\n\n".join(dict.fromkeys(filter(None, rights))), STATED, _JSON_LD)
    for key, role in (
        ("author", "author"), ("creator", "author"), ("editor", "editor"),
        ("translator", "translator"),
    ):  # fmt: skip
        if key == "creator" and "people" in draft.values:
            continue
        for person in _list(node.get(key)):
            _put_person(person, role, draft)
    keywords = _list(node.get("keywords"))
    if len(keywords) == 1:
        keywords = _words(keywords[0]).split(",")
    draft.add("tags", _tags(map(_words, keywords)), STATED, _JSON_LD)
    if "Opinion" in str(node.get("@type")):
        draft.put("kind", "commentary", STATED, _JSON_LD)
    if node.get("isAccessibleForFree") in (False, "False", "false"):
        draft.warn("The page says that it does not show its whole text to everyone.")


def _put_person(person: Any, role: str, draft: Draft) -> None:
    name = re.sub(r"^by\s+", "", _words(person), flags=re.IGNORECASE)
    is_group = isinstance(person, dict) and "Organization" in str(person.get("@type"))
    for one in stated_names(name):
        if is_nobody(one, draft) or (is_group and not looks_like_a_name(one)):
            suggest(one, draft)
        else:
            draft.add("people", [Contributor(one, role)], STATED, _JSON_LD)


def _put_citation(metas: Mapping[str, list[str]], draft: Draft) -> None:
    where = "its citation tags"

    def first(*keys: str) -> str:
        return next((metas[key][0] for key in keys if key in metas), "")

    draft.put("title", first("citation_title", "eprints.title"), STATED, where)
    draft.put(
        "publication", first("citation_journal_title", "prism.publicationname"), STATED, where
    )
    draft.put("publisher", first("citation_publisher"), STATED, where)
    draft.add("tags", _tags(metas.get("citation_keywords", [])), STATED, where)
    for key in ("citation_publication_date", "citation_online_date", "citation_date"):
        if key in metas and (date := parse_date(metas[key][0].replace("/", "-"))):
            draft.put("date", date, STATED, where)
    if doi := doi_of(first("citation_doi", "prism.doi", "dc.identifier.doi")):
        draft.identify("doi", doi)
    names = [name for key in ("citation_author", "citation_authors") for name in metas.get(key, [])]
    _put_names(names, STATED, where, draft)


def _put_dublin_core(metas: Mapping[str, list[str]], draft: Draft) -> None:
    where = "Dublin Core"
    for key, field in (
        ("title", "title"), ("publisher", "publisher"), ("rights", "rights"),
        ("terms.rights", "rights"), ("terms.publisher", "publisher"),
    ):  # fmt: skip
        draft.put(field, metas.get(f"dc.{key}", [""])[0], STATED, where)
    for key in (
        "terms.issued",
        "date.issued",
        "terms.created",
        "date.created",
        "terms.date",
        "date",
    ):
        if date := parse_date(metas.get(f"dc.{key}", [""])[0]):
            draft.put("date", date, STATED, where)
    for key in ("identifier", "terms.identifier"):
        for value in metas.get(f"dc.{key}", []):
            if doi := doi_of(value):
                draft.identify("doi", doi)
    for key in ("creator", "terms.creator", "creator.personalname"):
        _put_names(metas.get(f"dc.{key}", []), STATED, where, draft)


def _put_open_graph(metas: Mapping[str, list[str]], draft: Draft) -> None:
    where = "Open Graph"
    for key in ("og:description", "description", "twitter:description"):
        draft.put("standfirst", metas.get(key, [""])[0], LIKELY, where)
    draft.put("publisher", metas.get("og:site_name", [""])[0], LIKELY, where)
    draft.add("tags", _tags(metas.get("article:tag", [])), STATED, where)
    if re.fullmatch(r"opinion|commentary|op-?ed", metas.get("article:section", [""])[0], re.I):
        draft.put("kind", "commentary", LIKELY, where)
    _put_names(metas.get("article:author", []), STATED, where, draft)


def _put_dates(tree: Any, metas: Mapping[str, list[str]], draft: Draft) -> None:
    for key in (
        "article:published_time", "og:published_time", "og:article:published_time",
        "parsely-pub-date", "sailthru.date", "datepublished", "publish-date", "publish_date",
        "pubdate", "publication_date", "article.published", "published_time_telegram",
        "cxenseparse:recs:publishtime", "bt:pubdate", "date", "datecreated",
    ):  # fmt: skip
        if date := parse_date(metas.get(key, [""])[0]):
            draft.put("date", date, STATED, _PAGE)
    for path, sureness in (
        ('//*[@itemprop="datePublished"]', STATED),
        ("//time[@pubdate]", STATED),
        ("//h1/following::time[@datetime][position() = 1]", LIKELY),
        ("//header//time[@datetime]", LIKELY),
    ):
        for element in tree.xpath(path)[:3]:
            # What is quoted from elsewhere, such as a message, has a time of its own.
            if is_aside(element) or next(element.iterancestors("blockquote"), None) is not None:
                continue
            stated = element.get("datetime") or element.get("content") or element.text_content()
            if date := _seen_date(element) or parse_date(stated):
                draft.put("date", date, sureness, "the page's date line")


def _seen_date(element: Any) -> PublicationDate | None:
    """The day that readers see there, if it is in words: some pages state their last change."""
    text = one_line(element.text_content())
    dates = [parse_date(clue.value) for clue in clues_in(text) if clue.field == "date"]
    date = dates[0] if dates and _MONTH_IN_WORDS.search(text) else None
    return date if date and date.day else None


def _put_address(tree: Any, metas: Mapping[str, list[str]], draft: Draft, url: str | None) -> None:
    stated = [
        *(link.get("href") or "" for link in tree.xpath('//link[@rel="canonical"]')),
        *metas.get("og:url", []),
    ]
    saved, draft.captured_at = saved_from(tree, metas)
    base, told_by = (url, "the address it came from") if url else (saved, "who saved the page")
    for address, where in ((base, told_by), *((one, _PAGE) for one in stated)):
        full = _joined(base or "", address or "")
        # A canonical link that leads to the front page says nothing about this one.
        if urlsplit(full).path.strip("/") or full == base:
            draft.put_url(full, where)


def _put_what_the_address_tells(tree: Any, draft: Draft) -> None:
    address = draft.values.get("source_url", "")
    if (found := _DATE_IN_ADDRESS.search(address)) and (
        date := parse_date("-".join(found.groups()))
    ):
        draft.put("date", date, LIKELY, "the address")
    for link in tree.xpath('//link[@rel="license"] | //a[contains(@rel, "license")]')[:1]:
        draft.put("rights", _joined(address, link.get("href") or ""), LIKELY, _PAGE)


def _joined(base: str, address: str) -> str:
    """``address`` as seen from ``base``, or "" where that is no address on the web."""
    try:
        full = urljoin(base, address.strip()) if address.strip() else ""
    except ValueError:
        return ""
    return full if is_address(full) else ""


def _put_language(
    tree: Any, metas: Mapping[str, list[str]], article: Mapping[str, Any], draft: Draft
) -> None:
    for value, where in (
        (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"), "the page"),
        (_words(article.get("inLanguage")), _JSON_LD),
        (metas.get("citation_language", metas.get("dc.language", [""]))[0], _PAGE),
        (metas.get("og:locale", [""])[0], "Open Graph"),
    ):
        if "language" not in draft.values and re.fullmatch(r"[A-Za-z]{2,3}([-_]\w+)*", value or ""):
            draft.put("language", (value or "").replace("_", "-"), LIKELY, where)


def _put_title(tree: Any, metas: Mapping[str, list[str]], draft: Draft) -> None:
    site = draft.values.get("publisher", "")
    meta_title = metas.get("og:title", metas.get("twitter:title", [""]))[0]
    page_title = one_line(tree.findtext(".//title") or "")
    headings = [one_line(heading.text_content()) for heading in tree.iter("h1")]
    if not any(headings):
        # Then a lower heading is the title where the page's title is made with it.
        lower = (one_line(heading.text_content()) for heading in tree.iter("h2", "h3"))
        headings = [one for one in lower if _is_part(page_title, one)]
    known = draft.values.get("title") or meta_title or page_title
    for heading in headings:
        # What readers see counts, where it is the same title.
        if heading and (squeezed(heading) in squeezed(known)):
            if squeezed(heading) != squeezed(known) and len(heading) * 2 < len(known):
                continue
            draft.origins.pop("title", None)
            draft.put("title", heading, STATED, "the page's heading")
            return
    draft.put("title", without_site(meta_title, site), LIKELY, "Open Graph")
    if len(headings) == 1:
        draft.put("title", headings[0], LIKELY, "the page's heading")
    draft.put("title", without_site(page_title, site), GUESS, "the page's title element")


def _is_part(title: str, heading: str) -> bool:
    """Whether ``title`` is ``heading`` with the name of a site before or after it."""
    at = re.escape(heading)
    return (
        bool(heading)
        and len(title) <= _LONGEST_TITLE
        and bool(re.fullmatch(rf"{at}(?:\s*[|–—·:»-]\s.*)?|.*\S\s*[|–—·:»-]\s{at}", title))
    )


def without_site(title: str, site: str) -> str:
    """``title`` without the name of the site at its end: "Ice | Baltic Letters" is "Ice"."""
    for separator in (" | ", " - ", " – ", " — ", " :: ", " » ", " · "):
        head, found, tail = title.rpartition(separator)
        if found and head and (squeezed(tail) == squeezed(site) or separator == " | "):
            return head.strip()
    return title


def _put_names(names: list[str], sureness: Sureness, where: str, draft: Draft) -> None:
    """Authors as one place of the page lists them, unless a better place named some."""
    if "people" in draft.values:
        return
    people = []
    for value in names:
        found, _ = names_in(value)
        if len(names) == 1:
            found = stated_names(value) if value.count(",") != 1 else found
        for name in found:
            if is_nobody(name, draft) or not looks_like_a_name(name):
                suggest(name, draft)
            else:
                people.append(Contributor(name))
    draft.add("people", people, sureness, where)


def _words(value: Any) -> str:
    """What a JSON-LD value says: itself, or the name of the thing it describes."""
    if isinstance(value, list):
        return _words(value[0]) if value else ""
    if isinstance(value, dict):
        for key in ("name", "headline", "@value", "url"):
            if isinstance(value.get(key), str):
                return _words(value[key])
        return ""
    return one_line(unescape(value)) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _tags(values: Any) -> Iterator[str]:
    for value in list(values)[:30]:
        for part in value.split(","):
            if 1 < len(part.strip()) <= 60:
                yield part.strip()
