"""Whether an imported document is known here already, and what importing it would change.

Reads the database and writes nothing; ``record`` acts on what this module finds.
"""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, Value
from django.utils.translation import gettext as _

from articles import metadata
from articles.addresses import canonical_url
from articles.importing.document import OWN_NUMBERS, Document, ImportRefused, Sureness
from articles.importing.namesakes import article_alike, each_once, named
from articles.importing.traces import taken_back
from articles.models import (
    Appearance,
    Article,
    Capture,
    Identifier,
    ImportItem,
    Person,
    Publisher,
    Revision,
    SealedText,
    Tag,
    UrlAlias,
)
from articles.naming import present_names
from articles.text import sha256_of
from articles.titles import agree

_RANK: dict[str, int] = {Sureness.GUESS: 0, Sureness.LIKELY: 1, Sureness.STATED: 2}
# Control characters and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Foreseen:
    """What recording a document would do: ``kept`` are fields that differ but are protected.

    ``has_text`` tells whether the article has a text already.
    """

    outcome: str
    article: Article | None = None
    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    has_text: bool = False


@dataclass(frozen=True)
class Known:
    """Which article a document is, or None.

    ``appears`` tells that it is a further appearance of it, and says nothing of it otherwise.
    """

    article: Article | None = None
    appears: bool = False


def tidy(document: Document) -> Document:
    """``document`` without characters no database keeps, and without naming anybody twice."""
    people = {
        (name.casefold(), one.role): replace(one, name=name)
        for one in document.people
        if (name := _line(one.name))
    }
    tags = {tag.casefold(): tag for tag in map(_line, document.tags) if tag}
    tidied = {
        "title": _line(document.title),
        "publisher": _line(document.publisher),
        "people": tuple(people.values()),
        "tags": tuple(tags.values()),
        "date": replace(document.date, period=_line(document.date.period)),
    } | {
        name: _storable(getattr(document, name)).strip()
        for name in ("standfirst", "publication", "source", "rights")
    }
    if all(getattr(document, name) == value for name, value in tidied.items()):
        return document  # with the text that it has reckoned
    return replace(document, **tidied)


def foresee(document: Document, *, digest: str, same_as: Article | None = None) -> Foreseen:
    """What recording ``document``, read from bytes of this SHA-256, would do now.

    ``same_as`` is the article that a person says it is. Errors: ImportRefused when it cannot be
    told which article it is. Cost: at most 24 queries.
    """
    document = tidy(document)
    known = Known(same_as) if same_as else known_as(document, digest=digest)
    return foreseen_of(document, known)


def known_as(document: Document, *, digest: str) -> Known:
    """Which article ``document``, tidied, is. Errors: ImportRefused when it cannot be told."""
    if (article := appearing_in(document, digest=digest)) is not None:
        return Known(article, appears=True)
    return Known(known_article(document, digest=digest))


def foreseen_of(document: Document, known: Known) -> Foreseen:
    """What recording ``document``, which is ``known`` so, would do now."""
    if known.article is None:
        return Foreseen(ImportItem.Outcome.NEW)
    if known.appears:
        return Foreseen(ImportItem.Outcome.UNCHANGED, known.article, has_text=True)
    if known.article.is_merged:
        return Foreseen(ImportItem.Outcome.UNCHANGED, known.article.merged_into, has_text=True)
    return compare(completing(document, known.article), known.article)


def appearing_in(document: Document, *, digest: str) -> Article | None:
    """The article of which ``document`` is a further appearance, noted as such by a person.

    What it says there is of no account for the article. Cost: 1 query, 2 more where there is one.
    """
    noted = Q(capture__sha256=digest)
    if address := canonical_url(document.url or ""):
        noted |= Q(url=address)
    # Almost always there is none: a row of the article's many columns is not asked for along.
    found = Appearance.objects.filter(noted).order_by("pk").values_list("article_id")[:1]
    for (pk,) in found:
        article = Article.objects.select_related("merged_into").get(pk=pk)
        return article.merged_into or article
    return None


def known_article(document: Document, *, digest: str) -> Article | None:
    """The article that ``document`` is, by identifier, web address, bytes, or text and title.

    A record is known by identifier, by web address, or by title and year: many share an empty
    text. So is the text that an article made from a record waits for. An article that went with
    the import that made it is known no more. One that was merged into another is known still:
    what it says is of no account for that other one. Errors: ImportRefused.
    """
    found = each_once(_of_its_identifiers(document))
    if len(found) > 1:
        raise ImportRefused(
            _("Its identifiers belong to different articles: %(articles)s.")
            % {"articles": ", ".join(f"“{article.title}”" for article in found)}
        )
    if found:
        if not document.is_record:
            _refuse_another_collections_number(document, found[0], digest)
        return found[0]
    if document.is_record:
        return _at_its_address(document) or article_alike(document)
    # Two records that a collection numbers differently are two works, however alike.
    others = Q(identifiers__scheme__in=[scheme for scheme, _value in document.identifiers])
    for pk in _likely(document, digest):
        article = Article.objects.filter(pk=pk).exclude(others).exclude(taken_back()).first()
        if article is not None:
            return article
    return article_alike(document)


