"""How well web pages are read: `uv run python benchmarks/pages.py FOLDER [WORST]`.

FOLDER holds labelled pages as public benchmarks of article extraction have them:
`ground-truth.json`, which is `{id: {"articleBody": …, "url": …}}`, and `html/<id>.html.gz`. Texts
are compared by their shingles of four words. Tells precision, recall and F1 of the reader, and of
trafilatura's bare text in the same run; with WORST, that many pages that were read worst. Exit
code 1 where F1 is below what the archive promises.
"""

import gzip
import json
import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run by its path, Python sees only this folder
import trafilatura  # noqa: E402 after the lines above

from articles.importing.decoding import decode  # noqa: E402
from articles.importing.document import ImportRefused  # noqa: E402
from articles.importing.html import declared, extract  # noqa: E402

SHINGLE, LEAST = 4, 0.960
_WORD = re.compile(r"\w+")


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(
        tuple(words[start : start + SHINGLE])
        for start in range(max(1, len(words) - SHINGLE + 1) if words else 0)
    )


def score(expected: str, text: str) -> Score:
    wanted, found = shingles(expected), shingles(text)
    same = (wanted & found).total()
    if not wanted:
        return Score(float(not found), 1.0)
    return Score(same / found.total() if found else 0.0, same / wanted.total())


def ours(page: bytes, url: str | None) -> str:
    try:
        return extract(page, url).text
    except ImportRefused:
        return ""


def bare(page: bytes, url: str | None) -> str:
    source, _ = decode(page, declared=declared(page))
    return trafilatura.extract(source, url=url, include_comments=False, favor_precision=True) or ""


def mean_of(scores: Iterable[Score]) -> Score:
    """What such benchmarks call F1 is that of mean precision and mean recall."""
    return Score(*map(statistics.mean, zip(*scores, strict=True)))


def measured(
    name: str,
    read: Callable[[bytes, str | None], str],
    folder: Path,
    truth: Mapping[str, Mapping[str, str]],
) -> dict[str, Score]:
    """The score of each page; they are told in one line."""
    scores, empty, began = {}, 0, time.perf_counter()
    for key, page in truth.items():
        source = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        text = read(source, page.get("url"))
        empty += not text
        scores[key] = score(page["articleBody"], text)
    mean = mean_of(scores.values())
    print(
        f"{name:12} F1 {mean.f1:.4f}  precision {mean.precision:.4f}  recall {mean.recall:.4f}  "
        f"mean of F1 {statistics.mean(one.f1 for one in scores.values()):.4f}  "
        f"without text {empty}  {(time.perf_counter() - began) / len(truth) * 1000:.0f} ms a page"
    )
    return scores


def main(folder: Path, worst: int) -> int:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    print(f"{len(truth)} pages")
    scores = measured("the reader", ours, folder, truth)
    beside = measured("trafilatura", bare, folder, truth)
    for key in sorted(scores, key=lambda one: scores[one].f1)[:worst]:
        precision, recall = scores[key]
        print(f"{key}: precision {precision:.3f}, recall {recall:.3f}; bare {beside[key].f1:.3f}")
    return int(mean_of(scores.values()).f1 < LEAST)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
