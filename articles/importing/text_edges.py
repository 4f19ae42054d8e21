"""The head and the tail of a text without markup: title, standfirst, facts, closing rights.

The first short line is the title. Labelled lines near it (or at the very end) are facts; a
paragraph between the title and those lines is the standfirst; closing paragraphs that speak of
reprints, rights and whose views these are become rights. The rest is the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .clues import Clue, clues_in, is_rights, looks_like_a_name, names_in
from .document import Contributor, ImportRefused, PublicationDate, Sureness
from .drafting import GUESS, LIKELY, STATED, Draft, one_line, shortened
from .reading_dates import parse_date

UNWRAPPED = 100  # a longer line is a whole paragraph
SEPARATOR = re.compile(r"(?:[*#~_–—·•-]\s*){3,}|§")
_LONGEST_TITLE = 200
_MOST_STANDFIRST_WORDS = 100
_UNDERLINE = re.compile(r"(=+|-{3,}|~{3,}|\*{3,})")


@dataclass(frozen=True)
class Line:
    """A line of a text; ``number`` counts lines, or whatever else ``unit`` names."""

    number: int
    text: str
    unit: str = "line"

    @property
    def where(self) -> str:
        """Its place in the words of an origin."""
        return f"{self.unit} {self.number}"

    @property
    def bare(self) -> str:
        return self.text.strip()


Chunk = list[Line]  # lines without a blank one between them


def take_head(chunks: list[Chunk], draft: Draft) -> list[Chunk]:
    """Take title, facts and standfirst off the start; the chunks that are left."""
    rest = take_first_facts(chunks, draft)
    if not rest:
        raise ImportRefused("It has no text, only facts about one.")
    if "title" not in draft.values:
        rest = _title(rest, draft)
    return take_facts(rest, draft)


def take_first_facts(chunks: list[Chunk], draft: Draft) -> list[Chunk]:
    """Take the facts off that stand before anything else; the chunks that are left."""
    rest = list(chunks)
    if rest and _starts_with_facts(rest[0][0]):
        while rest and not _after_clues(rest, draft):
            rest.pop(0)
    return rest


def take_facts(chunks: list[Chunk], draft: Draft) -> list[Chunk]:
    """Take facts and standfirst off the start, below a title; the chunks that are left."""
    rest = _facts(list(chunks), draft, most=2, sureness=LIKELY)
    # A line between two groups of facts: the standfirst, or was it the title?
    rest = _facts(rest, draft, most=1, sureness=GUESS)
    _weigh_title(draft)
    return rest


def _facts(rest: list[Chunk], draft: Draft, *, most: int, sureness: Sureness) -> list[Chunk]:
    """Take off the next group of facts, with up to ``most`` paragraphs before it as standfirst."""
    between = 0
    while between < len(rest) and between <= most and not is_fact(rest[between]):
        between += 1
    words = sum(len(line.text.split()) for chunk in rest[:between] for line in chunk)
    if between > most or between >= len(rest) or words > _MOST_STANDFIRST_WORDS:
        return rest
    if between:
        paragraphs = [joined(chunk) for chunk in rest[:between]]
        if not draft.put("standfirst", " ".join(paragraphs), sureness, _where(rest[0])):
            return rest
    rest = rest[between:]
    rights = []
    while rest and is_fact(rest[0]):
        if not clues_in(rest[0][0].text):
            rights.append(rest.pop(0))
        elif not _after_clues(rest, draft):
            rest.pop(0)
    _put_rights(rights, draft)
    return rest


def is_fact(chunk: Chunk) -> bool:
    """Whether a chunk tells of the text rather than belongs to it."""
    return bool(clues_in(chunk[0].text)) or is_rights(joined(chunk))


def take_tail(chunks: list[Chunk], draft: Draft) -> list[Chunk]:
    """Take rights and labelled facts off the end; the chunks that are left."""
    rest = list(chunks)
    rights: list[Chunk] = []
    while len(rest) > 1:
        last = rest[-1]
        clues = [clues_in(line.text) for line in last]
        if all(found and found[0].labelled for found in clues):
            _after_clues([last], draft)
        elif is_rights(joined(last)):
            rights.insert(0, last)
        elif not SEPARATOR.fullmatch(joined(last)):
            break
        rest.pop()
    # A line about the author may stand below the rights.
    above = [chunk for chunk in rest[1:][-2:] if is_rights(joined(chunk))]
    _put_rights([*above, *rights], draft)
    return [chunk for chunk in rest if chunk not in above]


def _starts_with_facts(first: Line) -> bool:
    """Whether the first line is a fact; "Summary: what NATO wants" would rather be a title."""
    clues = clues_in(first.text)
    sure = ("title", "author", "publisher", "source", "date", "publication", "source_url")
    return bool(clues) and clues[0].field in sure and all(clue.value for clue in clues)


def _title(rest: list[Chunk], draft: Draft) -> list[Chunk]:
    """Take the title off the first chunk; a paragraph stays, and its first words stand for one."""
    chunk = rest[0]
    lines = 1
    while lines < len(chunk) and not clues_in(chunk[lines].text):
        lines += 1
    head, after = chunk[:lines], chunk[lines:]
    if len(head) > 1 and _UNDERLINE.fullmatch(head[1].bare):
        title, after = head[0].bare, [*head[2:], *after]
    elif len(head) > 1 and _was_wrapped(head):
        title = joined(head)
    else:
        title, after = head[0].bare, [*head[1:], *after]
    if reads_like_a_paragraph(title):
        draft.put_first_words(title)
        return rest
    draft.put("title", one_line(title.lstrip("#").strip()), GUESS, _where(chunk))
    return [*([after] if after else []), *rest[1:]]


def reads_like_a_paragraph(line: str) -> bool:
    """Whether ``line`` is too long, or too much of a sentence, to be a title."""
    return len(line) > _LONGEST_TITLE or (len(line.split()) > 12 and line.endswith("."))


def _weigh_title(draft: Draft) -> None:
    """A first line over stated facts is likely the title; alone it is a guess."""
    origin = draft.origins.get("title")
    if origin is None:
        raise ImportRefused("It has no title: its first line holds no letters.")
    doubted = "standfirst" in draft.origins and draft.origins["standfirst"].sureness is GUESS
    if origin.sureness is GUESS and len(draft.values) > 1 and not doubted:
        draft.put("title", draft.values["title"], LIKELY, origin.where)


def _was_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the lines were one: each but the last is too full for the next line's first word."""
    width = max(len(line.bare) for line in lines)
    return all(
        len(line.bare) + 1 + len(after.bare.split()[0]) > max(40, 0.8 * width)
        for line, after in pairwise(lines)
    )


