"""Exports of Hypothesis for tests, made field by field. Knows no database."""

import itertools
import json
from typing import Any

from annotations.importing.hypothesis import Export, read

PAGE = "https://example.org/on-trust/"
AUTHOR = "acct:ada@hypothes.is"
_numbers = itertools.count(1)


def annotation(words: str = "", text: str = "A note.", **fields: Any) -> dict[str, Any]:
    """A public annotation as the API gives it; on ``words`` or on the whole page."""
    target: dict[str, Any] = {"source": PAGE}
    if words:
        around = {"prefix": fields.pop("prefix", ""), "suffix": fields.pop("suffix", "")}
        quote = {"type": "TextQuoteSelector", "exact": words, **around}
        start = fields.pop("start", None)
        target["selector"] = [{"type": "RangeSelector", "startContainer": "/p[1]"}]
        if start is not None:
            position = {"type": "TextPositionSelector", "start": start, "end": start + len(words)}
            target["selector"].append(position)
        target["selector"].append(quote)
    return {
        "id": f"id{next(_numbers):020}",
        "created": "2019-03-01T10:00:00.123456+00:00",
        "updated": "2019-03-01T10:00:00.123456+00:00",
        "user": AUTHOR,
        "user_info": {"display_name": "Ada"},
        "uri": PAGE,
        "text": text,
        "tags": [],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"], "admin": [AUTHOR]},
        "target": [target],
        "document": {"title": ["On trust"]},
        "links": {},
        "hidden": False,
        "flagged": False,
        **fields,
    }


def reply(to: dict[str, Any], text: str = "A reply.", **fields: Any) -> dict[str, Any]:
    above = [*to.get("references", []), to["id"]]
    return annotation(text=text, **{"references": above, **fields})


def private(**fields: Any) -> dict[str, Any]:
    return annotation(**{"permissions": {"read": [AUTHOR]}, **fields})


def in_group(**fields: Any) -> dict[str, Any]:
    there = {"group": "Abc123", "permissions": {"read": ["group:Abc123"]}}
    return annotation(**there | fields)


def file_of(*rows: Any, user: str = AUTHOR) -> bytes:
    """What the client's "Export" saves."""
    head = {"export_date": "2026-03-10T00:00:00.000Z", "export_userid": user}
    return json.dumps({**head, "client_version": "1.1", "annotations": list(rows)}).encode()


def export_of(*rows: Any, user: str = AUTHOR) -> Export:
    return read(file_of(*rows, user=user))