def _of_its_identifiers(document: Document) -> list[Article]:
    numbered = Q()
    for scheme, value in document.identifiers:
        numbered |= Q(scheme=scheme, value=value)
    if not numbered:
        return []
    found = {*Identifier.objects.filter(numbered).values_list("article_id", flat=True)}
    return list(Article.objects.filter(pk__in=found)) if found else []


def _at_its_address(document: Document) -> Article | None:
    """The article at the address of a record, which nothing else of the record gainsays.

    Records give the address of a whole site, issue or database as readily as the work's own.
    Errors: ImportRefused where neither title nor year says that it is the same work.
    """
    address = canonical_url(document.url or "")
    if not address or (urlsplit(address).path.strip("/") == "" and not urlsplit(address).query):
        return None
    others = Q(identifiers__scheme__in=[scheme for scheme, _value in document.identifiers])
    article = Article.objects.filter(url_aliases__url=address).exclude(others).first()
    if article is None:
        return None
    year = article.published_on.year if article.published_on else None
    if year and document.date.year and year != document.date.year:
        return None
    if (year and document.date.year) or agree(article.title, document.title):
        return article
    raise ImportRefused(
        _("Its address is that of %(article)s, and its title is another. Give it a date or DOI.")
        % {"article": named(article)}
    )


def _likely(document: Document, digest: str) -> list[int]:
    """Articles at the document's address, of its bytes, or of its text and title, in this order.

    Cost: at most 5 queries, each of one table by its index. Joined in one, they were planned as
    walks through whole tables while statistics were young, and grew with the archive.
    """
    captures = list(Capture.objects.filter(sha256=digest).values_list("pk", flat=True))
    text = sha256_of(document.text)
    clues = [
        UrlAlias.objects.filter(url=canonical_url(document.url or "") or ""),
        Revision.objects.filter(capture__in=captures),
        ImportItem.objects.filter(capture__in=captures, article__isnull=False),
        Revision.objects.filter(sha256=text),
    ]
    ranked = [
        clue.order_by().annotate(rank=Value(rank)).values_list("rank", "article_id")
        for rank, clue in enumerate(clues)
    ]
    found = sorted(ranked[0].union(*ranked[1:]))
    of_its_text = [pk for rank, pk in found if rank == len(clues) - 1]
    sealed = list(SealedText.objects.filter(sha256=text).values_list("revision_id", flat=True))
    if sealed:
        under_seal = Revision.objects.filter(pk__in=sealed)
        of_its_text += under_seal.values_list("article_id", flat=True)
    if of_its_text:
        alike = Article.objects.filter(pk__in=of_its_text, title__iexact=document.title)
        of_its_text = sorted(alike.values_list("pk", flat=True))
    sure = [pk for rank, pk in found if rank < len(clues) - 1]
    return list(dict.fromkeys([*sure, *of_its_text]))


def _refuse_another_collections_number(document: Document, article: Article, digest: str) -> None:
    """Errors: ImportRefused when the two share no more than a number that anybody may give."""
    if any(not scheme.startswith(OWN_NUMBERS) for scheme, _value in document.identifiers):
        return
    alike = (
        Q(title__iexact=document.title)
        | Q(url_aliases__url=canonical_url(document.url or "") or "")
        | Q(revisions__sha256=sha256_of(document.text))
        | Q(import_items__capture__sha256=digest)
    )
    if not Article.objects.filter(alike, pk=article.pk).exists():
        raise ImportRefused(
            _(
                "Its number here belongs to “%(title)s”, which seems to be another work. If it is"
                " of another collection, name that in the record’s field “collection”."
            )
            % {"title": article.title}
        )


def completing(document: Document, article: Article) -> Document:
    """``document`` as it completes ``article``, if it is a record: else as it is.

    Its tags come to those that are there. Records often name the first person only: where all of
    them are there already, it says nothing of people. Cost: 6 queries for a record.
    """
    if not document.is_record:
        return document
    offered, present = _named_as_now(described(document)), metadata.of_article(article)
    here = {(one["name"].casefold(), one["role"]) for one in present["people"]}
    there = {(one["name"].casefold(), one["role"]) for one in offered.get("people", ())}
    tags = {tag.casefold(): tag for tag in (*offered.get("tags", ()), *present["tags"])}
    return replace(
        document,
        people=() if there <= here else document.people,
        tags=tuple(tags.values()) if document.tags else (),
    )


