"""What a document and the text it nearly has are shown by, and what an editor says of the two."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import metadata
from articles.comparing import Fate, compare, size
from articles.importing import pending
from articles.importing.alike import Near
from articles.importing.document import Document, ImportRefused
from articles.importing.matching import described
from articles.models import Article, ImportItem
from articles.stretches import stretches

_FACTS = (
    *("title", "standfirst", "people", "publisher", "publication"),
    *("date", "language", "source_url", "rights"),
)


def near_context(item: ImportItem, document: Document, near: Near | None) -> dict[str, Any]:
    """The context of ``_near.html``, {} where there is nothing to say. Cost: at most 5 queries."""
    if near is None:
        return {"standing": item.standing, "stands_by": pending.same_as(item) or item.nearly}
    here = (
        metadata.of_article(near.article)
        if near.article is not None
        else described(pending.document_of(near.item))
    )
    shown = beside((here, near.text), (described(document), document.text))
    return {"near": near, **shown}


def beside(one: tuple[dict, str], other: tuple[dict, str]) -> dict[str, Any]:
    """The context of ``_beside.html`` for two texts, each with its facts."""
    rows = compare(one[1], other[1])
    deleted, inserted = size(rows)
    return {
        "facts": _facts(one[0], other[0]),
        "stretches": stretches(rows),
        "deleted": deleted,
        "inserted": inserted,
        "moved": sum(row.fate == Fate.MOVED_HERE for row in rows),
    }


def say(request: HttpRequest, item: ImportItem) -> bool:
    """Do what the editor says of ``item``, and tell it; whether ``item`` is settled by that.

    Errors: AlreadyDecided.
    """
    said = request.POST.get("standing", "")
    if said == "ask":
        pending.stand(item, "", to=None)
        return False
    document = pending.document_of(item)
    near = pending.near(item, document)
    if near is None or near.key != request.POST.get("near"):
        messages.error(request, _("It is another text by now. See below, then decide."))
    elif said == "appearance" and near.article is not None:
        return _also_published(request, item, document, near.article)
    elif said == "own" or (said == "same" and near.article is not None):
        pending.stand(item, said, to=near)
    return False


def _also_published(
    request: HttpRequest, item: ImportItem, document: Document, article: Article
) -> bool:
    try:
        pending.settle_as_appearance(item, document=document, article=article, by=request.user)
    except ImportRefused as refusal:
        messages.error(request, refusal.reason)
        return False
    told = _("Noted with “%s” as a further place of publication.") % article.title
    messages.success(request, told)
    return True


def _facts(here: dict[str, Any], there: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts of both sides that either has, in pairs."""
    return [
        {"label": metadata.LABELS[field], "here": one, "there": other, "differ": one != other}
        for field in _FACTS
        if (one := _said(here, field)) + (other := _said(there, field))
    ]


def _said(values: dict[str, Any], field: str) -> str:
    value = values.get(field, "")
    if field == "people":
        return ", ".join(one["name"] for one in value)
    if field == "date":
        return values.get("period", "") or value
    return value
