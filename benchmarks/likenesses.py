"""What looking for nearly the same text costs: `uv run python benchmarks/likenesses.py [COUNT…]`.

Makes a database of its own, fills it with articles of random words until there are so many, and
measures how long it takes to find a copy, and that there is none. Exit code 1 where that grows
with the archive.
"""

import os
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run by its path, Python sees only this folder
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
import django  # noqa: E402 after the lines above

django.setup()
from django.db import connection, transaction  # noqa: E402 needs the set-up above

from articles.importing import alike  # noqa: E402
from articles.importing.document import Document  # noqa: E402
from articles.importing.likeness import bands_of, reckoned  # noqa: E402
from articles.models import AlikePair, Article, Revision, Sketch  # noqa: E402
from articles.text import sha256_of  # noqa: E402

COUNTS, WORDS, BATCH, RUNS = (1_000, 50_000), 300, 500, 40
MOST = 2.0  # times what it takes in the smallest archive


def prose(seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311 reproducible, not secret
    return " ".join(f"w{int(chance.expovariate(0.0005))}" for _ in range(WORDS))


def fill(first: int, count: int) -> None:
    for start in range(first, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        with transaction.atomic(), connection.cursor() as cursor:
            # Without triggers: nothing here is searched, and the index of words takes long.
            cursor.execute("SET LOCAL session_replication_role = replica")
            articles = Article.objects.bulk_create(
                Article(title=f"Article {number}", slug=f"a-{number}") for number in numbers
            )
            texts = [prose(number) for number in numbers]
            made = Revision.objects.bulk_create(
                Revision(
                    article=article, number=1, html=f"<p>{text}</p>", text=text,
                    sha256=sha256_of(text),
                )
                for article, text in zip(articles, texts, strict=True)
            )  # fmt: skip
            Sketch.objects.bulk_create(
                Sketch(revision=revision, bands=list(bands_of(text)))
                for revision, text in zip(made, texts, strict=True)
            )


def milliseconds(texts: list[str], *, find: bool) -> float:
    taken = []
    for text in texts:
        document = Document(title="A copy", html=f"<p>{text}</p>")
        start = time.perf_counter()
        near = alike.nearest(document)
        taken.append(time.perf_counter() - start)
        assert (near is not None) == find
    return statistics.median(taken) * 1000


def main(counts: list[int]) -> int:
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{name}_likenesses"  # tests may run beside it
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    first = worst = 0.0
    try:
        done = 0
        for count in counts:
            fill(done, count)
            done = count
            copies = [f"Foreword of ours. {prose(number * 7 % count)}" for number in range(RUNS)]
            others = [prose(10**7 + number) for number in range(RUNS)]
            start = time.perf_counter()
            for text in others:
                reckoned(text)
            alone = (time.perf_counter() - start) / RUNS * 1000
            found, none = milliseconds(copies, find=True), milliseconds(others, find=False)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_total_relation_size('articles_sketch') / 1e6")
                size = cursor.fetchone()[0]
            first = first or found
            worst = max(worst, found / first)
            print(
                f"{count:>7} articles: none {none:.1f} ms, a copy {found:.1f} ms"
                f" ({found / alone:.1f} times the summing up of {alone:.1f} ms); {size:.0f} MB"
            )
        assert not AlikePair.objects.exists()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main([int(one) for one in sys.argv[1:]] or list(COUNTS)))
