"""Lines joined into running text: hyphens at line ends mended by what the document itself says."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .lines import CJK, Span

_LONGEST_WORD = 200
_HYPHENS = "-\xad\u2010"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:[-\u2010][^\W\d_]+)*")
_LAST_PART = re.compile(rf"(\w[\w'’\-\u2010]*)[{_HYPHENS}]$")
_FIRST_PART = re.compile(r"[^\W\d_][\w'’]*(?:-\w+)*")
_CJK_END = re.compile(f"[{CJK}]$")
_CJK_START = re.compile(f"[{CJK}]")
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.|10\.\d{4,9}/)\S*[/._=&?%#-]$", re.IGNORECASE)
# First parts that English writes with a hyphen, whatever follows.
_KEPT = frozenset({
    "self", "well", "ex", "all", "half", "long", "short", "high", "low", "vice", "cross", "quasi",
    "two", "three", "four", "five", "six", "ten", "twenty", "thirty", "forty", "fifty", "so",
    "first", "second", "third", "large", "small", "full", "part", "decision", "policy",
})  # fmt: skip
_PREFIXES = frozenset({
    "anti", "non", "pre", "post", "co", "pro", "sub", "semi", "multi", "inter", "intra", "counter",
    "re", "neo", "extra", "ultra", "trans", "over", "under", "mid", "bi", "geo", "euro", "socio",
})  # fmt: skip


class Vocabulary:
    """The words that stand whole in a document."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        broken = False
        for line in lines:
            words = _WORD.findall(line)
            start = 1 if broken else 0
            broken = line.rstrip().endswith(tuple(_HYPHENS))
            for word in words[start : len(words) - broken]:
                self.counts[_folded(word)] += 1

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether a word broken after its hyphen is written with one."""
        joined, hyphened = (
            self.counts[_folded(before.rpartition("-")[2] + mark + after)] for mark in ("", "-")
        )
        hyphened += self.counts[_folded(f"{before}-{after}")] if "-" in before else 0
        if joined or hyphened:
            return hyphened > joined
        lead = _folded(before.rpartition("-")[2])
        if lead in _KEPT:
            return True
        stands_alone = self.counts[_folded(after)] > 0
        if lead in _PREFIXES:
            return stands_alone
        return stands_alone and len(after) > 3 and len(lead) > 3 and self.counts[lead] > 0


def _folded(word: str) -> str:
    return word.replace("\u2010", "-").casefold()


def joined(before: Sequence[Span], after: Sequence[Span], words: Vocabulary) -> list[Span]:
    """The text of two lines as one."""
    if not before or not after:
        return [*before, *after]
    head, tail = list(before), list(after)
    # Only the end counts: a paragraph may grow line by line to the length of a book.
    end = "".join(span.text[-_LONGEST_WORD:] for span in head[-4:]).rstrip()[-_LONGEST_WORD:]
    start = tail[0].text.lstrip()
    tail[0] = replace(tail[0], text=start)
    last = replace(head[-1], text=head[-1].text.rstrip())
    glue = " "
    if found := _LAST_PART.search(end):
        glue = ""
        if last.text.endswith("\xad") or _is_broken(found[1], start, words):
            last = replace(last, text=last.text[:-1])
        if last.text.endswith(("\xad", "\u2010")):
            last = replace(last, text=last.text[:-1] + "-")
    elif _joins_at_once(end, start):
        glue = ""
    return [*head[:-1], *_merged([last, Span(glue, last.bold, last.italic), *tail])]


def _joins_at_once(end: str, start: str) -> bool:
    """Whether no space stands where a line ended: in Chinese, after a dash, in an address."""
    if _CJK_END.search(end) and _CJK_START.match(start):
        return True
    return end.endswith("—") or _OPEN_ADDRESS.search(end.rpartition(" ")[2]) is not None


def _is_broken(before: str, start: str, words: Vocabulary) -> bool:
    """Whether the hyphen between two parts of a word is no more than a mark of the line's end."""
    after = _FIRST_PART.match(start)
    if after is None or not start[0].islower() or not before[-1].isalpha():
        return False
    return not words.keeps_hyphen(before, after[0])


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if found and replace(found[-1], text="") == replace(span, text=""):
            found[-1] = replace(found[-1], text=found[-1].text + span.text)
        else:
            found.append(span)
    return found
