"""What bringing in costs: `uv run python benchmarks/importing.py [ARTICLES]`.

Makes a database of its own and brings the corpus in through the door of the worker, each
document published, with 0, 1,000 and ARTICLES (50,000) articles there before; then pages, PDFs and
Word files made here. Tells articles a second, the most memory of the worker and of the process
that reads, how far the worker's memory grew between the tenth and the last document, and the
ratio to bare extraction: the same bytes through the readers alone, in this process.
"""

import io
import logging
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run by its path, Python sees only this folder
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
import django  # noqa: E402 after the lines above

django.setup()
from django.contrib.auth import get_user_model  # noqa: E402 needs the set-up above
from django.core.files.base import ContentFile  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from articles.importing import batches, opening  # noqa: E402
from articles.models import ImportItem  # noqa: E402
from tests.importing.pdf_maker import Sheet, pdf  # noqa: E402
from tests.word_files import paragraph, style, word_file  # noqa: E402

CORPUS = ROOT.parent / "shared/data/corpus/articles.jsonl"
MANY, FILES = 50_000, 100
LEAST, MOST_GROWTH, MOST_SLOWER = 25, 20_000_000, 1.5  # articles a second, bytes, times
Files = Sequence[tuple[str, bytes]]

# Articles with all that matching looks at, and no trigger: it would take a quarter of an hour.
FILL = """
CREATE TEMP TABLE filler AS
SELECT n, (SELECT string_agg(chr(97 + (random() * 19)::int) || substr(md5(n::text || i), 1, 6), ' ')
             FROM generate_series(1, 60) i) AS words
  FROM generate_series(1, %(count)s) n;
INSERT INTO articles_capture (id, sha256, size, media_type, file, file_name, source_url,
  captured_at, importer, importer_version, condition)
SELECT n, md5(n::text) || md5(n::text), 100, 'text/plain', 'x', 'f', '', now(), 'plain', '1',
       'unchecked'
  FROM filler;
INSERT INTO articles_article (id, slug, state, kind, language, title, standfirst, publication,
  date_precision, period, source, source_url, rights, withdrawn_reason, created_at, published_at,
  public_from, changed_at, metadata_vector)
SELECT n, 'filler-' || n, 'published', 'article', 'en', split_part(words, ' ', 1) || ' ' || n, '',
       '', 'none', '', '', '', '', '', now(), now(), 1, now(), to_tsvector('english', words)
  FROM filler;
INSERT INTO articles_revision (id, article_id, number, html, text, sha256, metadata, reason,
  made_at, capture_id)
SELECT n, n, 1, '<p>' || words || '</p>', words, encode(sha256(words::bytea), 'hex'), '{}', '',
       now(), n
  FROM filler;
INSERT INTO articles_textchunk (article_id, revision_id, number, language, vector)
SELECT n, n, 1, 'en', to_tsvector('english', words) FROM filler;
INSERT INTO articles_word SELECT DISTINCT unnest(string_to_array(words, ' ')) FROM filler
 WHERE n <= 2000 ON CONFLICT DO NOTHING;
INSERT INTO articles_identifier (article_id, scheme, value)
SELECT n, 'records:filler', n FROM filler;
INSERT INTO articles_urlalias (article_id, url)
SELECT n, 'https://filler.example/' || n FROM filler;
INSERT INTO articles_importbatch (id, created_at, label, state, arrival, split_chapters, defaults,
  sheet, sheet_report, handed)
VALUES (1, now(), 'filler', 'done', 'look', false, '{}', '{}', '{}', '{}');
INSERT INTO articles_importitem (batch_id, position, within, name, outcome, reason, standing,
  article_id, revision_id, capture_id)
SELECT 1, n, 0, 'filler', 'new', '', '', n, n, n FROM filler;
DROP TABLE filler;
"""
TABLES = ("article", "revision", "capture", "importbatch", "importitem", "identifier", "urlalias")


def fill(count: int) -> None:
    """Empty the archive and put so many articles in."""
    tables = ", ".join(f"articles_{name}" for name in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"TRUNCATE {tables}, articles_word, articles_person, articles_tag"
            " RESTART IDENTITY CASCADE"
        )
        for name in TABLES:
            cursor.execute(f"ALTER TABLE articles_{name} DISABLE TRIGGER USER")
        if count:
            cursor.execute(FILL, {"count": count})
        for name in TABLES:
            cursor.execute(f"ALTER TABLE articles_{name} ENABLE TRIGGER USER")
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('articles_{name}', 'id'), %s)",
                [max(count, 1) + 1],
            )
        cursor.execute("VACUUM ANALYZE")


