"""What files of records have in common: their encoding, and a refusal for each broken record."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from articles.importing.decoding import decode
from articles.importing.document import Document
from articles.importing.found import Found, read_part
from articles.importing.languages import language_of

_USUAL = "windows-1252"  # what reference managers wrote before they wrote UTF-8


def text_of_records(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text of a file of records, and a warning ("" where nothing was guessed).

    Records are too short and too full of names for a guess from the letters alone: what is not
    UTF-8 and not known by its words is taken as windows-1252. Errors: ImportRefused.
    """
    text, warning = decode(data, declared=declared)
    if not warning.startswith("The encoding was guessed") or language_of(text):
        return text, warning
    usual, doubt = decode(data, declared=_USUAL)
    return usual, doubt or f"The encoding was guessed: {_USUAL}."


def part_found(read: Callable[[], Document], source: str, part: str, warning: str) -> Found:
    """What ``read`` makes of one record: its source in UTF-8, and its document or refusal."""

    def with_warning(_raw: bytes) -> Document:
        document = read()
        warnings = (warning, *document.warnings) if warning else document.warnings
        return replace(document, warnings=warnings)

    return read_part(with_warning, source.encode("utf-8", "replace"), part)


def no_records(reason: str) -> Iterator[Found]:
    """The one refusal of a file without records."""
    yield Found(b"", refusal=reason)