def compare(document: Document, article: Article) -> Foreseen:
    """What ``document`` says otherwise than ``article``, where an import may write and where not.

    A field is not emptied by a document that lacks it, nor changed by a less sure one. A record
    changes no field of which nobody knows where it came from, but what is empty it fills.
    """
    origins = {origin.field: origin for origin in article.field_origins.all()}
    offered, present = _named_as_now(described(document)), metadata.of_article(article)
    changed, kept = [], []
    for field in metadata.LABELS:
        if field not in offered or _same(offered, present, field):
            continue
        origin = origins.get(field)
        if origin is not None and origin.locked:
            kept.append(field)
        elif document.is_record and origin is None and _says(present, field) and field != "tags":
            continue
        elif origin is None or _RANK[sureness_of(document, field)] >= _RANK[origin.sureness]:
            changed.append(field)
    has_text = article.revisions.filter(superseded_at=None).exists()
    locked = "text" in origins and origins["text"].locked
    # A record never touches a text.
    if not document.is_record and _text_differs(document, article, locked=locked):
        (kept if locked else changed).append("text")
    outcome = ImportItem.Outcome.UPDATED if changed else ImportItem.Outcome.UNCHANGED
    return Foreseen(outcome, article, tuple(changed), tuple(kept), has_text)


def _says(present: dict[str, Any], field: str) -> bool:
    if field in ("date", "period"):
        return bool(present["date"] or present["period"])
    return bool(present[field]) and (field, present[field]) != ("language", "und")


def _text_differs(document: Document, article: Article, *, locked: bool) -> bool:
    """Whether the text is another than the current one; where it is locked, than any there was."""
    digest = sha256_of(document.text)
    revisions = article.revisions.filter(Q(sha256=digest) | Q(sealed__sha256=digest))
    return not (revisions if locked else revisions.filter(superseded_at=None)).exists()


def described(document: Document) -> dict[str, Any]:
    """The fields for which ``document`` has a value, shaped as ``metadata.of_article`` is."""
    address = document.url if document.url and canonical_url(document.url) else ""
    values = {
        "title": document.title,
        "standfirst": document.standfirst,
        "people": [{"name": one.name, "role": one.role} for one in document.people],
        "publisher": document.publisher,
        "publication": document.publication,
        "date": document.date.isoformat(),
        "period": document.date.period,
        "language": document.language,
        # Without an origin it is the reader's "article", and nobody's word.
        "kind": document.kind if "kind" in document.origins else "",
        "tags": sorted(document.tags, key=str.lower),
        "source": document.source,
        "source_url": address,
        "rights": document.rights,
    }
    given = {field: value for field, value in values.items() if value}
    if "date" in given or "period" in given:
        # Together they say when; one of them alone would leave the other as it was.
        given |= {"date": values["date"], "period": values["period"]}
    return given


def _named_as_now(offered: dict[str, Any]) -> dict[str, Any]:
    """``offered`` with the present names of publisher, people and tags that had other ones."""
    offered = dict(offered)
    if publisher := offered.get("publisher"):
        now = present_names(Publisher, [publisher])
        offered["publisher"] = now.get(publisher.lower(), publisher)
    if people := offered.get("people"):
        now = present_names(Person, [one["name"] for one in people])
        named = [one | {"name": now.get(one["name"].lower(), one["name"])} for one in people]
        offered["people"] = list({(one["name"], one["role"]): one for one in named}.values())
    if tags := offered.get("tags"):
        now = present_names(Tag, tags)
        offered["tags"] = [now.get(tag.lower(), tag) for tag in tags]
    return offered


def sureness_of(document: Document, field: str) -> Sureness:
    """How sure ``document`` is of ``field``; a reader that says nothing has read it plainly."""
    origin = document.origins.get(field)
    return Sureness.STATED if origin is None else origin.sureness


def _same(offered: dict[str, Any], present: dict[str, Any], field: str) -> bool:
    if field == "date":
        return all(offered[part] == present[part] for part in ("date", "period"))
    if field == "publisher":  # found again whatever the case, as are the two below
        return bool(offered[field].casefold() == present[field].casefold())
    if field == "tags":
        return {tag.casefold() for tag in offered[field]} == {
            tag.casefold() for tag in present[field]
        }
    if field == "people":
        return [(one["name"].casefold(), one["role"]) for one in offered[field]] == [
            (one["name"].casefold(), one["role"]) for one in present[field]
        ]
    return bool(offered[field] == present[field])


def _line(text: str) -> str:
    return " ".join(_storable(text).split())


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("", text)
