"""What a row of ``tests/addresses.py`` is made of: who may, and what the others are answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.audiences import ARTICLES, DESK, EVERYBODY, NOTES, PEOPLE

Who = frozenset[str]


@dataclass(frozen=True)
class Row:
    """One kind of request, and what it answers."""

    who: Mapping[str, Who]  # for each subject ("" where the address has none)
    about: str = ""  # "article", "note" or "slug": what the subjects are
    queries: tuple[str, ...] = ("",)
    found: int = 200
    refused: int = 404
    nobody: int | None = None  # to somebody who is not logged in, where they may not
    outside: int | None = None  # to whoever is not of the desk
    withdrawn: int | None = None  # to those who may not, where the article is withdrawn
    sends: Mapping[str, Any] | None = None

    def status(self, person: str, subject: str) -> int:
        if person in self.who[subject]:
            return self.found
        if person == "nobody" and self.nobody is not None:
            return self.nobody
        if person not in DESK and self.outside is not None:
            return self.outside
        if subject == "withdrawn" and self.withdrawn is not None:
            return self.withdrawn
        return self.refused


def page(*queries: str, who: Who = EVERYBODY, **rest: Any) -> Row:
    return Row({"": who}, queries=queries or ("",), **rest)


def article(*queries: str, who: Mapping[str, Who] = ARTICLES, **rest: Any) -> Row:
    return Row(who, "article", queries or ("",), **{"withdrawn": 410, **rest})


def note(*queries: str, who: Mapping[str, Who] = NOTES, **rest: Any) -> Row:
    return Row(who, "note", queries or ("",), **rest)


def named(who: Mapping[str, Who], **rest: Any) -> Row:
    """For addresses whose slug names something else than an article: who may see each name."""
    return Row(who, "slug", **rest)


def signed_in(who: Mapping[str, Who]) -> dict[str, Who]:
    return {subject: people & PEOPLE for subject, people in who.items()}


def desk(*queries: str, who: Who = DESK, **rest: Any) -> Row:
    return page(*queries, who=who, **{"refused": 403, "outside": 302, **rest})
