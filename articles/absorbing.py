"""An article becomes one with another: what it says, where it stood and what names it goes along.

Its row, texts, identifiers and web addresses stay as they are, so that it is known when it comes
again, and lead to the other one. Notes are looked after by whoever calls. Call it inside a
transaction, with both articles locked; there is no way back.
"""

from django.db.models import Q
from django.utils import timezone

from articles.addresses import canonical_url
from articles.models import (
    AlikePair,
    Appearance,
    Article,
    Authorship,
    FieldOrigin,
    ImportItem,
    TaggedArticle,
)
from articles.titles import same

_DATE = ("published_on", "date_precision", "period")


def lacks(kept: Article, merged: Article) -> list[str]:
    """The fields that ``kept`` would take from ``merged``: those it lacks; of tags, more of them.

    Not what an editor protected. The place of publication is another one, and not among them.
    Cost: 5 queries.
    """
    offered = {
        "standfirst": not kept.standfirst and merged.standfirst,
        "people": not kept.authorships.exists() and merged.authorships.exists(),
        "date": not (kept.published_on or kept.period) and (merged.published_on or merged.period),
        "language": kept.language == "und" and merged.language != "und",
        "tags": _tags(merged) - _tags(kept),
    }
    protected = set(kept.field_origins.filter(locked=True).values_list("field", flat=True))
    return [field for field, offer in offered.items() if offer and field not in protected]


def place_of(merged: Article, kept: Article) -> Appearance | None:
    """Where ``merged`` was published, as a further place of ``kept``; not saved.

    None where that is not known, known already, or the very place of ``kept``. Cost: 3 queries.
    """
    alias = merged.url_aliases.order_by("pk").values_list("url", flat=True).first()
    address = canonical_url(merged.source_url) or alias or ""
    if address:
        own = address == canonical_url(kept.source_url)
        if own or Appearance.objects.filter(url=address).exists():
            return None
    elif _named_place(merged) in (_named_place(kept), (None, "")):
        return None
    return Appearance(
        article=kept,
        publisher=merged.publisher,
        publication=merged.publication,
        title=_title_there(merged, kept),
        url=address,
        published_on=merged.published_on,
        date_precision=merged.date_precision,
    )


def absorb(kept: Article, merged: Article) -> None:
    """Make ``merged`` one with ``kept``. Cost: some 20 queries, whatever the size of either."""
    place = place_of(merged, kept)
    _take(kept, merged, lacks(kept, merged))
    _move_appearances(kept, merged)
    if place is not None:
        place.save()
    _move_pairs(kept, merged)
    _ask_again(kept, merged)
    now = timezone.now()
    merged.merged.update(merged_into=kept)
    merged.revisions.filter(superseded_at=None).update(superseded_at=now)
    merged.state, merged.merged_into, merged.merged_at = Article.State.MERGED, kept, now
    merged.save(update_fields=["state", "merged_into", "merged_at"])
    Article.objects.filter(pk=kept.pk).update(changed_at=now)


def _take(kept: Article, merged: Article, fields: list[str]) -> None:
    columns = [name for name in ("standfirst", "language") if name in fields]
    columns += _DATE if "date" in fields else ()
    for name in columns:
        setattr(kept, name, getattr(merged, name))
    if columns:
        kept.save(update_fields=columns)
    if "people" in fields:
        Authorship.objects.bulk_create(
            Authorship(article=kept, person_id=one.person_id, role=one.role, position=one.position)
            for one in merged.authorships.all()
        )
    if "tags" in fields:
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=kept, tag_id=tag)
            for tag in sorted(_tags(merged) - _tags(kept))
        )
    origins = merged.field_origins.filter(field__in=[name for name in fields if name != "tags"])
    told = ("sureness", "where", "locked", "locked_by")
    FieldOrigin.objects.bulk_create(
        [
            FieldOrigin(
                article=kept, field=one.field, **{name: getattr(one, name) for name in told}
            )
            for one in origins
        ],
        update_conflicts=True,
        unique_fields=["article", "field"],
        update_fields=told,
    )


def _move_appearances(kept: Article, merged: Article) -> None:
    """Further places of ``merged`` are such of ``kept``, but for the one that is its own."""
    own = canonical_url(kept.source_url)
    moving = merged.appearances.exclude(url=own) if own else merged.appearances.all()
    moving.filter(title="").update(title=_title_there(merged, kept))
    moving.update(article=kept)


def _move_pairs(kept: Article, merged: Article) -> None:
    """What a person said of ``merged`` and a third holds for ``kept``; the rest is reckoned."""
    pairs = AlikePair.objects.filter(Q(first=merged) | Q(second=merged))
    for pair in pairs.exclude(apart_at=None):
        third = pair.second_id if pair.first_id == merged.pk else pair.first_id
        if third != kept.pk:
            first, second = sorted((kept.pk, third))
            said = {"apart_at": pair.apart_at, "apart_by_id": pair.apart_by_id}
            AlikePair.objects.update_or_create(
                first_id=first,
                second_id=second,
                defaults=said,
                create_defaults={"share": pair.share, **said},
            )
    pairs.delete()


def _ask_again(kept: Article, merged: Article) -> None:
    """Documents that wait, of which a person said that they are ``merged``, ask about ``kept``."""
    waiting = ImportItem.objects.filter(nearly=merged, outcome=ImportItem.Outcome.PENDING)
    waiting.filter(standing=ImportItem.Standing.SAME).update(standing="")
    waiting.update(nearly=kept)


def _tags(article: Article) -> set[int]:
    rows = TaggedArticle.objects.filter(content_object=article)
    return set(rows.values_list("tag_id", flat=True))


def _named_place(article: Article) -> tuple[int | None, str]:
    return article.publisher_id, article.publication


def _title_there(merged: Article, kept: Article) -> str:
    return "" if same(merged.title, kept.title) else merged.title
