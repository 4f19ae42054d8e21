"""Texts and copies of them as newspapers print them: for what tells nearly the same texts."""

import random

_VOCABULARY = [
    f"{first}{second}{last}"
    for first in "bdgklm"
    for second in ("a", "e", "io")
    for last in ("st", "rn", "x")
]


def speech(seed: int, count: int = 200) -> list[str]:
    """The words of a text; of another one for each seed."""
    return random.Random(seed).choices(_VOCABULARY, k=count)  # noqa: S311 - no secrets


def body(words: list[str]) -> str:
    """A stored body of two paragraphs."""
    middle = len(words) // 2
    return f"<p>{' '.join(words[:middle])}.</p>\n<p>{' '.join(words[middle:])}.</p>"


def edited(words: list[str]) -> list[str]:
    """The same with an introduction, every twentieth word changed, and the end cut off."""
    changed = ["another" if at % 20 == 7 else word for at, word in enumerate(words)]
    return ["reprinted", "by", "permission", *changed[: len(words) - 20]]


def file_of(words: list[str], title: str, address: str, paper: str = "") -> bytes:
    """A Markdown file with front matter."""
    middle = len(words) // 2
    text = f"{' '.join(words[:middle])}.\n\n{' '.join(words[middle:])}.\n"
    paper = f"publisher: {paper}\n" if paper else ""
    return f"---\ntitle: {title}\nurl: {address}\n{paper}date: 2012-02-04\n---\n\n{text}".encode()
