"""Addresses of passages: any words of any revision have one, and making it stores nothing.

``2.120-180.5f1c0e`` are the code points 120 to 180 of revision 2; the last part is checked
against the words, so that a mistyped or outdated address is found out instead of pointing at
something else. Pure.
"""

import re
from dataclasses import dataclass

from articles.masking import is_masked
from articles.text import Span, sha256_of

_FORM = re.compile(r"(\d{1,9})\.(\d{1,9})-(\d{1,9})\.([0-9a-f]{6})", re.ASCII)


@dataclass(frozen=True)
class PassageAddress:
    """A span of one revision, with the check on its words."""

    revision: int
    span: Span
    check: str

    def __str__(self) -> str:
        return f"{self.revision}.{self.span.start}-{self.span.end}.{self.check}"

    def holds(self, text: str) -> bool:
        """Whether ``text`` has at this place the words the address was made for.

        Of words that were removed nobody is told whether they were these: where some are
        blacked out, any check is taken for right.
        """
        words = self.span.of(text)
        return self.span.end <= len(text) and (is_masked(words) or _check(words) == self.check)


def address_of(text: str, revision: int, span: Span) -> PassageAddress:
    """The address of ``span`` in ``text``, the canonical text of revision number ``revision``."""
    return PassageAddress(revision, span, _check(span.of(text)))


def parse(address: str) -> PassageAddress | None:
    """What ``address`` says, or None when it has not the form of one."""
    found = _FORM.fullmatch(address)
    if found is None or int(found[2]) >= int(found[3]):
        return None
    return PassageAddress(int(found[1]), Span(int(found[2]), int(found[3])), found[4])


def _check(words: str) -> str:
    return sha256_of(words)[:6]
