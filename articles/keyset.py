"""Pages of a long list by where the last one ended, so that the thousandth costs as the first.

OFFSET reads everything it skips; a keyset page reads only its own rows.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet


@dataclass
class Page:
    """Some rows of a list, newest first, and where the next ones begin ("" at the end)."""

    rows: list[Any]
    after: str


def page_of(rows: QuerySet, *, by: str, after: str = "", size: int) -> Page:
    """The ``size`` rows that follow ``after``, by descending ``by`` and primary key.

    ``by`` is a field that is never null in ``rows``. A key that cannot be read starts at the
    beginning: it came from an old or mistyped address. Cost: 1 query.
    """
    ordered = rows.order_by(f"-{by}", "-pk")
    value, _, pk = after.rpartition("~")
    if value:
        try:
            value = rows.model._meta.get_field(by).to_python(value)
            pk = rows.model._meta.pk.to_python(pk)
            ordered = ordered.filter(Q(**{f"{by}__lt": value}) | Q(**{by: value, "pk__lt": pk}))
        except ValidationError:
            pass
    found = list(ordered[: size + 1])
    following = ""
    if len(found) > size:
        last = found[size - 1]
        key = getattr(last, by)
        following = f"{key.isoformat() if hasattr(key, 'isoformat') else key}~{last.pk}"
    return Page(found[:size], following)
