"""The requests that the rows of ``tests/addresses.py`` stand for."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations.models import Annotation
from articles import passages
from articles.models import Article, ImportItem
from articles.text import Span
from tests.addresses import TABLE
from tests.admin_addresses import ADMIN, rows_of_models
from tests.rows import Row
from tests.scene import Scene

ROWS: dict[str, Row] = TABLE | dict(rows_of_models()) | ADMIN


@dataclass
class Address:
    name: str
    parameters: frozenset[str]


def addresses(resolver: URLResolver | None = None, above: Address | None = None) -> list[Address]:
    """Every address that has a name, with the names of its parameters."""
    resolver, above = resolver or get_resolver(), above or Address("", frozenset())
    found: list[Address] = []
    for one in resolver.url_patterns:
        here = above.parameters | _parameters(one.pattern)
        if isinstance(one, URLPattern):
            found += [Address(above.name + one.name, here)] if one.name else []
        else:
            space = f"{one.namespace}:" if one.namespace else ""
            found += addresses(one, Address(above.name + space, here))
    return found


@functools.cache
def _names_of_parameters() -> dict[str, frozenset[str]]:
    return {one.name: one.parameters for one in reversed(addresses())}


def _parameters(pattern: Any) -> frozenset[str]:
    return frozenset(getattr(pattern, "converters", None) or pattern.regex.groupindex)


def parameters(scene: Scene, article: str = "published", note: str = "public") -> dict[str, Any]:
    """An example value for each parameter that an address may have."""
    if (article, note) not in scene.known:
        scene.known[article, note] = _examples(scene, scene.articles[article], scene.notes[note])
    return scene.known[article, note]


def _examples(scene: Scene, article: Article, note: Annotation) -> dict[str, Any]:
    text = article.revisions.get(superseded_at=None).text
    item = ImportItem.objects.filter(outcome="pending").first()
    reader = scene.people["reader"]
    return {
        "slug": article.slug,
        "merged": f"{article.slug}-copy",
        "number": 1,
        "old": 1,
        "new": 2,
        "address": passages.address_of(text, article.revisions.count(), Span(0, 6)),
        "annotation_id": note.pk,
        "batch_id": item.batch_id if item else 0,
        "item_id": item.pk if item else 0,
        "pair_id": 0,
        "content_type_id": ContentType.objects.get_for_model(Article).pk,
        "object_id": article.pk,
        "article_id": article.pk,
        "id": reader.pk,
        "pk": getattr(reader.api_tokens.first(), "pk", 0),
        "key": "unknown",
        "uidb36": "1",
        "app_label": "articles",
        "url": "no/such/page",
    }


@dataclass
class Request:
    """One request that a row stands for."""

    url: str
    subject: str
    sends: Mapping[str, Any] | None


def requests(scene: Scene, name: str) -> Iterator[Request]:
    """The requests of row ``name`` for every subject there is in ``scene``."""
    row = ROWS[name]
    bare = name.removeprefix("POST ")
    named = _names_of_parameters()[bare]
    present = {"article": scene.articles, "note": scene.notes, "slug": row.who}
    for subject in present.get(row.about, {"": None}):
        if row.about == "slug":
            values = parameters(scene) | {"slug": subject}
        else:
            values = parameters(scene, **({row.about: subject} if row.about else {}))
        if bare.startswith("admin:"):
            values = values | _row_in_the_admin(bare, subject and scene.notes[subject])
        path = reverse(bare, kwargs={key: values[key] for key in named})
        for query in row.queries:
            yield Request(path + query, subject, row.sends)


def _row_in_the_admin(name: str, chosen: Any) -> dict[str, Any]:
    for model in apps.get_models():
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            row = chosen or model._default_manager.order_by("pk").first()
            assert row, f"there is no {model.__name__} in the scene: add one in tests/scene.py"
            return dict.fromkeys(("object_id", "pk", "id"), row.pk)
    return {}
