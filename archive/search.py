"""Search over articles and the notes a reader may see.

What is asked for is read in ``query``; PostgreSQL finds it, each article and its notes in the
article's own language, with or without accents. An article is found when every word asked for
stands somewhere in it (title, standfirst, people, publisher, tags or text) and no word to be
left out stands anywhere in it; a phrase must stand within one of these. A note is found by its
own words, tags and attributed name alone. Everything goes through the gate.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.utils.safestring import SafeString

from annotations import access
from annotations.models import Annotation, NoteVector
from archive import hits, snippets
from archive.hits import Spelling
from archive.query import Mistake, Place, Query, parse
from archive.snippets import Snippet
from articles.browsing import ORDERS
from articles.keyset import Page, page_of
from articles.models import Article, Authorship, Revision, Tag, TextChunk

KINDS = ("articles", "annotations")
PAGE, FEW = 20, 10
# Ranking reads every vector it ranks: of many matches only the newest are ranked.
RANKED = 500
SORTS = ("relevance", "newest", "date")
# Names are of no language.
NAMES = ""

Narrow = Callable[[QuerySet[Article]], QuerySet[Article]]


class Spelt(SearchQuery):
    """A tsquery as PostgreSQL wrote it, which needs no reading again."""

    template = "%(expressions)s::tsquery"

    def __init__(self, text: str) -> None:
        super().__init__(text, search_type="raw")


class AnyOf(Func):
    """Rows of these keys: one array, written once and hashed by PostgreSQL."""

    template = "%(expressions)s::bigint[])"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, keys: list[int]) -> None:
        super().__init__(F("pk"), Value(f"{{{','.join(map(str, keys))}}}"))


@dataclass(frozen=True)
class Asked:
    """A query with the way each language of the archive writes it."""

    query: Query
    spelling: dict[str, Spelling]

    @property
    def mistakes(self) -> tuple[Place, ...]:
        """Those of the query, and that its words are too common, if nothing else is wrong."""
        query = self.query
        if query and not any(self._terms(language) for language in self.spelling):
            return (*query.mistakes, Place(Mistake.ONLY_COMMON, 0, len(query.text)))
        return query.mistakes

    def __bool__(self) -> bool:
        return any(self._terms(language) for language in self.spelling)

    def groups(self) -> dict[tuple[str, ...], list[str]]:
        """The languages that ask the same, by what they ask: a tsquery or "" for each term."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for language in self.spelling:
            if language != NAMES:
                asked = tuple(self._tsquery(language, n) for n in range(len(self.query.terms)))
                groups.setdefault(asked, []).append(language)
        return groups

    def whole(self, asked: tuple[str, ...], *, ranking: bool = False) -> str:
        """One tsquery of all terms, "" if nothing is asked; for ranking, any of those wanted."""
        terms = dict(zip(self.query.terms, asked, strict=True))
        wanted = [
            [terms[term] for term in alternative if terms[term]]
            for alternative in self.query.alternatives
        ]
        if ranking:
            return " | ".join(one for alternative in wanted for one in alternative)
        any_of = " | ".join(f"({' & '.join(every)})" for every in wanted if every)
        without = [f" & !{terms[term]}" for term in self.query.without if terms[term]]
        return f"({any_of}){''.join(without)}" if any_of else ""

    def _terms(self, language: str) -> bool:
        return language != NAMES and any(self.spelling[language][: len(self.query.wanted)])

    def _tsquery(self, language: str, n: int) -> str:
        own = self.spelling[language][n]
        if not own:
            return ""  # too common in this language
        spelt = dict.fromkeys(pattern.query for pattern in (*own, *self.spelling[NAMES][n]))
        return f"({' | '.join(spelt)})"


@dataclass
class Found:
    """An article or a note, and its words with the hits marked."""

    article: Article
    note: Annotation | None = None
    quote: str = ""
    snippets: list[Snippet] = field(default_factory=list)
    marked: dict[str, SafeString] = field(default_factory=dict)  # an article's parts, by name

    @property
    def people(self) -> list[tuple[Authorship, SafeString]]:
        return [(a, self.marked[f"person {a.person_id}"]) for a in self.article.authorships.all()]

    @property
    def tags(self) -> list[tuple[Tag, SafeString]]:
        tags = (self.note or self.article).tags.all()
        return [(tag, self.marked[f"tag {tag.pk}"]) for tag in tags]


@dataclass
class Part:
    """One page of the articles or of the notes that were found, and how many there are in all."""

    found: list[Found] = field(default_factory=list)
    count: int = 0
    after: str = ""


@dataclass
class Results:
    """What was found for ``asked``; a kind that was not searched is None.

    ``found`` are all articles that match, before they were narrowed.
    """

    asked: Asked
    found: QuerySet[Article]
    articles: Part | None = None
    notes: Part | None = None


