"""Plain text as people save it from a publisher's page, or write it in an editor.

The first short line is the title. Labelled lines near it (or at the very end) are facts; a
paragraph between the title and those lines is the standfirst; closing paragraphs that speak of
reprints, rights and whose views these are become rights. Everything else is text, as it stands:
no markup is read into it. Nothing is invented: no author without a byline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.sanitize import clean
from articles.text import escape

from .clues import Clue, clues_in, is_rights, looks_like_a_name, names_in
from .document import Contributor, Document, ImportRefused, PublicationDate, Sureness
from .drafting import GUESS, LIKELY, STATED, Draft, directed, one_line, shortened
from .reading_dates import parse_date

IMPORTER, VERSION = "plain", "1"

_LINE_END = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_UNWRAPPED = 100  # a longer line is a whole paragraph
_LONGEST_TITLE = 200
_MOST_STANDFIRST_WORDS = 100
_UNDERLINE = re.compile(r"(=+|-{3,}|~{3,}|\*{3,})")
_SEPARATOR = re.compile(r"(?:[*#~_–—·•-]\s*){3,}|§")
_INDENT = re.compile(r"\t|\u3000|[ \xa0]{2}")
_BULLET = re.compile(r"[•‣◦▪*–-]\s+(?=\S)")


@dataclass(frozen=True)
class _Line:
    number: int
    text: str

    @property
    def bare(self) -> str:
        return self.text.strip()


_Chunk = list[_Line]  # lines without a blank one between them


def read(text: str) -> Document:
    """The document in ``text``. Errors: ImportRefused without a title or a body."""
    draft = Draft()
    chunks = _chunks(text)
    if not chunks:
        raise ImportRefused("It is empty.")
    body = _head(chunks, draft)
    body = _tail(body, draft)
    html = clean("\n".join(_paragraphs(chunk) for chunk in body))
    html = directed(html, language=draft.values.get("language", ""))
    return draft.document(html, media_type="text/plain", importer=IMPORTER, version=VERSION)


def _chunks(text: str) -> list[_Chunk]:
    chunks: list[_Chunk] = [[]]
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        if line.strip():
            chunks[-1].append(_Line(number, line))
        elif chunks[-1]:
            chunks.append([])
    return [part for chunk in chunks if chunk for part in _parts(chunk)]


def _parts(chunk: _Chunk) -> list[_Chunk]:
    """One chunk for each paragraph: some files have no blank lines, but long ones or indents."""
    if any(len(line.text) > _UNWRAPPED for line in chunk):
        return [[line] for line in chunk]
    indented = [_INDENT.match(line.text) is not None for line in chunk]
    starts = [number for number, is_start in enumerate(indented) if is_start and number]
    if not starts or len(starts) > len(chunk) // 2 or any(_BULLET.match(one.bare) for one in chunk):
        return [chunk]
    bounds = [0, *starts, len(chunk)]
    return [chunk[start:end] for start, end in pairwise(bounds)]


def _head(chunks: list[_Chunk], draft: Draft) -> list[_Chunk]:
    """Take title, facts and standfirst off the start; the chunks that are left."""
    rest = list(chunks)
    if _starts_with_facts(rest[0][0]):
        while rest and not _after_clues(rest, draft):
            rest.pop(0)
    if not rest:
        raise ImportRefused("It has no text, only facts about one.")
    if "title" not in draft.values:
        rest = _title(rest, draft)
    rest = _facts(rest, draft, most=2, sureness=LIKELY)
    # A line between two groups of facts: the standfirst, or was it the title?
    rest = _facts(rest, draft, most=1, sureness=GUESS)
    _weigh_title(draft)
    return rest


def _facts(rest: list[_Chunk], draft: Draft, *, most: int, sureness: Sureness) -> list[_Chunk]:
    """Take off the next group of facts, with up to ``most`` paragraphs before it as standfirst."""
    between = 0
    while between < len(rest) and between <= most and not _is_fact(rest[between]):
        between += 1
    words = sum(len(line.text.split()) for chunk in rest[:between] for line in chunk)
    if between > most or between >= len(rest) or words > _MOST_STANDFIRST_WORDS:
        return rest
    if between:
        paragraphs = [_joined(chunk) for chunk in rest[:between]]
        if not draft.put("standfirst", " ".join(paragraphs), sureness, _where(rest[0])):
            return rest
    rest = rest[between:]
    rights = []
    while rest and _is_fact(rest[0]):
        if not clues_in(rest[0][0].text):
            rights.append(rest.pop(0))
        elif not _after_clues(rest, draft):
            rest.pop(0)
    _put_rights(rights, draft)
    return rest


def _is_fact(chunk: _Chunk) -> bool:
    return bool(clues_in(chunk[0].text)) or is_rights(_joined(chunk))


def _tail(chunks: list[_Chunk], draft: Draft) -> list[_Chunk]:
    """Take rights and labelled facts off the end; the chunks that are left."""
    rest = list(chunks)
    rights: list[_Chunk] = []
    while len(rest) > 1:
        last = rest[-1]
        clues = [clues_in(line.text) for line in last]
        if all(found and found[0].labelled for found in clues):
            _after_clues([last], draft)
        elif is_rights(_joined(last)):
            rights.insert(0, last)
        elif not _SEPARATOR.fullmatch(_joined(last)):
            break
        rest.pop()
    # A line about the author may stand below the rights.
    above = [chunk for chunk in rest[1:][-2:] if is_rights(_joined(chunk))]
    _put_rights([*above, *rights], draft)
    return [chunk for chunk in rest if chunk not in above]


def _starts_with_facts(first: _Line) -> bool:
    """Whether the first line is a fact; "Summary: what NATO wants" would rather be a title."""
    clues = clues_in(first.text)
    sure = ("title", "author", "publisher", "source", "date", "publication", "source_url")
    return bool(clues) and clues[0].field in sure and all(clue.value for clue in clues)


def _title(rest: list[_Chunk], draft: Draft) -> list[_Chunk]:
    """Take the title off the first chunk."""
    chunk = rest[0]
    lines = 1
    while lines < len(chunk) and not clues_in(chunk[lines].text):
        lines += 1
    head, after = chunk[:lines], chunk[lines:]
    if len(head) > 1 and _UNDERLINE.fullmatch(head[1].bare):
        title, after = head[0].bare, [*head[2:], *after]
    elif len(head) > 1 and _was_wrapped(head):
        title = _joined(head)
    else:
        title, after = head[0].bare, [*head[1:], *after]
    if len(title) > _LONGEST_TITLE or (len(title.split()) > 12 and title.endswith(".")):
        raise ImportRefused(
            "It has no title: its first line reads like a paragraph.", f"line {chunk[0].number}"
        )
    draft.put("title", one_line(title.lstrip("#").strip()), GUESS, _where(chunk))
    return [*([after] if after else []), *rest[1:]]


def _weigh_title(draft: Draft) -> None:
    """A first line over stated facts is likely the title; alone it is a guess."""
    origin = draft.origins["title"]
    doubted = "standfirst" in draft.origins and draft.origins["standfirst"].sureness is GUESS
    if origin.sureness is GUESS and len(draft.values) > 1 and not doubted:
        draft.put("title", draft.values["title"], LIKELY, origin.where)


def _was_wrapped(lines: Sequence[_Line]) -> bool:
    """Whether the lines were one: each but the last is too full for the next line's first word."""
    width = max(len(line.bare) for line in lines)
    return all(
        len(line.bare) + 1 + len(after.bare.split()[0]) > max(40, 0.8 * width)
        for line, after in pairwise(lines)
    )


