"""What editors do to articles: correct what is known of them, publish, withdraw.

Each act is one transaction and is logged with who did it. What an editor has corrected is
protected: a later import proposes another value but never writes it.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from articles import logbook, metadata
from articles.models import Article, ArticleSlug, Capture, FieldOrigin, Revision
from articles.revisions import record_revision

# The three columns that hold one date are protected together.
_FIELD_OF_COLUMN = {"published_on": "date", "date_precision": "date", "period": "date"}


class CannotPublish(Exception):
    """The article cannot be shown to readers; the message is a sentence for a person."""


@transaction.atomic
def save(article: Article, *, changed: Iterable[str], by) -> None:
    """Write an article whose columns ``changed`` an editor edited, and protect these.

    A former slug keeps leading to the article.
    """
    changed = list(changed)
    if article.pk is None:
        article.save()
    else:
        if "slug" in changed:
            _keep_former_slug(article)
        columns = {field.name for field in Article._meta.concrete_fields}
        # No more than was edited: an import may have written the rest meanwhile.
        article.save(update_fields=columns.intersection(changed))
    protect(article, [_FIELD_OF_COLUMN.get(column, column) for column in changed], by=by)


def protect(article: Article, fields: Iterable[str], *, by) -> None:
    """Keep imports from overwriting ``fields``, which an editor stated. Cost: one query."""
    FieldOrigin.objects.bulk_create(
        [
            FieldOrigin(
                article=article,
                field=field,
                sureness=FieldOrigin.Sureness.STATED,
                where=_("an editor"),
                locked=True,
                locked_by=by,
            )
            for field in sorted(set(fields) & metadata.LABELS.keys())
        ],
        update_conflicts=True,
        unique_fields=["article", "field"],
        update_fields=["sureness", "where", "locked", "locked_by"],
    )


@transaction.atomic
def correct_text(
    article: Article, *, html: str, reason: str, by, replacing: int
) -> Revision | None:
    """Give ``article`` the stored body ``html``, and keep imports from overwriting it.

    None when it has this very body. Errors: as ``articles.revisions.record_revision``.
    """
    made = _record_text(article, html, reason, by, replacing)
    if made is not None:
        logbook.enter(article, "corrected", by=by, reason=reason, revision=made.number)
    return made


@transaction.atomic
def restore_text(
    article: Article, *, earlier: Revision, reason: str, by, replacing: int
) -> Revision | None:
    """The text of an ``earlier`` revision as a new one; the metadata stay as they are now.

    As ``correct_text`` otherwise.
    """
    made = _record_text(article, earlier.html, reason, by, replacing, earlier.capture)
    if made is not None:
        logbook.enter(article, "restored", by=by, reason=reason, revision=earlier.number)
    return made


def _record_text(
    article: Article, html: str, reason: str, by, replacing: int, capture: Capture | None = None
) -> Revision | None:
    made = record_revision(
        article,
        html=html,
        metadata=metadata.of_article(article),
        reason=reason,
        made_by=by,
        capture=capture,
        replacing=replacing,
        even_markup=True,
    )
    if made is not None:
        protect(article, ["text"], by=by)
    return made


def set_protection(origin: FieldOrigin, *, by) -> None:
    """Write whether imports may overwrite the field of ``origin``, as ``by`` chose."""
    origin.locked_by = by if origin.locked else None
    origin.save(update_fields=["locked", "locked_by"])


@transaction.atomic
def publish(article: Article, *, by) -> None:
    """Show ``article`` to everybody, again if it was withdrawn. Errors: CannotPublish."""
    if article.is_merged:
        known = {"title": article.title, "other": article.merged_into.title}
        raise CannotPublish(_("“%(title)s” was merged into “%(other)s”.") % known)
    if not article.revisions.filter(superseded_at=None).exists():
        raise CannotPublish(_("“%(title)s” has no text yet.") % {"title": article.title})
    if article.state == Article.State.PUBLISHED:
        return
    article.state, article.withdrawn_reason = Article.State.PUBLISHED, ""
    article.save(update_fields=["state", "withdrawn_reason"])
    logbook.enter(article, "published", by=by)


@transaction.atomic
def withdraw(article: Article, *, reason: str, by) -> None:
    """Take a published ``article`` from the readers, who are told ``reason``."""
    article.state, article.withdrawn_reason = Article.State.WITHDRAWN, reason
    article.save(update_fields=["state", "withdrawn_reason"])
    logbook.enter(article, "withdrew", by=by, reason=reason)


def _keep_former_slug(article: Article) -> None:
    rows = Article.objects.select_for_update().filter(pk=article.pk)
    former = rows.values_list("slug", flat=True).get()
    article.former_slugs.filter(slug=article.slug).delete()  # it is the present one again
    if former != article.slug:
        ArticleSlug.objects.get_or_create(slug=former, defaults={"article": article})
