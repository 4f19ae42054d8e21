"""What a PDF says of itself: on its first page, at its end, and in its properties.

The first page is the evidence; the properties are often left over from another file.
"""

import re
from collections.abc import Mapping, Sequence

from articles.importing.clues import (
    Clue,
    clues_in,
    is_rights,
    looks_like_a_name,
    names_in,
    stated_names,
)
from articles.importing.document import Contributor, PublicationDate
from articles.importing.drafting import GUESS, LIKELY, STATED, Draft, doi_of, one_line, shortened
from articles.importing.reading_dates import parse_date

from .blocks import Block, Setting

_PROPERTIES = "the file's properties"
_HEAD = "page 1"
_JUNK_AUTHOR = re.compile(
    r"(?i)\W*|.*(?:user|admin|owner|unknown|anonymous|default|microsoft|adobe|author|@|\d).*|\S{1,3}"
)
_CREATED = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_DOI = re.compile(
    r"(?i)(?:doi(?:\.org)?\s*[:/]?\s*(?:https?://(?:dx\.)?doi\.org/)?)(10\.\d{4,9}/[^\s\"<>\]]+)"
)
_BODY_WORDS = 25  # a paragraph of so many is the text itself
_MOST_HEAD = 14
_MOST_STANDFIRST = 100  # words
_BESIDE_NAMES = re.compile(r"[<(]?\S+@\S+|[\d*∗⋆+†‡§¶#$]+")
_SENTENCE_END = re.compile(r"\w{3}[.!?]\s*$")
_PARTICLES = frozenset({
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "le", "van", "von", "y",
})  # fmt: skip
_NO_FACTS = frozenset({"title", "standfirst"})  # labels of parts of the text itself


def put_properties(info: Mapping[str, str], draft: Draft) -> None:
    """Suggest the author, and guess the date, that the properties name."""
    author = one_line(info.get("Author", ""))
    if author and not _JUNK_AUTHOR.fullmatch(author):
        known = {person.name.casefold() for person in draft.values.get("people", ())}
        for name in stated_names(author):
            if looks_like_a_name(name) and name.casefold() not in known:
                draft.suggested.append(Contributor(name))
    if found := _CREATED.match(info.get("CreationDate", "")):
        date = parse_date("-".join(part for part in found.groups() if part))
        draft.put("date", date, GUESS, _PROPERTIES)


def put_language(stated: str, text: str, draft: Draft) -> None:
    """The language that the file states, unless its words are in another."""
    draft.put_language(stated, "the file")
    draft.doubt_language(text)


def put_doi(first_page: str, draft: Draft) -> None:
    """The DOI that the first page gives, where it gives one only."""
    found = {one.rstrip(".,;:)]}").lower() for one in _DOI.findall(first_page)}
    if len(found) == 1:
        draft.identify("doi", found.pop())


def take_head(blocks: list[Block], at: int, setting: Setting, draft: Draft, *, author: str) -> None:
    """Take standfirst, byline and dates off the first blocks; the title stood before ``at``.

    ``author`` is whom the properties name: a line that holds such a name is no standfirst.
    """
    head_end = _head_end(blocks, at)
    clues = [_clues(block) for block in blocks[:head_end]]
    standfirst_may_follow = True
    kept: list[Block] = []
    for number, block in enumerate(blocks[:head_end]):
        text = one_line(block.text)
        if clues[number]:
            for clue in clues[number]:
                _note(clue, draft)
        elif block.kind != "table" and is_rights(text):
            _add_rights(text, _HEAD, draft)
        elif (
            number >= at
            and standfirst_may_follow
            and not _names_alone(block, author)
            and _is_standfirst(block, setting, dated=any(clues[number + 1 :]))
        ):
            draft.put("standfirst", text, LIKELY, _HEAD)
            standfirst_may_follow = False
        else:
            kept.append(block)
            standfirst_may_follow = standfirst_may_follow and number < at
            if number >= at and _suggest(block, author, draft) and block.kind == "heading":
                block.kind = "p"
    blocks[:head_end] = kept


def take_rights(blocks: list[Block], furniture: Sequence[str], draft: Draft) -> None:
    """Take closing paragraphs about rights off the end; heads and feet that speak of them too."""
    closing = [
        block for block in blocks[1:][-4:] if block.kind != "table" and is_rights(block.text)
    ]
    for block in closing:
        _add_rights(one_line(block.text), "the end of the text", draft)
    blocks[:] = [block for block in blocks if not any(block is one for one in closing)]
    for text in furniture:
        if is_rights(text):
            _add_rights(one_line(text), "the foot of the pages", draft)


