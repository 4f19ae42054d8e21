"""Fields of JSON that somebody else wrote: a value of the kind asked for, or a refusal. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from articles.body_tree import whole_characters
from articles.importing.document import ImportRefused

_DEEPEST = 50
_YEARS = range(1970, 2200)  # in which a time can be shown in every zone, and be meant


def text_of(fields: Mapping[str, Any], key: str) -> str:
    """The text in a field, "" without one. Errors: ImportRefused."""
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ImportRefused(f"“{key}” is no text.")
    return value


def list_of(fields: Mapping[str, Any], key: str) -> list[Any]:
    """The list in a field, empty without one. Errors: ImportRefused."""
    value = fields.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ImportRefused(f"“{key}” is no list.")
    return value


def strings_of(fields: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The texts in a field that lists some, none without one. Errors: ImportRefused."""
    values = list_of(fields, key)
    if not all(isinstance(value, str) for value in values):
        raise ImportRefused(f"“{key}” holds something that is no text.")
    return tuple(values)


def time_of(value: Any, what: str) -> datetime:
    """The time it was ``what`` ("written"). Errors: ImportRefused."""
    if (time := time_or_none(value)) is None:
        raise ImportRefused(f"It does not say when it was {what}.")
    return time


def time_or_none(value: Any) -> datetime | None:
    """A point in time in ISO 8601, in UTC where no zone is named; None where it is none."""
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return None
    if time.year not in _YEARS:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def is_web_address(address: Any) -> bool:
    """Whether it can be kept and linked as the address of a page."""
    if not isinstance(address, str) or len(address) > 2000:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def storable(value: Any, depth: int = 0) -> Any:
    """``value`` without what no database keeps: halves of characters, and U+0000."""
    if depth > _DEEPEST:
        raise ImportRefused("Its fields lie in one another too deeply.")
    if isinstance(value, str):
        return whole_characters(value).replace("\x00", "")
    if isinstance(value, list):
        return [storable(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {storable(key): storable(one, depth + 1) for key, one in value.items()}
    return value
