"""Which article an annotation from elsewhere is about: by address, by identifier, or by title.

Reads the database and writes nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.db.models import Func, TextField, Value
from django.db.models.functions import Lower, Trim
from django.utils.translation import gettext as _

from articles.addresses import canonical_url
from articles.importing.document import ImportRefused
from articles.importing.drafting import doi_of
from articles.models import Article, Identifier, UrlAlias

_PDF = re.compile(r"urn:x-pdf:([0-9a-f]{8,128})", re.IGNORECASE)


@dataclass(frozen=True)
class Match:
    """The article, and whether its title alone told so."""

    article: Article
    by_title: bool = False


class Matcher:
    """Finds articles, and asks the database once for each page."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, ...], str], Match | ImportRefused] = {}
        self._sources: dict[str, dict[str, set[int]]] = {}

    def match(self, addresses: tuple[str, ...], title: str) -> Match:
        """The article at one of ``addresses``, the surest first, or else called ``title``.

        Errors: ImportRefused where there is none, or where it may be several.
        """
        key = (addresses, title)
        if key not in self._known:
            try:
                self._known[key] = self._match(addresses, title)
            except ImportRefused as refusal:
                self._known[key] = refusal
        found = self._known[key]
        if isinstance(found, ImportRefused):
            raise found
        return found

    def _match(self, addresses: tuple[str, ...], title: str) -> Match:
        for address in addresses:
            if found := self._at(address):
                return Match(_only(found))
        if found := _called(title):
            return Match(_only(found), by_title=True)
        raise ImportRefused(
            _("There is no article here at “%(address)s”, nor one called “%(title)s”.")
            % {"address": addresses[0][:300], "title": title[:300]}
        )

    def _at(self, address: str) -> set[int]:
        if fingerprint := _PDF.fullmatch(address):
            return _identified("x-pdf", fingerprint[1].lower())
        if (doi := doi_of(address)) and (found := _identified("doi", doi)):
            return found
        url = canonical_url(address)
        if url is None:
            return set()
        # Hypothesis takes an address with and without a slash at its end for the same.
        for spelt in (url, _other_slash(url)):
            aliases = UrlAlias.objects.filter(url=spelt)
            found = set(aliases.values_list("article_id", flat=True))
            if found := found or self._sourced(spelt):
                return found
        return set()

    def _sourced(self, url: str) -> set[int]:
        """Articles whose source address is ``url``, however it is spelt there."""
        host = urlsplit(url).hostname or ""
        if host not in self._sources:
            by_url: dict[str, set[int]] = defaultdict(set)
            rows = Article.objects.filter(source_url__icontains=host)
            for pk, source in rows.values_list("pk", "source_url"):
                by_url[canonical_url(source) or source].add(pk)
            self._sources[host] = dict(by_url)
        return self._sources[host].get(url, set())


def _identified(scheme: str, value: str) -> set[int]:
    rows = Identifier.objects.filter(scheme=scheme, value__iexact=value)
    return set(rows.values_list("article_id", flat=True))


def _called(title: str) -> set[int]:
    said = _folded(title)
    if not said:
        return set()
    on_one_line = Func(
        *("title", Value(r"\s+"), Value(" "), Value("g")),
        function="regexp_replace",
        output_field=TextField(),
    )
    rows = Article.objects.alias(said=Lower(Trim(on_one_line)))
    alike = rows.filter(said__in=[said, " ".join(title.lower().split())])
    return {pk for pk, one in alike.values_list("pk", "title") if _folded(one) == said}


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _only(found: Iterable[int]) -> Article:
    """Errors: ImportRefused where several are found that are not one by merging."""
    rows = Article.objects.filter(pk__in=list(found)).values_list("pk", "merged_into")
    standing = {into or pk for pk, into in rows}
    articles = list(Article.objects.filter(pk__in=standing).order_by("pk"))
    if len(articles) > 1:
        raise ImportRefused(
            _("It may be about any of several articles: %(articles)s.")
            % {"articles": ", ".join(f"“{one.title}” ({one.slug})" for one in articles)}
        )
    return articles[0]


def _other_slash(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path[:-1] if parts.path.endswith("/") else f"{parts.path}/"
    return canonical_url(urlunsplit(parts._replace(path=path))) or url
