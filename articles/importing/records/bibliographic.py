"""What readers of bibliographic records share: names, titles, identifiers, the place in a volume.

A record tells of a work whose text is elsewhere. What names the volume and not the work (an ISSN,
the ISBN of a book of which this is a chapter) is no identifier here: it would make all the works
of one volume the same. It stands in the source line.
"""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from urllib.parse import urlsplit

from articles.addresses import LONGEST
from articles.importing.clues import is_institution, is_rights
from articles.importing.document import Contributor
from articles.importing.drafting import LIKELY, STATED, Draft, is_address, one_line, shortened
from articles.importing.languages import language_named

from .dates import When

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_INLINE_TAG = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|sc|scp|span|small|tt|font|a|ovid:\w+|mml:\w+|inf|it|bold|italic)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|br|div|sec|section|title|list|list-item|ul|ol|li|h[1-6]|jats:[\w-]+)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|esq|ph\.?\s?d|m\.?d)\.?", re.IGNORECASE)
_ROLE_MARK = re.compile(
    r"\s*[(\[](?P<role>eds?|editors?|hrsg|hg|trans|transl|translators?|interviewers?)\.?[)\]]$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\[?(?:anon(?:\.|ymous)?|no author(?: listed| given)?|unknown|n\.?a\.?)\]?", re.IGNORECASE
)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s?al\.?|u\.\s?a\.)", re.IGNORECASE)
_AND_OTHERS = re.compile(r",?\s+(?:and\s+others|et\.?\s?al\.?)$", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_ISBN = re.compile(r"(?<![\dXx-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dXx])")
_ISSN = re.compile(r"(?<![\dXx-])\d{4}-?\d{3}[\dXx](?![\dXx-])")
_ABSTRACT_LABEL = re.compile(r"(?:abstract|summary)\s*(?:[:.—–-]\s*|\s(?=[A-Z]))", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(
    rf"(?!.*_)(?:{_LABEL}\.)+[^\W\d_][\w-]{{0,61}}[^\W_]|(?:\d{{1,3}}\.){{3}}\d{{1,3}}"
)
_LONGEST_NAME, _LONGEST_TAG, _MOST_TAGS, _LONGEST_VALUE = 300, 100, 200, 500
_MOST_PEOPLE = 3000
_LONG_ABSTRACT = 60  # words: more than the two sentences of a standfirst


def plain(text: str) -> str:
    """``text`` on one line, without markup; entities, also those escaped twice, as characters."""
    for _ in range(2):
        text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    return one_line(_INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", text)))


def full_title(title: str, subtitle: str = "") -> str:
    """Both as one: "On tariffs: Who pays?"."""
    title, subtitle = plain(title), plain(subtitle).lstrip(": ")
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    if not title:
        return subtitle
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":")) else f"{title}: {subtitle}"


def in_reading_order(name: str) -> str:
    """ "Marsh, Ada" as "Ada Marsh", with its suffix at the end; an institution as it is."""
    name = plain(name).strip(" ,;")
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) < 2 or is_institution(name):
        return name
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    rest = [part for part in parts if part not in suffixes]
    if len(rest) > 2:
        return name
    return " ".join((*reversed(rest), *suffixes))


def put_people(draft: Draft, names: Iterable[str], role: str, where: str) -> None:
    """Keep the people of ``names``, each "Last, First" or as it is said."""
    for name in names:
        name, own_role = plain(name), role
        if mark := _ROLE_MARK.search(name):
            name = name[: mark.start()]
            own_role = {"e": "editor", "h": "editor", "t": "translator", "i": "interviewer"}[
                mark["role"][0].lower()
            ]
        if more := _AND_OTHERS.search(name):
            name = name[: more.start()]
            put_person(draft, "others", own_role, where)
        put_person(draft, in_reading_order(name), own_role, where)


def put_person(draft: Draft, name: str, role: str, where: str) -> None:
    """Keep a person called ``name``, unless that names nobody."""
    if _OTHERS.fullmatch(name) or len(draft.values.get("people", ())) >= _MOST_PEOPLE:
        draft.warn("It has more people than are named here.")
    elif len(name) > _LONGEST_NAME:
        draft.warn(f"“{shortened(name)}” ({where}) is too long for a name, and was left out.")
    elif name and not _NOBODY.fullmatch(name) and any(map(str.isalnum, name)):
        draft.add("people", [Contributor(name, role)], STATED, where)


def put_name(draft: Draft, field: str, text: str, where: str) -> None:
    """Keep the name of a publisher or publication."""
    name = plain(text).strip(" ,;")
    if len(name) > _LONGEST_NAME:
        draft.warn(f"“{shortened(name)}” ({where}) is too long for a name, and was left out.")
    else:
        draft.put(field, name, STATED, where)


def put_abstract(draft: Draft, text: str, where: str) -> None:
    """Keep an abstract as standfirst: without a text there is nothing else to read.

    A long one counts as less sure, so that a real standfirst takes its place later.
    """
    abstract = plain(text)
    if label := _ABSTRACT_LABEL.match(abstract):
        abstract = abstract[label.end() :]
    words = len(abstract.split())
    sureness = LIKELY if words > _LONG_ABSTRACT else STATED
    if draft.put("standfirst", abstract, sureness, where) and sureness == LIKELY:
        draft.warn(f"The standfirst is an abstract of {words} words.")