def _head_end(blocks: Sequence[Block], at: int) -> int:
    """Where the text begins: at the first heading or long paragraph after the title."""
    for number, block in enumerate(blocks):
        if number >= _MOST_HEAD or block.page != blocks[0].page:
            return number
        long = block.kind in ("p", "quote") and len(block.text.split()) >= _BODY_WORDS
        if number >= at and (long or block.kind in ("bullet", "number", "table")):
            return number + 1 if number == at else number
    return len(blocks)


def _clues(block: Block) -> list[Clue]:
    """What a block of the head states; nothing where one of its lines is none of that."""
    found = [clues_in(block.text)]
    if not found[0] and len(block.lines) > 1:
        found = [clues_in(line.text) for line in block.lines]
    if block.kind == "table" or not all(found):
        return []
    clues = [clue for one in found for clue in one]
    good = all(clue.value and clue.field not in _NO_FACTS for clue in clues)
    return clues if good else []


def _is_standfirst(block: Block, setting: Setting, *, dated: bool) -> bool:
    """Whether a block right after the title is set apart; ``dated`` where facts follow it."""
    if not 4 <= len(block.text.split()) <= _MOST_STANDFIRST or block.kind == "table":
        return False
    if block.kind == "heading":
        return dated
    apart = block.size > 1.05 * setting.size or block.italic or block.bold
    return block.kind in ("p", "quote") and apart


def _suggest(block: Block, author: str, draft: Draft) -> bool:
    """Offer the names in a block of nothing else as those of authors; whether it was one."""
    names = _names_alone(block, author) or _names_in([block.text])
    draft.suggested += [Contributor(name) for name in names]
    return bool(names)


def _names_alone(block: Block, author: str) -> list[str]:
    """The names in a block of nothing else: several in a row, with a mail address, or known."""
    names = _names_in([block.text])
    if len(names) > 1 or "@" in block.text:
        return names
    names = _names_in([line.text for line in block.lines])
    return names if any(name.casefold() in author.casefold() for name in names) else []


def _names_in(lines: Sequence[str]) -> list[str]:
    """The names in lines that hold nothing but them and the marks of their notes, else none."""
    if any(_SENTENCE_END.search(line) for line in lines):
        return []
    plain = (one_line(_BESIDE_NAMES.sub(" ", line)).replace(" ,", ",") for line in lines)
    names = [name for line in plain for name in stated_names(line.strip(" ,;"))]
    for name in names:
        words = [word for word in name.split() if word not in _PARTICLES]
        if not 1 < len(words) <= 4 or not all(map(_begins_large, words)):
            return []
        if not looks_like_a_name(name):
            return []
    return names


def _begins_large(word: str) -> bool:
    """Whether a word has the capital of a name; one of nothing but capitals is of a heading."""
    return word[0].isupper() and (len(word) <= 3 or not word.isupper())


def _note(clue: Clue, draft: Draft) -> None:
    value = one_line(clue.value)
    if clue.field in ("author", "editor", "translator", "interviewer"):
        names, rest = names_in(value)
        good = [name for name in names if looks_like_a_name(name)]
        draft.add("people", [Contributor(name, clue.field) for name in good], STATED, _HEAD)
        aside = ", ".join(filter(None, [*(name for name in names if name not in good), rest]))
        if aside:
            draft.warn(f"Set aside beside a name ({_HEAD}): {shortened(aside)}")
    elif clue.field == "date":
        date = parse_date(value)
        if date is None:
            draft.put_date(value, None, _HEAD)
        else:
            draft.put("date", date, clue.sureness, _HEAD)
    elif clue.field == "period":
        draft.put("date", PublicationDate(period=value), LIKELY, _HEAD)
    elif clue.field in ("doi", "source_url"):
        draft.put_url(value, _HEAD)
        if clue.field == "doi" and (doi := doi_of(value)):
            draft.identify("doi", doi)
    elif clue.field == "language":
        draft.put_language(value, _HEAD)
    elif clue.field == "kind":
        draft.put_kind(value, _HEAD)
    elif clue.field == "tags":
        tags = [tag.strip() for tag in re.split("[,;،]", value) if tag.strip()]
        draft.add("tags", tags, STATED, _HEAD)
    elif clue.field == "rights":
        _add_rights(value, _HEAD, draft)
    elif not draft.put(clue.field, value, clue.sureness, _HEAD):
        draft.warn(f"Set aside ({_HEAD}): {shortened(value)}")


def _add_rights(text: str, where: str, draft: Draft) -> None:
    known = draft.values.get("rights", "")
    if text in known:
        return
    first = draft.origins.pop("rights", None)
    draft.put("rights", f"{known}\n\n{text}".strip(), LIKELY, first.where if first else where)
