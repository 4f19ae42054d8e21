"""Search over articles and the notes a reader may see.

Metadata, texts and notes are searched by PostgreSQL in the language of each article; the query
is in the web's syntax: "a phrase", OR, -without.
"""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db.models import F, Func, Q, TextField
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from annotations import access
from annotations.models import Annotation
from articles.models import Article, TextChunk

MOST = 50
# Private-use characters cannot stand in a text that was cleaned at import.
OPEN, CLOSE = "\ue000", "\ue001"


@dataclass
class Hit:
    """An article with a snippet of its text, or a note."""

    article: Article
    snippet: SafeString
    note: Annotation | None = None


@dataclass
class Results:
    articles: list[Hit]
    notes: list[Hit]


def search(user, text: str) -> Results:
    """What ``user`` may find for ``text``, the best first, at most 50 of each kind."""
    text = text.replace("\x00", " ")  # PostgreSQL has no such character
    if not text.strip():
        return Results([], [])
    return Results(_articles(user, text), _notes(user, text))


def _config(language: str) -> Func:
    return Func(F(language), function="articles_text_config", output_field=TextField())


def _query(text: str, language: str) -> SearchQuery:
    """The query in the article's own language, and in no language for names."""
    own = SearchQuery(text, search_type="websearch", config=_config(language))
    return own | SearchQuery(text, search_type="websearch", config="simple")


def _articles(user, text: str) -> list[Hit]:
    visible = Article.objects.visible_to(user).for_lists()
    by_name = (
        visible.filter(metadata_vector=_query(text, "language"))
        .annotate(rank=SearchRank(F("metadata_vector"), _query(text, "language")))
        .order_by("-rank", "-pk")[:MOST]
    )
    found = {article.pk: Hit(article, mark_safe("")) for article in by_name}
    for chunk in _chunks(user, text):
        article = chunk.revision.article
        hit = found.setdefault(article.pk, Hit(article, mark_safe("")))
        if not hit.snippet:
            hit.snippet = _marked(chunk.snippet)
    return list(found.values())[:MOST]


def _chunks(user, text: str) -> list[TextChunk]:
    language = "revision__article__language"
    query = _query(text, language)
    visible = Article.objects.visible_to(user)
    return list(
        TextChunk.objects.filter(vector=query, revision__article__in=visible)
        .annotate(
            rank=SearchRank(F("vector"), query),
            snippet=SearchHeadline(
                "text", query, config=_config(language), start_sel=OPEN, stop_sel=CLOSE,
                max_words=40, min_words=20,
            ),
        )
        .select_related("revision__article__publisher")
        .prefetch_related("revision__article__authorships__person", "revision__article__tags")
        .order_by("-rank", "-pk")[:MOST]
    )  # fmt: skip


def _notes(user, text: str) -> list[Hit]:
    language = "article__language"
    query = _query(text, language)
    notes = (
        access.visible(user)
        .annotate(vector=SearchVector("body", config=_config(language)))
        .filter(Q(vector=query) | Q(tags__name__iexact=text.strip()))
        .annotate(
            snippet=SearchHeadline(
                "body", query, config=_config(language), start_sel=OPEN, stop_sel=CLOSE
            )
        )
        .select_related("article", "creator", "group")
        .order_by("-recorded_at")
        .distinct()[:MOST]
    )
    return [Hit(note.article, _marked(note.snippet), note) for note in notes]


def _marked(snippet: str) -> SafeString:
    html = escape(snippet).replace(OPEN, "<mark data-hit>").replace(CLOSE, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped in the line above
