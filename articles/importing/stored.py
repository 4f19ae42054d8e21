"""A document as JSON and back: how it waits for the person who decides about it."""

from dataclasses import asdict
from typing import Any

from .document import Contributor, Document, Origin, PublicationDate, Sureness


def to_json(document: Document) -> dict[str, Any]:
    """``document`` as JSON values. ``from_json`` gives an equal one back."""
    return asdict(document)


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
            "identifiers": tuple((scheme, value) for scheme, value in data["identifiers"]),
            "tags": tuple(data["tags"]),
            "warnings": tuple(data["warnings"]),
            "origins": {
                field: Origin(Sureness(origin["sureness"]), origin["where"])
                for field, origin in data["origins"].items()
            },
        }
    )
