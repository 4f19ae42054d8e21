"""Which words of a text a query finds: the very ones that PostgreSQL matches, stems and all.

PostgreSQL marks them (``ts_headline``); here the marks become spans of the text as it is, and
a phrase counts only where its words stand together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection

from archive.query import Query
from articles.text import Span

# Signs that articles_searchable() turns into spaces, so that no text brings them along.
OPEN, CLOSE, AROUND = "\ue000", "\ue001", "\x1f"
_LEXEME = re.compile(r"'[^']+'")
_DISTANCE = re.compile(r"<(\d+|-)>")


@dataclass(frozen=True)
class Pattern:
    """A term as one of PostgreSQL's configurations spells it. Common words have none."""

    config: str
    query: str  # as ::tsquery reads it

    @property
    def is_phrase(self) -> bool:
        return bool(_DISTANCE.search(self.query))


Spelling = tuple[tuple[Pattern, ...], ...]  # for each term: with its accents, and without


def spell(query: Query, languages: Iterable[str]) -> dict[str, Spelling]:
    """How each language writes the terms of ``query``, in their order. Cost: 1 query."""
    terms, languages = query.terms, list(languages)
    sql = """
      SELECT language, n, config::text, phraseto_tsquery(config, words)::text
        FROM unnest(%s::text[]) language,
             LATERAL unnest(ARRAY[articles_text_config(language), articles_folded_config(language)])
                     WITH ORDINALITY AS c(config, fold),
             LATERAL (SELECT n, articles_searchable(w) FROM unnest(%s::text[])
                             WITH ORDINALITY AS t(w, n)) AS asked(n, words)
       ORDER BY fold"""
    patterns: dict[tuple[str, int], list[Pattern]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [languages, [term.words for term in terms]])
        for language, n, config, spelt in cursor.fetchall():
            if spelt:
                patterns.setdefault((language, n), []).append(Pattern(config, spelt))
    return {
        language: tuple(tuple(patterns.get((language, n + 1), ())) for n in range(len(terms)))
        for language in languages
    }


def find(
    query: Query, texts: Sequence[tuple[str, str]], spelling: dict[str, Spelling] | None = None
) -> list[list[Span]]:
    """The hits of ``query`` in each of ``texts``, pairs of a language and a text, in order.

    Words that stand side by side are one hit. Cost: 2 queries, with phrases 3, whatever the
    number of texts; 50 ms for 31,000 words.
    """
    if not query or not texts:
        return [[] for _ in texts]
    if spelling is None:
        spelling = spell(query, {language for language, _ in texts})
    patterns = _patterns(query, spelling)
    found: list[set[Span]] = [set() for _ in texts]
    runs: list[tuple[int, Pattern, Span]] = []
    for n, pattern, marked in _headlines(texts, patterns):
        spans = _places(marked, len(texts[n][1]))
        if pattern.is_phrase:
            runs += [(n, pattern, run) for run in _runs(texts[n][1], spans, pattern.query)]
        else:
            found[n].update(spans)
    for n, span in _verified(texts, runs):
        found[n].add(span)
    return [_joined(text, spans) for (_, text), spans in zip(texts, found, strict=True)]


def _patterns(query: Query, spelling: dict[str, Spelling]) -> list[tuple[str, Pattern]]:
    """What to mark in each language: all words at once, and every phrase for itself."""
    patterns = []
    for language, spelt in spelling.items():
        wanted = [pattern for term in spelt[: len(query.wanted)] for pattern in term]
        words: dict[str, list[str]] = {}
        for pattern in dict.fromkeys(wanted):
            if pattern.is_phrase:
                patterns.append((language, pattern))
            else:
                words.setdefault(pattern.config, []).append(pattern.query)
        patterns += [
            (language, Pattern(config, " | ".join(lexemes))) for config, lexemes in words.items()
        ]
    return patterns


def _headlines(
    texts: Sequence[tuple[str, str]], patterns: Sequence[tuple[str, Pattern]]
) -> list[tuple[int, Pattern, str]]:
    if not patterns:
        return []
    sql = """
      WITH given AS MATERIALIZED (
        SELECT n, language, articles_searchable(text) AS text
          FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS t(language, text, n))
      SELECT given.n, asked.n,
             ts_headline(config::regconfig, text, query::tsquery, %s)
        FROM given JOIN unnest(%s::text[], %s::text[], %s::text[])
                        WITH ORDINALITY AS asked(language, config, query, n) USING (language)"""
    options = f'HighlightAll=true, StartSel="{OPEN}", StopSel="{CLOSE}"'
    languages, spelt = zip(*patterns, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [
                [language for language, _ in texts],
                [text for _, text in texts],
                options,
                list(languages),
                [pattern.config for pattern in spelt],
                [pattern.query for pattern in spelt],
            ],
        )
        return [(n - 1, spelt[asked - 1], marked) for n, asked, marked in cursor.fetchall()]


def _places(marked: str, length: int) -> list[Span]:
    """Where the marks in ``marked`` stand in the text it was made from, ``length`` signs long."""
    place, spans = 0, []
    for number, piece in enumerate(re.split(f"[{OPEN}{CLOSE}]", marked)):
        end = place + len(piece) - piece.count(AROUND)
        if number % 2:
            spans.append(Span(place, end))
        place = end
    return spans if place == length else []


def _runs(text: str, words: Sequence[Span], phrase: str) -> Iterable[Span]:
    """Where ``words`` of a phrase stand so close together that they may be the phrase."""
    count = len(_LEXEME.findall(phrase))
    gaps = [1 if distance == "-" else int(distance) for distance in _DISTANCE.findall(phrase)]
    skipped, widest = sum(gaps) - len(gaps), max(gaps)
    close = [
        len(re.findall(r"\w+", text[one.end : two.start])) < widest for one, two in pairwise(words)
    ]
    for first in range(len(words)):
        for last in range(first + count - 1, min(first + count + skipped, len(words))):
            if not all(close[first:last]):
                break
            yield Span(words[first].start, words[last].end)


def _verified(
    texts: Sequence[tuple[str, str]], runs: Sequence[tuple[int, Pattern, Span]]
) -> list[tuple[int, Span]]:
    """Those ``runs`` that are their phrase, from the first word to the last."""
    if not runs:
        return []
    sql = """
      SELECT n FROM unnest(%s::text[], %s::text[], %s::text[])
                    WITH ORDINALITY AS t(config, words, query, n)
       WHERE to_tsvector(config::regconfig, articles_searchable(words)) @@ query::tsquery"""
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [
                [pattern.config for _, pattern, _ in runs],
                [span.of(texts[n][1]) for n, _, span in runs],
                [pattern.query for _, pattern, _ in runs],
            ],
        )
        holding = [runs[number - 1] for (number,) in cursor.fetchall()]
    least: dict[tuple[int, Pattern], list[Span]] = {}
    for n, pattern, span in sorted(holding, key=lambda run: run[2].end - run[2].start):
        shorter = least.setdefault((n, pattern), [])
        if not any(span.start <= one.start and one.end <= span.end for one in shorter):
            shorter.append(span)
    return [(n, span) for (n, _), spans in least.items() for span in spans]


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, one for those that overlap or have but a space between them."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        last = joined[-1] if joined else None
        if last and (span.start <= last.end or text[last.end : span.start] in (" ", "\xa0")):
            joined[-1] = Span(last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return joined