def _joined(chunk: Sequence[_Line]) -> str:
    return one_line(" ".join(line.text for line in chunk))


def _where(chunk: Sequence[_Line]) -> str:
    return f"line {chunk[0].number}"


def _put_rights(chunks: Sequence[_Chunk], draft: Draft) -> None:
    if not chunks:
        return
    paragraphs = [draft.values[field] for field in ("rights",) if field in draft.values]
    paragraphs += [_joined(chunk) for chunk in chunks]
    where = draft.origins["rights"].where if paragraphs[1:] and "rights" in draft.origins else ""
    draft.origins.pop("rights", None)
    draft.put("rights", "\n\n".join(paragraphs), LIKELY, where or _where(chunks[0]))


def _after_clues(rest: list[_Chunk], draft: Draft) -> bool:
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
                    if len(rest) < 2 or len(rest[1]) > 1 or len(rest[1][0].text) > _UNWRAPPED:
                        continue
                    value = rest.pop(1)[0].bare
                else:
                    value = chunk.pop(0).bare
            _note(Clue(clue.field, value, clue.sureness), line.number, draft)
    return False


def _note(clue: Clue, number: int, draft: Draft) -> None:
    where, value = f"line {number}", one_line(clue.value)
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


def _paragraphs(chunk: _Chunk) -> str:
    """HTML of one chunk: a paragraph, its deliberate line breaks kept, a list, or a rule."""
    if len(chunk) == 1 and _SEPARATOR.fullmatch(chunk[0].bare):
        return "<hr>"
    if len(chunk) == 2 and re.fullmatch("=+|-{3,}", chunk[1].bare):
        return f"<h2>{escape(chunk[0].bare)}</h2>"
    if _BULLET.match(chunk[0].bare) and sum(bool(_BULLET.match(one.bare)) for one in chunk) > 1:
        items = [""]
        for line in chunk:
            found = _BULLET.match(line.bare)
            if found and items[-1]:
                items.append("")
            items[-1] += " " + line.bare[found.end() if found else 0 :]
        return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
    width = max(len(line.bare) for line in chunk)
    pieces = [escape(chunk[0].bare)]
    for line, after in pairwise(chunk):
        full = len(line.bare) + 1 + len(after.bare.split()[0]) > 0.7 * width and width > 40
        pieces += [" " if full else "<br>", escape(after.bare)]
    return f"<p>{''.join(pieces)}</p>"