def joined(chunk: Sequence[Line]) -> str:
    return one_line(" ".join(line.text for line in chunk))


def _where(chunk: Sequence[Line]) -> str:
    return chunk[0].where


def _put_rights(chunks: Sequence[Chunk], draft: Draft) -> None:
    if not chunks:
        return
    paragraphs = [draft.values[field] for field in ("rights",) if field in draft.values]
    paragraphs += [joined(chunk) for chunk in chunks]
    where = draft.origins["rights"].where if paragraphs[1:] and "rights" in draft.origins else ""
    draft.origins.pop("rights", None)
    draft.put("rights", "\n\n".join(paragraphs), LIKELY, where or _where(chunks[0]))


def _after_clues(rest: list[Chunk], draft: Draft) -> bool:
    """Take the facts off the first chunk; whether lines are left in it, which then replace it."""
    chunk = list(rest[0])
    while chunk:
        line = chunk[0]
        clues = clues_in(line.text)
        if not clues:
            rest[0] = chunk
            return True
        chunk.pop(0)
        for clue in clues:
            value = clue.value
            if not value:
                # A label alone: its value stands on the next line.
                if not chunk:
                    if len(rest) < 2 or len(rest[1]) > 1 or len(rest[1][0].text) > UNWRAPPED:
                        continue
                    value = rest.pop(1)[0].bare
                else:
                    value = chunk.pop(0).bare
            _note(Clue(clue.field, value, clue.sureness), line.where, draft)
    return False


def _note(clue: Clue, where: str, draft: Draft) -> None:
    value = one_line(clue.value)
    known = draft.origins.get(clue.field)
    if clue.field in ("author", "editor", "translator", "interviewer"):
        _put_people(value, clue.field, where, draft)
    elif clue.field == "date":
        date = parse_date(value)
        if date and known is None:
            draft.put("date", date, clue.sureness, where)
        elif date is None:
            draft.put_date(value, None, where)
    elif clue.field == "period":
        draft.put("date", PublicationDate(period=value), LIKELY, where)
    elif clue.field in ("doi", "source_url"):
        draft.put_url(value, where)
    elif clue.field == "language":
        draft.put_language(value, where)
    elif clue.field == "kind":
        draft.put_kind(value, where)
    elif clue.field == "tags":
        draft.add(
            "tags", (tag for tag in map(str.strip, re.split("[,;،]", value)) if tag), STATED, where
        )
    elif not draft.put(clue.field, value, clue.sureness, where) and known:
        draft.warn(f"Set aside ({where}): {shortened(value)}")


def _put_people(value: str, role: str, where: str, draft: Draft) -> None:
    names, rest = names_in(value)
    good = [Contributor(name, role) for name in names if looks_like_a_name(name)]
    draft.add("people", good, STATED, where)
    aside = [*(name for name in names if not looks_like_a_name(name)), rest]
    if any(aside):
        draft.warn(
            f"Set aside beside a name ({where}): {shortened(', '.join(filter(None, aside)))}"
        )
