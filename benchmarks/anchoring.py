"""How well and how fast notes are carried over: `uv run python benchmarks/anchoring.py`.

Accuracy on the judge's cases where they are present; time as a ratio to a bare pipeline on
the same texts in the same run (fold, tokenise, ``rapidfuzz`` Indel opcodes, table look-up);
growth with the length of the text and the number of notes. CPU time, the least of several
runs, bare and whole in turn, so that other work on the machine disturbs both alike.
"""

import random
import subprocess
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run by its path, Python sees only this folder

from annotations.anchoring import reanchor  # noqa: E402 after the line above
from annotations.folding import tokenise  # noqa: E402 after the line above

JUDGE = ROOT.parent / "shared/bench/anchoring/score.py"
RUNS = 7
BUDGET, LONG_BUDGET = 4.0, 0.6  # times the bare pipeline; seconds
COMMON = 120  # words that make up half of a text

Selectors = list[dict[str, Any]]


def bare(old_text: str, new_text: str, selectors: Selectors) -> list[tuple[int, int] | None]:
    """The least that any carrying by alignment has to do."""
    old, new = tokenise(old_text), tokenise(new_text)
    table = [-1] * len(old.words)
    for operation in Indel.opcodes(old.words, new.words):
        if operation.tag == "equal":
            table[operation.src_start : operation.src_end] = range(
                operation.dest_start, operation.dest_end
            )
    answers: list[tuple[int, int] | None] = []
    for selector in selectors:
        first = bisect_right(old.ends, selector["start"])
        last = bisect_left(old.starts, selector["end"]) - 1
        if first <= last and table[first] >= 0 and table[last] >= 0:
            answers.append((new.starts[table[first]], new.ends[table[last]]))
        else:
            answers.append(None)
    return answers


def article(words: int, chance: random.Random) -> list[str]:
    """Paragraphs of about so many words, frequent and rare ones mixed as in prose."""
    letters = "aabcdeeefghiilmnnooprrssttuuvwy"
    vocabulary = [
        "".join(chance.choices(letters, k=chance.randrange(2, 10))) for _ in range(words // 3 + 500)
    ]
    paragraphs: list[str] = []
    while words > 0:
        sentences = []
        for _ in range(chance.randrange(3, 8)):
            length = chance.randrange(8, 30)
            half = chance.choices(vocabulary[:COMMON], k=length)
            rest = chance.choices(vocabulary, k=length)
            picked = [chance.choice(pair) for pair in zip(half, rest, strict=True)]
            sentences.append(" ".join(picked).capitalize() + ".")
            words -= length
        paragraphs.append(" ".join(sentences))
    return paragraphs


def corrected(paragraphs: Sequence[str], chance: random.Random) -> list[str]:
    """The article after a thorough edit: typos, other words, paragraphs moved and deleted."""
    result = []
    for paragraph in paragraphs:
        words = paragraph.split(" ")
        for place, word in enumerate(words):
            if chance.random() < 0.02:
                words[place] = chance.choice([word[1:] + word[:1], "instead", word + "s"])
        result.append(" ".join(words))
    for _ in range(max(1, len(result) // 20)):
        result.insert(chance.randrange(len(result)), result.pop(chance.randrange(len(result))))
        del result[chance.randrange(len(result))]
    return result


def notes(text: str, count: int, chance: random.Random) -> Selectors:
    """Selectors on passages of one to sixty words."""
    borders = [0, *(place + 1 for place, sign in enumerate(text) if sign in " \n")]
    selectors: Selectors = []
    for _ in range(count):
        first = chance.randrange(len(borders) - 61)
        start, end = borders[first], borders[first + chance.choice([1, 2, 3, 5, 12, 60])] - 1
        selectors.append({
            "exact": text[start:end],
            "prefix": text[max(0, start - 32) : start],
            "suffix": text[end : end + 32],
            "start": start,
            "end": end,
        })  # fmt: skip
    return selectors


def seconds(act: Callable[..., object], *arguments: object) -> float:
    before = time.process_time()
    act(*arguments)
    return time.process_time() - before


def measured(words: int, count: int) -> tuple[float, float]:
    """Seconds of the whole and of the bare pipeline."""
    chance = random.Random(words + count)  # noqa: S311 reproducible, not secret
    paragraphs = article(words, chance)
    old, new = "\n".join(paragraphs), "\n".join(corrected(paragraphs, chance))
    selectors = notes(old, count, chance)
    pairs = [
        (seconds(reanchor, old, new, selectors), seconds(bare, old, new, selectors))
        for _ in range(RUNS)
    ]
    return min(whole for whole, _ in pairs), min(least for _, least in pairs)


def report(words: int, count: int) -> tuple[float, float]:
    whole, least = measured(words, count)
    print(f"{words:>8,}{count:>8,}{whole * 1000:>12.1f}{least * 1000:>12.1f}{whole / least:>8.2f}")
    return whole, whole / least


def main() -> int:
    cases = JUDGE.with_name("dev.jsonl.gz")
    if cases.exists():
        target = "annotations.anchoring:reanchor"
        subprocess.run([sys.executable, JUDGE, target, "--cases", cases], cwd=ROOT, check=True)  # noqa: S603 our own arguments
    else:
        print("accuracy: skipped, ../shared/bench/anchoring is not here")
    print(f"\n{'words':>8}{'notes':>8}{'ms':>12}{'bare ms':>12}{'ratio':>8}")
    _, ratio = report(5_000, 1_000)
    long, _ = report(31_000, 1_000)
    print("growth with the text")
    for words in (2_500, 5_000, 10_000, 20_000, 40_000, 80_000):
        report(words, 100)
    print("growth with the notes")
    for count in (10, 100, 1_000, 10_000):
        report(5_000, count)
    print(f"\n5,000 words, 1,000 notes: {ratio:.2f} times the bare pipeline (at most {BUDGET})")
    print(f"31,000 words, 1,000 notes: {long:.2f} s (at most {LONG_BUDGET})")
    return 0 if ratio <= BUDGET and long <= LONG_BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
