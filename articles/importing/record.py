"""The door through which imported documents become articles.

The same document twice is one article (see ``matching``). What an editor has protected is
never overwritten, and what a document lacks is never emptied. One transaction per document:
it is in whole, or not at all. The readers beside this module know nothing of the database.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.errors import ProgramLimitExceeded

from articles import dates, editing, metadata
from articles.addresses import canonical_url
from articles.importing import turns
from articles.importing.captures import keep_capture
from articles.importing.document import Document, ImportRefused
from articles.importing.matching import (
    Foreseen,
    Known,
    compare,
    completing,
    described,
    known_as,
    tidy,
)
from articles.importing.traces import Trace
from articles.models import (
    Article,
    Authorship,
    Capture,
    FieldOrigin,
    Identifier,
    ImportBatch,
    ImportItem,
    Revision,
    Sketch,
    TaggedArticle,
    UrlAlias,
)
from articles.naming import people_named, publisher_named, save_new_article, tags_named
from articles.revisions import record_first_revision, record_revision
from articles.sanitize import clean

logger = logging.getLogger(__name__)

_COLUMNS = (
    "title",
    "standfirst",
    "publication",
    "kind",
    "language",
    "source",
    "source_url",
    "rights",
)
_LONGEST_NAME = 300
_LONGEST_TAG = 100
_LONGEST_IDENTIFIER = 500


@dataclass(frozen=True)
class Recorded:
    """What became of a document.

    ``revision`` is the new one, or None; ``changed`` are the fields written, ``kept`` those in
    which the document differs but which an editor protects. ``unpublished`` tells that it was to
    be published, and stays a draft for want of a text. ``trace`` is what its item keeps of before.
    """

    outcome: str
    article: Article
    revision: Revision | None = None
    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unpublished: bool = False
    trace: dict[str, Any] = field(default_factory=dict)


def record(
    document: Document,
    *,
    raw: bytes,
    media_type: str,
    file_name: str = "",
    by: Any = None,
    batch: ImportBatch | None = None,
    name: str = "",
    publish: bool = False,
) -> Recorded:
    """Bring ``document``, read from the bytes ``raw``, into the archive.

    The same again changes nothing. With a ``batch`` what became of it is kept there, under
    ``name``. Errors: ImportRefused, and nothing of it is in the database then.
    """
    with transaction.atomic():
        _take_turn(batch)
        capture = keep_capture(raw, media_type=media_type, file_name=file_name, document=document)
        recorded = record_captured(document, capture=capture, by=by, publish=publish)
        if batch is not None:
            item = ImportItem(batch=batch, name=(name or file_name)[:500], capture=capture)
            note_outcome(item, recorded)
    return recorded


def record_captured(
    document: Document,
    *,
    capture: Capture,
    by: Any = None,
    publish: bool = False,
    protect: Collection[str] = (),
    same_as: Article | None = None,
    known: Known | None = None,
) -> Recorded:
    """Bring ``document``, read from ``capture``, into the archive.

    ``protect`` names the fields that an editor settled: no later import overwrites them.
    ``same_as`` is the article that an editor says it is, where nothing else tells. ``known`` is
    what ``known_as`` told of it in this transaction, which had its turn (``turns.of_document``)
    before. Errors: ImportRefused, and nothing is written then.
    """
    document = tidy(document)
    html = clean(document.html)  # the last door before the database: nothing unclean gets in
    _refuse_what_cannot_be_kept(document)
    recorded = _record_once(known, document, html, capture, by, publish, protect, same_as)
    logger.info("imported article %s: %s", recorded.article.slug, recorded.outcome)
    return recorded


def note_outcome(item: ImportItem, recorded: Recorded) -> None:
    """Write into ``item`` what became of its document."""
    item.outcome = recorded.outcome
    item.reason = reason_for(recorded.kept, unpublished=recorded.unpublished)
    item.article, item.revision = recorded.article, recorded.revision
    item.document, item.before = None, recorded.trace
    if item.pk:
        Sketch.objects.filter(item=item).delete()
    item.save()


def reason_for(kept: Iterable[str], *, unpublished: bool = False) -> str:
    """What to say of fields not overwritten and of a draft that was to be published, or ""."""
    said = []
    if unpublished:
        said.append(_("It has no text, so it stays a draft."))
    if fields := metadata.in_words(kept):
        said.append(_("Protected here, so not overwritten: %(fields)s.") % {"fields": fields})
    return " ".join(said)


def _record_once(known: Known | None, *rest: Any) -> Recorded:
    try:
        return _record(known, *rest)
    except IntegrityError:
        # Another import brought in the same article, or its address, at the same moment. It is
        # there now, and found.
        return _record(None, *rest)
    except OperationalError as error:
        if not isinstance(error.__cause__, ProgramLimitExceeded):
            raise
        # Five thousand words in a row, or a standfirst, of more than a megabyte.
        raise ImportRefused(_("Its words are too long to be found again by a search.")) from error


@transaction.atomic
def _record(
    known: Known | None,
    document: Document,
    html: str,
    capture: Capture,
    by: Any,
    publish: bool,
    protect: Collection[str],
    same_as: Article | None,
) -> Recorded:
    if known is None:
        turns.import_into(None)
        turns.of_document(document)
        known = Known(same_as) if same_as else known_as(document, digest=capture.sha256)
    if known.appears:
        return Recorded(ImportItem.Outcome.UNCHANGED, known.article)
    if known.article is None:
        foreseen = Foreseen(ImportItem.Outcome.NEW)
        changed = tuple(described(document))
        if not document.is_record:
            changed += ("text",)
        trace = Trace()
        article = _make(document, publish and not document.is_record, trace)
    else:
        rows = Article.objects.select_for_update(of=("self",)).select_related("publisher")
        article = rows.get(pk=known.article.pk)
        if article.is_merged:  # perhaps just now: the text of the other one is not this one's
            return Recorded(ImportItem.Outcome.UNCHANGED, article.merged_into)
        document = completing(document, article)
        foreseen = compare(document, article)
        changed = foreseen.changed
        trace = Trace(article, dict.fromkeys([*changed, *protect]))
        _update(article, document, changed, trace)
    revision = None
    if "text" in changed:
        known_of_it = metadata.of_article(article, authorships=trace.authorships, tags=trace.tags)
        values = {
            "html": html,
            "metadata": known_of_it,
            "reason": _reason_of_revision(capture, again=foreseen.has_text),
            "made_by": by,
            "capture": capture,
        }
        if trace.is_new:
            text = document.text if html == document.html else None  # reckoned already
            revision = record_first_revision(article, text=text, **values)
        else:
            revision = record_revision(article, **values)
    _keep_origins(article, document, changed, protect, trace)
    _keep_names(article, document, trace)
    editing.protect(article, protect, by=by)
    outcome = foreseen.outcome
    unpublished = False
    if publish and article.state == Article.State.DRAFT:
        unpublished = revision is None and not foreseen.has_text
    if publish and article.state == Article.State.DRAFT and not unpublished:
        article.state = Article.State.PUBLISHED
        article.save(update_fields=["state"])
        if outcome == ImportItem.Outcome.UNCHANGED:
            outcome = ImportItem.Outcome.UPDATED
    kept = trace.kept(article, revision)
    return Recorded(outcome, article, revision, changed, foreseen.kept, unpublished, kept)


def _take_turn(batch: ImportBatch | None) -> None:
    try:
        turns.import_into(batch and batch.pk)
    except turns.BatchUndone as undone:
        raise ImportRefused(_("This import was undone meanwhile.")) from undone


def _make(document: Document, publish: bool, trace: Trace) -> Article:
    given = described(document)
    # "und" is BCP 47 for a language nobody has told.
    columns = {"language": "und"} | {
        column: given[column] for column in _COLUMNS if column in given
    }
    state = Article.State.PUBLISHED if publish else Article.State.DRAFT
    article = Article(**columns, state=state)
    _set_date(article, given)
    if "publisher" in given:
        article.publisher = publisher_named(given["publisher"], made=trace.names)
    save_new_article(article)
    _add_relations(article, given, given, trace)
    return article


def _update(article: Article, document: Document, changed: Collection[str], trace: Trace) -> None:
    given = described(document)
    if not set(changed) - {"text"}:
        return
    for column in _COLUMNS:
        if column in changed:
            setattr(article, column, given[column])
    if "date" in changed:
        _set_date(article, given)
    if "publisher" in changed:
        article.publisher = publisher_named(given["publisher"], made=trace.names)
    article.save()
    if "people" in changed:
        article.authorships.all().delete()
    if "tags" in changed:
        TaggedArticle.objects.filter(content_object=article).delete()
    _add_relations(article, given, changed, trace)


def _set_date(article: Article, given: dict[str, Any]) -> None:
    article.published_on, article.date_precision = dates.from_iso(given.get("date", ""))
    article.period = given.get("period", "")


def _add_relations(
    article: Article, given: dict[str, Any], changed: Collection[str], trace: Trace
) -> None:
    if "people" in changed:
        people = people_named([one["name"] for one in given["people"]], made=trace.names)
        roles = [one["role"] for one in given["people"]]
        # Two names of a document may be one person's here.
        named = dict.fromkeys(zip(people, roles, strict=True))
        trace.authorships = Authorship.objects.bulk_create(
            Authorship(article=article, person=person, role=role, position=position)
            for position, (person, role) in enumerate(named)
        )
    if "tags" in changed:
        trace.tags = tags_named(given["tags"], made=trace.names)
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag=tag) for tag in trace.tags
        )


def _keep_origins(
    article: Article,
    document: Document,
    changed: Collection[str],
    protect: Collection[str],
    trace: Trace,
) -> None:
    rows = FieldOrigin.objects.bulk_create(
        [
            FieldOrigin(
                article=article,
                field=field,
                sureness=document.origins[field].sureness,
                where=document.origins[field].where[:200],
            )
            for field in metadata.LABELS
            if field in changed and field in document.origins
        ],
        update_conflicts=True,
        unique_fields=["article", "field"],
        update_fields=["sureness", "where"],
    )
    if trace.is_new and not protect:
        trace.origins = rows


def _keep_names(article: Article, document: Document, trace: Trace) -> None:
    """Remember what else the work is called, so that it is known again."""
    known = set()
    if not trace.is_new:
        together = Identifier.objects.filter(Q(article=article) | Q(article__merged_into=article))
        known = set(together.values_list("scheme", "value"))
    added = Identifier.objects.bulk_create(
        Identifier(article=article, scheme=scheme, value=value)
        for scheme, value in dict.fromkeys(document.identifiers)
        if (scheme, value) not in known
    )
    trace.identifiers += [one.pk for one in added]
    addresses = set(filter(None, map(canonical_url, (document.url or "", *document.also_at))))
    if not addresses:
        return
    # Where another work has the address, the two share a page; it keeps leading to the first.
    addresses -= {*UrlAlias.objects.filter(url__in=addresses).values_list("url", flat=True)}
    aliases = UrlAlias.objects.bulk_create(
        UrlAlias(article=article, url=address) for address in sorted(addresses)
    )
    trace.addresses += [one.pk for one in aliases]


def _reason_of_revision(capture: Capture, *, again: bool) -> str:
    origin = capture.file_name or capture.source_url or capture.importer
    if again:
        return _("Imported again from %(origin)s") % {"origin": origin}
    return _("Imported from %(origin)s") % {"origin": origin}


def _refuse_what_cannot_be_kept(document: Document) -> None:
    given = described(document)
    try:
        Article(**{column: given[column] for column in _COLUMNS if column in given}).clean_fields(
            exclude=["slug"]
        )
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise ImportRefused(f"{metadata.LABELS[field]}: {messages[0]}") from error
    names = [document.publisher, *(one.name for one in document.people)]
    if any(len(name) > _LONGEST_NAME for name in names):
        raise ImportRefused(_("A name of more than 300 characters is none."))
    if any(
        len(scheme) > 40 or len(value) > _LONGEST_IDENTIFIER
        for scheme, value in document.identifiers
    ):
        raise ImportRefused(_("An identifier of more than 500 characters is none."))
    if any(len(tag) > _LONGEST_TAG for tag in document.tags):
        raise ImportRefused(_("A tag of more than 100 characters is none."))
