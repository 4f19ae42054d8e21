"""The addresses that an editor pasted into a box: one on a line, or in a mail's running text."""

import re

from articles.addresses import canonical_url

from .drafting import shortened

MOST_LINKS = 500
_LONGEST_TEXT = 1_000_000  # characters

_URL = re.compile(r"https?://[^\s<>\"“”„«»]+", re.IGNORECASE)
# Without a scheme: a host with a dot in it, alone on its line or beginning with "www.".
_BARE = re.compile(
    r"(?:www\.)?(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_WWW = re.compile(r"(?<![\w@/.-])www\.[^\s<>\"“”„«»]+\.[^\s<>\"“”„«»]+", re.IGNORECASE)
_IN_ANGLES = re.compile(
    r"<\s*(?:URL:\s*)?((?:https?://|www\.)[^<>\s]*(?:[ \t]*\r?\n[ \t]*[^<>\s]+)*)\s*>",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(
    r"\]\((https?://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)[^)]*\)", re.IGNORECASE
)
_OTHER_SCHEME = re.compile(
    r"(?:ftps?|file|mailto|javascript|data|tel|news|about|blob|view-source|feed|urn|magnet):\S+",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.\w+", re.IGNORECASE)
_TRAILING = ".,;:!?…'’‘*_|、。，；：！？）」』》"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_PREFIX = re.compile(r"^(?:[-*•·–—>|\s]+|\(?\d{1,3}[.)]\s+)+")
_SOFT_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")


def links_in(text: str, *, at_most: int = MOST_LINKS) -> tuple[list[str], list[str]]:
    """The addresses in ``text`` in their order, each page once, and what was left out and why.

    A line that is nothing but a broken address is told; words around addresses are not. At most
    ``at_most`` are taken, and it is told when there are more.
    """
    links: list[str] = []
    left_out: list[str] = []
    known: set[str] = set()
    if len(text) > _LONGEST_TEXT:
        left_out.append(f"Only the first {_LONGEST_TEXT} characters were read.")
        text = text[:_LONGEST_TEXT]
    beyond = 0
    for written, address in _addresses(_whole(text)):
        canonical = canonical_url(address) if address else None
        if canonical is None:
            left_out.append(_why_not(written))
        elif canonical in known:
            continue
        elif len(links) >= at_most:
            known.add(canonical)
            beyond += 1
        else:
            known.add(canonical)
            links.append(address)
    left_out = list(dict.fromkeys(left_out))
    if len(left_out) > at_most:
        more = len(left_out) - at_most
        left_out = [*left_out[:at_most], f"{more} more lines are no web addresses."]
    if beyond:
        left_out.append(f"{beyond} more addresses were left out: {at_most} are taken at once.")
    return links, left_out


def _whole(text: str) -> str:
    """``text`` with the addresses that stand in brackets or Markdown by themselves on lines.

    Mail programs break long addresses between angle brackets; there they are one.
    """
    text = _IN_ANGLES.sub(lambda found: f"\n{_SOFT_BREAK.sub('', found[1])}\n", text)
    return _MARKDOWN.sub(lambda found: f"]\n{found[1]}\n", text)


def _addresses(text: str) -> list[tuple[str, str]]:
    """What stands for an address, as written and as a URL ("" where it is none)."""
    found: list[tuple[str, str]] = []
    for raw in text.splitlines():
        line = _PREFIX.sub("", raw).strip()
        urls = [_trimmed(url) for url in _URL.findall(line)] or [
            f"https://{_trimmed(url)}" for url in _WWW.findall(line)
        ]
        if urls:
            found += [(url, url) for url in urls]
        elif line and len(line.split()) <= 2:
            found += _alone(line.strip("<>\"'“”„«»"))
    return found


def _alone(line: str) -> list[tuple[str, str]]:
    """A line without a scheme in it: an address after all, a broken one, or just a word."""
    plain = _trimmed(line)
    if doi := _DOI.fullmatch(plain):
        return [(plain, f"https://doi.org/{doi[1]}")]
    if _MAIL.fullmatch(plain):
        return [(plain, "")]
    if _BARE.fullmatch(plain) and ("/" in plain or plain.lower().startswith("www.")):
        return [(plain, f"https://{plain}")]
    if _OTHER_SCHEME.fullmatch(plain) or "://" in plain or _BARE.fullmatch(plain):
        return [(plain, "")]
    return []


def _trimmed(url: str) -> str:
    """``url`` without the punctuation of the sentence it stands in."""
    while url:
        last = url[-1]
        opening = _CLOSING.get(last)
        if last in _TRAILING or (opening and url.count(last) > url.count(opening)):
            url = url[:-1]
        else:
            break
    return url


def _why_not(written: str) -> str:
    shown = shortened(written)
    if _MAIL.fullmatch(written):
        return f"{shown}: it is a mail address."
    if re.match(r"https?:", written, re.IGNORECASE):
        return f"{shown}: it is not a whole web address, or longer than one may be."
    if "://" in written or _OTHER_SCHEME.match(written):
        return f"{shown}: only addresses that begin with http or https are fetched."
    return f"{shown}: it is no web address; does it lack its beginning, https://?"