def resident(pid: int | str = "self") -> int:
    """How much memory a process holds, in bytes; 0 when it has ended."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


class Watched:
    """What memory the worker, and the process that reads, had at each document."""

    def __init__(self) -> None:
        self.own: list[int] = []
        self.reading = 0

    def __call__(self) -> bool:
        self.own.append(resident())
        readers = multiprocessing.active_children()
        self.reading = max([self.reading, *(resident(one.pid or 0) for one in readers)])
        return True


def worked() -> float:
    """Seconds of processor time that this process and its database connection have had."""
    connection.ensure_connection()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    ticks = fields.rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def bare(files: Files) -> float:
    """Seconds of the readers alone."""
    start = time.process_time()
    for name, data in files:
        for _ in opening.documents_in(io.BytesIO(data), name=name, max_bytes=50_000_000):
            pass
    return time.process_time() - start


def bring_in(what: str, files: Files) -> tuple[float, int]:
    """Articles a second, and how the worker's memory grew."""
    alone = bare(files)
    watched = Watched()
    editor, _new = get_user_model().objects.get_or_create(username="editor")
    start, began = worked(), time.perf_counter()
    uploaded = [ContentFile(data, name=name) for name, data in files]
    batch = batches.receive(uploaded, by=editor, arrival="publish")
    batches.read(batch, may_go_on=watched)
    took, waited = worked() - start, time.perf_counter() - began
    outcomes = Counter(ImportItem.objects.filter(batch=batch).values_list("outcome", flat=True))
    count = sum(outcomes.values())
    grew = watched.own[-1] - watched.own[min(10, len(watched.own) - 1)]
    told = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
    print(
        f"{what:<34}{count / took:>7.1f}/s{count / waited:>9.1f}/s{took / alone:>7.1f} ×"
        f"{max(watched.own) / 1e6:>8.0f} MB{watched.reading / 1e6:>6.0f} MB{grew / 1e6:>+7.1f} MB"
        f"   {told}",
        flush=True,
    )
    return count / took, grew


def prose(chance: random.Random, words: int) -> str:
    letters = "aabcdeeefghiilmnnooprrssttuuvwy"
    made = ("".join(chance.choices(letters, k=chance.randrange(2, 10))) for _ in range(words))
    return " ".join(made).capitalize() + "."


def made(kind: str) -> Files:
    chance = random.Random(kind)  # noqa: S311 reproducible, not secret
    return [(f"{number}.{kind}", MAKERS[kind](chance)) for number in range(FILES)]


def page(chance: random.Random) -> bytes:
    title, paragraphs = prose(chance, 6), [prose(chance, 80) for _ in range(10)]
    return (
        f'<html lang="en"><head><title>{title}</title><meta name="author" content="Ann Lee">'
        f'<meta name="citation_publication_date" content="2012/02/04"></head><body><nav>Menu</nav>'
        f"<article><h1>{title}</h1>{''.join(f'<p>{words}</p>' for words in paragraphs)}</article>"
        "</body></html>"
    ).encode()


def sheets(chance: random.Random) -> bytes:
    all_pages = []
    for number in range(4):
        lines = [prose(chance, 12) for _ in range(45)]
        all_pages.append(Sheet().put_lines(72, 120, lines))
        if number == 0:
            all_pages[0].put(72, 80, prose(chance, 5), 20)
    return pdf(*all_pages)


def letter(chance: random.Random) -> bytes:
    body = [paragraph(prose(chance, 80)) for _ in range(10)]
    title = paragraph(prose(chance, 6), style="Title")
    return word_file(title, *body, styles=style("Title", "Title"))


MAKERS = {"html": page, "pdf": sheets, "docx": letter}


def measure(many: int) -> bool:
    print(
        f"{'':<34}{'work':>9}{'clock':>11}{'to bare':>9}{'worker':>11}{'reader':>9}{'growth':>10}"
    )
    good = True
    corpus = [("articles.jsonl", CORPUS.read_bytes())] if CORPUS.exists() else []
    rates = []
    for count in (0, 1000, many):
        if not corpus:
            print("The corpus is not beside the repository.")
            break
        fill(count)
        rate, grew = bring_in(f"the corpus, {count:,} articles there", corpus)
        rates.append(rate)
        good = good and rate >= LEAST and grew <= MOST_GROWTH
    good = good and (not rates or rates[0] <= MOST_SLOWER * rates[-1])
    for kind in MAKERS:
        bring_in(f"{FILES} files of {kind}, {many:,} there", made(kind))
    return good


def main() -> int:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    logging.disable(logging.WARNING)
    batches.AT_ONCE_FILES = 0  # all of it is the worker's
    globals().pop("__file__", None)  # each process that reads would run this file first
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            return 0 if measure(many) else 1
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
