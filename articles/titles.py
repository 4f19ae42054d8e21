"""Whether two titles name the same work, whatever their case, punctuation and subtitle."""

import re

# What may stand between the words of a title. Spelt out: classes of characters differ between
# Python and PostgreSQL, which looks titles up by the same rule (articles/models/works.py). Without
# the percent sign, which Django takes for a parameter in the definition of an index.
PUNCTUATION = (
    " \t\r\n\u00a0\u2009\u202f\u3000!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~"
    "\u00a1\u00ab\u00b4\u00b7\u00bb\u00bf\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019\u201a"
    "\u201c\u201d\u201e\u2026\u2032\u2033\u2039\u203a\u2212\u060c\u061b\u061f\u3001\u3002"
    "\u300a\u300b\u300c\u300d\u30fb\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
)
# A subtitle follows a colon, a dash between spaces, or the end of a question or exclamation.
SUBTITLE = "(:[ \u00a0]|\uff1a|[?!] |[ \u00a0][-\u2013\u2014][ \u00a0]).*$"
LONGEST_KEY = 200
_NOTHING = str.maketrans("", "", PUNCTUATION)


def key_of(title: str) -> str:
    """The letters and digits of ``title`` without its subtitle, whatever their case."""
    return _bare(re.sub(SUBTITLE, "", title, count=1, flags=re.DOTALL))[:LONGEST_KEY]


def agree(one: str, other: str) -> bool:
    """Whether the titles are the same, or one of them is the other without its subtitle."""
    first, second = _bare(one), _bare(other)
    if first == second:
        return bool(first)
    return key_of(one) == key_of(other) and key_of(one) in (first, second)


def same(one: str, other: str) -> bool:
    """Whether the titles are the same with their subtitles."""
    return _bare(one) == _bare(other)


def _bare(title: str) -> str:
    return title.translate(_NOTHING).casefold()