def put_tags(draft: Draft, texts: Iterable[str], where: str) -> None:
    """Keep keywords; several in one text are parted by semicolons or lines, else by commas."""
    for text in texts:
        parts = re.split(r"[;\n]", text)
        if len(parts) == 1 and text.count(",") > 1:
            parts = text.split(",")
        tags = [tag for part in parts if (tag := plain(part).strip(" ,*."))]
        for tag in tags:
            if len(tag) > _LONGEST_TAG:
                draft.warn(f"“{shortened(tag)}” ({where}) is too long for a tag, and was left out.")
        known = draft.values.get("tags", ())
        room = max(0, _MOST_TAGS - len(known))
        draft.add("tags", [tag for tag in tags if len(tag) <= _LONGEST_TAG][:room], STATED, where)


def put_language(draft: Draft, text: str, where: str) -> None:
    """Keep a language given as a tag or by name; of several the first."""
    for part in re.split(r"[;,/]|\s+and\s+", text):
        if tag := language_named(part):
            draft.put("language", tag, STATED, where)
            return
    draft.put_language(plain(text), where)


def put_doi(draft: Draft, text: str) -> bool:
    """Keep the DOI in ``text``, whatever label or resolver stands before it."""
    found = _DOI.search(plain(text).replace("%2F", "/").replace("%2f", "/"))
    if found is None:
        return False
    doi = found[0].rstrip(".,;")
    if doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1]
    if len(doi) > _LONGEST_VALUE:
        return False
    draft.identify("doi", doi.lower())
    return True


def put_identifier(draft: Draft, scheme: str, value: str) -> None:
    """Keep a name of the work in ``scheme``, unless it is too long for one."""
    if len(value) <= _LONGEST_VALUE:
        draft.identify(scheme, value)


def put_urls(draft: Draft, urls: Iterable[str], where: str) -> None:
    """Keep the address of the work: the first that is more than a DOI."""
    addresses = [
        url for text in urls for url in re.split(r"\s+|;(?=\s*https?:)", text) if is_address(url)
    ]
    for url in addresses:
        if not _leads_somewhere(url):
            draft.warn(f"The address “{shortened(url)}” leads nowhere, and was left out.")
    addresses = list(filter(_leads_somewhere, addresses))
    for url in addresses:
        put_doi(draft, url if "doi.org/" in url.lower() else "")
    for url in sorted(addresses, key=lambda url: "doi.org/" in url.lower()):
        draft.put_url(url, where)


def _leads_somewhere(url: str) -> bool:
    """Whether the archive can keep ``url``: one bad address is no reason to lose the record."""
    host = urlsplit(url).hostname or ""
    return len(url) <= LONGEST and _HOST.fullmatch(host) is not None


def isbns_in(text: str) -> list[str]:
    """The ISBNs of ``text`` as digits, each whose check digit is right."""
    found = (re.sub(r"[- ]", "", isbn).upper() for isbn in _ISBN.findall(text))
    return [isbn for isbn in dict.fromkeys(found) if _checks(isbn)]


def issns_in(text: str) -> list[str]:
    """The ISSNs of ``text`` as "1234-567X"."""
    bare = _ISBN.sub(" ", text)
    found = (issn.replace("-", "").upper() for issn in _ISSN.findall(bare))
    return [f"{issn[:4]}-{issn[4:]}" for issn in dict.fromkeys(found)]


def put_notes(draft: Draft, notes: Iterable[str], where: str) -> None:
    """Keep the notes that speak of rights, and say of another that it was left out."""
    for note in notes:
        text = plain(note)
        if is_rights(text):
            put_rights(draft, text, where)
        elif text:
            draft.warn(f"A note ({where}) was left out: “{shortened(text)}”.")


def put_rights(draft: Draft, text: str, where: str) -> None:
    """Keep what is said of rights, after what was said before."""
    rights = plain(text)
    before = draft.values.get("rights", "")
    if not before:
        draft.put("rights", rights, STATED, where)
    elif rights and rights not in before:
        draft.values["rights"] = f"{before}\n\n{rights}"


def put_when(draft: Draft, stated: Sequence[str], found: When | None, where: str) -> None:
    """Keep the time of publication that was ``found``, or say that it was not understood."""
    if found is not None:
        draft.put("date", found.date, STATED, where)
    elif text := " ".join(one for one in stated if re.search(r"\d", one)):
        draft.warn(f"The date “{shortened(text)}” ({where}) was not understood.")


def put_place(
    draft: Draft,
    *,
    volume: str = "",
    issue: str = "",
    season: str = "",
    pages: str = "",
    isbns: Sequence[str] = (),
    issns: Sequence[str] = (),
    where: str,
) -> None:
    """Keep where in a volume the work stands, as source: "The Ledger, vol. 9, no. 3"."""
    pages = re.sub(r"(?<=\w)\s*-{1,3}\s*(?=\w)", "–", plain(pages))
    several = re.search(r"[–,]|\d\s", pages)
    parts = [
        f"vol. {volume}" if (volume := plain(volume)) else "",
        f"no. {issue}" if (issue := plain(issue)) else "",
        season,
        (f"pp. {pages}" if several else f"p. {pages}") if pages else "",
        *(f"ISBN {isbn}" for isbn in isbns),
        *(f"ISSN {issn}" for issn in issns),
    ]
    if any(parts):
        said = [draft.values.get("publication", ""), *parts]
        # Put together here, so it never takes the place of a source that is stated.
        draft.put("source", ", ".join(filter(None, said)), LIKELY, where)


def _checks(isbn: str) -> bool:
    if not isbn[:-1].isdecimal():
        return False
    digits = [10 if digit == "X" else int(digit) for digit in isbn]
    if len(isbn) == 13:
        return isbn[-1] != "X" and sum(d * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10 == 0
    return len(isbn) == 10 and sum(d * (10 - i) for i, d in enumerate(digits)) % 11 == 0
