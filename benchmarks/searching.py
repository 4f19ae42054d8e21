"""What a search costs in a large archive: `uv run python benchmarks/searching.py [ARTICLES]`.

Makes a database of its own, fills it with articles and as many notes of words that are as
unevenly frequent as in prose, and measures whole pages of results. Ratios are to one bare count
of the same word over the index in the same run, so that they tell the same on any machine.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run by its path, Python sees only this folder
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
import django  # noqa: E402 after the lines above

django.setup()
from django.contrib.auth.models import AnonymousUser  # noqa: E402 needs the set-up above
from django.db import connection, transaction  # noqa: E402

from annotations.models import Annotation, Audience  # noqa: E402
from archive import hits, search  # noqa: E402
from archive.query import parse  # noqa: E402
from articles.models import Article, Revision  # noqa: E402
from articles.text import sha256_of  # noqa: E402

ARTICLES, WORDS, BATCH, RUNS = 20_000, 400, 1000, 7
# What a page may cost: times the bare count, or in seconds where that is next to nothing.
MOST, LONG = 12.0, 0.5
NOBODY = AnonymousUser()


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Words that cannot be stems of each other, and weights after Zipf."""
    letters = "abcdefghiklmnoprtuvw"
    words = ["".join(chance.choices(letters, k=6)) + "q" for _ in range(30_000)]
    return words, [1 / (rank + 20) for rank in range(len(words))]


def fill(count: int) -> list[str]:
    chance = random.Random(count)  # noqa: S311 reproducible, not secret
    words, weights = vocabulary(chance)

    def prose(length: int) -> str:
        return " ".join(chance.choices(words, weights, k=length))

    for first in range(0, count, BATCH):
        with transaction.atomic():
            articles = Article.objects.bulk_create(
                Article(
                    title=prose(6),
                    standfirst=prose(20),
                    slug=f"a-{number}",
                    state="published",
                    language=chance.choices(["en", "fr", "de"], [8, 1, 1])[0],
                )
                for number in range(first, min(first + BATCH, count))
            )
            texts = [prose(WORDS) for _ in articles]
            Revision.objects.bulk_create(
                Revision(
                    article=article, number=1, html=f"<p>{text}</p>", text=text,
                    sha256=sha256_of(text), metadata={},
                )
                for article, text in zip(articles, texts, strict=True)
            )  # fmt: skip
            Annotation.objects.bulk_create(
                Annotation(
                    article=article, attributed_name="Somebody", audience=Audience.PUBLIC,
                    body=prose(30),
                )
                for article in articles
            )  # fmt: skip
        print(f"\r{first + len(articles):>8,} articles", end="", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print()
    return words


def seconds(act: Callable[[], object]) -> float:
    """The median of several runs, after one that fills the caches."""
    act()
    taken = []
    for _ in range(RUNS):
        before = time.perf_counter()
        act()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


def bare(word: str) -> float:
    sql = "SELECT count(*) FROM articles_textchunk WHERE vector @@ plainto_tsquery('english', %s)"

    def count() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [word])

    return seconds(count)


def measure(words: list[str]) -> bool:
    # By their ranks: in most articles, in about one of ten, in one of some hundreds.
    common, middling, rare = words[0], words[200], words[8000]
    least = bare(common)
    print(f"a bare count of the common word: {least * 1000:.1f} ms\n")
    print(f"{'query':<28}{'articles':>9}{'notes':>8}{'ms':>8}{'ratio':>7}")
    good = True
    for name, query, options in (
        ("common", common, {}),
        ("common, newest", common, {"sort": "newest"}),
        ("common, notes only", common, {"kinds": ["annotations"]}),
        ("middling", middling, {}),
        ("rare", rare, {}),
        ("two words", f"{common} {middling}", {}),
        ("a phrase", f'"{common} {words[1]}"', {}),
        ("either", f"{common} OR {middling}", {}),
        ("left out", f"{common} -{words[1]}", {}),
        ("nothing", "zzzzzzzzz", {}),
    ):
        found = search.search(NOBODY, query, **options)
        took = seconds(lambda query=query, options=options: search.search(NOBODY, query, **options))
        counts = [part.count if part else 0 for part in (found.articles, found.notes)]
        print(f"{name:<28}{counts[0]:>9,}{counts[1]:>8,}{took * 1000:>8.0f}{took / least:>7.1f}")
        good = good and (took / least <= MOST or took <= LONG)
    text = " ".join(random.Random(1).choices(words[:3000], k=31_000))  # noqa: S311
    for name, query in (("one word", common), ("a phrase", f'"{words[5]} {words[6]}"')):
        took = seconds(lambda query=query: hits.find(parse(query), [("en", text)]))
        print(f"hits in 31,000 words, {name}: {took * 1000:.0f} ms")
        good = good and took <= LONG
    return good


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return 0 if measure(fill(count)) else 1
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
