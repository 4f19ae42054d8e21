"""The requests that the rows of ``tests/addresses.py`` stand for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

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


def _parameters(pattern: Any) -> frozenset[str]:
    return frozenset(getattr(pattern, "converters", None) or pattern.regex.groupindex)


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
    parameters = next(one.parameters for one in addresses() if one.name == bare)
    present = {"article": scene.articles, "note": scene.notes, "slug": row.who}
    for subject in present.get(row.about, {"": None}):
        if row.about == "slug":
            values = scene.parameters() | {"slug": subject}
        else:
            values = scene.parameters(**({row.about: subject} if row.about else {}))
        if bare.startswith("admin:"):
            values |= _row_in_the_admin(bare, subject and scene.notes[subject])
        path = reverse(bare, kwargs={key: values[key] for key in parameters})
        for query in row.queries:
            yield Request(path + query, subject, row.sends)


def _row_in_the_admin(name: str, chosen: Any) -> dict[str, Any]:
    for model in apps.get_models():
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            row = chosen or model._default_manager.order_by("pk").first()
            assert row, f"there is no {model.__name__} in the scene: add one in tests/scene.py"
            return dict.fromkeys(("object_id", "pk", "id"), row.pk)
    return {}
