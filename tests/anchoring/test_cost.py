"""No text, however made, takes time that grows with the square of its length."""

import random
import time
from collections.abc import Callable

import pytest

from annotations.anchoring import reanchor

LENGTH = 4_000  # tokens; from here to four times as many a square would cost sixteen times


def words(count: int, seed: int, vocabulary: int = 5_000) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 reproducible, not secret
    return [f"w{chance.randrange(vocabulary)}x" for _ in range(count)]


def edited(text: list[str]) -> list[str]:
    return ["another" if place % 40 == 7 else word for place, word in enumerate(text)]


def sentences(text: list[str]) -> list[str]:
    return [" ".join(text[place : place + 8]) for place in range(0, len(text), 8)]


CASES: dict[str, Callable[[int], tuple[str, str]]] = {
    "one token repeated": lambda n: ("a " * n, "b " + "a " * (n + 7)),
    "two tokens in turn": lambda n: ("x " + "a b " * (n // 2), "y " + "a a b " * (n // 3)),
    "every token different": lambda n: (
        " ".join(f"a{place}" for place in range(n)),
        " ".join(f"b{place}" for place in range(n)),
    ),
    "few words by chance": lambda n: (" ".join(words(n, 1, 40)), " ".join(words(n, 2, 40))),
    "sentences reversed": lambda n: (
        ". ".join(sentences(words(n, 1))),
        ". ".join(sentences(words(n, 1))[::-1]),
    ),
    "a block repeated": lambda n: (
        " ".join(words(n // 100, 1) * 100),
        " ".join([*edited(words(n // 100, 1)), "z"] * 100),
    ),
    "no spaces": lambda n: ("".join(words(n // 4, 1)), "".join(edited(words(n // 4, 1)))),
    "one long line of Chinese": lambda n: (
        "".join(chr(0x4E00 + int(word[1:-1]) % 3000) for word in words(n, 1)),
        "".join(chr(0x4E00 + int(word[1:-1]) % 3000) for word in words(n, 2)),
    ),
    "punctuation": lambda n: ("." * n + "!", "?" + "." * n),
    "one word on each line": lambda n: ("a\n" * n, "b\n" * n),
    "accents without end": lambda n: ("e" + "\u0301" * n, "e" + "\u0301" * (n - 1) + " e"),
    "ordinary edits": lambda n: (
        ". ".join(sentences(words(n, 1))),
        ". ".join(sentences(edited(words(n, 1)))),
    ),
}


def seconds(old: str, new: str) -> float:
    """The least CPU time of two runs with a hundred notes, one of them on all the text."""
    step = max(1, len(old) // 100)
    spans = [(place, min(len(old), place + 60)) for place in range(0, len(old), step)]
    notes = [{"start": start, "end": end} for start, end in [*spans, (0, len(old))]]
    times = []
    for _ in range(2):
        before = time.process_time()
        reanchor(old, new, notes)
        times.append(time.process_time() - before)
    return min(times)


@pytest.mark.parametrize("case", CASES)
def test_time_grows_little_faster_than_the_text(case):
    few, many = (seconds(*CASES[case](length)) for length in (LENGTH, 4 * LENGTH))
    assert many < 9 * few + 0.2
