"""What somebody typed into the search box, read in the web's syntax. Pure.

Words side by side are all meant, in any order; "quotation marks" keep them together; OR stands
between two searches of which either will do; a minus sign leaves out. Nothing is refused: what
makes no sense is passed over, and the place of the mistake is told.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

QUOTES = '"“”„‟«»″'
MINUS = "-−–"
MOST_TERMS = 24
LONGEST = 500

_PIECE = re.compile(
    rf"(?P<minus>[{MINUS}]*)"
    rf"(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?P<end>[{QUOTES}]?)|(?P<word>[^\s{QUOTES}]+))"
)


class Mistake(StrEnum):
    """What is wrong with a query. The first two leave something to search for."""

    UNCLOSED = "unclosed"
    LONE_OR = "lone-or"
    TOO_MANY = "too-many"
    ONLY_WITHOUT = "only-without"
    ONLY_COMMON = "only-common"
    NO_WORD = "no-word"


@dataclass(frozen=True)
class Place:
    """A mistake and where it stands, in code points of the query from 0, end exclusive."""

    mistake: Mistake
    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """One word, or several that must stand together, and where they stand in the query."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """What to find: any of ``alternatives``, each with all its terms, and none of ``without``."""

    text: str
    alternatives: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    mistakes: tuple[Place, ...] = ()

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms to be found, of all alternatives."""
        return tuple(term for terms in self.alternatives for term in terms)

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.wanted + self.without

    def __bool__(self) -> bool:
        return bool(self.alternatives)

    def replacing(self, other: dict[Term, str]) -> str:
        """The query's text with other words for some of its terms."""
        text = self.text
        for term in sorted(other, key=lambda term: -term.start):
            text = text[: term.start] + other[term] + text[term.end :]
        return text


def parse(text: str) -> Query:
    """The query that ``text`` means; only its first 500 characters and 24 terms are read."""
    text = re.sub(r"[\x00-\x1f\ud800-\udfff]", " ", text).strip()[:LONGEST]
    alternatives: list[list[Term]] = [[]]
    without: list[Term] = []
    mistakes: list[Place] = []
    separator: re.Match[str] | None = None  # the OR read last, until a word follows it
    for piece in _PIECE.finditer(text):
        word, phrase = piece["word"], piece["phrase"]
        if word == "OR" and not piece["minus"]:
            if separator or not alternatives[-1]:
                mistakes.append(Place(Mistake.LONE_OR, *piece.span()))
            else:
                separator = piece
            continue
        if word is None and not piece["end"]:
            mistakes.append(Place(Mistake.UNCLOSED, piece.end("minus"), piece.end("minus") + 1))
        term = Term(word or phrase or "", *piece.span("phrase" if word is None else "word"))
        if not any(sign.isalnum() for sign in term.words):
            continue
        if len(without) + sum(map(len, alternatives)) >= MOST_TERMS:
            mistakes.append(Place(Mistake.TOO_MANY, term.start, len(text)))
            break
        if piece["minus"]:
            without.append(term)
            continue
        if separator:
            alternatives.append([])
            separator = None
        alternatives[-1].append(term)
    if separator:
        mistakes.append(Place(Mistake.LONE_OR, *separator.span()))
    found = tuple(tuple(terms) for terms in alternatives if terms)
    if not found and without:
        mistakes.append(Place(Mistake.ONLY_WITHOUT, 0, len(text)))
    elif not found and text:
        mistakes.append(Place(Mistake.NO_WORD, 0, len(text)))
    return Query(text, found, tuple(without), tuple(mistakes))
