"""A document as JSON and back: how it waits for the person who decides about it."""

import datetime
from dataclasses import asdict
from typing import Any

from .document import Contributor, Document, Origin, PublicationDate, Sureness


def to_json(document: Document) -> dict[str, Any]:
    """``document`` as JSON values. ``from_json`` gives an equal one back."""
    captured_at = document.captured_at and document.captured_at.isoformat()
    return asdict(document) | {"captured_at": captured_at}


def from_json(data: dict[str, Any]) -> Document:
    """The document that ``to_json`` was given. Errors: KeyError, TypeError when it is none."""
    people = {
        field: tuple(Contributor(**one) for one in data[field])
        for field in ("people", "suggested_people")
    }
    return Document(
        **data
        | people
        | {
            "date": PublicationDate(**data["date"]),
            "captured_at": _time(data.get("captured_at")),
            "identifiers": tuple((scheme, value) for scheme, value in data["identifiers"]),
            "tags": tuple(data["tags"]),
            "also_at": tuple(data.get("also_at", ())),
            "warnings": tuple(data["warnings"]),
            "origins": {
                field: Origin(Sureness(origin["sureness"]), origin["where"])
                for field, origin in data["origins"].items()
            },
        }
    )


def _time(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
