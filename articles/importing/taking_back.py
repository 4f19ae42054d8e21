"""Taking back what an import did to articles. Notes are looked after by whoever calls.

What nobody but editors saw is deleted; what was public once is withdrawn or gets a new revision
with the former text. Call it inside a transaction, with the articles locked.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from articles import editing
from articles.importing.touched import Touched, names_only_of
from articles.importing.traces import NAMES
from articles.models import (
    Article,
    Authorship,
    FieldOrigin,
    Identifier,
    ImportItem,
    Revision,
    TaggedArticle,
    UrlAlias,
)


def take_back(touched: Iterable[Touched], *, reason: str, by: Any) -> dict[str, set[int]]:
    """Undo to each article what its batch did; the names that went with it, by field.

    Cost: a fixed number of queries for all articles that go or are withdrawn, and some for each
    that gets back what it had.
    """
    touched = list(touched)
    unused = names_only_of(touched)
    for one in touched:
        if not one.is_made:
            _give_back(one, reason=reason, by=by)
    _forget_names([one for one in touched if not one.goes])
    _withdraw([one.article.pk for one in touched if one.is_withdrawn], reason)
    _delete([one.article.pk for one in touched if one.goes])
    for field, gone in unused.items():
        NAMES[field]._default_manager.filter(pk__in=gone).delete()
    return unused


def _give_back(one: Touched, *, reason: str, by: Any) -> None:
    """The fields, the text and what was known of them, as the batch found them."""
    article = one.article
    _write(article, one.found)
    if one.revisions:
        _give_text_back(one, reason=reason, by=by)
    _write_origins(article, one.found_origins)


def _give_text_back(one: Touched, *, reason: str, by: Any) -> None:
    article = one.article
    if one.text_before is not None:
        current = article.revisions.get(superseded_at=None)
        restored = editing.restore_text(
            article,
            earlier=Revision.objects.get(pk=one.text_before),
            reason=_sentence(_("An import was taken back."), reason),
            by=by,
            replacing=current.number,
        )
        if restored is not None:
            one.items[-1].before["restored"] = restored.pk
            ImportItem.objects.bulk_update(one.items[-1:], ["before"])
    elif not one.was_public:
        article.revisions.all().delete()


def _write(article: Article, values: dict[str, Any]) -> None:
    columns = {}
    for field, value in values.items():
        if field == "date":
            day, columns["date_precision"], columns["period"] = value
            columns["published_on"] = day and datetime.date.fromisoformat(day)
        elif field == "publisher":
            columns["publisher_id"] = value
        elif field not in {"people", "tags"}:
            columns[field] = value
    for name, value in columns.items():
        setattr(article, name, value)
    if columns:
        article.save(update_fields=[name.removesuffix("_id") for name in columns])
    if "people" in values:
        article.authorships.all().delete()
        Authorship.objects.bulk_create(
            Authorship(article=article, person_id=person, role=role, position=position)
            for position, (person, role) in enumerate(values["people"])
        )
    if "tags" in values:
        TaggedArticle.objects.filter(content_object=article).delete()
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag_id=tag) for tag in values["tags"]
        )


def _write_origins(article: Article, origins: dict[str, Any]) -> None:
    FieldOrigin.objects.filter(article=article, field__in=list(origins)).delete()
    lockers = {origin[3] for origin in origins.values() if origin and origin[3]}
    there = get_user_model().objects.in_bulk(lockers)
    FieldOrigin.objects.bulk_create(
        FieldOrigin(
            article=article,
            field=field,
            sureness=origin[0],
            where=origin[1],
            locked=origin[2],
            locked_by=there.get(origin[3]),
        )
        for field, origin in origins.items()
        if origin
    )


def _forget_names(staying: list[Touched]) -> None:
    """Take the identifiers and web addresses back that the batch added to articles that stay."""
    articles = [one.article.pk for one in staying]
    for model, what in ((Identifier, "identifiers"), (UrlAlias, "addresses")):
        added = {pk for one in staying for pk in one.collected(what)}
        model._default_manager.filter(pk__in=added, article__in=articles).delete()


def _withdraw(articles: list[int], reason: str) -> None:
    """Withdraw those of ``articles`` that are not; an editor's reason stays."""
    Article.objects.filter(pk__in=articles, state=Article.State.PUBLISHED).update(
        state=Article.State.WITHDRAWN,
        withdrawn_reason=_sentence(_("The import that brought it here was taken back."), reason),
    )


def _sentence(told: str, reason: str) -> str:
    return f"{told} {reason}".strip()


def _delete(articles: list[int]) -> None:
    """Delete ``articles`` with all that hangs on them, and what was kept of their history."""
    if not articles:
        return
    Article.objects.filter(pk__in=articles).delete()
    for model, field in (
        ("ArticleEvent", "pgh_obj"),
        ("AuthorshipEvent", "article"),
        ("TaggedArticleEvent", "content_object"),
    ):
        kept = apps.get_model("articles", model)._default_manager
        kept.filter(**{f"{field}__in": articles}).delete()
