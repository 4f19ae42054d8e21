"""What a query that found nothing may have meant: "Did you mean deterrence (31)?".

The list of words (``articles.models.Word``) knows nothing of who may read what, so a word is
offered only after the reader's own search, through the gate, has found it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from rapidfuzz.distance import OSA

from archive.query import Query, Term, parse
from articles.models import Word

# A word is looked for among so many alike; the nearest few are tried, for the first few terms.
ALIKE, TRIED, TERMS = 60, 6, 3


@dataclass(frozen=True)
class Suggestion:
    """Another query, the words in it that are other ones, and how much it finds."""

    text: str
    words: str
    count: int


def suggest(query: Query, count: Callable[[str], int]) -> Suggestion | None:
    """A query that finds something where ``query`` found nothing, or None.

    ``count`` tells how much the reader finds for a query. Cost: a query for each of at most 3
    words that are not found, and as many counts as words are tried.
    """
    single = [term for term in dict.fromkeys(query.wanted) if term.words.isalpha()]
    other: dict[Term, str] = {}
    for term in single[:TERMS]:
        if len(single) > 1 and count(term.words):
            continue
        near = next((word for word in _near(term.words.casefold()) if count(word)), None)
        if near is not None:
            other[term] = near
    if not other:
        return None
    text = query.replacing(other)
    found = count(text)
    return Suggestion(parse(text).text, ", ".join(other.values()), found) if found else None


def _near(word: str) -> list[str]:
    """Words with few slips between them and ``word``, the nearest first."""
    alike = (
        Word.objects.filter(word__trigram_similar=word)
        .annotate(similarity=TrigramSimilarity("word", word))
        .order_by("-similarity", "word")
        .values_list("word", "similarity")[:ALIKE]
    )
    most = 1 if len(word) < 6 else 2
    slips = [(OSA.distance(word, one, score_cutoff=most), -similar, one) for one, similar in alike]
    return [one for distance, _, one in sorted(slips) if 0 < distance <= most][:TRIED]
