"""Pages of a long list by where the last one ended, so that the thousandth costs as the first.

OFFSET reads everything it skips; a keyset page reads only its own rows.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet


@dataclass
class Page:
    """Some rows of a list, and where the next ones begin ("" at the end)."""

    rows: list[Any]
    after: str


def page_of(
    rows: QuerySet, *, by: str, after: str = "", size: int, ascending: bool = False
) -> Page:
    """The ``size`` rows that follow ``after``, by ``by`` and primary key, the greatest first.

    ``by`` is a field or an annotation that is never null in ``rows``. A key that cannot be read
    starts at the beginning: it came from an old or mistyped address. Cost: 1 query.
    """
    sign, beyond = ("", "gt") if ascending else ("-", "lt")
    ordered = rows.order_by(f"{sign}{by}", f"{sign}pk")
    value, _, pk = after.replace("\x00", "").rpartition("~")
    if value or pk:
        try:
            value = _type_of(rows, by).to_python(value)
            pk = rows.model._meta.pk.to_python(pk)
        except ValidationError:
            pass
        else:
            ordered = ordered.filter(
                # The first of the three is what lets an index begin at the right place.
                Q(**{f"{by}__{beyond}e": value}),
                Q(**{f"{by}__{beyond}": value}) | Q(**{by: value, f"pk__{beyond}": pk}),
            )
    found = list(ordered[: size + 1])
    following = ""
    if len(found) > size:
        last = found[size - 1]
        key = getattr(last, by)
        following = f"{key.isoformat() if hasattr(key, 'isoformat') else key}~{last.pk}"
    return Page(found[:size], following)


def _type_of(rows: QuerySet, by: str) -> Any:
    annotation = rows.query.annotations.get(by)
    return rows.model._meta.get_field(by) if annotation is None else annotation.output_field