def _unchanged(articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles


def search(
    user,
    text: str,
    *,
    kinds: Collection[str] = KINDS,
    narrow: Narrow = _unchanged,
    sort: str = "relevance",
    after: str = "",
) -> Results:
    """What ``user`` may find for ``text`` in ``kinds``.

    ``narrow`` chooses articles; the notes are those on articles so chosen. With both kinds each
    is cut short and ``after`` is for neither. Cost: 20 queries, however much is found.
    """
    asked = ask(text)
    results = Results(asked, Article.objects.none())
    size = PAGE if len(kinds) == 1 else FEW
    if "articles" in kinds:
        results.found = _by_key(matching_articles(user, asked))
        articles = narrow(results.found)
        page = article_page(articles, asked, sort=sort, after=after, size=size)
        found = shown_articles(asked, page.rows)
        results.articles = Part(found, articles.count(), page.after)
    if "annotations" in kinds:
        notes = _on(narrow, matching_notes(user, asked))
        page = note_page(notes, after=after, size=size)
        results.notes = Part(shown_notes(asked, page.rows), notes.count(), page.after)
    return results


def count(user, text: str, kinds: Collection[str] = KINDS, narrow: Narrow = _unchanged) -> int:
    """How much ``search`` finds in all. Cost: 2 queries, and one for each kind."""
    asked = ask(text)
    found = 0
    if "articles" in kinds:
        found += narrow(matching_articles(user, asked)).count()
    if "annotations" in kinds:
        found += _on(narrow, matching_notes(user, asked)).count()
    return found


def ask(text: str) -> Asked:
    """``text`` read and spelt in every language of the archive. Cost: 2 queries."""
    query = parse(text)
    return Asked(query, hits.spell(query, [*_languages(), NAMES]) if query else {})


def matching_articles(user, asked: Asked) -> QuerySet[Article]:
    """The articles ``user`` may read in which ``asked`` is found."""
    if not asked:
        return Article.objects.none()
    groups, terms = asked.groups(), asked.query.terms
    place = {term: n for n, term in enumerate(terms)}
    found = Q(pk__in=[])
    for alternative in asked.query.alternatives:
        numbers = [place[term] for term in alternative]
        all_common = [
            language
            for queries, languages in groups.items()
            if not any(queries[n] for n in numbers)
            for language in languages
        ]
        every = ~Q(language__in=all_common) if all_common else Q()
        for n in numbers:
            if any(queries[n] for queries in groups):
                every &= _holding(groups, n)
        found |= every
    for term in asked.query.without:
        if any(queries[place[term]] for queries in groups):
            found &= ~_holding(groups, place[term], or_common=False)
    return Article.objects.visible_to(user).filter(found)


def matching_notes(user, asked: Asked) -> QuerySet[Annotation]:
    """The notes ``user`` may read in which ``asked`` is found."""
    found = Q(pk__in=[])
    for queries, languages in asked.groups().items() if asked else ():
        if whole := asked.whole(queries):
            found |= Q(language__in=languages, vector=Spelt(whole))
    return access.visible(user).filter(pk__in=NoteVector.objects.filter(found).values("pk"))


def article_page(
    articles: QuerySet[Article], asked: Asked, *, sort: str, after: str, size: int = PAGE
) -> Page:
    """One page of matching ``articles``.

    By relevance: the newest 500 by rank, then the others, newest first. Cost: 5 queries.
    """
    order = ORDERS["date" if sort == "date" else "new"]
    articles = articles.for_lists().annotate(**{order.by: order.expression})
    if sort != "relevance":
        return page_of(articles, by=order.by, after=after, size=size)
    newest = list(
        articles.order_by(f"-{order.by}", "-pk")
        .prefetch_related(None)
        .values_list("pk", order.by)[: RANKED + 1]
    )
    ranked = _ranked([pk for pk, _ in newest[:RANKED]], asked)
    start = 0
    if after.startswith("best~"):
        pk = after.removeprefix("best~")
        start = next((n + 1 for n, one in enumerate(ranked) if str(one) == pk), 0)
    elif after:
        return page_of(articles, by=order.by, after=after, size=size)
    best = ranked[start : start + size]
    rows = {article.pk: article for article in articles.filter(pk__in=best)}
    following = ""
    if start + size < len(ranked):
        following = f"best~{best[-1]}"
    elif len(newest) > RANKED:
        pk, listed_at = newest[RANKED - 1]
        following = f"{listed_at.isoformat()}~{pk}"
    return Page([rows[pk] for pk in best if pk in rows], following)


def shown_articles(asked: Asked, articles: Sequence[Article]) -> list[Found]:
    """``articles`` with the hits in their names and up to three snippets each. Cost: 3 queries."""
    texts = dict(
        Revision.objects.filter(article__in=[a.pk for a in articles], superseded_at=None)
        .annotate(beginning=snippets.beginning("text"))
        .values_list("article", "beginning")
    )
    parts = [
        (article, name, language, words)
        for article in articles
        for name, language, words in _parts(article, texts.get(article.pk, ""))
    ]
    spans = hits.find(asked.query, [(part[2], part[3]) for part in parts], asked.spelling)
    found = {article.pk: Found(article) for article in articles}
    for (article, name, _, words), places in zip(parts, spans, strict=True):
        if name == "text":
            found[article.pk].snippets = snippets.around(words, places)
        else:
            found[article.pk].marked[name] = snippets.marked(words, places)
    return list(found.values())


def _parts(article: Article, text: str) -> Iterator[tuple[str, str, str]]:
    """What an article is found by: a name for each part, its language and its words."""
    yield "text", article.language, text
    yield "title", article.language, article.title
    yield "standfirst", article.language, article.standfirst
    yield "publisher", NAMES, str(article.publisher or "")
    yield "publication", NAMES, article.publication
    for authorship in article.authorships.all():
        yield f"person {authorship.person_id}", NAMES, authorship.person.name
    for tag in article.tags.all():
        yield f"tag {tag.pk}", article.language, tag.name


def note_page(notes: QuerySet[Annotation], *, after: str, size: int = PAGE) -> Page:
    """One page of ``notes``, newest first. Cost: 2 queries."""
    rows = notes.select_related("article", "creator", "group", "root").prefetch_related("tags")
    return page_of(rows, by="recorded_at", after=after, size=size)


def shown_notes(asked: Asked, notes: Sequence[Annotation]) -> list[Found]:
    """``notes`` with the words they are about and their own, hits marked. Cost: 2 or 3 queries."""
    parts = [
        (note, name, note.article.language, words)
        for note in notes
        for name, words in (
            ("text", snippets.words_of(note)),
            *((f"tag {tag.pk}", tag.name) for tag in note.tags.all()),
        )
    ]
    spans = hits.find(asked.query, [(part[2], part[3]) for part in parts], asked.spelling)
    found = {note.pk: Found(note.article, note=note, quote=note.quote) for note in notes}
    for (note, name, _, words), places in zip(parts, spans, strict=True):
        if name == "text":
            around = snippets.around(words, places, most=1)
            found[note.pk].snippets = around or [snippets.opening(words)]
        else:
            found[note.pk].marked[name] = snippets.marked(words, places)
    return list(found.values())


def _by_key(articles: QuerySet[Article]) -> QuerySet[Article]:
    """The same articles, found once for all the questions that are asked about them."""
    keys = list(articles.order_by().values_list("pk", flat=True))
    return Article.objects.filter(AnyOf(keys))


def _on(narrow: Narrow, notes: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """``notes`` on the articles that ``narrow`` chooses."""
    chosen = narrow(Article.objects.all())
    return notes.filter(article__in=chosen.values("pk")) if chosen.query.where else notes


def _languages() -> list[str]:
    """The languages of all articles, found by skipping along their index."""
    sql = """
      WITH RECURSIVE known AS (
        SELECT min(language) AS language FROM articles_article
        UNION ALL
        SELECT (SELECT min(language) FROM articles_article a WHERE a.language > known.language)
          FROM known WHERE known.language IS NOT NULL
      ) SELECT language FROM known WHERE language IS NOT NULL"""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [language for (language,) in cursor.fetchall()]


def _holding(groups: dict[tuple[str, ...], list[str]], n: int, *, or_common: bool = True) -> Q:
    """Articles with term ``n`` anywhere. Where it is too common to be looked for, all have it."""
    in_names, in_text = Q(pk__in=[]), Q(pk__in=[])
    for queries, languages in groups.items():
        if queries[n]:
            in_names |= Q(language__in=languages, metadata_vector=Spelt(queries[n]))
            in_text |= Q(language__in=languages, vector=Spelt(queries[n]))
        elif or_common:
            in_names |= Q(language__in=languages)
    by_name = Article.objects.filter(in_names).order_by().values("pk")
    by_text = TextChunk.objects.filter(in_text).order_by().values("article")
    return Q(pk__in=by_name.union(by_text, all=True))


def _ranked(pks: list[int], asked: Asked) -> list[int]:
    """``pks``, those of the best matches first; equally good ones in the order given."""
    groups = {
        language: asked.whole(queries, ranking=True)
        for queries, languages in asked.groups().items()
        for language in languages
    }
    sql = """
      SELECT a.id, 4 * ts_rank(a.metadata_vector, asked.query) + coalesce(
               (SELECT max(ts_rank(c.vector, asked.query, 1)) FROM articles_textchunk c
                 WHERE c.article_id = a.id), 0)
        FROM articles_article a
        JOIN unnest(%s::text[], %s::tsquery[]) AS asked(language, query) USING (language)
       WHERE a.id = ANY(%s)"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(groups), list(groups.values()), pks])
        ranks: dict[Any, float] = dict(cursor.fetchall())
    return sorted(pks, key=lambda pk: -ranks.get(pk, 0))
